"""Ways to AWS services: endpoints for packets that have no other way, or should not need one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lambdaplanner.analysis.packets import Stop
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import called, region_of
from lambdaplanner.commands.routing import own_table
from lambdaplanner.fixes.parts.allowing import allow, rule, rules_of, unused_groups
from lambdaplanner.fixes.parts.building import free_id, said_subnets, subnet_of
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.fixes.stops import origin_of
from lambdaplanner.kinds.aws_services import GATEWAY_SERVICES
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.topology import table_of
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.model.plan import Plan

HTTPS = 443


def ways_to_service(
    view: PlanAnalysis, source: str, stops: Sequence[Stop], service: str
) -> Iterator[Fix]:
    """Endpoints for a service, for a source that stands in the VPC itself."""
    senders = [origin_of(stop) for stop in stops]
    places = list(dict.fromkeys(sender.subnet for sender in senders if sender.subnet))
    if not places or {sender.vpc for sender in senders} != {view.subnet(places[0]).vpc}:
        return
    if service in GATEWAY_SERVICES:
        yield by_gateway_endpoint(view.plan, places, service)
        return
    yield by_interface(view.plan, source, places, service)


def by_interface(plan: Plan, source: str, places: Sequence[str], service: str) -> Fix:
    """An interface endpoint for a source in subnets of one VPC: the VPC's own, else a new one."""
    there = _interface_endpoint(plan, subnet_of(plan, places[0]).vpc, service)
    if there is None:
        return by_interface_endpoint(plan, source, places, service)
    return by_its_name(plan, there, source, places)


# gateway endpoints --------------------------------------------------------------------------------


def by_gateway_endpoint(plan: Plan, places: Sequence[str], service: str) -> Fix:
    """A gateway endpoint for subnets: the VPC's own, else a new one."""
    there = _gateway_endpoint(plan, subnet_of(plan, places[0]).vpc, service)
    tables = _said_tables(plan, places)
    return Fix(
        slug="use-gateway-endpoint" if there else "add-gateway-endpoint",
        label=f"Associate the gateway endpoint {there.title} with {tables}"
        if there
        else f"Add a gateway endpoint for {service} to {tables}",
        command=lambda edit: give_gateway_endpoint(edit, places, service),
    )


def _said_tables(plan: Plan, places: Sequence[str]) -> str:
    """The route tables of subnets as a label names them, and the subnets that they serve."""
    tables = [table_of(plan, subnet_of(plan, name)) for name in places]
    named = dict.fromkeys(table.title if table is not None else "a new table" for table in tables)
    return f"{' and '.join(named)} of {said_subnets(plan, list(places))}"


def _gateway_endpoint(plan: Plan, vpc: str, service: str) -> Endpoint | None:
    endpoints: list[Endpoint] = plan.users(vpc, "vpc", Endpoint.kind)
    fitting = (e for e in endpoints if e.is_gateway and e.serves(service, region_of(plan, vpc)))
    return next(fitting, None)


def give_gateway_endpoint(edit: Edit, places: Sequence[str], service: str) -> str:
    """Associates the tables of subnets with a gateway endpoint for a service; needs the VPC's DNS,
    and switches it on (aws.md 7.1).
    """
    vpc = subnet_of(edit.plan, places[0]).vpc
    names_lead_there(edit, vpc)
    tables = [_written_table(edit, name) for name in places]
    there = _gateway_endpoint(edit.plan, vpc, service)
    if there is None:
        new_id = free_id(edit, service, "endpoint")
        routes = tuple(dict.fromkeys(tables))
        edit.add(Endpoint(id=new_id, vpc=vpc, service=service, type="gateway", route_tables=routes))
        return new_id
    edit.update(there.id, route_tables=tuple(dict.fromkeys((*there.route_tables, *tables))))
    return there.id


def _written_table(edit: Edit, subnet_id: str) -> str:
    """The table of a subnet, written for it where it has only the one that AWS makes."""
    table = table_of(edit.plan, subnet_of(edit.plan, subnet_id))
    return table.id if table is not None else own_table(edit, subnet_id)[0]


def names_lead_there(edit: Edit, vpc: str) -> None:
    """Switches on what private names in a VPC need."""
    edit.update(vpc, dns_support=True, dns_hostnames=True)


# interface endpoints ------------------------------------------------------------------------------


def by_interface_endpoint(plan: Plan, sender: str, places: Sequence[str], service: str) -> Fix:
    """An interface endpoint in one subnet of each zone, with a security group that lets the sender
    in.
    """
    return Fix(
        slug="add-interface-endpoint",
        label=f"Add an interface endpoint for {service} in {said_subnets(plan, list(places))}, "
        f"open to {called(plan, sender)}",
        command=lambda edit: _give_interface_endpoint(edit, sender, places, service),
    )


def _give_interface_endpoint(edit: Edit, sender: str, places: Sequence[str], service: str) -> None:
    vpc = subnet_of(edit.plan, places[0]).vpc
    names_lead_there(edit, vpc)
    new_id = free_id(edit, service, "endpoint")
    group = endpoint_group(edit, new_id, vpc, sender, places)
    edit.add(
        Endpoint(
            id=new_id,
            vpc=vpc,
            service=service,
            type="interface",
            subnets=one_each_zone(edit.plan, places),
            security_groups=(group,),
        )
    )


