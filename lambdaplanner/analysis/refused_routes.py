"""Routes that AWS refuses: those that divide a VPC's own addresses, and targets that carry no such
packets (aws.md 3.1, 3.2).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.compiled import compiled
from lambdaplanner.analysis.refusal import Refusal
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.egress_only_internet_gateway import EgressOnlyInternetGateway
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import EVERYTHING
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import APPLIANCES, Workload
from lambdaplanner.model.cidr import Block, block

BAD_ROUTE = "BAD_STATE_ROUTE"
NAT64 = block("64:ff9b::/96")
AWS_LIST = "com.amazonaws."
"""How the names of AWS's own prefix lists begin."""


def dividing(plan: Addressing) -> Iterator[Refusal]:
    """Without such a route the local one carries what it names: it takes nothing away."""
    for table in plan.of(RouteTable).values():
        for route, why in divided(plan, table):
            known = [route.target] if route.target in plan.resources else []
            yield Refusal(
                "NET-021",
                table.id,
                BAD_ROUTE,
                (table.id, *known),
                f'Route table "{table.id}" has a route for {route.destination} inside VPC '
                f'"{table.vpc}" that {why}; AWS refuses it.',
                "Take the route out, or name a subnet's whole block and send it to a NAT gateway "
                "or an appliance.",
                part=route.destination,
            )


def divided(plan: Addressing, table: RouteTable) -> list[tuple[Route, str]]:
    """The routes of a table for addresses of its own VPC that AWS refuses, each with the reason."""
    vpc = plan.of(Vpc)[table.vpc]
    inner = compiled.of(_inside, table, vpc)
    if not inner or table.gateway is not None:
        return []
    own = _blocks(vpc.cidrs, vpc.ipv6_cidr)
    subnets = {
        found
        for name in plan.subnets_of(table.vpc)
        for found in _blocks((plan.of(Subnet)[name].cidr,), plan.of(Subnet)[name].ipv6_cidr)
    }
    refused = []
    for route in inner:
        target = plan.resources.get(route.target)
        wanted = block(route.destination)
        if wanted not in own and wanted not in subnets:
            refused.append((route, "is no whole block of a subnet"))
        elif isinstance(target, Endpoint) and target.is_firewall:
            continue
        elif target is not None and not isinstance(target, NatGateway | Workload):
            why = f'leads to "{target.id}", which is neither a NAT gateway nor an interface'
            refused.append((route, why))
    return refused


def _inside(table: RouteTable, vpc: Vpc) -> tuple[Route, ...]:
    """The routes for addresses of the VPC itself."""
    own = _blocks(vpc.cidrs, vpc.ipv6_cidr)
    return tuple(
        route
        for route in table.routes
        if "/" in route.destination and any(outer.covers(block(route.destination)) for outer in own)
    )


def _blocks(cidrs: tuple[str, ...], ipv6: str | None) -> list[Block]:
    return [block(text) for text in (*cidrs, ipv6) if text]


def wrong_targets(plan: Addressing) -> Iterator[Refusal]:
    """What such a route names is dropped at it: whoever wrote it meant that way."""
    for table in plan.of(RouteTable).values():
        for route in table.routes:
            why = not_carried(plan, route)
            if why:
                yield Refusal(
                    "NET-022",
                    table.id,
                    BAD_ROUTE,
                    (table.id, route.target),
                    f'Route table "{table.id}" sends {route.destination} to "{route.target}", but '
                    f"{why}.",
                    "Choose a target that carries it, or take the route out.",
                )


def not_carried(plan: Addressing, route: Route) -> str:
    """Why the target of a route takes no such packets, whatever VPC it serves; empty where it
    does.
    """
    listed = plan.resources.get(route.destination)
    texts = listed.entries if isinstance(listed, PrefixList) else (route.destination,)
    if route.destination in LIST_WEIGHTS:
        texts = (EVERYTHING,)  # IPv4 blocks, whichever
    match plan.resources.get(route.target):
        case EgressOnlyInternetGateway() if any(block(text).version == 4 for text in texts):
            return "an egress-only internet gateway carries IPv6 only"
        case NatGateway() if any(_only_ipv6(block(text)) for text in texts):
            return "a NAT gateway carries IPv4 only"
        case Endpoint(type="gateway") if "/" in route.destination:
            return "a gateway endpoint is associated with a table, not routed to by a CIDR"
        case Endpoint(type="gateway") if not aws_list(route.destination):
            return (
                "only AWS's own prefix list leads to a gateway endpoint, by its association with "
                "the table"
            )
        case Endpoint(type="interface"):
            return "an interface endpoint passes nothing on: its service is reached by name"
        case Workload(type=kind) if kind not in APPLIANCES:
            return f"a workload of type {kind} passes nothing on"
    return ""


def _only_ipv6(wanted: Block) -> bool:
    return wanted.version == 6 and not NAT64.covers(wanted)


def aws_list(destination: str) -> bool:
    """Whether a route's destination is a prefix list of AWS's own."""
    return destination.startswith((AWS_LIST, "aws:"))
