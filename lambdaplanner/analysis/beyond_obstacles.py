"""The words of obstacles on the way to and from what is not in AWS."""

from __future__ import annotations

from lambdaplanner.analysis.obstacles import block_of, block_to, name_of
from lambdaplanner.analysis.packets import Goal, Obstacle, Trip


def edge_to_edge(trip: Trip, gateway: str, vpc: str) -> Obstacle:
    """A virtual private gateway serves its own VPC's addresses alone."""
    return block_to(
        trip,
        gateway,
        "NO_PATH",
        f"Virtual private gateway {gateway} carries only what has an address of {vpc}; what comes "
        "into that VPC from elsewhere it drops.",
        "Join the networks by a transit gateway.",
    )


def no_prefix(trip: Trip, gateway: str, goal: Goal) -> Obstacle:
    """No network behind the gateway has the address."""
    return block_to(
        trip,
        gateway,
        "NO_ROUTE_TO_DESTINATION",
        f"Virtual private gateway {gateway} knows no network that has {name_of(goal)} "
        f"({block_of(goal)}); it drops what it knows no prefix for.",
        f"Declare the network that has it, and name it in networks of {gateway}.",
    )


def other_network(trip: Trip, network: str, goal: Goal) -> Obstacle:
    """The packet ends in another network than it was meant for."""
    return block_to(
        trip,
        network,
        "NO_PATH",
        f"Packets to {block_of(goal)} end in {network}, and {name_of(goal)} is not there.",
        "Give networks blocks that do not overlap, or route to the one that is meant.",
    )


def not_joined(trip: Trip, network: str, goal: Goal) -> Obstacle:
    """Nothing on the plan leads from an external network there."""
    return block_to(
        trip,
        network,
        "NO_PATH",
        f"No virtual private gateway and no transit gateway leads from {network} to "
        f"{name_of(goal)}; the gateways, peers and NAT gateways of a VPC are not used from outside "
        "of AWS.",
        f"Attach {network} to a transit gateway that leads there, or put a virtual private "
        "gateway on that VPC.",
    )


def no_addresses(trip: Trip, network: str, version: int) -> Obstacle:
    """The network has no block of the IP version that is asked about."""
    return block_to(
        trip,
        network,
        "NO_POSSIBLE_DESTINATION",
        f"{network} has no IPv{version} block.",
        f"Give {network} one, if it has.",
    )


def peering_one_sided(trip: Trip, gateway: str, peer: str) -> Obstacle:
    """Two transit gateways are peered once both say so."""
    return block_to(
        trip,
        gateway,
        "TGW_RTB_BAD_STATE_ROUTE",
        f"{gateway} has an attachment for transit gateway {peer}, and {peer} has none for "
        f"{gateway}: a peering stands in both, or carries nothing.",
        f"Attach {gateway} to {peer} as well.",
    )


def hubs_in_a_circle(trip: Trip, gateway: str) -> Obstacle:
    """Peered transit gateways send a packet round and round."""
    return block_to(
        trip,
        gateway,
        "NO_PATH",
        f"The routes of peered transit gateways lead in a circle: packets come back to {gateway}.",
        "Let one of them lead on to the destination.",
    )
