"""What stands over the canvas while nothing is open: recent files and templates with their
pictures, *New* and *Open*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from lambdaplanner.errors import PlannerError
from lambdaplanner.formats.plan_file import open_plan, read_text
from lambdaplanner.formats.templates import Template, templates
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.panels.flow import Flow
from lambdaplanner.ui.panels.parts import label
from lambdaplanner.ui.picture.thumbnail import thumbnail
from lambdaplanner.ui.theme import Theme, mark
from lambdaplanner.ui.tile import PICTURE, Tile
from lambdaplanner.visible import visible

_MOST_RECENT = 6
_MOST_BYTES = 400_000
"""Of a file whose picture is drawn here; a larger one would take the window for a moment."""

_Reader = Callable[[], Plan]


class StartPage(QScrollArea):
    """Covers its host until a plan is there; the pictures come one by one, while nothing else goes
    on.
    """

    def __init__(self, host: QWidget, theme: Theme, documents: Documents, bridge: Bridge) -> None:
        super().__init__(host)
        self.setObjectName("start-page")
        self.setAccessibleName("Start page")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._host = host
        self._theme = theme
        self._documents = documents
        self._wanted: list[tuple[Tile, _Reader]] = []
        self.recent: list[Tile] = []
        self.templates: list[Tile] = []
        self.new = QPushButton("New plan")
        mark(self.new, kind="primary")
        self.new.clicked.connect(documents.new)
        self.open = QPushButton("Open...")
        self.open.clicked.connect(documents.ask_open)
        self._drawing = QTimer(self, singleShot=True, interval=0)
        self._drawing.timeout.connect(self._draw_next)
        self._open = False
        for begun in (bridge.replaced, bridge.changed, bridge.placing_wanted):
            begun.connect(self.leave)
        self.setAcceptDrops(True)
        host.installEventFilter(self)
        self.hide()

    def show_unless_open(self) -> None:
        """Shows the page at a start that opened nothing."""
        if not self._open:
            self.show_now()

    def show_now(self) -> None:
        """Fills the page anew and shows it."""
        self._fill()
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        (self.recent[0] if self.recent else self.new).setFocus()
        self._drawing.start()

    def set_theme(self, theme: Theme) -> None:
        """Draws the pictures in other colours."""
        self._theme = theme
        if self.isVisible():
            self.show_now()

    def _fill(self) -> None:
        self._wanted = []
        self.recent = [self._recent_tile(path) for path in self._documents.recent()[:_MOST_RECENT]]
        self.templates = []
        for one in templates():
            tile = Tile(one.title, one.description, one.description)
            tile.clicked.connect(lambda _on=False, t=one: self._documents.new_from(t))
            self._wanted.append((tile, partial(_plan_of, one)))
            self.templates.append(tile)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(32, 28, 32, 28)
        layout.setSpacing(12)
        layout.addLayout(self._head())
        if self.recent:
            _section(layout, "Recent files", self.recent)
        _section(layout, "Templates", self.templates)
        layout.addStretch(1)
        self.setWidget(page)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(label("Lambda Planner", "title"))
        words.addWidget(label("Plan how Lambda functions reach what they need in a VPC.", "muted"))
        line = QHBoxLayout()
        line.addLayout(words, 1)
        line.addWidget(self.open)
        line.addWidget(self.new)
        return line

    def _recent_tile(self, path: Path) -> Tile:
        tile = Tile(visible(path.name), visible(str(path.parent)), visible(str(path)))
        tile.clicked.connect(lambda _on=False, p=path: self._documents.open(p))
        self._wanted.append((tile, partial(_small_plan, path)))
        return tile

    def _draw_next(self) -> None:
        """One picture; what cannot be read has none here, and says why once it is opened."""
        if not self._wanted or not self.isVisible():
            return
        tile, read = self._wanted.pop(0)
        try:
            plan = read()
            image = thumbnail(plan, self._theme, PICTURE, self.devicePixelRatioF())
        except (PlannerError, OSError, ValueError):
            tile.picture.setText("No picture")
        else:
            tile.show_picture(image)
        self._drawing.start()

    def leave(self, *_what: object) -> None:
        """A plan is there, or somebody begins to draw."""
        self._open = True
        if self.isVisible():
            self.hide()
            self._host.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something from the palette, for the canvas below."""
        event.ignore()
        self.leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._host.rect())
        return super().eventFilter(watched, event)


def _section(layout: QVBoxLayout, title: str, tiles: Iterable[Tile]) -> None:
    layout.addSpacing(8)
    layout.addWidget(label(title, "section"))
    room = QWidget()
    flow = Flow(room, spacing=14)
    for tile in tiles:
        flow.addWidget(tile)
    layout.addWidget(room)


def _plan_of(template: Template) -> Plan:
    return read_text(template.text, where=template.name).plan


def _small_plan(path: Path) -> Plan:
    """The plan of a file; ValueError where it is too large to be drawn in passing."""
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError("too large to be drawn in passing")
    return open_plan(path).plan
