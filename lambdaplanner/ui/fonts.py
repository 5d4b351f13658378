"""The typeface of window and pictures: Inter from its package, the same letters everywhere."""

from __future__ import annotations

import logging
from functools import cache
from importlib.resources import files
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

FAMILY = "Inter"
SIZE = 13
"""Body text of the window, pixels at 100 %."""

REGULAR = 400
MEDIUM = 500
SEMIBOLD = 600

_log = logging.getLogger(__name__)


@cache
def register() -> str:
    """The family name to ask Qt for; loads the packaged font files on the first call.

    Needs a QGuiApplication. Where no file loads, says so in the log and gives the system's own
    family, since a window in another typeface beats none.
    """
    loaded = [_family(file) for file in sorted(Path(str(files("fontpkg_inter"))).rglob("*.ttf"))]
    if FAMILY in loaded:
        return FAMILY
    _log.warning("The packaged font %s did not load.", FAMILY)
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def application_font(pixels: int = SIZE, weight: int = REGULAR, *, tabular: bool = False) -> QFont:
    """A font `pixels` high whose letters have the same shape and advance on every machine.

    `weight` is a CSS weight, 100 to 900; `tabular` gives all digits one width, for columns of
    addresses. Unhinted, since hinting makes advances depend on the size; without subpixel
    antialiasing, since its colour fringes are wrong in pictures.
    """
    font = QFont(register())
    font.setPixelSize(pixels)
    # The file is one variable font: Qt picks its default instance for every QFont.Weight and fakes
    # bold by smearing, so the weight goes to the axis. A style sheet's font-weight does nothing.
    font.setVariableAxis(QFont.Tag("wght"), float(weight))
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(
        QFont.StyleStrategy.PreferAntialias | QFont.StyleStrategy.NoSubpixelAntialias
    )
    return font


def _family(file: Path) -> str:
    families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
    return families[0] if families else ""
