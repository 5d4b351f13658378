"""An impact in words: bad news first, like things together, and nothing said twice."""

from __future__ import annotations

from typing import Any

from lambdaplanner.checks.impact import CapacityChange, Impact, PromiseChange, VerdictChange
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.impact_groups import matrices
from lambdaplanner.ui.panels.impact_words import Section, sections

FUNCTIONS = "abcdef"
PLAN = f"""
lambdaplanner: 1
vpcs: {{main: {{cidr: 10.0.0.0/16}}}}
subnets: {{s: {{vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24}}}}
functions: {{{", ".join(f"{name}: {{}}" for name in FUNCTIONS)}}}
workloads:
  db: {{type: rds, subnets: [s]}}
  web: {{type: alb, subnets: [s]}}
"""


def plan() -> Plan:
    return read_text(PLAN, where="words.yaml").plan


def impact(**parts: Any) -> Impact:
    empty: dict[str, Any] = dict.fromkeys(
        ("verdicts", "expectations", "capacity", "gone", "new"), ()
    )
    return Impact(**{**empty, **parts})


def said(found: tuple[Section, ...]) -> dict[str, list[tuple[str, str]]]:
    return {part.title.text: [(line.tone, line.text) for line in part.lines] for part in found}


def becomes(source: str, target: str, before: Any, after: Any, port: int = 443) -> VerdictChange:
    return VerdictChange(source, target, "tcp", port, before, after)


def finding(check: str, about: tuple[str, ...], message: str, severity: Any = "warning") -> Finding:
    return Finding(id=check, severity=severity, about=about, message=message, fix="")


def promise(verdict: Any, *, ok: bool) -> ExpectationResult:
    return ExpectationResult(
        source="a",
        target="db",
        protocol="tcp",
        port=5432,
        expect="reachable",
        verdict=verdict,
        ok=ok,
    )


def test_nothing_changed_is_nothing_said() -> None:
    assert sections(impact(), plan(), plan()) == ()


def test_bad_news_stand_first_and_errors_before_warnings() -> None:
    found = sections(
        impact(
            verdicts=(
                becomes("a", "db", "reachable", "partial"),
                becomes("b", "db", "reachable", "unreachable"),
                becomes("c", "web", "unreachable", "reachable"),
            ),
            expectations=(
                PromiseChange(promise("reachable", ok=True), promise("partial", ok=False)),
            ),
            capacity=(CapacityChange("a", "ok", "exhausted"), CapacityChange("b", "tight", "ok")),
        ),
        plan(),
        plan(),
    )
    assert said(found) == {
        "Gets worse": [
            (
                "error",
                "Promise broken: a to db, tcp 5432, should be reachable and would be partial.",
            ),
            ("error", "b to db, tcp 443: no longer reachable."),
            ("error", "Capacity of a: fits becomes exhausted."),
            ("warning", "a to db, tcp 443: reachable on some paths only."),
        ],
        "Gets better": [
            ("ok", "c to web, tcp 443: reachable."),
            ("ok", "Capacity of b: tight becomes fits."),
        ],
    }


def test_like_changes_are_one_line_and_the_names_are_folded() -> None:
    changes = tuple(
        becomes(name, target, "reachable", "unreachable", port)
        for name in FUNCTIONS
        for target, port in (("db", 5432), ("web", 443))
    )
    (worse,) = sections(impact(verdicts=changes), plan(), plan())
    (line,) = worse.lines
    assert line.text == "6 Lambda functions to db and web: no longer reachable."
    assert line.more == "From: a, b, c, d, e, f."


def test_blocks_hold_every_change_once() -> None:
    changes = [
        becomes("a", "db", "reachable", "unreachable"),
        becomes("a", "web", "reachable", "unreachable"),
        becomes("b", "db", "reachable", "unreachable"),
        becomes("b", "web", "partial", "unreachable"),
        becomes("c", "db", "unreachable", "reachable"),
    ]
    covered = [
        (source, target, block.before, block.after)
        for block in matrices(changes)
        for source in block.sources
        for target in block.targets
    ]
    assert sorted(covered, key=str) == sorted(
        ((c.source, c.target, c.before, c.after) for c in changes), key=str
    )


def test_opening_to_the_internet_is_no_good_news() -> None:
    found = sections(
        impact(verdicts=(becomes("internet", "web", "unreachable", "reachable"),)), plan(), plan()
    )
    assert said(found) == {"Gets worse": [("warning", "web, tcp 443: open to the internet.")]}


def test_the_pair_at_hand_stands_by_itself() -> None:
    changes = tuple(becomes(name, "db", "unreachable", "reachable") for name in FUNCTIONS)
    (better,) = sections(impact(verdicts=changes), plan(), plan(), here=("c", "db"))
    assert [line.text for line in better.lines] == [
        "c to db, tcp 443: reachable.",
        "5 Lambda functions to db, tcp 443: reachable.",
    ]


def test_ends_that_are_gone_are_said_once_and_stranded_ones_why() -> None:
    after = plan()
    edit = Edit(after)
    edit.remove("a", "db")
    changes = (
        *(becomes(name, "db", "reachable", None) for name in FUNCTIONS),
        becomes("a", "web", "reachable", None),
    )
    (differs,) = sections(impact(verdicts=changes), plan(), after)
    assert [line.text for line in differs.lines] == ["Gone: a and db, with all paths."]
    (worse,) = sections(impact(verdicts=changes), plan(), after, stranded=("a", "db"))
    assert [line.text for line in worse.lines] == [
        "Nothing is left of a: none of its subnets remains, and Lambda does not fall back to its "
        "own network.",
        "Nothing is left of db: none of its subnets remains.",
    ]


def test_a_service_without_endpoints_is_not_called_unreachable() -> None:
    changes = tuple(becomes(name, "aws:s3", "reachable", None) for name in FUNCTIONS)
    assert said(sections(impact(verdicts=changes), plan(), plan())) == {
        "Gets worse": [("warning", "No endpoint of aws:s3 is left.")]
    }


def test_findings_that_only_moved_are_not_told() -> None:
    moved = finding("LAM-001", ("a", "s"), "One zone.")
    found = impact(
        gone=(moved, finding("LAM-005", ("a",), "No policy.", "error")),
        new=(
            finding("LAM-001", ("a", "t"), "One zone."),
            finding("NET-001", ("rt",), "Blackhole.", "error"),
        ),
    )
    assert said(sections(found, plan(), plan())) == {
        "Gets worse": [("error", "NET-001: Blackhole.")],
        "Gets better": [("ok", "No longer found: LAM-005: No policy.")],
    }
    better = sections(found, plan(), plan(), mended=found.gone[1])[1]
    assert [line.text for line in better.lines] == ["This finding is gone."]


def test_a_finding_that_goes_with_its_thing_is_no_good_news() -> None:
    after = plan()
    Edit(after).remove("a")
    found = impact(
        gone=(finding("LAM-005", ("a",), "No policy."), finding("X-001", ("rt:x",), "Y."))
    )
    assert said(sections(found, plan(), after)) == {
        "Gets better": [("ok", "No longer found: X-001: Y.")],
        "Differs": [("info", "Gone with what it is about: LAM-005: No policy.")],
    }


def test_many_findings_of_one_check_are_counted() -> None:
    many = tuple(finding("LAM-001", (name,), f"{name} in one zone.") for name in FUNCTIONS)
    (worse,) = sections(impact(new=many), plan(), plan())
    (line,) = worse.lines
    assert line.text.startswith("LAM-001, 6 times: ")
    assert line.more.splitlines()[0] == "a in one zone."
