"""An SVG from the canvas's paint code, with real text and the plan inside."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from lambdaplanner.formats.picture_plan import svg_element
from lambdaplanner.ui.picture.composition import Composition

_TITLE = re.compile(rb"<title>.*?</title>\s*<desc>.*?</desc>\s*", re.DOTALL)


def encode(composition: Composition, plan: str | None) -> bytes:
    """The bytes of the SVG file; one unit is a CSS pixel."""
    size = QSize(round(composition.width), round(composition.height))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # 1.2 Tiny, Qt's default, knows no colours with alpha as browsers read them.
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, composition.width, composition.height))
    painter = QPainter(generator)
    composition.paint(painter)
    painter.end()
    buffer.close()
    return _described(bytes(data.data()), composition, plan, size)


def _described(data: bytes, composition: Composition, plan: str | None, size: QSize) -> bytes:
    """With title and plan, and sized in pixels: Qt gives millimetres, which browsers round."""
    title = escape(composition.options.name or "Network plan")
    head = f"<title>{title}</title>\n"
    if composition.options.description:
        head += f"<desc>{escape(composition.options.description)}</desc>\n"
    inside = head.encode()
    if plan is not None:
        inside += b"<metadata>" + svg_element(plan) + b"</metadata>\n"
    data, replaced = _TITLE.subn(lambda _: inside, data, count=1)
    if not replaced:
        opening = data.index(b">", data.index(b"<svg")) + 1
        data = data[:opening] + b"\n" + inside + data[opening:]
    for name, value in ((b"width", size.width()), (b"height", size.height())):
        data = re.sub(name + rb'="[\d.]+mm"', name + b'="%d"' % value, data, count=1)
    return data
