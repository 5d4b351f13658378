"""A small picture of a plan, for lists of plans: shapes and colours tell, words need not."""

from __future__ import annotations

from PySide6.QtGui import QImage, QPainter

from lambdaplanner.diagram.builder import build
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.page import Fit
from lambdaplanner.ui.theme import Theme


def thumbnail(plan: Plan, theme: Theme, size: tuple[int, int], ratio: float) -> QImage:
    """The whole plan in `size` pixels of the window, drawn for `ratio` device pixels each."""
    width, height = size
    page = Fit("pixels", float(width), float(height))
    options = PictureOptions(title=False, margin=24, fit=page)
    composition = Composition(build(plan), theme, options)
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(ratio, ratio)
    composition.paint(painter)
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image
