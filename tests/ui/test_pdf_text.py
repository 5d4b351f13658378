"""Text that is copied out of a PDF is the text that was drawn."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QRawFont, QTextLayout

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.verdicts import NO_VERDICTS
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.ui.canvas.look import BODY, HEADING, LEAF_TITLE, TAG, FontUse, Look, TextStyle
from lambdaplanner.ui.picture import pdf
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.render import encode
from lambdaplanner.ui.theme import LIGHT

TEXTS = (
    "eni:orders@private-a",
    "tcp 12:34",
    "A:B a:b 1:2 x:1",
    "10.0.0.0/16 -> nat",
    "<- <-> => --> 2x3 (A) [B]",
    "arn:aws:iam::123456789012:policy/Team-1",
    "2600:1f18::/56",
)


def glyphs(look: Look, style: TextStyle, text: str) -> list[int]:
    layout = QTextLayout(text, look.font(style))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("style", [BODY, LEAF_TITLE, TAG, HEADING])
@pytest.mark.parametrize("text", TEXTS)
def test_each_glyph_is_that_of_its_character(text: str, style: TextStyle) -> None:
    look = Look(LIGHT, FontUse.CHARACTERS)
    own = QRawFont.fromFont(look.font(style)).glyphIndexesForString(text)
    assert glyphs(look, style, text) == list(own)


@pytest.mark.usefixtures("qapp")
def test_a_pdf_is_drawn_with_such_glyphs(monkeypatch: pytest.MonkeyPatch) -> None:
    uses: list[FontUse] = []
    real = pdf.encode

    def noted(made: Composition) -> bytes:
        uses.append(made.use)
        return real(made)

    monkeypatch.setattr(pdf, "encode", noted)
    diagram = build(read_text("lambdaplanner: 1\n", where="p").plan, NO_VERDICTS)
    assert encode(diagram, LIGHT, PictureOptions(), ".pdf").startswith(b"%PDF")
    assert uses == [FontUse.CHARACTERS]
