"""The words of what is not known: why an answer is neither yes nor no."""

from __future__ import annotations

from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.obstacles import block_to, name_of
from lambdaplanner.analysis.packets import Goal, Obstacle, Stop, Trip

_WHAT = {
    "routes": "all routes",
    "route_tables": "all route tables",
    "route_table": "the route table",
    "subnets": "all subnets",
    "subnet": "the subnet",
    "security_groups": "all security groups",
    "rules": "all rules",
    "inbound": "all inbound rules",
    "outbound": "all outbound rules",
    "az": "the zone",
    "cidr": "the whole block",
    "ipv6_cidr": "the IPv6 block",
    "entries": "all entries",
    "network_acl": "the network ACL",
    "attachments": "all attachments",
    "endpoints": "all endpoints",
    "condition": "whether there will be one",
    "forwards": "whether it forwards packets",
    "networks": "all networks",
}


def what_is_missing(doubt: Doubt) -> str:
    """What nobody told, in words: ``all routes of private-rt``."""
    what = _WHAT.get(doubt.of, doubt.of)
    return f"{what} of {doubt.about}" if doubt.of != "condition" else f"{what}: {doubt.about}"


def not_known(trip: Trip, doubt: Doubt, stop: Stop | None = None) -> Obstacle:
    """The plan says of itself that it does not know."""
    why = f" ({doubt.why})" if doubt.why else ""
    return block_to(
        trip,
        doubt.about,
        "NOT_KNOWN",
        f"The plan does not know {what_is_missing(doubt)}{why}, so that nobody can tell.",
        f"Fill in {doubt.of} of {doubt.about}, and take its row out of unknown.",
        stop,
    )


def met_in_doubt(doubt: Doubt) -> Obstacle:
    """The path leans on a thing of which nobody knows whether, or how, there will be one."""
    why = f" ({doubt.why})" if doubt.why else ""
    return Obstacle(
        at=doubt.about,
        code="NOT_KNOWN",
        direction="forward",
        message=f"The plan does not know {what_is_missing(doubt)}{why}, and the path leans on it.",
        fix=f"Settle it, and take the row about {doubt.about} out of unknown.",
    )


def leaves_the_plan(trip: Trip, at: str, route: str) -> Obstacle:
    """The route leads to something that the plan has no kind for, or that nobody described."""
    return block_to(
        trip,
        at,
        "LEAVES_THE_PLAN",
        f"By the route {route} of {at} packets leave what the plan holds; what becomes of them "
        "there it does not say.",
        "Put what is there on the plan, and route to that.",
    )


def list_not_known(trip: Trip, table: str, route: str, goal: Goal) -> Obstacle:
    """A route of AWS's own list, whose addresses change and are in no plan."""
    return block_to(
        trip,
        table,
        "NOT_KNOWN",
        f"{table} has the route {route}; whether {name_of(goal)} is an address of that list, the "
        "plan does not know.",
        "Ask about the service by its name, aws:s3 say.",
    )


def zone_not_known(trip: Trip, gateway: str, subnet: str) -> Obstacle:
    """A transit gateway takes packets in by zones, and nobody said which."""
    return block_to(
        trip,
        subnet,
        "NOT_KNOWN",
        f"{subnet} has no zone yet, and {gateway} takes packets in only where {trip.vpc} has an "
        "attachment in their zone.",
        f"Say in which zone {subnet} is.",
    )
