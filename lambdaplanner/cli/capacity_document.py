"""A capacity answer as JSON has it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from lambdaplanner.cli.imagining import scenario_document

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambdaplanner.analysis.answers import CapacityAnswer, FunctionCapacity
    from lambdaplanner.analysis.nat_ports import NatPorts
    from lambdaplanner.analysis.room import Room
    from lambdaplanner.analysis.scenario import Scenario
    from lambdaplanner.analysis.worst_zone import WorstZone, ZoneLoss
    from lambdaplanner.model.document import Observation


class Answered(NamedTuple):
    """Everything that the command says."""

    capacity: CapacityAnswer
    rooms: Mapping[str, Room]
    nat_ports: Mapping[str, NatPorts]
    worst_zone: WorstZone | None
    """None where no function is attached, or the question is about the loss of a zone anyway."""
    scenario: Scenario
    observed: Mapping[str, Observation] = MappingProxyType({})
    """What AWS reported of subnets when the plan was imported."""


def capacity_document(answered: Answered) -> dict[str, Any]:
    """The document; `worst_zone` is left out where nothing is known of it."""
    answer = answered.capacity
    document: dict[str, Any] = {
        **scenario_document(answered.scenario),
        "model": answer.model,
        "verdict": answer.verdict,
        "account": {
            "concurrency": answer.account.concurrency,
            "quota": answer.account.quota,
            "verdict": answer.account.verdict,
        },
        "subnets": {
            name: {
                "cidr": s.cidr,
                "az": s.az,
                "addresses": s.addresses,
                "reserved": s.reserved,
                "usable": s.usable,
                "used": s.used,
                "free": s.free,
                "demand": s.demand,
                "headroom": s.headroom,
                **_observed(answered.observed.get(name)),
            }
            for name, s in answer.subnets.items()
        },
        "functions": {
            name: _function(f, answered.rooms.get(name)) for name, f in answer.functions.items()
        },
        "models": {
            name: {"verdict": verdict, "reason": answer.reasons.get(name, "")}
            for name, verdict in answer.models.items()
        },
        "nat_ports": {name: _ports(found) for name, found in answered.nat_ports.items()},
    }
    if answered.worst_zone is not None:
        document["worst_zone"] = {
            **_loss(answered.worst_zone),
            "functions": {
                name: _loss(loss) for name, loss in answered.worst_zone.functions.items()
            },
        }
    return document


def _observed(seen: Observation | None) -> dict[str, Any]:
    if seen is None:
        return {}
    said = {"available": seen.available, "lambda": seen.functions}
    return {"observed": {key: value for key, value in said.items() if value is not None}}


def _function(function: FunctionCapacity, room: Room | None) -> dict[str, Any]:
    document: dict[str, Any] = {
        "concurrency": function.concurrency,
        "ramp_seconds": function.ramp_seconds,
        "demand": function.demand,
        "max_concurrency": function.max_concurrency,
        "verdict": function.verdict,
        "shortfall": function.shortfall,
        "error": function.error,
        "suggested_prefix": function.suggested_prefix,
    }
    if room is not None:
        document["free_blocks"] = list(room.blocks)
        document["fits_prefix"] = room.fits
    if function.bottleneck:
        document["bottleneck"] = list(function.bottleneck)
    return document


def _ports(found: NatPorts) -> dict[str, Any]:
    document: dict[str, Any] = {
        "mode": "regional" if found.regional else "zonal",
        "az": found.zone,
        "addresses": found.addresses,
        "ports": found.ports,
        "connections": found.connections,
        "headroom": found.headroom,
        "addresses_needed": found.addresses_needed,
        "addresses_at_most": found.most,
        "gateways_needed": found.gateways_needed,
        "verdict": found.verdict,
        "functions": dict(found.functions),
    }
    if found.regional:
        document["zones"] = dict(found.zones)
    if found.stranded:
        document["stranded"] = dict(found.stranded)
    return document


def _loss(loss: ZoneLoss) -> dict[str, Any]:
    return {"az": loss.az, "verdict": loss.verdict, "shortfall": loss.shortfall}
