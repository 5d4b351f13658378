"""From a plan to a picture, the same way for the window and the command line."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from math import sqrt
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from lambdaplanner.errors import QuestionError
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.picture.png import Progress, Stopped
from lambdaplanner.ui.picture.render import ENDINGS, Picture, encode, picture_size, render
from lambdaplanner.ui.subject import ExportOptions, Subject


def export_plan(
    plan: Plan,
    text: str,
    out: Path,
    options: ExportOptions,
    progress: Progress | None = None,
    subject: Subject | None = None,
) -> Picture | None:
    """Draws the plan and writes it to `out`; `text` is its file's text, which travels inside.
    `subject` spares what the window knows already.

    None where `progress` stopped it. Raises QuestionError for an ending that names no format, an id
    that is not drawn, a page that does not exist or a path that makes no sense, OSError where the
    file cannot be written.
    """
    if out.suffix.lower() not in ENDINGS:
        ends = f'a picture cannot end in "{out.suffix}"' if out.suffix else "the name has no ending"
        raise QuestionError(ends, hint=f"one of {', '.join(ENDINGS)} can be added", where=str(out))
    ensure_application()
    subject = subject or Subject(plan)
    return render(
        subject.diagram(options),
        themes.THEMES[options.theme],
        subject.picture_options(options),
        out,
        plan=text if options.with_plan else None,
        highlight=subject.highlight(options),
        progress=progress,
    )


def picture_of(
    plan: Plan,
    text: str,
    options: ExportOptions,
    progress: Progress | None = None,
    *,
    ending: str = ".png",
    subject: Subject | None = None,
) -> bytes | None:
    """The same picture as bytes, for the clipboard; None where `progress` stopped it."""
    ensure_application()
    subject = subject or Subject(plan)
    try:
        return encode(
            subject.diagram(options),
            themes.THEMES[options.theme],
            subject.picture_options(options),
            ending,
            plan=text if options.with_plan else None,
            highlight=subject.highlight(options),
            progress=progress,
        )
    except Stopped:
        return None


def fitting(plan: Plan, most: int, subject: Subject | None = None) -> ExportOptions:
    """The usual options, with the scale made smaller where the PNG would have more than `most`
    pixels.
    """
    options = ExportOptions()
    width, height = size_of(plan, options, subject)
    if width * height <= most:
        return options
    part = sqrt(most / (width * height))
    while round(width * part) * round(height * part) > most:  # a few rows may be rounded up
        part *= 0.99
    return replace(options, scale=options.scale * part * 0.999)


def size_of(plan: Plan, options: ExportOptions, subject: Subject | None = None) -> tuple[int, int]:
    """How many pixels the PNG would have across and down."""
    ensure_application()
    subject = subject or Subject(plan)
    wanted = subject.picture_options(options)
    return picture_size(subject.diagram(options), themes.THEMES[options.theme], wanted)


def ensure_application() -> QGuiApplication:
    """The application that fonts and painting need; one without a window where none runs yet."""
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if sys.platform.startswith("linux"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication([])
