"""A simulator of single packets over the sections of a plan file, written from AWS's documents.

It knows nothing of the program: one packet with four numbers travels from interface to interface,
is translated, filtered and answered. What happens to many sampled packets says what the verdict on
the whole must be.
"""

from __future__ import annotations

from typing import Any

from tests.properties.packet_network import (
    HOST,
    Interface,
    Packet,
    Path,
    PlanNetwork,
    inside,
    net,
    private,
)


class Simulator(PlanNetwork):
    """Packets on their way. Interfaces of the two ends are given with each packet."""

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
            if target in self.of("virtual_private_gateways"):
                known = origin == vpc and self.behind(target, vpc, target_ip)
                return at._replace(place=f"beyond {target}") if known else None
            if target in self.of("workloads"):
                turn = self.through_router(str(target), vpc, subnet, at)
                if turn is None:
                    return None
                subnet, at = turn
                continue
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
        by_nat = sender.owner in self.of("nat_gateways")
        if not at.reply and self.shut(vpc, sender.subnet, inward=False, by_nat=by_nat):
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
        onward = onward._replace(before=(*at.before, at.passed), passed=frozenset())
        return self.depart(vpc, place, onward, vpc, gateway)

    def through_router(self, name: str, vpc: str, subnet: str, at: Path) -> tuple[str, Path] | None:
        """Into an instance that passes packets on, and on from its subnet; its groups are stateful
        and know nobody by group here.
        """
        record = self.of("workloads")[name]
        (place,) = record["subnets"]
        if record.get("forwards") != "router" or self.of("subnets")[place]["vpc"] != vpc:
            return None
        if place == subnet or not self.acl(place, "inbound", at.packet):
            return None
        own = Interface(name, vpc, place, "", tuple(record["security_groups"]))
        if not at.reply and not all(
            self.groups_allow(own, side, at.packet, set()) for side in ("inbound", "outbound")
        ):
            return None
        return place, at._replace(crossed=at.crossed | {"router"}, passed=at.passed | {name})

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
        if not self.acl(entries[0], "inbound", at.packet):
            return None
        following = self.hub_target(hub, attachment.get("route_table"), at.packet.target)
        if following is None:
            return None
        there = hub["attachments"][following]["subnets"]
        same = [s for s in there if subnets[s]["az"] == zone]
        kept = "transit" if hub.get("security_group_referencing") else "transit-off"
        exits = same or there
        out = exits[self.choice % len(exits)]
        return following, out, at._replace(crossed=at.crossed | {kept})

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


__all__ = ["HOST", "Interface", "Packet", "Path", "Simulator"]
