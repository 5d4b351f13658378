"""What is not known: why an answer is neither yes nor no."""

from __future__ import annotations

from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.obstacles import WORDS, block
from lambdaplanner.analysis.packets import Obstacle, Stop, Trip

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
    told = _told(doubt)
    return block(
        trip,
        doubt.about,
        "not-known",
        stop=stop,
        of=doubt.of,
        missing=told["missing"],
        why=told["why"],
    )


def met_in_doubt(doubt: Doubt) -> Obstacle:
    """The path leans on a thing of which nobody knows whether, or how, there will be one."""
    words = WORDS["leans-on-unknown"]
    return Obstacle(
        at=doubt.about,
        code=words.code,
        direction="forward",
        message=words.message.format_map(_told(doubt)),
        fix=words.fix.format(at=doubt.about),
    )


def _told(doubt: Doubt) -> dict[str, str]:
    why = f" ({doubt.why})" if doubt.why else ""
    return {"missing": what_is_missing(doubt), "why": why}
