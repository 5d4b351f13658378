"""What every row of the tables promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lambdaplanner.commands.defaults import MAKERS
from lambdaplanner.commands.links import RULES
from lambdaplanner.commands.things import add
from lambdaplanner.formats.document import SECTIONS
from lambdaplanner.kinds import KINDS, ResourceKind, kind_named, kind_of
from lambdaplanner.kinds.route_table import TARGET_KINDS
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.fields import ID_PATTERN
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import (
    Resource,
    fields_of,
    plain_record,
    read_record,
    record_schema,
    references_of,
    with_mentions,
)
from lambdaplanner.model.specs import Report

ICONS = Path(__file__).parents[1] / "resources" / "icons"
ROWS = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@pytest.fixture
def plan() -> Plan:
    """Two VPCs with a subnet each, so that everything has a place."""
    plan = Plan()
    edit = Edit(plan)
    for vpc in ("vpc-1", "vpc-2"):
        add(edit, "vpc")
        add(edit, "subnet", vpc)
    return plan


def made(plan: Plan, kind: ResourceKind) -> Resource:
    """A new thing of a kind, as the palette makes it."""
    places = {None: None, "vpc": "vpc-1", "subnet": "subnet-1"}
    place = MAKERS[kind.slug].into[0]
    return plan.resource(add(Edit(plan), kind.slug, places.get(place, place)))


def written(plain: object) -> object:
    """What a writer gets, as a reader of text sees it."""
    if isinstance(plain, dict):
        return {str(key): written(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [written(value) for value in plain]
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


@ROWS
def test_the_slug_is_the_class_in_kebab_case(kind: ResourceKind) -> None:
    words = re.sub(r"(?<!^)(?=[A-Z])", "-", kind.model.__name__).lower()
    assert kind.slug == words == kind.model.kind
    assert kind_named(kind.slug) is kind


@ROWS
def test_it_has_words_icon_and_section(kind: ResourceKind) -> None:
    assert kind.title
    assert kind.plural
    assert kind.description.endswith(".")
    assert kind.noun in (kind.title, kind.title[0].lower() + kind.title[1:])
    assert ID_PATTERN.fullmatch(f"{kind.stem}-1")
    assert kind.section in SECTIONS
    assert kind.reference == "" or kind.reference.startswith("https://docs.aws.amazon.com/")
    names = [kind.slug, *(f"{kind.slug}-{variant}" for variant in kind.labels)]
    for name in names if not kind.labels else names[1:]:
        assert (ICONS / f"{name}.svg").is_file(), f"no icon {name}"


def test_sections_titles_and_stems_are_different() -> None:
    for field in ("section", "title", "stem"):
        values = [getattr(kind, field) for kind in KINDS.values()]
        assert len(set(values)) == len(values)


@ROWS
def test_a_new_one_can_be_made_written_and_read(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    assert kind_of(thing) is kind
    report = Report()
    assert read_record(kind.model, written(plain_record(thing)), report, id=thing.id) == thing
    assert report.problems == []
    assert list(thing.complaints()) == []


@ROWS
def test_it_is_drawn_in_one_of_its_containers(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    homes = kind.home(thing)
    for home in homes:
        assert plan.resource(home).kind in kind.containers
    if not homes:
        assert not kind.containers or "lambda-service-vpc" in kind.containers
    assert isinstance(kind.summary(thing), str)
    assert kind.addresses(thing, "subnet-1") >= 0
    assert kind.addresses(thing, "elsewhere") == 0


@ROWS
def test_the_schema_knows_every_key(kind: ResourceKind, plan: Plan) -> None:
    schema = record_schema(kind.model)
    assert set(plain_record(made(plan, kind))) <= set(schema["properties"])
    assert set(schema["properties"]) == {info.key for info in fields_of(kind.model)}
    for info in fields_of(kind.model):
        assert info.title
        assert (info.key in schema.get("required", [])) == info.required


@ROWS
def test_mentions_can_be_renamed_and_name_kinds_that_exist(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    for mention in list(references_of(thing)):
        assert set(mention.kinds) <= set(KINDS)
        renamed = with_mentions(thing, mention.target, "other")
        assert "other" in {again.target for again in references_of(renamed)}
        assert with_mentions(renamed, "other", mention.target) == thing


def test_every_kind_is_made_somewhere_and_every_target_can_be_drawn_to() -> None:
    assert set(MAKERS) == set(KINDS)
    for kind in TARGET_KINDS:
        assert ("subnet", kind) in RULES
        assert ("route-table", kind) in RULES
    for rule in RULES.values():
        assert rule.verb[0].isupper()
