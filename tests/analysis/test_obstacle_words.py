"""The table of what obstacles say: each message once, each sort met somewhere, no sort unknown."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import lambdaplanner.analysis
from lambdaplanner.analysis import obstacles
from lambdaplanner.analysis.obstacle_words import GROUP_REASONS, GROUP_REMEDIES
from lambdaplanner.analysis.obstacles import WORDS

FOLDER = Path(lambdaplanner.analysis.__file__).parent
TABLES = {"obstacle_words.py", "end_words.py", "gateway_words.py"}


def places() -> Iterator[ast.Module]:
    """The modules of the package that meet obstacles, without the tables of words."""
    for path in FOLDER.glob("*.py"):
        if path.name not in TABLES:
            yield ast.parse(path.read_text(encoding="utf-8"))


def texts() -> set[str]:
    """Every text that those modules hold, also as parts of others."""
    nodes = (node for tree in places() for node in ast.walk(tree))
    return {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def named_sorts() -> set[str]:
    """What is given to `block` by name."""
    calls = (
        node
        for tree in places()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "block"
    )
    sorts = (call.args[2] for call in calls if len(call.args) > 2)
    return {str(one.value) for one in sorts if isinstance(one, ast.Constant)}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_sort_that_is_met_has_words() -> None:
    assert len(named_sorts()) > 40
    assert named_sorts() <= WORDS.keys()


def test_every_sort_is_met_somewhere() -> None:
    known = texts()
    begun = {sort for sort in WORDS if sort.startswith("igw-rfc") and "igw-rfc" in known}
    assert WORDS.keys() - known - begun == set()


@pytest.mark.parametrize("table", [GROUP_REASONS, GROUP_REMEDIES])
def test_the_words_of_groups_are_used(table: dict[str, object]) -> None:
    relations = {
        "lost",
        "transit",
        "transit-off",
        "middlebox",
    }  # how groups are known at the far end
    assert table.keys() - texts() - relations == set()


def test_each_message_stands_there_once() -> None:
    messages = [words.message for words in WORDS.values()]
    messages += [why for _, why in GROUP_REASONS.values()]
    assert len(messages) == len(set(messages))


def test_no_place_has_words_of_its_own() -> None:
    """A sentence with its full stop is for the table."""
    calls = (
        node
        for tree in places()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("block", "Obstacle")
    )
    given = (one for call in calls for one in (*call.args, *(k.value for k in call.keywords)))
    sentences = [
        one.value
        for one in given
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and " " in one.value
    ]
    assert sentences == []
    assert not any(isinstance(one, ast.JoinedStr) and " " in ast.unparse(one) for one in given)


def test_messages_are_sentences() -> None:
    for sort, words in WORDS.items():
        assert words.message.endswith("."), sort
        assert words.fix.endswith((".", "{advice}", "{remedy}")), sort
        assert fields(words.code) <= {"code"}, sort
        assert not fields(words.message) & {"message", "fix"}, sort


def test_what_is_derived_is_used() -> None:
    used = {name for words in WORDS.values() for text in words for name in fields(text)}
    assert obstacles.DERIVED.keys() <= used
