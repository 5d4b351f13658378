"""Which single zone a plan can afford to lose least: the capacity question, once without each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lambdaplanner.analysis.answers import CapacityVerdict
from lambdaplanner.analysis.capacity import VERDICTS, model_of, worst
from lambdaplanner.analysis.capacity_question import Asked, Model, ask, check_model
from lambdaplanner.analysis.ledger import Ledger, ledger
from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario
from lambdaplanner.analysis.whatif import zones_of
from lambdaplanner.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneLoss:
    """What the loss of a zone does."""

    az: str
    verdict: CapacityVerdict
    """Without that zone."""
    shortfall: int
    """Invocations that would be too many; of a plan all targets less the most that fits at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstZone(ZoneLoss):
    """The worst loss for the plan."""

    functions: dict[str, ZoneLoss]
    """The attached functions that do not fit then, with what each lacks while the others keep their
    targets. Those that share subnets lack some of it together, so that these do not add up.
    """


def worst_zone(
    plan: Plan,
    *,
    model: str | None = None,
    concurrency: Mapping[str, int] | None = None,
    scenario: Scenario = AS_PLANNED,
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
    losses: list[WorstZone] = []
    for zone in zones_of(plan):
        lost = replace(scenario, without_zones=(zone,))
        question = ask(plan, concurrency=concurrency, scenario=lost, rows=known)
        attached = [asked for asked in question.functions if asked.attached]
        if not attached:
            return None
        losses.append(_loss(zone, model_of(chosen, question), attached))
    return max(losses, key=_rank, default=None)


def _loss(zone: str, judge: Model, attached: list[Asked]) -> WorstZone:
    found = {asked.id: judge.verdict(asked) for asked in attached}
    short = [asked for asked in attached if found[asked.id] != "ok"]
    return WorstZone(
        az=zone,
        verdict=worst(found.values()),
        shortfall=judge.lacking(),
        functions={
            asked.id: ZoneLoss(
                az=zone, verdict=found[asked.id], shortfall=judge.function(asked).shortfall
            )
            for asked in short
        },
    )


def _rank(loss: ZoneLoss) -> tuple[int, int]:
    return VERDICTS.index(loss.verdict), loss.shortfall
