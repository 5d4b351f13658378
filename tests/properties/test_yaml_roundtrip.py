"""What the writer writes, PyYAML and the reader read as equal, whatever the texts are."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.formats import yaml_builder
from lambdaplanner.formats.yaml_reader import parse
from lambdaplanner.formats.yaml_writer import write, write_entry, write_item
from tests.effort import examples

PARSERS: list[Any] = [yaml.CSafeLoader, yaml.SafeLoader]

_AWKWARD = """
    yes no on off y n Y N null Null ~ true false = << 1 -1 +1 1.10 1e3 0x1f 0o7 0b1 22:22
    1:20:30 2026-11-23 .5 .inf .NaN 1_000 10.0.0.0/16 ::/0 :: ::1 2001:db8::/32 fe80::
    1:2:3:4:5:6:7:8 a:b a: :a -a - -- --- ... ? ?a a? # #a a#b [a] {a} a,b , & &a *a !a
    !!str | > 'a "a a' a" % %a @a `a http://x.y/?q=1#z a\\nb
    arn:aws:lambda:eu-west-1::function/x 01 08 0 00 1. 1.e3 -.5 a::b::
"""
AWKWARD = _AWKWARD.split()
SPACED = (
    "",
    " ",
    " a",
    "a ",
    "a b",
    "a: b",
    "a #b",
    "a\nb",
    "a\n",
    "\n",
    "\t",
    "a\tb",
    "\ta",
    "- a",
    "? a",
    ": a",
    "a :b",
    "a  b",
    "a  #b",
    "a  : b",
    "a - b",
)
ODD = (
    "\x85",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\x00",
    "\x7f",
    "\xa0",
    "a\xa0",
    "\ufffe",
    "\U0001f600",
    "é",
    "a\r\nb",
    "\x1b[0m",
    "#\ufeff",
)

hand_picked = st.sampled_from((*AWKWARD, *SPACED, *ODD))
pieces = st.lists(
    st.sampled_from("ab01.:/-#,[]{}&*!|>'\"%@`?=~<_+ \n\t\\é\x85\ufeff"),
    max_size=8,
)
texts = hand_picked | pieces.map("".join) | st.text(st.characters(codec="utf-8"), max_size=20)
scalars = texts | st.integers(-(10**12), 10**12) | st.booleans()
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
plans = st.dictionaries(texts, values, min_size=1, max_size=5)


def as_text(value: Any) -> Any:
    """What a reader without types makes of a value."""
    if isinstance(value, dict):
        return {as_text(key): as_text(part) for key, part in value.items()}
    if isinstance(value, list):
        return [as_text(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@examples(200)
@given(plans)
def test_everything_reads_back_as_it_was_written(plan: dict[str, Any]) -> None:
    text = write(plan)
    for parser in PARSERS:
        assert yaml.load(text, Loader=parser) == plan
    tree = parse(text)
    assert tree.problems == []
    assert tree.root == as_text(plan)
    assert parse(text.encode()).root == as_text(plan)


@examples(100)
@given(plans)
def test_the_parser_without_libyaml_makes_the_same_tree(plan: dict[str, Any]) -> None:
    text = write(plan)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_builder, "PARSER", yaml.SafeLoader)
        slow = parse(text)
    fast = parse(text)
    assert slow.problems == []
    assert slow.root == fast.root
    assert slow.root.places == fast.root.places


@examples(150)
@given(texts, values, st.integers(0, 6))
def test_single_entries_and_items_read_back(name: str, value: Any, indent: int) -> None:
    assert yaml.safe_load(write_entry(name, value, indent)) == {name: value}
    assert yaml.safe_load(write_item(value, indent)) == [value]


@examples(200)
@given(texts, st.dictionaries(st.integers(1, 32766), scalars, max_size=3))
def test_numbers_as_keys_stay_numbers(name: str, rules: dict[int, Any]) -> None:
    assert yaml.safe_load(write({"acl": {name: rules}})) == {"acl": {name: rules}}


@examples(300)
@given(
    st.text(max_size=200) | pieces.map("".join) | st.lists(hand_picked, max_size=30).map("".join)
)
def test_any_text_ends_in_a_tree_or_in_problems(text: str) -> None:
    tree = parse(text)
    assert tree.problems or not tree.broken
    for problem in tree.problems:
        assert problem.message
        assert problem.line >= 1
        assert problem.column >= 1


@examples(300)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_tree_or_in_problems(data: bytes) -> None:
    tree = parse(data)
    assert tree.problems or not tree.broken


YAML_WORDS = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        "&x ",
        "*x",
        "!t ",
        "? ",
        "<<: ",
        "\n",
        "\n  ",
        "\n    ",
        "'",
        '"',
        "|",
        "# c",
        "---\n",
    ]
)


@examples(400)
@given(st.lists(YAML_WORDS, max_size=25).map("".join))
def test_any_heap_of_yaml_words_ends_in_a_tree_or_in_problems(text: str) -> None:
    for parser in PARSERS:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_builder, "PARSER", parser)
            tree = parse(text)
        assert tree.problems or not tree.broken
        assert not (tree.broken and tree.root)
