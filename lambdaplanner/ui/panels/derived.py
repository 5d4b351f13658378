"""What AWS makes and nobody wrote, explained: interfaces, the Lambda service VPC, the VPC-to-VPC
NAT, the internet."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY, managed_name
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.words import called, count, kind_of_id, kind_word


class Explanation(NamedTuple):
    """A title, sentences, and the things of the plan that it comes from."""

    title: str
    paragraphs: tuple[str, ...]
    links: tuple[str, ...] = ()


def explain(plan: Plan, name: str) -> Explanation:
    """What stands behind an id that no thing of the plan has."""
    if "->" in name:
        return _connection(plan, name)
    kind = kind_of_id(plan, name)
    if kind == "eni":
        return _interface(plan, name)
    if name == "vpc-to-vpc-nat":
        return Explanation(
            "VPC-to-VPC NAT",
            (
                "AWS's own translation between the Lambda service VPC and the customers' VPCs. "
                "It carries what an "
                "attached function sends to its network interface, and the replies back.",
                "It works one way: nothing inside a VPC can open a connection to a function "
                "through it. Functions "
                "are invoked through the Lambda API.",
            ),
            _attached(plan),
        )
    if name == "lambda-service-vpc":
        return Explanation(
            "Lambda service VPC",
            (
                "Every function runs here, in a VPC that AWS owns and manages and that nobody "
                "sees.",
                "A function without a VPC of its own reaches the internet from here, and "
                "nothing inside a customer's "
                "VPC. Attaching it does not move it: what it sends then goes through the "
                "VPC-to-VPC NAT to a network "
                "interface in the customer's subnet, and takes that subnet's routes.",
            ),
            tuple(function.id for function in plan.ordered("function")[:8]),
        )
    if name == "internet":
        return Explanation(
            "Internet",
            (
                "Any public IPv4 host.",
                "From a VPC it is reached through an internet gateway, by what has a public "
                "address. Interfaces of "
                "functions never have one: they need a NAT gateway in a public subnet.",
            ),
            tuple(gateway.id for gateway in plan.ordered("internet-gateway")[:8]),
        )
    if name == "region":
        zones = len({subnet.az for subnet in plan.ordered("subnet") if subnet.az})
        return Explanation(
            plan.info.region,
            (f"The AWS region of this plan, with {count(zones, 'zone')} in use.",),
            tuple(vpc.id for vpc in plan.ordered("vpc")[:8]),
        )
    return Explanation(kind_word(kind), ("Nobody wrote this; AWS makes it by itself.",))


_CONNECTIONS = {
    "route": "A route: packets to what it names leave the one through the other.",
    "gateway": "The way of the VPC to the internet and back.",
    "association": "The route table that serves the subnet.",
    "main": "The VPC's main route table serves the subnet, since it names none of its own.",
    "tunnel": "What the function sends, carried by AWS to its network interface; nothing comes in "
    "by this way but replies.",
    "default": "Default networking: functions without a VPC reach the internet from here.",
    "peering": "A peering: both VPCs need routes to each other's addresses.",
}


def _connection(plan: Plan, name: str) -> Explanation:
    """A line of the diagram, whose id is `kind:source->target`."""
    kind, _, ends = name.partition(":")
    source, _, target = ends.partition("->")
    words = _CONNECTIONS.get(kind, "A connection that follows from the plan.")
    title = f"{called(plan, source)} to {called(plan, target)}"
    return Explanation(title, (words,), (source, target))


def _attached(plan: Plan) -> tuple[str, ...]:
    return tuple(one.id for one in plan.ordered("function") if one.attached)[:8]


def _interface(plan: Plan, name: str) -> Explanation:
    owner_id, _, subnet_id = name.partition(":")[2].partition("@")
    owner = plan.find(owner_id)
    subnet = plan.find(subnet_id)
    links = tuple(one for one in (owner_id, subnet_id) if one in plan)
    if not isinstance(owner, Function):
        text = (
            f"The network interface of {owner_id} in {subnet_id}, with a private address of "
            f"that subnet."
        )
        return Explanation("Network interface", (text,), links)
    block = f", {getattr(subnet, 'cidr', '')}" if subnet is not None else ""
    groups = topology.groups_of(plan, owner)
    guarded = (
        f"Guarded by {', '.join(groups)}."
        if groups
        else "Guarded by the VPC's default security group."
    )
    made = (
        f"Lambda makes it with the function's role, which has {VPC_ACCESS_POLICY}."
        if VPC_ACCESS_POLICY in map(managed_name, owner.role_policies)
        else "Lambda makes it with the function's role, which allows that."
        if owner.interface_rights == "allowed"
        else "Lambda makes it with the function's role, if that allows it: the plan does not say."
        if owner.may_create_interfaces
        else f"Lambda cannot make it: the function's role lacks {VPC_ACCESS_POLICY}."
    )
    return Explanation(
        "Network interface",
        (
            f"The place of {owner_id} in {subnet_id}{block}. What the function sends comes out "
            f"here, through the "
            "VPC-to-VPC NAT, and takes this subnet's routes.",
            "It has a private address of the subnet and never a public one, so a public subnet "
            "gives it no "
            "internet; a private subnet with a NAT gateway does.",
            guarded,
            made,
        ),
        (*links, *(group for group in groups if group in plan)),
    )
