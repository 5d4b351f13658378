"""Checks of route tables and of what belongs together in a VPC."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import BLACKHOLE, Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.topology import vpc_attachments
from lambdaplanner.kinds.transit_gateway import TransitGateway

ROUTES = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html"
OPTIONS = "https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html"
PRIORITY = "https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html"
TGW = "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html"
GATEWAY = "https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html"


@check("NET-003", "warning", "A main route table leads to an internet gateway", reference=ROUTES)
def public_by_default(view: PlanAnalysis) -> Iterator[Draft]:
    """Every new subnet falls into the main table, and is public without anybody's decision."""
    for table in view.of(RouteTable):
        if not table.main:
            continue
        for route in table.routes:
            if isinstance(view.plan.find(route.target), InternetGateway):
                yield Draft(
                    about=(table.id, route.target),
                    message=f'Main route table "{table.id}" of VPC "{table.vpc}" leads to internet '
                    f'gateway "{route.target}": every new subnet is public from the start.',
                    fix="Let the main table lead nowhere, and give public subnets a table of their "
                    "own.",
                )
                break


@check("NET-011", "warning", "Two routes to the same addresses do not agree", reference=PRIORITY)
def ambiguous_routes(view: PlanAnalysis) -> Iterator[Draft]:
    """Of two prefix lists with the same block and different targets AWS picks one at random. In a
    transit gateway a written route hides the propagated one of the same block.
    """
    for table in view.of(RouteTable):
        yield from _ambiguous(view, table)
    for gateway in view.of(TransitGateway):
        attached = {one.vpc for one in vpc_attachments(view.plan, gateway)}
        for inner in gateway.route_tables or ():
            blocks = {
                text: vpc
                for vpc in inner.propagate
                if vpc in attached
                for text in (*view.vpc(vpc).cidrs, view.vpc(vpc).ipv6_cidr)
            }
            for way in inner.routes:
                vpc = blocks.get(way.destination)
                if vpc is not None and way.target not in (vpc, BLACKHOLE):
                    yield Draft(
                        about=(gateway.id, vpc, way.target),
                        message=f'Table "{inner.name}" of transit gateway "{gateway.id}" has '
                        f'{way.destination} propagated by "{vpc}" and written to '
                        f'"{way.target}"; the written one wins.',
                        fix="Take one of the two out.",
                    )


def _ambiguous(view: PlanAnalysis, table: RouteTable) -> Iterator[Draft]:
    written = {route.destination for route in table.routes}
    known: dict[str, Route] = {}
    shared: dict[tuple[str, str], list[str]] = {}
    for route in table.routes:
        listed = view.plan.find(route.destination)
        for text in listed.entries if isinstance(listed, PrefixList) else ():
            first = known.setdefault(text, route)
            if first.target != route.target and text not in written:
                shared.setdefault((first.destination, route.destination), []).append(text)
    for (first_list, second_list), texts in shared.items():
        yield Draft(
            about=(table.id, first_list, second_list),
            message=f'Route table "{table.id}" has {", ".join(texts)} from prefix lists '
            f'"{first_list}" and "{second_list}", to different targets; '
            "AWS picks one of them.",
            fix="Let one list have the block, or route it by its CIDR.",
        )


@check(
    "NET-021",
    "error",
    "A route divides the VPC's own addresses in a way that AWS refuses",
    reference=OPTIONS,
)
def more_specific_than_local(view: PlanAnalysis) -> Iterator[Draft]:
    """Beside the local route AWS takes only routes for the whole block of a subnet, or for the
    VPC's own block, and only to a NAT gateway or an interface. The local route carries what such a
    route names.
    """
    return refused(view, "NET-021")


@check("NET-022", "error", "A route's target does not carry such addresses", reference=OPTIONS)
def wrong_family(view: PlanAnalysis) -> Iterator[Draft]:
    """Egress-only gateways carry IPv6 only, NAT gateways IPv4 (and 64:ff9b::/96); a gateway
    endpoint is routed to by its association, not by a CIDR or a list of the plan's own, an
    interface endpoint not at all. Of workloads only instances pass packets on.
    """
    return refused(view, "NET-022")


@check("NET-023", "error", "A VPC has two gateways of a kind", reference=GATEWAY)
def one_of_each(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS attaches one internet gateway and one egress-only internet gateway to a VPC. Which of two
    that would be nobody knows, so neither carries anything.
    """
    return refused(view, "NET-023")


@check(
    "SG-007",
    "error",
    "A security group is associated with a VPC that AWS does not let it be",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html",
)
def default_group_elsewhere(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS associates groups that somebody made, never a default one, inside their own Region."""
    for group in view.of(SecurityGroup):
        if group.default and group.also_in:
            yield Draft(
                about=(group.id, *group.also_in),
                message=f'Security group "{group.id}" is the default one of VPC "{group.vpc}", '
                "which AWS associates with no other VPC.",
                fix="Take the further VPCs out, or use a group of your own.",
            )
            continue
        region = view.network.region_of(group.vpc)
        far = [name for name in group.also_in if view.network.region_of(name) != region]
        if far:
            others = ", ".join(f'"{name}"' for name in far)
            yield Draft(
                about=(group.id, *far),
                message=f'Security group "{group.id}" is of {region}, and {others} of another '
                "Region: AWS associates it with no VPC there.",
                fix="Take it out, and write a group for the other Region.",
            )


@check(
    "NET-033",
    "error",
    "A VPC has two default security groups or network ACLs",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
)
def two_defaults(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS makes one of each with a VPC, and no other."""
    kinds: tuple[type[SecurityGroup | NetworkAcl], ...] = (SecurityGroup, NetworkAcl)
    for kind in kinds:
        found: dict[str, list[str]] = {}
        for thing in view.of(kind):
            if thing.default:
                found.setdefault(thing.vpc, []).append(thing.id)
        for vpc, names in found.items():
            if len(names) > 1:
                yield Draft(
                    about=(vpc, *names),
                    message=f'VPC "{vpc}" has {len(names)} default {KINDS[kind.kind].nouns} '
                    f"({', '.join(names)}); AWS makes one, and no second one.",
                    fix="Let one of them be the default one.",
                )


@check("NET-025", "error", "A VPC has two main route tables", reference=ROUTES)
def one_main_table(view: PlanAnalysis) -> Iterator[Draft]:
    """Exactly one table serves the subnets that name none."""
    mains: dict[str, list[str]] = {}
    for table in view.of(RouteTable):
        if table.main:
            mains.setdefault(table.vpc, []).append(table.id)
    for vpc, names in mains.items():
        if len(names) > 1:
            yield Draft(
                about=(vpc, *names),
                message=f'VPC "{vpc}" has {len(names)} main route tables ({", ".join(names)}); '
                "it can have one.",
                fix="Make one of them the main one.",
            )
