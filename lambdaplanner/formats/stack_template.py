"""Text of a CloudFormation or SAM template, YAML or JSON, to mappings, lists and text.

Nothing is evaluated here: a short-form tag becomes the function that it abbreviates. What cannot be
read in one place (a key given twice, a tag that nobody knows) stands there as `UNREADABLE` with the
reason; the rest of the template stays.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
"""

from __future__ import annotations

import codecs
import json
from typing import Any

import yaml

from lambdaplanner.formats.collecting import collector_paused
from lambdaplanner.formats.yaml_builder import Builder, Stop
from lambdaplanner.formats.yaml_complaints import explained, too_deep, unprintable
from lambdaplanner.formats.yaml_tree import Map, Node, Path, Seq, Tree

MAX_BYTES = 64_000_000
"""AWS takes templates of 1 MB; more is no template."""
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
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class TemplateUnreadable(ValueError):
    """One sentence for a person: why a text is no template."""


def read(data: str | bytes) -> Map:
    """The mapping that a text is. Raises TemplateUnreadable."""
    if len(data) > MAX_BYTES:
        raise TemplateUnreadable(f"larger than {MAX_BYTES // 1_000_000} MB; that is no template")
    text = data if isinstance(data, str) else _decoded(data)
    with collector_paused():
        return _json(text) if text.lstrip()[:1] == "{" else _yaml(text)


def _decoded(data: bytes) -> str:
    encoding = next((name for bom, name in _BOMS.items() if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TemplateUnreadable(f"line {line} is not {encoding[:6].upper()} text") from error


def _json(text: str) -> Map:
    """JSON by its own reader, since YAML refuses some of it; YAML in braces where it is none."""
    try:
        found = json.loads(
            text, object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        try:
            return _yaml(text)
        except TemplateUnreadable:
            where = f"line {error.lineno}, column {error.colno}"
            raise TemplateUnreadable(f"{where}: this is not valid JSON: {error.msg}") from error
    except RecursionError:
        raise TemplateUnreadable(too_deep(MAX_DEPTH, "template")) from None
    root = _plain(found, MAX_DEPTH)
    assert isinstance(root, Map)
    return root


def _object(pairs: list[tuple[str, Any]]) -> Map:
    found = Map()
    for key, value in pairs:
        if key not in found:
            found[key] = value
        elif found[key] != value:
            found[key] = _twice(key)
    return found


def _plain(value: Any, depth: int) -> Node:
    """A value of the JSON reader as the YAML reader would give it."""
    if depth <= 0:
        raise TemplateUnreadable(too_deep(MAX_DEPTH, "template"))
    if isinstance(value, dict):
        return Map((key, _plain(inner, depth - 1)) for key, inner in value.items())
    if isinstance(value, list):
        return Seq(_plain(inner, depth - 1) for inner in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else value


def _yaml(text: str) -> Map:
    tree = Tree(text.removeprefix("\ufeff"))
    complaint: tuple[str, int] | None = unprintable(tree.text) if "\0" in tree.text else None
    if complaint is None:
        try:
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
