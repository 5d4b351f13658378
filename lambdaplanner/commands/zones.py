"""Availability zones: which one a new subnet takes, and which subnet of each joins a hub."""

from __future__ import annotations

from lambdaplanner.commands.places import region_of, subnets_of
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import Tier
from lambdaplanner.model.plan import Plan

_LETTERS = "abc"
"""Nearly every region has these three, and a design of more zones names them itself
(https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html).
"""
_INWARDS: tuple[Tier, ...] = ("private", "isolated", "public")
"""Where a hub is joined: private subnets first, public ones only where a zone has no other."""


def zones_in_turn(plan: Plan, vpc: str | None = None) -> list[str]:
    """The zones that subnets take in turn: the region's first three and those in use already (in
    one VPC, or anywhere), by name.
    """
    used = subnets_of(plan, vpc) if vpc is not None else plan.ordered(Subnet.kind)
    region = plan.info.region if vpc is None else region_of(plan, vpc)
    known = {subnet.az for subnet in used if subnet.az}
    return sorted({f"{region}{letter}" for letter in _LETTERS} | known)


def next_zone(plan: Plan, vpc: str, wanted: str = "") -> str:
    """The zone of a VPC's next subnet: of those in turn the first that has fewest subnets of the
    new one's tier, which its main table makes; `wanted` where no such subnet stands there yet.
    """
    counts = dict.fromkeys(zones_in_turn(plan, vpc), 0)
    tier = topology.tier(plan, Subnet(id="new", vpc=vpc, az="", cidr="10.0.0.0/28"))
    for subnet in subnets_of(plan, vpc):
        if subnet.az:
            counts[subnet.az] += topology.tier(plan, subnet) == tier
    if counts.get(wanted) == 0:
        return wanted
    return min(counts, key=counts.__getitem__)


def one_of_each_zone(plan: Plan, vpc: str) -> list[str]:
    """A subnet of each zone of a VPC for what has one interface a zone: private before isolated
    before public ones, the first made of several.
    """
    found: dict[str, Subnet] = {}
    for tier in _INWARDS:
        for subnet in subnets_of(plan, vpc):
            if topology.tier(plan, subnet) == tier:
                found.setdefault(subnet.az or subnet.id, subnet)
    return [found[zone].id for zone in sorted(found)]
