"""Cards drawn once a kind and size and copied where they fall on whole pixels, for large pictures.

A copy has the same pixels as painting afresh at that place, so it is no loss of quality; where a
card does not fall on whole pixels it is painted.
"""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from lambdaplanner.diagram.items import Box
from lambdaplanner.ui.canvas import leaf
from lambdaplanner.ui.canvas.look import Look

_REACH = 4
_LARGEST = 2048
_MOST = 200


class CardStamps:
    """Cards for one scale (pixels a scene unit) and one look."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self._images: dict[tuple[object, ...], QImage] = {}

    def paint(self, painter: QPainter, look: Look, box: Box) -> None:
        """Paints the card of a leaf with its top left at the painter's origin, then its words."""
        corner = painter.deviceTransform().map(QPointF(0, 0))
        whole = corner.x() == round(corner.x()) and corner.y() == round(corner.y())
        largest = max(box.rect.width, box.rect.height) * self._scale
        if not whole or largest > _LARGEST or _REACH * self._scale % 1:
            leaf.paint(painter, look, box)
            return
        painter.save()
        painter.resetTransform()
        painter.drawImage(corner - QPointF(1, 1) * _REACH * self._scale, self._image(look, box))
        painter.restore()
        leaf.paint_words(painter, look, box)

    def _image(self, look: Look, box: Box) -> QImage:
        key = leaf.card_key(box)
        found = self._images.get(key)
        if found is None:
            if len(self._images) >= _MOST:
                self._images.clear()
            found = self._images[key] = self._draw(look, box)
        return found

    def _draw(self, look: Look, box: Box) -> QImage:
        wide, high = (
            ceil((length + 2 * _REACH) * self._scale)
            for length in (box.rect.width, box.rect.height)
        )
        image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale, self._scale)
        painter.translate(_REACH, _REACH)
        leaf.paint_card(painter, look, box)
        painter.end()
        return image
