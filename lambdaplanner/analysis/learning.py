"""What route tables learn from virtual private gateways (aws.md 3.7)."""

from __future__ import annotations

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.compiled import local_ways
from lambdaplanner.analysis.routes import LEARNED, CompiledRoute
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.virtual_private_gateway import VirtualPrivateGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model import cidr


def learned_ways(plan: Addressing, table: RouteTable, vpc: Vpc) -> list[CompiledRoute]:
    """What virtual private gateways tell a table; a local route beats them, were it wider."""
    own = [way.block for way in local_ways(vpc)]
    gateways = (plan.of(VirtualPrivateGateway)[name] for name in table.propagate)
    return [
        CompiledRoute(block, gateway.id, text, LEARNED)
        for gateway in gateways
        if gateway.vpc == table.vpc
        for name in gateway.networks or ()
        for text in plan.of(ExternalNetwork)[name].cidrs
        if not any(local.covers(block := cidr.block(text)) for local in own)
    ]


def untold_behind(plan: Addressing, subnet_id: str) -> VirtualPrivateGateway | None:
    """A virtual private gateway of which the subnet's table learns nobody knows what."""
    table = topology.table_of(plan.things, plan.of(Subnet)[subnet_id])
    names = table.propagate if table is not None else ()
    gateways = (plan.of(VirtualPrivateGateway)[name] for name in names)
    return next((one for one in gateways if one.networks is None), None)
