"""All that lies over the diagram: selection, hover, grips, drop target, marquee, guides, path
marks.

Drawn in pixels, so outlines keep their width at every zoom.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from lambdaplanner.diagram.items import Rect
from lambdaplanner.editor import handles
from lambdaplanner.editor.hit_test import LineEnd
from lambdaplanner.editor.transient import DropTarget, Ghost, Guide, RubberLine, Transient
from lambdaplanner.ui.canvas import badges, hit_test, leaf
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.look import BADGE, SUBTITLE, Look
from lambdaplanner.ui.canvas.tree import DiagramTree

MARGIN = 22.0
"""How far marks reach beside a box, in pixels."""


class Overlay:
    """Selection and passing state, and how they look. The scene sets them and repaints."""

    def __init__(self) -> None:
        self.selection: frozenset[str] = frozenset()
        self.line_ends: frozenset[LineEnd] = frozenset()
        """Of the one line selected: the ends that may be led elsewhere."""
        self.passing = Transient()

    def paint(
        self,
        painter: QPainter,
        look: Look,
        tree: DiagramTree,
        view: tuple[QRect, float, tuple[int, int]],
        emphasis: Emphasis | None,
    ) -> None:
        """Paints over `view`: exposed pixels, zoom, and the pixel of the plane's (0, 0)."""
        pencil, state = _Pencil(painter, look, tree, *view), self.passing
        if emphasis is not None:
            pencil.marks(emphasis)
        for key in state.lit:
            pencil.lit(key)
        if state.drop is not None and state.drop.box is not None:
            pencil.drop_outline(state.drop)
        if state.hover is not None and state.hover not in self.selection:
            pencil.hovered(state.hover)
        for key in self.selection:
            pencil.selected(key, self.line_ends)
        if state.focus is not None:
            pencil.focus_ring(state.focus)
        pencil.grips(self.selection)
        if state.ports is not None:
            pencil.port_dots(state.ports)
        for ghost in state.ghosts:
            pencil.ghost(ghost)
        if state.rubber is not None:
            pencil.rubber_line(state.rubber)
        for guide in state.guides:
            pencil.guide(guide)
        if state.marquee is not None:
            pencil.marquee(state.marquee)
        if state.drop is not None and state.drop.reason:
            tone = "ok" if state.drop.allowed else "error"
            pencil.tag(state.drop.reason, state.drop.x, state.drop.y, tone)
        if state.tag is not None:
            pencil.tag(state.tag.text, state.tag.x, state.tag.y, state.tag.tone)


