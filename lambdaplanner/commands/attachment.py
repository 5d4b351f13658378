"""A function's attachment to a VPC: the brief's three steps, one by one and all at once."""

from __future__ import annotations

from collections.abc import Sequence

from lambdaplanner.commands.places import called
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

MOST_SUBNETS = 16
MOST_GROUPS = 5
"""Of one function (aws.md 1.5)."""


def can_attach(plan: Plan, function_id: str, subnet_id: str) -> str | None:
    """Why a function cannot be attached to a subnet; None where it can."""
    function, subnet = plan.find(function_id), plan.find(subnet_id)
    if not isinstance(function, Function) or not isinstance(subnet, Subnet):
        return "a function is attached to a subnet"
    if function.managed:
        return f"{function.title} runs on {called(plan, function.capacity_provider or '')}"
    if subnet_id in function.subnets:
        return f"{function.title} is attached to {subnet.title} already"
    vpc = vpc_of(plan, function)
    if vpc is not None and vpc != subnet.vpc:
        return (
            f"{function.title} is attached to {called(plan, vpc)}; "
            "all subnets of a function lie in one VPC"
        )
    if len(function.subnets) >= MOST_SUBNETS:
        return f"a function has at most {MOST_SUBNETS} subnets"
    return None


def attach(edit: Edit, function_id: str, subnet_id: str) -> str:
    """Attaches a function to one subnet more, and gives its role the policy where it lacks it; says
    what was done.

    Raises EditError with the reason where `can_attach` has one.
    """
    reason = can_attach(edit.plan, function_id, subnet_id)
    if reason is not None:
        raise EditError(reason)
    function = edit.plan.resource(function_id)
    assert isinstance(function, Function)
    edit.update(function_id, subnets=(*function.subnets, subnet_id))
    said = f"{function.title} is attached to {called(edit.plan, subnet_id)}"
    if function.may_create_interfaces:
        return said
    allow_interfaces(edit, function_id)
    return f"{said}, and its role has {VPC_ACCESS_POLICY}"


def allow_interfaces(edit: Edit, function_id: str) -> None:
    """Gives a function's role the policy that lets Lambda create its network interfaces, unless it
    is sure to have what that allows.
    """
    function = edit.plan.resource(function_id)
    assert isinstance(function, Function)
    if function.interface_rights != "allowed":
        edit.update(function_id, role_policies=(*function.role_policies, VPC_ACCESS_POLICY))


def detach(edit: Edit, function_id: str, subnet_id: str | None = None) -> None:
    """Detaches a function from one subnet, or from its VPC; without a VPC it has no security
    groups.
    """
    function = edit.plan.resource(function_id)
    if not isinstance(function, Function):
        raise EditError(f'"{function_id}" is no function')
    left = () if subnet_id is None else tuple(s for s in function.subnets if s != subnet_id)
    edit.update(function_id, subnets=left, security_groups=function.security_groups if left else ())


def can_guard(plan: Plan, function_id: str, group_id: str) -> str | None:
    """Why a security group cannot guard a function; None where it can."""
    function, group = plan.resource(function_id), plan.resource(group_id)
    assert isinstance(function, Function)
    assert isinstance(group, SecurityGroup)
    if group_id in function.security_groups:
        return f"{group.title} guards {function.title} already"
    vpc = vpc_of(plan, function)
    if vpc is None:
        return f"{function.title} is attached to no VPC; attach it to a subnet first"
    if vpc != group.vpc:
        return f"{group.title} belongs to another VPC, {called(plan, group.vpc)}"
    if len(function.security_groups) >= MOST_GROUPS:
        return f"a function has at most {MOST_GROUPS} security groups"
    return None


def connect_function(
    edit: Edit,
    function_id: str,
    vpc: str,
    subnets: Sequence[str],
    groups: Sequence[str],
    *,
    add_policy: bool = True,
) -> None:
    """The three steps: the role's policy, the VPC with its subnets, the security groups.

    Subnets and groups that the function had are replaced. Raises EditError where one belongs to
    another VPC, or where there is none or too many.
    """
    plan = edit.plan
    for name in (*subnets, *groups):
        thing = plan.find(name)
        if not isinstance(thing, Subnet | SecurityGroup):
            raise EditError(f'there is no subnet or security group "{name}"')
        if thing.vpc != vpc:
            raise EditError(f"{thing.title} belongs to another VPC, {called(plan, thing.vpc)}")
    if not subnets:
        raise EditError("choose at least one private subnet")
    if len(subnets) > MOST_SUBNETS or len(groups) > MOST_GROUPS:
        raise EditError(
            f"a function has at most {MOST_SUBNETS} subnets and {MOST_GROUPS} security groups"
        )
    if add_policy:
        allow_interfaces(edit, function_id)
    edit.update(
        function_id,
        subnets=tuple(dict.fromkeys(subnets)),
        security_groups=tuple(dict.fromkeys(groups)),
    )
