"""Known rules whose premise a plan cannot express, each with the reason; the guide lists them."""

from __future__ import annotations

from typing import NamedTuple


class LeftOut(NamedTuple):
    """A rule that is not judged."""

    title: str
    why: str


LEFT_OUT: dict[str, LeftOut] = {
    "LAM-012": LeftOut(
        "A function cannot be attached to a VPC of dedicated tenancy",
        "a plan does not say a VPC's tenancy",
    ),
    "LAM-015": LeftOut(
        "A function has no reserved concurrency",
        "a plan has concurrency targets, not reservations",
    ),
    "LAM-019": LeftOut(
        "Detach a function before its role is deleted, and expect 20 to 45 minutes",
        "it is about the order of deployments, not about a design",
    ),
    "NAT-011": LeftOut(
        "An interface endpoint would be cheaper than a NAT gateway",
        "a plan does not say how much traffic there is",
    ),
    "NET-004": LeftOut(
        "A subnet gives public addresses to whatever starts in it",
        "a plan says of each workload whether it has a public address",
    ),
    "NET-015": LeftOut("A VPC has no flow logs", "logs are not part of a plan"),
}
"""Id of the catalogue -> what it would say."""
