"""What every row of the tables promises."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from lambdaplanner import kinds as kinds_package
from lambdaplanner.analysis.forwarding import HANDLERS
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.commands.duplicate import can_duplicate, duplicate
from lambdaplanner.commands.fields import set_route
from lambdaplanner.commands.links import RULES, can_connect, connect
from lambdaplanner.commands.reparent import can_reparent, reparent
from lambdaplanner.commands.things import add, can_add, can_remove, remove
from lambdaplanner.diagram.builder import build
from lambdaplanner.formats.document import SECTIONS
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.kinds import KINDS, ResourceKind, kind_named, kind_of, topology
from lambdaplanner.kinds.registry import GROUPS, ROUTE_TARGETS
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.fields import ID_PATTERN
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import (
    fields_of,
    plain_record,
    read_record,
    record_schema,
    references_of,
    with_mentions,
)
from lambdaplanner.model.specs import Report
from tests.every_kind import bare_plan, home, made

ICONS = Path(__file__).parents[1] / "resources" / "icons"
ROWS = pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))


@pytest.fixture
def plan() -> Plan:
    """Two VPCs with a subnet each, so that everything has a place."""
    return bare_plan()


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
    for name in homes:
        assert plan.resource(name).kind in kind.containers
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


@ROWS
def test_it_is_in_the_diagram(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    diagram = build(plan)
    box = diagram.boxes[thing.id]
    homes = kind.home(thing)
    assert box.kind == (f"{kind.slug}-{kind.variant_of(thing)}" if kind.labels else kind.slug)
    assert homes == () or box.parent == homes[0]
    for vpc in kind.joins(thing):
        assert f"{kind.join_line}:{vpc}->{thing.id}" in diagram.lines
    if kind.leads_to:
        assert any(line.target == kind.leads_to for line in diagram.lines.values())


@ROWS
def test_it_can_be_deleted_and_duplicated(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    reason = can_duplicate(plan, [thing.id])
    if reason is None:
        (copy,) = duplicate(Edit(plan), [thing.id])
        assert kind_of(plan.resource(copy)) is kind
        assert list(plan.resource(copy).complaints()) == []
    else:
        assert kind.one_per_vpc or kind.joins(thing), reason
    assert can_remove(plan, thing.id) is None
    remove(Edit(plan), [thing.id])
    assert thing.id not in plan


@ROWS
def test_it_can_be_dragged(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    here = home(plan, thing)
    reparent(Edit(plan), thing.id, "lambda-service-vpc" if kind.places else here, Placement(8, 8))
    there = f"{kind.containers[0]}-2" if kind.containers else "vpc-2"
    if here is None or here == there:
        assert can_reparent(plan, thing.id, there) in (None, kind.stands)
        return
    assert can_reparent(plan, thing.id, there) is None
    reparent(Edit(plan), thing.id, there)
    moved = plan.resource(thing.id)
    assert home(plan, moved) == there
    assert topology.vpc_of(plan, moved) == "vpc-2"
    assert list(moved.complaints()) == []


@ROWS
def test_it_is_saved_and_loaded(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    loaded = read_text(plan_text(plan), where="plan.yaml").plan
    assert loaded.resource(thing.id) == thing


@ROWS
def test_the_palette_has_a_place_for_it(kind: ResourceKind) -> None:
    assert kind.group in GROUPS
    layers = [KINDS[name].layer for name in kind.containers if name in KINDS]
    assert all(layer < kind.layer for layer in layers), "painted under its container"
    assert kind.stands.startswith(("a ", "an ", "it "))


@ROWS
def test_a_vpc_has_no_second_one_of_what_it_has_once(kind: ResourceKind, plan: Plan) -> None:
    thing = made(plan, kind)
    place = home(plan, thing)
    if not kind.one_per_vpc:
        return
    assert place is not None
    assert str(can_add(plan, kind.slug, place)).startswith(f"a VPC has one {kind.noun}")
    assert can_connect(plan, thing.id, "vpc-2") is None
    edit = Edit(plan)
    edit.add(kind.model(id="second", **kind.fields_in(plan.resource(place))))
    (found,) = [one for one in raw_findings(PlanAnalysis(plan)) if one.id == "NET-023"]
    assert {thing.id, "second"} <= set(found.about)


@pytest.mark.parametrize("slug", ROUTE_TARGETS)
def test_a_route_to_it_is_followed(slug: str) -> None:
    """A table of a function's subnet sends everything to it: the walk gets there, and what stops it
    is said by whoever forwards, not by the table.
    """
    plan = bare_plan()
    edit = Edit(plan)
    thing = made(plan, KINDS[slug])
    if KINDS[slug].joins(thing) == () and home(plan, thing) is None:
        connect(edit, "vpc-1", thing.id)
    subnet = add(edit, "subnet", "vpc-1")
    function = add(edit, "function", subnet)
    assert can_connect(plan, subnet, thing.id) is None
    table = add(edit, "route-table", "vpc-1")
    connect(edit, subnet, table)
    for destination in KINDS[slug].default_routes:
        set_route(edit, table, destination, thing.id)
    assert slug in HANDLERS
    assert ("route-table", slug) in RULES
    assert f"route:{table}->{thing.id}" in build(plan).lines
    view = PlanAnalysis(plan)
    if KINDS[slug].default_routes != ("0.0.0.0/0",):
        return
    paths = view.question(function, "internet", 443).paths
    met = {hop.id for path in paths for hop in path.hops}
    at = {obstacle.at for path in paths for obstacle in path.obstacles}
    assert thing.id in met | at
    assert not any(one.id in ("NET-001", "NET-002") for one in raw_findings(view))


def test_lines_that_can_be_drawn_have_names() -> None:
    for rule in RULES.values():
        assert rule.verb[0].isupper()


@pytest.mark.parametrize("slug", ENDS)
def test_a_question_can_start_there_and_lead_there(slug: str) -> None:
    plan = bare_plan()
    thing = made(plan, KINDS[slug])
    view = PlanAnalysis(plan)
    assert view.question(thing.id, "internet", 443).source == thing.id
    assert view.question("internet", thing.id, 443).target == thing.id


TABLES_OF_THEIR_OWN = {
    "analysis/forwarding.py": "who forwards",
    "commands/links.py": "what a line between two kinds means",
    "commands/unlink.py": "what goes with such a line",
    "fixes/boundaries.py": "edits after which no route leads elsewhere",
    "importing/aws/dump.py": "what the files of AWS's commands hold",
    "ui/comparing.py": "edits that touch few pairs",
    "ui/panels/words.py": "ids of what AWS makes",
}
"""The modules with a table by the names of kinds, and what it says that no row can."""


def test_no_further_table_names_kinds() -> None:
    package = Path(kinds_package.__file__).parents[1]
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if path.parent.name != "kinds"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict | ast.Set | ast.Tuple | ast.List)
        and len(_kinds_named(node)) > 2
    }
    assert found == set(TABLES_OF_THEIR_OWN)


def _kinds_named(literal: ast.Dict | ast.Set | ast.Tuple | ast.List) -> set[str]:
    words = (node.value for node in ast.walk(literal) if isinstance(node, ast.Constant))
    return {word for word in words if isinstance(word, str) and word in KINDS}
