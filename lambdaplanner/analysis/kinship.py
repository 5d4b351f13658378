"""Subnets that are kin: whatever starts in one of them meets the same, step by step, as what starts
in another, though in other subnets, by other tables and by other NAT gateways, which are kin again.

This is found for all subnets of a plan together: those are kin that show no difference, until
nothing more is told apart. Kin fare alike where filters and routes tell none of the addresses apart
that a packet has or gets, and where it is no matter by which subnet of its VPC a packet comes to an
end (`plain`). Only names differ then, so that kin stand for one another in verdicts, and in whole
answers where nothing stands in the way.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import NamedTuple

from lambdaplanner.analysis.filters import Acl, judge_acl
from lambdaplanner.analysis.looks import SUBNETS
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.places import places_of, zone_of
from lambdaplanner.analysis.ranges import ALL_PORTS, INTERNET, joined
from lambdaplanner.analysis.routes import LOCAL
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model import cidr
from lambdaplanner.model.cidr import Block

Kin = Mapping[str, int]
"""Subnet -> the number of its kin."""


def kin_by_table(network: Network) -> Kin:
    """The kin that have one route table, and so have all that follows."""
    return _kept(network, by_table=True)


def kin_by_contents(network: Network) -> Kin:
    """The kin by whatever tables; what leans on them counts as having read every table."""
    network.readings.note((SUBNETS, *network.of(RouteTable)))
    return _kept(network, by_table=False)


def _kept(network: Network, *, by_table: bool) -> Kin:
    key = ("kin", by_table)
    if key not in network.memo:
        found = network.readings.aside(lambda: _Kinship(network, by_table=by_table).found())
        network.memo[key] = found
    kept: Kin = network.memo[key]
    return kept


class _Kinship:
    """The search for the kin of one state of a plan."""

    def __init__(self, network: Network, *, by_table: bool) -> None:
        self._network = network
        self._by_table = by_table
        self._kin = dict.fromkeys(network.of(Subnet), 0)
        nats = network.of(NatGateway).values()
        self._nats_alike = not by_table and all(plain(network, network.home_of(n)) for n in nats)
        self._tables = {name: self._contents(name) for name in self._kin}
        self._plainly = {name: self._said_once(name) for name in self._kin}

    def found(self) -> Kin:
        """Told apart until nothing more is."""
        count = 0
        while True:
            numbers: dict[Hashable, int] = {}
            self._kin = {
                name: numbers.setdefault((kin, self._said(name)), len(numbers))
                for name, kin in self._kin.items()
            }
            if len(numbers) == count:
                return self._kin
            count = len(numbers)

    def _contents(self, name: str) -> _Contents:
        """The targets of a subnet's table, and all else of it."""
        table = self._network.table_of(name)
        key = ("contents", table.id, self._network.of(Subnet)[name].vpc)
        memo = self._network.memo
        if key not in memo:
            targets = list(dict.fromkeys(way.target for way in table.ways))
            ways = [(w.block, w.text, w.rank, targets.index(w.target)) for w in table.ways]
            memo[key] = _Contents(
                tuple(targets), (tuple(ways), tuple(table.services.items()), table.listed)
            )
        found: _Contents = memo[key]
        return found

    def _said_once(self, name: str) -> Hashable:
        """What a subnet shows whatever its kin."""
        network = self._network
        table = network.table_of(name)
        if network.refusals.touches(name) or network.stands_apart(name):
            return name
        contents = table.id if self._by_table else self._tables[name].others
        return network.of(Subnet)[name].vpc, _rules(network, name), contents

    def _said(self, name: str) -> Hashable:
        targets = self._tables[name].targets
        return self._plainly[name], tuple(self._led(name, target) for target in targets)

    def _led(self, name: str, target: str) -> Hashable:
        """What a route of a subnet leads to."""
        network = self._network
        subnet = network.of(Subnet)[name]
        gateway = network.of(TransitGateway).get(target)
        if gateway is not None:
            return target, self._attached(subnet, gateway)
        nat = network.of(NatGateway).get(target)
        if nat is None:
            return target
        if nat.subnet is None:
            return target, subnet.az
        if not self._nats_alike or network.refusals.touches(nat.id):
            return target, nat.subnet == name
        cell = cell_of(network, nat.subnet)
        kin = nat.subnet if cell is None else (self._kin[nat.subnet], cell)
        home = network.home_of(nat)
        return home, nat.connectivity, nat.elastic_ips, kin, nat.subnet == name

    def _attached(self, subnet: Subnet, gateway: TransitGateway) -> Hashable:
        """Where a transit gateway takes packets in from a subnet, and where it may let them out."""
        network = self._network
        found: list[Hashable] = []
        for attachment in gateway.attachments:
            places = places_of(network, gateway, attachment)
            here = places.by_zone.get(subnet.az, ())
            if attachment.vpc != subnet.vpc:
                found.append(frozenset(self._kin[name] for name in here))
            elif any(zone_of(network, name) == subnet.az for name in places.refused):
                return subnet.id
            else:
                found.append(frozenset(self._entry(name) for name in here))
        return tuple(found)

    def _entry(self, name: str) -> Hashable:
        network = self._network
        return name if network.refusals.touches(name) else _rules(network, name)


