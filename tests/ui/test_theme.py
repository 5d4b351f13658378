"""Both themes can be read, told apart and painted; widgets follow them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from lambdaplanner.diagram.items import LineStyle, Tone
from lambdaplanner.ui import theme
from lambdaplanner.ui.canvas.container import BAND
from lambdaplanner.ui.stylesheet import stylesheet
from lambdaplanner.ui.theme import DARK, LIGHT, Theme

BOX_TONES = [
    "region",
    "service",
    "vpc",
    "public",
    "private",
    "isolated",
    "network",
    "security",
    "compute",
    "data",
    "note",
    "neutral",
]
PLAIN = ("note", "neutral")
"""Tones whose outline says nothing that paper and cards do not say themselves."""
both = pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)

# Machado, Oliveira & Fernandes 2009, severity 1.0: what each dichromat sees, in linear RGB.
SIGHT = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(colour: str) -> tuple[float, ...]:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio"""
    red, green, blue = 0.2126, 0.7152, 0.0722
    light = sorted(red * r + green * g + blue * b for r, g, b in (linear(one), linear(other)))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    seen = [
        min(1.0, max(0.0, sum(w * c for w, c in zip(row, rgb, strict=True))))
        for row in SIGHT[sight]
    ]
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.9505, 1.0, 1.089)
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116
        for v in (
            sum(w * c for w, c in zip(row, seen, strict=True)) / n
            for row, n in zip(rows, white, strict=True)
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(one: str, other: str, sight: str) -> float:
    pairs = zip(lab(one, sight), lab(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


@both
@pytest.mark.parametrize("tone", BOX_TONES)
def test_text_on_a_box_can_be_read(look: Theme, tone: str) -> None:
    fill = look.hex(f"{tone}.fill")
    for ink in (f"{tone}.title", "text", "muted"):
        assert contrast(look.hex(ink), fill) >= 4.5, ink


@both
@pytest.mark.parametrize("tone", BOX_TONES)
def test_icons_and_outlines_stand_out(look: Theme, tone: str) -> None:
    fill, accent = look.hex(f"{tone}.fill"), look.hex(f"{tone}.accent")
    assert contrast(accent, fill) >= 3.0
    assert contrast(look.hex(f"{tone}.border"), fill) >= (1.5 if tone in PLAIN else 3.0)


def mixed(top: str, under: str, percent: int) -> str:
    """The colour that shows where one lies over another, so opaque."""
    parts = ((int(c[at : at + 2], 16) for c in (top, under)) for at in (1, 3, 5))
    shown = (round((one * percent + other * (100 - percent)) / 100) for one, other in parts)
    return "#" + "".join(f"{part:02x}" for part in shown)


@both
@pytest.mark.parametrize("style", get_args(LineStyle))
def test_lines_stand_out_on_every_ground_that_they_cross(look: Theme, style: str) -> None:
    column = mixed(look.hex("vpc.accent"), look.hex("vpc.fill"), BAND)
    crossed = ("region", "service", "vpc", "public", "private", "isolated")
    for ground in (look.hex("canvas"), column, *(look.hex(f"{tone}.fill") for tone in crossed)):
        assert contrast(look.hex(f"line.{style}"), ground) >= 3.0, ground


@both
@pytest.mark.parametrize("tone", ["public", "private", "isolated"])
def test_subnets_stand_out_from_their_zone(look: Theme, tone: str) -> None:
    column = mixed(look.hex("vpc.accent"), look.hex("vpc.fill"), BAND)
    assert contrast(look.hex(f"{tone}.border"), column) >= 3.0


@both
@pytest.mark.parametrize("state", get_args(Tone))
def test_states_can_be_read_on_their_ground_and_on_panels(look: Theme, state: str) -> None:
    ink = look.hex(f"{state}.foreground")
    for ground in (look.hex(f"{state}.soft"), look.hex("surface"), look.hex("window")):
        assert contrast(ink, ground) >= 4.5, ground


@both
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        *[(ink, to) for ink in ("text", "muted") for to in ("window", "surface", "raised")],
        *[(ink, to) for ink in ("text", "muted") for to in ("hover", "canvas", "accent_soft")],
        *[("on_accent", to) for to in ("accent", "accent_hover", "accent_pressed")],
        ("accent_text", "accent_soft"),
        ("accent_text", "surface"),
        ("link", "surface"),
        ("text", "pressed"),
        ("text", "error.soft"),
        ("tooltip_text", "tooltip"),
    ],
)
def test_window_text_can_be_read(look: Theme, ink: str, ground: str) -> None:
    assert contrast(look.hex(ink), look.hex(ground)) >= 4.5


@both
@pytest.mark.parametrize("name", ["focus", "selection", "drop_ok", "drop_refused"])
def test_marks_are_seen_on_canvas_and_panels(look: Theme, name: str) -> None:
    for ground in ("canvas", "surface", "public.fill", "private.fill"):
        assert contrast(look.hex(name), look.hex(ground)) >= 3.0, ground


@both
@pytest.mark.parametrize("sight", SIGHT)
def test_subnets_differ_for_every_sight(look: Theme, sight: str) -> None:
    pairs = (("public", "private"), ("public", "isolated"), ("private", "isolated"))
    for one, other in pairs:
        assert difference(look.hex(f"{one}.border"), look.hex(f"{other}.border"), sight) >= 15
        assert difference(look.hex(f"{one}.fill"), look.hex(f"{other}.fill"), sight) >= 3


@both
def test_every_name_of_the_display_list_has_colours(look: Theme) -> None:
    for tone in BOX_TONES:
        assert all(look.colour(f"{tone}.{part}").isValid() for part in look.tone(tone)._fields)
    for state in get_args(Tone):
        assert look.state(state).soft == look.hex(f"{state}.soft")
    for style in get_args(LineStyle):
        assert look.hex(look.line_colour(style)) == look.line(style).colour


def test_a_verdict_on_a_line_overrides_the_colour_of_its_style() -> None:
    assert LIGHT.line_colour("route", "error") == "error.solid"
    assert LIGHT.line_colour("route", "vpc") == "vpc.accent"


def test_objects_are_shared_and_unknown_names_refused() -> None:
    assert LIGHT.colour("vpc.border") is LIGHT.colour("vpc.border")
    assert LIGHT.pen("vpc.border", 2.0) is LIGHT.pen("vpc.border", 2.0)
    assert LIGHT.brush("text").color() == QColor(LIGHT.hex("text"))
    assert LIGHT.colour("canvas") != DARK.colour("canvas")
    with pytest.raises(KeyError):
        LIGHT.colour("vpc.edge")


@both
def test_translucent_colours_stay_translucent_in_the_style_sheet(look: Theme) -> None:
    sheet = stylesheet(look.colours, dark=look.dark)
    assert 0 < look.colour("selection_soft").alpha() < 255
    assert not re.search(r"#[0-9a-f]{8}\b", sheet)
    files = re.findall(r'url\("([^"]+)"\)', sheet)
    assert len(files) > 10
    assert [file for file in files if not Path(file).is_file()] == []


@pytest.fixture
def dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp, LIGHT)
    return qapp


