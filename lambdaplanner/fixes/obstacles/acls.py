"""Fixes of network ACLs: an entry before the one that denies, or no ACL at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.packets import Packet, Stop
from lambdaplanner.analysis.ranges import ANY_HOST, Ranges
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.parts.allowing import Side, admit
from lambdaplanner.fixes.parts.building import said_subnets
from lambdaplanner.fixes.parts.services import by_interface_alone
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.stops import alike
from lambdaplanner.kinds import topology
from lambdaplanner.model.cidr import ANY_IPV4, Block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange

AWS = "aws:"
_WIDEST = 8
"""Prefix length of the widest block that is written for addresses that lie apart."""


@clears("SUBNET_ACL_RESTRICTION")
def let_it_pass(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """ACLs know no connections: requests and replies each need an entry, on both sides."""
    stops = [stop for stop in alike(met) if _acl_at(view, stop) == met.obstacle.at]
    if not stops:
        return
    yield _entries(view, met.obstacle.at, stops)
    yield from _past_it(view, met)
    borders = [stop.border for stop in stops if stop.border]
    yield Fix(
        slug="take-acl-off",
        label=f"Take the network ACL {called(view.plan, met.obstacle.at)} off "
        f"{said_subnets(view.plan, borders)}",
        command=lambda edit: _take_off(edit, borders),
    )


def _past_it(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """For an AWS service an interface endpoint beside who calls it, to which no packet crosses the
    ACL: nothing has to be opened for addresses that nobody knows.
    """
    answer = met.answer
    places = [path.via for path in answer.paths if path.via is not None]
    if answer.target.startswith(AWS) and len({view.subnet(name).vpc for name in places}) == 1:
        service = answer.target.removeprefix(AWS)
        yield by_interface_alone(view.plan, answer.source, list(dict.fromkeys(places)), service)


def _acl_at(view: PlanAnalysis, stop: Stop) -> str | None:
    acl = topology.acl_of(view.plan, view.subnet(stop.border)) if stop.border else None
    return None if acl is None else acl.id


def _take_off(edit: Edit, subnets: Sequence[str]) -> None:
    for name in dict.fromkeys(subnets):
        edit.update(name, network_acl=None)


def _entries(view: PlanAnalysis, acl: str, stops: Sequence[Stop]) -> Fix:
    side: Side = stops[0].side or "inbound"
    packet = stops[0].trip.packet
    ports = _ports(packet)
    blocks = list(dict.fromkeys(text for stop in stops for text in _far_blocks(stop, side)))

    def command(edit: Edit) -> None:
        for text in blocks:
            admit(edit, acl, side, packet.protocol, ports, text)

    traffic = packet.protocol if ports is None else f"{packet.protocol} {ports}"
    word = "from" if side == "inbound" else "to"
    return Fix(
        slug="allow-in-acl",
        label=f"Allow {side} {traffic} {word} {' and '.join(blocks)} in {called(view.plan, acl)}",
        command=command,
    )


def _ports(packet: Packet) -> PortRange | None:
    if packet.protocol == "icmp":
        return None
    return PortRange(packet.ports[0][0], packet.ports[-1][1])


def _far_blocks(stop: Stop, side: Side) -> list[str]:
    packet = stop.trip.packet
    return covering(packet.version, packet.target if side == "outbound" else packet.source)


def covering(version: int, ranges: Ranges) -> list[str]:
    """The blocks that hold some addresses: one for all of them, where that is not far too wide."""
    if ranges and ranges[-1][1] >= ANY_HOST and version == 4:
        return [str(ANY_IPV4)]
    whole = _smallest(version, ranges[0][0], ranges[-1][1])
    if whole.prefix >= _WIDEST:
        return [str(whole)]
    return [str(_smallest(version, low, high)) for low, high in ranges]


def _smallest(version: int, low: int, high: int) -> Block:
    """The smallest block that holds both addresses."""
    bits = 32 if version == 4 else 128
    apart = (low ^ high).bit_length()
    return Block(version, low >> apart << apart, bits - apart)
