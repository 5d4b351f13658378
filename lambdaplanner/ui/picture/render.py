"""The one way from a diagram to a picture file, for window, command line and tests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from lambdaplanner.diagram.items import Diagram, Highlight
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.atomic import save_atomically
from lambdaplanner.ui.canvas.look import FontUse
from lambdaplanner.ui.picture import pdf, png, svg
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.png import Progress, Stopped
from lambdaplanner.ui.theme import Theme

ENDINGS = (".png", ".svg", ".pdf")
_FONTS = {".pdf": FontUse.CHARACTERS}


@dataclass(frozen=True, slots=True)
class Picture:
    """What was made: pixels (PNG) or scene units (SVG, PDF) across and down, and bytes."""

    width: int
    height: int
    size: int


def render(
    diagram: Diagram,
    theme: Theme,
    options: PictureOptions,
    out: str | os.PathLike[str],
    *,
    plan: str | None = None,
    highlight: Highlight | None = None,
    progress: Progress | None = None,
) -> Picture | None:
    """Writes the picture whose format the ending of `out` names; all or nothing. None where
    stopped.

    `plan` is the plan file's text to carry inside (PNG, SVG). Needs a QGuiApplication. Raises
    QuestionError for an unknown ending, id or an impossible size, OSError where the file cannot be
    written.
    """
    ending = Path(out).suffix.lower()
    try:
        data = encode(
            diagram, theme, options, ending, plan=plan, highlight=highlight, progress=progress
        )
    except Stopped:
        return None
    save_atomically(out, data)
    width, height = picture_size(diagram, theme, options, ending)
    return Picture(width, height, len(data))


def encode(
    diagram: Diagram,
    theme: Theme,
    options: PictureOptions,
    ending: str = ".png",
    *,
    plan: str | None = None,
    highlight: Highlight | None = None,
    progress: Progress | None = None,
) -> bytes:
    """As `render`, but gives the file's bytes: for the clipboard. Raises Stopped where stopped."""
    if ending not in ENDINGS:
        raise QuestionError(
            f'a picture cannot end in "{ending}"', hint=f"one of {', '.join(ENDINGS)} can"
        )
    use = _FONTS.get(ending, FontUse.OUTLINES)
    composition = Composition(diagram, theme, options, highlight=highlight, use=use)
    if ending == ".svg":
        return svg.encode(composition, plan)
    if ending == ".pdf":
        return pdf.encode(composition)
    return png.encode(composition, plan, progress)


def picture_size(
    diagram: Diagram, theme: Theme, options: PictureOptions, ending: str = ".png"
) -> tuple[int, int]:
    """Pixels (PNG) or scene units (SVG, PDF) across and down, for a preview; paints nothing."""
    composition = Composition(diagram, theme, options)
    if ending == ".png":
        return png.pixel_size(composition)
    return round(composition.width), round(composition.height)