def test_applying_a_theme_changes_open_windows(dressed: QApplication, qtbot: QtBot) -> None:
    field = QLineEdit("10.0.0.0/16")
    qtbot.addWidget(field)
    field.resize(200, 32)
    assert middle(field.grab()) == LIGHT.hex("surface")
    theme.apply(dressed, DARK)
    assert middle(field.grab()) == DARK.hex("window")
    assert dressed.font().pixelSize() == 13
    theme.apply(dressed, LIGHT)


@pytest.mark.usefixtures("dressed")
def test_an_invalid_field_shows_at_once(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.resize(200, 32)
    theme.mark(field, invalid=True)
    assert middle(field.grab()) == LIGHT.hex("error.soft")
    theme.mark(field, invalid=False)
    assert middle(field.grab()) == LIGHT.hex("surface")


@pytest.mark.usefixtures("dressed")
def test_the_primary_button_and_pills_take_their_colours(qtbot: QtBot) -> None:
    button, pill = QPushButton(), QLabel("ok")
    for widget in (button, pill):
        qtbot.addWidget(widget)
    button.resize(120, 30)
    theme.mark(button, kind="primary")
    theme.mark(pill, tone="ok")
    pill.resize(pill.sizeHint())
    assert middle(button.grab()) == LIGHT.hex("accent")
    assert pill.grab().toImage().pixelColor(5, pill.height() // 2).name() == LIGHT.hex("ok.soft")


def test_a_title_keeps_its_weight_when_the_theme_changes(
    dressed: QApplication, qtbot: QtBot
) -> None:
    title = QLabel("orders")
    qtbot.addWidget(title)
    theme.mark(title, role="title")
    before = ink(title.grab().toImage())
    theme.apply(dressed, DARK)
    theme.apply(dressed, LIGHT)
    assert title.font().pixelSize() == 17
    assert ink(title.grab().toImage()) == before


def middle(pixmap: QPixmap) -> str:
    image = pixmap.toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def ink(image: QImage) -> int:
    """How dark the picture is in all."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(
        255 - grey.pixelColor(x, y).red() for x in range(grey.width()) for y in range(grey.height())
    )
