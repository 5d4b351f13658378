"""Where everything in a YAML text stands, comments included; for edits and for the formatter."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from yaml.events import DocumentStartEvent, MappingStartEvent, SequenceStartEvent

from lambdaplanner.formats import yaml_builder

_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_COMMENT = re.compile("#[^\n\r\x85\u2028\u2029]*")
_HEADER = re.compile("[|>][-+0-9]*[ \t]*(#[^\n\r\x85\u2028\u2029]*)?")
_SPACES = re.compile(" *")
_KEEPING = re.compile(r"[|>][0-9]*\+")


@dataclass(slots=True, eq=False)
class Place:
    """One value of a text: what stands under a key, or one item of a list."""

    part: str | int
    """Its key or its index."""
    parent: Place | None
    start: int
    """Where its key begins, or the item."""
    end: int = 0
    """Behind its last character; comments behind it do not count."""
    text: str | None = None
    """What a scalar says."""
    flow: bool = False
    """Whether it is written in braces or brackets."""
    children: list[Place] = field(default_factory=list)

    def content(self) -> Any:
        """What it says, without its key; equal for equal content."""
        if self.text is not None:
            return self.text
        return [(child.part, child.content()) for child in self.children]

    def climb(self) -> Iterator[Place]:
        """Itself, its parent, and so on up to the root."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent

    def onwards(self) -> Iterator[Place]:
        """Itself, and what follows it in the same mapping or list."""
        yield self
        if self.parent is not None:
            siblings = self.parent.children
            yield from siblings[siblings.index(self) + 1 :]


@dataclass(slots=True)
class Comment:
    """A comment, from its ``#`` to the end of its line."""

    index: int
    text: str
    own_line: bool
    column: int


class Outline:
    """The places and comments of a text that can be parsed. Raises yaml.YAMLError for one that
    cannot.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *(found.end() for found in _BREAK.finditer(text))]
        """Where each line begins."""
        self.root = Place("", None, 0)
        self.places: list[Place] = []
        """Everything but the root, in the order of the text, what holds something before what it
        holds.
        """
        self.comments: list[Comment] = []
        self._seen = 0
        self._get = yaml_builder.PARSER(text).get_event
        self._read()

    def line(self, index: int) -> int:
        """The number, from 0, of the line of a character."""
        return bisect_right(self.lines, index) - 1

    def indent(self, index: int) -> int:
        """How many columns the line of a character is indented."""
        begin = self.lines[self.line(index)]
        found = _SPACES.match(self.text, begin)
        return len(found.group()) if found else 0

    def inner_column(self, place: Place) -> int:
        """How far in the keys or the dashes of a mapping or list stand that is not written in
        braces.
        """
        first = place.children[0]
        if isinstance(first.part, int):
            return self.indent(first.start)
        return first.start - self.lines[self.line(first.start)]

    def line_end(self, index: int) -> int:
        """Where the line after that of a character begins, or the end of the text."""
        line = self.line(index) + 1
        return self.lines[line] if line < len(self.lines) else len(self.text)

    def _read(self) -> None:
        self._get()
        if isinstance(self._get(), DocumentStartEvent):
            self._value(self._get(), self.root)
        self._comments_to(len(self.text))

    def _value(self, event: Any, place: Place) -> None:
        if isinstance(event, MappingStartEvent):
            place.flow = bool(event.flow_style)
            while not self._closing(event := self._get(), place):
                key = self._get_child(place, getattr(event, "value", ""), event)
                self._scalar(event)
                self._value(self._get(), key)
        elif isinstance(event, SequenceStartEvent):
            place.flow = bool(event.flow_style)
            while not self._closing(event := self._get(), place):
                self._value(event, self._get_child(place, len(place.children), event))
        else:
            place.text = getattr(event, "value", "")
            place.end = self._scalar(event)

    def _closing(self, event: Any, place: Place) -> bool:
        if not event.__class__.__name__.endswith("EndEvent"):
            return False
        if place.flow:
            place.end = event.end_mark.index
        elif place.children:
            place.end = place.children[-1].end
        return True

    def _get_child(self, parent: Place, part: str | int, event: Any) -> Place:
        child = Place(part, parent, event.start_mark.index)
        parent.children.append(child)
        self.places.append(child)
        return child

    def _scalar(self, event: Any) -> int:
        """Collects the comments before a scalar; where the scalar ends."""
        start, end = event.start_mark.index, event.end_mark.index
        self._comments_to(start)
        if getattr(event, "style", None) in ("|", ">"):
            header = _HEADER.match(self.text, start)
            if header is not None and header.group(1):
                self._comment(header.start(1), header.group(1))
            if not _KEEPING.match(self.text, start):
                end = start + len(self.text[start:end].rstrip())
        self._seen = max(self._seen, event.end_mark.index)
        return int(end)

    def _comments_to(self, end: int) -> None:
        position = self._seen
        while (found := _COMMENT.search(self.text, position, max(end, position))) is not None:
            self._comment(found.start(), found.group())
            position = found.end()

    def _comment(self, index: int, text: str) -> None:
        begin = self.lines[self.line(index)]
        before = self.text[begin:index]
        own = not before.strip()
        self.comments.append(Comment(index, text.rstrip(), own, len(before)))
