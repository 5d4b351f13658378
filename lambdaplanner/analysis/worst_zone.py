"""Which single zone a plan can afford to lose least: the capacity question, once without each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lambdaplanner.analysis.answers import CapacityVerdict, FunctionCapacity
from lambdaplanner.analysis.capacity import VERDICTS, model_of, worst
from lambdaplanner.analysis.capacity_question import ask, check_model
from lambdaplanner.analysis.ledger import Ledger, ledger
from lambdaplanner.analysis.whatif import zones_of
from lambdaplanner.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneLoss:
    """What the loss of a zone does."""

    az: str
    verdict: CapacityVerdict
    """Without that zone."""
    shortfall: int
    """Invocations that would be too many; of a plan those of all functions, each for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstZone(ZoneLoss):
    """The worst loss for the plan."""

    functions: dict[str, ZoneLoss]
    """The worst loss for each attached function, which may be of another zone."""


def worst_zone(
    plan: Plan,
    *,
    model: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    rows: Ledger | None = None,
) -> WorstZone | None:
    """The loss with the worst verdict, of those the one with the greatest shortfall, of those the
    first by name; None where no function is attached.

    Only addresses are judged: what a lost NAT gateway does, `nat_ports` says. Parameters and errors
    as in `assess`.
    """
    chosen = plan.info.settings.capacity_model if model is None else model
    check_model(chosen)
    known = ledger(plan) if rows is None else rows
    losses: list[ZoneLoss] = []
    functions: dict[str, list[ZoneLoss]] = {}
    for zone in zones_of(plan):
        question = ask(plan, concurrency=concurrency, without_az=zone, rows=known)
        judge = model_of(chosen, question)
        found = {a.id: judge.function(a) for a in question.functions if a.attached}
        for name, capacity in found.items():
            functions.setdefault(name, []).append(_loss(zone, capacity))
        losses.append(
            ZoneLoss(
                az=zone,
                verdict=worst(capacity.verdict for capacity in found.values()),
                shortfall=sum(capacity.shortfall for capacity in found.values()),
            )
        )
    if not functions:
        return None
    for_all = max(losses, key=_rank)
    return WorstZone(
        az=for_all.az,
        verdict=for_all.verdict,
        shortfall=for_all.shortfall,
        functions={name: max(each, key=_rank) for name, each in functions.items()},
    )


def _loss(zone: str, capacity: FunctionCapacity) -> ZoneLoss:
    return ZoneLoss(az=zone, verdict=capacity.verdict, shortfall=capacity.shortfall)


def _rank(loss: ZoneLoss) -> tuple[int, int]:
    return VERDICTS.index(loss.verdict), loss.shortfall
