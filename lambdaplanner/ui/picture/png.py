"""A PNG written in strips: little memory at any size, compressed beside the painting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import ceil, floor, log10, sqrt

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.picture_plan import PNG_SIGNATURE, plan_chunk, png_chunk, text_chunk
from lambdaplanner.ui.canvas.card_stamps import CardStamps
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.deflate import compressed

Progress = Callable[[float], bool]
"""Told the part done, 0 to 1; False stops."""
_STRIP_BYTES = 24 * 1024 * 1024
_ROWS = (64, 256)
_LARGEST_SIDE = 1_000_000
MOST_PIXELS = 2_000_000_000
"""Of a PNG. It is written in strips, so what counts is time: this many take about ten seconds."""


class Stopped(Exception):
    """The picture was given up on request."""


def pixel_size(composition: Composition) -> tuple[int, int]:
    """Pixels across and down at the scale asked for."""
    scale = composition.options.pixels_per_unit
    return max(1, round(composition.width * scale)), max(1, round(composition.height * scale))


def encode(composition: Composition, plan: str | None, progress: Progress | None = None) -> bytes:
    """The bytes of the PNG file. Raises Stopped where `progress` says so, QuestionError for an
    impossible size.
    """
    width, height = pixel_size(composition)
    _check_size(width, height, composition.options.pixels_per_unit)
    transparent = composition.options.transparent
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header += bytes((8, 6 if transparent else 2, 0, 0, 0))
    dots = round(composition.options.dots_per_inch / 0.0254).to_bytes(4, "big")
    chunks = [PNG_SIGNATURE, png_chunk(b"IHDR", header), png_chunk(b"pHYs", dots * 2 + b"\x01")]
    said = (("Title", composition.options.name), ("Description", composition.options.description))
    chunks.extend(text_chunk(keyword, text) for keyword, text in said if text)
    if plan is not None:
        chunks.append(plan_chunk(plan))
    strips = _strips(composition, width, height, progress)
    chunks.extend(png_chunk(b"IDAT", part) for part in compressed(strips))
    chunks.append(png_chunk(b"IEND", b""))
    return b"".join(chunks)


def _check_size(width: int, height: int, scale: float) -> None:
    too_large = max(
        width / _LARGEST_SIDE, height / _LARGEST_SIDE, sqrt(width * height / MOST_PIXELS)
    )
    if too_large > 1:
        raise QuestionError(
            f"the picture would be {width:,} x {height:,} pixels",
            hint=f"choose a scale of at most {_rounded_down(scale / too_large)}, "
            "or move what lies far apart closer together",
        )


def _rounded_down(scale: float) -> float:
    """With two digits that count."""
    step = 10.0 ** (floor(log10(scale)) - 1)
    return float(f"{floor(scale / step) * step:.2g}")


def _strips(
    composition: Composition, width: int, height: int, progress: Progress | None
) -> Iterator[bytearray]:
    stamps = CardStamps(composition.options.pixels_per_unit * composition.zoom)
    rows = min(max(_STRIP_BYTES // (width * 4), _ROWS[0]), _ROWS[1], height)
    transparent = composition.options.transparent
    pixels = (
        QImage.Format.Format_ARGB32_Premultiplied if transparent else QImage.Format.Format_RGB32
    )
    image = QImage(width, rows, pixels)
    if image.isNull():
        raise QuestionError(f"there is no memory for rows {width} pixels wide")
    wanted = QImage.Format.Format_RGBA8888 if transparent else QImage.Format.Format_RGB888
    for top in range(0, height, rows):
        if progress is not None and not progress(top / height):
            raise Stopped
        _paint(composition, image, top, rows, stamps)
        yield _scanlines(
            image.convertToFormat(wanted), min(rows, height - top), 4 if transparent else 3
        )
    if progress is not None:
        progress(1.0)


def _paint(
    composition: Composition, image: QImage, top: int, rows: int, stamps: CardStamps
) -> None:
    scale = composition.options.pixels_per_unit
    image.fill(
        Qt.GlobalColor.transparent if composition.options.transparent else Qt.GlobalColor.white
    )
    painter = QPainter(image)
    painter.translate(0, -top)
    painter.scale(scale, scale)
    area = Bounds(0.0, top / scale - 1, composition.width, ceil((top + rows) / scale) + 1)
    composition.paint(painter, area, stamps)
    painter.end()


def _scanlines(image: QImage, rows: int, depth: int) -> bytearray:
    """The rows as PNG has them: a filter byte (0, none) before each."""
    stride, length = image.bytesPerLine(), image.width() * depth
    source = memoryview(image.constBits())
    target = bytearray(rows * (length + 1))
    for row in range(rows):
        start = row * (length + 1) + 1
        target[start : start + length] = source[row * stride : row * stride + length]
    return target
