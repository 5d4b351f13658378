"""Text on the canvas."""

from __future__ import annotations

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
    size=Size(200, 96),
    tone="note",
    group="Remarks",
    layer=99,
    where="a note stands anywhere",
    begins=lambda _place, _variant: {"text": "Note"},
)
