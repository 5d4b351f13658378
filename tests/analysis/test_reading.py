"""Results that remember what was read for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from lambdaplanner.analysis.reading import ReadBy, Readings

TABLE = frozenset({"table"})


def nothing(_look: object) -> object:
    """What looks say where none is taken."""
    raise AssertionError


class Row(NamedTuple):
    """A look at one row of a table."""

    source: str
    number: int


def saying(*rows: str) -> Callable[[Row], str]:
    """A state in which the table has these rows."""
    return lambda look: rows[look.number]


def test_a_result_is_found_out_once() -> None:
    readings = Readings(nothing)
    answers = iter(["first", "second"])

    assert readings.of("key", lambda: next(answers)) == "first"
    assert readings.of("key", lambda: next(answers)) == "first"


def test_what_was_read_for_a_part_was_read_for_the_whole() -> None:
    readings = Readings(nothing)

    def part() -> str:
        readings.note(["table"])
        return "part"

    def whole() -> str:
        readings.note(["group"])
        return readings.of("part", part) + " of a whole"

    readings.of("part", part)
    readings.of("whole", whole)

    whole_one = readings.recall("whole")
    assert whole_one is not None
    assert whole_one.reads == frozenset({"table", "group"})
    kept = readings.without(frozenset({"group"}), nothing)
    part_one = kept.recall("part")
    assert part_one is not None
    assert part_one.reads == TABLE
    assert kept.recall("whole") is None
    assert readings.without(TABLE, nothing).recall("part") is None


def test_a_question_that_fails_leaves_nothing_open() -> None:
    readings = Readings(nothing)

    def fails() -> str:
        readings.note(["table"])
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # it has nothing to say
        readings.of("key", fails)

    assert readings.of("other", lambda: "found") == "found"
    found = readings.recall("other")
    assert found is not None
    assert (found.value, found.reads) == ("found", frozenset())


def test_what_one_state_finds_out_others_know_where_nothing_read_for_it_differs() -> None:
    first = Readings(nothing)
    one, other = (first.without(frozenset({name}), nothing) for name in ("group", "table"))

    def reading(name: str) -> str:
        one.note([name])
        return f"of the {name}"

    one.of("by group", lambda: reading("group"))
    one.of("by gateway", lambda: reading("gateway"))

    known = other.recall("by gateway")
    assert known is not None
    assert (known.value, known.reads) == ("of the gateway", frozenset({"gateway"}))
    assert first.recall("by group") is None
    assert other.recall("by group") is None
    assert one.without(frozenset({"table"}), nothing).recall("by group") is not None
    assert one.without(frozenset({"group"}), nothing).recall("by group") is None
    assert first.without(frozenset({"gateway"}), nothing).recall("by gateway") is None


def test_after_an_edit_looks_are_taken_again_and_what_they_say_decides() -> None:
    first = Readings(saying("one", "two"))

    def reading(readings: Readings, number: int) -> str:
        readings.saw(Row("table", number))
        return f"row {number}"

    first.of("first row", lambda: reading(first, 0))
    first.of("second row", lambda: reading(first, 1))
    other = first.without(TABLE, saying("one", "another"))

    assert other.recall("first row") is not None
    assert other.recall("second row") is None
    other.of("second row", lambda: reading(other, 1))
    assert other.without(TABLE, saying("a third", "another")).recall("second row") is not None
    assert other.without(TABLE, saying("a third", "two")).recall("second row") is not None
    kept = first.recall("second row")
    assert kept is not None
    assert other.recall("second row") is not kept


def test_a_state_with_things_of_its_own_shares_nothing_that_it_finds_out() -> None:
    """Another may have things of the same names."""
    first = Readings(nothing)
    first.of("old", lambda: "old")
    alone = first.without(TABLE, nothing, alone=True)
    alone.of("new", lambda: "new")

    assert alone.recall("old") is not None
    assert alone.recall("new") is not None
    assert first.recall("new") is None
    assert alone.without(frozenset({"group"}), nothing).recall("new") is not None


def test_rows_are_found_by_what_was_read_for_them() -> None:
    read = ReadBy([("a", frozenset("xy")), ("b", frozenset("z")), ("c", None), ("d", frozenset())])

    assert read.of("z") == ["b", "c"]
    assert read.of("xy") == ["a", "c"]
    assert read.of(()) == ["c"]
