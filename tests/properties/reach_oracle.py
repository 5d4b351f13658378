"""A second opinion on reachability: one packet with one address and one port at a time, walked
naively with netaddr.

It shares no code with the engine and reads the sections of a plan file. It knows the brief's
world, ACLs, NAT gateways and peerings; not transit gateways, endpoints and IPv6.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from netaddr import IPAddress, IPNetwork

Sections = dict[str, Any]
LOST = None


@dataclass(frozen=True)
class Interface:
    """One end with one address."""

    vpc: str
    subnet: str
    address: str
    groups: tuple[str, ...] = ()
    public: bool = False
    ephemeral: tuple[int, ...] = (1024, 20000, 65535)


@dataclass(frozen=True)
class Gone:
    """Where a packet ended: in a subnet, or on the internet; and the NAT gateways that it
    passed.
    """

    subnet: str | None
    seen_as: str
    nats: tuple[str, ...]


@cache
def inside(address: str, block: str) -> bool:
    """Whether a block holds an address."""
    return IPAddress(address) in IPNetwork(block)


def _speaks(rule: dict[str, Any], port: int) -> bool:
    if rule.get("protocol", "all") == "all":
        return True
    if rule["protocol"] != "tcp":
        return False
    low, _, high = str(rule.get("ports", "0-65535")).partition("-")
    return int(low) <= port <= int(high or low)


class Oracle:
    """A world to send single packets through."""

    def __init__(self, sections: Sections) -> None:
        self.s = sections

    def round_trip(
        self, source: Interface, target: Interface | str, port: int, client_port: int
    ) -> bool:
        """Whether a request arrives and its reply comes back."""
        address = target if isinstance(target, str) else target.address
        if not self._lets_out(source, target, address, port):
            return False
        gone = self._walk(source, source.subnet, source.address, address, port, ())
        if gone is LOST:
            return False
        if isinstance(target, str):
            return gone.subnet is None and self._back_from_internet(
                gone, source, address, client_port
            )
        if gone.subnet != target.subnet or not self._lets_in(source, target, gone, port):
            return False
        return self._back(target.subnet, target, gone, source, client_port)

    # groups

    def _lets_out(
        self, source: Interface, target: Interface | str, address: str, port: int
    ) -> bool:
        near = not isinstance(target, str) and self._joined(source.vpc, target.vpc)
        names = target.groups if near and not isinstance(target, str) else ()
        for group in source.groups:
            rules = self.s["security_groups"][group].get("outbound")
            if rules is None or any(self._fits(rule, address, names, port) for rule in rules):
                return True
        return False

    def _lets_in(self, source: Interface, target: Interface, gone: Gone, port: int) -> bool:
        names = () if gone.nats else source.groups
        return any(
            self._fits(rule, gone.seen_as, names, port)
            for group in target.groups
            for rule in self.s["security_groups"][group].get("inbound", [])
        )

    def _fits(self, rule: dict[str, Any], address: str, names: tuple[str, ...], port: int) -> bool:
        if not _speaks(rule, port):
            return False
        if "security_group" in rule:
            return rule["security_group"] in names
        return inside(address, rule["cidr"])

    def _joined(self, one: str, other: str) -> bool:
        return one == other or any(
            set(p["vpcs"]) == {one, other} for p in self.s.get("peerings", {}).values()
        )

    # ACLs

    def _crosses(self, subnet: str, side: str, address: str, port: int) -> bool:
        name = self.s["subnets"][subnet].get("network_acl")
        if name is None:
            return True
        for _, entry in sorted(self.s["network_acls"][name].get(side, {}).items()):
            if _speaks(entry, port) and inside(address, entry.get("cidr", "0.0.0.0/0")):
                return bool(entry["action"] == "allow")
        return False

    # routes

    def _lookup(self, subnet: str, address: str) -> str | None:
        place = self.s["subnets"][subnet]
        vpc = place["vpc"]
        own = self.s["vpcs"][vpc]["cidr"]
        routes = {own: "local"}
        if "route_table" in place:
            written = self.s["route_tables"][place["route_table"]].get("routes", {})
            routes |= {d: t for d, t in written.items() if not self._refused(vpc, own, d, t)}
        fitting = [block for block in routes if inside(address, block)]
        return routes[max(fitting, key=lambda b: IPNetwork(b).prefixlen)] if fitting else None

    def _refused(self, vpc: str, own: str, destination: str, target: str) -> bool:
        """Of routes for addresses of the VPC itself AWS takes those to NAT gateways, for a whole
        block.
        """
        if target == "blackhole" or IPNetwork(destination) not in IPNetwork(own):
            return False
        blocks = [p["cidr"] for p in self.s["subnets"].values() if p["vpc"] == vpc]
        return destination not in (own, *blocks) or target not in self.s["nat_gateways"]

    def _subnet_of(self, vpc: str, address: str) -> str | None:
        for name, subnet in self.s["subnets"].items():
            if subnet["vpc"] == vpc and inside(address, subnet["cidr"]):
                return str(name)
        return None

    def _into(self, origin: str | None, vpc: str, packet: tuple[str, str, int]) -> str | None:
        source, target, port = packet
        subnet = self._subnet_of(vpc, target)
        if subnet is None or (
            subnet != origin and not self._crosses(subnet, "inbound", source, port)
        ):
            return None
        return subnet

    def _walk(
        self,
        sender: Interface,
        subnet: str,
        source: str,
        target: str,
        port: int,
        nats: tuple[str, ...],
    ) -> Gone | None:
        """A request from a subnet on; NAT gateways translate."""
        if inside(target, self.s["subnets"][subnet]["cidr"]):
            return Gone(subnet, source, nats)
        if not self._crosses(subnet, "outbound", target, port):
            return LOST
        way = self._lookup(subnet, target)
        if way is not None and way in self.s["nat_gateways"] and not nats:
            return self._translated(sender, subnet, (way, target, port))
        end = self._end_of(subnet, way, (source, target, port), bool(nats) or sender.public)
        if end == "internet":
            return Gone(None, source, nats)
        return LOST if end is None else Gone(end, source, nats)

    def _translated(self, sender: Interface, subnet: str, hop: tuple[str, str, int]) -> Gone | None:
        name, target, port = hop
        nat = self.s["nat_gateways"][name]
        home = nat["subnet"]
        if self.s["subnets"][home]["vpc"] != self.s["subnets"][subnet]["vpc"] or home == subnet:
            return LOST
        if not self._crosses(home, "inbound", sender.address, port):
            return LOST
        if (
            nat.get("connectivity") == "private"
            and self._lookup(home, target) in self.s["internet_gateways"]
        ):
            return LOST
        return self._walk(sender, home, self.nat_address(name), target, port, (name,))

    def nat_address(self, name: str) -> str:
        """One address that a NAT gateway may have."""
        block = IPNetwork(self.s["subnets"][self.s["nat_gateways"][name]["subnet"]]["cidr"])
        return str(block[77])

    def _end_of(
        self, subnet: str, way: str | None, packet: tuple[str, str, int], public: bool
    ) -> str | None:
        """Where a route leads a packet that nobody translates: a subnet, the internet, or
        nowhere.
        """
        target = packet[1]
        vpc = self.s["subnets"][subnet]["vpc"]
        if way == "local":
            return self._into(subnet, vpc, packet)
        if way in self.s["internet_gateways"]:
            here = self.s["internet_gateways"][way]["vpc"] == vpc
            return "internet" if here and public and not inside(target, "10.0.0.0/8") else None
        if way in self.s.get("peerings", {}):
            sides = self.s["peerings"][way]["vpcs"]
            peer = next((v for v in sides if v != vpc), None)
            if vpc in sides and peer and inside(target, self.s["vpcs"][peer]["cidr"]):
                return self._into(None, peer, packet)
        return None

    # replies

    def _back_from_internet(
        self, gone: Gone, source: Interface, far: str, client_port: int
    ) -> bool:
        if not gone.nats:
            return self._crosses(source.subnet, "inbound", far, client_port)
        home = self.s["nat_gateways"][gone.nats[0]]["subnet"]
        nat_port = client_port
        return self._crosses(home, "inbound", far, nat_port) and self._home(
            home, far, source, client_port
        )

    def _back(
        self, subnet: str, target: Interface, gone: Gone, source: Interface, client_port: int
    ) -> bool:
        if not gone.nats:
            return self._home(subnet, target.address, source, client_port)
        home = self.s["nat_gateways"][gone.nats[0]]["subnet"]
        vpc = self.s["subnets"][home]["vpc"]
        nat = Interface(vpc, home, gone.seen_as)
        return self._home(subnet, target.address, nat, client_port) and self._home(
            home, target.address, source, client_port
        )

    def _home(self, subnet: str, far: str, client: Interface, port: int) -> bool:
        """Whether a reply from a subnet comes to a client."""
        if subnet == client.subnet:
            return True
        if not self._crosses(subnet, "outbound", client.address, port):
            return False
        way = self._lookup(subnet, client.address)
        if way in self.s["nat_gateways"] or way in self.s["internet_gateways"]:
            return False
        return self._end_of(subnet, way, (far, client.address, port), False) == client.subnet
