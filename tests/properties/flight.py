"""One flight: single packets, carried from interface to interface as aws.md says, and back.

State as in a real network: who holds which address, NAT gateways' tables, what the way out did to
the packet. Written from AWS's rules alone, without looking at the engine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from netaddr import IPAddress

from tests.properties.flight_choices import Choices, Impossible
from tests.properties.flight_cloud import Cloud, Packet, net, private

RESERVED_FIRST, RESERVED_LAST = 4, 1
NAT_PORTS = (1024, 65535)


@dataclass(frozen=True)
class Interface:
    """A network interface: of a function, a workload, an endpoint, a NAT gateway."""

    owner: str
    kind: str
    subnet: str
    groups: frozenset[str] = frozenset()
    public: bool = False
    ports: tuple[int, int] = (32768, 60999)


class Landing(NamedTuple):
    """Who got a packet, and as what."""

    holder: Interface
    packet: Packet


INTERNET = Interface("internet", "internet", "", ports=NAT_PORTS)
SERVICE = Interface("service", "service", "")


@dataclass
class Flight:
    """What one run knows and chooses."""

    cloud: Cloud
    choices: Choices
    service: str | None = None
    asked: tuple[IPAddress, ...] = ()
    """The address that the question names, if it names one."""
    outward: bool = False
    """Whether the request is for the internet."""
    holders: dict[tuple[str, IPAddress], Interface] = field(default_factory=dict)
    published: dict[IPAddress, tuple[str, IPAddress]] = field(default_factory=dict)
    """Public address -> the VPC and private address behind it."""
    outside: set[IPAddress] = field(default_factory=set)
    """Public addresses given out."""
    sessions: dict[tuple[Any, ...], Packet] = field(default_factory=dict)
    """What a NAT gateway sent out -> the packet that it stood for."""
    met: set[str] = field(default_factory=set)
    """Ids and kinds of what carried packets: what a group's reference survives."""

    # Numbers.

    def free_address(self, subnet: str, version: int = 4) -> IPAddress:
        """Some address of the subnet that nobody holds, one for each stretch between blocks."""
        fields = self.cloud.things("subnets")[subnet]
        text = fields["cidr"] if version == 4 else fields.get("ipv6_cidr")
        if text is None:
            raise Impossible
        block = net(text)
        low, high = block.first + RESERVED_FIRST, block.last - RESERVED_LAST
        starts = {low}
        for name in self.cloud.named_blocks:
            named = net(name)
            if named.version == version:
                starts |= {n for n in (named.first, named.last + 1) if low < n <= high}
        edges = [*sorted(starts), high + 1]
        vpc = fields["vpc"]
        pinned = {
            IPAddress(workload["private_ip"])
            for workload in self.cloud.things("workloads").values()
            if workload.get("private_ip")
            and any(self.cloud.vpc_of(s) == vpc for s in workload["subnets"])
        }
        options = []
        for first, after in pairwise(edges):
            for number in range(first, after):
                address = IPAddress(number, 6 if version == 6 else 4)
                if address not in pinned and (vpc, address) not in self.holders:
                    options.append(address)
                    break
        return self.choices.among(options)

    def port_in(self, ports: tuple[int, int]) -> int:
        """Some port of a range, one for each stretch that rules tell apart."""
        starts = {ports[0]} | {
            port for port in self.cloud.named_ports if ports[0] < port <= ports[1]
        }
        return self.choices.among(sorted(starts))

    def public_address(self) -> IPAddress:
        """A public address that no narrower block of the plan names."""
        for candidate in range(0x51000001, 0x5F000000, 0x00010003):
            address = IPAddress(candidate, 4)
            if address not in self.outside and not any(
                address in net(name) for name in self.cloud.named_blocks if net(name).prefixlen
            ):
                self.outside.add(address)
                return address
        raise Impossible

    def publish(self, vpc: str, address: IPAddress) -> IPAddress:
        """A public address for a private one."""
        for public, behind in self.published.items():
            if behind == (vpc, address):
                return public
        public = self.public_address()
        self.published[public] = (vpc, address)
        return public

    # The way of one packet.

    def carry(self, subnet: str, packet: Packet, sender: Interface | None) -> Landing | None:
        """Who gets a packet that stands in a subnet, and as what; None where it is lost.

        `sender` is the interface that sends it here; None where a transit gateway brought it.
        """
        cloud = self.cloud
        seen: set[tuple[str, Packet]] = set()
        while (subnet, packet) not in seen:  # else round in circles
            seen.add((subnet, packet))
            if cloud.in_subnet(packet.target, subnet):
                return self._deliver(cloud.vpc_of(subnet), packet)
            if not (cloud.acl_allows(subnet, "outbound", packet) and cloud.associated(subnet)):
                return None
            target = self._target(subnet, packet, sender is not None and sender.kind == "nat")
            if target in cloud.things("transit_gateways"):
                there = self._transit(subnet, str(target), packet)
                if there is None:
                    return None
                subnet, sender = there, None
                continue
            if target in cloud.things("nat_gateways"):
                onward = self._translate(subnet, str(target), packet, sender)
                if onward is None or isinstance(onward, Landing):
                    return onward
                subnet, packet, sender = onward
                continue
            return self._end(cloud.vpc_of(subnet), target, packet, sender)
        return None

    def _end(
        self, vpc: str, target: str | None, packet: Packet, sender: Interface | None
    ) -> Landing | None:
        """Where routes end that lead to no other subnet's routes."""
        cloud = self.cloud
        if target == "local":
            return self.enter(vpc, packet)
        if sender is None or target is None:
            return None  # gateways and peerings serve what their own VPC sends
        if target in cloud.things("internet_gateways"):
            return self._leave(vpc, target, packet, sender)
        if self.outward and sender.kind == "nat" and sender.public and self._own(sender, packet):
            return None
        if target in cloud.things("endpoints"):
            return Landing(SERVICE, packet) if self._endpoint_carries(vpc, packet) else None
        if target in cloud.things("egress_only_internet_gateways"):
            gateway = cloud.things("egress_only_internet_gateways")[target]
            known = cloud.refused.gateways(vpc, "egress_only_internet_gateways")
            fits = packet.target.version == 6 and gateway["vpc"] == vpc and target in known
            return Landing(INTERNET, packet) if fits else None
        if target in cloud.things("peerings"):
            return self._peer(vpc, target, packet)
        return None  # a blackhole, an appliance

    def _own(self, sender: Interface, packet: Packet) -> bool:
        """Whether the packet has an address of who sends it: no reply that is passed on."""
        return any(a == packet.source and h == sender for (_, a), h in self.holders.items())

    def _endpoint_carries(self, vpc: str, packet: Packet) -> bool:
        """A gateway endpoint carries TCP and ICMP, to a service where names lead to it."""
        fields = self.cloud.things("vpcs")[vpc]
        named = fields.get("dns_support", True) and fields.get("dns_hostnames", True)
        return packet.protocol != "udp" and (bool(named) or self.service is None)

    def _target(self, subnet: str, packet: Packet, nat: bool = False) -> str | None:
        cloud = self.cloud
        outside = packet.target.version == 4 and not cloud.in_vpc(
            packet.target, cloud.vpc_of(subnet)
        )
        if self.service and not nat and outside and not private(packet.target):
            endpoint = cloud.gateway_endpoint(subnet, self.service)
            if endpoint is not None:
                return endpoint
        targets = cloud.targets(subnet, packet.target)
        target = self.choices.among(targets) if targets else None
        if target in cloud.things("endpoints") and (
            self.service is not None
            or packet.target not in self.asked
            or not cloud.listed(subnet, target, packet.target)
        ):
            return None
        return target

    def _deliver(self, vpc: str, packet: Packet) -> Landing | None:
        holder = self.holders.get((vpc, packet.target))
        return Landing(holder, packet) if holder else None

    def enter(self, vpc: str, packet: Packet) -> Landing | None:
        """Into the subnet that owns the target, from elsewhere in the VPC or from a gateway."""
        subnet = self.cloud.subnet_at(vpc, packet.target)
        if subnet is None or not self.cloud.acl_allows(subnet, "inbound", packet):
            return None
        return self._deliver(vpc, packet)

    def _leave(self, vpc: str, gateway: str, packet: Packet, sender: Interface) -> Landing | None:
        """Through an internet gateway: the interface's public address, or nothing."""
        if gateway not in self.cloud.refused.gateways(vpc):
            return None
        if packet.target.version == 6 or private(packet.target):
            return None
        if not sender.public or self.holders.get((vpc, packet.source)) != sender:
            return None
        self.met.add("public")
        outside = packet._replace(source=self.publish(vpc, packet.source))
        return self.from_internet(outside)

    def from_internet(self, packet: Packet) -> Landing | None:
        """A packet outside: to a public address of the plan by its gateway, else to the world."""
        behind = self.published.get(packet.target)
        if behind is None:
            holder = next(
                (h for (_, a), h in self.holders.items() if a == packet.target and a.version == 6),
                None,
            )
            if holder is None:
                return Landing(INTERNET, packet)
            if not self.cloud.acl_allows(holder.subnet, "inbound", packet):
                return None
            return Landing(holder, packet)
        vpc, address = behind
        if not self.cloud.refused.gateways(vpc):
            return None
        self.met.add("public")
        holder = self.holders[vpc, address]
        inner = packet._replace(target=address)
        if holder.kind == "regional":
            return Landing(holder, inner)
        return self.enter(vpc, inner)

    def _peer(self, vpc: str, peering: str, packet: Packet) -> Landing | None:
        vpcs = self.cloud.things("peerings")[peering]["vpcs"]
        if vpc not in vpcs or self.cloud.overlap(*vpcs) or not self.cloud.refused.peering(peering):
            return None
        other = vpcs[1] if vpcs[0] == vpc else vpcs[0]
        if not self.cloud.in_vpc(packet.source, vpc) or (vpc, packet.source) not in self.holders:
            return None
        if not self.cloud.in_vpc(packet.target, other):
            return None
        self.met.add("peering")
        return self.enter(other, packet)

    def _transit(self, subnet: str, gateway: str, packet: Packet) -> str | None:
        """The subnet of the attachment that a transit gateway hands a packet out in."""
        cloud = self.cloud
        vpc, zone = cloud.vpc_of(subnet), cloud.zone_of(subnet)
        attachments = cloud.things("transit_gateways")[gateway]["attachments"]
        if vpc not in attachments:
            return None
        mine = [s for s in self._attached(gateway, vpc) if cloud.zone_of(s) == zone]
        if not mine:
            return None
        entered = self.choices.among(mine)
        if not cloud.acl_allows(entered, "inbound", packet):  # also from that very subnet
            return None
        found = cloud.transit_targets(gateway, vpc, packet.target)
        if len(found) != 1:
            return None  # of overlapping VPCs AWS takes the one that came first: nobody knows which
        there = found[0]
        if there not in attachments:
            return None
        exits = self._attached(gateway, there)
        if not exits:
            return None
        self.met.add(f"transit:{gateway}")
        return self.choices.among([s for s in exits if cloud.zone_of(s) == zone] or exits)

    def _attached(self, gateway: str, vpc: str) -> list[str]:
        """The subnets of an attachment that AWS would take."""
        cloud = self.cloud
        attachment = cloud.things("transit_gateways")[gateway]["attachments"][vpc]
        if not cloud.refused.attached(gateway, vpc):
            return []
        subnets: list[str] = attachment.get("subnets", [])
        return [s for s in subnets if cloud.exists(s) and cloud.refused.room(s)]

    def _translate(self, subnet: str, nat: str, packet: Packet, sender: Interface | None) -> Any:
        """Through a NAT gateway: who gets it, or where it stands now."""
        cloud = self.cloud
        fields = cloud.things("nat_gateways")[nat]
        vpc = cloud.vpc_of(subnet)
        public = fields.get("connectivity", "public") == "public"
        gateways = [g["vpc"] for g in cloud.things("internet_gateways").values()]
        if packet.target.version == 6 or (public and fields.get("elastic_ips", 1) < 1):
            return None
        if sender is not None and sender.kind == "nat":
            return None  # one behind another: nobody says that it works
        if public and vpc not in gateways:
            return None  # AWS does not make one there
        if fields.get("mode") == "regional":
            return self._regional(vpc, nat, fields, packet) if public else None
        home = fields["subnet"]
        if cloud.vpc_of(home) != vpc or home == subnet or not cloud.exists(home):
            return None
        if not cloud.refused.room(home):
            return None
        if not cloud.acl_allows(home, "inbound", packet):
            return None
        gateway = Interface(nat, "nat", home, public=public, ports=NAT_PORTS)
        place = next((a for (_, a), h in self.holders.items() if h == gateway), None)
        if place is None:
            place = self.free_address(home)
            self.holders[vpc, place] = gateway
        return home, self._remember(nat, packet, place), gateway

    def _regional(
        self, vpc: str, nat: str, fields: dict[str, Any], packet: Packet
    ) -> Landing | None:
        if fields["vpc"] != vpc or private(packet.target):
            return None
        gateway = Interface(nat, "regional", "", public=True, ports=NAT_PORTS)
        place = IPAddress("240.0.0.1")
        self.holders[vpc, place] = gateway
        onward = self._remember(nat, packet, place)
        self.met.add("public")
        return self.from_internet(onward._replace(source=self.publish(vpc, place)))

    def _remember(self, nat: str, packet: Packet, place: IPAddress) -> Packet:
        self.met.add("nat")
        port = 0 if packet.protocol == "icmp" else self.port_in(NAT_PORTS)
        onward = packet._replace(source=place, source_port=port)
        self.sessions[nat, onward.answered()] = packet
        return onward
