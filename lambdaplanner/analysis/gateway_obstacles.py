"""The words of obstacles at gateways: internet, NAT, peering."""

from __future__ import annotations

from lambdaplanner.analysis.obstacles import block_of, block_to, name_of
from lambdaplanner.analysis.packets import Goal, Obstacle, Outside, Station, Stop, Trip


def no_public_address(trip: Trip, gateway: str, advice: str = "") -> Obstacle:
    """The public-subnet trap, and every other sender without a public address; `advice` says what
    is better than another way to the internet, where something is.
    """
    if trip.sender.kind == "function":
        message = (
            f"Internet gateway {gateway} drops packets whose source has no public address, "
            "and the network interface of a function never has one."
        )
        fix = "Attach the function to private subnets whose default route leads to a NAT gateway."
    else:
        sender = trip.sender.id or "the source"
        why = "which has no public address"
        fix = f"Give {sender} a public address, or route its subnet to a NAT gateway."
        if trip.sender.public:
            why = "which a transit gateway brought: it translates only what its own VPC sends"
            fix = f"Route the subnet of {sender} straight to {gateway}."
        message = f"Internet gateway {gateway} drops packets of {sender}, {why}."
    fix = advice or fix
    return block_to(trip, gateway, "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", message, fix)


def private_destination(trip: Trip, gateway: str, goal: Goal, rfc: str) -> Obstacle:
    """A private address is nowhere on the internet."""
    return block_to(
        trip,
        gateway,
        f"IGW_DESTINATION_ADDRESS_NOT_IN_RFC{rfc}_EGRESS",
        f"Internet gateway {gateway} drops packets to private addresses, and {block_of(goal)} is "
        f"one (RFC {rfc}).",
        f"Add a route to {block_of(goal)} over a peering or a transit gateway{_by_public(goal)}.",
    )


def _by_public(goal: Goal) -> str:
    """What else helps where the far end has a public address too, which a plan has no number of."""
    if isinstance(goal, Station) and goal.public:
        return f", or call {goal.id} by its public address, as the internet does"
    return ""


def out_of_the_vpc(trip: Trip, gateway: str, goal: Goal) -> Obstacle:
    """The far end stands in a VPC, and the packet left for the internet."""
    return block_to(
        trip,
        gateway,
        "NO_PATH",
        f"Packets to {block_of(goal)} leave through {gateway} to the internet; {name_of(goal)} "
        "has that address only inside its VPC.",
        f"Add a route to {block_of(goal)} over a peering or a transit gateway{_by_public(goal)}.",
    )


def foreign_nat(trip: Trip, nat: str, home: str) -> Obstacle:
    """A NAT gateway of another VPC."""
    return block_to(
        trip,
        nat,
        "NGW_REQUIRES_SOURCE_IN_VPC",
        f"NAT gateway {nat} stands in {home} and serves only what is there or comes in over a "
        "transit gateway.",
        f"Route to a NAT gateway of {trip.vpc}.",
    )


def nat_in_source_subnet(trip: Trip, nat: str) -> Obstacle:
    """The subnet routes to a NAT gateway in itself."""
    return block_to(
        trip,
        nat,
        "NAT_IN_SOURCE_SUBNET",
        f"NAT gateway {nat} stands in {trip.subnet}, the subnet that routes to it: packets go "
        "round in a loop.",
        f"Move {nat} to a public subnet, one whose default route leads to an internet gateway.",
    )


def nat_not_public(trip: Trip, nat: str, subnet: str, leads: str) -> Obstacle:
    """A public NAT gateway in a subnet without a way to an internet gateway."""
    return block_to(
        trip,
        nat,
        "NAT_SUBNET_NOT_PUBLIC",
        f"NAT gateway {nat} stands in {subnet}, which {leads}; a public NAT gateway needs a "
        "public subnet.",
        f"Move {nat} to a public subnet, or route {subnet} to the VPC's internet gateway.",
    )


def nat_lacks_address(trip: Trip, nat: str) -> Obstacle:
    """A public NAT gateway without elastic IP."""
    return block_to(
        trip,
        nat,
        "NAT_LACKS_ELASTIC_IP",
        f"NAT gateway {nat} is public but has no elastic IP to send from.",
        f"Give {nat} at least one elastic IP.",
    )


def private_nat(trip: Trip, nat: str) -> Obstacle:
    """A private NAT gateway on the way to the internet."""
    return block_to(
        trip,
        nat,
        "PRIVATE_NAT_TO_INTERNET",
        f"{nat} is a private NAT gateway: the internet gateway drops what it sends.",
        f"Make {nat} public with an elastic IP, or route to a public NAT gateway.",
    )


def regional_nat_stranded(trip: Trip, nat: str, vpc: str, goal: Goal) -> Obstacle:
    """A regional NAT gateway's own route table is AWS's; the plan says nothing of it but the
    internet gateway.
    """
    if not isinstance(goal, Outside):
        message = f"NAT gateway {nat} has routes of its own; a plan shows none to {block_of(goal)}."
        fix = f"Use a zonal NAT gateway in a subnet that routes to {block_of(goal)}."
    else:
        message = f"NAT gateway {nat} needs an internet gateway in {vpc}, and there is none."
        fix = f"Add an internet gateway to {vpc}."
    return block_to(trip, nat, "NO_ROUTE_TO_DESTINATION", message, fix, Stop(trip, goal))


def nat_after_nat(trip: Trip, nat: str, route: str) -> Obstacle:
    """One NAT gateway behind another."""
    return block_to(
        trip,
        nat,
        "UNSUPPORTED_COMPONENT",
        f"The route {route} puts {nat} behind another NAT gateway; AWS does not say that it works.",
        "Route the first NAT gateway's subnet straight to where its packets should go.",
    )


def failed_peering(trip: Trip, peering: str, vpcs: tuple[str, ...]) -> Obstacle:
    """Overlapping blocks: the peering never becomes active."""
    return block_to(
        trip,
        peering,
        "BAD_STATE",
        f"Peering {peering} cannot become active: blocks of {vpcs[0]} and {vpcs[1]} overlap.",
        "Give the two VPCs blocks that do not overlap.",
    )


def no_transit(trip: Trip, peering: str) -> Obstacle:
    """A packet that came into the VPC from elsewhere."""
    return block_to(
        trip,
        peering,
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        f"Peering {peering} carries only what starts in one of its two VPCs, and this packet "
        "came into "
        f"{trip.vpc} from elsewhere.",
        "Peer the two VPCs directly, or join them by a transit gateway.",
    )


def not_in_peer(trip: Trip, peering: str, goal: Goal, peer: str) -> Obstacle:
    """Neither transit nor the peer's gateways."""
    return block_to(
        trip,
        peering,
        "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR",
        f"Peering {peering} carries only what is for addresses of {peer}; {name_of(goal)} has "
        "none, "
        f"and the gateways of {peer} cannot be used through a peering.",
        f"Route to {name_of(goal)} inside {trip.vpc}, or by a transit gateway.",
    )
