"""Do the subnets have the addresses that the functions' concurrency targets take? The ledger and
three models.

What a number means (AWS.md 1.1 to 1.4 for the models themselves):

- `max_concurrency` is what addresses allow this function while the others keep their targets.
  Where those alone do not fit, they are first given as much as fits, and this one what can be had
  beside that. The account's quota does not cap it; a function that is not attached takes no
  addresses, so there the quota (or a higher target) is the answer.
- A verdict is about all functions that share subnets, directly or through others: `exhausted`
  where no spread carries all their targets, even if this one's own target could be carried,
  because Lambda goes on spreading evenly and meets the full subnet. A function whose target is 0
  is `ok`, except under hyperplane, where even an idle attachment has its interfaces.
- Without a zone, its subnets keep their rows with no demand, and functions left with no subnet are
  exhausted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from lambdaplanner.analysis.address_models import ENI_PER_3GB, PER_INVOCATION, Spreading
from lambdaplanner.analysis.answers import (
    CapacityAnswer,
    CapacityVerdict,
    FunctionCapacity,
    SubnetCapacity,
)
from lambdaplanner.analysis.capacity_question import Asked, CapacityQuestion, ask, check_model
from lambdaplanner.analysis.hyperplane_model import Interfaces
from lambdaplanner.analysis.ledger import Ledger
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.plan import Plan

VERDICTS: tuple[CapacityVerdict, ...] = ("ok", "tight", "uneven", "exhausted")
"""From best to worst."""


class Model(Protocol):
    """One model on one question."""

    demand: dict[str, int]

    def verdict(self, asked: Asked) -> CapacityVerdict:
        """Whether one function fits."""

    def function(self, asked: Asked) -> FunctionCapacity:
        """Everything about one function."""


def assess(
    plan: Plan,
    *,
    model: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    without_az: str | None = None,
    rows: Ledger | None = None,
) -> CapacityAnswer:
    """The ledger of every subnet and the verdict on every function, in the order made.

    `model` overrides the plan's; `concurrency` overrides targets by id; `without_az` asks what if
    that zone is gone; `rows` is the plan's ledger where the caller has it. Raises QuestionError
    where an id, model or zone is unknown.
    """
    chosen = plan.info.settings.capacity_model if model is None else model
    check_model(chosen)
    question = ask(plan, concurrency=concurrency, without_az=without_az, rows=rows)
    models = {name: _model(name, question) for name in MODELS}
    functions = {asked.id: models[chosen].function(asked) for asked in question.functions}
    verdicts = {
        name: worst(each.verdict(asked) for asked in question.functions)
        for name, each in models.items()
    }
    return CapacityAnswer(
        model=chosen,
        verdict=verdicts[chosen],
        subnets={
            subnet.id: _subnet(subnet, question, models[chosen].demand.get(subnet.id, 0))
            for subnet in plan.ordered(Subnet.kind)
        },
        functions=functions,
        models=verdicts,
        reasons={
            name: _reason(name, question, each.demand, verdicts[name])
            for name, each in models.items()
        },
    )


def worst(verdicts: Iterable[CapacityVerdict]) -> CapacityVerdict:
    """The worst of some verdicts; `ok` of none."""
    return max(verdicts, key=VERDICTS.index, default="ok")


def _model(name: str, question: CapacityQuestion) -> Model:
    if name == "hyperplane":
        return Interfaces(question)
    return Spreading(PER_INVOCATION if name == "per-invocation" else ENI_PER_3GB, question)


def _subnet(subnet: Subnet, question: CapacityQuestion, demand: int) -> SubnetCapacity:
    row = question.ledger[subnet.id]
    return SubnetCapacity(
        cidr=subnet.cidr,
        az=subnet.az,
        addresses=row.addresses,
        reserved=row.reserved,
        usable=row.usable,
        used=row.used,
        free=row.free,
        demand=demand,
        headroom=row.free - demand,
        used_by=row.used_by,
    )


_RULES = {
    "per-invocation": "Every concurrent invocation holds an address of its own",
    "eni-per-3gb": "An interface is shared by as many invocations as 3 GB of memory hold",
    "hyperplane": "All functions with the same subnet and set of security groups share an "
    "interface, "
    "and each carries 65,000 connections",
}
_OUTCOMES: dict[CapacityVerdict, str] = {
    "ok": "which fits",
    "tight": "which fits, but leaves too few for interfaces that are being replaced",
    "uneven": "which fits only if they are not spread evenly",
    "exhausted": "which does not fit",
}


def _reason(
    name: str, question: CapacityQuestion, demand: Mapping[str, int], verdict: CapacityVerdict
) -> str:
    """Why a model says so: its rule, and what that makes of this plan."""
    attached = [asked for asked in question.functions if asked.attached]
    if not attached:
        return f"{_RULES[name]}; no function is attached, so none takes an address."
    stranded = sum(1 for asked in attached if not asked.subnets)
    if stranded:
        lost = "1 function is" if stranded == 1 else f"{stranded} functions are"
        return f"{_RULES[name]}; {lost} left with no subnet at all."
    wanted = sum(demand.values())
    free = sum(question.free[subnet] for subnet in demand)
    invocations = sum(asked.concurrency for asked in attached)
    return (
        f"{_RULES[name]}: {invocations:,} {_plural(invocations, 'invocation')} "
        f"need{'s' if invocations == 1 else ''} {wanted:,} "
        f"{_plural(wanted, 'address', 'addresses')} and {free:,} {_plural(free, 'is', 'are')} "
        f"free, {_OUTCOMES[verdict]}."
    )


def _plural(count: int, one: str, many: str = "") -> str:
    return one if count == 1 else many or f"{one}s"
