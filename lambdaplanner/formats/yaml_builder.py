"""From the parser's events to a tree, noting everything that has no place in a plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from lambdaplanner.errors import Problem
from lambdaplanner.formats.yaml_complaints import MAX_DEPTH, too_deep
from lambdaplanner.formats.yaml_tree import Map, Node, Path, Seq, Tree

PARSER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Where the events come from: libyaml, or PyYAML's own slower parser where libyaml is not built in.
"""

MAX_ALIASED = 10_000
"""How many nodes aliases may add to a file altogether; more is an attack or an accident."""
MAX_ALIASED_TEXT = 1_000_000
"""How many characters they may add."""
MAX_VALUES = 300_000
"""How many values a file may hold; three times a plan of ten thousand things."""
MAX_PROBLEMS = 100
_ENDS = (MappingEndEvent, SequenceEndEvent)
_STARTS = (MappingStartEvent, SequenceStartEvent)


class Stop(Exception):
    """Nothing more can be read; the problem is noted."""


class Builder:
    """Fills a tree from the events of its text. `build` raises Stop where it cannot go on, and what
    the parser raises.
    """

    NOUN: ClassVar = "plan"
    """What the text should be, for messages."""
    DEPTH: ClassVar = MAX_DEPTH

    __slots__ = ("aliased", "aliased_text", "anchors", "careful", "get", "tree", "values")

    def __init__(self, tree: Tree) -> None:
        text = tree.text
        self.tree = tree
        self.get: Callable[[], Any] = PARSER(text).get_event
        self.careful = "&" in text or "*" in text or "!" in text or "<<" in text
        """Whether there can be anchors, aliases, tags or merge keys at all."""
        self.anchors: dict[str, Node] = {}
        self.aliased = 0
        self.aliased_text = 0
        self.values = 0

    def build(self) -> None:
        """Reads the one document of the text."""
        get = self.get
        get()
        event = get()
        if event.__class__ is not DocumentStartEvent:
            self._stop(
                "the file is empty"
                if not self.tree.text.strip()
                else "the file holds only comments",
                event,
            )
        event = get()
        if event.__class__ is MappingStartEvent:
            if self.careful:
                self._tagged(event, ())
            self.tree.braced = bool(event.flow_style)
            self.tree.root = self._mapping(())
        elif event.__class__ is SequenceStartEvent:
            self._stop(f"a {self.NOUN} is a mapping of sections, not a list", event)
        elif event.__class__ is ScalarEvent and event.value == "" and not event.style:
            self._stop("the file is empty", event)
        else:
            self._stop(f"a {self.NOUN} is a mapping of sections, not a single text", event)
        get()
        event = get()
        if event.__class__ is not StreamEndEvent:
            self._stop(f"a second document begins here; a file holds one {self.NOUN}", event)

    def _mapping(self, path: Path) -> Map:
        get, careful = self.get, self.careful
        mapping = Map()
        places: dict[str, tuple[int, int]] = {}
        mapping.places = places
        while True:
            event = get()
            kind = event.__class__
            if kind is ScalarEvent:
                key = event.value
                place = event.start_mark.index
                skipped = key in mapping
                if skipped:
                    self._duplicate(key, event, mapping, path)
                elif careful and self._merges(event, path):
                    skipped = True
            elif kind is MappingEndEvent:
                break
            else:
                self._odd_key(event, path)
                continue
            event = get()
            kind = event.__class__
            value: Node
            self.values += 1
            if self.values > MAX_VALUES:
                self._too_many(event)
            if kind is ScalarEvent:
                value = event.value
                if careful and (event.tag is not None or event.anchor is not None):
                    value = self._special(event, value, (*path, key))
            else:
                value = self._node(event, (*path, key))
            if not skipped:
                mapping[key] = value
                places[key] = (place, event.start_mark.index)
            elif key in mapping:
                self._again(mapping, key, value)
        return mapping

    def _sequence(self, path: Path) -> Seq:
        get, careful = self.get, self.careful
        items = Seq()
        places: list[int] = []
        items.places = places
        while True:
            event = get()
            kind = event.__class__
            value: Node
            self.values += 1
            if self.values > MAX_VALUES:
                self._too_many(event)
            if kind is ScalarEvent:
                value = event.value
                if careful and (event.tag is not None or event.anchor is not None):
                    value = self._special(event, value, (*path, len(items)))
            elif kind is SequenceEndEvent:
                break
            else:
                value = self._node(event, (*path, len(items)))
            items.append(value)
            places.append(event.start_mark.index)
        return items

    def _node(self, event: Any, path: Path) -> Node:
        if event.__class__ is AliasEvent:
            return self._alias(event, path)
        if len(path) >= self.DEPTH:
            self._too_deep(event, path)
        if self.careful:
            self._tagged(event, path)
        node = self._mapping(path) if event.__class__ is MappingStartEvent else self._sequence(path)
        return self._kept(event, node) if self.careful else node

    def _special(self, event: Any, value: Node, path: Path) -> Node:
        self._tagged(event, path)
        return self._kept(event, value)

    def _kept(self, event: Any, node: Node) -> Node:
        node = self._meant(event, node)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
            self.tree.anchored = True
        return node

    def _meant(self, event: Any, node: Node) -> Node:  # noqa: ARG002  # for readers that know tags
        """What a node stands for with its tag; a plan has none."""
        return node

    def _again(self, mapping: Map, key: str, value: Node) -> None:
        """What becomes of the value of a key that stands there already: the first one counts."""

    def _tagged(self, event: Any, path: Path) -> None:
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            self._problem(
                f"the YAML tag {tag} has no place in a plan; write the plain value", event, path
            )

    def _merges(self, event: Any, path: Path) -> bool:
        """Looks at a key with care; whether it is a merge key, which is said and left out."""
        self._special(event, event.value, (*path, event.value))
        if event.value != "<<" or event.style:
            return False
        self._problem(
            "merge keys (<<) have no place in a plan; write the keys out",
            event,
            (*path, "<<"),
            on_key=True,
        )
        return True

    def _odd_key(self, event: Any, path: Path) -> None:
        """A list, a mapping or an alias as key: said, and read past together with its value."""
        if event.__class__ is AliasEvent:
            self._problem(
                f"an alias (*{event.anchor}) cannot be a key; write the key out", event, path
            )
        else:
            what = "a list" if event.__class__ is SequenceStartEvent else "a mapping"
            self._problem(f"{what} cannot be a key; a key is one plain text", event, path)
            self._skip(event, path)
        value = self.get()
        if value.__class__ in _STARTS:
            self._skip(value, path)

    def _skip(self, event: Any, path: Path) -> None:
        open_nodes = 1
        while open_nodes:
            event = self.get()
            self.values += 1
            if self.values > MAX_VALUES:
                self._too_many(event)
            if event.__class__ in _STARTS:
                open_nodes += 1
            elif event.__class__ in _ENDS:
                open_nodes -= 1
            if open_nodes + len(path) > self.DEPTH:
                self._too_deep(event, path)

    def _alias(self, event: Any, path: Path) -> Node:
        name = event.anchor
        if name not in self.anchors:
            self._problem(
                f"the alias *{name} has no finished anchor &{name} before it", event, path
            )
            return ""
        return self._copy(self.anchors[name], event, path, len(path))

    def _copy(self, node: Node, event: Any, path: Path, depth: int) -> Node:
        """The node once more, so that the result is a tree; counted, so that aliases of aliases
        cannot explode.
        """
        self.aliased += 1
        if self.aliased > MAX_ALIASED:
            self._stop(f"aliases add more than {MAX_ALIASED:,} values; write them out", event, path)
        if depth > self.DEPTH:
            self._too_deep(event, path)
        if isinstance(node, Map):
            mapping = Map(
                (key, self._copy(value, event, path, depth + 1)) for key, value in node.items()
            )
            mapping.places = node.places
            return mapping
        if isinstance(node, Seq):
            items = Seq(self._copy(value, event, path, depth + 1) for value in node)
            items.places = node.places
            return items
        self.aliased_text += len(node)
        if self.aliased_text > MAX_ALIASED_TEXT:
            self._stop(
                f"aliases add more text than any {self.NOUN} holds; write it out", event, path
            )
        return node

    def _duplicate(self, key: str, event: Any, mapping: Map, path: Path) -> None:
        first, _ = self.tree.position(mapping.places[key][0])
        line, _ = self.tree.position(event.start_mark.index)
        lines = f"both in line {line}" if line == first else f"in lines {first} and {line}"
        self._problem(
            f'the key "{key}" is given twice, {lines}; keep one', event, (*path, key), on_key=True
        )

    def _problem(
        self, message: str, event: Any, path: Sequence[str | int], *, on_key: bool = False
    ) -> None:
        line, column = self.tree.position(event.start_mark.index)
        self.tree.problems.append(Problem(message, tuple(path), line, column, on_key=on_key))
        if len(self.tree.problems) >= MAX_PROBLEMS:
            more = f"reading stopped after {MAX_PROBLEMS} problems; there may be more"
            self.tree.problems.append(Problem(more, (), line, column))
            raise Stop

    def _too_deep(self, event: Any, path: Sequence[str | int]) -> NoReturn:
        self._stop(too_deep(self.DEPTH, self.NOUN), event, path)

    def _too_many(self, event: Any) -> NoReturn:
        self._stop(
            f"the file holds more than {MAX_VALUES:,} values, of which the last one read is here; "
            f"that is no {self.NOUN}",
            event,
        )

    def _stop(self, message: str, event: Any, path: Sequence[str | int] = ()) -> NoReturn:
        self._problem(message, event, path)
        raise Stop
