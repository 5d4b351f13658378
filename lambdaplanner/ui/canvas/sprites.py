"""Boxes drawn once for a zoom and kept as pixmaps on their places, within a time and a memory
budget.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import ceil
from time import perf_counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap

from lambdaplanner.diagram.items import Box
from lambdaplanner.ui.canvas import container, leaf
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.tree import Place

FRAME_SECONDS = 0.004
"""How long one frame may draw new sprites; the rest follows in the next frames."""
LONGEST_SECONDS = 0.12
"""And how long where everything else in the frame takes longer than that anyway."""
_AT_LEAST = 4
"""Sprites that even a late frame draws, so that a slow machine gets done too."""
_BYTES = 96 * 1024 * 1024
_CARDS = 400
_WIDEST = 4096
"""Pixels of a side of a sprite: what is larger, a hand-written size of a million units for one, is
painted anew in each frame, as far as it is seen, and a title ends there.
"""
_STAMPS = count(1)


class Sprite:
    """A pixmap for one look of one box: `stamp` tells the zoom and the theme it was drawn for."""

    __slots__ = ("margin", "pixmap", "stamp", "zoom")

    def __init__(self, stamp: int, zoom: float, pixmap: QPixmap, margin: int) -> None:
        self.stamp = stamp
        self.zoom = zoom
        self.pixmap = pixmap
        self.margin = margin


class SpriteShop:
    """Draws sprites for one `stamp` (zoom, screen scale, theme) at a time."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.stamp = next(_STAMPS)
        self.zoom = 1.0
        self.ratio = 1.0
        self.complete = True
        self._deadline = float("inf")
        self._began = 0.0
        self._allowance = FRAME_SECONDS
        self._credit = 0
        self._cards: dict[tuple[object, ...], QPixmap] = {}
        self._held: dict[Place, int] = {}
        self._bytes = 0

    def set_scale(self, zoom: float, ratio: float) -> None:
        """Turns to another zoom; sprites of the former one stay as stand-ins until redrawn."""
        if (zoom, ratio) != (self.zoom, self.ratio):
            self.zoom, self.ratio = zoom, ratio
            self.look.zoom = zoom
            self.stamp = next(_STAMPS)
            self._cards.clear()

    def begin_frame(self, *, unhurried: bool = False) -> None:
        """Starts the clock of a frame."""
        self.complete = True
        self._began = perf_counter()
        self._deadline = float("inf") if unhurried else self._began + self._allowance
        self._credit = _AT_LEAST

    def end_frame(self) -> None:
        """Stops the clock. Where a frame takes long in any case, the next one may spend as much on
        sprites, so that a large plan is complete after some frames, not after hundreds.
        """
        if self._deadline == float("inf"):
            return
        took = perf_counter() - self._began
        self._allowance = min(max(FRAME_SECONDS, took / 2), LONGEST_SECONDS)

    def leaf(self, place: Place) -> Sprite | None:
        """The picture of a leaf, an older one where the frame's time is up, None where there is
        none.
        """
        sprite: Sprite | None = place.drawn
        if (sprite is not None and sprite.stamp == self.stamp) or self.late():
            return sprite
        box = place.box
        assert box is not None
        if not self.fits(box):
            return None
        margin = ceil(leaf.SHADOW * self.zoom)
        size = (box.rect.width, box.rect.height)
        key = leaf.card_key(box)
        card = self._cards.get(key)
        if card is None:
            if len(self._cards) >= _CARDS:
                self._cards.clear()
            card = self._cards[key] = self.pixmap(
                size, margin, lambda painter: leaf.paint_card(painter, self.look, box)
            )
        return self.keep(
            place,
            self.pixmap(
                size,
                margin,
                lambda painter: leaf.paint_words(painter, self.look, box),
                card,
            ),
            margin,
        )

    def title(self, place: Place, *, far: bool = False) -> Sprite | None:
        """The picture of a container's title rows, the one for the overview where `far`."""
        sprite: Sprite | None = place.drawn
        if (sprite is not None and sprite.stamp == self.stamp) or self.late():
            return sprite
        box = place.box
        assert box is not None
        drawing = container.paint_far_title if far else container.paint_rows
        size = (min(box.rect.width, _WIDEST / self.zoom), container.title_height(box) + 4)
        return self.keep(
            place,
            self.pixmap(size, 0, lambda painter: drawing(painter, self.look, box)),
            0,
        )

    def composed(self, place: Place, drawing: Callable[[QPainter], None]) -> Sprite | None:
        """The picture of a whole container; `drawing` paints it in pixels."""
        sprite: Sprite | None = place.overview
        if (sprite is not None and sprite.stamp == self.stamp) or self.late():
            return sprite
        box = place.box
        assert box is not None
        if not self.fits(box):
            return None
        size = (box.rect.width, box.rect.height)
        # Once begun it is finished: a picture without its lines would be kept as if it were whole.
        deadline, self._deadline = self._deadline, float("inf")
        pixmap = self.pixmap(size, 0, drawing, scaled=False)
        self._deadline = deadline
        place.overview = Sprite(self.stamp, self.zoom, pixmap, 0)
        return place.overview  # type: ignore[no-any-return]

    def fits(self, box: Box) -> bool:
        """Whether a box is small enough, at this zoom, for a picture of its own."""
        return max(box.rect.width, box.rect.height) * self.zoom <= _WIDEST

    def forget(self) -> None:
        """Drops every sprite: another diagram or theme."""
        for place in self._held:
            place.drawn = None
        self._held.clear()
        self._bytes = 0
        self.stamp = next(_STAMPS)

    def pixmap(
        self,
        size: tuple[float, float],
        margin: int,
        drawing: Callable[[QPainter], None],
        under: QPixmap | None = None,
        *,
        scaled: bool = True,
    ) -> QPixmap:
        """A pixmap of `size` scene units and `margin` pixels around, `under` copied below."""
        zoom, ratio = self.zoom, self.ratio
        if under is not None:
            made = under.copy()
        else:
            wide, high = (round(length * zoom) + 2 * margin for length in size)
            made = QPixmap(max(1, ceil(wide * ratio)), max(1, ceil(high * ratio)))
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        if scaled:
            painter.setRenderHints(
                QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
            )
            painter.translate(margin, margin)
            painter.scale(zoom, zoom)
        drawing(painter)
        painter.end()
        return made

    def keep(self, place: Place, pixmap: QPixmap, margin: int) -> Sprite:
        """Remembers a picture on its place; the oldest go where all take too much memory."""
        place.drawn = sprite = Sprite(self.stamp, self.zoom, pixmap, margin)
        size = pixmap.width() * pixmap.height() * 4
        self._bytes += size - self._held.pop(place, 0)
        self._held[place] = size
        while self._bytes > _BYTES and len(self._held) > 1:
            oldest = next(iter(self._held))
            self._bytes -= self._held.pop(oldest)
            oldest.drawn = None
        return sprite

    def late(self) -> bool:
        """Whether the frame's time is up; what is left out then comes in the next frames."""
        if self._credit > 0 or perf_counter() <= self._deadline:
            self._credit -= 1
            return False
        self.complete = False
        return True
