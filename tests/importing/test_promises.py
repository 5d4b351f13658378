"""The promises of every import from AWS CLI JSON, over the worked inputs and changed ones."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.importing.aws.dump import SOURCES
from lambdaplanner.importing.found import Found
from lambdaplanner.model.plan import Plan
from tests.importing.interop import DUMPS, Files, files_of, imported, plan_from, without

MAY_BE_ASSUMED = ("vpc-endpoints.json", "vpc-attribute-shared.json", "vpc-attribute-shared-2.json")
"""Files whose lack the contract fills with AWS's own defaults, and says so."""
CASES = [(name, file) for name in DUMPS for file in files_of(name) if file not in MAY_BE_ASSUMED]


def reachable(plan: Plan) -> set[tuple[str, str]]:
    """Every pair of origins of which the first reaches the second."""
    analysis = PlanAnalysis(plan)
    ends = [*plan.of("function"), *plan.of("workload")]
    names = {end: ",".join(plan.resource(end).origin) for end in ends}
    fixed = ["internet", "aws:s3", "aws:secretsmanager", "10.1.2.3", "10.22.0.9", "192.168.0.9"]
    pairs = [(one, other) for one in ends for other in [*ends, *fixed] if one != other]
    pairs += [("internet", end) for end in plan.of("workload")]
    return {
        (names.get(one, one), names.get(other, other))
        for one, other in pairs
        if analysis.question(one, other, 443).verdict == "reachable"
        or analysis.question(one, other, 5432).verdict == "reachable"
    }


@pytest.mark.parametrize(("name", "file"), CASES)
def test_a_file_less_never_makes_anything_reachable(name: str, file: str) -> None:
    files = files_of(name)
    rest = without(files, [file])
    whole = reachable(plan_from(files))
    assert reachable(plan_from(rest)) <= whole


GUARDS = ("RouteTables", "NetworkAcls", "SecurityGroups", "VpcPeeringConnections")
SINGLES = [
    (file, key, place)
    for file, value in files_of("describe-estate").items()
    for key, listed in value.items()
    if key in GUARDS
    for place in range(len(listed))
]


@pytest.mark.parametrize(("file", "key", "place"), SINGLES)
def test_a_thing_less_never_makes_anything_reachable(file: str, key: str, place: int) -> None:
    files = files_of("describe-estate")
    rest = json.loads(json.dumps(files))
    del rest[file][key][place]
    assert reachable(plan_from(rest)) <= reachable(plan_from(files))


def objects(files: Files) -> set[tuple[str, str]]:
    """Every object of the source as (list, name)."""
    found = set()
    for value in files.values():
        lists: dict[str, Any] = dict(value)
        instances = [one for group in value.get("Reservations", []) for one in group["Instances"]]
        lists["Instances"] = instances
        found |= {
            (key, one[SOURCES[key].id])
            for key, listed in lists.items()
            if key in SOURCES
            for one in listed
        }
    return found


@pytest.mark.parametrize("name", DUMPS)
def test_each_thing_of_the_source_ends_in_one_place(name: str) -> None:
    files = files_of(name)
    made = imported(files)
    gone = [line.name for line in made.left_out]
    once_more = {key for key in gone if key in made.ids}
    assert once_more == set()
    owned = {"eni-01", "eni-02", "eni-03", "eni-06", "eni-07", "eni-08", "eni-09", "eni-1", "eni-4"}
    inside = {"tgw-attach-0a1", "tgw-attach-0c3", "tgw-rtb-0dd"}
    for key, own in objects(files):
        places = (own in made.ids) + (own in gone) + (own in owned | inside)
        if key == "NetworkInterfaces":
            assert places <= 1, own
        else:
            assert places == 1, (key, own)


@pytest.mark.parametrize("name", DUMPS)
@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_files_and_lists_does_not_matter(name: str, seed: int) -> None:
    files = files_of(name)
    mixed = json.loads(json.dumps(files))
    chance = random.Random(seed)
    for value in mixed.values():
        for listed in value.values():
            if isinstance(listed, list):
                chance.shuffle(listed)
    names = list(mixed)
    chance.shuffle(names)
    renamed = {f"{number:02}.json": mixed[own] for number, own in enumerate(names)}
    assert plan_text(plan_from(renamed)) == plan_text(plan_from(files))


@pytest.mark.parametrize("name", DUMPS)
@pytest.mark.parametrize("seed", range(40))
def test_nothing_in_a_dump_breaks_an_import(name: str, seed: int) -> None:
    """Whatever a value becomes: missing, null, of another type."""
    files = json.loads(json.dumps(files_of(name)))
    chance = random.Random(seed)
    for _ in range(12):
        _spoil(files[chance.choice(sorted(files))], chance)
    made = imported(files)
    assert isinstance(made.count, int)


def _spoil(value: Any, chance: random.Random) -> None:
    while True:
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = chance.choice(keys)
        inner = value[key]
        if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
            value = inner
            continue
        if isinstance(value, dict) and chance.random() < 0.3:
            del value[key]
        else:
            value[key] = chance.choice([None, "", 7, -1, True, [], {}, "x/y", [None], "10.0.0.300"])
        return


def test_nothing_secret_is_copied() -> None:
    for name in DUMPS:
        made = imported(files_of(name))
        everything = [plan_text(plan_from(files_of(name))), repr(made)]
        assert not any("never-to-be-copied" in text for text in everything)


def test_found_starts_empty() -> None:
    assert Found(kind="aws-cli").things == []
