"""A PDF with one page, in vectors, with a bookmark for each VPC."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QBuffer, QByteArray, QHashSeed, QIODevice, QMarginsF, QSizeF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.pdf_outline import Bookmark, with_bookmarks

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
        return with_bookmarks(_undated(_written(composition)), list(_bookmarks(composition)))
    finally:
        QHashSeed.resetRandomGlobalSeed()


def _bookmarks(composition: Composition) -> Iterator[Bookmark]:
    for key, box in composition.diagram.boxes.items():
        if box.kind == "vpc":
            left, top = composition.corner_of(key)
            yield Bookmark(box.title, left * _POINTS, (composition.height - top) * _POINTS)


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
