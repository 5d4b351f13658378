"""What changes between two states of a plan, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambdaplanner.checks.impact import Impact, PromiseChange, VerdictChange
    from lambdaplanner.checks.registry import Finding
    from lambdaplanner.checks.report import ExpectationResult

VERDICTS_SHOWN = 20
"""In text; more than that nobody reads one by one."""


def impact_document(impact: Impact) -> dict[str, Any]:
    """An impact as JSON has it; null stands where an end, a function or a promise is not there."""
    return {
        "verdicts": [
            {
                "from": change.source,
                "to": change.target,
                "protocol": change.protocol,
                "port": change.port,
                "before": change.before,
                "after": change.after,
            }
            for change in impact.verdicts
        ],
        "expectations": [_promise_document(change) for change in impact.expectations],
        "capacity": [
            {"function": change.function, "before": change.before, "after": change.after}
            for change in impact.capacity
        ],
        "gone": [finding_document(finding) for finding in impact.gone],
        "new": [finding_document(finding) for finding in impact.new],
    }


def finding_document(finding: Finding) -> dict[str, Any]:
    """What a finding of an impact says."""
    return {
        "id": finding.id,
        "severity": finding.severity,
        "about": list(finding.about),
        "message": finding.message,
    }


def _promise_document(change: PromiseChange) -> dict[str, Any]:
    row = _row(change)
    return {
        "from": row.source,
        "to": row.target,
        "protocol": row.protocol,
        "port": row.port,
        "expect": row.expect,
        "before": change.before and change.before.ok,
        "after": change.after and change.after.ok,
    }


def _row(change: PromiseChange) -> ExpectationResult:
    row = change.after or change.before
    assert row is not None
    return row


def impact_lines(impact: Impact) -> Iterator[str]:
    """An impact as lines of text, promises first; none where nothing differs."""
    for promise in impact.expectations:
        row = _row(promise)
        yield f"{_pair(row)}, expected {row.expect}: {_kept(promise)}"
    verdicts = [
        f"{_pair(change)}: {change.before or 'not there'} -> {change.after or 'not there'}"
        for change in impact.verdicts
    ]
    yield from verdicts[:VERDICTS_SHOWN]
    if len(verdicts) > VERDICTS_SHOWN:
        yield f"... and {len(verdicts) - VERDICTS_SHOWN} more verdicts"
    for function in impact.capacity:
        before, after = function.before or "not there", function.after or "not there"
        yield f"capacity of {function.function}: {before} -> {after}"
    for finding in impact.gone:
        yield f"mends {_finding(finding)}"
    for finding in impact.new:
        yield f"brings {_finding(finding)}"


def _pair(row: VerdictChange | ExpectationResult) -> str:
    port = "" if row.port is None else f" {row.port}"
    return f"{row.source} to {row.target}, {row.protocol}{port}"


def _kept(change: PromiseChange) -> str:
    if change.after is None:
        return "BROKEN then, since an end is not there"
    return "holds then" if change.after.ok else "BROKEN then"


def _finding(finding: Finding) -> str:
    about = ", ".join(finding.about)
    return f"{finding.id} {finding.severity} [{about}]: {finding.message}"
