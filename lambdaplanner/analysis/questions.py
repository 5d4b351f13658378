"""The questions that are asked of one state of a plan, by its promises above all."""

from __future__ import annotations

from collections.abc import Iterator, Set
from contextlib import suppress
from functools import cached_property

from lambdaplanner.analysis.answers import Answer, Verdict
from lambdaplanner.analysis.kept_in import KeptIn, kept_in
from lambdaplanner.analysis.ledger import Ledger, ledger
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import Reached, judged_on
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.plan import Plan

ANY: frozenset[Verdict] = frozenset(("reachable", "partial", "unreachable", "unknown"))


class Questions:
    """What reaches what in one state of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._judged: dict[Expectation, Reached] = {}

    @cached_property
    def ledger(self) -> Ledger:
        """The address ledger of every subnet."""
        return ledger(self.plan)

    @cached_property
    def network(self) -> Network:
        """The plan compiled for questions of reachability."""
        return compile_network(self.plan, self.ledger)

    def question(
        self, source: str, target: str, port: int | None = None, protocol: str = "tcp"
    ) -> Answer:
        """What reaches what. Raises QuestionError where the question makes no sense."""
        return reach(self.network, source, target, port=port, protocol=protocol)

    def reaches(
        self, source: str, target: str, port: int | None = None, protocol: str = "tcp"
    ) -> bool:
        """Whether `question` says that all of it gets through; no where it makes no sense."""
        try:
            found = judged_on(self.network, source, target, port, protocol)
        except QuestionError:
            return False
        return found.verdict == "reachable"

    def internet(self, function_id: str) -> Answer:
        """Whether a function reaches the internet (tcp 443)."""
        return self.question(function_id, "internet")

    def expected_of(
        self, function_id: str, *, of_services: bool = False, verdicts: frozenset[Verdict] = ANY
    ) -> list[tuple[Expectation, Answer]]:
        """What expectations say a function reaches, each with what is; senseless ones left out. On
        request only those about AWS services, or with some verdicts, which costs less.
        """
        found = []
        for row in self._expected.get(function_id, ()):
            if of_services and not row.target.startswith("aws:"):
                continue
            with suppress(QuestionError):
                if verdicts is ANY or self.verdict(row) in verdicts:
                    found.append((row, self._asked(row)))
        return found

    def kept_in(self, function_id: str) -> Iterator[tuple[Expectation, KeptIn]]:
        """What expectations say a function reaches and it does not, or not always, where its own
        groups are why.
        """
        for row in self._expected.get(function_id, ()):
            with suppress(QuestionError):
                if self.verdict(row) == "reachable":
                    continue
                found = kept_in(self.network, *_question(row))
                if found is not None:
                    yield row, found

    def _asked(self, row: Expectation) -> Answer:
        return self.question(*_question(row))

    def verdict(self, row: Expectation) -> Verdict:
        """The verdict on an expectation's question. Raises QuestionError as `question` does."""
        return self.judged(row).verdict

    def judged(self, row: Expectation) -> Reached:
        """The same with the port that is asked about."""
        found = self._judged.get(row)
        if found is None:
            found = self._judged[row] = judged_on(self.network, *_question(row))
        return found

    def fare_as_before(self, before: Questions, *, but_for: Set[Expectation]) -> None:
        """Says that a change leaves the verdicts on the questions of all other expectations as
        they were.
        """
        known = {row: found for row, found in before._judged.items() if row not in but_for}
        self._judged = {**known, **self._judged}

    @cached_property
    def _expected(self) -> dict[str, list[Expectation]]:
        rows: dict[str, list[Expectation]] = {}
        for row in self.plan.expectations:
            if row.expect != "unreachable":
                rows.setdefault(row.source, []).append(row)
        return rows


def _question(row: Expectation) -> tuple[str, str, int | None, str]:
    return row.source, row.target, row.port, row.protocol
