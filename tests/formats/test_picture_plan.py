"""Plans inside pictures: what goes in comes out, and damage is said rather than shown as a plan."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.errors import PlanFileError
from lambdaplanner.formats.picture_plan import (
    PNG_SIGNATURE,
    is_picture,
    plan_chunk,
    png_chunk,
    read_plan,
    svg_element,
)

PLAN = "lambdaplanner: 1\nname: Größe 注文\n"
_IHDR = png_chunk(b"IHDR", bytes(13))
_IDAT = png_chunk(b"IDAT", zlib.compress(b"\0" * 10))
_IEND = png_chunk(b"IEND", b"")


def _png(*chunks: bytes) -> bytes:
    return b"".join((PNG_SIGNATURE, _IHDR, *chunks, _IEND))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_plan_comes_out_as_it_went_in(text: str) -> None:
    assert read_plan(_png(plan_chunk(text), _IDAT)) == text
    assert read_plan(b"<svg><metadata>" + svg_element(text) + b"</metadata></svg>") == text


def test_the_chunk_may_stand_behind_the_pixels_and_among_others() -> None:
    other = png_chunk(b"iTXt", b"Comment\0\0\0\0\0hello")
    assert read_plan(_png(other, _IDAT, plan_chunk(PLAN))) == PLAN


def test_a_picture_without_a_plan_has_none(tmp_path: Path) -> None:
    file = tmp_path / "plain.png"
    file.write_bytes(_png(_IDAT))
    assert read_plan(file) is None
    assert read_plan(b"<svg xmlns='http://www.w3.org/2000/svg'></svg>") is None


def _flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_png(_flipped(plan_chunk(PLAN), 60)), "checksum"),
        (_png()[:-12] + plan_chunk(PLAN)[:40], "middle of a chunk"),
        (_png(png_chunk(b"iTXt", b"lambdaplanner-plan\0\1\0\0\0junk")), "does not unpack"),
        (_png(png_chunk(b"iTXt", b"lambdaplanner-plan\0\1\0")), "malformed"),
        (
            _png(
                png_chunk(
                    b"iTXt", b"lambdaplanner-plan\0\1\0\0\0" + zlib.compress(b"sha256:0\nx: 1")
                )
            ),
            "its checksum is wrong",
        ),
        (
            _png(
                png_chunk(
                    b"iTXt", b"lambdaplanner-plan\0\1\0\0\0" + zlib.compress(bytes(70 * 1024**2))
                )
            ),
            "64 MB",
        ),
        (b'<svg><plan xmlns="urn:lambdaplanner:plan">%%%</plan></svg>', "base64"),
        (b"GIF89a", "neither a PNG nor an SVG"),
    ],
)
def test_damage_is_said(data: bytes, why: str) -> None:
    with pytest.raises(PlanFileError, match=why):
        read_plan(data)


def test_pictures_are_told_from_plans() -> None:
    assert is_picture(_png())
    assert is_picture(b'\xef\xbb\xbf<?xml version="1.0"?><svg>')
    assert not is_picture(PLAN.encode())
