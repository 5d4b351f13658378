"""Text of a CloudFormation or SAM template, YAML or JSON, to mappings, lists and text.

Nothing is evaluated here: a short-form tag becomes the function that it abbreviates. What cannot be
read in one place (a key given twice, a tag that nobody knows) stands there as `UNREADABLE` with the
reason; the rest of the template stays.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

from __future__ import annotations

from typing import Any

import yaml

from lambdaplanner.formats.collecting import collector_paused
from lambdaplanner.formats.yaml_builder import Builder, Stop
from lambdaplanner.formats.yaml_complaints import explained, too_deep, unprintable
from lambdaplanner.formats.yaml_tree import Map, Node, Path, Seq, Tree

MAX_BYTES = 32_000_000
"""AWS takes templates of 1 MB."""
MAX_DEPTH = 100
UNREADABLE = "Fn::Unreadable"
"""Key of a mapping that stands for a value which nobody can read; its value says why."""

_WITHOUT_PREFIX = {"Ref", "Condition"}
_FUNCTIONS = {
    *_WITHOUT_PREFIX,
    *("And", "Base64", "Cidr", "Equals", "FindInMap", "GetAtt", "GetAZs", "GetStackOutput", "If"),
    *("ImportValue", "Join", "Length", "Not", "Or", "Select", "Split", "Sub", "ToJsonString"),
    *("Transform",),
}
_PLAIN_TAGS = {"str", "int", "float", "bool", "map", "seq", "null"}


class TemplateUnreadable(ValueError):
    """One sentence for a person: why a text is no template."""


def read(text: str) -> Map:
    """The mapping that a YAML text is. Raises TemplateUnreadable."""
    if len(text) > MAX_BYTES:
        raise TemplateUnreadable(f"larger than {MAX_BYTES // 1_000_000} MB; that is no template")
    tree = Tree(text.removeprefix("\ufeff"))
    complaint: tuple[str, int] | None = unprintable(tree.text) if "\0" in tree.text else None
    if complaint is None:
        try:
            with collector_paused():
                _TemplateBuilder(tree).build()
        except Stop:
            tree.broken = True
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            complaint = explained(error, tree.text)
    if complaint is not None:
        line, column = tree.position(complaint[1])
        raise TemplateUnreadable(f"line {line}, column {column}: {complaint[0]}")
    if tree.broken:
        last = tree.problems[-1]
        raise TemplateUnreadable(f"line {last.line}, column {last.column}: {last.message}")
    return tree.root


def of_json(value: Any, depth: int = MAX_DEPTH) -> Node:
    """A value of a JSON reader as the YAML reader would give it. Raises TemplateUnreadable."""
    if depth <= 0:
        raise TemplateUnreadable(too_deep(MAX_DEPTH, "template"))
    if isinstance(value, dict):
        return Map([(key, of_json(inner, depth - 1)) for key, inner in value.items()])
    if isinstance(value, list):
        return Seq([of_json(inner, depth - 1) for inner in value])
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _twice(key: str) -> Map:
    return Map({UNREADABLE: f"{key} is given twice"})


class _TemplateBuilder(Builder):
    """The plan's reader with the tags, merge keys and depth of templates."""

    NOUN = "template"
    DEPTH = MAX_DEPTH

    __slots__ = ()

    def _tagged(self, event: Any, path: Path) -> None:
        """Tags have their meaning here."""

    def _duplicate(self, key: str, event: Any, mapping: Map, path: Path) -> None:
        """Both values are looked at where the second one is read."""

    def _again(self, mapping: Map, key: str, value: Node) -> None:
        if mapping[key] != value:
            mapping[key] = _twice(key)

    def _merges(self, event: Any, path: Path) -> bool:
        self._special(event, event.value, path)
        return False

    def _meant(self, event: Any, node: Node) -> Node:
        if isinstance(node, Map) and "<<" in node:
            node = _merged(node)
        tag = event.tag
        if tag is None or tag == "!" or tag.removeprefix("tag:yaml.org,2002:") in _PLAIN_TAGS:
            return node
        word = tag.removeprefix("!")
        if word not in _FUNCTIONS:
            return Map({UNREADABLE: f"{tag[:40]} is no function of CloudFormation"})
        if word == "GetAtt" and isinstance(node, str):
            node = Seq(node.split(".", 1))
        return Map({word if word in _WITHOUT_PREFIX else f"Fn::{word}": node})


def _merged(node: Map) -> Map:
    """A mapping with what its merge key adds; its own keys win."""
    added = node.pop("<<")
    found = Map(node)
    found.places = node.places
    for one in added if isinstance(added, Seq) else (added,):
        for key, value in one.items() if isinstance(one, Map) else ():
            found.setdefault(key, value)
    return found
