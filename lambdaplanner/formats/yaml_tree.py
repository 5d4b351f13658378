"""What the reader makes of a text: mappings and lists that know where in the text they stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, Literal

from lambdaplanner.errors import Problem

Node = Any
"""Text, a `Map` or a `Seq`."""

Path = tuple[str | int, ...]
"""Keys and list indices from the root: ``("subnets", "private-a", "cidr")``."""

_BREAK = re.compile(r"\r\n|\n|\r")


class Map(dict[str, Node]):
    """A mapping from text; `places` has for each key the characters where key and value begin."""

    __slots__ = ("places",)
    places: dict[str, tuple[int, int]]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.places = {}


class Seq(list[Node]):
    """A list; `places` has for each item the character where it begins."""

    __slots__ = ("places",)
    places: list[int]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.places = []


class Tree:
    """A text and what it says. All text values are as written (unquoted), none is turned into
    another type.
    """

    __slots__ = ("_starts", "anchored", "bom", "braced", "broken", "problems", "root", "text")

    def __init__(self, text: str, *, bom: bool = False) -> None:
        self.text = text
        """The whole text, without byte order mark, line ends as they are."""
        self.bom = bom
        """Whether the file began with a byte order mark."""
        self.root = Map()
        self.problems: list[Problem] = []
        self.anchored = False
        """Whether the text uses anchors: parts of it say something that stands elsewhere."""
        self.braced = False
        """Whether the root is written in braces, as JSON is."""
        self.broken = False
        """Whether the text could not be read to its end; the root is empty then."""
        self._starts: list[int] | None = None

    def position(self, index: int) -> tuple[int, int]:
        """Line and column, both from 1, of a character of the text."""
        if self._starts is None:
            self._starts = [0, *(found.end() for found in _BREAK.finditer(self.text))]
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1

    def index(self, path: Sequence[str | int], at: Literal["key", "value"] = "value") -> int:
        """The character where the key or the value at `path` begins, or its nearest parent that is
        there.
        """
        node: Node = self.root
        index = 0
        for depth, part in enumerate(path):
            last = at == "key" and depth == len(path) - 1
            if isinstance(node, Map) and part in node.places:
                index = node.places[str(part)][0 if last else 1]
                node = node.get(str(part))
            elif isinstance(node, Seq) and isinstance(part, int) and 0 <= part < len(node.places):
                index = node.places[part]
                node = node[part] if part < len(node) else None
            else:
                break
        return index

    def locate(
        self, path: Sequence[str | int], at: Literal["key", "value"] = "value"
    ) -> tuple[int, int]:
        """Line and column, both from 1, of the key or the value at `path`, or of its nearest parent
        that is there.
        """
        return self.position(self.index(path, at))
