"""The text of a plan file cut into pieces, one for each section and entry, so that an edit touches
only its own.

A piece begins where the line of its key begins and ends where the next piece begins: comments and
blank lines between two entries are at the end of the first one's piece until an edit needs to know
whose they are (`Piece.detached`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lambdaplanner.formats.yaml_outline import Outline
from lambdaplanner.formats.yaml_tree import Map, Seq, Tree

_DASH = re.compile(r"( *)- +$")
_LINES = re.compile(r"[^\n]*\n|[^\n]+$")


@dataclass(slots=True)
class Piece:
    """A section, an entry, or what stands before the first one (`name` None)."""

    name: str | None
    text: str
    """From the line of its key to the next piece; of a section with `parts` only up to the first of
    them.
    """
    parts: list[Piece] | None = None
    """The entries of a section whose entries stand on lines of their own; None: the section is one
    thing.
    """
    indent: int = 0
    """How far in its parts stand."""
    listed: bool = False
    """Whether its parts are items of a list."""

    def texts(self) -> Iterator[str]:
        """The text, in order."""
        yield self.text
        for part in self.parts or ():
            yield part.text

    def whole(self) -> str:
        """The text of the piece and its parts."""
        return "".join(self.texts())

    def last(self) -> Piece:
        """The piece in which this one ends: its last part, or itself."""
        return self.parts[-1] if self.parts else self

    def copied(self) -> Piece:
        """A piece that can be changed without changing this one."""
        parts = None if self.parts is None else [part.copied() for part in self.parts]
        return Piece(self.name, self.text, parts, self.indent, self.listed)

    def detached(self, newline: str) -> str:
        """Cuts off and returns what follows the content: comments and blank lines.

        Comments that stand further in than its key are its own and stay. The text left ends with a
        line end.
        """
        last = self.last()
        end = content_end(last.text)
        if self.name is not None:
            end += _inner(last.text[end:], len(self.text) - len(self.text.lstrip(" ")))
        body, rest = last.text[:end], last.text[end:]
        if body and not body.endswith("\n"):
            body += newline
        last.text = body
        return rest

    def attach(self, rest: str) -> None:
        """Puts something behind the content."""
        self.last().text += rest


def _inner(rest: str, column: int) -> int:
    """Where the comments end that stand further in than `column`."""
    end = 0
    for found in _LINES.finditer(rest):
        line = found.group()
        if line.strip():
            if len(line) - len(line.lstrip(" ")) <= column:
                break
            end = found.end()
    return end


def content_end(text: str) -> int:
    """Where the first line after the last value of a piece begins; in a piece without any, its end
    before comments.
    """
    outline = Outline(text)
    if outline.places:
        end = max(place.end for place in outline.places)
        return outline.line_end(max(end - 1, 0))
    end = 0
    for found in _LINES.finditer(text):
        line = found.group()
        if line.startswith(("---", "%")):
            end = found.end()
    return end


def cut(tree: Tree) -> tuple[Piece, list[Piece]] | None:
    """What stands before the first section, and the sections; None where they do not stand on lines
    of their own.
    """
    text = tree.text
    if tree.anchored or tree.braced or not tree.root:
        return None
    starts = [place[0] for place in tree.root.places.values()]
    if any(start and text[start - 1] != "\n" for start in starts):
        return None
    head = Piece(None, text[: starts[0]])
    ends = [*starts[1:], len(text)]
    sections = [
        _section(tree, name, start, end)
        for name, start, end in zip(tree.root, starts, ends, strict=True)
    ]
    return head, sections


def _section(tree: Tree, name: str, start: int, end: int) -> Piece:
    text, value = tree.text, tree.root[name]
    whole = Piece(name, text[start:end])
    if text.startswith(("{", "["), tree.root.places[name][1]):
        return whole
    if isinstance(value, Map) and value:
        places = [place[0] for place in value.places.values()]
        begins = [text.rfind("\n", 0, place) + 1 for place in places]
        blanks = {text[begin:place] for begin, place in zip(begins, places, strict=True)}
        names: list[str] = list(value)
    elif isinstance(value, Seq) and value:
        begins = [text.rfind("\n", 0, place) + 1 for place in value.places]
        dashes = [_DASH.match(text[b:p]) for b, p in zip(begins, value.places, strict=True)]
        blanks = {dash.group(1) if dash else "-" for dash in dashes}
        names = [""] * len(value)
    else:
        return whole
    blank = blanks.pop()
    if blanks or blank.strip(" ") or begins[0] <= start:
        return whole
    ends = [*begins[1:], end]
    parts = [Piece(n, text[b:e]) for n, b, e in zip(names, begins, ends, strict=True)]
    return Piece(name, text[start : begins[0]], parts, len(blank), isinstance(value, Seq))
