"""What stands in a covered container is covered with it."""

from __future__ import annotations

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.ui.canvas.covering import covering, runs
from lambdaplanner.ui.canvas.tree import DiagramTree
from lambdaplanner.ui.canvas.vector import steps
from tests.diagram.plans import plan_of

PLAN = """
vpcs:
  a: {{cidr: 10.0.0.0/16}}
  b: {{cidr: 10.1.0.0/16}}
subnets:
  a-1: {{vpc: a, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: a-rt}}
  b-1: {{vpc: b, az: eu-west-1a, cidr: 10.1.0.0/24}}
route_tables:
  a-rt: {{vpc: a}}
workloads:
  wa: {{type: ec2, subnets: [a-1]}}
  wb: {{type: rds, subnets: [b-1]}}
layout:
  a: [0, 0]
  b: [{x}, 60]
"""


def _tree(x: int) -> DiagramTree:
    tree = DiagramTree()
    tree.build(build(plan_of(PLAN.format(x=x))))
    return tree


def test_a_container_over_another_hides_what_is_in_it() -> None:
    tree = _tree(150)
    painted = [(step.part, step.thing.id) for step in steps(tree)]

    assert covering(tree.diagram) == {"b"}
    over = painted.index(("frame", "b"))
    for below in (("leaf", "wa"), ("title", "a"), ("line", "association:a-1->a-rt")):
        assert painted.index(below) < over
    assert painted.index(("leaf", "wb")) > over
    assert len(painted) == len(set(painted))


def test_containers_side_by_side_are_painted_in_one_sweep() -> None:
    tree = _tree(2000)
    painted = [step.part for step in steps(tree)]

    assert covering(tree.diagram) == frozenset()
    assert painted.index("line") > len(painted) - painted[::-1].index("frame") - 1


@pytest.mark.parametrize("x", [150, 2000])
def test_every_part_is_painted_once(x: int) -> None:
    tree = _tree(x)
    boxes = [step.thing.id for step in steps(tree) if step.part in ("title", "leaf")]
    lines = [step.thing.id for step in steps(tree) if step.part == "line"]
    assert sorted(boxes) == sorted(tree.diagram.boxes)
    assert sorted(lines) == sorted(tree.diagram.lines)


def test_nothing_is_cut_where_nothing_covers() -> None:
    assert runs([1, 2, 3], [], frozenset()) == [[1, 2, 3]]
