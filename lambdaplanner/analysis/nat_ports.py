"""Whether NAT gateways have the source ports that the concurrency targets take (aws.md 4.1, 4.2).

The worst case is planned for: all connections of all functions that use a gateway go to one
destination (address, port and protocol). Then each address of the gateway carries 55,000 of them;
connections to different destinations share ports, and more fit.

A function holds `concurrency` times its connections for each environment, spread evenly over its
subnets, and each subnet's part goes through the gateways that `gateways_used` names. What else uses
a gateway (workloads) is not counted: a plan does not say how many connections those hold.

What `elastic_ips` means: the addresses of a zonal gateway, public or private (the ledger counts
them so), one where it is 0, and no more than AWS gives. Of a regional gateway the addresses in each
zone: AWS keeps those apart, so every zone is judged by itself, and the busiest one stands for the
gateway. Whether AWS adds addresses by itself (automatic mode) a plan does not say.

https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from lambdaplanner.analysis.capacity_question import Asked, asked_functions
from lambdaplanner.analysis.nat_routes import Use, gateways_used
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario
from lambdaplanner.analysis.whatif import imagine
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.plan import Plan

PORTS_OF_AN_ADDRESS = 55_000
"""Connections to one destination that an address of a NAT gateway carries."""

ADDRESSES_ZONAL, ADDRESSES_REGIONAL = 8, 32
"""The most that AWS gives a zonal gateway, and a regional one in each zone."""

NatVerdict = Literal["ok", "short", "impossible", "gone"]
"""short: more addresses would do. impossible: with one gateway; `gateways_needed` says how many
would do. gone: it stood in the zone that is lost.
"""

Loads = tuple[tuple[str, int], ...]
"""Who holds how many connections, by id, in the order made; each rounded up for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NatPorts:
    """The ports of one NAT gateway; of a regional one those of its busiest zone."""

    regional: bool
    zone: str | None
    """Where a zonal gateway stands; the busiest zone of a regional one, None where none is used."""
    addresses: int
    ports: int
    connections: int
    addresses_needed: int
    most: int
    gateways_needed: int
    verdict: NatVerdict
    functions: Loads = ()
    """Whose connections go through it, in all zones together."""
    zones: Loads = ()
    """Of a regional gateway: the connections of each zone that uses it."""
    stranded: Loads = ()
    """Under a loss: connections from what is left that came through it and have no way out now."""

    @property
    def headroom(self) -> int:
        """Ports that are left; negative where there are too few."""
        return self.ports - self.connections


def nat_ports(
    plan: Plan,
    *,
    concurrency: Mapping[str, int] | None = None,
    scenario: Scenario = AS_PLANNED,
    network: Network | None = None,
) -> dict[str, NatPorts]:
    """The ports of every NAT gateway, in the order made.

    `concurrency` overrides targets by id; `scenario` what to imagine; `network` is the
    plan compiled, where the caller has it. Raises QuestionError where an id, zone or
    gateway is unknown.
    """
    functions = asked_functions(plan, concurrency=concurrency, scenario=scenario)
    before = network or compile_network(plan)
    after = before
    if scenario.loses:
        after = compile_network(imagine(plan, scenario).plan)
    flows = _Flows(functions, before, after)
    return {nat.id: flows.of(nat) for nat in plan.ordered(NatGateway.kind)}


class _Member(NamedTuple):
    """A function and the load that it sends out of each of its subnets."""

    place: int
    id: str
    load: int


class _Flow(NamedTuple):
    """What functions with the same subnets send through a gateway in a zone."""

    zone: str
    arrives: bool
    """Whether it gets there now that something is gone."""
    group: tuple[str, ...]
    times: int
    """From how many of their subnets."""


class _Flows:
    """How many connections go where, in whole numbers: each load is kept times `_scale`, so that
    even shares stay exact until the end.
    """

    def __init__(self, functions: tuple[Asked, ...], before: Network, after: Network) -> None:
        self._before, self._after = before, after
        self._scale = math.lcm(*(len(asked.subnets) for asked in functions if asked.subnets))
        self._groups: dict[tuple[str, ...], list[_Member]] = {}
        for place, asked in enumerate(functions):
            if asked.subnets:
                share = self._scale // len(asked.subnets)
                member = _Member(place, asked.id, asked.concurrency * asked.connections * share)
                self._groups.setdefault(asked.subnets, []).append(member)
        self._sums = {
            group: sum(member.load for member in members) for group, members in self._groups.items()
        }
        self._flows: dict[str, list[_Flow]] = {}
        for group in self._groups:
            for (use, arrives), times in Counter(self._ways(group)).items():
                flow = _Flow(use.zone, arrives, group, times)
                self._flows.setdefault(use.gateway, []).append(flow)

    def _ways(self, subnets: tuple[str, ...]) -> Iterator[tuple[Use, bool]]:
        """For each subnet the gateways it goes through, and whether it still gets there."""
        for name in subnets:
            used = gateways_used(self._after, name)
            for use in used:
                yield use, True
            if not used and self._after is not self._before:
                for use in gateways_used(self._before, name):
                    yield use, False

    def of(self, nat: NatGateway) -> NatPorts:
        """The ports of a gateway."""
        flows = self._flows.get(nat.id, ())
        zones: dict[str, int] = {}
        for flow in flows:
            if flow.arrives:
                load = flow.times * self._sums[flow.group]
                zones[flow.zone] = zones.get(flow.zone, 0) + load
        busiest = max(sorted(zones), key=lambda zone: zones[zone], default=None)
        connections = self._rounded(zones[busiest]) if busiest is not None else 0
        gone = nat.id not in self._after.resources
        addresses = 0 if gone else addresses_of(nat)
        most = most_of(nat)
        needed = 0 if gone else max(1, -(-connections // PORTS_OF_AN_ADDRESS))
        return NatPorts(
            regional=nat.regional,
            zone=busiest if nat.subnet is None else self._before.of(Subnet)[nat.subnet].az,
            addresses=addresses,
            ports=addresses * PORTS_OF_AN_ADDRESS,
            connections=connections,
            addresses_needed=needed,
            most=most,
            gateways_needed=-(-needed // most),
            verdict="gone" if gone else _verdict(addresses, needed, most),
            functions=self._by_function(flow for flow in flows if flow.arrives),
            zones=tuple((zone, self._rounded(load)) for zone, load in sorted(zones.items()))
            if nat.regional
            else (),
            stranded=self._by_function(flow for flow in flows if not flow.arrives),
        )

    def _by_function(self, flows: Iterable[_Flow]) -> Loads:
        times: dict[tuple[str, ...], int] = {}
        for flow in flows:
            times[flow.group] = times.get(flow.group, 0) + flow.times
        scale = self._scale
        found = [
            (place, name, -(-load * count // scale))
            for group, count in times.items()
            for place, name, load in self._groups[group]
        ]
        if len(times) > 1:
            found.sort()
        return tuple((name, connections) for _, name, connections in found)

    def _rounded(self, load: int) -> int:
        return -(-load // self._scale)


def addresses_of(nat: NatGateway) -> int:
    """How many addresses a gateway has, a regional one in each zone."""
    return min(max(1, nat.elastic_ips), most_of(nat))


def most_of(nat: NatGateway) -> int:
    """How many addresses AWS gives it at most, a regional one in each zone."""
    return ADDRESSES_REGIONAL if nat.regional else ADDRESSES_ZONAL


def _verdict(addresses: int, needed: int, most: int) -> NatVerdict:
    if needed <= addresses:
        return "ok"
    return "short" if needed <= most else "impossible"
