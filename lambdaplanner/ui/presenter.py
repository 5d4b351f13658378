"""Keeps the canvas showing the plan: diagram after each edit, answers when they are there, the
session's passing state.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from lambdaplanner.diagram.builder import DiagramBuilder
from lambdaplanner.diagram.highlighting import highlight_for
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.diagram.verdicts import NO_VERDICTS, Verdicts
from lambdaplanner.editor.shown import shown
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.canvas.view import CanvasView

_REST = 80
"""Milliseconds that a hand rests before lines find their proper ways during a drag."""
_MANY = 1_500
"""Plans of so many things are shown before their lines have tracks and labels."""
_SOME = 60
"""So many lines get their proper ways at a time."""
CURSORS = {
    "arrow": Qt.CursorShape.ArrowCursor,
    "cross": Qt.CursorShape.CrossCursor,
    "hand": Qt.CursorShape.OpenHandCursor,
}


class Presenter(QObject):
    """One canvas, one bridge. The scene holds nothing that is not in the diagram or the session."""

    def __init__(self, bridge: Bridge, view: CanvasView, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._view = view
        self._scene = view.canvas
        self._verdicts: Verdicts = NO_VERDICTS
        self._builder = DiagramBuilder(bridge.session.plan)
        self._resting = QTimer(self, singleShot=True, interval=_REST)
        self._resting.timeout.connect(self._rest)
        self._ends: list[Callable[[], None]] = []
        bridge.replaced.connect(self._adopt)
        bridge.changed.connect(self._follow)
        bridge.analysed.connect(self._judge)
        bridge.asked.connect(self._show_path)
        bridge.selected.connect(self._show_selection)
        self._adopt()

    @property
    def diagram(self) -> Diagram:
        """What is shown now, every line on its proper way."""
        self._settle()
        return self._builder.diagram

    def _adopt(self) -> None:
        for end in self._ends:
            end()
        session = self._bridge.session
        self._verdicts = NO_VERDICTS
        self._builder = DiagramBuilder(session.plan)
        diagram = self._built(roughly=len(session.plan) >= _MANY)
        session.show(diagram)
        self._view.give_up_title()
        self._show_transient()
        self._scene.show_diagram(diagram)
        self._ends = [
            session.passing.subscribe(self._show_transient),
            session.tool_changed.subscribe(self._show_tool),
            session.spreading.subscribe(self._show_spread),
        ]
        self._show_tool()
        self._show_selection()
        if not self._builder.settled:
            self._resting.start()

    def _built(
        self, changes: ChangeSet | None = None, *, settled: bool = True, roughly: bool = False
    ) -> Diagram:
        spread = self._bridge.session.spread
        return self._builder.update(
            changes, self._verdicts, settled=settled, roughly=roughly, spread=spread
        )

    def _rest(self) -> None:
        """Gives some lines their proper ways, and comes back for the others."""
        self._show(self._builder.settle_some(_SOME))
        if not self._builder.settled:
            self._resting.start()

    def _show_spread(self) -> None:
        self._show(self._built())
        self._show_path()

    def _follow(self, changes: ChangeSet) -> None:
        settled = self._bridge.session.tool.state == "idle"
        self._show(self._built(changes, settled=settled))
        if not self._builder.settled:
            self._resting.start()

    def _settle(self) -> None:
        """Gives lines their proper ways once nothing moves."""
        self._resting.stop()
        if not self._builder.settled:
            self._show(self._built())

    def _judge(self) -> None:
        live = self._bridge.live
        self._verdicts = shown(live.view, live.findings())
        self._show(self._built(settled=self._builder.settled))
        self._show_selection()
        self._show_path()

    def _show(self, diagram: Diagram) -> None:
        self._bridge.session.show(diagram)
        self._scene.update_diagram(diagram, self._builder.touched)

    def _show_path(self) -> None:
        answer = self._bridge.answer
        path = None if answer is None else highlight_for(answer, self.diagram)
        self._bridge.session.passing.show(highlight=path)

    def _show_selection(self) -> None:
        session = self._bridge.session
        diagram, ids = session.diagram, session.selection.ids
        self._scene.set_selection((*diagram.boxes_of(ids), *(n for n in ids if n in diagram.lines)))
        self._scene.set_line_ends(session.line_ends())

    def _show_tool(self) -> None:
        tool = self._bridge.session.tool
        self._view.set_hand(tool.name == "hand")
        self._view.set_tool_cursor(CURSORS.get(tool.cursor, Qt.CursorShape.ArrowCursor))

    def _show_transient(self) -> None:
        if self._bridge.session.tool.state == "idle" and not self._builder.rough:
            self._settle()
        self._scene.show_passing(self._bridge.session.transient)
