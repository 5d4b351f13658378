"""Paints the visible part of a diagram in whole screen pixels, as fast as blitting allows.

Three sweeps over the visible containers: grounds, lines, then titles and leaves as sprites, so that
lines run over grounds and under things. Where a container covers another, what is covered is swept
first, with all that stands in it. Nothing is antialiased here but the sprites' insides and
the corners.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from lambdaplanner.ui.canvas import container
from lambdaplanner.ui.canvas.covering import Covering, runs
from lambdaplanner.ui.canvas.emphasis import Emphasis
from lambdaplanner.ui.canvas.flat import FlatShop
from lambdaplanner.ui.canvas.frames import FrameShop
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.line_layer import LineLayer
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.sprites import Sprite, SpriteShop
from lambdaplanner.ui.canvas.tree import BOX_REACH, DiagramTree, Place, Seen

FLAT_BELOW = 0.35
"""Zoom below which leaves are plain rectangles."""
BARE_BELOW = 0.12
"""Zoom below which lines inside containers and titles are left out."""


_Group = tuple[list[Place], int, int]


class ScreenPainter:
    """Paints one tree for one screen; keeps what can be used again in the next frame."""

    def __init__(self, look: Look) -> None:
        self.sprites = SpriteShop(look)
        self._look = look
        self._frames = FrameShop(look)
        self._flat = FlatShop(look)
        self._lines = LineLayer(look, self.sprites.late)
        self._covering = Covering()

    @property
    def complete(self) -> bool:
        """Whether the last frame showed all in full quality; if not, paint again soon."""
        return self.sprites.complete

    def forget(self) -> None:
        """Drops all that was kept: another diagram comes."""
        self.sprites.forget()

    def paint(
        self,
        painter: QPainter,
        tree: DiagramTree,
        exposed: QRect,
        zoom: float,
        origin: tuple[int, int],
        emphasis: Emphasis | None = None,
        *,
        unhurried: bool = False,
    ) -> None:
        """Paints what touches `exposed`; `origin` is the pixel of the plane's (0, 0).

        The painter must have no transform. `unhurried`: finish every sprite now, for a still
        picture.
        """
        ratio = painter.deviceTransform().m11()
        self.sprites.set_scale(zoom, ratio)
        self._lines.set_scale(zoom, ratio)
        self._frames.set_scale(zoom, ratio)
        self.sprites.begin_frame(unhurried=unhurried)
        area = Bounds(
            (exposed.left() - origin[0]) / zoom - 1,
            (exposed.top() - origin[1]) / zoom - 1,
            (exposed.right() + 1 - origin[0]) / zoom + 1,
            (exposed.bottom() + 1 - origin[1]) / zoom + 1,
        )
        containers, loose = _visible(tree, area, zoom, origin)
        if zoom < FLAT_BELOW:
            self._far(painter, tree, area, origin, emphasis, (containers, loose))
            self.sprites.end_frame()
            return
        over = self._covering.of(tree.diagram)
        *covered, containers = runs(containers, [one.place for one in containers], over)
        for run in covered:
            self._frames.paint(painter, run, emphasis)
            self._lines.paint_inner(painter, run, emphasis)
            self._titles(painter, run, emphasis)
            self._leaves(painter, run, [], exposed, emphasis)
        self._frames.paint(painter, containers, emphasis)
        if emphasis is not None:
            self._lines.paint_glow(painter, tree, origin, emphasis)
        self._lines.paint_inner(painter, containers, emphasis)
        self._lines.paint_cross(painter, tree, area, origin, emphasis)
        self._titles(painter, containers, emphasis)
        self._leaves(painter, containers, loose, exposed, emphasis)
        self.sprites.end_frame()

    def _far(
        self,
        painter: QPainter,
        tree: DiagramTree,
        area: Bounds,
        origin: tuple[int, int],
        emphasis: Emphasis | None,
        seen: tuple[list[Seen], list[_Group]],
    ) -> None:
        """The overview: innermost containers are one pixmap each, while nothing is dimmed."""
        containers, loose = seen
        simple: list[Seen] = []
        if emphasis is None:
            simple = [one for one in containers if self._composable(one.place)]
            containers = [one for one in containers if not self._composable(one.place)]
        self._frames.paint(painter, containers, emphasis)
        for one in simple:
            sprite = self.sprites.composed(one.place, partial(self._compose, one.place))
            if sprite is not None:
                self._blit(painter, sprite, one.x, one.y)
            else:
                self._frames.paint(painter, [one], None)
        if emphasis is not None:
            self._lines.paint_glow(painter, tree, origin, emphasis)
        self._inside(painter, containers, emphasis)
        self._lines.paint_cross(painter, tree, area, origin, emphasis)
        self._flat.paint(painter, containers, loose, self.sprites.zoom, emphasis)

    def _composable(self, place: Place) -> bool:
        """Whether a container is a picture of its own: nothing nested, nothing across its border,
        and not too large.
        """
        box = place.box
        assert box is not None
        reach = 2 * BOX_REACH
        return (
            not place.containers
            and place.extent.right - place.extent.left == box.rect.width + reach
            and place.extent.bottom - place.extent.top == box.rect.height + reach
            and self.sprites.fits(box)
        )

    def _compose(self, place: Place, painter: QPainter) -> None:
        alone = [Seen(place, 0, 0)]
        self._frames.paint(painter, alone, None)
        self._inside(painter, alone, None)
        self._flat.paint(painter, alone, [], self.sprites.zoom, None)

    def _inside(self, painter: QPainter, containers: list[Seen], emphasis: Emphasis | None) -> None:
        if self.sprites.zoom < BARE_BELOW:
            return
        self._lines.paint_inner(painter, containers, emphasis)
        self._titles(painter, containers, emphasis, far=True)

    def _titles(
        self,
        painter: QPainter,
        containers: list[Seen],
        emphasis: Emphasis | None,
        *,
        far: bool = False,
    ) -> None:
        for place, x, y in containers:
            sprite = self.sprites.title(place, far=far)
            if sprite is not None:
                if emphasis is not None:
                    painter.setOpacity(emphasis.box_opacity(place.box.id))  # type: ignore[union-attr]
                self._blit(painter, sprite, x, y)
            if not far and place.box.headings:  # type: ignore[union-attr]
                self._headings(painter, place, x, y)
        if emphasis is not None:
            painter.setOpacity(1.0)

    def _headings(self, painter: QPainter, place: Place, x: int, y: int) -> None:
        zoom = self.sprites.zoom
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.translate(x, y)
        painter.scale(zoom, zoom)
        container.paint_headings(painter, self._look, place.box)  # type: ignore[arg-type]
        painter.restore()

    def _leaves(
        self,
        painter: QPainter,
        containers: list[Seen],
        loose: list[_Group],
        exposed: QRect,
        emphasis: Emphasis | None,
    ) -> None:
        zoom = self.sprites.zoom
        left, top = exposed.left() - 4, exposed.top() - 4
        right, bottom = exposed.right() + 4, exposed.bottom() + 4
        shop, stamp, draw = self.sprites, self.sprites.stamp, painter.drawPixmap
        for leaves, x, y in _groups(containers, loose):
            for place in leaves:
                rect = place.box.rect  # type: ignore[union-attr]
                px, py = x + round(rect.x * zoom), y + round(rect.y * zoom)
                if (
                    px > right
                    or py > bottom
                    or px + rect.width * zoom < left
                    or py + rect.height * zoom < top
                ):
                    continue
                sprite = place.drawn
                if sprite is None or sprite.stamp != stamp:
                    sprite = shop.leaf(place)
                if emphasis is not None:
                    painter.setOpacity(emphasis.box_opacity(place.box.id))  # type: ignore[union-attr]
                if sprite is None:
                    self._flat.stand_in(painter, place, px, py, zoom)
                elif sprite.stamp == stamp:
                    draw(px - sprite.margin, py - sprite.margin, sprite.pixmap)
                else:
                    self._blit(painter, sprite, px, py)
        if emphasis is not None:
            painter.setOpacity(1.0)

    def _blit(self, painter: QPainter, sprite: Sprite, x: int, y: int) -> None:
        if sprite.stamp == self.sprites.stamp:
            painter.drawPixmap(x - sprite.margin, y - sprite.margin, sprite.pixmap)
            return
        scale = self.sprites.zoom / sprite.zoom
        size = sprite.pixmap.deviceIndependentSize() * scale
        margin = round(sprite.margin * scale)
        target = QRect(x - margin, y - margin, round(size.width()), round(size.height()))
        painter.drawPixmap(target, sprite.pixmap)


def _groups(containers: list[Seen], loose: list[_Group]) -> Iterable[_Group]:
    for place, x, y in containers:
        if place.leaves:
            yield place.leaves, x, y
    yield from loose


def _visible(
    tree: DiagramTree, area: Bounds, zoom: float, origin: tuple[int, int]
) -> tuple[list[Seen], list[_Group]]:
    """Visible containers, outer before inner; and the visible leaves that stand in none."""
    near = tree.grid.near(area)
    near.sort(key=_rank)
    containers: list[Seen] = []
    loose: list[Place] = []
    for place in near:
        rect = place.box.rect  # type: ignore[union-attr]
        if place.box.shape != "container":  # type: ignore[union-attr]
            loose.append(place)
            continue
        x, y = origin[0] + round(rect.x * zoom), origin[1] + round(rect.y * zoom)
        _walk(place, x, y, area.moved(-rect.x, -rect.y), zoom, containers)
    return containers, [(loose, *origin)] if loose else []


def _walk(place: Place, x: int, y: int, area: Bounds, zoom: float, found: list[Seen]) -> None:
    """`area` is relative to the place's top left."""
    found.append(Seen(place, x, y))
    for inner in place.containers:
        rect, extent = inner.box.rect, inner.extent  # type: ignore[union-attr]
        left, top = area[0] - rect.x, area[1] - rect.y
        right, bottom = area[2] - rect.x, area[3] - rect.y
        if extent[0] <= right and left <= extent[2] and extent[1] <= bottom and top <= extent[3]:
            _walk(
                inner,
                x + round(rect.x * zoom),
                y + round(rect.y * zoom),
                Bounds(left, top, right, bottom),
                zoom,
                found,
            )


def _rank(place: Place) -> int:
    return place.order
