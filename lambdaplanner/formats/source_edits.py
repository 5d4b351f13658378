"""What an edit of the plan means for the pieces of its text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from lambdaplanner.formats.source_pieces import Piece, cut
from lambdaplanner.formats.yaml_comments import weave
from lambdaplanner.formats.yaml_outline import Outline
from lambdaplanner.formats.yaml_reader import parse
from lambdaplanner.formats.yaml_writer import write_entry, write_item, write_section

_LINES = re.compile(r"[^\n]*\n|[^\n]+$")
_ENDS_BLANK = re.compile(r"\n[ \t\r]*\n(?:[ \t]*#[^\n]*\n)*$")


def changed_sections(
    head: Piece,
    pieces: Sequence[Piece],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    newline: str,
) -> tuple[Piece, list[Piece]]:
    """The pieces of a text that said `before`, changed so that they say `after`. The given pieces
    stay as they are.

    Raises yaml.YAMLError where a piece cannot be read alone.
    """
    row = _Row(head.copied(), [_Row.shared(piece) for piece in pieces], 0, newline)
    spaced = _spaced(row)
    for name in list(before):
        if name not in after and (piece := row.named(name)) is not None:
            _remove_section(row, piece)
    previous: Piece | None = None
    for name, value in after.items():
        piece = row.named(name)
        if piece is None:
            piece = _new_section(name, value, newline)
            row.insert(piece, previous, blank=spaced and piece.parts is not None)
        elif before.get(name) != value or _order(before.get(name)) != _order(value):
            piece = row.replace(piece, piece.copied())
            _change_section(piece, before.get(name), value, newline)
        previous = piece
    return row.head, row.pieces


class _Row:
    """Pieces that follow each other: the sections of a text, or the entries of a section."""

    def __init__(self, head: Piece, pieces: list[Piece], indent: int, newline: str) -> None:
        self.head = head
        self.pieces = pieces
        self.indent = indent
        self.newline = newline

    @staticmethod
    def shared(piece: Piece) -> Piece:
        """A piece whose end can be cut off or lengthened without touching the given one."""
        parts = piece.parts
        if parts:
            last = parts[-1]
            parts = [*parts[:-1], Piece(last.name, last.text)]
        return Piece(piece.name, piece.text, parts, piece.indent, piece.listed)

    def named(self, name: str) -> Piece | None:
        return next((piece for piece in self.pieces if piece.name == name), None)

    def before(self, piece: Piece) -> Piece:
        """The piece before one, or the head."""
        index = self.index(piece)
        return self.pieces[index - 1] if index else self.head

    def index(self, piece: Piece) -> int:
        return next(number for number, other in enumerate(self.pieces) if other is piece)

    def replace(self, piece: Piece, other: Piece) -> Piece:
        self.pieces[self.index(piece)] = other
        return other

    def insert(self, piece: Piece, previous: Piece | None, *, blank: bool = False) -> None:
        """Puts a piece behind another one, or first; comments and blank lines behind that one
        follow the new one.
        """
        last = self.head if previous is None else previous
        rest = last.detached(self.newline)
        if blank and last is not self.head:
            last.attach(self.newline)
        self.pieces.insert(0 if previous is None else self.index(previous) + 1, piece)
        piece.attach(rest)

    def remove(self, piece: Piece) -> None:
        """Takes a piece out together with the comments that stand directly above it."""
        rest = piece.detached(self.newline)
        last = self.before(piece)
        self.pieces.pop(self.index(piece))
        above = last.detached(self.newline)
        kept = above[: _attached(above, self.indent)]
        if rest and _blank_first(rest) and (not kept or _blank_last(kept)):
            rest = rest[rest.index("\n") + 1 :] if kept or not last.text else rest
        last.attach(kept + rest)

    def rewrite(self, piece: Piece, text: str, renamed: Mapping[str, str] | None = None) -> None:
        """Writes a piece anew, with its comments."""
        rest = piece.detached(self.newline)
        piece.text = weave(piece.whole(), text, renamed).replace("\n", self.newline)
        piece.parts = None
        piece.text += rest


def _blank_first(text: str) -> bool:
    return not text.split("\n", 1)[0].strip()


def _blank_last(text: str) -> bool:
    return not text.rstrip("\n").rpartition("\n")[2].strip() or text.endswith("\n\n")


def _attached(text: str, indent: int) -> int:
    """Where the comments begin that stand directly above what follows `text`."""
    lines = [found.group() for found in _LINES.finditer(text)]
    end = len(text)
    while lines and lines[-1].lstrip(" \t").startswith("#"):
        line = lines.pop()
        if len(line) - len(line.lstrip(" ")) > indent:
            break
        end -= len(line)
    return end


def _spaced(row: _Row) -> bool:
    """Whether most sections have a blank line above them."""
    pairs = zip(row.pieces, row.pieces[1:], strict=False)
    blank = [
        _ENDS_BLANK.search(first.last().text) is not None for first, then in pairs if then.parts
    ]
    return sum(blank) * 2 > len(blank)


def _order(value: Any) -> list[str] | None:
    return list(value) if isinstance(value, dict) else None


def _new_section(name: str, value: Any, newline: str) -> Piece:
    pieces = cut(parse(write_section(name, value).replace("\n", newline)))
    if pieces is None:
        return Piece(name, write_section(name, value).replace("\n", newline))
    return pieces[1][0]


def _remove_section(row: _Row, piece: Piece) -> None:
    """Takes out a section; one with comments of its own stays there, empty."""
    emptied = piece.copied()
    if piece.parts is not None:
        inner = _Row(Piece(None, emptied.text), emptied.parts or [], emptied.indent, row.newline)
        for part in list(inner.pieces):
            inner.remove(part)
        last = row.before(piece)
        above = last.copied().detached(row.newline)
        emptied = Piece(piece.name, inner.head.text)
        own = emptied.copied()
        own.parts = []
        own.detached(row.newline)
        if Outline(own.text).comments or _attached(above, 0) < len(above):
            end = Outline(emptied.text).places[0].end
            empty = " []" if piece.listed else " {}"
            emptied.text = emptied.text[:end] + empty + emptied.text[end:]
            row.replace(piece, emptied)
            return
        emptied = row.replace(piece, emptied)
        row.remove(emptied)
        return
    row.remove(row.replace(piece, emptied))


def _change_section(piece: Piece, before: Any, after: Any, newline: str) -> None:
    if (
        piece.parts is not None
        and piece.listed
        and isinstance(before, list)
        and isinstance(after, list)
    ):
        if len(before) == len(piece.parts):
            _change_items(piece, before, after, newline)
            return
    elif piece.parts is not None and isinstance(before, dict) and isinstance(after, dict):
        names = {part.name for part in piece.parts}
        stay = [name for name in before if name in after]
        if names.issuperset(before) and stay == [name for name in after if name in before]:
            _change_entries(piece, before, after, newline)
            return
    fresh = _new_section(str(piece.name), after, newline)
    row = _Row(Piece(None, ""), [piece], 0, newline)
    row.rewrite(piece, fresh.whole().replace(newline, "\n"))
    pieces = cut(parse(piece.text))
    if pieces is not None and pieces[1]:
        piece.text, piece.parts = pieces[1][0].text, pieces[1][0].parts
        piece.indent, piece.listed = pieces[1][0].indent, pieces[1][0].listed


def _change_entries(
    piece: Piece, before: Mapping[str, Any], after: Mapping[str, Any], newline: str
) -> None:
    assert piece.parts is not None
    head = Piece(None, piece.text)
    row = _Row(head, piece.parts, piece.indent, newline)
    renamed = _renamed(before, after)
    parts: dict[str | None, Piece] = {part.name: part for part in row.pieces}
    for old, new in renamed.items():
        part = parts[new] = parts.pop(old)
        part.name = new
        row.rewrite(part, write_entry(new, after[new], piece.indent), {old: new})
    for name in before:
        if name not in after and name not in renamed:
            row.remove(parts.pop(name))
    previous: Piece | None = None
    at_end = piece.name == "layout"
    for name, value in after.items():
        found = parts.get(name)
        part = found or Piece(name, "")
        if found is None:
            part.text = write_entry(name, value, piece.indent).replace("\n", newline)
            if at_end and row.pieces:
                previous = row.pieces[-1]
            row.insert(part, previous)
        elif name not in renamed.values() and (name not in before or before[name] != value):
            row.rewrite(part, write_entry(name, value, piece.indent))
        previous = part
    piece.text = head.text


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """Old and new names of entries that stand in the same place and else say the same."""
    gone = _runs(before, after)
    come = _runs(after, before)
    renamed = {}
    for place, names in come.items():
        waiting = gone.get(place, [])
        for new in names:
            for old in waiting:
                if _with(before[old], old, new) == after[new]:
                    renamed[old] = new
                    waiting.remove(old)
                    break
    return renamed


def _runs(names: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, list[str]]:
    """The names that `others` has not, by the one before them that it has."""
    runs: dict[str, list[str]] = {}
    last = ""
    for name in names:
        if name in others:
            last = name
        else:
            runs.setdefault(last, []).append(name)
    return runs


def _with(value: Any, old: str, new: str) -> Any:
    if isinstance(value, dict):
        return {new if key == old else key: _with(part, old, new) for key, part in value.items()}
    if isinstance(value, list):
        return [_with(part, old, new) for part in value]
    return new if value == old else value


def _change_items(piece: Piece, before: list[Any], after: list[Any], newline: str) -> None:
    assert piece.parts is not None
    head = Piece(None, piece.text)
    row = _Row(head, list(piece.parts), piece.indent, newline)
    old = [write_item(value, piece.indent) for value in before]
    new = [write_item(value, piece.indent) for value in after]
    originals = list(piece.parts)
    previous: Piece | None = None
    for step, low, high, first, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if step == "equal":
            previous = originals[high - 1]
            continue
        shared = min(high - low, end - first)
        for offset in range(shared):
            previous = originals[low + offset]
            row.rewrite(previous, new[first + offset])
        for part in originals[low + shared : high]:
            row.remove(part)
        for text in new[first + shared : end]:
            part = Piece("", text.replace("\n", newline))
            row.insert(part, previous)
            previous = part
    piece.text, piece.parts = head.text, row.pieces
