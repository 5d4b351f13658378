"""A hand at the real window: clicks, drags and keys, and what is seen afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from lambdaplanner.diagram.items import Box, Rect
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.templates import template_named
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.workbench import Workbench

Key = Qt.Key
NO_KEY = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_LEFT = Qt.MouseButton.LeftButton
_GRIP_X, _GRIP_Y = 100.0, 16.0
"""Where the title of a container is taken hold of, clear of its border."""


class Hand:
    """One window and what a person does in it."""

    def __init__(self, bench: Workbench, folder: Path) -> None:
        self.bench = bench
        self.folder = folder

    @property
    def plan(self) -> Plan:
        """The plan that is open."""
        return self.bench.session.plan

    def thing(self, name: str) -> Any:
        """A thing of the plan, whatever its fields are."""
        return self.plan.resource(name)

    @property
    def selected(self) -> tuple[str, ...]:
        """What is selected."""
        return self.bench.session.selection.ids

    @property
    def steps(self) -> list[str]:
        """What can be undone, oldest first."""
        return self.bench.session.history.labels[0]

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.bench.window.status_text.text()

    @property
    def focus(self) -> QWidget | None:
        """What has the keyboard."""
        return self.bench.window.focusWidget()

    def open_template(self, name: str) -> None:
        """Starts from a template, as the menu does."""
        self.bench.documents.new_from(template_named(name))
        self.bench.bridge.settle()

    def open_text(self, text: str) -> None:
        """Opens a plan by its text."""
        self.bench.bridge.open(read_text(text, where="plan.yaml").plan)
        self.bench.bridge.settle()

    def box(self, name: str) -> Box:
        """A box as it is drawn now."""
        return self.bench.presenter.diagram.boxes[name]

    def rect(self, name: str) -> Rect:
        """Where a box is seen in the plane."""
        assert name in self.bench.presenter.diagram.boxes
        rect = self.bench.view.canvas.absolute_rect(name)
        assert rect is not None
        return rect

    def on(self, name: str) -> QPoint:
        """A pixel to take hold of a box: the title of a container, the middle of anything else."""
        rect = self.rect(name)
        if self.box(name).shape == "container":
            return self.pixel(rect.x + min(_GRIP_X, rect.width / 2), rect.y + _GRIP_Y)
        return self.pixel(rect.x + rect.width / 2, rect.y + rect.height / 2)

    def inside(self, name: str, across: float, down: float) -> QPoint:
        """A pixel in a box, by parts of its width and height."""
        rect = self.rect(name)
        return self.pixel(rect.x + rect.width * across, rect.y + rect.height * down)

    def pixel(self, x: float, y: float) -> QPoint:
        """Where a point of the plane is on the canvas."""
        return self.bench.view.mapFromScene(x, y)

    def click(self, where: str | QPoint, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Moves there, presses and lets go."""
        at = self.on(where) if isinstance(where, str) else where
        port = self.bench.view.viewport()
        QTest.mouseMove(port, at)
        QTest.mouseClick(port, _LEFT, held, at)

    def double_click(self, where: str | QPoint) -> None:
        """Two clicks at one place."""
        at = self.on(where) if isinstance(where, str) else where
        port = self.bench.view.viewport()
        QTest.mouseClick(port, _LEFT, NO_KEY, at)
        QTest.mouseDClick(port, _LEFT, NO_KEY, at)

    def drag(
        self, start: str | QPoint, end: str | QPoint, held: Qt.KeyboardModifier = NO_KEY
    ) -> None:
        """Presses, moves in steps, lets go."""
        at = self.on(start) if isinstance(start, str) else start
        to = self.on(end) if isinstance(end, str) else end
        port = self.bench.view.viewport()
        QTest.mouseMove(port, at)
        QTest.mousePress(port, _LEFT, held, at)
        for part in (0.3, 0.6, 1.0):
            self.move(at + (to - at) * part, held)
        QTest.mouseRelease(port, _LEFT, held, to)

    def move(self, to: QPoint, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Moves with the button down."""
        port = self.bench.view.viewport()
        place = QPointF(to)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            place,
            QPointF(port.mapToGlobal(to)),
            Qt.MouseButton.NoButton,
            _LEFT,
            held,
        )
        QApplication.sendEvent(port, event)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(self.focus or self.bench.view, key, held)

    def type(self, text: str) -> None:
        """Types where the keyboard is."""
        assert self.focus is not None
        QTest.keyClicks(self.focus, text)

    @property
    def title_field(self) -> QLineEdit | None:
        """The field over a title, while one is edited."""
        fields = self.bench.view.viewport().findChildren(QLineEdit)
        return next((field for field in fields if field.isVisible()), None)

    def place(self, kind: str, where: QPoint, variant: str = "") -> str:
        """Takes a kind from the palette and clicks; gives the new id."""
        before = set(self.plan)
        self.bench.bridge.start_placing(kind, variant)
        self.click(where)
        (made,) = set(self.plan) - before
        return made
