"""Checks of AWS's quotas, all of them the plan's own settings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lambdaplanner.analysis.refused_routes import aws_list
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS, list_service, managed_list
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_attachments
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block

QUOTAS_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"


class Count(NamedTuple):
    """How many of what somebody has, and how many AWS allows."""

    about: tuple[str, ...]
    owner: str
    what: str
    number: int
    setting: str
    """The quota's name in the settings."""


@check("NET-028", "warning", "A quota of AWS is exceeded", reference=QUOTAS_PAGE, reads="both")
def beyond_quotas(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS raises these on request; the numbers stand in the plan's settings. A gateway endpoint
    counts in its route tables with the weight of its service's list. Of rules of security
    groups SG-006, of groups of functions LAM-006, of NAT gateways in a zone NAT-013 say so.
    """
    for found in exceeded(view):
        quota = getattr(view.plan.info.settings.quotas, found.setting)
        yield Draft(
            about=found.about,
            message=f"{found.owner} has {found.number:,} {found.what}; AWS's quota is {quota:,}.",
            fix="Ask AWS to raise the quota and write it in the settings, or use fewer.",
        )


def exceeded(view: PlanAnalysis) -> Iterator[Count]:
    """What there is more of than its quota allows."""
    quotas = view.plan.info.settings.quotas
    for found in (*_of_the_region(view), *_of_vpcs(view), *_of_lists(view)):
        if found.number > getattr(quotas, found.setting):
            yield found


def _of_the_region(view: PlanAnalysis) -> Iterator[Count]:
    vpcs, groups = view.of(Vpc), view.of(SecurityGroup)
    region = "The region"
    yield Count(tuple(v.id for v in vpcs[:3]), region, "VPCs", len(vpcs), "vpcs")
    yield Count((), region, "security groups", len(groups), "security_groups")
    nats = [nat for nat in view.of(NatGateway) if nat.connectivity == "public" and not nat.regional]
    addresses = sum(nat.elastic_ips for nat in nats)
    about = tuple(nat.id for nat in nats[:3])
    yield Count(about, region, "elastic IPs at NAT gateways", addresses, "elastic_ips")
    for nat in nats:
        most = "elastic_ips_per_nat_gateway"
        owner = f'NAT gateway "{nat.id}"'
        yield Count((nat.id,), owner, "elastic IPs", nat.elastic_ips, most)
    gateways = [endpoint.id for endpoint in view.of(Endpoint) if endpoint.is_gateway]
    most = "gateway_endpoints"
    yield Count(tuple(gateways[:3]), region, "gateway endpoints", len(gateways), most)
    zones = Counter[str]()
    for subnet in view.of(Subnet):
        if subnet.az:
            zones[subnet.az] += view.ledger[subnet.id].used
    for zone, number in zones.items():
        yield Count((), f"Zone {zone}", "network interfaces", number, "interfaces_per_zone")


def _of_vpcs(view: PlanAnalysis) -> Iterator[Count]:
    hubs = view.of(TransitGateway)
    counted = (
        ("subnets", Counter(s.vpc for s in view.of(Subnet)), "subnets_per_vpc"),
        ("route tables", Counter(t.vpc for t in view.of(RouteTable)), "route_tables_per_vpc"),
        ("network ACLs", Counter(a.vpc for a in view.of(NetworkAcl)), "network_acls_per_vpc"),
        (
            "peerings",
            Counter(vpc for p in view.of(Peering) for vpc in p.vpcs),
            "peerings_per_vpc",
        ),
        (
            "transit gateways",
            Counter(one.vpc for hub in hubs for one in vpc_attachments(view.plan, hub)),
            "transit_gateways_per_vpc",
        ),
        (
            "interface endpoints",
            Counter(e.vpc for e in view.of(Endpoint) if e.is_interface),
            "interface_endpoints_per_vpc",
        ),
        (
            "IPv4 blocks",
            Counter({vpc.id: len(vpc.cidrs) for vpc in view.of(Vpc)}),
            "cidrs_per_vpc",
        ),
    )
    for what, numbers, quota in counted:
        for vpc, number in numbers.items():
            yield Count((vpc,), f'VPC "{vpc}"', what, number, quota)


def _of_lists(view: PlanAnalysis) -> Iterator[Count]:
    lists = {listed.id: listed.entries for listed in view.of(PrefixList)}
    for name, entries in lists.items():
        owner = f'Prefix list "{name}"'
        yield Count((name,), owner, "entries", len(entries), "prefix_list_entries")
    gateways = [endpoint for endpoint in view.of(Endpoint) if endpoint.is_gateway]
    for table in view.of(RouteTable):
        numbers = Counter[int]()
        for route in table.routes:
            if aws_list(route.destination):
                numbers[4] += _weight(list_service(route.destination))
                continue
            texts = lists.get(route.destination, (route.destination,))
            numbers.update(block(text).version for text in texts if "/" in text)
        numbers[4] += sum(_weight(e.service_name) for e in gateways if table.id in e.route_tables)
        owner = f'Route table "{table.id}"'
        for version, number in numbers.items():
            what = f"routes for IPv{version}"
            yield Count((table.id,), owner, what, number, "routes_per_table")
    things: list[Workload | Endpoint] = [*view.of(Workload), *view.of(Endpoint)]
    for thing in things:
        owner = f'{"Workload" if isinstance(thing, Workload) else "Endpoint"} "{thing.id}"'
        number, setting = len(thing.security_groups), "security_groups_per_interface"
        yield Count((thing.id,), owner, "security groups", number, setting)
    for acl in view.of(NetworkAcl):
        for entries_of, word in ((acl.inbound, "inbound"), (acl.outbound, "outbound")):
            owner, most = f'Network ACL "{acl.id}"', "rules_per_network_acl"
            yield Count((acl.id,), owner, f"{word} entries", len(entries_of), most)


def _weight(service: str) -> int:
    """What AWS's own prefix list of a service counts against quotas of routes; 0 where there is
    none.
    """
    return LIST_WEIGHTS.get(managed_list(service), 0)
