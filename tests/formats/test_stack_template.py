"""Texts of templates become mappings with functions for tags; nothing in them does any harm."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.formats.stack_template import (
    MAX_DEPTH,
    UNREADABLE,
    TemplateUnreadable,
    of_json,
    read,
)

MEANT = [
    ("a: !Ref B", {"Ref": "B"}),
    ("a: !Condition B", {"Condition": "B"}),
    ("a: !GetAtt B.Outputs.C", {"Fn::GetAtt": ["B", "Outputs.C"]}),
    ("a: !GetAtt [B, C]", {"Fn::GetAtt": ["B", "C"]}),
    ("a: !Sub '${B}-x'", {"Fn::Sub": "${B}-x"}),
    (
        "a: !Join [',', [!Ref B, !Ref C]]",
        {"Fn::Join": [",", [{"Ref": "B"}, {"Ref": "C"}]]},
    ),
    ("a: !Select [0, !GetAZs '']", {"Fn::Select": ["0", {"Fn::GetAZs": ""}]}),
    ("a:\n  Fn::If: [B, 1, 2]", {"Fn::If": ["B", "1", "2"]}),
    ("x: &b {c: 1, d: 2}\na: {<<: *b, d: 3}", {"d": "3", "c": "1"}),
    ("x: &b !Ref C\na: *b", {"Ref": "C"}),
    ("a: 010", "010"),
    ("a: !!str 1", "1"),
    ("a: 1\na: 1", "1"),
]


@pytest.mark.parametrize(("text", "value"), MEANT)
def test_tags_become_functions(text: str, value: object) -> None:
    assert read(text)["a"] == value


@pytest.mark.parametrize(
    "text",
    ["a: 1\na: 2", "a: !Foo [1]", "a: !!python/object/apply:os.system ['true']"],
)
def test_what_is_not_clear_stands_as_unreadable(text: str) -> None:
    assert list(read(text)["a"]) == [UNREADABLE]


REFUSED = [
    ("", "empty"),
    ("- a", "mapping of sections"),
    ("a: [", "line 1"),
    ("a:\n\tb: c", "line 2, column 1: a tab"),
    ("a: 1\n---\nb: 2", "a second document"),
    ("a: " + "[" * 300 + "]" * 300, f"more than {MAX_DEPTH} levels"),
    ("a: &a [x,x,x]\nb: &b [" + "*a," * 99 + "]\nc: [" + "*b," * 99 + "]", "aliases add"),
    ("a: \0", "NUL"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_is_no_template_is_refused_in_a_sentence(text: str, why: str) -> None:
    with pytest.raises(TemplateUnreadable, match=why) as caught:
        read(text)
    assert len(str(caught.value)) < 200


def test_values_of_json_become_text_as_those_of_yaml() -> None:
    assert of_json({"a": [True, 1, 1.5, None, "x"]}) == {"a": ["true", "1", "1.5", "", "x"]}


def test_json_that_is_too_deep_is_refused() -> None:
    value: object = "x"
    for _ in range(MAX_DEPTH + 1):
        value = [value]
    with pytest.raises(TemplateUnreadable, match="levels"):
        of_json(value)


@given(st.text("ab:![]{}&*,-|>\"'<\n #%@`\t\0", max_size=60))
def test_every_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(TemplateUnreadable):
        assert isinstance(read(text), dict)
