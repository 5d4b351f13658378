"""Names say nothing: a plan with other ids has the same answers under those ids."""

from __future__ import annotations

import random
import re
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import reach_from
from lambdaplanner.formats.plan_file import read_text
from tests.analysis.reach_plans import plan_from
from tests.effort import examples
from tests.properties.packet_worlds import worlds


def renamed(sections: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """The sections with every id replaced, in the text, so that no reference is forgotten."""
    text = yaml.safe_dump({"lambdaplanner": 1, **sections}, sort_keys=False)
    word = re.compile(
        r"(?<![\w.-])(" + "|".join(sorted(names, key=len, reverse=True)) + r")(?![\w-])"
    )
    found: dict[str, Any] = yaml.safe_load(word.sub(lambda m: names[m[1]], text))
    return found


def told(answer: Answer, names: dict[str, str]) -> object:
    def name(text: str | None) -> str | None:
        if text is None:
            return None
        return re.sub(r"[^:@]+", lambda m: names.get(m[0], m[0]), text)

    return answer.verdict, {
        (
            name(path.via),
            name(path.into),
            path.verdict,
            tuple(name(hop.id) for hop in path.hops),
            tuple(name(hop.id) for hop in path.return_hops),
            frozenset((name(o.at), o.code, o.direction) for o in path.obstacles),
        )
        for path in answer.paths
    }


@examples(40)
@given(worlds(), st.randoms(use_true_random=False))
def test_other_names_change_nothing_else(sections: dict[str, Any], chance: random.Random) -> None:
    ids = [
        name
        for section, things in sections.items()
        if section not in ("vpcs", "settings")
        for name in things
    ] + list(sections["vpcs"])
    numbers = list(range(len(ids)))
    chance.shuffle(numbers)
    names = {old: f"n{number}" for old, number in zip(ids, numbers, strict=True)}
    names |= {"t": "t"} if "t" not in ids else {}
    before = compile_network(plan_from(sections))
    text = yaml.safe_dump(renamed(sections, names), sort_keys=False)
    after = compile_network(read_text(text, where="renamed").plan)
    same = {new: new for new in names.values()}

    for source, target in (("fn", "internet"), ("fn", "db"), ("web", "db"), ("internet", "web")):
        one = reach(before, source, target, port=443)
        other = reach(after, names.get(source, source), names.get(target, target), port=443)
        assert told(one, names) == told(other, same)
    rows = {
        (names.get(r.source), names.get(r.target, r.target), r.verdict)
        for r in reach_from(before, "fn")
    }
    assert rows == {(r.source, r.target, r.verdict) for r in reach_from(after, names["fn"])}
