"""Nothing is put over anything: free room first, and what is in the way gives way."""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from lambdaplanner.editor.hit_test import overlaps
from lambdaplanner.kinds import KINDS, kind_of
from lambdaplanner.ui.quick_add import QuickAdd
from tests.found.every_kind import EVERY_KIND
from tests.found.hand import CTRL, Hand, Key

_PLACED = """
lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
subnets:
  left: {vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24}
  right: {vpc: main, az: eu-west-1b, cidr: 10.0.2.0/24}
  below: {vpc: main, az: eu-west-1b, cidr: 10.0.3.0/24}
internet_gateways:
  igw: {vpc: main}
nat_gateways:
  nat: {subnet: right}
workloads:
  db: {type: rds, subnets: [left], port: 5432}
  cache: {type: elasticache, subnets: [right], port: 6379}
layout:
  left: [24, 72]
  right: [378, 72]
  below: [24, 320]
  db: [24, 72]
  nat: [24, 72]
  cache: [24, 144]
"""


def covered(hand: Hand) -> list[tuple[str, str]]:
    """Pairs of boxes of one container that cover one another."""
    boxes = hand.bench.presenter.diagram.boxes
    rects = {name: hand.rect(name) for name in boxes}
    return [
        (one, other)
        for one, other in combinations(boxes, 2)
        if boxes[one].parent == boxes[other].parent and overlaps(rects[one], rects[other])
    ]


def test_the_helper_sees_nothing_in_the_plans_as_they_are(hand: Hand) -> None:
    """What is found below comes from the gesture."""
    for text in (EVERY_KIND, _PLACED):
        hand.open_text(text)
        assert covered(hand) == []


@pytest.mark.parametrize("text", [EVERY_KIND, _PLACED], ids=["laid out", "placed"])
def test_copies_find_free_room(hand: Hand, text: str) -> None:
    """F15: Ctrl+D put a copy 24 units aside, over its original."""
    hand.open_text(text)
    for kind in KINDS.values():
        for name in [thing.id for thing in hand.plan.ordered(kind.slug)][:1]:
            hand.bench.bridge.select([name])
            hand.bench.view.setFocus()
            before = len(hand.steps)
            hand.key(Key.Key_D, CTRL)
            assert covered(hand) == [], name
            assert len(hand.steps) - before in (0, 1)
    while hand.steps:
        hand.bench.undo()
    assert covered(hand) == []


def test_drops_find_free_room(hand: Hand) -> None:
    """A click on a card, or beside one, with a kind in hand."""
    hand.open_text(_PLACED)
    for kind, where in (
        ("workload", "db"),
        ("nat-gateway", "db"),
        ("endpoint", "cache"),
        ("workload", "nat"),
        ("security-group", "main"),
        ("subnet", "left"),
        ("route-table", "left"),
        ("egress-only-internet-gateway", "igw"),
        ("vpc", "lambda-service-vpc"),
        ("transit-gateway", "internet"),
    ):
        at = hand.on(where)
        if where == "lambda-service-vpc":
            rect = hand.rect(where)
            at = hand.pixel(rect.x - 60, rect.y + 60)
        hand.bench.bridge.start_placing(kind, "")
        hand.click(at)
        assert covered(hand) == [], kind


def test_a_thing_that_a_form_moves_takes_free_room(hand: Hand) -> None:
    """As a fix does that moves a NAT gateway: its old place counted from another subnet."""
    hand.open_text(_PLACED)
    steps = len(hand.steps)
    hand.bench.bridge.do("Move", lambda edit: edit.update("nat", subnet="left"))
    assert covered(hand) == []
    assert len(hand.steps) == steps + 1
    hand.bench.undo()
    assert covered(hand) == []
    assert hand.thing("nat").subnet == "right"


def test_a_container_that_grows_on_a_drop_covers_no_sibling(hand: Hand) -> None:
    """Its siblings give way, in the same step."""
    hand.open_text(_PLACED)
    for name in ("nat", "cache"):
        hand.drag(name, hand.inside("left", 0.5, 0.97))
    assert hand.thing("cache").subnets == ("left",)
    assert covered(hand) == []
    rect = hand.rect("db")
    start = hand.on("db")
    edge = hand.rect("left")
    hand.drag(start, start + hand.pixel(edge.x + edge.width, 0) - hand.pixel(rect.x + 40, 0))
    assert covered(hand) == []
    for _ in range(3):
        hand.bench.undo()
    assert hand.steps == []


def _add_by_keyboard(hand: Hand, text: str) -> str:
    known = set(hand.plan)
    hand.key(Key.Key_N)
    popup = next(p for p in hand.bench.window.findChildren(QuickAdd) if p.isVisible())
    field = popup.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    (made,) = set(hand.plan) - known
    return made


@pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
def test_what_the_keyboard_adds_is_current_and_in_view(hand: Hand) -> None:
    """F24: each next thing comes to stand in the last one, and what is added can be seen."""
    hand.open_text("lambdaplanner: 1\nregion: eu-west-1\n")
    view = hand.bench.view
    view.zoom_to(1.0)
    QTest.mouseMove(view.viewport(), QPoint(view.viewport().width() - 30, 300))
    vpc = _add_by_keyboard(hand, "vpc")
    seen = view.visible_rect()
    rect = hand.rect(vpc)
    assert seen.x <= rect.x
    assert rect.x + rect.width <= seen.x + seen.width
    assert hand.bench.session.transient.focus == vpc
    subnet = _add_by_keyboard(hand, "subnet")
    assert hand.thing(subnet).vpc == vpc
    nat = _add_by_keyboard(hand, "nat")
    assert hand.thing(nat).subnet == subnet
    assert hand.selected == (nat,)
    assert hand.focus is view
    hand.key(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    hand.key(Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert hand.selected == (vpc,)
    second = _add_by_keyboard(hand, "subnet")
    assert hand.thing(second).vpc == vpc
    assert covered(hand) == []


@pytest.mark.parametrize("across", [0.02, 0.1, 0.3])
def test_a_gateway_leaves_the_title_free(hand: Hand, across: float) -> None:
    """Dropped on the upper left, added by the keyboard, or dragged along the border."""
    hand.open_text("lambdaplanner: 1\nregion: eu-west-1\nvpcs:\n  main: {cidr: 10.0.0.0/16}\n")
    gateway = hand.place("internet-gateway", hand.inside("main", across, 0.05))
    assert kind_of(hand.thing(gateway)).on_border
    vpc, rect = hand.rect("main"), hand.rect(gateway)
    title = vpc._replace(width=220, height=32)
    assert not overlaps(rect, title)
    hand.drag(gateway, hand.inside("main", 0.01, 0.02))
    assert not overlaps(hand.rect(gateway), title)