def by_interface_alone(plan: Plan, source: str, places: Sequence[str], service: str) -> Fix:
    """The same where tables of the subnets lead to a gateway endpoint, which has to go from them:
    as long as they do, the service's name means its public addresses (aws.md 7.2, 7.3).
    """
    fix = by_interface(plan, source, places, service)
    there = _gateway_endpoint(plan, subnet_of(plan, places[0]).vpc, service)
    tables = {table.id for name in places if (table := table_of(plan, subnet_of(plan, name)))}
    if there is None or tables.isdisjoint(there.route_tables):
        return fix

    def command(edit: Edit) -> None:
        fix.command(edit)
        left = tuple(name for name in there.route_tables if name not in tables)
        edit.update(there.id, route_tables=left)

    label = f"{fix.label}, in place of the gateway endpoint {there.title}"
    return replace(fix, label=label, command=command)


def _interface_endpoint(plan: Plan, vpc: str, service: str) -> Endpoint | None:
    endpoints: list[Endpoint] = plan.users(vpc, "vpc", Endpoint.kind)
    fitting = (e for e in endpoints if e.is_interface and e.serves(service, region_of(plan, vpc)))
    return next(fitting, None)


def by_its_name(plan: Plan, endpoint: Endpoint, sender: str, places: Sequence[str]) -> Fix:
    """The interface endpoint that is there, under the service's own name."""

    def command(edit: Edit) -> None:
        names_lead_there(edit, endpoint.vpc)
        edit.update(endpoint.id, private_dns=True)
        open_endpoint(edit, endpoint.id, sender, places)

    return Fix(
        slug="switch-private-dns-on",
        label=f"Switch private DNS of {endpoint.title} on, open to {called(plan, sender)}",
        command=command,
    )


def open_endpoint(edit: Edit, endpoint_id: str, sender: str, places: Sequence[str]) -> None:
    """Lets a sender, which is in these subnets, into an interface endpoint; one that stands nowhere
    gets an interface in each of their zones.
    """
    endpoint = edit.plan.resource(endpoint_id)
    assert isinstance(endpoint, Endpoint)
    groups = endpoint.security_groups
    if groups:
        allow(edit, groups[0], "inbound", *https_from(edit.plan, sender, places))
    else:
        groups = (endpoint_group(edit, endpoint_id, endpoint.vpc, sender, places),)
    subnets = endpoint.subnets or one_each_zone(edit.plan, places)
    edit.update(endpoint_id, subnets=subnets, security_groups=groups)


def one_each_zone(plan: Plan, places: Sequence[str]) -> tuple[str, ...]:
    """The first of the subnets in each of their zones: an endpoint has one interface a zone."""
    by_zone: dict[str, str] = {}
    for name in places:
        by_zone.setdefault(subnet_of(plan, name).az, name)
    return tuple(by_zone.values())


def endpoint_group(edit: Edit, endpoint: str, vpc: str, sender: str, places: Sequence[str]) -> str:
    """A security group that lets a sender in by HTTPS: one that guards nothing yet and was made for
    just this, else a new one.
    """
    spare = _spare_group(edit.plan, vpc, sender, places)
    if spare is not None:
        return spare
    new_id = free_id(edit, f"{endpoint}-sg", "sg")
    edit.add(SecurityGroup(id=new_id, vpc=vpc, outbound=()))
    allow(edit, new_id, "inbound", *https_from(edit.plan, sender, places))
    return new_id


def _spare_group(plan: Plan, vpc: str, sender: str, places: Sequence[str]) -> str | None:
    by_block = [rule("tcp", HTTPS, cidr=subnet_of(plan, name).cidr) for name in places]
    wanted = (https_from(plan, sender, places), by_block)
    for group in unused_groups(plan, vpc):
        rules = rules_of(group, "inbound")
        only_inside = all(_is_https_inside(plan, vpc, one) for one in rules)
        if only_inside and any(all(_covered(w, rules) for w in some) for some in wanted):
            return group.id
    return None


def _is_https_inside(plan: Plan, vpc: str, one: SecurityGroupRule) -> bool:
    """Whether a rule lets nothing in but HTTPS of the VPC."""
    if (one.protocol, one.ports) != ("tcp", PortRange(HTTPS, HTTPS)):
        return False
    home = plan.resource(vpc)
    blocks = home.cidrs if isinstance(home, Vpc) else ()
    inside = one.cidr is not None and any(block(text).covers(block(one.cidr)) for text in blocks)
    return inside or one.security_group is not None


def _covered(wanted: SecurityGroupRule, rules: Sequence[SecurityGroupRule]) -> bool:
    """Whether a rule for HTTPS stands there, or one for a wider block."""
    if wanted.cidr is None:
        return any(one.security_group == wanted.security_group for one in rules)
    return any(one.cidr and block(one.cidr).covers(block(wanted.cidr)) for one in rules)


def https_from(plan: Plan, sender: str, places: Sequence[str]) -> list[SecurityGroupRule]:
    """Rules for HTTPS from a sender of the same VPC: by its group, else by the blocks it is in."""
    thing = plan.find(sender)
    if isinstance(thing, Function | Workload) and thing.security_groups:
        return [rule("tcp", HTTPS, security_group=thing.security_groups[0])]
    return [rule("tcp", HTTPS, cidr=subnet_of(plan, name).cidr) for name in places]
