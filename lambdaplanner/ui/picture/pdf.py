"""A PDF with one page that fits the drawing, in vectors."""

from __future__ import annotations

import re

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from lambdaplanner.ui.picture.composition import Composition

_POINTS = 0.75
"""Points a scene unit: 96 units are an inch."""
_RESOLUTION = 1200
_DATE = re.compile(rb"(?<=D:)\d{14}[^)]*(?=\))")
_XMP_DATE = re.compile(rb"(?<=Date=\")\d{4}-\d\d-\d\dT[^\"]*|(?<=Date>)\d{4}-\d\d-\d\dT[^<]*")


def encode(composition: Composition) -> bytes:
    """The bytes of the PDF file; its dates are fixed and its fonts come in one order, so equal
    drawings give equal files.
    """
    # Qt writes the fonts in the order of a hash table, which is another one in every process.
    QHashSeed.setDeterministicGlobalSeed()
    try:
        return _undated(_written(composition))
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _written(composition: Composition) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(composition.options.name or "Network plan")
    writer.setCreator("Lambda Planner")
    if hasattr(writer, "setDocumentId"):
        writer.setDocumentId(QUuid())
    size = QPageSize(
        QSizeF(composition.width * _POINTS, composition.height * _POINTS),
        QPageSize.Unit.Point,
        "Drawing",
        QPageSize.SizeMatchPolicy.ExactMatch,
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    painter = QPainter(writer)
    scale = _RESOLUTION / 96
    painter.scale(scale, scale)
    composition.paint(painter)
    painter.end()
    buffer.close()
    return bytes(data.data())


def _undated(data: bytes) -> bytes:
    """With every date the same, at its old length, since a PDF is addressed by byte offsets."""
    data = _DATE.sub(
        lambda found: b"20000101000000Z00'00'".ljust(len(found[0]))[: len(found[0])], data
    )
    return _XMP_DATE.sub(
        lambda found: b"2000-01-01T00:00:00+00:00"[: len(found[0])].ljust(len(found[0])), data
    )
