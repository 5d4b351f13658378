"""An edit moves what it is about and what must make room, and nothing else: in the window, in the
saved file and at the next opening.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from lambdaplanner.commands.things import add, remove, rename
from lambdaplanner.diagram.builder import DiagramBuilder, build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.editor.hand import Hand
from lambdaplanner.editor.hit_test import overlaps
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.stillness import still
from lambdaplanner.editor.verbs import tidy_everything, tidy_selected
from lambdaplanner.formats.plan_file import open_plan, plan_text, read_text
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import followed
from tests.diagram.corners import corners
from tests.found.plans import found


def _new(kind: str, container: str | None, **given: Any) -> Callable[[Edit], object]:
    return lambda edit: add(edit, kind, container, **given)


def _set(name: str, **values: object) -> Callable[[Edit], object]:
    return lambda edit: edit.update(name, **values)


CHANGES: list[tuple[str, str, Callable[[Edit], object], float]] = [
    ("01-brief", "rename", lambda edit: rename(edit, "private", "inner"), 0.0),
    ("02-two-zones", "group", _new("security-group", "main"), 0.0),
    ("02-two-zones", "isolated", _new("subnet", "main", az="eu-west-1b"), 0.15),
    ("02-two-zones", "third zone", _new("subnet", "main", az="eu-west-1c"), 0.15),
    ("03-three-zones", "workload", _new("workload", "public-a"), 0.26),
    ("03-three-zones", "route", _set("app-b-rt", routes=()), 0.15),
    ("03-three-zones", "less", lambda edit: remove(edit, ["app-b"]), 0.15),
    ("06-peering", "vpc", _new("vpc", None), 0.15),
    ("08-sixty-subnets", "subnet", _new("subnet", "prod", az="eu-west-1a"), 0.15),
]
"""Plan, what is done, and how many of the boxes that were there may move."""


@pytest.fixture(params=CHANGES, ids=[f"{name}: {what}" for name, what, _, _ in CHANGES])
def change(request: pytest.FixtureRequest) -> tuple[Session, Callable[[Edit], object], float]:
    name, _, command, most = request.param
    plan = open_plan(found(name, "picture")).plan
    session = Hand(plan).session
    builder = DiagramBuilder(plan)
    session.show(builder.update(None))

    def follow(changes: ChangeSet) -> None:
        session.show(builder.update(changes))

    plan.subscribe(follow)
    return session, command, most


def test_only_what_must_make_room_moves(
    change: tuple[Session, Callable[[Edit], object], float],
) -> None:
    session, command, most = change
    before, were = corners(session.diagram), len(session.history.labels[0])
    saved = plan_text(session.plan)
    renamed: dict[str, str] = {}

    def noted(edit: Edit) -> None:
        command(edit)
        renamed.update(edit.changes.renamed)

    session.do("Change", noted)

    after = corners(session.diagram)
    there = {name: followed(name, renamed) for name in before}
    moved = [old for old, new in there.items() if new in after and before[old] != after[new]]
    assert len(moved) <= most * len(before), moved
    assert _covered(session.diagram) == []
    again = build(read_text(plan_text(session.plan), where="saved.yaml").plan)
    assert corners(again) == after
    assert len(session.history.labels[0]) == were + 1
    session.undo()
    assert plan_text(session.plan) == saved


def _covered(diagram: Diagram) -> list[tuple[str, str]]:
    """Siblings that cover one another."""
    boxes = diagram.boxes.values()
    return [
        (one.id, other.id)
        for one, other in itertools.combinations(boxes, 2)
        if one.parent == other.parent and overlaps(one.rect, other.rect)
    ]


def test_what_nobody_looks_at_keeps_its_place_too() -> None:
    plan = open_plan(found("03-three-zones", "picture")).plan
    before = build(plan)
    edit = Edit(plan)
    add(edit, "workload", "public-a")

    written = still(plan, before)

    assert written
    assert not written.topological
    after = corners(build(plan))
    old = corners(before)
    assert sum(old[name] != after[name] for name in old) <= 0.26 * len(old)


def test_opening_writes_nothing() -> None:
    plan = open_plan(found("03-three-zones", "picture")).plan
    assert not still(plan, build(plan))


def test_tidy_takes_written_places_away(
    change: tuple[Session, Callable[[Edit], object], float],
) -> None:
    session, command, _ = change
    session.do("Change", command)

    tidied = tidy_everything(session)

    assert tidied or not session.plan.placements
    assert not session.plan.placements
    assert corners(session.diagram) == corners(build(session.plan))
    assert not tidy_everything(session)


def test_tidying_one_container_leaves_the_others() -> None:
    plan = open_plan(found("06-peering", "picture")).plan
    session = Hand(plan).session
    builder = DiagramBuilder(plan)
    session.show(builder.update(None))
    plan.subscribe(lambda changes: session.show(builder.update(changes)))
    session.do("Move", lambda edit: edit.place("git", Placement(40, 300)))
    session.do("Move", lambda edit: edit.place("warehouse", Placement(40, 200)))
    session.selection.set(["shared"])

    assert tidy_selected(session)

    assert "git" not in plan.placements
    assert plan.placements["warehouse"] == Placement(40, 200)
    assert _covered(session.diagram) == []
