"""What of a plan's plain mapping AWS would not build, read from AWS's rules alone."""

from __future__ import annotations

from functools import cached_property
from itertools import permutations
from typing import Any

from netaddr import IPAddress, IPNetwork

APART = (
    ("10.0.0.0/8", ("172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16")),
    ("172.16.0.0/12", ("10.0.0.0/8", "192.168.0.0/16", "172.31.0.0/16", "198.19.0.0/16")),
    ("192.168.0.0/16", ("10.0.0.0/8", "172.16.0.0/12", "198.19.0.0/16")),
)
ELSE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "198.19.0.0/16")
TAKEN = {"alb": 8, "rds-proxy": 10}
NEVER_PUBLIC = ("elasticache", "efs", "rds-proxy", "opensearch")
BALANCERS = ("alb", "nlb")


def overlap(one: str, other: str) -> bool:
    a, b = IPNetwork(one), IPNetwork(other)
    return bool(a.version == b.version and a.first <= b.last and b.first <= a.last)


class Refused:
    """One plan, and what AWS says to each of its things."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan

    def things(self, section: str) -> dict[str, Any]:
        return self.plan.get(section) or {}

    def blocks(self, vpc: str) -> list[str]:
        """The IPv4 blocks that a VPC gets."""
        fields = self.things("vpcs")[vpc]
        made = [fields["cidr"]]
        for text in fields.get("secondary_cidrs", []):
            first = IPNetwork(made[0])
            refused = next((r for home, r in APART if first in IPNetwork(home)), ELSE)
            beside = text == "10.0.0.0/16" and any(
                IPNetwork(m) in IPNetwork("10.0.0.0/15") for m in made
            )
            if not beside and not any(overlap(text, other) for other in (*made, *refused)):
                made.append(text)
        return made

    @cached_property
    def subnets(self) -> set[str]:
        """Those that are made: in a block of their VPC, and over none that was made before."""
        taken: dict[str, list[str]] = {}
        made = set()
        for name, fields in self.things("subnets").items():
            own = IPNetwork(fields["cidr"])
            before = taken.setdefault(fields["vpc"], [])
            if any(overlap(fields["cidr"], block) for block in before):
                continue
            before.append(fields["cidr"])
            if any(own in IPNetwork(block) for block in self.blocks(fields["vpc"])):
                made.add(name)
        return made

    def used(self, subnet: str) -> int:
        """The addresses that things in a subnet take, functions aside."""
        count: int = self.things("subnets")[subnet].get("reserved_ips", 0)
        for workload in self.things("workloads").values():
            if subnet in workload["subnets"]:
                count += workload.get("ips", TAKEN.get(workload["type"], 1))
        for endpoint in self.things("endpoints").values():
            count += endpoint["type"] == "interface" and subnet in endpoint.get("subnets", [])
        for nat in self.things("nat_gateways").values():
            if nat.get("subnet") == subnet:
                count += max(1, nat.get("elastic_ips", 1))
        for gateway in self.things("transit_gateways").values():
            for attachment in gateway["attachments"].values():
                count += subnet in attachment.get("subnets", [])
        return count

    def room(self, subnet: str, *, more: int = 0) -> bool:
        """Whether there is an address for everything in a subnet, and so many more."""
        size = IPNetwork(self.things("subnets")[subnet]["cidr"]).size
        return bool(self.used(subnet) + more <= max(0, size - 5))

    def gateways(self, vpc: str, section: str = "internet_gateways") -> list[str]:
        """The gateway of a VPC; of two nobody knows which is attached."""
        found = [n for n, fields in self.things(section).items() if fields["vpc"] == vpc]
        return found if len(found) == 1 else []

    def peering(self, name: str) -> bool:
        """Whether a peering is the first of its pair."""
        pair = set(self.things("peerings")[name]["vpcs"])
        first = next(n for n, p in self.things("peerings").items() if set(p["vpcs"]) == pair)
        return bool(first == name)

    def zones_apart(self, subnets: list[str], vpc: str) -> bool:
        """Whether no two of the subnets are of one zone."""
        own = [self.things("subnets")[s] for s in dict.fromkeys(subnets)]
        zones = [fields["az"] for fields in own if fields["vpc"] == vpc]
        return len(zones) == len(set(zones))

    def attached(self, gateway: str, vpc: str) -> bool:
        """Whether AWS makes an attachment: subnets of its VPC, one of each zone."""
        subnets = self.things("transit_gateways")[gateway]["attachments"][vpc].get("subnets", [])
        homes = {self.things("subnets")[s]["vpc"] for s in subnets}
        return homes <= {vpc} and self.zones_apart(subnets, vpc)

    def route(self, vpc: str, destination: str, target: str) -> bool:
        """Whether a table takes a route: for addresses of the VPC itself only one for a whole
        subnet or block, to a NAT gateway or an instance; a blackhole drops all the same.
        """
        if "/" not in destination or target == "blackhole":
            return True
        fields = self.things("vpcs")[vpc]
        own = [fields["cidr"], *fields.get("secondary_cidrs", []), fields.get("ipv6_cidr")]
        blocks = [IPNetwork(text) for text in own if text]
        wanted = IPNetwork(destination)
        if not any(wanted in block for block in blocks):
            return True
        for place in self.things("subnets").values():
            if place["vpc"] == vpc:
                blocks += [IPNetwork(t) for t in (place["cidr"], place.get("ipv6_cidr")) if t]
        passes = target in self.things("nat_gateways") or target in self.things("workloads")
        return wanted in blocks and passes

    def propagated(self, members: list[str], address: IPAddress) -> list[dict[str, str]]:
        """What a transit gateway may have learnt, for every order of attachment: block -> VPC, of
        blocks that hold the address.
        """
        blocks = {vpc: [*self.blocks(vpc), *self._ipv6(vpc)] for vpc in dict.fromkeys(members)}
        near = [
            vpc
            for vpc in blocks
            if any(
                overlap(a, b)
                for a in blocks[vpc]
                for other in blocks
                if other != vpc
                for b in blocks[other]
            )
            or any(address in IPNetwork(a) for a in blocks[vpc])
        ]
        found = []
        for order in permutations(near):
            learnt: dict[str, str] = {}
            before: list[str] = []
            for vpc in order:
                for block in blocks[vpc]:
                    if not any(overlap(block, other) for other in before):
                        learnt[block] = vpc
                before += blocks[vpc]
            found.append({b: vpc for b, vpc in learnt.items() if address in IPNetwork(b)})
        return found

    def _ipv6(self, vpc: str) -> list[str]:
        text = self.things("vpcs")[vpc].get("ipv6_cidr")
        return [text] if text else []
