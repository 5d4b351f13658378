"""What stands against a path at its two ends: roles, protocols, addresses, the door of the VPC."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lambdaplanner.analysis.hops import Hop, Translation
from lambdaplanner.analysis.obstacles import block_of, block_to, name_of
from lambdaplanner.analysis.packets import Goal, Obstacle, Station, Stop, Trip
from lambdaplanner.analysis.public_access import inward_blocked
from lambdaplanner.analysis.ranges import meet_all
from lambdaplanner.analysis.refusal import PUBLIC
from lambdaplanner.analysis.refused import obstacle, of_gateway, of_interface
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.workload import Workload

if TYPE_CHECKING:
    from lambdaplanner.analysis.asking import Ask
    from lambdaplanner.analysis.ends import End


# at the source ------------------------------------------------------------------------------------


def at_source(ask: Ask, trip: Trip) -> Iterator[Obstacle]:
    """What keeps an interface from sending at all."""
    yield from of_interface(ask.network, trip, trip.sender)
    record = ask.network.resources.get(trip.sender.id)
    if isinstance(record, Function):
        untold = ask.network.doubts.of(record.id, "role_policies")
        if not record.may_create_interfaces and untold is None:
            yield _lacks_role(trip, record)
        yield from _protocol(trip, record.id)
        if ask.version == 6:
            yield from _function_ipv6(trip, record)
    elif isinstance(record, Workload) and ask.version == 6:
        yield no_ipv6_address(trip, trip.sender)


def _lacks_role(trip: Trip, function: Function) -> Obstacle:
    return block_to(
        trip,
        function.id,
        "LAMBDA_ROLE_LACKS_ENI_ACCESS",
        f"The execution role of {function.id} does not let Lambda create its network interface.",
        f"Attach the policy {VPC_ACCESS_POLICY} to the role.",
    )


def _protocol(trip: Trip, function: str) -> Iterator[Obstacle]:
    if trip.packet.protocol == "icmp":
        yield block_to(
            trip,
            function,
            "PROTOCOL_RESTRICTION",
            f"{function} is a Lambda function; it speaks TCP and UDP, not ICMP.",
            "Ask about tcp or udp.",
        )


def _function_ipv6(trip: Trip, function: Function) -> Iterator[Obstacle]:
    if not function.ipv6:
        yield block_to(
            trip,
            function.id,
            "NO_IPV6_EGRESS",
            f"{function.id} does not use IPv6: dual-stack subnets are not allowed for it.",
            f"Set ipv6 of {function.id}, and attach it to dual-stack subnets only.",
        )


def no_ipv6_address(trip: Trip, station: Station) -> Obstacle:
    """Workloads have IPv4 addresses on a plan."""
    return block_to(
        trip,
        station.interface,
        "NO_IPV6_EGRESS",
        f"The plan gives {station.id} no IPv6 address.",
        "Ask about IPv4.",
        Stop(trip, trip.goal, station=station),
    )


def at_outside(ask: Ask, trip: Trip, source_end: End) -> Iterator[Obstacle]:
    """What keeps a function with default networking from sending."""
    function = source_end.function
    if function is None:
        return
    yield from _protocol(trip, function.id)
    if ask.version == 6:
        yield block_to(
            trip,
            function.id,
            "NO_IPV6_EGRESS",
            f"{function.id} is not attached, and Lambda's default networking has no IPv6.",
            "Attach it to dual-stack subnets with an egress-only internet gateway.",
        )


def not_attached(trip: Trip, function: str, goal: Goal) -> Obstacle:
    """Default networking knows no private address."""
    return block_to(
        trip,
        function,
        "LAMBDA_NOT_ATTACHED",
        f"{function} is not attached to a VPC, and {name_of(goal)} has a private address only: "
        "Lambda's default networking reaches nothing inside a VPC.",
        f"Attach {function} to private subnets of the VPC.",
        Stop(trip, goal),
    )


def no_such_source(trip: Trip, text: str) -> Obstacle:
    """A private address that nobody has."""
    return block_to(
        trip,
        text,
        "NO_SOURCE_OR_DESTINATION",
        f"Nothing on the plan holds {text}, and it is no address of the internet.",
        f"Ask from a workload, or give one the private address {text}.",
    )


# at the goal --------------------------------------------------------------------------------------


def at_goal(ask: Ask, trip: Trip, goal: Goal) -> Iterator[Obstacle]:
    """What keeps a goal from being reached, however good the way."""
    if not isinstance(goal, Station):
        return
    yield from of_interface(ask.network, trip, goal)
    record = ask.network.resources.get(goal.id)
    if isinstance(record, Endpoint) and trip.packet.protocol != "tcp":
        yield block_to(
            trip,
            record.id,
            "PROTOCOL_RESTRICTION",
            f"{record.id} is an interface endpoint, sure to carry only TCP.",
            "Ask about tcp.",
        )


def takes_no_inbound(trip: Trip, function: str) -> Obstacle:
    """The VPC-to-VPC NAT works one way."""
    return block_to(
        trip,
        function,
        "LAMBDA_TAKES_NO_INBOUND",
        f"Nothing opens a connection to {function} through its network interface: the way from the "
        "Lambda service VPC is one-way.",
        f"Invoke {function} through the Lambda API.",
    )


def no_interface(trip: Trip, endpoint: Endpoint) -> Obstacle:
    """An endpoint without subnets."""
    return block_to(
        trip,
        endpoint.id,
        "NO_POSSIBLE_DESTINATION",
        f"{endpoint.id} takes the name of {endpoint.service} but has no interface anywhere.",
        f"Give {endpoint.id} subnets.",
    )


# at the door of the VPC ---------------------------------------------------------------------------


def door(ask: Ask, goal: Station) -> tuple[Hop, ...]:
    """The internet gateway by which the internet comes in, if the VPC has one."""
    gateways = ask.network.internet_gateways(goal.vpc)
    known = f"public address of {goal.id}"
    change = Translation("target", f"the {known}", goal.spoken) if goal.public else None
    detail = known if goal.public else f"no {known}"
    return tuple(
        Hop(id=name, kind=InternetGateway.kind, by=detail, translation=change)
        for name in gateways[:1]
    )


def at_door(ask: Ask, trip: Trip, goal: Station) -> Iterator[Obstacle]:
    """What the internet gateway asks of a packet that comes in (aws.md 5)."""
    gateways = ask.network.internet_gateways(goal.vpc)
    at = gateways[0] if gateways else goal.interface
    if not gateways:
        yield block_to(
            trip,
            goal.vpc,
            "NO_PATH",
            f"{goal.vpc} has no internet gateway: nothing comes in from the internet.",
            f"Add an internet gateway to {goal.vpc}, if it should.",
            Stop(trip, goal),
        )
    if gateways:
        yield from of_gateway(ask.network, trip, at)
        yield from inward_blocked(ask.network, trip, at, goal.vpc, goal.subnet)
    never = ask.network.refusals.against((goal.id, PUBLIC))
    for refusal in never:
        yield obstacle(trip, refusal, goal.id, Stop(trip, goal, station=goal))
    if not goal.public and not never:
        yield block_to(
            trip,
            at,
            "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
            f"From the internet only public addresses are reached, and {goal.id} is meant by its "
            f"private one ({block_of(goal)}).",
            f"Give {goal.id} a public address, if the internet should reach it.",
            Stop(trip, goal),
        )
    if ask.version == 6:
        yield no_ipv6_address(trip, goal)
    elif meet_all(trip.packet.source, ask.network.whole_vpc(goal.vpc)):
        yield block_to(
            trip,
            at,
            "GATEWAY_REJECTS_SPOOFED_TRAFFIC",
            f"The source address belongs to {goal.vpc} itself; its gateway drops such packets.",
            f"Ask from an address outside of {goal.vpc}.",
        )
