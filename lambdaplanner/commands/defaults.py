"""How a new thing of each kind is made so that it is valid at once: one row a kind, no questions
asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from lambdaplanner.commands.addresses import free_subnet_block, free_vpc_block, overlapping
from lambdaplanner.commands.places import SERVICE_VPC, called
from lambdaplanner.commands.zones import next_zone
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import TYPES, Workload
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

PORTS = {
    "rds": 5432,
    "rds-proxy": 5432,
    "elasticache": 6379,
    "opensearch": 443,
    "efs": 2049,
    "alb": 443,
    "nlb": 443,
}
"""What a question to a workload of a type asks for, until somebody says otherwise."""


class Wanted(NamedTuple):
    """What is to be made: its id, where (the id of a thing, None: the region), and which variant of
    its kind.
    """

    id: str
    container: str | None
    variant: str = ""


def no_reason(_plan: Plan, _container: str | None, _variant: str) -> str | None:
    """Nothing stands against it."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """How things of a kind begin: in which kinds of containers (None is the region), what stands
    against it, the record.
    """

    into: tuple[str | None, ...]
    make: Callable[[Plan, Wanted], Resource]
    where: str
    """Where it stands, as the reason that refuses another place."""
    reason: Callable[[Plan, str | None, str], str | None] = no_reason
    stem: Callable[[str], str] | None = None
    """What ids of a variant begin with, where that is not the kind's own."""
    floats: bool = False
    """May be let go over other things though it stands in the region."""


def _vpc(plan: Plan, wanted: Wanted) -> Resource:
    return Vpc(id=wanted.id, cidr=free_vpc_block(plan) or "")


def _no_vpc_block(plan: Plan, _container: str | None, _variant: str) -> str | None:
    return None if free_vpc_block(plan) else "every private block is taken by a VPC"


def _subnet(plan: Plan, wanted: Wanted) -> Resource:
    vpc = _the_vpc(plan, wanted.container)
    cidr = free_subnet_block(plan, vpc) or ""
    return Subnet(id=wanted.id, vpc=vpc.id, az=next_zone(plan, vpc.id), cidr=cidr)


def _no_subnet_block(plan: Plan, container: str | None, _variant: str) -> str | None:
    vpc = _the_vpc(plan, container)
    if free_subnet_block(plan, vpc):
        return None
    return f"{', '.join(vpc.cidrs)} has no free block left; give {vpc.title} a secondary CIDR"


def _the_vpc(plan: Plan, container: str | None) -> Vpc:
    vpc = plan.resource(container or "")
    assert isinstance(vpc, Vpc)
    return vpc


def _only_one(kind: str, title: str) -> Callable[[Plan, str | None, str], str | None]:
    def reason(plan: Plan, container: str | None, _variant: str) -> str | None:
        there = plan.users(container or "", "vpc", kind)
        if not there:
            return None
        return f"a VPC has one {title}, and {called(plan, container or '')} has {there[0].title}"

    return reason


def _nat(plan: Plan, wanted: Wanted) -> Resource:
    container = plan.resource(wanted.container or "")
    if container.kind == "vpc":
        return NatGateway(id=wanted.id, vpc=container.id, mode="regional")
    return NatGateway(id=wanted.id, subnet=container.id)


def _nat_reason(plan: Plan, container: str | None, variant: str) -> str | None:
    if plan.resource(container or "").kind == "vpc" and variant != "regional":
        return "a NAT gateway stands in a subnet, and needs a public one to reach the internet"
    return None


def _acl(_plan: Plan, wanted: Wanted) -> Resource:
    everything = (AclEntry(number=100, action="allow"),)
    return NetworkAcl(
        id=wanted.id, vpc=wanted.container or "", inbound=everything, outbound=everything
    )


def _endpoint(plan: Plan, wanted: Wanted) -> Resource:
    place = plan.resource(wanted.container or "")
    if isinstance(place, Subnet):
        service = wanted.variant or "secretsmanager"
        return Endpoint(
            id=wanted.id, vpc=place.vpc, service=service, type="interface", subnets=(place.id,)
        )
    return Endpoint(id=wanted.id, vpc=place.id, service=wanted.variant or "s3", type="gateway")


