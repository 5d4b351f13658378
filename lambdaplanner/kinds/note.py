"""Text on the canvas."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.model.fields import Text
from lambdaplanner.model.records import Resource, attr


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Resource):
    """A remark for the reader of the diagram."""

    kind: ClassVar[str] = "note"
    text: str = attr(Text(multiline=True), "Text", default="")


_USUAL = Size(200, 96)
_LETTERS = 26
"""So many fit a line."""
_LINE, _AROUND, _MOST = 16, 28, 24


def _needs(note: Note) -> Size:
    """As high as its lines, to a limit."""
    paragraphs = note.text.splitlines() or [""]
    lines = sum(max(1, len(textwrap.wrap(text, _LETTERS))) for text in paragraphs)
    return Size(_USUAL.width, max(_USUAL.height, _AROUND + _LINE * min(lines, _MOST)))


KIND = ResourceKind(
    slug="note",
    section="notes",
    title="Note",
    plural="Notes",
    stem="note",
    model=Note,
    description="Text on the canvas.",
    reference="",
    shape="note",
    size=_USUAL,
    needs=_needs,
    tone="note",
    group="Remarks",
    layer=99,
    where="a note stands anywhere",
    begins=lambda _place, _variant: {"text": "Note"},
)
