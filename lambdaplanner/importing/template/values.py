"""What the values of a template come to: text, lists, mappings, mentions of resources, and what
nobody knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

MOST_TEXT = 100_000
"""Characters of one value; AWS stops at far fewer."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of a resource of some stack, or of an attribute that AWS gives it."""

    stack: str
    logical: str
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value that the templates do not tell."""

    why: str
    name: str = ""
    """What stands for the value, where the same value may stand elsewhere: a parameter, an export.
    """
    stack: str = ""
    """The stack whose parameter that is."""


@dataclass(frozen=True, slots=True)
class Mixed:
    """Text in which values stand that are no text: what joins ids, and is split again later."""

    parts: tuple[str | Reference | Unknown, ...]

    @property
    def doubt(self) -> Unknown:
        """Why nobody can read it as text."""
        unknown = next((part for part in self.parts if isinstance(part, Unknown)), None)
        if unknown is not None:
            return unknown
        named = next((part.logical for part in self.parts if isinstance(part, Reference)), "")
        return Unknown(f"it holds what AWS gives to {named} only when it makes it")


class _Absent:
    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()
"""What `AWS::NoValue` leaves."""

Value = Any
"""Text, `Reference`, `Unknown`, `Mixed`, `ABSENT`, or lists and mappings of these."""


def joined(parts: Iterable[Value]) -> Value:
    """The parts as one text; `Mixed` where some are none."""
    flat: list[str | Reference | Unknown] = []
    for part in parts:
        for piece in part.parts if isinstance(part, Mixed) else (part,):
            if not isinstance(piece, str | Reference | Unknown):
                piece = Unknown("a list or a mapping stands where a text is due")
            if isinstance(piece, str) and flat and isinstance(flat[-1], str):
                flat[-1] += piece
            elif piece != "":
                flat.append(piece)
    if sum(len(one) if isinstance(one, str) else 200 for one in flat) > MOST_TEXT:
        return Unknown(f"it is longer than {MOST_TEXT:,} characters")
    if not flat:
        return ""
    return flat[0] if len(flat) == 1 else Mixed(tuple(flat))


def split(value: str | Mixed, separator: str) -> list[Value]:
    """The pieces of a text between separators."""
    if isinstance(value, str):
        return list(value.split(separator))
    pieces: list[list[str | Reference | Unknown]] = [[]]
    for part in value.parts:
        if isinstance(part, str):
            first, *rest = part.split(separator)
            pieces[-1].append(first)
            pieces.extend([one] for one in rest)
        else:
            pieces[-1].append(part)
    return [joined(piece) for piece in pieces]
