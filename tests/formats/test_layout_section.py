"""The section `layout`: long forms, way-points, and what cannot be read of them."""

from __future__ import annotations

import pytest

from lambdaplanner.errors import PlanProblems
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement

BEFORE = """lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  private-a: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: private-a-rt}
route_tables:
  private-a-rt: {vpc: main}
layout:
"""


def read(layout: str):  # type: ignore[no-untyped-def]
    return read_text(BEFORE + layout, where="p.yaml").plan


def test_the_long_form_keeps_what_was_said_of_a_box() -> None:
    plan = read(
        "  main: {at: [0, 0], size: [960, 640], collapsed: true, locked: true, above: 1}\n"
        "  private-a: {at: [40, 300], above: -2}\n"
    )
    assert plan.placements["main"] == Placement(0, 0, 960, 640, True, True, 1)
    assert plan.placements["private-a"] == Placement(40, 300, above=-2)
    assert read_text(plan_text(plan), where="again").plan.placements == plan.placements


def test_what_says_no_more_than_a_place_is_written_short() -> None:
    plan = read("  main: {at: [8, 16], size: [960, 640], locked: false, above: 0}\n")
    assert "main: [8, 16, 960, 640]" in plan_text(plan)


def test_way_points_of_a_line_are_kept_and_follow_their_ends() -> None:
    plan = read("  private-a>private-a-rt: [[620, 200], [620, 90]]\n")
    assert plan.bends == {"private-a>private-a-rt": ((620, 200), (620, 90))}
    text = plan_text(plan)
    assert read_text(text, where="again").plan.bends == plan.bends
    Edit(plan).rename("private-a-rt", "app-rt")
    assert list(plan.bends) == ["private-a>app-rt"]
    Edit(plan).remove("app-rt")
    assert plan.bends == {}


@pytest.mark.parametrize(
    ("layout", "said"),
    [
        ("  main: {size: [9, 9]}\n", "p.yaml:10:9: layout.main: at: [x, y] is due here"),
        ("  main: {at: [9]}\n", "layout.main.at: [x, y] is due here"),
        ("  main: {at: [0, 0], size: 4}\n", "layout.main.size: [width, height] is due here"),
        ("  main: {at: [0, 0], lock: true}\n", 'unknown key "lock"; did you mean "locked"?'),
        ("  main: {at: [0, 0], locked: maybe}\n", "neither true nor false"),
        ("  main>nobody: [[0, 0]]\n", 'there is no "nobody"'),
        ("  main>private-a: [0, 0]\n", "layout.main>private-a[0]: [x, y] is due here"),
        ("  main>private-a: 3\n", 'a list of points [x, y] is due here, not "3"'),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(layout: str, said: str) -> None:
    with pytest.raises(PlanProblems) as found:
        read(layout)
    assert said in str(found.value)
