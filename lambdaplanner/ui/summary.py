"""How a plan fares, in a few words for the status bar."""

from __future__ import annotations

from lambdaplanner.counting import count
from lambdaplanner.editor.live import Live


def summary(live: Live) -> str:
    """Errors, warnings and broken expectations that nobody acknowledged, as counts."""
    found = [finding for finding in live.findings() if not finding.acknowledged]
    counts = (
        (sum(finding.severity == "error" for finding in found), "error"),
        (sum(finding.severity == "warning" for finding in found), "warning"),
        (sum(not row.ok for row in live.expectations()), "broken expectation"),
    )
    parts = [count(number, word) for number, word in counts if number]
    return ", ".join(parts) or "Nothing found"
