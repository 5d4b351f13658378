"""Which lines there are, and that they run from border to border around other boxes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from lambdaplanner.diagram.builder import DiagramBuilder, build
from lambdaplanner.diagram.geometry import absolute_rect, ancestors
from lambdaplanner.diagram.items import Diagram, Line, Rect
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from tests.diagram.plans import EVERYTHING, plan_of, template

NAMES = ["brief-network", "two-zones", "public-subnet-trap", "isolated-vpc"]


def _on_border(x: float, y: float, rect: Rect) -> bool:
    inside = rect.x <= x <= rect.x + rect.width and rect.y <= y <= rect.y + rect.height
    return inside and (x in (rect.x, rect.x + rect.width) or y in (rect.y, rect.y + rect.height))


def _crossed(diagram: Diagram, line: Line) -> set[str]:
    """Leaves and foreign containers that a line runs through."""
    ends = {line.source, line.target}
    around = {box.id for end in ends for box in ancestors(diagram, end)}
    found = set()
    for name in diagram.boxes.keys() - ends - around:
        x, y, width, height = absolute_rect(diagram, name)
        for (x1, y1), (x2, y2) in pairwise(line.points):
            if (
                min(x1, x2) < x + width
                and x < max(x1, x2)
                and min(y1, y2) < y + height
                and y < max(y1, y2)
            ) or (x1 == x2 and x < x1 < x + width and min(y1, y2) < y + height and y < max(y1, y2)):
                found.add(name)
            if y1 == y2 and y < y1 < y + height and min(x1, x2) < x + width and x < max(x1, x2):
                found.add(name)
    return found


def _check(diagram: Diagram) -> None:
    for line in diagram.lines.values():
        assert len(line.points) >= 2, line.id
        assert _on_border(*line.points[0], absolute_rect(diagram, line.source)), line.id
        assert _on_border(*line.points[-1], absolute_rect(diagram, line.target)), line.id
        for one, other in pairwise(line.points):
            assert (one.x == other.x) != (one.y == other.y), line.id


@pytest.mark.parametrize("name", NAMES)
def test_lines_of_templates_cross_nothing(name: str) -> None:
    diagram = build(template(name))
    _check(diagram)
    for line in diagram.lines.values():
        assert _crossed(diagram, line) == set(), line.id


def test_lines_of_everything_are_orthogonal_and_mostly_free() -> None:
    diagram = build(plan_of(EVERYTHING))
    _check(diagram)
    leaves = {name for name, box in diagram.boxes.items() if box.shape == "leaf"}
    for line in diagram.lines.values():
        assert not _crossed(diagram, line) & leaves, line.id


def test_the_lines_of_the_brief() -> None:
    lines = build(template("brief-network")).lines
    assert {
        "association:public->public-routes",
        "association:private->private-routes",
        "route:public-routes->igw",
        "route:private-routes->nat",
        "gateway:igw->internet",
        "tunnel:attached->vpc-to-vpc-nat",
        "tunnel:vpc-to-vpc-nat->eni:attached@private",
        "default:lambda-service-vpc->internet",
    } == set(lines)
    assert lines["route:private-routes->nat"].label == "0.0.0.0/0"


def test_every_kind_of_line_is_drawn() -> None:
    lines = build(plan_of(EVERYTHING)).lines
    assert lines["main:data-a->main-rt"].style == "association"
    assert lines["peering:main->to-shared"].style == "peering"
    assert lines["attachment:legacy->hub"].style == "peering"
    assert lines["route:private-rt->s3"].label == "s3"
    assert lines["route:shared-rt->hub"].label == "0.0.0.0/0, office"
    assert lines["main:data-a->main-rt"].implied
    assert not lines["association:private-a->private-rt"].implied
    assert not any("blackhole" in name for name in lines)


REGIONAL = """
vpcs: {main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}
internet_gateways: {igw: {vpc: main}, far: {vpc: other}}
nat_gateways:
  wide: {vpc: main, mode: regional}
  inner: {vpc: main, mode: regional, connectivity: private}
route_tables:
  rt: {vpc: main, main: true, routes: {0.0.0.0/0: wide, 10.8.0.0/16: wide, 10.9.0.0/16: wide}}
"""


def test_a_regional_nat_gateway_leads_to_the_internet_gateway_of_its_vpc() -> None:
    lines = build(plan_of(REGIONAL)).lines
    assert lines["gateway:wide->igw"].style == "route"
    assert "gateway:wide->far" not in lines
    assert "gateway:inner->igw" not in lines


def test_long_destinations_are_counted() -> None:
    assert build(plan_of(REGIONAL)).lines["route:rt->wide"].label == "0.0.0.0/0 +2"


ENDPOINTS = """
vpcs: {main: {cidr: 10.0.0.0/16}}
subnets: {a: {vpc: main, az: a, cidr: 10.0.0.0/24}}
functions: {fn: {subnets: [a]}}
"""


def test_the_internet_is_drawn_only_where_something_leads_there() -> None:
    plan = plan_of(ENDPOINTS)
    builder = DiagramBuilder(plan)
    assert "internet" not in builder.update(None).boxes
    edit = Edit(plan)
    edit.place("internet", Placement(40, -400))
    assert "internet" in builder.update(edit.changes).boxes
    edit = Edit(plan)
    edit.place("internet", None)
    assert "internet" not in builder.update(edit.changes).boxes
    edit = Edit(plan)
    edit.add(InternetGateway(id="igw", vpc="main"))
    after = builder.update(edit.changes)
    assert "gateway:igw->internet" in after.lines
    assert after.boxes == build(plan).boxes


def test_default_networking_is_drawn_only_while_a_function_uses_it() -> None:
    plan = template("brief-network")
    edit = Edit(plan)
    edit.remove("unattached")
    assert "default:lambda-service-vpc->internet" not in build(plan).lines


def test_a_line_goes_around_what_is_put_in_its_way() -> None:
    plan = template("brief-network")
    before = build(plan)
    line = before.lines["route:private-routes->nat"]
    assert len(line.points) == 2
    x, y = line.points[0].x, (line.points[0].y + line.points[1].y) / 2
    vpc = absolute_rect(before, "customer")
    edit = Edit(plan)
    bottom = absolute_rect(before, "public").y + absolute_rect(before, "public").height - vpc.y
    edit.place("private-routes", Placement(round(x - vpc.x) - 84, round(bottom) + 160))
    edit.place("private", Placement(32, round(bottom) + 240))
    edit.place("database-sg", Placement(round(x - vpc.x) - 84, round(bottom) + 60, 168, 24))
    after = build(plan)
    assert y > 0
    assert "database-sg" not in _crossed(after, after.lines["route:private-routes->nat"])
