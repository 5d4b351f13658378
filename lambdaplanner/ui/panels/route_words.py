"""What is wrong with a route, or worth knowing, in a few words beside it."""

from __future__ import annotations

from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE, Route, RouteTable
from lambdaplanner.kinds.topology import vpcs_of
from lambdaplanner.model import cidr
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.words import Word, kind_word


def route_state(plan: Plan, table: RouteTable, route: Route) -> Word | None:
    """The state of one route; None where it simply works."""
    if route.target == BLACKHOLE:
        return Word("error", "Blackhole: packets to here are dropped.")
    if route.target == OUTSIDE:
        return Word("unknown", "Leaves what the plan holds: nobody knows what becomes of it.")
    target = plan.find(route.target)
    if target is None:
        return None
    there = vpcs_of(plan, target)
    word = kind_word(target.kind)
    if target.kind == "transit-gateway":
        if table.vpc not in there:
            return Word("error", f"{table.vpc} is not attached to this transit gateway.")
    elif table.vpc not in there:
        whose = f", of {min(there)}" if there else ""
        return Word("error", f"Another VPC's {word}{whose}; AWS refuses this route.")
    version = 6 if ":" in route.destination else 4
    if target.kind == "egress-only-internet-gateway" and version == 4:
        return Word("error", "An egress-only internet gateway carries IPv6 only.")
    return _covered_by_local(plan, table, route)


def _covered_by_local(plan: Plan, table: RouteTable, route: Route) -> Word | None:
    vpc = plan.find(table.vpc)
    if "/" not in route.destination or vpc is None:
        return None
    wanted = cidr.block(route.destination)
    if any(cidr.block(block) == wanted for block in getattr(vpc, "cidrs", ())):
        return Word("warning", "This is the VPC's own block, which the local route serves.")
    return None
