"""Where boxes stand: the user's places exactly, tidy and free of overlaps for the rest."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.geometry import (
    absolute_rect,
    placement_for,
    placement_of,
)
from lambdaplanner.diagram.items import Diagram, Rect
from lambdaplanner.kinds import KINDS
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from tests.diagram.plans import EVERYTHING, plan_of, template

BORDER = {"internet-gateway", "egress-only-internet-gateway", "vpc-to-vpc-nat"}


def _siblings(diagram: Diagram) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for name, box in diagram.boxes.items():
        found.setdefault(box.parent, []).append(name)
    return found


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def _assert_tidy(diagram: Diagram) -> None:
    for parent, names in _siblings(diagram).items():
        for one, other in itertools.combinations(names, 2):
            assert not _overlap(diagram.boxes[one].rect, diagram.boxes[other].rect), (one, other)
        if parent is None:
            continue
        around = diagram.boxes[parent].rect
        for name in names:
            box = diagram.boxes[name]
            if box.kind not in BORDER:
                x, y, width, height = box.rect
                assert x >= 0, name
                assert y >= 24, name
                assert x + width <= around.width, name
                assert y + height <= around.height, name
                assert x % 4 == y % 8 == 0, name


def _random_plan(seed: int) -> str:
    """A plan of a random shape: zones, tiers, tables and things in any number."""
    dice = random.Random(seed)
    subnets, tables, things, functions = [], ["  t: {vpc: v0, main: true}"], [], []
    vpcs = dice.randrange(1, 6)
    for vpc in range(vpcs):
        for number in range(dice.randrange(4)):
            target = dice.choice([f"igw{vpc}", "nat", "blackhole"]) if vpc == 0 else f"igw{vpc}"
            tables.append(f"  t{vpc}-{number}: {{vpc: v{vpc}, routes: {{0.0.0.0/0: {target}}}}}")
            for extra in range(dice.randrange(4)):
                zone = dice.choice("abc")
                name = f"s{vpc}-{number}-{extra}"
                subnets.append(
                    f"  {name}: {{vpc: v{vpc}, az: {zone}, cidr: 10.{vpc}.{number}.0/24, "
                    f"route_table: t{vpc}-{number}}}"
                )
                for each in range(dice.randrange(6)):
                    things.append(f"  w-{name}-{each}: {{type: ec2, subnets: [{name}]}}")
                functions.append(f"  f-{name}: {{subnets: [{name}]}}")
    groups = [f"  g{n}: {{vpc: v{n % vpcs}}}" for n in range(dice.randrange(30))]
    lines = ["vpcs:", *(f"  v{n}: {{cidr: 10.{n}.0.0/16}}" for n in range(vpcs))]
    lines += ["internet_gateways:", *(f"  igw{n}: {{vpc: v{n}}}" for n in range(vpcs))]
    lines += ["subnets:", "  home: {vpc: v0, az: a, cidr: 10.0.9.0/24}", *subnets]
    lines += ["nat_gateways:", "  nat: {subnet: home}", "route_tables:", *tables]
    lines += ["workloads:", *things, "functions:", "  free: {}", *functions]
    lines += ["security_groups:", *groups]
    return "\n".join(lines)


@given(st.integers(0, 1 << 30))
def test_automatic_layout_is_free_of_overlaps_and_inside_its_containers(seed: int) -> None:
    text = _random_plan(seed)
    diagram = build(plan_of(text))
    _assert_tidy(diagram)
    assert diagram == build(plan_of(text))


@pytest.mark.parametrize(
    "name", ["brief-network", "two-zones", "public-subnet-trap", "isolated-vpc"]
)
def test_templates_are_tidy(name: str) -> None:
    _assert_tidy(build(template(name)))


def test_one_of_everything_is_tidy() -> None:
    _assert_tidy(build(plan_of(EVERYTHING)))


def test_an_empty_plan_shows_the_world_to_draw_in() -> None:
    diagram = build(Plan())
    assert set(diagram.boxes) == {"region", "lambda-service-vpc"}
    assert diagram.boxes["region"].rect.width > KINDS["vpc"].size.width


PLACED = """
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  private-a: {vpc: main, az: a, cidr: 10.0.0.0/24}
workloads:
  db: {type: rds, subnets: [private-a]}
layout:
  main: [0, 0, 960, 640]
  private-a: [40, 300, 400, 220]
  db: [333, 7]
