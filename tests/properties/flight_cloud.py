"""A plan's plain mapping, read as AWS would read it: blocks, routes, filters.

Written from AWS's rules alone, without looking at the engine; netaddr does all arithmetic.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple

from netaddr import IPAddress, IPNetwork

from tests.properties.flight_refused import Refused

RFC_1918 = tuple(IPNetwork(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))
GATEWAY_SERVICES = ("s3", "dynamodb")
AWS_LISTS = "com.amazonaws."
RFC_6598 = IPNetwork("100.64.0.0/10")


@cache
def net(text: str) -> IPNetwork:
    """A block, read once; host bits are dropped, as AWS does."""
    return IPNetwork(text).cidr


@cache
def inside(address: IPAddress, text: str) -> bool:
    """Whether a block holds an address."""
    block = net(text)
    return bool(block.version == address.version and block.first <= int(address) <= block.last)


def private(address: IPAddress) -> bool:
    """What an internet gateway does not carry."""
    return address.version == 4 and any(address in block for block in (*RFC_1918, RFC_6598))


class Packet(NamedTuple):
    """One concrete packet. Of ICMP the ports mean nothing."""

    source: IPAddress
    target: IPAddress
    protocol: str
    source_port: int
    target_port: int

    def answered(self) -> Packet:
        """The reply to this packet."""
        return Packet(self.target, self.source, self.protocol, self.target_port, self.source_port)


class Peer(NamedTuple):
    """The far end of a packet, as a group's rule sees it."""

    address: IPAddress
    groups: frozenset[str]
    """The groups that a reference may match; empty where the way loses them."""


