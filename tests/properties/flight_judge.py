"""Verdicts by trying packets: a path is reachable where every one comes back answered, unreachable
where none does, partial otherwise.

Written from AWS's rules alone, without looking at the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from netaddr import AddrFormatError, IPAddress

from tests.properties.flight import INTERNET, SERVICE, Flight, Interface, Landing
from tests.properties.flight_choices import Choices, outcomes
from tests.properties.flight_cloud import Cloud, Packet, Peer, private
from tests.properties.flight_refused import BALANCERS, NEVER_PUBLIC

WIDE, LINUX = (1024, 65535), (32768, 60999)
ENI_POLICIES = {"AWSLambdaVPCAccessExecutionRole", "AWSLambdaENIManagementAccess"}


@dataclass(frozen=True)
class End:
    """One end of a question: a thing of the plan, the world, one address, a service."""

    kind: str
    name: str = ""
    address: IPAddress | None = None


class Question(NamedTuple):
    """What is asked."""

    source: str
    target: str
    protocol: str
    port: int


def judge(plan: dict[str, Any], question: Question) -> dict[tuple[str | None, str | None], str]:
    """The verdict of every path, by the subnets at its ends."""
    judged = Judge(Cloud(plan), question)
    if judged.from_nowhere():
        return {(None, None): "unreachable"}
    return {pair: judged.path(*pair) for pair in judged.pairs()}


def overall(paths: dict[tuple[str | None, str | None], str]) -> str:
    """The verdict of an answer."""
    verdicts = set(paths.values())
    return verdicts.pop() if len(verdicts) == 1 else "partial"


class Judge:
    """Tries the packets of one question."""

    def __init__(self, cloud: Cloud, question: Question) -> None:
        self.cloud = cloud
        self.question = question
        self.source = self._end(question.source)
        self.target = self._end(question.target)

    def _end(self, text: str) -> End:
        if text == "internet":
            return End("internet")
        if text.startswith("aws:"):
            return End("service", text[4:])
        for kind in ("functions", "workloads"):
            if text in self.cloud.things(kind):
                return End(kind, text)
        try:
            address = IPAddress(text)
        except AddrFormatError:
            raise ValueError(f"{text} is no end of a question") from None
        for name, workload in self.cloud.things("workloads").items():
            if workload.get("private_ip") == text:
                return End("workloads", name, address)
        return End("address", text, address)

    # Paths.

    def from_nowhere(self) -> bool:
        """Whether the source is a private address that nothing has, so that nothing sends from it.
        Of functions it says more that they take no connections.
        """
        address = self.source.address if self.source.kind == "address" else None
        return address is not None and private(address) and self.target.kind != "functions"

    def pairs(self) -> list[tuple[str | None, str | None]]:
        """Every pair of subnets at the two ends."""
        return [
            (via, into) for via in self._subnets(self.source) for into in self._targets_for(via)
        ]

    def _subnets(self, end: End) -> list[str | None]:
        if end.kind not in ("functions", "workloads"):
            return [None]
        fields = self.cloud.things(end.kind)[end.name]
        subnets = list(dict.fromkeys(fields.get("subnets") or [None]))
        if end.address is None:
            return subnets
        holding = [subnet for subnet in subnets if self.cloud.in_subnet(end.address, subnet)]
        return holding or subnets

    def _targets_for(self, via: str | None) -> list[str | None]:
        endpoint = self._interface_endpoint(via)
        if endpoint:
            return self._endpoint_subnets(endpoint)
        return self._subnets(self.target)

    def _interface_endpoint(self, via: str | None) -> str | None:
        """What the service's name leads to from a subnet, where that is an interface endpoint."""
        if self.target.kind != "service" or via is None:
            return None
        vpc = self.cloud.vpc_of(via)
        fields = self.cloud.things("vpcs")[vpc]
        if not (fields.get("dns_support", True) and fields.get("dns_hostnames", True)):
            return None
        if self.cloud.gateway_endpoint(via, self.target.name):
            return None
        for name, endpoint in self.cloud.things("endpoints").items():
            if (endpoint["vpc"], endpoint["service"]) != (vpc, self.target.name):
                continue
            if endpoint["type"] == "interface" and endpoint.get("private_dns", True):
                return str(name)
        return None

    def _endpoint_subnets(self, endpoint: str) -> list[str | None]:
        """Those of its VPC; AWS takes no others."""
        fields = self.cloud.things("endpoints")[endpoint]
        subnets = [s for s in fields["subnets"] if self.cloud.vpc_of(s) == fields["vpc"]]
        return list(dict.fromkeys(subnets)) or [None]

    def _built(self, end: End, subnet: str | None) -> bool:
        """Whether AWS would make this interface of an end."""
        if subnet is None:
            return True
        if not self.cloud.exists(subnet):
            return False
        if not self.cloud.refused.room(subnet, more=int(end.kind == "functions")):
            return False
        if end.kind not in ("functions", "workloads"):
            return True
        fields = self.cloud.things(end.kind)[end.name]
        places = [self.cloud.things("subnets")[s] for s in fields["subnets"]]
        if fields.get("ipv6") and not all(place.get("ipv6_cidr") for place in places):
            return False
        home = self.cloud.vpc_of(fields["subnets"][0])
        if fields.get("type") in BALANCERS and not self.cloud.refused.zones_apart(
            fields["subnets"], home
        ):
            return False
        fixed = fields.get("private_ip")
        if fixed and not self._free(end.name, IPAddress(fixed), fields["subnets"]):
            return False
        groups = fields.get("security_groups") or []
        homes = {self.cloud.things("security_groups")[group]["vpc"] for group in groups}
        return homes | {self.cloud.vpc_of(s) for s in fields["subnets"]} == {
            self.cloud.vpc_of(subnet)
        }

    def _endpoint_made(self, name: str) -> bool:
        """Whether AWS takes the subnets of an endpoint."""
        fields = self.cloud.things("endpoints")[name]
        return self.cloud.refused.zones_apart(fields["subnets"], fields["vpc"])

    def _free(self, owner: str, address: IPAddress, subnets: list[str]) -> bool:
        """Whether AWS would give a workload its fixed address."""
        homes = [subnet for subnet in subnets if self.cloud.in_subnet(address, subnet)]
        if not homes:
            return False
        vpc = self.cloud.vpc_of(homes[0])
        return not any(
            name != owner
            and other.get("private_ip") == str(address)
            and vpc in {self.cloud.vpc_of(subnet) for subnet in other["subnets"]}
            for name, other in self.cloud.things("workloads").items()
        )

    def path(self, via: str | None, into: str | None) -> str:
        """The verdict of one path."""
        seen = outcomes(lambda choices: self._try(choices, via, into))
        if seen == {True}:
            return "reachable"
        return "partial" if True in seen else "unreachable"

    # One packet and its answer.

    def _try(self, choices: Choices, via: str | None, into: str | None) -> bool:
        flight = Flight(self.cloud, choices)
        if self.target.kind == "service":
            flight.service = self.target.name
        flight.outward = not into
        flight.asked = (self.target.address,) if self.target.address else ()
        if self.target.kind == "functions" or not self._may_speak(via):
            return False
        if not (self._built(self.source, via) and self._built(self.target, into)):
            return False
        source = self._interface(self.source, via)
        target = self._interface(self.target, into, via)
        endpoint = self._interface_endpoint(via)
        if target == SERVICE and endpoint:
            return False  # the name leads to an endpoint without any interface
        if endpoint and not self._endpoint_made(endpoint):
            return False
        if target.kind == "endpoint" and self.question.protocol != "tcp":
            return False
        version = self.target.address.version if self.target.address else 4
        if via is None:
            return self._from_outside(flight, source, target, into, version)
        address = self._place(flight, source, self.source, via, version)
        if target.subnet:
            there = self._place(flight, target, self.target, target.subnet, version)
        else:
            there = self.target.address or flight.public_address()
        packet = self._packet(flight, address, there, source)
        arrived = flight.carry(via, packet, source)
        wanted = (INTERNET, SERVICE) if not target.subnet else (target,)
        if arrived is None or arrived[0] not in wanted:
            return False
        if not self._groups(flight, source, target, packet, arrived[1]):
            return False
        reply = self._answer(flight, *arrived)
        return reply == (source, packet.answered())

    def _may_speak(self, via: str | None) -> bool:
        if self.target.kind == "service" and via is not None:
            vpc = self.cloud.things("vpcs")[self.cloud.vpc_of(via)]
            if not vpc.get("dns_support", True):
                return False  # nothing resolves the service's name
        version6 = self.target.address is not None and self.target.address.version == 6
        if self.source.kind != "functions":
            return not (version6 and self.source.kind == "workloads")  # a plan gives them none
        fields = self.cloud.things("functions")[self.source.name]
        if self.question.protocol == "icmp":
            return False
        if not fields.get("subnets"):
            return not version6
        if not ENI_POLICIES & set(fields.get("role_policies", [])):
            return False
        dual = all(self.cloud.things("subnets")[s].get("ipv6_cidr") for s in fields["subnets"])
        return not version6 or bool(fields.get("ipv6") and dual)

    def _interface(self, end: End, subnet: str | None, via: str | None = None) -> Interface:
        if end.kind in ("internet", "address"):
            return INTERNET
        if end.kind == "service":
            name = self._interface_endpoint(via)
            if name is None or subnet is None:
                return SERVICE
            fields = self.cloud.things("endpoints")[name]
            groups = self.cloud.groups_of(fields, self.cloud.vpc_of(subnet))
            return Interface(name, "endpoint", subnet, groups)
        fields = self.cloud.things(end.kind)[end.name]
        if subnet is None:
            return Interface(end.name, "unattached", "", ports=WIDE)
        groups = self.cloud.groups_of(fields, self.cloud.vpc_of(subnet))
        if end.kind == "functions":
            return Interface(end.name, "function", subnet, groups, ports=WIDE)
        ports = WIDE if fields["type"] in ("alb", "nlb") else LINUX
        public = bool(fields.get("public_ip")) and fields["type"] not in NEVER_PUBLIC
        return Interface(end.name, "workload", subnet, groups, public, ports)

    def _place(
        self, flight: Flight, interface: Interface, end: End, subnet: str, version: int
    ) -> IPAddress:
        fields = self.cloud.things("workloads").get(end.name, {})
        pinned = fields.get("private_ip") if interface.kind == "workload" else None
        if pinned and self.cloud.in_subnet(IPAddress(pinned), subnet):
            address = IPAddress(pinned)
        else:
            address = flight.free_address(subnet, version)
        flight.holders[self.cloud.vpc_of(subnet), address] = interface
        return address

    def _packet(
        self, flight: Flight, source: IPAddress, target: IPAddress, sender: Interface
    ) -> Packet:
        protocol = self.question.protocol
        if protocol == "icmp":
            return Packet(source, target, protocol, 0, 0)
        port = flight.port_in(sender.ports)
        return Packet(source, target, protocol, port, self.question.port)

    def _groups(
        self, flight: Flight, source: Interface, target: Interface, sent: Packet, got: Packet
    ) -> bool:
        """Whether the groups at both ends let the request pass; replies need no rule."""
        cloud = self.cloud
        transits = {met[8:] for met in flight.met if met.startswith("transit:")}
        known = not flight.met & {"nat", "public"}
        options = [cloud.things("transit_gateways")[t] for t in transits]
        inbound = known and all(t.get("security_group_referencing") for t in options)
        outbound = "nat" not in flight.met and self._joined(source, target)
        if source.subnet:
            peer = Peer(sent.target, target.groups if outbound else frozenset())
            lists: set[str] = set()
            if self.target.kind == "service" and not target.subnet:
                lists = cloud.service_lists(self.target.name)
            if not cloud.groups_allow(source.groups, "outbound", sent, peer, lists):
                return False
        if target.subnet:
            peer = Peer(got.source, source.groups if inbound else frozenset())
            if not cloud.groups_allow(target.groups, "inbound", got, peer):
                return False
        return True

    def _joined(self, source: Interface, target: Interface) -> bool:
        """Whether outbound rules at one may name groups of the other: one VPC, or peered ones."""
        if not source.subnet or not target.subnet:
            return False
        pair = {self.cloud.vpc_of(source.subnet), self.cloud.vpc_of(target.subnet)}
        peerings = self.cloud.things("peerings").values()
        return len(pair) == 1 or any(
            set(p["vpcs"]) == pair and not self.cloud.overlap(*p["vpcs"]) for p in peerings
        )

    def _answer(self, flight: Flight, holder: Interface, packet: Packet) -> Landing | None:
        """Who gets the reply in the end, NAT gateways' translations undone."""
        reply = packet.answered()
        if holder == INTERNET:
            arrived = flight.from_internet(reply)
        elif holder == SERVICE:
            arrived = self._from_service(flight, reply)
        else:
            arrived = flight.carry(holder.subnet, reply, holder)
        for _ in range(8):
            if arrived is None or arrived[0].kind not in ("nat", "regional"):
                return arrived
            gateway, got = arrived
            meant = flight.sessions.get((gateway.owner, got))
            if meant is None:
                return None
            back = meant.answered()
            if gateway.kind == "regional":
                vpc = self.cloud.things("nat_gateways")[gateway.owner]["vpc"]
                if not self.cloud.in_vpc(back.target, vpc):
                    return None
                arrived = flight.enter(vpc, back)
            else:
                arrived = flight.carry(gateway.subnet, back, gateway)
        return None

    def _from_service(self, flight: Flight, reply: Packet) -> Landing | None:
        """From a gateway endpoint: straight into the subnet."""
        for (_, address), holder in flight.holders.items():
            if address == reply.target:
                if self.cloud.acl_allows(holder.subnet, "inbound", reply):
                    return Landing(holder, reply)
                return None
        return None

    def _from_outside(
        self, flight: Flight, source: Interface, target: Interface, into: str | None, version: int
    ) -> bool:
        """From the internet or a function by default networking, to a public address."""
        if into is None:
            address = self.target.address
            return address is None or not private(address)
        if not target.public or version == 6 or self.target.address:
            return False
        inner = self._place(flight, target, self.target, into, 4)
        public = flight.publish(self.cloud.vpc_of(into), inner)
        outside = self.source.address or flight.public_address()
        if private(outside):
            return False
        packet = self._packet(flight, outside, public, source)
        arrived = flight.from_internet(packet)
        if arrived is None or arrived[0] != target:
            return False
        if not self._groups(flight, source, target, packet, arrived[1]):
            return False
        answer = self._answer(flight, *arrived)
        return answer == (INTERNET, packet.answered())
