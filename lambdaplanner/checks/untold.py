"""What the plan says of itself that it does not know."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import listed

UNTOLD = "UNK-001"
ANALYZER = "https://docs.aws.amazon.com/vpc/latest/reachability/what-is-reachability-analyzer.html"
"""What finds out, once things are deployed."""


@check(UNTOLD, "info", "The plan says that it does not know something", reference=ANALYZER)
def not_told(view: PlanAnalysis) -> Iterator[Draft]:
    """An import could not learn it, or somebody left it open. An answer that would lean on it is
    unknown, neither reachable nor unreachable. One finding for each key, about all things of which
    it is not told.
    """
    about: dict[str, dict[str, str]] = {}
    for row in view.plan.unknown:
        about.setdefault(row.of, {}).setdefault(row.about, row.why)
    for key, found in about.items():
        reasons = {why for why in found.values() if why}
        why = f" ({reasons.pop()})" if len(reasons) == 1 else ""
        yield Draft(
            about=tuple(found),
            message=f'The plan does not know "{key}" of {listed(list(found))}{why}: answers that '
            "would lean on it are unknown.",
            fix="Fill it in, and take the row out of unknown.",
            members=tuple(found) if len(found) > 1 else (),
            part=key,
        )
