"""Ways to the internet through another VPC on the same transit gateway, whose NAT gateway sends for
all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.places import called
from lambdaplanner.fixes.parts import building, transit_parts
from lambdaplanner.fixes.parts.nat_ways import Wanted
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.topology import EVERYTHING
from lambdaplanner.kinds.transit_gateway import TransitGateway, TransitRoute
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def egress_vpcs(plan: Plan, hub: TransitGateway, spoke: str) -> Iterator[str]:
    """The VPCs on a transit gateway, other than one, whose attachment leads to a NAT gateway that
    works.
    """
    for attachment in hub.attachments:
        entries = [building.subnet_of(plan, name) for name in attachment.subnets]
        out = bool(entries) and all(topology.leads_out(plan, entry) for entry in entries)
        if out and attachment.vpc != spoke:
            yield attachment.vpc


def by_egress_vpc(view: PlanAnalysis, wanted: Wanted) -> Iterator[Fix]:
    """Routes of subnets to a transit gateway that their VPC is attached to, where the way out of
    another VPC there is open to them.
    """
    vpcs = {view.subnet(name).vpc for name in wanted}
    if len(vpcs) != 1:
        return
    (spoke,) = vpcs
    for hub in view.of(TransitGateway):
        if hub.attachment(spoke) is not None:
            for egress in egress_vpcs(view.plan, hub, spoke):
                yield _over(view.plan, hub, (spoke, egress), wanted)


def _over(plan: Plan, hub: TransitGateway, vpcs: tuple[str, str], wanted: Wanted) -> Fix:
    def command(edit: Edit) -> None:
        for name, blocks in wanted.items():
            transit_parts.reach_zone(edit, hub.id, name)
            for destination in blocks:
                building.route_subnet(edit, name, destination, hub.id)
        lead_through(edit, hub.id, vpcs, list(wanted))

    return Fix(
        slug="route-to-egress-vpc",
        label=f"Route {building.said_subnets(plan, list(wanted))} to the transit gateway "
        f"{hub.title}, by which the NAT gateway of {called(plan, vpcs[1])} leads to the internet",
        command=command,
    )


def lead_through(edit: Edit, hub: str, vpcs: tuple[str, str], origins: Sequence[str]) -> None:
    """Lets the tables of a transit gateway lead from one VPC to the way out of another, and the
    replies back to where packets come from; what they know already stays as it is.
    """
    spoke, egress = vpcs
    if not _knows(edit.plan, hub, egress, spoke):
        transit_parts.teach(edit, hub, egress, spoke)
    if _default_of(edit.plan, hub, spoke) != egress:
        _set_default(edit, hub, spoke, egress)
    for home in _nat_homes(edit, hub, egress):
        for origin in origins:
            transit_parts.lead_over(edit, hub, home, origin)


def _knows(plan: Plan, hub_id: str, vpc: str, towards: str) -> bool:
    """Whether the table of a VPC has another one propagated to it."""
    hub = transit_parts.hub_of(plan, hub_id)
    name = transit_parts.table_name(hub, vpc)
    return any(t.name == name and towards in t.propagate for t in hub.route_tables or ())


def _default_of(plan: Plan, hub_id: str, vpc: str) -> str | None:
    hub = transit_parts.hub_of(plan, hub_id)
    name = transit_parts.table_name(hub, vpc)
    routes = (r for t in hub.route_tables or () if t.name == name for r in t.routes)
    return next((route.target for route in routes if route.destination == EVERYTHING), None)


def _set_default(edit: Edit, hub_id: str, spoke: str, egress: str) -> None:
    hub = transit_parts.hub_of(edit.plan, hub_id)
    if hub.route_tables is None:
        transit_parts.write_default_table(edit, hub_id)
    transit_parts.teach(edit, hub_id, spoke, egress)
    hub = transit_parts.hub_of(edit.plan, hub_id)
    name = transit_parts.table_name(hub, spoke)
    table = next(t for t in hub.route_tables or () if t.name == name)
    others = tuple(route for route in table.routes if route.destination != EVERYTHING)
    new = TransitRoute(destination=EVERYTHING, target=egress)
    transit_parts.set_table(edit, hub_id, replace(table, routes=(*others, new)))


def _nat_homes(edit: Edit, hub_id: str, egress: str) -> list[str]:
    """The subnets of the NAT gateways to which the attachment's subnets lead: replies start
    there.
    """
    attachment = transit_parts.hub_of(edit.plan, hub_id).attachment(egress)
    homes = []
    for name in attachment.subnets if attachment is not None else ():
        entry = building.subnet_of(edit.plan, name)
        nat = topology.default_target(edit.plan, entry)
        if isinstance(nat, NatGateway) and nat.subnet is not None:
            homes.append(nat.subnet)
    return list(dict.fromkeys(homes))
