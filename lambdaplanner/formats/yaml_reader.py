"""YAML text to a tree of mappings, lists and text, with places: no types guessed, every problem at
once.

libyaml's events are read directly; that costs a sixth of `yaml.load` and keeps the place of
everything. The limits (size, depth, aliases) make every file end in a tree or a problem within
seconds.
"""

from __future__ import annotations

import yaml

from lambdaplanner.errors import Problem
from lambdaplanner.formats.collecting import collector_paused
from lambdaplanner.formats.yaml_builder import MAX_VALUES, Builder, Stop
from lambdaplanner.formats.yaml_complaints import explained, unprintable
from lambdaplanner.formats.yaml_tree import Map, Tree

MAX_BYTES = 32_000_000
"""Ten times a plan of ten thousand things."""
MOST_MARKS = 4 * MAX_VALUES
"""Colons, dashes and commas before blanks, above which a file is not read to where its values are
too many: that costs seconds.
"""


def parse(source: str | bytes) -> Tree:
    """The tree of a text, or of the bytes of a file. Never raises: what is wrong is in
    `Tree.problems`.

    With problems that leave the structure whole (duplicate keys, tags, ...) the root holds
    everything that could be read; where the text cannot be read to its end, `Tree.broken` is true
    and the root is empty.
    """
    if len(source) > MAX_BYTES:
        return _refused(f"the file is larger than {MAX_BYTES // 1_000_000} MB; that is no plan")
    bom = False
    if isinstance(source, bytes):
        if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return _refused("the file is UTF-16 text; save it as UTF-8")
        bom = source.startswith(b"\xef\xbb\xbf")
        try:
            text = source.decode("utf-8")
        except UnicodeDecodeError as error:
            return _undecodable(source, error)
    else:
        text = source
    if text.startswith("\ufeff"):
        bom, text = True, text[1:]
    tree = Tree(text, bom=bom)
    if "\0" in text:
        _note(tree, unprintable(text))
        return tree
    if _marks(text) > MOST_MARKS:
        return _refused(f"the file holds more than {MAX_VALUES:,} values; that is no plan")
    try:
        with collector_paused():
            Builder(tree).build()
    except Stop:
        tree.root, tree.broken = Map(), True
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        tree.root = Map()
        _note(tree, explained(error, text))
    return tree


def _marks(text: str) -> int:
    """About how many values a text holds, found in no time: text in quotes and comments counts."""
    return sum(map(text.count, (": ", ":\n", "- ", ", ")))


def _note(tree: Tree, complaint: tuple[str, int] | None) -> None:
    tree.broken = True
    if complaint is not None:
        message, index = complaint
        line, column = tree.position(index)
        tree.problems.append(Problem(message, (), line, column))


def _refused(message: str, line: int = 1, column: int = 1) -> Tree:
    tree = Tree("")
    tree.broken = True
    tree.problems.append(Problem(message, (), line, column))
    return tree


def _undecodable(data: bytes, error: UnicodeDecodeError) -> Tree:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    if b"\0" in data:
        return _refused("this is not a text file: it holds NUL bytes", line, column)
    byte = data[error.start]
    return _refused(
        f"the byte 0x{byte:02X} is not UTF-8 text; save the file as UTF-8", line, column
    )