class Cloud:
    """Answers the small questions about a plan."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.refused = Refused(plan)

    def things(self, section: str) -> dict[str, Any]:
        """A section of the plan."""
        return self.plan.get(section) or {}

    def vpc_of(self, subnet: str) -> str:
        """The VPC of a subnet."""
        return str(self.things("subnets")[subnet]["vpc"])

    def zone_of(self, subnet: str) -> str:
        """The zone of a subnet."""
        return str(self.things("subnets")[subnet]["az"])

    def blocks(self, vpc: str) -> list[str]:
        """Every block of a VPC."""
        fields = self.things("vpcs")[vpc]
        ipv6 = [fields["ipv6_cidr"]] if fields.get("ipv6_cidr") else []
        return [fields["cidr"], *fields.get("secondary_cidrs", []), *ipv6]

    def in_vpc(self, address: IPAddress, vpc: str) -> bool:
        """Whether a block of the VPC holds the address."""
        return any(inside(address, block) for block in self.blocks(vpc))

    def overlap(self, one: str, other: str) -> bool:
        """Whether two VPCs share addresses; a peering of such fails."""
        return any(
            net(a).version == net(b).version and (net(a) in net(b) or net(b) in net(a))
            for a in self._standing(one)
            for b in self._standing(other)
        )

    def _standing(self, vpc: str) -> list[str]:
        """The blocks of a VPC, less those that AWS refuses."""
        written = set(self.things("vpcs")[vpc].get("secondary_cidrs", []))
        kept = self.refused.blocks(vpc)
        return [block for block in self.blocks(vpc) if block not in written or block in kept]

    def in_subnet(self, address: IPAddress, subnet: str) -> bool:
        """Whether a block of the subnet holds the address."""
        fields = self.things("subnets")[subnet]
        return inside(address, fields["cidr"]) or bool(
            fields.get("ipv6_cidr") and inside(address, fields["ipv6_cidr"])
        )

    def exists(self, subnet: str) -> bool:
        """Whether AWS would make the subnet."""
        return subnet in self.refused.subnets

    def associated(self, subnet: str) -> bool:
        """Whether AWS would give the subnet the route table that it names."""
        table = self.table_of(subnet)
        tables = self.things("route_tables")
        return table is None or bool(tables[table]["vpc"] == self.vpc_of(subnet))

    def subnet_at(self, vpc: str, address: IPAddress) -> str | None:
        """The subnet of a VPC that owns an address."""
        for subnet, fields in self.things("subnets").items():
            if fields["vpc"] == vpc and self.in_subnet(address, subnet) and self.exists(subnet):
                return str(subnet)
        return None

    # Routes.

    def table_of(self, subnet: str) -> str | None:
        """The route table of a subnet; None for a main table that nobody wrote."""
        fields = self.things("subnets")[subnet]
        if fields.get("route_table"):
            return str(fields["route_table"])
        for table, content in self.things("route_tables").items():
            if content["vpc"] == fields["vpc"] and content.get("main"):
                return str(table)
        return None

    def prefixes(self, destination: str) -> tuple[list[str], int]:
        """The blocks that a destination means, and how it ranks among equals."""
        if "/" in destination:
            return [destination], 0
        return list(self.things("prefix_lists")[destination]), 2

    def targets(self, subnet: str, address: IPAddress) -> list[str]:
        """Where a subnet's packet to an address goes: one target, or several where AWS draws."""
        found = [
            (-net(block).prefixlen, 1, "local")
            for block in self.blocks(self.vpc_of(subnet))
            if inside(address, block)
        ]
        table = self.table_of(subnet)
        routes = self.things("route_tables")[table].get("routes", {}) if table else {}
        for destination, target in routes.items():
            home = self.things("route_tables")[str(table)]["vpc"]
            if not self.refused.route(home, destination, target):
                continue
            blocks, rank = self.prefixes(destination)
            found += [
                (-net(block).prefixlen, rank, target) for block in blocks if inside(address, block)
            ]
        best = min(found)[:2] if found else None
        return sorted({target for *order, target in found if tuple(order) == best})

    def listed(self, subnet: str, target: str, address: IPAddress) -> bool:
        """Whether a prefix list leads to a gateway endpoint; AWS refuses blocks, and endpoints of
        other services.
        """
        if self.things("endpoints")[target]["service"] not in GATEWAY_SERVICES:
            return False
        table = self.table_of(subnet)
        routes = self.things("route_tables")[table].get("routes", {}) if table else {}
        return any(
            towards == target and destination.startswith(AWS_LISTS) and inside(address, block)
            for destination, towards in routes.items()
            for block in self.prefixes(destination)[0]
        )

    def gateway_endpoint(self, subnet: str, service: str) -> str | None:
        """The gateway endpoint that serves a subnet's table: associated, or named by a route of a
        list.
        """
        table = self.table_of(subnet)
        if table is None or service not in GATEWAY_SERVICES:
            return None
        routes = self.things("route_tables")[table].get("routes", {})
        named = {
            target for destination, target in routes.items() if destination.startswith(AWS_LISTS)
        }
        for name, endpoint in self.things("endpoints").items():
            if (
                (endpoint["type"], endpoint["service"]) == ("gateway", service)
                and endpoint["vpc"] == self.vpc_of(subnet)
                and (table in endpoint.get("route_tables", []) or name in named)
            ):
                return str(name)
        return None

    def service_lists(self, service: str) -> set[str]:
        """AWS's own lists of a service's addresses."""
        own = f"{AWS_LISTS}eu-west-1.{service}"
        written = {name for name in self.things("prefix_lists") if name == own}
        return {*written, f"aws:{service}"}

    def transit_targets(self, gateway: str, vpc: str, address: IPAddress) -> list[str]:
        """The VPC that a transit gateway sends a packet from another VPC to; several, or none at
        all among them, where that depends on which VPC was attached first.
        """
        fields = self.things("transit_gateways")[gateway]
        attachments = fields["attachments"]
        name = attachments[vpc].get("route_table")
        if fields.get("route_tables") is None:
            table: dict[str, Any] = {"propagate": list(attachments)}
        elif name is None:
            return []
        else:
            table = fields["route_tables"][name]
        members = [m for m in table.get("propagate", []) if m in attachments]
        ends = set()
        for learnt in self.refused.propagated(members, address):
            found = [
                (-net(block).prefixlen, 0, target)
                for block, target in table.get("routes", {}).items()
                if inside(address, block)
            ]
            found += [(-net(block).prefixlen, 1, member) for block, member in learnt.items()]
            ends.add(min(found)[2] if found else "")
        return sorted(ends)

    # Filters.

    def acl_allows(self, subnet: str, direction: str, packet: Packet) -> bool:
        """Whether a subnet's network ACL lets a packet in or out."""
        name = self.things("subnets")[subnet].get("network_acl")
        if not name:
            return True
        if self.things("network_acls")[name]["vpc"] != self.vpc_of(subnet):
            return False  # AWS refuses it
        far = packet.source if direction == "inbound" else packet.target
        entries = self.things("network_acls")[name].get(direction, {})
        for number in sorted(entries):
            entry = entries[number]
            if "cidr" in entry and not inside(far, entry["cidr"]):
                continue
            if _fits(entry, packet):
                return bool(entry["action"] == "allow")
        return False

    def groups_of(self, fields: dict[str, Any], vpc: str) -> frozenset[str]:
        """The groups of an interface; the VPC's default one where it names none."""
        named = fields.get("security_groups") or []
        if not named and fields.get("type") == "nlb":
            return frozenset({f"nothing:{vpc}"})
        if not named:
            return frozenset({f"default:{vpc}"})
        groups = self.things("security_groups")
        return frozenset(group for group in named if groups[group]["vpc"] == vpc)

    def _rules(self, group: str, direction: str) -> Iterator[dict[str, Any]]:
        everything = [{"cidr": "0.0.0.0/0"}, {"cidr": "::/0"}]
        if group.startswith("nothing:"):
            yield from everything
            return
        if group.startswith("default:"):
            yield from everything if direction == "outbound" else [{"security_group": group}]
            return
        fields = self.things("security_groups")[group]
        yield from fields.get(direction, everything if direction == "outbound" else [])

    def groups_allow(
        self,
        groups: frozenset[str],
        direction: str,
        packet: Packet,
        peer: Peer,
        lists: Collection[str] = (),
    ) -> bool:
        """Whether any rule of any group lets a packet pass; `lists` stand for the far end whole."""
        for group in groups:
            for rule in self._rules(group, direction):
                if not _fits(rule, packet):
                    continue
                if "security_group" in rule:
                    matches = rule["security_group"] in peer.groups
                elif "prefix_list" in rule:
                    blocks = self.things("prefix_lists").get(rule["prefix_list"], [])
                    matches = any(inside(peer.address, block) for block in blocks)
                    matches = matches or rule["prefix_list"] in lists
                else:
                    matches = inside(peer.address, rule["cidr"])
                if matches:
                    return True
        return False

    # Numbers that make a difference.

    @cached_property
    def named_blocks(self) -> frozenset[str]:
        """Every block that the plan names anywhere."""
        return frozenset(_blocks(self.plan))

    @cached_property
    def named_ports(self) -> frozenset[int]:
        """The first ports of stretches that no ACL tells apart; groups do not judge replies."""
        return frozenset(_port_starts(self.things("network_acls")))


def _fits(rule: dict[str, Any], packet: Packet) -> bool:
    protocol = rule.get("protocol", "all")
    if protocol not in ("all", packet.protocol):
        return False
    if protocol not in ("tcp", "udp") or "ports" not in rule:
        return True
    first, _, last = str(rule["ports"]).partition("-")
    return int(first) <= packet.target_port <= int(last or first)


def _blocks(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _blocks(key)
            yield from _blocks(item)
    elif isinstance(value, list):
        for item in value:
            yield from _blocks(item)
    elif isinstance(value, str) and "/" in value:
        yield value


def _port_starts(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        if "ports" in value:
            first, _, last = str(value["ports"]).partition("-")
            yield from (int(first), int(last or first) + 1)
        for item in value.values():
            yield from _port_starts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _port_starts(item)
