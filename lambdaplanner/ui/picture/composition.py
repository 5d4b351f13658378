"""A diagram laid out for a picture: which part, its page, what stands around it, one way to paint
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import ceil

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from lambdaplanner.diagram.items import Box, Diagram, Highlight
from lambdaplanner.diagram.legend import legend_of
from lambdaplanner.errors import QuestionError
from lambdaplanner.ui.canvas.card_stamps import CardStamps
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.look import FontUse, Look
from lambdaplanner.ui.canvas.overlay import paint_marks
from lambdaplanner.ui.canvas.tree import DiagramTree
from lambdaplanner.ui.canvas.vector import Step, paint_diagram, steps
from lambdaplanner.ui.picture.legend import Legend
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.page import page_for
from lambdaplanner.ui.picture.title_block import TitleBlock
from lambdaplanner.ui.theme import Theme

_EMPTY = Bounds(0, 0, 320, 120)
_NARROWEST = 240.0
_WIDE_ENOUGH = 480.0
"""What a title block or a legend takes where the drawing is narrower."""


class Composition:
    """Paints a diagram into a rectangle that begins at (0, 0), in scene units."""

    def __init__(
        self,
        diagram: Diagram,
        theme: Theme,
        options: PictureOptions,
        *,
        highlight: Highlight | None = None,
        use: FontUse = FontUse.OUTLINES,
    ) -> None:
        self.options = options
        self.theme = theme
        self.use = use
        self._look = Look(theme, use)
        self._tree = DiagramTree()
        self._tree.build(selected(diagram, options.only) if options.only else diagram)
        self._emphasis = Emphasis(highlight, self._tree) if highlight else None
        self._content = self._tree.bounds() or _EMPTY
        room = float(ceil(max(self._content.right - self._content.left, self._narrowest())))
        self._title = TitleBlock(self._look, options, room)
        shown = legend_of(self._tree.diagram, highlight) if options.legend else ()
        self._legend = Legend(self._look, shown, room, halo=options.transparent)
        inner = self._content.bottom - self._content.top
        high = ceil(inner + self._title.height + self._legend.height)
        self._page = page_for(options.fit, room + 2 * options.margin, high + 2.0 * options.margin)

    @property
    def width(self) -> float:
        """Of the page, scene units across."""
        return self._page.width

    @property
    def height(self) -> float:
        """Of the page, scene units down."""
        return self._page.height

    @property
    def zoom(self) -> float:
        """How much larger the drawing is than its own size."""
        return self._page.zoom

    @property
    def diagram(self) -> Diagram:
        """What is drawn."""
        return self._tree.diagram

    def corner_of(self, box_id: str) -> tuple[float, float]:
        """Where the top left of a box stands on the page."""
        bounds = self._tree.places[box_id].bounds()
        left, top = self._corner()
        page = self._page
        return page.left + (left + bounds.left) * page.zoom, page.top + (
            top + bounds.top
        ) * page.zoom

    def paint(
        self, painter: QPainter, area: Bounds | None = None, stamps: CardStamps | None = None
    ) -> None:
        """Paints all, or only what touches `area` (of the page); with `stamps` where pixels are
        wanted.
        """
        look = self._look
        self.paint_ground(painter, look)
        with self.placed(painter):
            inner = None if area is None else self._within(area)
            paint_diagram(painter, look, self._tree, inner, self._emphasis, stamps)
            self.paint_marks(painter, look)
        self.paint_surroundings(painter, look)

    def steps(self) -> Iterator[Step]:
        """The diagram's strokes one by one, for a painter that stands as `placed` puts it."""
        return steps(self._tree, None, self._emphasis)

    @contextmanager
    def placed(self, painter: QPainter) -> Iterator[None]:
        """Moves the painter from the page into the diagram's own plane for a while."""
        page = self._page
        painter.save()
        painter.translate(page.left, page.top)
        painter.scale(page.zoom, page.zoom)
        painter.translate(*self._corner())
        yield
        painter.restore()

    def paint_ground(self, painter: QPainter, look: Look) -> None:
        """The page's own colour, unless it is transparent."""
        if not self.options.transparent:
            painter.fillRect(QRectF(0, 0, self.width, self.height), look.colour("canvas"))

    def paint_marks(self, painter: QPainter, look: Look) -> None:
        """Halos and stops of the path, in the diagram's plane."""
        if self._emphasis is not None:
            paint_marks(painter, look, self._tree, self._emphasis)

    def paint_surroundings(self, painter: QPainter, look: Look) -> None:
        """Title block and legend, on the page."""
        page, margin = self._page, float(self.options.margin)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.translate(page.left, page.top)
        painter.scale(page.zoom, page.zoom)
        self._title.paint(painter, look, margin, margin)
        below = margin + self._title.height + self._content.bottom - self._content.top
        self._legend.paint(painter, look, margin, below)
        painter.restore()

    def _narrowest(self) -> float:
        options = self.options
        if options.legend or (options.title and options.facts):
            return _WIDE_ENOUGH
        return _NARROWEST if options.title and options.name else 1.0

    def _corner(self) -> tuple[float, float]:
        """How far the diagram's plane is moved on a page of the drawing's own size."""
        margin = self.options.margin
        top = margin + self._title.height - self._content.top
        return margin - self._content.left, top

    def _within(self, area: Bounds) -> Bounds:
        """An area of the page in the diagram's plane."""
        page = self._page
        left, top = self._corner()
        return Bounds(
            (area.left - page.left) / page.zoom - left,
            (area.top - page.top) / page.zoom - top,
            (area.right - page.left) / page.zoom - left,
            (area.bottom - page.top) / page.zoom - top,
        )


def selected(diagram: Diagram, ids: frozenset[str]) -> Diagram:
    """The boxes of these ids with all within them, and the lines among those.

    Raises QuestionError for an id that is not in the diagram.
    """
    unknown = sorted(ids - diagram.boxes.keys())
    if unknown:
        raise QuestionError(f'nothing in the diagram is called "{unknown[0]}"')
    boxes: dict[str, Box] = {}
    corners: dict[str, tuple[float, float]] = {}
    for key, box in diagram.boxes.items():
        left, top = corners.get(box.parent or "", (0.0, 0.0))
        corners[key] = (left + box.rect.x, top + box.rect.y)
        if box.parent in boxes:
            boxes[key] = box
        elif key in ids:
            x, y = corners[key]
            boxes[key] = replace(box, parent=None, rect=box.rect._replace(x=x, y=y))
    lines = {
        key: line
        for key, line in diagram.lines.items()
        if line.source in boxes and line.target in boxes
    }
    return Diagram(boxes, lines)
