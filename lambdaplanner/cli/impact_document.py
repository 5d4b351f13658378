"""What changes between two states of a plan, as JSON and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lambdaplanner.checks.impact import CapacityChange, Impact, PromiseChange, VerdictChange
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
            {
                "function": change.function,
                "before": change.before,
                "after": change.after,
                "shortfall_before": change.short[0],
                "shortfall_after": change.short[1],
                "concurrency": change.target,
            }
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
    yield from change_lines(impact)
    for finding in impact.gone:
        yield f"mends {finding_line(finding)}"
    for finding in impact.new:
        yield f"brings {finding_line(finding)}"


def change_lines(impact: Impact, *, of_what_is_left: bool = False) -> Iterator[str]:
    """Promises, verdicts and capacity. Where something was lost, nothing gets better by it: what
    looks so is said of what is left.
    """
    left = ", of what is left" if of_what_is_left else ""
    for promise in impact.expectations:
        row = _row(promise)
        kept = f"{_kept(promise)}{left}" if promise.after and promise.after.ok else _kept(promise)
        yield f"{_pair(row)}, expected {row.expect}: {kept}"
    verdicts = [
        f"{_pair(change)}: {change.before or 'not there'} -> {change.after or 'not there'}"
        + (left if change.before and change.after and not change.is_worse else "")
        for change in impact.verdicts
    ]
    yield from verdicts[:VERDICTS_SHOWN]
    if len(verdicts) > VERDICTS_SHOWN:
        yield f"... and {len(verdicts) - VERDICTS_SHOWN} more verdicts"
    for function in impact.capacity:
        better = function.after is not None and not function.is_worse
        yield f"capacity of {function.function}: {_capacity(function)}{left if better else ''}"


def number_lines(impact: Impact) -> Iterator[str]:
    """The connections of NAT gateways and the account's concurrency, before and then."""
    for gateway, before, after in impact.nat_ports:
        if before is None or after is None or after.verdict == "gone":
            continue
        lack = f", {-after.headroom:,} too many" if after.headroom < 0 else ""
        yield (
            f"NAT gateway {gateway}: {before.connections:,} -> {after.connections:,} of "
            f"{after.ports:,} connections to one destination{lack}"
        )
    if impact.account is not None:
        before_, then = impact.account
        beyond = "" if then.verdict == "ok" else ", beyond the account's quota"
        yield (
            f"account: {before_.concurrency:,} -> {then.concurrency:,} of {then.quota:,} at once"
            f"{beyond}"
        )


def _capacity(change: CapacityChange) -> str:
    parts = []
    if change.before != change.after:
        parts.append(f"{change.before or 'not there'} -> {change.after or 'not there'}")
    if change.after is not None and any(change.short):
        short, then = change.short
        parts.append(f"short {short:,} -> {then:,} of {change.target:,}")
    return ", ".join(parts)


def _pair(row: VerdictChange | ExpectationResult) -> str:
    port = "" if row.port is None else f" {row.port}"
    return f"{row.source} to {row.target}, {row.protocol}{port}"


def _kept(change: PromiseChange) -> str:
    if change.after is None:
        return "BROKEN then, since an end is not there"
    return "holds then" if change.after.ok else "BROKEN then"


def finding_line(finding: Finding) -> str:
    """A finding in a line."""
    about = ", ".join(finding.about)
    return f"{finding.id} {finding.severity} [{about}]: {finding.message}"
