"""A capacity answer as a person in a terminal reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lambdaplanner.analysis.capacity_reasons import fate_of, most_of
from lambdaplanner.cli.console import print_table, say
from lambdaplanner.model.document import observed_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lambdaplanner.analysis.answers import AccountCapacity, CapacityAnswer, FunctionCapacity
    from lambdaplanner.analysis.nat_ports import NatPorts
    from lambdaplanner.analysis.room import Room
    from lambdaplanner.analysis.worst_zone import WorstZone
    from lambdaplanner.cli.capacity_document import Answered

WORST_CASE = (
    "The worst case: all connections of all functions that use a gateway go to one destination "
    "(address, port and protocol)."
)


def print_answer(answered: Answered) -> None:
    """The ledger, the verdicts, the models, the account, the worst zone and the NAT gateways."""
    answer = answered.capacity
    imagined = f", {answered.scenario.sentence}" if answered.scenario else ""
    say(f"{answer.verdict} ({answer.model}{imagined})")
    say()
    print_table(
        ("subnet", "cidr", "zone", "usable", "used", "free", "demand", "headroom"),
        [
            (n, s.cidr, s.az, s.usable, s.used, s.free, s.demand, s.headroom)
            for n, s in answer.subnets.items()
        ],
    )
    for name, seen in answered.observed.items():
        say(f"{name}: {observed_sentence(seen, answer.subnets[name].free)}")
    say()
    _print_functions(answer, answered.rooms)
    say()
    for model, verdict in answer.models.items():
        say(f"{model}: {verdict}. {answer.reasons.get(model, '')}".rstrip())
    say(_account_line(answer.account))
    if answered.worst_zone is not None:
        say(_zone_line(answered.worst_zone))
    if answered.nat_ports:
        say()
        _print_gateways(answered.nat_ports)


def _print_functions(answer: CapacityAnswer, rooms: Mapping[str, Room]) -> None:
    head = ("function", "verdict", "target", "at most", "shortfall", "ramp", "would get")
    print_table(
        (*head, "would do"),
        [
            (
                name,
                f.verdict,
                f.concurrency,
                most_of(f),
                f.shortfall,
                f"{f.ramp_seconds:,} s",
                fate_of(f) or "-",
                _would_do(f, rooms.get(name)),
            )
            for name, f in answer.functions.items()
        ],
    )


def _would_do(function: FunctionCapacity, room: Room | None) -> str:
    if function.suggested_prefix is None:
        return "-"
    each = f"/{function.suggested_prefix} each"
    if room is None:
        return each
    if len(room.blocks) == room.subnets:
        return f"{each}: {', '.join(room.blocks)}"
    found = f"room for {len(room.blocks)} of {room.subnets}"
    fits = "no smaller one fits" if room.fits is None else f"/{room.fits} each still fits"
    return f"{each}: {found}, {fits}"


def _account_line(account: AccountCapacity) -> str:
    said = f"account: {account.verdict}. {account.concurrency:,} of {account.quota:,} at once"
    if account.verdict == "ok":
        return f"{said}."
    return f"{said}; the rest is throttled unless AWS raises the quota."


def _zone_line(loss: WorstZone) -> str:
    if loss.verdict == "ok":
        return "worst zone: ok. Without any one zone every target still has its addresses."
    short = f"; {loss.shortfall:,} too many" if loss.shortfall else ""
    hit = ", ".join(
        f"{name} {each.shortfall:,}" if each.shortfall else name
        for name, each in loss.functions.items()
    )
    return f"worst zone: {loss.verdict} without {loss.az}{short} (alone: {hit})."


def _print_gateways(found: Mapping[str, NatPorts]) -> None:
    head = ("nat gateway", "verdict", "zone", "addresses", "ports", "connections", "headroom")
    print_table(
        (*head, "would do"),
        [
            (
                name,
                p.verdict,
                p.zone or "-",
                p.addresses,
                p.ports,
                p.connections,
                p.headroom,
                _would_carry(p),
            )
            for name, p in found.items()
        ],
    )
    say(WORST_CASE)
    if any(p.regional for p in found.values()):
        say("A regional gateway is judged by its busiest zone; every zone has its own addresses.")
    for name, ports in found.items():
        for function, connections in ports.stranded:
            say(
                f"{function} has no way out for {connections:,} of its connections, "
                f"which went through {name}."
            )


def _would_carry(ports: NatPorts) -> str:
    if ports.verdict == "short":
        return f"{ports.addresses_needed} addresses"
    return f"{ports.gateways_needed} gateways" if ports.verdict == "impossible" else "-"
