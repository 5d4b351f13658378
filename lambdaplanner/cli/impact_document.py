"""What changes between two states of a plan, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambdaplanner.checks.impact import Impact, PromiseChange
    from lambdaplanner.checks.registry import Finding
    from lambdaplanner.checks.report import ExpectationResult

LINES_AT_MOST = 20
"""Of one kind; more verdicts than that nobody reads one by one."""


def impact_document(impact: Impact) -> dict[str, Any]:
    """The impact as JSON has it; null where a thing is not there on one side."""
    return {
        "verdicts": [
            {
                "from": c.source,
                "to": c.target,
                "protocol": c.protocol,
                "port": c.port,
                "before": c.before,
                "after": c.after,
            }
            for c in impact.verdicts
        ],
        "expectations": [_promise_document(change) for change in impact.expectations],
        "capacity": [
            {"function": c.function, "before": c.before, "after": c.after} for c in impact.capacity
        ],
        "gone": [_finding_document(finding) for finding in impact.gone],
        "new": [_finding_document(finding) for finding in impact.new],
    }


def _promise_document(change: PromiseChange) -> dict[str, Any]:
    row = _either(change)
    return {
        "from": row.source,
        "to": row.target,
        "protocol": row.protocol,
        "port": row.port,
        "expect": row.expect,
        "before": change.before.verdict if change.before else None,
        "after": change.after.verdict if change.after else None,
        "ok": bool(change.after and change.after.ok),
    }


def _either(change: PromiseChange) -> ExpectationResult:
    row = change.after or change.before
    assert row is not None
    return row


def _finding_document(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "severity": finding.severity,
        "about": list(finding.about),
        "message": finding.message,
    }


def impact_lines(impact: Impact) -> Iterator[str]:
    """The impact in words, what breaks first."""
    if not impact:
        yield "Nothing changes that is judged."
        return
    for promise in sorted(impact.expectations, key=lambda c: bool(c.after and c.after.ok)):
        row = _either(promise)
        word = "holds" if promise.after and promise.after.ok else "BROKEN"
        port = "" if row.port is None else f" {row.port}"
        yield f"expectation {row.source} to {row.target}, {row.protocol}{port}: {word}"
    yield from _shortened(
        [
            f"{c.source} to {c.target}, {c.protocol}{'' if c.port is None else f' {c.port}'}: "
            f"{c.before or 'not there'} -> {c.after or 'not there'}"
            for c in impact.verdicts
        ],
        "verdicts",
    )
    for fit in impact.capacity:
        before, after = fit.before or "not there", fit.after or "not there"
        yield f"capacity of {fit.function}: {before} -> {after}"
    for word, found in (("new", impact.new), ("gone", impact.gone)):
        yield from _shortened(
            [f"{word}: {f.id} {f.severity}: {f.message}" for f in found], "findings"
        )


def _shortened(lines: list[str], what: str) -> Iterator[str]:
    yield from lines[:LINES_AT_MOST]
    if len(lines) > LINES_AT_MOST:
        yield f"... and {len(lines) - LINES_AT_MOST} more {what}"
