"""Where things stand: their VPC, their container, and how a person calls them."""

from __future__ import annotations

from typing import Any

from lambdaplanner.kinds import kind_named, kind_of
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.plan import Plan

SERVICE_VPC = "lambda-service-vpc"
SERVICE_NAT = "vpc-to-vpc-nat"


def vpc_of(plan: Plan, resource: Any) -> str | None:
    """The VPC that a thing belongs to; None for what stands in the region, and for a function that
    is not attached.
    """
    if resource.kind == "vpc":
        return str(resource.id)
    vpc = getattr(resource, "vpc", None)
    if vpc is not None:
        return str(vpc)
    subnets = getattr(resource, "subnets", None) or (getattr(resource, "subnet", None),)
    first = plan.find(subnets[0])
    return first.vpc if isinstance(first, Subnet) else None


def container_of(plan: Plan, resource_id: str) -> str | None:
    """The thing in whose box it is drawn; None for what stands in the region or in the Lambda
    service VPC.
    """
    resource = plan.resource(resource_id)
    return next(iter(kind_of(resource).home(resource)), None)


def subnets_of(plan: Plan, vpc: str) -> list[Subnet]:
    """The subnets of a VPC in the order made."""
    return plan.users(vpc, "vpc", Subnet.kind)


def main_table(plan: Plan, vpc: str) -> RouteTable | None:
    """The main route table of a VPC, where it is drawn; of several the first by id, as analysis
    reads it.
    """
    tables: list[RouteTable] = plan.users(vpc, "vpc", RouteTable.kind)
    return min((table for table in tables if table.main), key=lambda t: t.id, default=None)


def table_of(plan: Plan, subnet: Subnet) -> RouteTable | None:
    """The table that serves a subnet: its own, else the VPC's main one."""
    own = plan.find(subnet.route_table)
    return own if isinstance(own, RouteTable) else main_table(plan, subnet.vpc)


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
    return resource_id if found is None else found.title
