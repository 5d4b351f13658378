"""Public, private or isolated, told from a subnet's own routes.

Layout and edits cannot wait for analysis, and must not change when its answer comes; this glance at
the default route serves until then. What is shown as a subnet's tier is analysis's answer as soon
as there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lambdaplanner.kinds.route_table import BLACKHOLE, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.plan import Plan

Tier = Literal["public", "private", "isolated"]
TIERS: tuple[Tier, ...] = ("public", "private", "isolated")
"""From the internet inwards, as the rows of a VPC."""
TIER_TAGS: Mapping[str, str] = {
    "public": "Public subnet",
    "private": "Private subnet",
    "private-broken": "Private subnet",
    "isolated": "Isolated subnet",
}
TIER_TONES: Mapping[str, str] = {**{tier: tier for tier in TIERS}, "private-broken": "private"}
"""The colour of each; one whose way out is broken looks private and says so in a badge."""
_DEFAULTS = ("0.0.0.0/0", "::/0")


def table_of(plan: Plan, subnet: Subnet, mains: Mapping[str, RouteTable]) -> RouteTable | None:
    """The route table that serves a subnet: its own, else its VPC's main one, if that is drawn."""
    own = plan.find(subnet.route_table)
    return own if isinstance(own, RouteTable) else mains.get(subnet.vpc)


def routed_tier(plan: Plan, subnet: Subnet, table: RouteTable | None) -> Tier:
    """The tier by the default route: to an internet gateway, elsewhere, or none that leads
    anywhere.
    """
    found: Tier = "isolated"
    for route in table.routes if table is not None else ():
        if route.destination not in _DEFAULTS or route.target == BLACKHOLE:
            continue
        target = plan.find(route.target)
        if target is not None and target.kind == "internet-gateway":
            return "public" if getattr(target, "vpc", "") == subnet.vpc else found
        found = "private"
    return found
