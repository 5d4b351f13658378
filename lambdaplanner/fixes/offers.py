"""What is offered for a finding or an obstacle: the fixes that, tried on a copy, really mend it and
break nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.running import run_check
from lambdaplanner.fixes.aims import aim_of
from lambdaplanner.fixes.catalogue import BY_PROMISES, FOR_FINDINGS, FOR_OBSTACLES
from lambdaplanner.fixes.mending import searched_for_mending
from lambdaplanner.fixes.registry import Fix, Met
from lambdaplanner.fixes.trials import (
    Offer,
    Search,
    found_in,
    harmless,
    searched_for_obstacle,
    tried,
    working,
)

__all__ = [
    "Offer",
    "Search",
    "clearable",
    "fixable",
    "for_finding",
    "for_obstacle",
    "found_in",
    "harmless",
    "searched_for_finding",
    "searched_for_obstacle",
    "tried",
]

MOST_PROMISES = 3
"""Of the promises whose keeping may mend a finding: each is a search of its own. Of more than these
only the first is looked at: what is in the way of many is most often in the way of it.
"""


def fixable(finding: Finding) -> bool:
    """Whether there is any fixer for such findings; whether one works here, only trying tells."""
    return finding.id in FOR_FINDINGS or finding.id in BY_PROMISES


def clearable(code: str) -> bool:
    """The same for obstacles with a code."""
    return code in FOR_OBSTACLES


def for_finding(view: PlanAnalysis, finding: Finding) -> Iterator[Offer]:
    """The fixes after which the finding is gone, best first."""
    return found_in(searched_for_finding(view, finding))


def for_obstacle(view: PlanAnalysis, met: Met) -> Iterator[Offer]:
    """The fixes after which the obstacle is gone and its question fares no worse, best first."""
    return found_in(searched_for_obstacle(view, met))


def searched_for_finding(view: PlanAnalysis, finding: Finding) -> Search:
    """`for_finding` in steps."""
    aim = aim_of(view, finding)
    return working(view, _drafts(view, finding), aim, lambda after: _fewer(view, after, finding))


def _drafts(view: PlanAnalysis, finding: Finding) -> Iterator[Fix | None]:
    """What keeps the promises that it stands in the way of, and what its fixers say."""
    one = next(iter(finding.told_of(finding.subjects[:1])), finding)  # what mends it may mend all
    for asking in BY_PROMISES.get(finding.id, ()):
        wanted = list(islice(asking(view, one), MOST_PROMISES + 1))
        for asked in wanted if len(wanted) <= MOST_PROMISES else wanted[:1]:
            for offer in searched_for_mending(view, asked):
                yield None if offer is None else offer.fix
    for fixer in FOR_FINDINGS.get(finding.id, ()):
        yield from fixer(view, finding)


def _fewer(before: PlanAnalysis, after: PlanAnalysis, finding: Finding) -> bool:
    """Whether one finding of this sort is gone of each thing that has it: of the same check, about
    the same thing. What else it names may get another name by the fix, and is then no other
    finding.
    """
    old, new = _told(before, finding.id), _told(after, finding.id)
    return all(new[name] < old[name] for name in finding.subjects or ("",))


def _told(view: PlanAnalysis, check_id: str) -> Counter[str]:
    """How often a check names each thing."""
    found = view.kept(("check", check_id), lambda: run_check(CHECKS[check_id], view))
    return Counter(name for finding in found for name in finding.subjects or ("",))
