"""Checks of NAT gateways against quotas and against what would cost less."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.nat import User, users_of_gateways, zone_of
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.wording import listed
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.workload import Workload

LIMITS = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"
REGIONAL = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html"
GATEWAY_ENDPOINTS = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"
ADDRESSES_PER_GATEWAY, ADDRESSES_AT_MOST = 2, 8
"""Elastic IPs of a zonal gateway: the quota, and what AWS raises it to."""
ADDRESSES_PER_REGION = 5
GATEWAYS_PER_ZONE = 5
MANY_ZONES = 3
"""Zones with a gateway each from which a regional one is worth a word."""
FREE = {"s3": "S3", "dynamodb": "DynamoDB"}
"""The services that have gateway endpoints."""


@check(
    "NAT-010",
    "info",
    "S3 and DynamoDB are reached through a NAT gateway",
    reference=GATEWAY_ENDPOINTS,
)
def no_gateway_endpoint(view: PlanAnalysis) -> Iterator[Draft]:
    """A NAT gateway is charged by the gigabyte; a gateway endpoint for S3 or DynamoDB costs
    nothing, and needs only to be associated with the route table.
    """
    used = {name for function in view.attached for name in function.subnets}
    used.update(name for workload in view.of(Workload) for name in workload.subnets)
    found: dict[str, list[User]] = defaultdict(list)
    missing: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    for user in users_of_gateways(view):
        name, vpc = user.subnet.id, user.subnet.vpc
        without = _through_gateway(view, name, vpc) if name in used else ()
        for service in without:
            missing[vpc][service][view.network.table_of(name).id] = None
        if without:
            found[vpc].append(user)
    for vpc, users in found.items():
        services = " and ".join(said for name, said in FREE.items() if name in missing[vpc])
        nats = dict.fromkeys(user.nat.id for user in users)
        yield Draft(
            about=(vpc, *nats),
            message=f'In VPC "{vpc}" what goes to {services} from {_subnets(users)} takes NAT '
            f"gateway{'s' if len(nats) > 1 else ''} {listed(nats)}, which is charged by the "
            "gigabyte.",
            fix=f"Add a gateway endpoint for {_advice(missing[vpc])}; it costs nothing.",
        )


def _through_gateway(view: PlanAnalysis, subnet_id: str, vpc_id: str) -> tuple[str, ...]:
    """The services that no endpoint takes over in this subnet."""
    vpc = view.vpc(vpc_id)
    has_dns = vpc.dns_support and vpc.dns_hostnames
    served = view.network.table_of(subnet_id).services
    return tuple(
        name
        for name in FREE
        if name not in served
        and not (
            has_dns and any(e.private_dns for e in view.network.interface_endpoints(vpc_id, name))
        )
    )


def _subnets(users: Iterable[User]) -> str:
    names = dict.fromkeys(user.subnet.id for user in users)
    return f"subnet{'s' if len(names) > 1 else ''} {listed(names)}"


def _advice(missing: Mapping[str, Iterable[str]]) -> str:
    """Which service to which route tables: ``S3 and DynamoDB to route table "private"``."""
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, said in FREE.items():
        if name in missing:
            alike[tuple(missing[name])].append(said)
    return ", and for ".join(
        f"{' and '.join(services)} to route table{'s' if len(tables) > 1 else ''} {listed(tables)}"
        for tables, services in alike.items()
    )


@check(
    "NAT-012",
    "error",
    "A public NAT gateway has no elastic IP, or more than the quota",
    reference=LIMITS,
)
def elastic_ips(view: PlanAnalysis) -> Iterator[Draft]:
    """A zonal public gateway needs an elastic IP and has 8 at most. Beyond the quotas of 2 for each
    gateway and 5 for the region (the plan's zonal gateways together) this is a warning: AWS raises
    them on request. A regional gateway may leave its addresses to AWS, so it is not counted.
    """
    public = [n for n in view.of(NatGateway) if n.connectivity == "public" and not n.regional]
    for nat in public:
        count = nat.elastic_ips
        if count == 0:
            yield Draft(
                about=(nat.id,),
                message=f'Public NAT gateway "{nat.id}" has no elastic IP; AWS does not make it.',
                fix="Give it one elastic IP, or make its connectivity private.",
            )
        elif count > ADDRESSES_AT_MOST:
            yield Draft(
                about=(nat.id,),
                message=f'NAT gateway "{nat.id}" has {count} elastic IPs; a zonal gateway has '
                f"{ADDRESSES_AT_MOST} at most.",
                fix=f"Give it {ADDRESSES_AT_MOST} or fewer, and others to further gateways.",
            )
        elif count > ADDRESSES_PER_GATEWAY:
            yield Draft(
                about=(nat.id,),
                message=f'NAT gateway "{nat.id}" has {count} elastic IPs; the quota is '
                f"{ADDRESSES_PER_GATEWAY} for each gateway.",
                fix=f"Ask AWS to raise the quota to {count}, or give it {ADDRESSES_PER_GATEWAY}.",
                severity="warning",
            )
    total = sum(nat.elastic_ips for nat in public)
    if total > ADDRESSES_PER_REGION:
        holders = [nat.id for nat in public if nat.elastic_ips]
        yield Draft(
            about=tuple(holders),
            message=f"NAT gateways {listed(holders)} have {total} elastic IPs together; the quota "
            f"is {ADDRESSES_PER_REGION} in a region.",
            fix=f"Ask AWS to raise the quota of elastic IPs to {total} or more.",
            severity="warning",
        )


@check("NAT-013", "warning", "A zone has more NAT gateways than its quota", reference=LIMITS)
def gateways_of_a_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """An account has five NAT gateways in a zone, all its VPCs together; AWS raises that on
    request.
    """
    zones: dict[str, list[str]] = defaultdict(list)
    for nat in view.of(NatGateway):
        zone = zone_of(view, nat)
        if zone is not None:
            zones[zone].append(nat.id)
    for zone, names in zones.items():
        if len(names) > GATEWAYS_PER_ZONE:
            yield Draft(
                about=tuple(names),
                message=f"Zone {zone} has {len(names)} NAT gateways ({listed(names)}); the quota "
                f"is {GATEWAYS_PER_ZONE} for each zone.",
                fix=f"Ask AWS to raise the quota to {len(names)} or more, or let VPCs share "
                "gateways by a transit gateway.",
            )


@check(
    "NAT-014",
    "info",
    "A regional NAT gateway could replace those of the zones",
    reference=REGIONAL,
)
def one_for_all_zones(view: PlanAnalysis) -> Iterator[Draft]:
    """A regional gateway serves every zone, stands in no public subnet and is one target for all
    route tables; it is charged for each zone that it serves, as zonal ones are.
    """
    zonal: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for nat in view.of(NatGateway):
        zone = zone_of(view, nat)
        if zone is not None and nat.connectivity == "public":
            zonal[view.home_of(nat)].setdefault(zone, []).append(nat.id)
    for vpc, zones in zonal.items():
        if len(zones) >= MANY_ZONES:
            names = [name for found in zones.values() for name in found]
            yield Draft(
                about=(vpc, *names),
                message=f'VPC "{vpc}" has NAT gateways in {len(zones)} zones ({listed(names)}); '
                "one regional NAT gateway serves them all, without public subnets.",
                fix="Think of a regional NAT gateway: one default route for all private subnets, "
                "and new zones are served by themselves, in up to 60 minutes.",
            )
