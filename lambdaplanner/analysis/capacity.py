"""Do the subnets have the addresses that the functions' concurrency targets take? The ledger and
three models.

What a number means (aws.md 1.1 to 1.4 for the models themselves):

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

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lambdaplanner.analysis.address_models import ENI_PER_3GB, PER_INVOCATION, Spreading
from lambdaplanner.analysis.answers import (
    AccountCapacity,
    CapacityAnswer,
    CapacityVerdict,
    FunctionCapacity,
    SubnetCapacity,
)
from lambdaplanner.analysis.capacity_question import CapacityQuestion, Model, ask, check_model
from lambdaplanner.analysis.capacity_reasons import reason_of
from lambdaplanner.analysis.hyperplane_model import Interfaces
from lambdaplanner.analysis.ledger import Ledger
from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.plan import Plan

VERDICTS: tuple[CapacityVerdict, ...] = ("ok", "tight", "uneven", "exhausted")
"""From best to worst."""


def assess(
    plan: Plan,
    *,
    model: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    scenario: Scenario = AS_PLANNED,
    rows: Ledger | None = None,
) -> CapacityAnswer:
    """The ledger of every subnet and the verdict on every function, in the order made.

    `model` overrides the plan's; `concurrency` overrides targets by id; `scenario` what to
    imagine; `rows` is the plan's ledger where the caller has it. Raises QuestionError
    where an id, model or zone is unknown.
    """
    chosen = plan.info.settings.capacity_model if model is None else model
    check_model(chosen)
    question = ask(plan, concurrency=concurrency, scenario=scenario, rows=rows)
    models = {name: model_of(name, question) for name in MODELS}
    found = {asked.id: models[chosen].function(asked) for asked in question.functions}
    functions = dict(_told_apart(question, found))
    verdicts = {
        name: worst(each.verdict(asked) for asked in question.functions)
        for name, each in models.items()
    }
    return CapacityAnswer(
        model=chosen,
        verdict=verdicts[chosen],
        account=AccountCapacity(
            concurrency=sum(asked.concurrency for asked in question.functions),
            quota=question.settings.account_concurrency,
        ),
        subnets={
            subnet.id: _subnet(subnet, question, models[chosen].demand.get(subnet.id, 0))
            for subnet in plan.ordered(Subnet.kind)
        },
        functions=functions,
        models=verdicts,
        reasons={
            name: reason_of(name, question, each, verdicts[name]) for name, each in models.items()
        },
    )


def _told_apart(
    question: CapacityQuestion, found: Mapping[str, FunctionCapacity]
) -> Iterator[tuple[str, FunctionCapacity]]:
    """The answers with what they owe to the account, to a lost zone and to one another."""
    short = [each for each in found.values() if each.verdict == "exhausted" and each.bottleneck]
    sharing = Counter(frozenset(each.bottleneck) for each in short)
    for asked in question.functions:
        each = found[asked.id]
        shared = each.verdict == "exhausted" and sharing[frozenset(each.bottleneck)] > 1
        yield (
            asked.id,
            replace(
                each,
                quota=question.settings.account_concurrency,
                stranded=asked.attached and not asked.subnets,
                contended=shared and not each.max_concurrency,
            ),
        )


def worst(verdicts: Iterable[CapacityVerdict]) -> CapacityVerdict:
    """The worst of some verdicts; `ok` of none."""
    return max(verdicts, key=VERDICTS.index, default="ok")


def model_of(name: str, question: CapacityQuestion) -> Model:
    """A capacity model by its name, on a question."""
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