class _Contents(NamedTuple):
    """A route table without its name."""

    targets: tuple[str, ...]
    others: Hashable
    """The routes, each with the place of its target, and what serves services."""


def _rules(network: Network, subnet: str) -> Hashable:
    acl = network.acl_of(subnet)
    return None if acl is None else (acl.inbound, acl.outbound)


# where kin stand for one another ------------------------------------------------------------------


def plain(network: Network, vpc: str) -> bool:
    """Whether it is no matter by which subnet of a VPC packets come to their end: no ACL keeps
    anything out, all routes inside are local, and nothing is refused.
    """
    return network.readings.of(("plain", vpc), lambda: _plain(network, vpc))


def homes_of(network: Network, subnet: str, *, by_table: bool) -> tuple[str, ...]:
    """The subnets in which an interface without a fixed address fares as in this one, in one order
    for all of them; none where it can stand nowhere else. Those of other tables only where asked:
    what leans on them is asked anew after an edit of any table.
    """
    vpc, cell = network.of(Subnet)[subnet].vpc, cell_of(network, subnet)
    if cell is None or not plain(network, vpc):
        return ()
    if len(network.subnets_of(vpc)) == 1:
        return (subnet,)
    kin = (kin_by_table if by_table else kin_by_contents)(network)
    key = ("homes", subnet, by_table)
    if key not in network.memo:
        alike = (s for s in network.subnets_of(vpc) if kin[s] == kin[subnet])
        found = tuple(s for s in alike if cell_of(network, s) == cell)
        network.memo.update((("homes", name, by_table), found) for name in found)
    homes: tuple[str, ...] = network.memo[key]
    return homes


def _plain(network: Network, vpc: str) -> bool:
    whole = network.whole_vpc(vpc)
    network.read_subnets(vpc)
    for name in network.subnets_of(vpc):
        acl = network.acl_of(name)
        if acl is not None and not _lets_all(network, acl):
            return False
        pieces = network.table_of(name).pieces(4, whole)
        inside = all(way.target == LOCAL for _, winners in pieces for way in winners)
        if not inside or network.refusals.touches(name) or network.stands_apart(name):
            return False
    return True


def _lets_all(network: Network, acl: Acl) -> bool:
    """Whether an ACL lets everything through that comes from a VPC or the internet."""
    key = ("lets all", acl.id)
    if key not in network.memo:
        known = joined([part for vpc in network.of(Vpc) for part in network.whole_vpc(vpc)])
        network.memo[key] = not any(
            judge_acl(rules, 4, protocol, (*known, *INTERNET), (ALL_PORTS,)).denied
            for rules in (acl.inbound, acl.outbound)
            for protocol in ("tcp", "udp", "icmp")
        )
    return bool(network.memo[key])


def cell_of(network: Network, subnet: str) -> Hashable:
    """What subnets have in common whose addresses no route, no filter and no list tells apart; None
    where something tells addresses of this one apart.
    """
    if "cells" not in network.memo:
        blocks = sorted(set(_told_apart(network)), key=lambda block: (block.first, block.prefix))
        network.memo["cells"] = dict(_cells(network, blocks))
    found: Hashable = network.memo["cells"].get(subnet)
    return found


def _cells(network: Network, blocks: list[Block]) -> Iterator[tuple[str, Hashable]]:
    """One sweep over blocks and subnets, since blocks nest or are apart."""
    subnets = sorted((cidr.block(s.cidr), s.id) for s in network.of(Subnet).values())
    around: list[Block] = []
    waiting = iter(blocks)
    ahead = next(waiting, None)
    for block, name in subnets:
        while ahead is not None and (ahead.first < block.first or ahead.covers(block)):
            around = [outer for outer in around if outer.covers(ahead)]
            around.append(ahead)
            ahead = next(waiting, None)
        covering = tuple(outer for outer in around if outer.covers(block))
        inside = ahead is not None and block.covers(ahead)
        if not inside:
            yield name, covering


def _told_apart(network: Network) -> Iterator[Block]:
    """The IPv4 blocks by which anything decides."""
    texts: set[str] = set()
    for vpc in network.of(Vpc).values():
        texts.update(vpc.cidrs)
    for table in network.of(RouteTable).values():
        texts.update(route.destination for route in table.routes)
    for gateway in network.of(TransitGateway).values():
        for inner in gateway.route_tables or ():
            texts.update(route.destination for route in inner.routes)
    for listed in network.of(PrefixList).values():
        texts.update(listed.entries)
    for acl in network.of(NetworkAcl).values():
        texts.update(entry.cidr for entry in (*acl.inbound, *acl.outbound) if entry.cidr)
    for group in network.of(SecurityGroup).values():
        rules = (*group.inbound, *(group.outbound or ()))
        texts.update(rule.cidr for rule in rules if rule.cidr)
    blocks = (cidr.block(text) for text in texts if "/" in text)
    yield from (block for block in blocks if block.version == 4)