"""


def test_places_and_sizes_are_honoured_exactly() -> None:
    diagram = build(plan_of(PLACED))
    assert absolute_rect(diagram, "main") == Rect(0, 0, 960, 640)
    assert diagram.boxes["private-a"].rect == Rect(40, 300, 400, 220)
    assert diagram.boxes["db"].rect[:2] == (333, 7)
    assert diagram.boxes["region"].rect.y < 0


def test_a_child_larger_than_its_sized_container_stays_a_child() -> None:
    diagram = build(plan_of(PLACED.replace("[40, 300, 400, 220]", "[40, 300, 2000, 2000]")))
    assert diagram.boxes["private-a"].parent == "main"
    assert absolute_rect(diagram, "main") == Rect(0, 0, 960, 640)


def test_a_container_without_a_size_grows_around_what_is_placed_in_it() -> None:
    diagram = build(plan_of(PLACED.replace("[333, 7]", "[1000, 900]").replace(", 400, 220]", "]")))
    box = diagram.boxes["private-a"].rect
    assert (box.width, box.height) >= (1200, 956)


@given(st.integers(0, 1 << 30))
def test_placing_one_thing_leaves_the_others_where_they_are(seed: int) -> None:
    dice = random.Random(seed)
    plan = plan_of(EVERYTHING)
    before = build(plan)
    leaves = [n for n in plan if before.boxes[n].shape == "leaf" and before.boxes[n].parent]
    name = dice.choice(leaves)
    around = before.boxes[before.boxes[name].parent or ""].rect
    old = before.boxes[name].rect
    edit = Edit(plan)
    left = max(around.width - old.width - 48, 1)
    place = Placement(dice.randrange(int(left)), dice.randrange(64, 72))
    edit.place(name, place)
    after = build(plan)
    follow = {name, "region", "internet", "lambda-service-vpc", "vpc-to-vpc-nat"}
    for other, box in before.boxes.items():
        if other in follow or box.kind == "eni":
            continue
        if box.parent == "region":
            assert absolute_rect(after, other) == absolute_rect(before, other), other
        else:
            assert after.boxes[other].rect == box.rect, other


def test_an_interface_steps_aside_for_what_the_user_puts_there() -> None:
    text = """
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  s: {vpc: main, az: a, cidr: 10.0.0.0/24}
functions:
  f: {subnets: [s]}
workloads:
  db: {type: rds, subnets: [s]}
layout:
  s: [100, 100, 336, 240]
  db: [72, 80]
"""
    diagram = build(plan_of(text))
    db, eni = diagram.boxes["db"].rect, diagram.boxes["eni:f@s"].rect
    assert not _overlap(db, eni)
    assert db[:2] == (72, 80)


def test_order_of_sections_does_not_matter_for_given_places() -> None:
    layout = """
layout:
  a: [10, 10, 800, 700]
  b: [900, 10, 800, 700]
  s: [40, 100, 400, 300]
  w: [30, 80]
  lambda-service-vpc: [-700, 0, 400, 400]
  internet: [0, -300]
"""
    vpcs = "vpcs:\n  {}\n  {}\n"
    one, other = "a: {cidr: 10.0.0.0/16}", "b: {cidr: 10.1.0.0/16}"
    subnets = "subnets:\n  s: {vpc: a, az: a, cidr: 10.0.0.0/24}\n"
    workloads = "workloads:\n  w: {type: ec2, subnets: [s]}\n"
    first = build(plan_of(vpcs.format(one, other) + subnets + workloads + layout))
    second = build(plan_of(workloads + subnets + vpcs.format(other, one) + layout))
    assert first.boxes == second.boxes
    assert first.lines == second.lines


@pytest.mark.parametrize("name", ["main", "private-a", "orders", "to-shared", "igw", "region"])
def test_a_placement_taken_from_the_diagram_keeps_the_box_there(name: str) -> None:
    plan = plan_of(EVERYTHING)
    before = build(plan)
    edit = Edit(plan)
    edit.place(name, placement_of(before, name))
    assert absolute_rect(build(plan), name) == absolute_rect(before, name)


def test_a_point_of_the_plane_becomes_a_place_in_the_container_there() -> None:
    plan = plan_of(EVERYTHING)
    diagram = build(plan)
    x, y = absolute_rect(diagram, "private-a")[:2]
    wanted = Rect(x + 16, y + 80, 200, 56)
    assert placement_for(diagram, "new", wanted, "private-a") == Placement(16, 80)
    assert placement_for(diagram, "new", wanted, "private-a", sized=True) == Placement(
        16, 80, 200, 56
    )
