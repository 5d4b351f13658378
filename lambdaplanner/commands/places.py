"""Where things stand: their container, and how a person calls them."""

from __future__ import annotations

from lambdaplanner.kinds import kind_named, kind_of
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.interfaces import interface_ends, made_ends
from lambdaplanner.model.plan import Plan

SERVICE_NAT = "vpc-to-vpc-nat"


def container_of(plan: Plan, resource_id: str) -> str | None:
    """The thing in whose box it is drawn; None for what stands in the region or in the Lambda
    service VPC.
    """
    resource = plan.resource(resource_id)
    return next(iter(kind_of(resource).home(resource)), None)


def subnets_of(plan: Plan, vpc: str) -> list[Subnet]:
    """The subnets of a VPC in the order made."""
    return plan.users(vpc, "vpc", Subnet.kind)


def region_of(plan: Plan, vpc: str) -> str:
    """The Region of a VPC: its own, else the plan's."""
    found = plan.find(vpc)
    return found.region_in(plan.info.region) if isinstance(found, Vpc) else plan.info.region


def noun(kind: str) -> str:
    """How a kind is called inside a sentence."""
    return kind_named(kind).noun


def a_noun(kind: str) -> str:
    """The same with its article."""
    word = noun(kind)
    return f"an {word}" if word[0] in "aeio" else f"a {word}"


def called(plan: Plan, resource_id: str) -> str:
    """How a person calls a thing inside a sentence."""
    found = plan.find(resource_id)
    if found is not None:
        return found.title
    ends = made_ends(resource_id)
    if not all(end in plan for end in ends) or not ends:
        return resource_id
    owner, *subnets = (plan.resource(end).title for end in ends)
    what = owner if interface_ends(resource_id) else f"{owner} and those like it"
    return f"the interface of {what} in {subnets[0]}" if subnets else what
