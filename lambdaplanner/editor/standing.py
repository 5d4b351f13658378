"""How a plan fares, in a few words: for the status bar and for title blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.counting import count


def what_is_wrong(found: Iterable[Finding], expectations: Iterable[ExpectationResult]) -> str:
    """Errors, warnings and broken expectations that nobody acknowledged, as counts."""
    open_ = [finding for finding in found if not finding.acknowledged]
    counts = (
        (sum(finding.severity == "error" for finding in open_), "error"),
        (sum(finding.severity == "warning" for finding in open_), "warning"),
        (sum(not row.ok for row in expectations), "broken expectation"),
    )
    parts = [count(number, word) for number, word in counts if number]
    return ", ".join(parts) or "Nothing found"


def verdict_facts(
    view: PlanAnalysis, found: Iterable[Finding], expectations: Sequence[ExpectationResult]
) -> Iterator[str]:
    """What a title block says of the verdicts, each a phrase of its own."""
    functions = list(view.plan.of("function"))
    if functions:
        reach = sum(view.internet(name).verdict == "reachable" for name in functions)
        verb = "reaches" if len(functions) == 1 else "reach"
        yield f"{reach:,} of {count(len(functions), 'function')} {verb} the internet"
    if expectations:
        kept = sum(row.ok for row in expectations)
        verb = "holds" if len(expectations) == 1 else "hold"
        yield f"{kept:,} of {count(len(expectations), 'expectation')} {verb}"
    yield what_is_wrong(found, ())


def path_fact(answer: Answer) -> str:
    """A question and its answer in one phrase."""
    port = "" if answer.port is None else f" {answer.port}"
    return f"{answer.source} to {answer.target}, {answer.protocol}{port}: {answer.verdict}"
