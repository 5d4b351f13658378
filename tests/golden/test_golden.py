"""A few whole pictures against those kept beside this file; `--update-golden` renews them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from lambdaplanner.diagram.items import Highlight
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from tests.golden.drawings import blocked_path, orders_path, orders_service

_FOLDER = Path(__file__).parent
_CHANNEL = 24
"""How far a channel of a pixel may be off."""
_SHARE = 0.002
"""Which part of the pixels may be further off: text differs a little between machines."""

_PICTURES: dict[str, tuple[themes.Theme, PictureOptions, Highlight | None]] = {
    "light": (themes.LIGHT, PictureOptions(scale=1, name="Orders service"), None),
    "dark": (themes.DARK, PictureOptions(scale=1), None),
    "path": (themes.LIGHT, PictureOptions(scale=1), orders_path()),
    "blocked-dark": (themes.DARK, PictureOptions(scale=1), blocked_path()),
}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", sorted(_PICTURES))
def test_picture_is_as_kept(name: str, pytestconfig: pytest.Config, tmp_path: Path) -> None:
    theme, options, highlight = _PICTURES[name]
    data = encode(orders_service(), theme, options, highlight=highlight)
    file = _FOLDER / f"{name}.png"
    if pytestconfig.getoption("--update-golden", default=False):
        file.write_bytes(data)
    actual, expected = QImage.fromData(data), QImage(str(file))
    assert actual.size() == expected.size()
    off = _pixels_off(actual, expected)
    if off > _SHARE * actual.width() * actual.height():
        (tmp_path / f"{name}-actual.png").write_bytes(data)
    assert off <= _SHARE * actual.width() * actual.height(), f"see {tmp_path}"


def _pixels_off(one: QImage, other: QImage) -> int:
    wanted = QImage.Format.Format_RGB888
    # Kept by name: the bytes of an image are gone with it.
    first, second = one.convertToFormat(wanted), other.convertToFormat(wanted)
    pairs = (bytes(first.constBits()), bytes(second.constBits()))
    if pairs[0] == pairs[1]:
        return 0
    return sum(abs(a - b) > _CHANNEL for a, b in zip(*pairs, strict=True)) // 3
