"""What the canvas shows while a hand drags, and after it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from pytestqt.qtbot import QtBot

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.geometry import absolute_rect
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.ui.workbench import Workbench
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

FUNCTIONS = "\n".join(
    f"  f{number}: {{subnets: [one], security_groups: [sg-{number // 2}]}}" for number in range(20)
)
GROUPS = "\n".join(f"  sg-{number}: {{vpc: main}}" for number in range(10))
PLAN = f"""
lambdaplanner: 1
name: Drag
region: eu-west-1
vpcs:
  main: {{cidr: 10.0.0.0/16}}
subnets:
  one: {{vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24}}
security_groups:
{GROUPS}
functions:
{FUNCTIONS}
"""


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path), shown=False)
    made.bridge.open(read_text(PLAN, where="drag.yaml").plan)
    made.bridge.settle()
    yield made
    made.session.mark_saved()
    made.window.close()


class Hand:
    """Holds the service VPC by its title."""

    def __init__(self, bench: Workbench) -> None:
        self._session = bench.session
        self._start = absolute_rect(bench.session.diagram, "lambda-service-vpc")

    def step(self, kind: Literal["press", "move", "release"], by: float) -> None:
        """One step of the mouse, `by` away from where it went down."""
        event = PointerEvent(
            kind=kind, x=self._start.x + 40 - by, y=self._start.y + 12 + by / 2, button="left"
        )
        self._session.pointer(event)


def settled(bench: Workbench) -> bool:
    """Whether the canvas shows what would be drawn from scratch."""
    return list(bench.view.canvas.diagram.lines.values()) == list(
        build(bench.session.plan).lines.values()
    )


def test_lines_hang_on_while_dragging_and_find_their_ways_after_it(
    bench: Workbench, qtbot: QtBot
) -> None:
    hand = Hand(bench)
    hand.step("press", 0)
    for by in (20, 80, 160):
        hand.step("move", by)
    shown = bench.view.canvas.diagram
    assert shown.boxes == bench.session.diagram.boxes
    assert not settled(bench)
    hand.step("release", 160)
    qtbot.waitUntil(lambda: settled(bench), timeout=3000)


def test_the_last_step_of_a_drag_gives_lines_their_ways_at_once(bench: Workbench) -> None:
    hand = Hand(bench)
    hand.step("press", 0)
    hand.step("move", 20)
    hand.step("move", 160)
    hand.step("release", 200)
    assert settled(bench)


def test_lines_find_their_ways_when_the_hand_rests(bench: Workbench, qtbot: QtBot) -> None:
    hand = Hand(bench)
    hand.step("press", 0)
    hand.step("move", 20)
    hand.step("move", 160)
    assert not settled(bench)
    qtbot.waitUntil(lambda: settled(bench), timeout=3000)
    assert bench.session.tool.state == "dragging"
    hand.step("release", 160)
    assert settled(bench)


def test_who_asks_for_the_diagram_gets_proper_ways(bench: Workbench) -> None:
    hand = Hand(bench)
    hand.step("press", 0)
    hand.step("move", 20)
    hand.step("move", 160)
    assert list(bench.presenter.diagram.lines.values()) == list(
        build(bench.session.plan).lines.values()
    )
    hand.step("release", 160)
