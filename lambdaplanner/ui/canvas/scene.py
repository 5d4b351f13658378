"""The canvas: shows a diagram and passing state, repaints only what differs; holds no document."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import QRect, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsScene

from lambdaplanner.diagram.items import Diagram, Highlight, Rect
from lambdaplanner.editor import handles
from lambdaplanner.editor.hit_test import LineEnd
from lambdaplanner.editor.pointer import Handle, Part
from lambdaplanner.editor.transient import Transient
from lambdaplanner.ui.canvas import hit_test
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.grid import Bounds, without_covered
from lambdaplanner.ui.canvas.ground import Ground
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.overlay import MARGIN, Overlay
from lambdaplanner.ui.canvas.passing import differing
from lambdaplanner.ui.canvas.reconcile import reconcile
from lambdaplanner.ui.canvas.screen import ScreenPainter
from lambdaplanner.ui.canvas.tree import DiagramTree, reach_of
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.theme import Theme

_MANY = 60
"""Marks beyond which one repaint of all costs less than their pieces."""


class CanvasScene(QGraphicsScene):
    """A diagram ready to be looked at and asked what lies where.

    There are no graphics items: measured, one sweep over our own tree costs a tenth of an item a
    box, and hit tests need no trip into Qt.
    """

    bounds_changed = Signal()
    """The diagram got another extent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.tree = DiagramTree()
        self.overlay = Overlay()
        self._emphasis: Emphasis | None = None
        self._refining = QTimer(self, singleShot=True, interval=0)
        self._refining.timeout.connect(self._repaint_all)
        self._dress(theme)

    @property
    def diagram(self) -> Diagram:
        """What is shown."""
        return self.tree.diagram

    @property
    def highlight(self) -> Highlight | None:
        """The path that is shown."""
        return self.overlay.passing.highlight

    @property
    def painted_completely(self) -> bool:
        """Whether the last frame had every sprite; else the next ones bring the rest."""
        return self._screen.complete

    def show_diagram(self, diagram: Diagram) -> None:
        """Shows another diagram from scratch: a plan was opened."""
        self._screen.forget()
        self.tree.build(diagram)
        self._renew_emphasis()
        self._repaint_all()
        self.bounds_changed.emit()

    def update_diagram(self, diagram: Diagram, touched: Collection[str] | None = None) -> None:
        """Goes to the next state of the same plan; touches and repaints only what differs.

        `touched`: the caller knows that only these boxes and lines differ (a drag does), which
        spares comparing all.
        """
        before = self.tree.root.extent
        dirty = reconcile(self.tree, diagram, touched)
        if not dirty:
            return
        self._renew_emphasis()
        for bounds in without_covered(dirty):
            self._repaint(bounds)
        if self.tree.root.extent != before:
            self.bounds_changed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Puts on other colours."""
        self._screen.forget()
        self._dress(theme)
        self._repaint_all()

    def set_selection(self, ids: Iterable[str]) -> None:
        """Outlines boxes and lines; a single resizable box gets its grips."""
        before, after = self.overlay.selection, frozenset(ids)
        if before == after:
            return
        self.overlay.selection = after
        # One or several selected makes grips come and go, so the others are painted anew too.
        marked = before | after
        if len(marked) > _MANY:
            self._repaint_all()
            return
        for key in marked:
            self._repaint_mark(key)

    def set_line_ends(self, ends: frozenset[LineEnd]) -> None:
        """Shows handles at those ends of the one line selected that may be led elsewhere."""
        if ends != self.overlay.line_ends:
            self.overlay.line_ends = ends
            for key in self.overlay.selection:
                self._repaint_mark(key)

    def show_passing(self, state: Transient) -> None:
        """Shows what passes over the diagram: marks, what is drawn or dragged, words beside the
        cursor, and a path, which is lit while all else is dimmed."""
        before, self.overlay.passing = self.overlay.passing, state
        dirty = list(differing(before, state, self.tree, self._zoom()))
        if state.highlight != before.highlight:
            self._renew_emphasis()
        if state.highlight != before.highlight or len(dirty) > _MANY:
            self._repaint_all()
            return
        for bounds in dirty:
            self._repaint(bounds)

    def box_at(self, x: float, y: float) -> str | None:
        """The topmost box at a point, leaves before containers."""
        return hit_test.box_at(self.tree, x, y)

    def boxes_at(self, x: float, y: float) -> list[str]:
        """All boxes at a point, topmost first."""
        return hit_test.boxes_at(self.tree, x, y)

    def boxes_in(self, rect: Rect, *, touching: bool) -> list[str]:
        """Boxes in a rectangle: wholly, or (leaves and notes) also where it only touches."""
        return hit_test.boxes_in(self.tree, rect, touching=touching)

    def line_at(self, x: float, y: float, tolerance: float = 5.0) -> str | None:
        """The line nearest to a point within `tolerance` scene units."""
        return hit_test.line_at(self.tree, x, y, tolerance)

    def part_at(self, key: str, x: float, y: float) -> Part:
        """The part of a box under a point."""
        return hit_test.part_at(self.tree, key, x, y)

    def handle_at(self, x: float, y: float, zoom: float) -> Handle | None:
        """The grip under a point, of those that are shown."""
        ports = self.overlay.passing.ports
        if ports is not None:
            found = handles.hit(hit_test.shown_ports(self.tree, ports, zoom), x, y, zoom)
            if found is not None:
                return found
        if len(self.overlay.selection) == 1:
            place = self.tree.places.get(next(iter(self.overlay.selection)))
            if place is not None and place.box is not None and handles.resizable(place.box):
                return handles.hit(handles.grips(place.bounds().rect(), zoom), x, y, zoom)
        return None

    def absolute_rect(self, key: str) -> Rect | None:
        """A box's rectangle in the plane."""
        place = self.tree.places.get(key)
        return None if place is None else place.bounds().rect()

    def content_rect(self) -> Rect | None:
        """Around everything; None where nothing is shown."""
        bounds = self.tree.bounds()
        return None if bounds is None else bounds.rect()

    def _dress(self, theme: Theme) -> None:
        self.theme = theme
        self._look = Look(theme)
        self._screen = ScreenPainter(self._look)
        self._ground = Ground(self._look)

    def _renew_emphasis(self) -> None:
        highlight = self.highlight
        self._emphasis = Emphasis(highlight, self.tree) if highlight is not None else None

    def _repaint_mark(self, key: str) -> None:
        bounds = reach_of(self.tree, key)
        if bounds is not None:
            self._repaint(bounds)

    def _repaint(self, bounds: Bounds) -> None:
        left, top, right, bottom = bounds.grown(MARGIN / self._zoom() + 1)
        self.update(QRectF(left, top, right - left, bottom - top))

    def _repaint_all(self) -> None:
        for view in self.views():
            view.viewport().update()

    def _zoom(self) -> float:
        views = self.views()
        return views[0].transform().m11() if views else 1.0

    @guarded
    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        world = painter.worldTransform()
        zoom, origin = world.m11(), (round(world.dx()), round(world.dy()))
        exposed = world.mapRect(rect).toAlignedRect()
        painter.save()
        painter.resetTransform()
        self._ground.paint(painter, exposed, zoom, origin)
        self._screen.paint(painter, self.tree, exposed, zoom, origin, self._emphasis)
        painter.restore()
        if not self._screen.complete:
            self._refining.start()

    @guarded
    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        world = painter.worldTransform()
        origin = (round(world.dx()), round(world.dy()))
        view = world.mapRect(rect).toAlignedRect(), world.m11(), origin
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.overlay.paint(painter, self._look, self.tree, view, self._emphasis)
        painter.restore()