class _Pencil:
    """Draws scene things in pixels."""

    def __init__(
        self,
        painter: QPainter,
        look: Look,
        tree: DiagramTree,
        exposed: QRect,
        zoom: float,
        origin: tuple[int, int],
    ) -> None:
        self.painter = painter
        self._look = look
        self._tree = tree
        self._exposed = exposed
        self._zoom = zoom
        self._origin = origin

    def lit(self, key: str) -> None:
        """A broad soft band around what would take the line or thing in hand."""
        pen = self._look.pen("drop_ok", 4)
        pen.setColor(self._look.alpha("drop_ok", 50))
        self._outline(key, pen, 2.5, 10.0)

    def hovered(self, key: str) -> None:
        pen = self._look.pen("selection", 1.25)
        pen.setColor(self._look.alpha("selection", 70))
        self._outline(key, pen, 0.0, 8.0)

    def selected(self, key: str, ends: frozenset[LineEnd]) -> None:
        if key in self._tree.diagram.lines:
            self._selected_line(key, ends)
        else:
            self._outline(key, self._look.pen("selection", 2), 1.0, 9.0)

    def focus_ring(self, key: str) -> None:
        self._outline(key, self._look.pen("focus", 1.5, (3.0, 2.0)), 4.5, 12.0)

    def _outline(self, key: str, pen: QPen, out: float, radius: float) -> None:
        """A line around a box, `out` pixels away from it."""
        rect = self._rect_of(key)
        if rect is not None:
            self.painter.setPen(pen)
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self._round(rect.adjusted(-out, -out, out, out), radius)

    def grips(self, selection: Iterable[str]) -> None:
        chosen = list(selection)
        if len(chosen) != 1:
            return
        place = self._tree.places.get(chosen[0])
        if place is None or place.box is None or not handles.resizable(place.box):
            return
        half = handles.SIZE / 2
        self.painter.setPen(self._look.pen("selection", 1.5))
        self.painter.setBrush(self._look.colour("surface"))
        for _, x, y in handles.grips(place.bounds().rect(), self._zoom):
            at = self._point(x, y)
            self._round(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half), 2.0)

    def port_dots(self, key: str) -> None:
        self.painter.setPen(self._look.pen("surface", 1.5))
        self.painter.setBrush(self._look.colour("selection"))
        for _, x, y in hit_test.shown_ports(self._tree, key, self._zoom):
            self.painter.drawEllipse(self._point(x, y), 5.0, 5.0)

    def drop_outline(self, drop: DropTarget) -> None:
        rect = self._rect_of(drop.box or "")
        if rect is None:
            return
        name = "drop_ok" if drop.allowed else "drop_refused"
        self.painter.setPen(self._look.pen(name, 2, () if drop.allowed else (4.0, 3.0)))
        self.painter.setBrush(self._look.alpha(name, 8))
        self._round(rect, 8.0)

    def ghost(self, ghost: Ghost) -> None:
        box = ghost.box
        at = self._point(box.rect.x, box.rect.y)
        self.painter.save()
        self.painter.setOpacity(0.75)
        self.painter.translate(at)
        self.painter.scale(self._zoom, self._zoom)
        if box.shape == "container":
            self.painter.setPen(self._look.pen(f"{box.tone}.border", 1.5, (5.0, 4.0)))
            self.painter.setBrush(self._look.alpha(f"{box.tone}.fill", 80))
            self.painter.drawRoundedRect(QRectF(0, 0, box.rect.width, box.rect.height), 8, 8)
        else:
            leaf.paint(self.painter, self._look, box)
        if not ghost.allowed:
            self.painter.setPen(self._look.pen("drop_refused", 2 / self._zoom, (4.0, 3.0)))
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawRoundedRect(QRectF(0, 0, box.rect.width, box.rect.height), 8, 8)
        self.painter.restore()

    def rubber_line(self, rubber: RubberLine) -> None:
        if len(rubber.points) < 2:
            return
        name = {None: "selection", True: "drop_ok", False: "drop_refused"}[rubber.allowed]
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(self._look.pen(name, 2, () if rubber.allowed else (4.0, 3.0)))
        self.painter.drawPolyline(QPolygonF([self._point(*point) for point in rubber.points]))
        self.painter.setPen(self._look.pen("surface", 1.5))
        self.painter.setBrush(self._look.colour(name))
        self.painter.drawEllipse(self._point(*rubber.points[-1]), 5.0, 5.0)

    def guide(self, guide: Guide) -> None:
        start, end = self._point(*guide.start), self._point(*guide.end)
        self.painter.setPen(self._look.pen("drop_refused", 1))
        self.painter.drawLine(start, end)
        if guide.text:
            middle = (start + end) / 2
            self._pill(guide.text, middle.x(), middle.y(), "drop_refused", "on_accent")

    def marquee(self, rect: Rect) -> None:
        self.painter.setPen(self._look.pen("selection", 1))
        self.painter.setBrush(self._look.colour("selection_soft"))
        corner = self._point(rect.x, rect.y)
        self.painter.drawRect(
            QRectF(
                corner.x(),
                corner.y(),
                rect.width * self._zoom,
                rect.height * self._zoom,
            )
        )

    def tag(self, text: str, x: float, y: float, tone: str) -> None:
        """Words on a card right below the cursor, kept within what is shown."""
        at, seen = self._point(x, y), self.painter.device()
        shown, wide = self._look.fit(text, SUBTITLE, 460)
        left = min(at.x() + 16, seen.width() - wide - 42)
        top = at.y() + 18 if at.y() + 46 <= seen.height() else at.y() - 34
        where = QRectF(max(left, 8.0), top, wide + 34, 24)
        self.painter.setPen(self._look.pen(f"{tone}.solid", 1))
        self.painter.setBrush(self._look.colour(f"{tone}.soft"))
        self._round(where, 6.0)
        badges.glyph(self.painter, self._look, tone, (where.left() + 7, where.top() + 6), 12)
        start = (where.left() + 25, where.top() + 16)
        self._look.text(self.painter, start, shown, SUBTITLE, f"{tone}.foreground")

    def marks(self, emphasis: Emphasis) -> None:
        for key in emphasis.glowing:
            rect = self._rect_of(key)
            if rect is not None:
                self._halo(rect)
        for key in emphasis.blocked:
            rect = self._rect_of(key)
            if rect is not None:
                self._stop(rect)

    def _halo(self, rect: QRectF) -> None:
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for out, width, percent in ((3.5, 5.0, 35), (1.0, 2.0, 100)):
            pen = self._look.pen("highlight", width)
            pen.setColor(self._look.alpha("highlight", percent))
            self.painter.setPen(pen)
            self._round(rect.adjusted(-out, -out, out, out), 8.0 + out)

    def _stop(self, rect: QRectF) -> None:
        self.painter.setPen(self._look.pen("error.solid", 2))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self._round(rect.adjusted(-1, -1, 1, 1), 9.0)
        at = (rect.right() - 10, rect.top() - 10)
        badges.glyph(self.painter, self._look, "error", at, 20)

    def _selected_line(self, key: str, ends: frozenset[LineEnd]) -> None:
        points = self._tree.diagram.lines[key].points
        pen = self._look.pen("selection", 5)
        pen.setColor(self._look.alpha("selection", 30))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in (pen, self._look.pen("selection", 2)):
            self.painter.setPen(stroke)
            self.painter.drawPolyline(QPolygonF([self._point(*point) for point in points]))
        self.painter.setPen(self._look.pen("selection", 1.5))
        self.painter.setBrush(self._look.colour("surface"))
        for end in ends:
            at = points[0] if end == "source" else points[-1]
            self.painter.drawEllipse(self._point(*at), 4.0, 4.0)

    def _pill(self, text: str, x: float, y: float, ground: str, ink: str) -> None:
        shown, wide = self._look.fit(text, BADGE, 200)
        where = QRectF(x - wide / 2 - 6, y - 8, wide + 12, 16)
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self._look.colour(ground))
        self._round(where, 8.0)
        self._look.text(self.painter, (where.left() + 6, where.top() + 11.6), shown, BADGE, ink)

    def _round(self, rect: QRectF, radius: float) -> None:
        radius *= min(self._zoom, 1.0)
        self.painter.drawRoundedRect(rect, radius, radius)

    def _point(self, x: float, y: float) -> QPointF:
        return QPointF(self._origin[0] + x * self._zoom, self._origin[1] + y * self._zoom)

    def _rect_of(self, key: str) -> QRectF | None:
        """The box in pixels, None where it is not shown."""
        place = self._tree.places.get(key)
        if place is None:
            return None
        bounds = place.bounds()
        first = self._point(bounds.left, bounds.top)
        rect = QRectF(first, self._point(bounds.right, bounds.bottom))
        reach = rect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        return rect if reach.intersects(QRectF(self._exposed)) else None


def paint_marks(painter: QPainter, look: Look, tree: DiagramTree, emphasis: Emphasis) -> None:
    """Paints the halos and stops of a path in scene units, for pictures."""
    everything = tree.bounds()
    if everything is not None:
        left, top, right, bottom = everything
        area = QRectF(left, top, right - left, bottom - top).toAlignedRect()
        _Pencil(painter, look, tree, area, 1.0, (0, 0)).marks(emphasis)
