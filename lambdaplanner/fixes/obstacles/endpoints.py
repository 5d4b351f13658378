"""Fixes of endpoints: names that do not lead there, no interface, the wrong VPC's."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.parts.building import said_subnets, subnet_of
from lambdaplanner.fixes.parts.services import (
    by_gateway_endpoint,
    names_lead_there,
    open_endpoint,
)
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.stops import alike, origin_of
from lambdaplanner.kinds.endpoint import Endpoint


@clears("ENDPOINT_WITHOUT_DNS")
def switch_dns_on(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Private names need both DNS attributes of the VPC."""
    vpc = _endpoint(view, met).vpc
    yield Fix(
        slug="switch-dns-on",
        label=f"Switch DNS support and DNS hostnames of {called(view.plan, vpc)} on",
        command=lambda edit: names_lead_there(edit, vpc),
    )


@clears("NO_DNS_SUPPORT")
def switch_the_resolver_on(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """Names are resolved only where AWS's resolver answers."""
    vpc = met.obstacle.at
    yield Fix(
        slug="switch-dns-support-on",
        label=f"Switch DNS support of {called(view.plan, vpc)} on",
        command=lambda edit: edit.update(vpc, dns_support=True),
    )


@clears("NO_POSSIBLE_DESTINATION")
def give_it_interfaces(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """An interface endpoint answers from the subnets that it stands in."""
    endpoint = _endpoint(view, met)
    senders = [origin_of(stop) for stop in alike(met)]
    places = [one.subnet for one in senders if one.subnet and one.vpc == endpoint.vpc]
    if places:
        sender = senders[0].id if senders[0].id in view.plan else met.answer.source
        yield Fix(
            slug="give-endpoint-subnets",
            label=f"Give {endpoint.title} an interface in {said_subnets(view.plan, places)}, "
            f"open to {called(view.plan, sender)}",
            command=lambda edit: open_endpoint(edit, endpoint.id, sender, places),
        )
    yield Fix(
        slug="switch-private-dns-off",
        label=f"Switch private DNS of {endpoint.title} off, so that the public name leads to the "
        "public service",
        command=lambda edit: edit.update(endpoint.id, private_dns=False),
    )


@clears("VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION")
def use_one_of_its_own_vpc(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """A gateway endpoint serves only what starts in its VPC."""
    service = _endpoint(view, met).service_name
    places = [origin_of(stop).subnet for stop in alike(met)]
    known = [name for name in places if name is not None]
    if known and len({subnet_of(view.plan, name).vpc for name in known}) == 1:
        yield by_gateway_endpoint(view.plan, known, service)


def _endpoint(view: PlanAnalysis, met: Met) -> Endpoint:
    endpoint = view.plan.resource(met.obstacle.at)
    assert isinstance(endpoint, Endpoint)
    return endpoint
