"""Checks of what a plan names of AWS: services, Regions, zones that there are or are not."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.known_services import KNOWN_SERVICES, is_known
from lambdaplanner.kinds.regions import REGIONS, is_region, near_region, near_zone, zone_complaint
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.nearness import nearest

SERVICES = (
    "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html"
)
REGIONS_PAGE = "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html"
GATEWAY = "https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html"


@check(
    "END-007",
    "error",
    "An endpoint is for a service that has none, or for another Region's",
    reference=GATEWAY,
)
def endpoint_refused(view: PlanAnalysis) -> Iterator[Draft]:
    """Gateway endpoints exist for S3, DynamoDB and S3 Express, and serve the Region that they stand
    in; interface endpoints of another Region exist for a few services. Nothing goes through one
    that AWS does not make.
    """
    return refused(view, "END-007")


@check(
    "END-010",
    "warning",
    "The plan names a service that AWS is not known to have",
    reference=SERVICES,
)
def unknown_service(view: PlanAnalysis) -> Iterator[Draft]:
    """Most often a slip of the pen: calls to it are judged as those to any other. AWS makes new
    services; then acknowledge it.
    """
    named: dict[str, dict[str, None]] = {}
    for endpoint in (one for one in view.of(Endpoint) if not one.is_firewall):
        named.setdefault(endpoint.service_name, {})[endpoint.id] = None
    for row in view.plan.expectations:
        for end in (row.source, row.target):
            service = service_of(end)
            if service is not None and row.source in view.plan:
                named.setdefault(service, {})[row.source] = None
    for service, things in named.items():
        if not is_known(service):
            near = nearest(service, KNOWN_SERVICES)
            yield Draft(
                about=tuple(things),
                message=f'No AWS service is known as "{service}".',
                fix=f"Write {near}, if that is meant." if near else "Write its name in endpoints.",
                part=service,
            )


@check(
    "NET-032",
    "error",
    "The plan's Region is none",
    reference=REGIONS_PAGE,
)
def unknown_region(view: PlanAnalysis) -> Iterator[Draft]:
    """A Region is written by its code; one that is written so and not known here may be new, and is
    a warning.
    """
    written: dict[str, list[str]] = {view.plan.info.region: []}
    for vpc in view.of(Vpc):
        if vpc.region and vpc.region != view.plan.info.region:
            written.setdefault(vpc.region, []).append(vpc.id)
    for region, vpcs in written.items():
        if region in REGIONS:
            continue
        near = near_region(region)
        remedy = f"Write {near}, if that is meant." if near else ""
        yield Draft(
            about=tuple(vpcs),
            message=f'No AWS Region is called "{region}".',
            fix=remedy or "Write its code, such as eu-west-1.",
            severity="warning" if is_region(region) else None,
        )


@check("NET-030", "error", "A zone is not of the plan's Region", reference=REGIONS_PAGE)
def zone_elsewhere(view: PlanAnalysis) -> Iterator[Draft]:
    """Subnets stand in zones of their VPC's Region, written by name (eu-west-1a) or id
    (euw1-az1).
    """
    zones: dict[tuple[str, str], list[str]] = {}
    for subnet in view.of(Subnet):
        if subnet.az:
            region = view.vpc(subnet.vpc).region_in(view.plan.info.region)
            zones.setdefault((subnet.az, region), []).append(subnet.id)
    for (zone, region), names in zones.items():
        own = [one for one, where in zones if where == region and not zone_complaint(one, region)]
        complaint = zone_complaint(zone, region)
        if complaint:
            near = near_zone(zone, region, own)
            yield Draft(
                about=tuple(names),
                message=f'"{zone}" {complaint}.',
                fix=f"Write {near}, if that is meant." if near else f"Use a zone of {region}.",
            )
