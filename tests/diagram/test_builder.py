"""A builder that follows changes says what a build from scratch says, and keeps what stays."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.diagram.builder import DiagramBuilder, build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.diagram.tracks import REACH
from lambdaplanner.diagram.verdicts import Mark, Verdicts
from lambdaplanner.errors import EditError
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from tests.diagram.plans import EVERYTHING, crowd, plan_of


def same(one: Diagram, other: Diagram) -> bool:
    """Whether two diagrams show the same, in the same order."""
    return list(one.boxes.items()) == list(other.boxes.items()) and list(one.lines.items()) == list(
        other.lines.items()
    )


def _some_edit(plan: Plan, dice: random.Random) -> Edit:
    """One random edit; now and then one that the plan refuses, which changes nothing."""
    edit = Edit(plan)
    names = list(plan)
    name = dice.choice([*names, "internet", "lambda-service-vpc", "region", "eni:orders@private-a"])
    try:
        match dice.randrange(10):
            case 0 | 1 | 2 | 3:
                sized = dice.random() < 0.2
                place = Placement(dice.randrange(-200, 900), dice.randrange(-200, 900))
                if sized:
                    place = place._replace(
                        width=dice.randrange(80, 900), height=dice.randrange(60, 900)
                    )
                edit.place(name, None if dice.random() < 0.2 else place)
            case 4:
                edit.remove(dice.choice(names))
            case 5:
                edit.rename(dice.choice(names), edit.new_id("renamed"))
            case 6:
                edit.update(dice.choice(names), label=dice.choice(["", "Another name"]))
            case 7:
                _add(edit, dice)
            case 8:
                functions = list(plan.of("function"))
                subnets = list(plan.of("subnet"))
                chosen = dice.sample(subnets, min(len(subnets), dice.randrange(3)))
                edit.update(
                    dice.choice(functions), subnets=tuple(chosen), concurrency=dice.randrange(99)
                )
            case _:
                subnets, tables = list(plan.of("subnet")), list(plan.of("route-table"))
                edit.update(dice.choice(subnets), route_table=dice.choice([None, *tables]))
    except (EditError, IndexError):
        edit.roll_back()
    return edit


def _add(edit: Edit, dice: random.Random) -> None:
    plan = edit.plan
    vpcs, subnets = list(plan.of("vpc")), list(plan.of("subnet"))
    place = Placement(dice.randrange(400), dice.randrange(400)) if dice.random() < 0.5 else None
    new: Any = dice.choice(
        [
            Vpc(id=edit.new_id("vpc"), cidr="10.7.0.0/16"),
            Subnet(id=edit.new_id("subnet"), vpc=dice.choice(vpcs), az="a", cidr="10.7.0.0/24"),
            Function(id=edit.new_id("function"), subnets=(dice.choice(subnets),)),
            Workload(id=edit.new_id("db"), type="rds", subnets=(dice.choice(subnets),)),
            SecurityGroup(id=edit.new_id("sg"), vpc=dice.choice(vpcs)),
            Note(id=edit.new_id("note"), text="Remember"),
        ]
    )
    edit.add(new, place)


def _some_verdicts(plan: Plan, dice: random.Random) -> Verdicts:
    internet = {
        function.id: Answer(
            source=function.id,
            target="internet",
            protocol="tcp",
            port=443,
            verdict=dice.choice(("reachable", "partial", "unreachable")),
            paths=tuple(
                PathAnswer(
                    via=subnet,
                    into=None,
                    verdict="reachable",
                    hops=(),
                    return_hops=(),
                    obstacles=(),
                )
                for subnet in function.subnets
            ),
        )
        for function in plan.ordered("function")
        if dice.random() < 0.7
    }
    return Verdicts(
        tiers={subnet: "public" for subnet in plan.of("subnet") if dice.random() < 0.3},
        internet=internet,
        capacity=assess(plan) if dice.random() < 0.5 else None,
        marks={name: Mark("warning", 2) for name in plan if dice.random() < 0.2},
    )


@given(st.integers(0, 1 << 30))
def test_following_changes_equals_building_from_scratch(seed: int) -> None:
    dice = random.Random(seed)
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    builder.update(None)
    for _ in range(6):
        verdicts = _some_verdicts(plan, dice)
        followed = builder.update(_some_edit(plan, dice).changes, verdicts)
        assert same(followed, build(plan, verdicts))


@given(st.integers(0, 1 << 30), st.integers(1, 9))
def test_lines_settled_some_at_a_time_are_as_from_scratch(seed: int, most: int) -> None:
    dice = random.Random(seed)
    plan = plan_of(EVERYTHING)
    for _ in range(3):
        _some_edit(plan, dice)
    builder = DiagramBuilder(plan)
    builder.update(None, roughly=True)
    assert builder.rough
    while not builder.settled:
        builder.settle_some(most)
    assert same(builder.diagram, build(plan))


def test_an_edit_settles_what_is_rough() -> None:
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    builder.update(None, roughly=True)
    builder.settle_some(3)
    after = builder.update(_some_edit(plan, random.Random(1)).changes)
    assert builder.settled
    assert same(after, build(plan))


CROWD = plan_text(crowd(20))


def _some_crowded_edit(plan: Plan, dice: random.Random) -> Edit:
    """One random edit of what is drawn as one card, or another one."""
    edit = Edit(plan)
    functions, groups = sorted(plan.of("function")), sorted(plan.of("security-group"))
    name = dice.choice([*functions, *groups]) if functions or groups else "vpc"
    cards = [f"group:{name}", f"group:{name}@one", f"eni:{name}@one", name]
    try:
        match dice.randrange(6):
            case 0 | 1:
                place = Placement(dice.randrange(400), dice.randrange(400))
                edit.place(dice.choice(cards), None if dice.random() < 0.4 else place)
            case 2:
                edit.rename(name, edit.new_id("renamed"))
            case 3:
                chosen = dice.sample(("one", "two"), dice.randrange(3))
                edit.update(dice.choice(functions), subnets=tuple(chosen))
            case 4:
                edit.remove(name)
            case _:
                return _some_edit(plan, dice)
    except (EditError, IndexError):
        edit.roll_back()
    return edit


@given(st.integers(0, 1 << 30))
def test_cards_of_many_follow_as_from_scratch(seed: int) -> None:
    dice = random.Random(seed)
    plan = read_text(CROWD, where="crowd.yaml").plan
    builder = DiagramBuilder(plan)
    builder.update(None)
    spread: frozenset[str] = frozenset()
    for _ in range(6):
        verdicts = _some_verdicts(plan, dice)
        if dice.random() < 0.3:
            names = [*plan.of("function"), *plan.of("security-group")]
            spread = frozenset(dice.sample(names, min(len(names), dice.randrange(8))))
        changes = _some_crowded_edit(plan, dice).changes
        followed = builder.update(changes, verdicts, spread=spread)
        scratch = build(plan, verdicts, spread=spread)
        assert same(followed, scratch)
        assert followed.folded == scratch.folded


@given(st.integers(0, 1 << 30))
def test_after_a_gesture_all_is_as_from_scratch(seed: int) -> None:
    dice = random.Random(seed)
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    builder.update(None)
    for _ in range(4):
        for _ in range(4):
            builder.update(_some_edit(plan, dice).changes, settled=False)
        if dice.random() < 0.5:
            edit = _some_edit(plan, dice)
            assert same(builder.update(edit.changes), build(plan))
        else:
            assert same(builder.update(None), build(plan))
        assert builder.settled


def test_a_gesture_that_ends_where_it_began_changes_nothing() -> None:
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    before = builder.update(None)
    there = Edit(plan)
    there.place("nat-a", Placement(300, 300))
    moved = builder.update(there.changes, settled=False)
    assert not same(moved, before)
    back = Edit(plan)
    back.place("nat-a", None)
    builder.update(back.changes, settled=False)
    assert same(builder.update(None), before)


@given(st.integers(0, 1 << 30))
def test_what_the_last_update_touched_is_all_that_differs(seed: int) -> None:
    dice = random.Random(seed)
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    before = builder.update(None)
    for _ in range(8):
        settled = dice.random() < 0.6
        after = builder.update(_some_edit(plan, dice).changes, settled=settled)
        keys = (list(after.boxes), list(after.lines))
        if keys == (list(before.boxes), list(before.lines)):
            differing = {
                key
                for old, new in ((before.boxes, after.boxes), (before.lines, after.lines))
                for key in new
                if new[key] is not old[key]
            }
            assert builder.touched == frozenset(differing)
        else:
            assert builder.touched is None
        before = after


def test_several_changes_can_be_followed_as_one() -> None:
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    builder.update(None)
    dice = random.Random(7)
    changes = _some_edit(plan, dice).changes
    for _ in range(20):
        changes = changes.then(_some_edit(plan, dice).changes)
    assert same(builder.update(changes), build(plan))


def test_nothing_new_gives_the_very_same_diagram() -> None:
    builder = DiagramBuilder(plan_of(EVERYTHING))
    assert builder.update(None) is builder.update(None)


@pytest.mark.parametrize(
    ("moved", "place", "boxes", "lines"),
    [
        ("bastion", Placement(20, 66), {"bastion"}, set()),
        ("fn-sg", Placement(48, 1040), {"fn-sg"}, set()),
        (
            "private-rt",
            Placement(264, 408),
            {"private-rt"},
            {
                "association:private-a->private-rt",
                "association:private-b->private-rt",
                "route:private-rt->nat-a",
                "route:private-rt->to-shared",
                "route:private-rt->hub",
                "route:private-rt->s3",
            },
        ),
    ],
)
def test_a_drag_changes_only_what_moves_and_the_lines_at_and_beside_it(
    moved: str, place: Placement, boxes: set[str], lines: set[str]
) -> None:
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    before = builder.update(None)
    edit = Edit(plan)
    edit.place(moved, place)
    after = builder.update(edit.changes)
    assert {k for k in after.boxes if after.boxes[k] is not before.boxes[k]} == boxes
    for name, line in after.lines.items():
        if line is not before.lines[name] and name not in lines:
            steps = zip(line.points, before.lines[name].points, strict=True)
            assert all(max(abs(a.x - b.x), abs(a.y - b.y)) <= REACH for a, b in steps), name


def test_moving_a_container_leaves_what_is_in_it_alone() -> None:
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    before = builder.update(None)
    edit = Edit(plan)
    edit.place("legacy", Placement(2400, 60))
    after = builder.update(edit.changes)
    assert after.boxes["legacy"] is not before.boxes["legacy"]
    assert after.boxes["legacy-a"] is before.boxes["legacy-a"]


def test_answers_change_only_the_boxes_that_they_are_about() -> None:
    plan = plan_of(EVERYTHING)
    builder = DiagramBuilder(plan)
    before = builder.update(None)
    after = builder.update(None, Verdicts(marks={"nat-a": Mark("error", 3, "Three things")}))
    assert [k for k in after.boxes if after.boxes[k] is not before.boxes[k]] == ["nat-a"]
    assert after.lines is before.lines