def free_pair(plan: Plan) -> tuple[str, str] | None:
    """The first two VPCs that could be peered: no address in common, and no peering yet."""
    vpcs: list[Vpc] = plan.ordered(Vpc.kind)
    joined = {frozenset(peering.vpcs) for peering in plan.of(Peering.kind).values()}
    for number, one in enumerate(vpcs):
        for other in vpcs[number + 1 :]:
            if frozenset((one.id, other.id)) not in joined and not overlapping(one, other):
                return one.id, other.id
    return None


def _peering(plan: Plan, wanted: Wanted) -> Resource:
    return Peering(id=wanted.id, vpcs=free_pair(plan) or ())


def _no_pair(plan: Plan, _container: str | None, _variant: str) -> str | None:
    if free_pair(plan):
        return None
    return "a peering joins two VPCs whose addresses do not overlap; draw such two first"


def _function(_plan: Plan, wanted: Wanted) -> Resource:
    return Function(id=wanted.id)


def _workload(_plan: Plan, wanted: Wanted) -> Resource:
    variant = wanted.variant or "generic"
    return Workload(
        id=wanted.id, type=variant, subnets=(wanted.container or "",), port=PORTS.get(variant)
    )


def _no_such_type(_plan: Plan, _container: str | None, variant: str) -> str | None:
    return None if not variant or variant in TYPES else f'there is no type "{variant}"'


def _in_vpc(model: Callable[..., Resource]) -> Callable[[Plan, Wanted], Resource]:
    return lambda _plan, wanted: model(id=wanted.id, vpc=wanted.container)


def _in_region(model: Callable[..., Resource], **given: Any) -> Callable[[Plan, Wanted], Resource]:
    return lambda _plan, wanted: model(id=wanted.id, **given)


MAKERS: dict[str, Maker] = {
    "vpc": Maker(into=(None,), make=_vpc, where="a VPC stands in the region", reason=_no_vpc_block),
    "subnet": Maker(
        into=("vpc",), make=_subnet, where="a subnet stands in a VPC", reason=_no_subnet_block
    ),
    "internet-gateway": Maker(
        into=("vpc",),
        make=_in_vpc(InternetGateway),
        where="an internet gateway stands on the border of a VPC",
        reason=_only_one("internet-gateway", "internet gateway"),
    ),
    "egress-only-internet-gateway": Maker(
        into=("vpc",),
        make=_in_vpc(EgressOnlyInternetGateway),
        where="an egress-only internet gateway stands on the border of a VPC",
        reason=_only_one("egress-only-internet-gateway", "egress-only internet gateway"),
    ),
    "nat-gateway": Maker(
        into=("subnet", "vpc"),
        make=_nat,
        where="a NAT gateway stands in a subnet",
        reason=_nat_reason,
    ),
    "route-table": Maker(
        into=("vpc",), make=_in_vpc(RouteTable), where="a route table belongs to a VPC"
    ),
    "prefix-list": Maker(
        into=(None,),
        make=_in_region(PrefixList, entries=("10.0.0.0/8",)),
        where="a prefix list belongs to the region",
    ),
    "security-group": Maker(
        into=("vpc",), make=_in_vpc(SecurityGroup), where="a security group belongs to a VPC"
    ),
    "network-acl": Maker(into=("vpc",), make=_acl, where="a network ACL belongs to a VPC"),
    "endpoint": Maker(
        into=("subnet", "vpc"), make=_endpoint, where="an endpoint stands in a VPC or a subnet"
    ),
    "peering": Maker(
        into=(None,), make=_peering, where="a peering stands between VPCs", reason=_no_pair
    ),
    "transit-gateway": Maker(
        into=(None,),
        make=_in_region(TransitGateway),
        where="a transit gateway stands in the region",
    ),
    "function": Maker(
        into=(SERVICE_VPC, "subnet", None),
        make=_function,
        where="a function runs in the Lambda service VPC; "
        "drop it there, or on a subnet to attach it",
    ),
    "workload": Maker(
        into=("subnet",),
        make=_workload,
        where="it stands in a subnet",
        reason=_no_such_type,
        stem=lambda variant: "workload" if variant in ("", "generic") else variant,
    ),
    "note": Maker(
        into=(None,),
        make=_in_region(Note, text="Note"),
        where="a note stands anywhere",
        floats=True,
    ),
}
