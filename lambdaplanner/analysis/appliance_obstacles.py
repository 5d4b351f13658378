"""The words of obstacles at instances and endpoints that pass packets on."""

from __future__ import annotations

from lambdaplanner.analysis.obstacles import block_to, name_of
from lambdaplanner.analysis.packets import Goal, Obstacle, Trip


def in_source_subnet(trip: Trip, appliance: str, subnet: str) -> Obstacle:
    """The subnet routes to an appliance in itself, whose own packets would come back to it."""
    return block_to(
        trip,
        appliance,
        "NO_PATH",
        f"{appliance} stands in {subnet}, the subnet that routes to it: packets go round in a "
        "loop.",
        f"Move {appliance} to a subnet of its own.",
    )


def asymmetric(trip: Trip, appliances: tuple[str, ...], goal: Goal) -> Obstacle:
    """Stateful appliances drop replies to requests that they never saw, and lose those that go
    around them.
    """
    named = " and ".join(appliances)
    return block_to(
        trip,
        appliances[0],
        "NO_PATH",
        f"Replies to {name_of(goal)} do not come back through {named} as the request went: what "
        "passes an appliance one way alone is dropped.",
        f"Route the replies through {named} too.",
    )
