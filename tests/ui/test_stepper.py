"""Long work goes on in slices, by a budget of time: between them the window has its turn."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.ui.stepper import SLICE_S, Stepper


class Clock:
    """Time goes on by the work that is done, and by nothing else."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def work(self, steps: int, cost: float, value: object = None) -> Iterator[object]:
        for _ in range(steps):
            self.now += cost
            yield value


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stepper(qapp: QApplication, clock: Clock) -> Iterator[Stepper]:
    parent = QObject(qapp)
    yield Stepper(parent, clock=clock)
    parent.deleteLater()


def slices(qtbot: QtBot, stepper: Stepper, steps: Iterator[object]) -> int:
    """How often others had their turn until all was done."""
    counted: list[bool] = []
    stepper.sliced.connect(lambda: counted.append(True))
    with qtbot.waitSignal(stepper.ended):
        stepper.start(steps)
    return len(counted)


@pytest.mark.parametrize(("cost", "expected"), [(SLICE_S, 20), (SLICE_S / 3.5, 5), (0.0, 0)])
def test_a_slice_ends_with_its_time(
    qtbot: QtBot, stepper: Stepper, clock: Clock, cost: float, expected: int
) -> None:
    assert slices(qtbot, stepper, clock.work(20, cost)) == expected
    assert not stepper.running


def test_pauses_make_room_and_say_nothing(qtbot: QtBot, stepper: Stepper, clock: Clock) -> None:
    told: list[object] = []
    stepper.stepped.connect(told.append)

    def work() -> Iterator[object]:
        yield from clock.work(3, SLICE_S)
        yield "found"

    assert slices(qtbot, stepper, work()) == 3
    assert told == ["found"]


def test_one_who_waits_no_longer_holds_the_work(
    qtbot: QtBot, stepper: Stepper, clock: Clock
) -> None:
    with qtbot.waitSignal(stepper.sliced):
        stepper.start(clock.work(9, SLICE_S))
    stepper.hold(True)
    assert stepper.held
    with qtbot.assertNotEmitted(stepper.sliced):
        qtbot.wait(0)
    with qtbot.waitSignal(stepper.ended):
        stepper.hold(False)
    assert not stepper.held


def test_what_is_stopped_never_comes(qtbot: QtBot, stepper: Stepper, clock: Clock) -> None:
    told: list[object] = []
    stepper.stepped.connect(told.append)
    with qtbot.waitSignal(stepper.sliced):
        stepper.start(clock.work(9, SLICE_S, "old"))
    told.clear()
    with qtbot.waitSignal(stepper.ended):
        stepper.start(clock.work(2, SLICE_S, "new"))
    assert told == ["new", "new"]
    stepper.start(clock.work(1, 0.0, "never"))
    stepper.stop()
    with qtbot.assertNotEmitted(stepper.ended):
        qtbot.wait(0)
    assert told == ["new", "new"]


def test_a_slot_may_start_other_work(qtbot: QtBot, stepper: Stepper, clock: Clock) -> None:
    told: list[object] = []

    def follow(value: object) -> None:
        told.append(value)
        if value == "first":
            stepper.start(clock.work(1, 0.0, "second"))

    stepper.stepped.connect(follow)
    with qtbot.waitSignal(stepper.ended):
        stepper.start(clock.work(5, 0.0, "first"))
    assert told == ["first", "second"]
