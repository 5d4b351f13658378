"""The small changes with which the tests themselves are tried."""

from __future__ import annotations

import ast

import pytest

from tests.mutants.changes import changes_of


def mutants(text: str) -> list[str]:
    return [change.apply(text) for change in changes_of(text)]


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("a = b == c", ["a = b != c"]),
        ("a = (b) <= (c)", ["a = (b) < (c)"]),
        ("a = b not in c", ["a = b in c"]),
        ("a = b and c or d", ["a = b and c and d", "a = b or c or d"]),
        ("a = not b", ["a = bool(b)"]),
        ("a = 3", ["a = 4"]),
        ("a = True", ["a = False"]),
        ("a = any(b)", ["a = all(b)"]),
        ("def f(): return b", ["def f(): return None"]),
        ("for a in b: continue", ["for a in b: break"]),
        ("a = b + c", ["a = b - c"]),
        ("a: Literal[3] = b", []),
        ('"""Three is 3."""', []),
    ],
)
def test_a_piece_of_code_is_broken_in_its_known_ways(text: str, changed: list[str]) -> None:
    assert sorted(mutants(text)) == sorted(changed)


def test_every_change_leaves_python() -> None:
    text = "def f(a, b):\n    return (\n        a\n        and not b\n        or min(a, 2) > 1)\n"

    assert len(mutants(text)) >= 6
    for mutant in mutants(text):
        ast.parse(mutant)
        assert mutant != text
