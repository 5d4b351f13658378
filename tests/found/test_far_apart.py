"""A plan whose things lie far apart: no picture of an enormous size is even begun."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPixmap

from lambdaplanner.cli import main
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.ui.canvas import sprites
from lambdaplanner.ui.export import fitting, picture_of, size_of
from lambdaplanner.ui.pictures import MOST_COPIED_PIXELS
from lambdaplanner.ui.subject import ExportOptions
from tests.found.hand import Hand

FAR = "[10000000, 10000000]"
PLACES = {
    "far apart": f"a: [0, 0], b: {FAR}",
    "far to the left": "a: [-10000000, 0], b: [10000000, 0]",
    "large": "a: [0, 0, 10000000, 10000000]",
    "less than a million pixels on a side": "a: [0, 0, 490000, 490000]",
}


def plan_with(places: str) -> str:
    return (
        "lambdaplanner: 1\nvpcs:\n  a: {cidr: 10.0.0.0/16}\n  b: {cidr: 10.1.0.0/16}\n"
        f"layout: {{{places}}}\n"
    )


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("scale", ["2", "10"])
def test_export_says_how_large_the_picture_would_be(
    places: str,
    scale: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("lambdaplanner.ui.picture.png.QImage", lambda *_: pytest.fail("begun"))
    plan, out = tmp_path / "p.yaml", tmp_path / "out.png"
    plan.write_text(plan_with(places))
    assert main(["export", str(plan), str(out), "--scale", scale]) == 2
    written, said = capsys.readouterr()
    assert written == ""
    (line,) = said.splitlines()
    width, height = size_of(read_text(plan.read_text(), where="").plan, _scaled(float(scale)))
    assert f"the picture would be {width:,} x {height:,} pixels; choose a scale of at most" in line
    assert list(tmp_path.iterdir()) == [plan]


def test_the_scale_that_is_named_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, out = tmp_path / "p.yaml", tmp_path / "out.png"
    plan.write_text(plan_with("a: [0, 0, 10000000, 300]"))
    assert main(["export", str(plan), str(out)]) == 2
    said = capsys.readouterr().err
    named = said.partition("at most ")[2].partition(",")[0]
    assert 0.05 < float(named) < 2
    assert main(["export", str(plan), str(out), "--scale", named]) == 0
    assert out.exists()


@pytest.mark.parametrize("number", ["1000000000", "-1000000000", "9" * 5000])
@pytest.mark.parametrize("places", ["[{}, 0]", "[0, {}]", "[0, 0, {}, 1]", "[0, 0, 1, {}]"])
def test_places_and_sizes_that_no_plan_has_are_problems(
    number: str, places: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "p.yaml"
    plan.write_text(plan_with(f"a: {places.format(number)}"))
    assert main(["export", str(plan), str(tmp_path / "out.svg")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "layout.a[" in line
    assert len(line) < 1000
    assert list(tmp_path.iterdir()) == [plan]


@pytest.mark.parametrize("number", ["-5", "0", ".nan", ".inf", "-.inf", "1e400", "0x10", "~"])
def test_sizes_that_are_no_sizes_are_problems(number: str, tmp_path: Path) -> None:
    plan = tmp_path / "p.yaml"
    plan.write_text(plan_with(f"a: [0, 0, {number}, {number}]"))
    assert main(["check", str(plan)]) == 2


@pytest.mark.parametrize("places", PLACES.values(), ids=PLACES)
def test_a_copy_is_made_small_enough(places: str) -> None:
    text = plan_with(places)
    plan = read_text(text, where="p.yaml").plan
    options = fitting(plan, MOST_COPIED_PIXELS // 100)
    data = picture_of(plan, text, options)
    assert data is not None
    image = QImage.fromData(data)
    assert 0 < image.width() * image.height() <= MOST_COPIED_PIXELS // 100


def _scaled(scale: float) -> ExportOptions:
    return ExportOptions(scale=scale)


LARGE_IN_THE_WINDOW = {
    "a container": "a: [0, 0, 600000, 600000]",
    "a wide container": "a: [0, 0, 10000000, 300]",
    "a leaf": "a: [0, 0, 700000, 700000], s: [10, 60, 600000, 600000], x: [10, 60, 500000, 500000]",
}


@pytest.mark.parametrize("places", LARGE_IN_THE_WINDOW.values(), ids=LARGE_IN_THE_WINDOW)
def test_the_window_makes_no_enormous_picture(
    places: str, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides: list[int] = []

    def counted(width: int, height: int) -> QPixmap:
        sides.append(max(width, height))
        return QPixmap(min(width, 5000), min(height, 5000))

    monkeypatch.setattr(sprites, "QPixmap", counted)
    text = plan_with(places) + (
        "subnets: {s: {vpc: a, az: us-east-1a, cidr: 10.0.0.0/24}}\n"
        "workloads: {x: {type: ec2, subnets: [s]}}\n"
    )
    hand.bench.bridge.open(read_text(text, where="large").plan)
    for zoom in (1.0, 0.1, 0.02, 2.0):
        hand.bench.view.zoom_to(zoom)
        hand.bench.view.viewport().grab()
    assert sides
    assert max(sides) <= 4096 + 100
