"""What is of different VPCs and AWS does not put together, and IPv6 where a subnet has none."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.refusal import Part, Refusal
from lambdaplanner.kinds.capacity_provider import CapacityProvider
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload

_CALLED = {
    Workload: "Workload",
    CapacityProvider: "Capacity provider",
    Endpoint: "Endpoint",
}
STRANGE = "UNASSOCIATED_COMPONENT"
APART = "DISCONNECTED_VPCS"


def tables_and_acls(plan: Addressing) -> Iterator[Refusal]:
    """A subnet's route table and network ACL are of its VPC."""
    tables, acls = plan.of(RouteTable), plan.of(NetworkAcl)
    for subnet in plan.of(Subnet).values():
        others: list[tuple[str, RouteTable | NetworkAcl]] = []
        if subnet.route_table is not None:
            others.append(("route table", tables[subnet.route_table]))
        if subnet.network_acl is not None:
            others.append(("ACL", acls[subnet.network_acl]))
        for noun, other in others:
            if other.vpc != subnet.vpc:
                called = f'Subnet "{subnet.id}"'
                yield _stranger(called, subnet.id, subnet.vpc, noun, other)


def of_things(plan: Addressing) -> Iterator[Refusal]:
    """The subnets and groups of a workload, a capacity provider or an endpoint are of one VPC; so
    are the tables of an endpoint, and the subnets of an attachment.
    """
    subnets, groups, tables = plan.of(Subnet), plan.of(SecurityGroup), plan.of(RouteTable)
    things: list[Workload | CapacityProvider | Endpoint] = [
        *plan.of(Workload).values(),
        *plan.of(CapacityProvider).values(),
        *plan.of(Endpoint).values(),
    ]
    for thing in things:
        whole = not isinstance(thing, Endpoint)
        home = thing.vpc if isinstance(thing, Endpoint) else subnets[thing.subnets[0]].vpc
        called = f'{_CALLED[type(thing)]} "{thing.id}"'
        for place in (subnets[name] for name in thing.subnets):
            if place.vpc != home:
                parts: tuple[Part, ...] = ((thing.id,),) if whole else ((thing.id, place.id),)
                yield _stranger(called, thing.id, home, "subnet", place, parts)
        for group in (groups[name] for name in thing.security_groups):
            if home not in group.vpcs:
                yield _stranger(called, thing.id, home, "security group", group)
        for name in thing.route_tables if isinstance(thing, Endpoint) else ():
            if tables[name].vpc != home:
                yield _stranger(called, thing.id, home, "route table", tables[name])
    yield from _attachments(plan)


def _attachments(plan: Addressing) -> Iterator[Refusal]:
    for gateway in plan.of(TransitGateway).values():
        yield from _of_other_regions(plan, gateway)
        for attachment in gateway.attachments:
            for name in attachment.subnets:
                place = plan.of(Subnet)[name]
                if place.vpc != attachment.vpc:
                    called = f'The attachment to "{gateway.id}"'
                    parts = ((gateway.id, attachment.vpc),)
                    yield _stranger(called, gateway.id, attachment.vpc, "subnet", place, parts)


def _of_other_regions(plan: Addressing, gateway: TransitGateway) -> Iterator[Refusal]:
    """A transit gateway is of one Region, that of the VPC attached first, and takes no others."""
    vpcs = [one.vpc for one in gateway.attachments if one.vpc in plan.of(Vpc)]
    for vpc in vpcs:
        own, region = plan.region_of(vpcs[0]), plan.region_of(vpc)
        if region != own:
            yield Refusal(
                "NET-026",
                gateway.id,
                APART,
                (gateway.id, vpc),
                f'Transit gateway "{gateway.id}" is in {own}, where VPC "{vpcs[0]}" is, and cannot '
                f'have VPC "{vpc}" of {region} attached.',
                f'Attach "{vpc}" to a transit gateway of {region}, and peer the two.',
                ((gateway.id, vpc),),
            )


def _stranger(
    called: str,
    name: str,
    vpc: str,
    noun: str,
    other: Subnet | RouteTable | NetworkAcl | SecurityGroup,
    takes: tuple[Part, ...] = (),
) -> Refusal:
    whole = isinstance(other, Subnet)
    return Refusal(
        "NET-026",
        name if whole else other.id,
        APART if whole else STRANGE,
        (name, other.id),
        f'{called} is of VPC "{vpc}", but has the {noun} "{other.id}" of VPC "{other.vpc}".',
        f'Take "{other.id}" away, or use {"an" if noun == "ACL" else "a"} {noun} of VPC "{vpc}".',
        takes or ((name, other.id),),
    )


# functions ----------------------------------------------------------------------------------------


def of_functions(plan: Addressing) -> Iterator[Refusal]:
    """The subnets and groups of a function are of one VPC."""
    subnets, groups = plan.of(Subnet), plan.of(SecurityGroup)
    for function in (one for one in plan.of(Function).values() if not one.managed):
        vpcs = tuple(dict.fromkeys(subnets[name].vpc for name in function.subnets))
        if len(vpcs) > 1:
            yield Refusal(
                "LAM-006",
                function.id,
                APART,
                (function.id, *function.subnets),
                f'Function "{function.id}" is attached to subnets of {len(vpcs)} VPCs '
                f"({', '.join(vpcs)}); a function can be in one.",
                "Keep the subnets of one VPC, and join it to the others, or use a function for "
                "each.",
                ((function.id,),),
            )
        worn = (groups[name] for name in function.security_groups)
        strangers = [one for one in worn if set(vpcs).isdisjoint(one.vpcs)]
        if strangers and vpcs:
            named = ", ".join(f'"{group.id}" of VPC "{group.vpc}"' for group in strangers)
            yield Refusal(
                "LAM-006",
                "",
                STRANGE,
                (function.id, *(group.id for group in strangers)),
                f'Function "{function.id}" is in VPC "{vpcs[0]}", but has the security group '
                f"{named}.",
                f'Use security groups of VPC "{vpcs[0]}".',
                tuple((function.id, group.id) for group in strangers),
            )


def ipv6_without(plan: Addressing) -> Iterator[Refusal]:
    """With Ipv6AllowedForDualStack every subnet of a function must have both kinds of blocks."""
    for function in plan.of(Function).values():
        bad = [n for n in function.subnets if plan.of(Subnet)[n].ipv6_cidr is None]
        if function.ipv6 and bad and not function.managed:
            named = ", ".join(f'"{name}"' for name in bad)
            yield Refusal(
                "LAM-013",
                bad[0],
                "NO_IPV6_EGRESS",
                (function.id, *bad),
                f'Function "{function.id}" uses IPv6, but {named} has no IPv6 block; AWS refuses '
                "that.",
                "Give the subnet an IPv6 block, or detach the function from it.",
                ((function.id,),),
            )
