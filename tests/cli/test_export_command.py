"""`lambdaplanner export`: every option shows in the file; what cannot be drawn is one sentence."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from lambdaplanner.cli.program import main
from lambdaplanner.formats.picture_plan import read_plan
from lambdaplanner.formats.templates import template_named

pytestmark = pytest.mark.usefixtures("qapp")
Exported = Callable[..., bytes]


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.yaml"
    file.write_text(template_named("two-zones").text, encoding="utf-8")
    return file


@pytest.fixture
def exported(plan: Path, tmp_path: Path) -> Exported:
    def export(*options: str, name: str = "out.svg") -> bytes:
        out = tmp_path / name
        assert main(["export", str(plan), str(out), *options]) == 0
        return out.read_bytes()

    return export


def texts(svg: bytes) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]


def size(svg: bytes) -> tuple[float, float]:
    root = ElementTree.fromstring(svg)
    return float(root.get("width", "0")), float(root.get("height", "0"))


def chunks(png: bytes) -> dict[bytes, list[bytes]]:
    found: dict[bytes, list[bytes]] = {}
    at = 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        found.setdefault(kind, []).append(png[at + 8 : at + 8 + length])
        at += length + 12
    return found


def pixels(png: bytes) -> tuple[int, int]:
    return struct.unpack(">II", chunks(png)[b"IHDR"][0][:8])


@pytest.mark.parametrize(("page", "ratio"), [("16:9", 16 / 9), ("4:3", 4 / 3)])
@pytest.mark.parametrize("name", ["out.svg", "out.png"])
def test_a_ratio_is_the_pages(exported: Exported, page: str, ratio: float, name: str) -> None:
    made = exported("--fit", page, "--scale", "1", name=name)
    across, down = size(made) if name == "out.svg" else pixels(made)
    assert across / down == pytest.approx(ratio, abs=0.003)


@pytest.mark.parametrize(("page", "sides"), [("a4", (841.9, 595.3)), ("A3", (1190.6, 841.9))])
def test_paper_is_the_pages_size_lying_or_standing(
    exported: Exported, page: str, sides: tuple[float, float]
) -> None:
    data = exported("--fit", page, name="out.pdf")
    box = data.split(b"/MediaBox [")[1].split(b"]")[0].split()
    assert sorted(float(one) for one in box[2:]) == pytest.approx(sorted(sides), abs=1)


def test_a_size_in_pixels_is_that_size_whatever_the_scale(exported: Exported) -> None:
    assert pixels(exported("--fit", "1600x900", name="out.png")) == (1600, 900)
    assert pixels(exported("--fit", "320x700", "--scale", "4", name="out.png")) == (320, 700)
    assert size(exported("--fit", "1600x900")) == (1600, 900)


def test_paper_at_a_density_has_its_dots(exported: Exported) -> None:
    made = exported("--fit", "a4", "--dpi", "150", name="out.png")
    assert pixels(made) == pytest.approx((1754, 1240), abs=1)
    assert chunks(made)[b"pHYs"] == [struct.pack(">IIB", 5906, 5906, 1)]


def test_a_path_is_lit_and_named(exported: Exported) -> None:
    made = exported("--path", "attached", "internet", "--port", "443")
    assert b'opacity="0.35"' in made
    assert any("attached to internet, tcp 443: reachable" in text for text in texts(made))
    assert b'opacity="0.35"' not in exported()


def test_the_legend_tells_what_is_used_and_nothing_else(exported: Exported) -> None:
    words = texts(exported("--legend"))
    assert "Route" in words
    assert "Lambda's way into a subnet, one way" in words
    assert "Peering, or attachment to a transit gateway" not in words
    assert "On the path that is shown" not in words
    assert "Route" not in texts(exported())
    lit = texts(exported("--legend", "--path", "attached", "internet"))
    assert "On the path that is shown" in lit
    bare = texts(exported("--legend", "--no-verdicts"))
    assert "As it should be" not in bare
    few = texts(exported("--legend", "--only", "database"))
    assert "Route" not in few


def test_the_title_block_says_region_and_verdicts(exported: Exported) -> None:
    words = " ".join(texts(exported()))
    assert "A function across two zones" in words
    assert "eu-west-1" in words
    assert "2 of 2 functions reach the internet" in words
    without = texts(exported("--no-title"))
    assert "A function across two zones" not in without
    assert not any("functions reach the internet" in text for text in without)
    assert not any("reach the internet" in text for text in texts(exported("--no-verdicts")))


def test_a_day_stands_there_only_when_asked(exported: Exported) -> None:
    dated = " ".join(texts(exported("--date", "2026-01-31")))
    assert "2026-01-31" in dated
    assert not re.search(r"\d{4}-\d\d-\d\d", " ".join(texts(exported())))


def test_one_vpc_and_one_thing(exported: Exported) -> None:
    vpc = texts(exported("--only", "customer"))
    assert "private-a" in vpc
    assert "Lambda Service VPC" not in vpc
    two = texts(exported("--only", "nat-a", "nat-b", "--no-title"))
    assert {"nat-a", "nat-b"} <= set(two)
    assert "private-a" not in two


def test_transparent_dark_and_margin(exported: Exported) -> None:
    assert b'fill="#f8f9fb"' not in exported("--transparent")
    assert b"paint-order" in exported("--transparent")
    assert b'fill="#121419"' in exported("--theme", "dark")
    wide, slim = size(exported("--margin", "100")), size(exported("--margin", "0"))
    assert (wide[0] - slim[0], wide[1] - slim[1]) == (200, 200)


def test_a_png_carries_title_description_density_and_plan(exported: Exported, plan: Path) -> None:
    made = exported(name="out.png")
    said = dict(one.split(b"\0", 1) for one in chunks(made)[b"iTXt"])
    assert said[b"Title"].endswith(b"\0A function across two zones")
    assert b"Description" in said
    assert read_plan(made) == plan.read_text()
    assert read_plan(exported("--no-plan", name="out.png")) is None
    assert read_plan(exported("--no-plan")) is None
    assert read_plan(exported()) == plan.read_text()


@pytest.mark.parametrize("name", ["out.png", "out.svg", "out.pdf"])
def test_the_same_plan_and_options_give_the_same_bytes(exported: Exported, name: str) -> None:
    options = ("--legend", "--path", "attached", "internet", "--fit", "16:9", "--scale", "1")
    assert exported(*options, name=name) == exported(*options, name=name)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fit", "b5"), 'nothing fits into "b5"; 16:9, 4:3, a4, a3 or pixels such as 1600x900'),
        (("--fit", "0x10"), 'nothing fits into "0x10"'),
        (("--path", "attachd", "internet"), '"attachd"'),
        (("--path", "attached", "internet", "--port", "0"), "--port 0"),
        (("--port", "443"), "--port asks about a path; add --path FROM TO"),
        (("--date", "soon"), "--date soon: a day such as 2026-01-31 is due"),
        (("--only", "nothere"), 'there is no "nothere"'),
        (("--margin", "-1"), "-1 is not a whole number from 0"),
        (("--dpi", "none"), "none is not a number"),
    ],
)
def test_what_cannot_be_drawn_is_said_and_nothing_written(
    plan: Path,
    tmp_path: Path,
    options: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        status = main(["export", str(plan), str(tmp_path / "out.png"), *options])
    except SystemExit as end:
        status = int(str(end.code))
    assert status == 2
    written = capsys.readouterr()
    assert said in written.err
    assert written.out == ""
    assert list(tmp_path.iterdir()) == [plan]


def test_a_picture_is_as_good_as_the_plan(exported: Exported, tmp_path: Path) -> None:
    first = exported(name="plan.svg")
    out = tmp_path / "again.svg"
    assert main(["export", str(tmp_path / "plan.svg"), str(out)]) == 0
    assert out.read_bytes() == first


def test_what_is_folded_elsewhere_is_drawn_by_itself_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    file, out = tmp_path / "p.yaml", tmp_path / "out.svg"
    functions = "".join(f"  f{n}: {{subnets: [a], security_groups: [g]}}\n" for n in range(9))
    file.write_text(
        "lambdaplanner: 1\nvpcs: {v: {cidr: 10.0.0.0/16}}\n"
        "subnets: {a: {vpc: v, az: eu-west-1a, cidr: 10.0.0.0/24}}\n"
        f"security_groups: {{g: {{vpc: v}}}}\nfunctions:\n{functions}"
    )
    assert main(["export", str(file), str(out)]) == 0
    assert 'id="f3"' not in out.read_text()
    assert main(["export", str(file), str(out), "--only", "f3", "--no-title"]) == 0
    assert 'id="f3"' in out.read_text()
