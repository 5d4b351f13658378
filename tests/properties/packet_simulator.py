"""A simulator of single packets over the sections of a plan file, written from AWS's documents.

It knows nothing of the program: one packet with four numbers travels from interface to interface,
is translated, filtered and answered. What happens to many sampled packets says what the verdict on
the whole must be.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from netaddr import IPAddress, IPNetwork

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
HOST = "151.101.1.1"
"""A host of the internet that no narrower block of the worlds names."""


class Interface(NamedTuple):
    """Whoever sends or receives inside a VPC."""

    owner: str
    vpc: str
    subnet: str
    ip: str
    groups: tuple[str, ...]
    public: bool = False


class Packet(NamedTuple):
    """One packet; ports are those of the sender and of the receiver."""

    source: str
    target: str
    protocol: str
    sport: int
    dport: int


class Path(NamedTuple):
    """What the network did with a packet until it arrived: at which interface or NAT gateway, or
    outside, and how it looks there.
    """

    place: str
    packet: Packet
    session: tuple[tuple[str, Packet, Interface | None], ...]
    """The translations on the way: the gateway, the packet before, who had sent it."""
    crossed: frozenset[str]
    """peering, transit, transit-off, nat: what the packet came over."""
    reply: bool = False


@cache
def net(text: str) -> IPNetwork:
    return IPNetwork(text)


@cache
def inside(ip: str, block: str) -> bool:
    return IPAddress(ip) in net(block)


class Simulator:
    """The network of one plan. Interfaces of the two ends are given with each packet."""

    def __init__(
        self, sections: dict[str, Any], nat_offset: int = 10, nat_port: int = 20000
    ) -> None:
        self.s = sections
        self.nat_offset, self.nat_port = nat_offset, nat_port

    # looking things up ----------------------------------------------------------------------------

    def of(self, section: str) -> dict[str, Any]:
        found: dict[str, Any] = self.s.get(section, {})
        return found

    def blocks(self, vpc: str) -> list[str]:
        record = self.of("vpcs")[vpc]
        return [record["cidr"], *record.get("secondary_cidrs", ())]

    def subnet_of(self, vpc: str, ip: str) -> str | None:
        for name, record in self.of("subnets").items():
            if record["vpc"] == vpc and inside(ip, record["cidr"]):
                return str(name)
        return None

    def table(self, subnet: str) -> tuple[str | None, dict[str, str]]:
        record = self.of("subnets")[subnet]
        name = record.get("route_table")
        if name is None:
            mains = [
                n
                for n, t in self.of("route_tables").items()
                if t["vpc"] == record["vpc"] and t.get("main")
            ]
            name = mains[0] if mains else None
        return name, (self.of("route_tables")[name].get("routes", {}) if name else {})

    def lookup(self, subnet: str, ip: str) -> str | None:
        """The target of the longest prefix; a written route beats local, and that a listed one."""
        vpc = self.of("subnets")[subnet]["vpc"]
        found: list[tuple[int, int, str]] = [
            (net(block).prefixlen, 1, "local") for block in self.blocks(vpc) if inside(ip, block)
        ]
        for destination, target in self.table(subnet)[1].items():
            listed = destination in self.of("prefix_lists")
            texts = self.of("prefix_lists")[destination] if listed else [destination]
            for text in texts:
                if inside(ip, text):
                    found.append((net(text).prefixlen, 0 if listed else 2, target))
        return max(found)[2] if found else None

    def nat_ip(self, nat: str) -> str:
        record = self.of("nat_gateways")[nat]
        place = self.of("subnets")[record["subnet"]]["cidr"]
        return str(net(place)[self.nat_offset])

    def home(self, nat: str) -> str:
        place = self.of("nat_gateways")[nat]["subnet"]
        return str(self.of("subnets")[place]["vpc"])

    # filters --------------------------------------------------------------------------------------

    def acl(self, subnet: str, side: str, packet: Packet) -> bool:
        name = self.of("subnets")[subnet].get("network_acl")
        if name is None:
            return True
        far = packet.target if side == "outbound" else packet.source
        for _, entry in sorted(self.of("network_acls")[name].get(side, {}).items()):
            if entry.get("protocol", "all") not in ("all", packet.protocol):
                continue
            if not in_ports(entry, packet):
                continue
            if "cidr" in entry and not inside(far, entry["cidr"]):
                continue
            return bool(entry["action"] == "allow")
        return False

    def groups_allow(self, own: Interface, side: str, packet: Packet, far: set[str]) -> bool:
        """Whether any rule of any group lets the packet pass; `far` are the groups of the other end
        that references can match.
        """
        ip = packet.target if side == "outbound" else packet.source
        names = own.groups or (f"default of {own.vpc}",)
        for name in names:
            if name not in self.of("security_groups"):
                if side == "outbound" or name in far:
                    return True
                continue
            rules = self.of("security_groups")[name].get(side)
            if rules is None:
                rules = [{"cidr": "0.0.0.0/0"}] if side == "outbound" else []
            if any(self.rule_allows(rule, packet, ip, far) for rule in rules):
                return True
        return False

    def rule_allows(self, rule: dict[str, Any], packet: Packet, ip: str, far: set[str]) -> bool:
        if rule.get("protocol", "all") not in ("all", packet.protocol):
            return False
        if not in_ports(rule, packet):
            return False
        if "security_group" in rule:
            return rule["security_group"] in far
        listed = rule.get("prefix_list")
        texts = self.of("prefix_lists")[listed] if listed else [rule["cidr"]]
        return any(inside(ip, text) for text in texts)

    def peered(self, one: str, other: str) -> bool:
        return any(
            {one, other} == set(record["vpcs"]) and self.works(record)
            for record in self.of("peerings").values()
        )

    def works(self, peering: dict[str, Any]) -> bool:
        one, other = (self.blocks(vpc) for vpc in peering["vpcs"])
        return not any(net(a) in net(b) or net(b) in net(a) for a in one for b in other)

    # travelling -----------------------------------------------------------------------------------

    def depart(
        self, vpc: str, subnet: str, at: Path, origin: str, sender: Interface | None
    ) -> Path | None:
        """A packet leaves something in a subnet; None where it is dropped. `origin` is the VPC of
        whoever has its source address.
        """
        for _ in range(20):
            target_ip = at.packet.target
            if inside(target_ip, self.of("subnets")[subnet]["cidr"]):
                return at._replace(place=f"{vpc}/{subnet}/{target_ip}")
            if not self.acl(subnet, "outbound", at.packet):
                return None
            target = self.lookup(subnet, target_ip)
            if target == "local":
                return self.arrive(vpc, subnet, at)
            if target in self.of("peerings"):
                return self.over_peering(target, vpc, at, origin)
            if target in self.of("internet_gateways"):
                return self.outside(target, vpc, at, sender)
            if target in self.of("nat_gateways"):
                return self.through_nat(target, vpc, subnet, at, sender)
            if target not in self.of("transit_gateways"):
                return None
            step = self.through_hub(str(target), vpc, subnet, at)
            if step is None:
                return None
            vpc, subnet, at = step
        return None

    def arrive(self, vpc: str, before: str | None, at: Path) -> Path | None:
        subnet = self.subnet_of(vpc, at.packet.target)
        if subnet is None:
            return None
        if subnet != before and not self.acl(subnet, "inbound", at.packet):
            return None
        return at._replace(place=f"{vpc}/{subnet}/{at.packet.target}")

    def over_peering(self, name: str, vpc: str, at: Path, origin: str) -> Path | None:
        record = self.of("peerings")[name]
        if vpc not in record["vpcs"] or not self.works(record) or origin != vpc:
            return None
        (peer,) = [other for other in record["vpcs"] if other != vpc]
        if not any(inside(at.packet.target, block) for block in self.blocks(peer)):
            return None
        return self.arrive(peer, None, at._replace(crossed=at.crossed | {"peering"}))

    def outside(self, name: str, vpc: str, at: Path, sender: Interface | None) -> Path | None:
        """Out by an internet gateway: only with a public address, and to nothing private."""
        if self.of("internet_gateways")[name]["vpc"] != vpc or sender is None:
            return None
        if not sender.public or sender.vpc != vpc or private(at.packet.target):
            return None
        return at._replace(place="outside")

    def through_nat(
        self, name: str, vpc: str, subnet: str, at: Path, sender: Interface | None
    ) -> Path | None:
        record = self.of("nat_gateways")[name]
        place = record["subnet"]
        if self.of("subnets")[place]["vpc"] != vpc or place == subnet:
            return None
        if at.reply or any(vpc == self.home(nat) for nat, _, _ in at.session):
            return None
        if not self.acl(place, "inbound", at.packet):
            return None
        public = record.get("connectivity", "public") == "public"
        goes_out = not private(at.packet.target)
        if (
            public
            and goes_out
            and self.lookup(place, at.packet.target) not in self.of("internet_gateways")
        ):
            return None
        if public and goes_out and record.get("elastic_ips", 1) == 0:
            return None
        changed = at.packet._replace(source=self.nat_ip(name), sport=self.nat_port)
        gateway = Interface(name, vpc, place, changed.source, (), public)
        session = (*at.session, (name, at.packet, sender))
        onward = at._replace(packet=changed, session=session, crossed=at.crossed | {"nat"})
        return self.depart(vpc, place, onward, vpc, gateway)

    def through_hub(
        self, name: str, vpc: str, subnet: str, at: Path
    ) -> tuple[str, str, Path] | None:
        """In by the attachment's subnet of this zone, out into another VPC."""
        hub = self.of("transit_gateways")[name]
        subnets = self.of("subnets")
        attachment = hub["attachments"].get(vpc)
        if attachment is None:
            return None
        zone = subnets[subnet]["az"]
        entries = [s for s in attachment["subnets"] if subnets[s]["az"] == zone]
        if not entries:
            return None
        if entries[0] != subnet and not self.acl(entries[0], "inbound", at.packet):
            return None
        following = self.hub_target(hub, attachment.get("route_table"), at.packet.target)
        if following is None:
            return None
        there = hub["attachments"][following]["subnets"]
        same = [s for s in there if subnets[s]["az"] == zone]
        kept = "transit" if hub.get("security_group_referencing") else "transit-off"
        return following, (same or there)[0], at._replace(crossed=at.crossed | {kept})

    def hub_target(self, hub: dict[str, Any], table: str | None, ip: str) -> str | None:
        """The VPC of the longest prefix, a written route before a propagated one; None where none
        matches, it drops, or two attachments propagate the same block.
        """
        attached = hub["attachments"]
        tables = hub.get("route_tables")
        default = {"propagate": list(attached)}
        record: dict[str, Any] | None = default if tables is None else tables.get(table)
        if record is None:
            return None
        found: dict[tuple[int, int], set[str]] = {}
        for vpc in record.get("propagate", ()):
            for block in self.blocks(vpc):
                if inside(ip, block):
                    found.setdefault((net(block).prefixlen, 0), set()).add(vpc)
        for text, target in record.get("routes", {}).items():
            if inside(ip, text):
                found.setdefault((net(text).prefixlen, 1), set()).add(target)
        if not found:
            return None
        best = found[max(found)]
        return next(iter(best)) if len(best) == 1 and best <= set(attached) else None


def in_ports(rule: dict[str, Any], packet: Packet) -> bool:
    if "ports" not in rule or rule.get("protocol", "all") not in ("tcp", "udp"):
        return True
    first, _, last = str(rule["ports"]).partition("-")
    return int(first) <= packet.dport <= int(last or first)


def private(ip: str) -> bool:
    return any(inside(ip, block) for block in PRIVATE)
