"""Fixes for findings about endpoints."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.fixes.aims import Asked
from lambdaplanner.fixes.parts.allowing import allow, group_of, rule
from lambdaplanner.fixes.parts.building import free_id
from lambdaplanner.fixes.parts.services import by_gateway_endpoint, one_each_zone
from lambdaplanner.fixes.registry import Fix, mended_by_promises, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.aws_services import GATEWAY_SERVICES, service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.topology import table_of
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit


@mends("END-004")
def in_the_tables(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The tables that would lead to it: those of the subnets that the finding names, else of the
    VPC's private subnets.
    """
    endpoint = subject(view, finding, Endpoint)
    subnets = [n for n in finding.about if n in view.plan.of("subnet")]
    if subnets:
        yield by_gateway_endpoint(view.plan, subnets, endpoint.service_name)
        return
    tables = [
        table.id
        for name in view.subnets_of(endpoint.vpc)
        if (table := table_of(view.plan, view.subnet(name))) is not None
        and not view.is_public(name)
    ]
    if tables:
        yield Fix(
            slug="associate-endpoint",
            label=f"Associate {endpoint.title} with {' and '.join(dict.fromkeys(tables))}",
            command=updating(
                endpoint.id, route_tables=tuple(dict.fromkeys((*endpoint.route_tables, *tables)))
            ),
        )


@mended_by_promises("END-004")
def what_would_use_it(view: PlanAnalysis, finding: Finding) -> Iterator[Asked]:
    """The promises of its service for what stands in its VPC, those that fail, where nothing goes
    through it; tables that lack it are named, and get it.
    """
    endpoint = subject(view, finding, Endpoint)
    if any(name in view.plan.of("subnet") for name in finding.about):
        return
    for function in view.attached:
        for _, answer in view.expected_of(function.id):
            service = service_of(answer.target)
            near = endpoint.vpc in view.places(function).vpcs
            if near and service == endpoint.service_name:
                yield Asked(answer.source, answer.target, answer.protocol, answer.port)


@mends("END-002")
def dns_on(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Both attributes of the VPC; or no private DNS."""
    endpoint = subject(view, finding, Endpoint)
    yield Fix(
        slug="switch-dns-on",
        label=f"Switch DNS support and DNS hostnames of {endpoint.vpc} on",
        command=updating(endpoint.vpc, dns_support=True, dns_hostnames=True),
    )
    yield _without_dns(endpoint)


def _without_dns(endpoint: Endpoint) -> Fix:
    return Fix(
        slug="switch-private-dns-off",
        label=f"Switch private DNS of {endpoint.title} off",
        command=updating(endpoint.id, private_dns=False),
    )


@mends("END-003")
def in_every_zone(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A subnet of each zone where functions run: first those of the functions themselves."""
    endpoint = subject(view, finding, Endpoint)
    having = {view.subnet(name).az for name in endpoint.subnets}
    used = [name for function in view.attached for name in function.subnets]
    chosen: dict[str, str] = {}
    for name in (*used, *(s.id for s in subnets_of(view.plan, endpoint.vpc))):
        place = view.subnet(name)
        if place.vpc == endpoint.vpc and place.az not in having:
            chosen.setdefault(place.az, name)
    wanted = {view.subnet(name).az for name in used if view.subnet(name).vpc == endpoint.vpc}
    new = [name for zone, name in chosen.items() if zone in wanted]
    yield Fix(
        slug="add-zones",
        label=f"Let {endpoint.title} stand in {' and '.join(new)} as well",
        command=updating(endpoint.id, subnets=(*endpoint.subnets, *new)),
    )


@mends("END-005")
def open_endpoint(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A rule for the VPC and a subnet where there is none; or no private DNS."""
    endpoint = subject(view, finding, Endpoint)
    cidr = view.vpc(endpoint.vpc).cidr

    def opened(edit: Edit) -> None:
        if not endpoint.subnets:
            places = [s.id for s in subnets_of(edit.plan, endpoint.vpc) if not view.is_public(s.id)]
            edit.update(endpoint.id, subnets=tuple(places[:1]))
        if not endpoint.security_groups:
            new_id = free_id(edit, f"{endpoint.id}-sg", "sg")
            edit.add(SecurityGroup(id=new_id, vpc=endpoint.vpc))
            edit.update(endpoint.id, security_groups=(new_id,))
        allow(edit, group_of(edit, endpoint.id), "inbound", rule("tcp", 443, cidr=cidr))

    yield Fix(
        slug="open-endpoint",
        label=f"Let {cidr} in to {endpoint.title} on tcp 443",
        command=opened,
    )
    yield _without_dns(endpoint)


@mends("END-008")
def one_route_only(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The tables of the endpoint made first without the later one, which goes with its last."""
    later, first, *tables = finding.about
    endpoint = view.plan.resource(later)
    assert isinstance(endpoint, Endpoint)
    left = tuple(name for name in endpoint.route_tables if name not in tables)
    if left:
        yield Fix(
            slug="keep-first",
            label=f"Take {endpoint.title} from {' and '.join(tables)}, which {first} serves",
            command=updating(later, route_tables=left),
        )
    else:
        yield Fix(
            slug="keep-first",
            label=f"Keep {first}, in place of {endpoint.title}",
            command=lambda edit: edit.remove(later),
        )


@mends("END-006")
def one_name_only(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Private DNS at one of them only."""
    for name in finding.about:
        endpoint = view.plan.resource(name)
        assert isinstance(endpoint, Endpoint)
        yield _without_dns(endpoint)


@mends("END-007")
def one_that_aws_makes(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The service of the plan's own Region; an interface endpoint where there is no other."""
    endpoint = subject(view, finding, Endpoint)
    service, region = endpoint.service_name, view.network.region_of(endpoint.vpc)
    if service in GATEWAY_SERVICES or endpoint.is_interface:
        yield Fix(
            slug="use-own-region",
            label=f"Make {endpoint.title} one for {service} of {region}",
            command=updating(endpoint.id, service=service, region=None),
        )
        return
    yield Fix(
        slug="make-interface-endpoint",
        label=f"Make {endpoint.title} an interface endpoint, open to its VPC",
        command=lambda edit: _make_interface_endpoint(edit, endpoint),
    )


def _make_interface_endpoint(edit: Edit, endpoint: Endpoint) -> None:
    """In one subnet of each zone that its tables serve; without any, of each private one."""
    plan = edit.plan
    inside = subnets_of(plan, endpoint.vpc)
    served = [s.id for s in inside if (t := table_of(plan, s)) and t.id in endpoint.route_tables]
    places = one_each_zone(plan, served or [s.id for s in inside])
    group = free_id(edit, f"{endpoint.id}-sg", "sg")
    edit.add(SecurityGroup(id=group, vpc=endpoint.vpc, outbound=()))
    vpc = plan.resource(endpoint.vpc)
    assert isinstance(vpc, Vpc)
    for block in vpc.cidrs:
        allow(edit, group, "inbound", rule("tcp", 443, cidr=block))
    edit.update(
        endpoint.id, type="interface", route_tables=(), subnets=places, security_groups=(group,)
    )
