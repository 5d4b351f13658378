"""Requests and their replies, packet by packet, over the simulator."""

from __future__ import annotations

from tests.properties.packet_simulator import HOST, Interface, Packet, Path, Simulator


class Trips(Simulator):
    """Whether a request arrives and its reply comes back."""

    def request(self, source: Interface, goal: Interface | str, packet: Packet) -> bool:
        """From an interface to another, or to an address outside (text)."""
        inside = isinstance(goal, Interface)
        near = isinstance(goal, Interface) and (
            goal.vpc == source.vpc or self.peered(goal.vpc, source.vpc)
        )
        far = set(self.worn(goal)) if isinstance(goal, Interface) and near else set()
        if not self.groups_allow(source, "outbound", packet, far):
            return False
        start = Path("", packet, (), frozenset())
        there = self.depart(source.vpc, source.subnet, start, source.vpc, source)
        if there is None:
            return False
        beyond = there.place == "outside" or there.place.startswith("beyond ")
        if beyond is inside:
            return False
        if not isinstance(goal, Interface):
            return self.answered_from_outside(there, source)
        if there.place != place(goal):
            return False
        hidden = bool(there.crossed & {"nat", "transit-off", "router"})
        if not self.groups_allow(
            goal, "inbound", there.packet, set() if hidden else set(self.worn(source))
        ):
            return False
        back = turned(there.packet)
        arrived = self.depart(
            goal.vpc, goal.subnet, Path("", back, (), frozenset(), reply=True), goal.vpc, goal
        )
        receiver = self.receiver(there, source, len(there.session))
        if arrived is None or arrived.place != place(receiver):
            return False
        if arrived.passed != there.passed:
            return False
        return self.unwound(there, source, back)

    def from_internet(self, goal: Interface, packet: Packet) -> bool:
        """From a host of the internet to the public address of an interface."""
        gateways = [g for g, r in self.of("internet_gateways").items() if r["vpc"] == goal.vpc]
        if not gateways or not goal.public or not self.acl(goal.subnet, "inbound", packet):
            return False
        if self.shut(goal.vpc, goal.subnet, inward=True, by_nat=False):
            return False
        if not self.groups_allow(goal, "inbound", packet, set()):
            return False
        start = Path("", turned(packet), (), frozenset(), reply=True)
        back = self.depart(goal.vpc, goal.subnet, start, goal.vpc, goal)
        return back is not None and back.place == "outside" and not back.passed

    def from_network(self, goal: Interface, packet: Packet) -> bool:
        """From a host of an external network, by the gateways of the goal's VPC that it is behind;
        it may answer to either.
        """
        doors = [
            name
            for name in self.of("virtual_private_gateways")
            if self.behind(name, goal.vpc, packet.source)
        ]
        if not doors or not self.acl(goal.subnet, "inbound", packet):
            return False
        if not self.groups_allow(goal, "inbound", packet, set()):
            return False
        start = Path("", turned(packet), (), frozenset(), reply=True)
        back = self.depart(goal.vpc, goal.subnet, start, goal.vpc, goal)
        return back is not None and back.place.startswith("beyond ") and not back.passed

    def answered_from_outside(self, there: Path, source: Interface) -> bool:
        receiver = self.receiver(there, source, len(there.session))
        back = turned(there.packet)
        if there.passed or not self.acl(receiver.subnet, "inbound", back):
            return False
        return self.unwound(there, source, back)

    def receiver(self, there: Path, source: Interface, depth: int) -> Interface:
        """Whom a reply goes to: the last gateway that translated, else the source itself."""
        if not depth:
            return source
        nat, _, _ = there.session[depth - 1]
        subnet = self.of("nat_gateways")[nat]["subnet"]
        return Interface(nat, self.home(nat), subnet, self.nat_ip(nat), ())

    def unwound(self, there: Path, source: Interface, back: Packet) -> bool:
        """The reply through each gateway in turn, the last one first, to the source."""
        for depth in range(len(there.session), 0, -1):
            gateway = self.receiver(there, source, depth)
            _, before, _ = there.session[depth - 1]
            back = back._replace(target=before.source, dport=before.sport)
            onward = Path("", back, (), frozenset(), reply=True)
            arrived = self.depart(gateway.vpc, gateway.subnet, onward, "", None)
            if arrived is None or arrived.place != place(self.receiver(there, source, depth - 1)):
                return False
            if arrived.passed != there.before[depth - 1]:
                return False
        return True


def place(interface: Interface) -> str:
    return f"{interface.vpc}/{interface.subnet}/{interface.ip}"


def turned(packet: Packet) -> Packet:
    return Packet(packet.target, packet.source, packet.protocol, packet.dport, packet.sport)


__all__ = ["HOST", "Interface", "Packet", "Trips", "place"]
