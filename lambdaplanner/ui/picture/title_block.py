"""What stands above a picture: name, description, and facts such as the region and the verdicts."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from lambdaplanner.ui.canvas.leaf import wrap
from lambdaplanner.ui.canvas.look import BODY, HEADING, SUBTITLE, Look
from lambdaplanner.ui.picture.options import PictureOptions

_HEADING_HEIGHT = 34.0
_LINE = 18.0
_GAP = 12.0
_BETWEEN = "  \u00b7  "


class TitleBlock:
    """Measured for a drawing `room` units wide."""

    def __init__(self, look: Look, options: PictureOptions, room: float) -> None:
        shown = options.title
        self._halo = "canvas" if options.transparent else ""
        self._name = look.fit(options.name, HEADING, room)[0] if shown else ""
        text = options.description if shown else ""
        self._lines = wrap(look, text, BODY, room, 4) if text else []
        self._facts = _flowed(look, options.facts, room) if shown else []
        height = _HEADING_HEIGHT if self._name else 0.0
        height += (len(self._lines) + len(self._facts)) * _LINE
        self.height = height + _GAP if height else 0.0

    def paint(self, painter: QPainter, look: Look, left: float, top: float) -> None:
        """Paints it with its top left there, in scene units."""
        if self._name:
            look.text(painter, (left, top + 21), self._name, HEADING, "text", self._halo)
            top += _HEADING_HEIGHT
        for line in self._lines:
            look.text(painter, (left, top + 11), line, BODY, "muted", self._halo)
            top += _LINE
        for line in self._facts:
            look.text(painter, (left, top + 11), line, SUBTITLE, "muted", self._halo)
            top += _LINE


def _flowed(look: Look, facts: tuple[str, ...], room: float) -> list[str]:
    """The facts in as few lines as hold them."""
    lines: list[str] = []
    for fact in facts:
        longer = f"{lines[-1]}{_BETWEEN}{fact}" if lines else fact
        if lines and look.text_width(longer, SUBTITLE) <= room:
            lines[-1] = longer
        else:
            lines.append(fact)
    return [look.fit(line, SUBTITLE, room)[0] for line in lines]
