"""Fixes for names that AWS does not have: of services, Regions and zones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.known_services import KNOWN_SERVICES
from lambdaplanner.kinds.regions import near_region, near_zone, zone_complaint
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.nearness import nearest


@mends("END-010")
def the_service_that_was_meant(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Its name, in endpoints and in promises."""
    near = nearest(finding.part, KNOWN_SERVICES)
    if near is not None:
        yield Fix(
            slug="use-known-service",
            label=f"Write {near} in place of {finding.part}",
            command=partial(_rename, wrong=finding.part, right=near),
        )


def _rename(edit: Edit, wrong: str, right: str) -> None:
    for endpoint in edit.plan.ordered(Endpoint.kind):
        if isinstance(endpoint, Endpoint) and endpoint.service_name == wrong:
            edit.update(endpoint.id, service=right)
    edit.set_expectations(
        tuple(
            replace(row, target=f"aws:{right}") if row.target == f"aws:{wrong}" else row
            for row in edit.plan.expectations
        )
    )


@mends("NET-032")
def the_region_that_was_meant(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The Region whose code or place is nearest."""
    if finding.about:
        wrong = subject(view, finding, Vpc).region
        near = near_region(wrong or "")
        if near is not None:
            yield Fix(
                slug="use-known-region",
                label=f"Write {near} in place of {wrong}",
                command=updating(*finding.about, region=near),
            )
        return
    near = near_region(view.plan.info.region)
    if near is not None:
        yield Fix(
            slug="use-known-region",
            label=f"Write {near} as the plan's region",
            command=lambda edit: edit.set_info(region=near),
        )


@mends("NET-030")
def the_zone_that_was_meant(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A zone of the plan's Region for all subnets that stand in the wrong one."""
    first = subject(view, finding, Subnet)
    region, wrong = view.network.region_of(first.vpc), first.az
    here = (one for one in view.of(Subnet) if view.network.region_of(one.vpc) == region)
    zones = dict.fromkeys(subnet.az for subnet in here)
    near = near_zone(wrong, region, [z for z in zones if not zone_complaint(z, region)])
    right = near or f"{region}a"

    def command(edit: Edit) -> None:
        for name in finding.about:
            edit.update(name, az=right)

    yield Fix(slug="use-own-zone", label=f"Write {right} in place of {wrong}", command=command)
