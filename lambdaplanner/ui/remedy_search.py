"""Looking for ways to mend something, and comparing each with the plan, in small steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import Offer, Search
from lambdaplanner.ui.comparing import Compared, comparing


@dataclass(slots=True)
class Candidate:
    """A way that works, and what is known so far of what comes of it."""

    offer: Offer
    comparison: Iterator[Compared | None]
    compared: Compared | None = None

    @property
    def known(self) -> bool:
        """Whether everything that comes of it is known."""
        return self.compared is not None and self.compared.share >= 1

    @property
    def harms(self) -> bool:
        """Whether some pair of ends fares worse after it."""
        found = self.compared
        return found is not None and any(one.is_worse for one in found.impact.verdicts)


class RemedySearch:
    """One search in one state of the plan. What is looked at is compared first, then others are
    looked for, then those are compared.
    """

    def __init__(self, view: PlanAnalysis, ways: Search) -> None:
        self.view = view
        self.candidates: list[Candidate] = []
        self.looked_at = 0
        self.tried = 0
        """Steps of the search that found nothing, so far."""
        self.searching = True
        self._ways = ways

    def steps(self) -> Iterator[int | None]:
        """Gives the place of each candidate that is new, or of which more is known; None after a
        step that told nothing new of any.
        """
        while True:
            waiting = [place for place, one in enumerate(self.candidates) if not one.known]
            if self.looked_at in waiting:
                yield self._compare(self.looked_at)
            elif self.searching:
                yield self._search()
            elif waiting:
                yield self._compare(waiting[0])
            else:
                return

    def _search(self) -> int | None:
        try:
            offer = next(self._ways)
        except StopIteration:
            self.searching = False
            return None
        if offer is None:
            self.tried += 1
            return None
        comparison = comparing(self.view, offer.after, offer.changes)
        self.candidates.append(Candidate(offer, comparison))
        return len(self.candidates) - 1

    def _compare(self, place: int) -> int | None:
        candidate = self.candidates[place]
        compared = next(candidate.comparison)
        if compared is None:
            return None
        candidate.compared = compared
        return place

    @property
    def recommended(self) -> int | None:
        """The first way after which no pair of ends fares worse, else the first; None as long as
        that is not known.
        """
        for place, candidate in enumerate(self.candidates):
            if not candidate.known:
                return None
            if not candidate.harms:
                return place
        return 0 if self.candidates and not self.searching else None
