"""Rules that cannot be judged from a plan, and why; their ids are never given to another check."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class LeftOut(NamedTuple):
    """A rule as a sentence without its full stop, and what a plan would have to say to judge it."""

    title: str
    why: str


LEFT_OUT: Mapping[str, LeftOut] = {
    "LAM-012": LeftOut(
        "A function is attached to a VPC of dedicated tenancy",
        "Lambda refuses it, but a plan does not say a VPC's tenancy; new VPCs have the default "
        "one. Where yours is dedicated, attach the function to another VPC and peer the two.",
    ),
    "LAM-015": LeftOut(
        "A function has no reserved concurrency",
        "A plan's concurrency is what to plan for, not what is reserved. LAM-023 says where the "
        "targets together exceed the account's quota.",
    ),
    "LAM-019": LeftOut(
        "A function's role is deleted before its interfaces",
        "It is about the order of steps, and a plan is one state. Take the subnets away first, "
        "wait until Lambda has deleted the interfaces (20 to 45 minutes), and delete the role "
        "last.",
    ),
    "NAT-011": LeftOut(
        "An interface endpoint would cost less than a NAT gateway",
        "It depends on how many gigabytes go to a service and on the region's prices, and a plan "
        "has neither. NAT-010 names what costs nothing in any case.",
    ),
    "NET-004": LeftOut(
        "A subnet gives new interfaces a public address",
        "A plan says for each workload whether it has a public address, not what a subnet gives "
        "to those to come; a function's interface gets none anyway.",
    ),
    "NET-015": LeftOut(
        "A VPC has no flow logs",
        "Logging changes no path and no capacity, so a plan does not hold it.",
    ),
    "NET-017": LeftOut(
        "Block Public Access keeps a VPC from the internet",
        "It is a setting of the account and region with exclusions of its own, which a plan does "
        "not hold. Where it is on, paths through internet gateways that are shown as open are "
        "blocked.",
    ),
}
"""By id, as in the list of rules that the checks come from."""
