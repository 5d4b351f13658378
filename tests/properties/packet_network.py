"""What single packets meet, over the sections of a plan file: routes and filters, written from
AWS's documents. It knows nothing of the program.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from netaddr import IPAddress, IPNetwork

PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
HOST = "151.101.1.1"
"""A host of the internet that no narrower block of the worlds names."""


NO_GROUPS = "no groups at all"
"""Of a network load balancer that was made without: nothing filters there."""


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
    passed: frozenset[str] = frozenset()
    """The routers that it passed since it was sent or translated."""
    before: tuple[frozenset[str], ...] = ()
    """The same of each translation's packet."""


@cache
def net(text: str) -> IPNetwork:
    return IPNetwork(text)


@cache
def inside(ip: str, block: str) -> bool:
    return IPAddress(ip) in net(block)


class PlanNetwork:
    """What a plan says of its network: look-ups and filters."""

    def __init__(
        self,
        sections: dict[str, Any],
        nat_offset: int = 10,
        nat_port: int = 20000,
        choice: int = 0,
    ) -> None:
        """`choice` picks one of several subnets by which a transit gateway may send on."""
        self.s = sections
        self.choice = choice
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
            if self.refused(vpc, destination, target):
                continue
            listed = destination in self.of("prefix_lists")
            texts = self.of("prefix_lists")[destination] if listed else [destination]
            for text in texts:
                if inside(ip, text):
                    found.append((net(text).prefixlen, 0 if listed else 2, target))
        return max(found)[2] if found else None

    def refused(self, vpc: str, destination: str, target: str) -> bool:
        """Whether AWS takes no such route: for addresses of the VPC itself only one for a whole
        block leads to a NAT gateway, and none anywhere else.
        """
        if "/" not in destination or target == "blackhole":
            return False
        own = self.blocks(vpc)
        if not any(net(destination) in net(block) for block in own):
            return False
        subnets = [r["cidr"] for r in self.of("subnets").values() if r["vpc"] == vpc]
        whole = any(net(destination) == net(block) for block in (*own, *subnets))
        takers = {*self.of("nat_gateways"), *self.of("workloads")}
        return not whole or target not in takers

    def nat_ip(self, nat: str) -> str:
        record = self.of("nat_gateways")[nat]
        place = self.of("subnets")[record["subnet"]]["cidr"]
        return str(net(place)[self.nat_offset])

    def home(self, nat: str) -> str:
        place = self.of("nat_gateways")[nat]["subnet"]
        return str(self.of("subnets")[place]["vpc"])

    def default(self, section: str, vpc: str) -> str | None:
        """The written default group or ACL of a VPC."""
        found = self.of(section).items()
        return next((n for n, one in found if one.get("default") and one["vpc"] == vpc), None)

    def worn(self, own: Interface) -> tuple[str, ...]:
        """The groups of an interface: what names none has the default one of its VPC."""
        written = self.default("security_groups", own.vpc)
        return own.groups or (written or f"default of {own.vpc}",)

    def behind(self, gateway: str | None, vpc: str, ip: str) -> bool:
        """Whether a virtual private gateway of the VPC has an address behind it."""
        record = self.of("virtual_private_gateways").get(gateway or "")
        if record is None or record["vpc"] != vpc:
            return False
        blocks = (b for n in record["networks"] for b in self.of("external_networks")[n]["cidrs"])
        return any(inside(ip, block) for block in blocks)

    def shut(self, vpc: str, subnet: str, *, inward: bool, by_nat: bool) -> bool:
        """Whether Block Public Access stops a request on its way out of a VPC, or into it."""
        mode = self.of("settings").get("block_public_access", "off")
        own = self.of("subnets")[subnet].get("public_access")
        exclusion = own or self.of("vpcs")[vpc].get("public_access")
        if mode == "off" or exclusion == "bidirectional":
            return False
        if mode == "bidirectional":
            return inward or exclusion != "egress"
        return inward or not by_nat

    # filters --------------------------------------------------------------------------------------

    def acl(self, subnet: str, side: str, packet: Packet) -> bool:
        record = self.of("subnets")[subnet]
        name = record.get("network_acl") or self.default("network_acls", record["vpc"])
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
        names = self.worn(own)
        for name in names:
            if name == NO_GROUPS:
                return True
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


def in_ports(rule: dict[str, Any], packet: Packet) -> bool:
    if "ports" not in rule or rule.get("protocol", "all") not in ("tcp", "udp"):
        return True
    first, _, last = str(rule["ports"]).partition("-")
    return int(first) <= packet.dport <= int(last or first)


def private(ip: str) -> bool:
    return any(inside(ip, block) for block in PRIVATE)
