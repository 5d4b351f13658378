"""What a file can make of reading it: no more lines than anybody reads, and no more time than its
size asks for, counted in steps instead of seconds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest

from lambdaplanner.errors import PlanProblems, Problems
from lambdaplanner.formats import document, picture_plan, plan_file
from lambdaplanner.formats.picture_plan import read_plan, svg_element
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.yaml_builder import MAX_PROBLEMS, MAX_VALUES, Builder
from lambdaplanner.model.specs import Report

HEAD = "lambdaplanner: 1\n"
SHOWN = Problems.MOST


def numbered(line: str, count: int) -> str:
    return "".join(line.replace("@", str(number)) for number in range(count))


def refused(text: str) -> tuple[str, ...]:
    with pytest.raises(PlanProblems) as caught:
        read_text(text, where="p.yaml")
    return caught.value.lines


KINDS: dict[str, Callable[[int], str]] = {
    "many_keys: sections": lambda n: numbered("k@: 1\n", n),
    "keys of a thing": lambda n: (
        "vpcs:\n  v:\n    cidr: 10.0.0.0/16\n" + numbered("    k@: 1\n", n)
    ),
    "values": lambda n: "vpcs:\n" + numbered("  v@: {cidr: 10.0.0.@}\n", n),
    "ids": lambda n: "vpcs:\n" + numbered('  "v @": {cidr: 10.0.0.0/16}\n', n),
    "missing": lambda n: "vpcs:\n" + numbered("  v@: {}\n", n),
    "references": lambda n: (
        "subnets:\n" + numbered("  s@: {vpc: v@, az: a, cidr: 10.0.0.0/24}\n", n)
    ),
    "words": lambda n: "nat_gateways:\n" + numbered("  n@: {mode: zona@}\n", n),
    "rows": lambda n: "expectations:\n" + numbered("  - f@\n", n),
    "places": lambda n: "layout:\n" + numbered("  v@: [1, 2]\n", n),
    "said twice": lambda n: "functions:\n  f:\n    subnets: [" + "s, " * (n + 1) + "]\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_24_of_very_many_problems_a_hundred_are_shown_and_the_rest_counted(kind: str) -> None:
    lines = refused(HEAD + KINDS[kind](SHOWN + 23))
    assert len(lines) == SHOWN + 1
    assert lines[-1].startswith("p.yaml: and ")
    assert lines[-1].endswith(" more problems")


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in ("many_keys: sections", "keys of a thing")]
)
def test_24_reading_stops_once_nobody_reads_on(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Problems, "MOST_ERRORS", 300)
    lines = refused(HEAD + KINDS[kind](900))
    assert len(lines) == SHOWN + 1
    assert lines[-1].endswith("more problems; the rest of the file was not looked at")


def test_24_unknown_keys_are_counted_to_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Problems, "MOST_ERRORS", 300)
    assert refused(HEAD + KINDS["many_keys: sections"](5000))[-1] == (
        "p.yaml: and 4,900 more problems"
    )


def test_24_warnings_are_bounded_as_well() -> None:
    rules = numbered("      - {cidr: 10.0.0.0/8, ports: @}\n", SHOWN + 50)
    text = (
        f"{HEAD}vpcs:\n  v: {{cidr: 10.0.0.0/16}}\nsecurity_groups:\n  g:\n    vpc: v\n"
        f"    inbound:\n{rules}"
    )
    warnings = read_text(text, where="p.yaml").warnings
    assert len(warnings) == SHOWN + 1
    assert warnings[-1].describe("p.yaml") == "p.yaml: and 50 more warnings"


def test_24_what_the_parser_finds_is_bounded_as_well() -> None:
    lines = refused(HEAD + "k: 1\n" * 500)
    assert len(lines) == MAX_PROBLEMS + 1
    assert lines[-1].endswith("reading stopped after 100 problems; there may be more")


@pytest.mark.parametrize("line", ["k@: 1\n", "? [@]\n: [@, @]\n"])
def test_24_reading_stops_at_more_values_than_any_plan_holds(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lambdaplanner.formats.yaml_builder.MAX_VALUES", 50)
    monkeypatch.setattr("lambdaplanner.formats.yaml_builder.MAX_PROBLEMS", 1000)
    lines = refused(HEAD + numbered(line, 60))
    assert "the file holds more than 50 values" in lines[-1]
    assert MAX_VALUES >= 3 * 96_240  # a plan of ten thousand things


@pytest.mark.parametrize("line", ["k@: 1\n", "k@:\n- @\n", "k@: [1, 2, 3]\n"])
def test_24_a_file_of_far_too_many_values_is_not_even_parsed(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lambdaplanner.formats.yaml_reader.MOST_MARKS", 100)
    monkeypatch.setattr(Builder, "build", lambda _self: pytest.fail("parsed"))
    text = HEAD + numbered(line, 101)
    for source in (text, text.encode()):
        with pytest.raises(PlanProblems, match=r"the file holds more than 300,000 values"):
            read_text(source, where="p.yaml")
    with pytest.raises(PlanProblems, match=r"the file holds more than 300,000 values"):
        read_text(read_plan(b"<svg>" + svg_element(text)) or "", where="p.svg")


def test_the_collector_rests_while_a_plan_is_read_and_goes_on_after(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []
    reading = document.read_plan

    def watched(root: dict[str, Any], report: Report) -> Any:
        asked.append(gc.isenabled())
        return reading(root, report)

    monkeypatch.setattr(plan_file, "read_plan", watched)
    read_text(f"{HEAD}vpcs:\n  v: {{cidr: 10.0.0.0/16}}\n", where="p.yaml")
    refused(f"{HEAD}k: 1\n")
    assert asked == [False, False]
    assert gc.isenabled()


def test_aliases_cannot_multiply_text() -> None:
    text = f"{HEAD}name: &x {'y' * 300_000}\nvpcs:\n" + numbered("  v@: {cidr: *x}\n", 5)
    (line,) = refused(text)
    assert "aliases add more text than any plan holds" in line


def test_long_names_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("difflib.get_close_matches", lambda *_a, **_k: pytest.fail("compared"))
    (line,) = refused(f"{HEAD}{'vpcs' * 100}: 1\n")
    assert "unknown section" in line
    assert len(line) < 1000


class Counting(bytes):
    """Bytes that count how many of them were searched."""

    searched = 0

    def find(self, what: bytes, start: int = 0) -> int:  # type: ignore[override]
        at = super().find(what, start)
        Counting.searched += (len(self) if at < 0 else at) - start
        return at


@pytest.mark.parametrize(
    "filling",
    [
        b'<plan xmlns="urn:lambdaplanner:plan" ',
        b'<plan xmlns="urn:lambdaplanner:plan">',
        b'<plan xmlns="urn:lambdaplanner:plan">x</plan ',
        b'<plan xmlns="urn:lambdaplanner:plan"><',
    ],
    ids=["slow_svg: never closed", "opened", "ended wrong", "broken"],
)
def test_23_an_svg_is_searched_once(filling: bytes) -> None:
    data = Counting(b"<svg>" + filling * 5000)
    Counting.searched = 0
    assert picture_plan._find_element(data, "x.svg") is None  # noqa: SLF001
    assert Counting.searched <= 4 * len(data)


def test_23_the_plan_is_found_behind_what_only_looks_like_one() -> None:
    lure = b'<plan xmlns="urn:lambdaplanner:plan" <plan xmlns="urn:lambdaplanner:plan"><a>'
    data = b"<svg>" + lure * 10 + svg_element("lambdaplanner: 1\n") + b"</svg>"
    assert read_plan(data) == "lambdaplanner: 1\n"
