"""Results that remember what was read for them."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.reading import Readings


def test_a_result_is_found_out_once() -> None:
    readings = Readings()
    answers = iter(["first", "second"])

    assert readings.of("key", lambda: next(answers)) == "first"
    assert readings.of("key", lambda: next(answers)) == "first"


def test_what_was_read_for_a_part_was_read_for_the_whole() -> None:
    readings = Readings()

    def part() -> str:
        readings.note(["table"])
        return "part"

    def whole() -> str:
        readings.note(["group"])
        return readings.of("part", part) + " of a whole"

    readings.of("part", part)
    readings.of("whole", whole)

    assert readings.recall("whole") == ("part of a whole", frozenset({"table", "group"}))
    kept = readings.without(frozenset({"group"}))
    assert kept.recall("part") == ("part", frozenset({"table"}))
    assert kept.recall("whole") is None
    assert readings.without(frozenset({"table"})).recall("part") is None


def test_a_question_that_fails_leaves_nothing_open() -> None:
    readings = Readings()

    def fails() -> str:
        readings.note(["table"])
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  # it has nothing to say
        readings.of("key", fails)

    assert readings.of("other", lambda: "found") == "found"
    assert readings.recall("other") == ("found", frozenset())


def test_what_one_state_finds_out_others_know_where_nothing_read_for_it_differs() -> None:
    first = Readings()
    one, other = (first.without(frozenset({name})) for name in ("group", "table"))

    def reading(name: str) -> str:
        one.note([name])
        return f"of the {name}"

    one.of("by group", lambda: reading("group"))
    one.of("by gateway", lambda: reading("gateway"))

    assert other.recall("by gateway") == ("of the gateway", frozenset({"gateway"}))
    assert first.recall("by group") is None
    assert other.recall("by group") is None
    assert one.without(frozenset({"table"})).recall("by group") is not None
    assert one.without(frozenset({"group"})).recall("by group") is None
    assert first.without(frozenset({"gateway"})).recall("by gateway") is None
