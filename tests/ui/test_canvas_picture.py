"""Pictures as files: their bytes, sizes, densities, and the plan inside."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QHashSeed
from PySide6.QtGui import QColor, QImage
from PySide6.QtSvg import QSvgRenderer

from lambdaplanner.diagram.items import Diagram
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.picture_plan import read_plan
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode, picture_size, render
from tests.benchmarks.diagrams import diagram

pytestmark = pytest.mark.usefixtures("qapp")
PLAN = "lambdaplanner: 1\nname: Größe\n"


def _image(data: bytes) -> QImage:
    image = QImage.fromData(data)
    assert not image.isNull()
    return image


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_equal_pictures_have_equal_bytes(ending: str) -> None:
    options = PictureOptions(name="Orders", description="One region")
    first = encode(diagram(40), themes.LIGHT, options, ending, plan=PLAN)
    assert encode(diagram(40), themes.LIGHT, options, ending, plan=PLAN) == first


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5, 2.0, 3.0])
def test_size_follows_the_scale(scale: float) -> None:
    options = PictureOptions(scale=scale)
    image = _image(encode(diagram(20), themes.LIGHT, options))
    assert (image.width(), image.height()) == picture_size(diagram(20), themes.LIGHT, options)
    assert image.dotsPerMeterX() == round(96 * scale / 0.0254)


def test_dpi_is_what_was_asked_for() -> None:
    image = _image(encode(diagram(20), themes.LIGHT, PictureOptions(dpi=300)))
    assert image.dotsPerMeterX() == image.dotsPerMeterY() == 11811


@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_the_plan_travels_in_the_file(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"orders{ending}"
    made = render(diagram(20), themes.LIGHT, PictureOptions(), file, plan=PLAN)
    assert made is not None
    assert made.size == file.stat().st_size
    assert read_plan(file) == PLAN
    render(diagram(20), themes.LIGHT, PictureOptions(), file)
    assert read_plan(file) is None


def test_strips_join_without_a_seam() -> None:
    shown = diagram(100)
    whole = _image(encode(shown, themes.LIGHT, PictureOptions(scale=1)))
    assert whole.height() > 3 * 256
    alone = _image(encode(shown, themes.LIGHT, PictureOptions(scale=1, transparent=True)))
    canvas = QImage(whole.size(), QImage.Format.Format_RGB32)
    canvas.fill(themes.LIGHT.colour("canvas"))
    for row in range(0, whole.height(), 8):
        for column in range(0, whole.width(), 8):
            if alone.pixelColor(column, row).alpha() == 255:
                assert whole.pixel(column, row) == alone.pixel(column, row)


def test_transparent_has_no_ground_and_opaque_no_alpha() -> None:
    clear = _image(encode(diagram(20), themes.LIGHT, PictureOptions(transparent=True)))
    solid = _image(encode(diagram(20), themes.DARK, PictureOptions()))
    assert clear.pixelColor(2, 2).alpha() == 0
    assert not solid.hasAlphaChannel()
    assert solid.pixelColor(2, 2) == themes.DARK.colour("canvas")


def test_nothing_is_cut_off_at_the_margin() -> None:
    image = _image(encode(diagram(40), themes.LIGHT, PictureOptions(scale=1, margin=24)))
    ground = themes.LIGHT.colour("canvas").rgb()
    edge = [image.pixel(x, y) for x in range(image.width()) for y in (10, image.height() - 11)]
    assert set(edge) == {ground}


def test_only_shows_the_boxes_asked_for_and_what_stands_in_them() -> None:
    shown = diagram(60)
    one = picture_size(shown, themes.LIGHT, PictureOptions(scale=1, only=frozenset({"c1"})))
    leaf = picture_size(shown, themes.LIGHT, PictureOptions(scale=1, only=frozenset({"c1-4"})))
    assert 800 <= one[0] - 48 <= 830
    assert 168 <= leaf[0] - 48 <= 190
    with pytest.raises(QuestionError, match='called "nobody"'):
        encode(shown, themes.LIGHT, PictureOptions(only=frozenset({"nobody"})))


def test_an_empty_diagram_gives_a_small_picture() -> None:
    assert _image(encode(Diagram(), themes.LIGHT, PictureOptions())).width() > 100


def test_progress_rises_and_can_stop(tmp_path: Path) -> None:
    seen: list[float] = []
    file = tmp_path / "big.png"

    def watch(done: float) -> bool:
        seen.append(done)
        return True

    render(diagram(100), themes.LIGHT, PictureOptions(), file, progress=watch)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    stopped = tmp_path / "stopped.png"
    given_up = render(
        diagram(100), themes.LIGHT, PictureOptions(), stopped, progress=lambda done: done < 0.3
    )
    assert given_up is None
    assert not stopped.exists()


def test_an_unknown_ending_and_an_impossible_size_are_said(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match=r"\.gif"):
        render(diagram(20), themes.LIGHT, PictureOptions(), tmp_path / "x.gif")
    with pytest.raises(QuestionError, match="pixels"):
        encode(diagram(100), themes.LIGHT, PictureOptions(scale=5000))


def test_the_chunks_come_in_order() -> None:
    data = encode(diagram(20), themes.LIGHT, PictureOptions(), plan=PLAN)
    kinds: list[bytes] = []
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        if not kinds or kinds[-1] != kind:
            kinds.append(kind)
        at += length + 12
    assert kinds == [b"IHDR", b"pHYs", b"iTXt", b"IDAT", b"IEND"]


def test_svg_has_real_text_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "x.svg"
    render(diagram(20), themes.LIGHT, PictureOptions(name="A & B"), file, plan=PLAN)
    text = file.read_text(encoding="utf-8")
    assert ">subnet-0</text>" in text
    assert "<title>A &amp; B</title>" in text
    assert QSvgRenderer(str(file)).isValid()


def test_pdf_page_fits_the_drawing() -> None:
    data = encode(diagram(20), themes.LIGHT, PictureOptions(), ".pdf")
    width, height = picture_size(diagram(20), themes.LIGHT, PictureOptions(), ".pdf")
    box = data.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert [float(one) for one in box] == pytest.approx([0, 0, width * 0.75, height * 0.75], abs=1)


def test_the_selected_theme_shows() -> None:
    light = _image(encode(diagram(20), themes.LIGHT, PictureOptions()))
    dark = _image(encode(diagram(20), themes.DARK, PictureOptions()))
    assert QColor(light.pixel(2, 2)).lightness() > 200 > 60 > QColor(dark.pixel(2, 2)).lightness()


def test_a_pdf_is_the_same_in_every_process() -> None:
    """Qt seeds its hash tables anew in every process; the order of the fonts may not follow."""
    made = set()
    for _ in range(6):
        QHashSeed.resetRandomGlobalSeed()
        made.add(encode(diagram(20), themes.LIGHT, PictureOptions(), ".pdf"))
    assert len(made) == 1
