"""From a plan to a picture, the same way for the window and the command line."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from math import sqrt
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.diagram.verdicts import NO_VERDICTS
from lambdaplanner.editor.shown import shown_of
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.png import Progress, Stopped
from lambdaplanner.ui.picture.render import ENDINGS, Picture, encode, picture_size, render


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What the options of `export` say; lengths in scene units, `scale` in pixels for
    each of them.
    """

    scale: float = 2.0
    dpi: float | None = None
    transparent: bool = False
    theme: str = "light"
    margin: int = 24
    only: tuple[str, ...] = ()
    with_plan: bool = True
    verdicts: bool = True


def export_plan(
    plan: Plan,
    text: str,
    out: Path,
    options: ExportOptions,
    progress: Progress | None = None,
) -> Picture | None:
    """Draws the whole plan and writes it to `out`; `text` is its file's text, which travels inside.

    None where `progress` stopped it. Raises QuestionError for an ending that names no format or an
    id that is not drawn, OSError where the file cannot be written.
    """
    if out.suffix.lower() not in ENDINGS:
        ends = f'a picture cannot end in "{out.suffix}"' if out.suffix else "the name has no ending"
        raise QuestionError(ends, hint=f"one of {', '.join(ENDINGS)} can be added", where=str(out))
    ensure_application()
    return render(
        _drawn(plan, options),
        themes.THEMES[options.theme],
        _picture_options(plan, options),
        out,
        plan=text if options.with_plan else None,
        progress=progress,
    )


def picture_of(
    plan: Plan, text: str, options: ExportOptions, progress: Progress | None = None
) -> bytes | None:
    """The same picture as PNG bytes, for the clipboard; None where `progress` stopped it."""
    ensure_application()
    try:
        return encode(
            _drawn(plan, options),
            themes.THEMES[options.theme],
            _picture_options(plan, options),
            plan=text if options.with_plan else None,
            progress=progress,
        )
    except Stopped:
        return None


def fitting(plan: Plan, most: int) -> ExportOptions:
    """The usual options, with the scale made smaller where the PNG would have more than `most`
    pixels.
    """
    options = ExportOptions()
    width, height = size_of(plan, options)
    if width * height <= most:
        return options
    return replace(options, scale=options.scale * sqrt(most / (width * height)) * 0.999)


def size_of(plan: Plan, options: ExportOptions) -> tuple[int, int]:
    """How many pixels the PNG would have across and down."""
    ensure_application()
    diagram = build(plan, NO_VERDICTS)
    return picture_size(diagram, themes.THEMES[options.theme], _picture_options(plan, options))


def _drawn(plan: Plan, options: ExportOptions) -> Diagram:
    diagram = build(plan, shown_of(plan) if options.verdicts else NO_VERDICTS)
    _check_drawn(options.only, diagram)
    return diagram


def _picture_options(plan: Plan, options: ExportOptions) -> PictureOptions:
    return PictureOptions(
        scale=options.scale,
        dpi=None if options.dpi is None else round(options.dpi),
        transparent=options.transparent,
        margin=options.margin,
        only=frozenset(options.only),
        name=plan.info.name,
        description=plan.info.description,
    )


def _check_drawn(ids: tuple[str, ...], diagram: Diagram) -> None:
    for name in ids:
        if name not in diagram.boxes:
            raise QuestionError(
                f'there is no "{name}" in the diagram{suggestion(name, diagram.boxes)}'
            )


def ensure_application() -> QGuiApplication:
    """The application that fonts and painting need; one without a window where none runs yet."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication([])
