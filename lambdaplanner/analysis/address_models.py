"""The two models in which concurrency takes addresses: one for each invocation, or one for every 3
GB of memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lambdaplanner.analysis.answers import CapacityVerdict, FunctionCapacity
from lambdaplanner.analysis.capacity_question import Asked, CapacityQuestion
from lambdaplanner.analysis.fitting import Question, extremes, fit
from lambdaplanner.model.cidr import suggested_prefix

THROTTLED = "EC2ThrottledException"
"""What a function gets that finds no address (the 2019 documentation's example; aws.md 1.1)."""

MB_PER_INTERFACE = 3072
SMALLEST_PREFIX, LARGEST_PREFIX = 28, 16
"""AWS makes no subnet smaller than /28 or larger than /16."""


@dataclass(frozen=True, slots=True)
class AddressModel:
    """How many addresses a concurrency takes, and how far a number of addresses goes."""

    slug: str
    needed: Callable[[int, Asked], int]
    carried: Callable[[int, Asked], int]


PER_INVOCATION = AddressModel("per-invocation", lambda count, _: count, lambda count, _: count)
ENI_PER_3GB = AddressModel(
    "eni-per-3gb",
    lambda count, asked: -(-count * asked.memory_mb // MB_PER_INTERFACE),
    lambda count, asked: count * MB_PER_INTERFACE // asked.memory_mb,
)


class Spreading:
    """One address model on one question: even shares of all, and maximum flow where they do not
    fit.
    """

    def __init__(self, model: AddressModel, question: CapacityQuestion) -> None:
        self._model = model
        self._question = question
        self._needed = {
            asked.id: model.needed(asked.concurrency, asked) for asked in question.functions
        }
        self.demand: dict[str, int] = {}
        for asked in question.functions:
            for subnet, share in even_shares(self._needed[asked.id], asked.subnets):
                self.demand[subnet] = self.demand.get(subnet, 0) + share
        self._overfull = {
            subnet for subnet, count in self.demand.items() if count > question.free[subnet]
        }
        self._places: dict[tuple[str, ...], tuple[_Competition, int]] | None = None

    def verdict(self, asked: Asked) -> CapacityVerdict:
        """Whether the function's target fits; one that wants nothing, or needs no address, always
        does.
        """
        if not asked.attached or not asked.concurrency:
            return "ok"
        if not asked.subnets:
            return "exhausted"
        if self._overfull.isdisjoint(asked.subnets):
            return "ok"
        competition, _ = self._place(asked)
        return "uneven" if fit(competition.question).complete else "exhausted"

    def function(self, asked: Asked) -> FunctionCapacity:
        """Everything about one function."""
        verdict = self.verdict(asked)
        most = self._most(asked)
        return FunctionCapacity(
            concurrency=asked.concurrency,
            demand=self._needed[asked.id] if asked.attached else 0,
            max_concurrency=most,
            verdict=verdict,
            shortfall=max(0, asked.concurrency - most),
            error=THROTTLED if verdict == "exhausted" else None,
            suggested_prefix=None if verdict == "ok" else self._suggested(asked),
            bottleneck=self._bottleneck(asked, verdict),
        )

    def lacking(self) -> int:
        """Invocations that find no place in the largest flow, each once."""
        stranded = sum(
            asked.concurrency
            for asked in self._question.functions
            if asked.attached and not asked.subnets
        )
        sharing: dict[int, list[Asked]] = {}
        missing: dict[int, int] = {}
        for asked in self._question.functions:
            if asked.subnets:
                competition, _ = self._place(asked)
                best = fit(competition.question)
                sharing.setdefault(id(competition), []).append(asked)
                missing[id(competition)] = sum(competition.question.targets) - best.carried
        return stranded + sum(
            self._lost(functions, missing[key]) for key, functions in sharing.items()
        )

    def _lost(self, functions: list[Asked], addresses: int) -> int:
        """Invocations that so many missing addresses cost, the fewest first."""
        lost = 0
        for asked in sorted(functions, key=lambda one: self._model.carried(1, one)):
            taken = min(addresses, self._needed[asked.id])
            addresses -= taken
            left = self._needed[asked.id] - taken
            lost += max(0, asked.concurrency - self._model.carried(left, asked)) if taken else 0
        return lost

    def beyond_quota(self) -> str:
        """Nothing: here only addresses count."""
        return ""

    def _most(self, asked: Asked) -> int:
        """How far the function could go, the others at their targets or, where those do not fit,
        at their best.
        """
        if not asked.attached:
            return max(asked.concurrency, self._question.settings.account_concurrency)
        if not asked.subnets:
            return 0
        competition, index = self._place(asked)
        own = extremes(competition.question)[index]
        others_of_group = competition.question.targets[index] - self._needed[asked.id]
        others = min(own.without + others_of_group, own.unbounded)
        return self._model.carried(own.unbounded - others, asked)

    def _suggested(self, asked: Asked) -> int | None:
        ledger = self._question.ledger
        sizes = [ledger[subnet].used + self.demand.get(subnet, 0) for subnet in asked.subnets]
        return prefix_for(max(sizes)) if sizes else None

    def _bottleneck(self, asked: Asked, verdict: CapacityVerdict) -> tuple[str, ...]:
        if verdict == "ok" or not asked.subnets:
            return ()
        if verdict == "uneven":
            return tuple(subnet for subnet in asked.subnets if subnet in self._overfull)
        competition, _ = self._place(asked)
        cut = fit(competition.question).bottleneck
        return tuple(name for index, name in enumerate(competition.subnets) if index in cut)

    def _place(self, asked: Asked) -> tuple[_Competition, int]:
        if self._places is None:
            self._places = _competitions(self._question, self._needed)
        return self._places[asked.subnets]


def even_shares(count: int, subnets: tuple[str, ...]) -> list[tuple[str, int]]:
    """An even split; the remainder goes to those listed first."""
    if not subnets:
        return []
    share, rest = divmod(count, len(subnets))
    return [(subnet, share + (place < rest)) for place, subnet in enumerate(subnets)]


def prefix_for(addresses: int) -> int | None:
    """The longest prefix of a subnet with that many usable addresses; None where AWS makes none so
    large.
    """
    prefix = min(SMALLEST_PREFIX, suggested_prefix(addresses + 5))
    return prefix if prefix >= LARGEST_PREFIX else None


@dataclass(frozen=True, slots=True)
class _Competition:
    """Functions joined by shared subnets, as a question of indexes."""

    subnets: tuple[str, ...]
    question: Question


def _competitions(
    question: CapacityQuestion, needed: dict[str, int]
) -> dict[tuple[str, ...], tuple[_Competition, int]]:
    """For each list of subnets, the competition it takes part in and its index there.

    The order of a list matters to even shares, not here: functions with the same set of subnets
    compete as one.
    """
    ways: dict[frozenset[str], tuple[str, ...]] = {}
    targets: dict[tuple[str, ...], int] = {}
    written: dict[tuple[str, ...], tuple[str, ...]] = {}
    for asked in question.functions:
        if not asked.subnets:
            continue
        way = written.get(asked.subnets)
        if way is None:
            way = ways.setdefault(frozenset(asked.subnets), asked.subnets)
            written[asked.subnets] = way
        targets[way] = targets.get(way, 0) + needed[asked.id]
    places: dict[tuple[str, ...], tuple[_Competition, int]] = {}
    for joined in _joined(list(targets)):
        names = tuple(dict.fromkeys(subnet for way in joined for subnet in way))
        index = {name: place for place, name in enumerate(names)}
        asked_here = Question(
            tuple(tuple(index[name] for name in way) for way in joined),
            tuple(targets[way] for way in joined),
            tuple(question.free[name] for name in names),
        )
        competition = _Competition(names, asked_here)
        places.update((way, (competition, place)) for place, way in enumerate(joined))
    return {way: places[same] for way, same in written.items()}


def _joined(ways: list[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Lists of subnets, put together where they share one; in the order given."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for way in ways:
        for name in way[1:]:
            leader[find(name)] = find(way[0])
    together: dict[str, list[tuple[str, ...]]] = {}
    for way in ways:
        together.setdefault(find(way[0]), []).append(way)
    return list(together.values())
