"""Every icon is there in one family and one colour; the font has letters and true weights."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QImage, QPainter, QPixmap

from lambdaplanner import assets
from lambdaplanner.ui import fonts, icons
from lambdaplanner.ui.theme import LIGHT

DRAWINGS = """
    region vpc subnet internet-gateway egress-only-internet-gateway nat-gateway route-table
    prefix-list security-group network-acl endpoint peering transit-gateway function workload
    note internet lambda-service-vpc vpc-to-vpc-nat eni workload-ec2 workload-rds
    workload-rds-proxy workload-elasticache workload-opensearch workload-efs workload-alb
    workload-nlb workload-fargate workload-generic select hand connect undo redo open save
    export new zoom-in zoom-out fit delete trace capacity findings fix search settings ok
    warning error info blocked plus minus edit sun moon attach
""".split()  # noqa: SIM905 - a list of 61 lines tells no more


@pytest.mark.usefixtures("qapp")
def test_the_font_has_letters_and_true_weights() -> None:
    assert fonts.register() == "Inter"
    assert written("subnet") != written("tunnel")
    looks = [written("subnet", weight) for weight in (400, 500, 600, 700)]
    assert [ink(look) for look in looks] == sorted({ink(look) for look in looks})
    widths = [
        QFontMetricsF(fonts.application_font(13, weight)).horizontalAdvance("public subnet")
        for weight in (fonts.REGULAR, fonts.MEDIUM, fonts.SEMIBOLD)
    ]
    assert widths == sorted(set(widths)), "faked weights keep the advance"


@pytest.mark.usefixtures("qapp")
def test_tabular_digits_share_one_width() -> None:
    wide = QFontMetricsF(fonts.application_font(tabular=True))
    assert wide.horizontalAdvance("1111") == wide.horizontalAdvance("0808")
    plain = QFontMetricsF(fonts.application_font())
    assert plain.horizontalAdvance("1111") != plain.horizontalAdvance("0808")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("name", DRAWINGS)
def test_an_icon_is_there_in_one_colour_and_fills_its_square(name: str) -> None:
    made = icons.image(name, "#4f54d8", 24, 2.0)
    assert (made.width(), made.devicePixelRatio()) == (48, 2.0)
    shown = [
        (x, y, made.pixelColor(x, y))
        for x in range(48)
        for y in range(48)
        if made.pixelColor(x, y).alpha() > 200
    ]
    tint = QColor("#4f54d8")
    for _, _, colour in shown:
        apart = (
            colour.red() - tint.red(),
            colour.green() - tint.green(),
            colour.blue() - tint.blue(),
        )
        assert max(map(abs, apart)) <= 2, "rounding aside, one colour only"
    reach = max(max(x, y) for x, y, _ in shown) - min(min(x, y) for x, y, _ in shown)
    assert reach >= 26
    source = (assets.icon_path(name)).read_text()
    assert 'viewBox="0 0 24 24"' in source
    assert not re.search(r'(fill|stroke)="#', source)


@pytest.mark.usefixtures("qapp")
def test_icons_differ_from_each_other_at_16_pixels() -> None:
    drawn = {bytes(icons.image(name, "#000000", 16).constBits()) for name in DRAWINGS}
    assert len(drawn) == len(DRAWINGS)


@pytest.mark.usefixtures("qapp")
def test_sprites_are_cached_per_scale() -> None:
    one = icons.sprite("function", "#d2700d", 18, 1.5)
    assert one is icons.sprite("function", "#d2700d", 18, 1.5)
    assert one.width() == 27
    assert one.deviceIndependentSize().width() == pytest.approx(18)


@pytest.mark.usefixtures("qapp")
def test_widget_icons_are_sharp_and_grey_when_disabled() -> None:
    icon = icons.icon("plus", LIGHT, "text", "accent_text")
    assert icon.pixmap(QSize(20, 20), 2.0).width() == 40
    assert middle(icon.pixmap(24)) == LIGHT.hex("text")
    assert middle(icon.pixmap(24, QIcon.Mode.Disabled)) == LIGHT.hex("disabled")
    chosen = icon.pixmap(QSize(24, 24), QIcon.Mode.Normal, QIcon.State.On)
    assert middle(chosen) == LIGHT.hex("accent_text")
    with pytest.raises(KeyError, match="no-such"):
        icons.icon("no-such", LIGHT)
    assert not icons.has("no-such")
    assert middle(icons.application_icon().pixmap(64)) != LIGHT.hex("text")


def middle(pixmap: QPixmap) -> str:
    image = pixmap.toImage()
    return image.pixelColor(image.width() // 2, image.height() // 2).name()


def written(text: str, weight: int = 400) -> QImage:
    image = QImage(120, 30, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.setFont(fonts.application_font(16, weight))
    painter.drawText(4, 22, text)
    painter.end()
    return image


def ink(image: QImage) -> int:
    """How dark the picture is in all."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(
        255 - grey.pixelColor(x, y).red() for x in range(grey.width()) for y in range(grey.height())
    )
