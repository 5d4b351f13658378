"""Fixes for default groups and ACLs, peered transit gateways and endpoints of S3."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.fields import make_default
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.transit_gateway import TransitAttachment, TransitGateway
from lambdaplanner.model.edit import Edit


@mends("NET-033")
def one_default(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Any of them; the first by id is what guards now."""
    for name in sorted(finding.about[1:]):
        yield Fix(
            slug="make-default",
            label=f"Let {name} be the default one of {finding.about[0]}",
            command=partial(make_default, thing_id=name),
        )


@mends("SG-007")
def of_its_own_vpc(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The further VPCs go; of a group that is no default one those of other Regions."""
    group = subject(view, finding, SecurityGroup)
    if not group.default:
        kept = tuple(name for name in group.also_in if name not in finding.about)
        yield Fix(
            slug="keep-group-in-region",
            label=f"Take the VPCs of other Regions off {group.title}",
            command=updating(group.id, also_in=kept),
        )
        return
    yield Fix(
        slug="keep-default-group-home",
        label=f"Take the further VPCs off {finding.about[0]}",
        command=updating(finding.about[0], also_in=()),
    )


@mends("NET-035")
def peered_on_both_sides(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The attachment that the other side lacks; its routes are somebody's to write."""
    hub, peer = finding.about[:2]
    yield Fix(
        slug="accept-transit-peering",
        label=f"Attach {hub} to {peer} as well",
        command=partial(_attach, hub=hub, peer=peer),
    )


def _attach(edit: Edit, hub: str, peer: str) -> None:
    other = edit.plan.resource(peer)
    assert isinstance(other, TransitGateway)
    tables = other.route_tables
    table = tables[0].name if tables else None
    new = TransitAttachment(vpc=hub, route_table=table)
    edit.update(peer, attachments=(*other.attachments, new))


@mends("END-011")
def for_the_vpc_too(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The names are for the VPC, too."""
    yield Fix(
        slug="answer-inside-the-vpc",
        label=f"Let {finding.about[0]} answer names inside the VPC",
        command=updating(finding.about[0], inbound_resolver_only=False),
    )
