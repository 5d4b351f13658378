"""The questions that are asked of one state of a plan, by its promises above all."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import cached_property

from lambdaplanner.analysis.answers import Answer, Verdict
from lambdaplanner.analysis.kept_in import KeptIn, kept_in, sends_all
from lambdaplanner.analysis.ledger import Ledger, ledger
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import Asked, Reached, judged_on
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
        self,
        source: str,
        target: str,
        port: int | None = None,
        protocol: str = "tcp",
        ip: int | None = None,
    ) -> Answer:
        """What reaches what. Raises QuestionError where the question makes no sense."""
        return reach(self.network, source, target, port=port, protocol=protocol, ip=ip)

    def reaches(
        self,
        source: str,
        target: str,
        port: int | None = None,
        protocol: str = "tcp",
        ip: int | None = None,
    ) -> bool:
        """Whether `question` says that all of it gets through; no where it makes no sense."""
        try:
            found = judged_on(self.network, source, target, port, protocol, ip)
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
        rows = self._expected.get(function_id)
        if rows:
            key = ("kept in of any", function_id, self._expected)
            readings = self.network.readings
            found = readings.of(key, lambda: tuple(self._kept_in(row) for row in rows))
            yield from ((row, kept) for row, kept in zip(rows, found, strict=True) if kept)

    def _kept_in(self, row: Expectation) -> KeptIn | None:
        with suppress(QuestionError):
            if row.ip is not None:
                return None
            asked = (row.source, row.target, row.port, row.protocol)
            if sends_all(self.network, *asked):  # which asks nothing of what the target lets in
                return None
            if judged_on(self.network, *asked).verdict != "reachable":
                return kept_in(self.network, *asked)
        return None

    def _asked(self, row: Expectation) -> Answer:
        return self.question(*question_of(row))

    def verdict(self, row: Expectation) -> Verdict:
        """The verdict on an expectation's question. Raises QuestionError as `question` does."""
        return self.judged(row).verdict

    def judged(self, row: Expectation) -> Reached:
        """The same with the port that is asked about."""
        found = self._judged.get(row)
        if found is None:
            found = self._judged[row] = judged_on(self.network, *question_of(row))
        return found

    def fare_as_before(self, before: Questions, *, but_for: Collection[Expectation]) -> None:
        """Says that a change leaves the verdicts on the questions of all other expectations as
        they were.
        """
        known = dict(before._judged)
        for row in but_for:
            known.pop(row, None)
        self._judged = {**known, **self._judged}

    @cached_property
    def _expected(self) -> _Expected:
        rows = _Expected()
        for row in self.plan.expectations:
            if row.expect != "unreachable":
                rows.setdefault(row.source, []).append(row)
        return rows

    def expect_as_before(self, before: Questions) -> None:
        """Says that a change leaves the expectations as they were."""
        self.__dict__["_expected"] = before._expected


class _Expected(dict[str, list[Expectation]]):
    """What is expected to be reachable, by who begins; one object for all states that expect the
    same.
    """

    __hash__ = object.__hash__  # type: ignore[assignment]


def question_of(row: Expectation) -> Asked:
    """The question of an expectation."""
    return row.asked
