"""Rules on what lies beyond AWS: networks, virtual private gateways, peered transit gateways."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.external_network import ExternalNetwork
from lambdaplanner.kinds.topology import vpc_attachments
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.virtual_private_gateway import VirtualPrivateGateway
from lambdaplanner.model.cidr import Block, block

PRIORITY = "https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html"
TGW_PEERING = "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-peering.html"


@check("NET-034", "warning", "Networks that are joined share addresses", reference=PRIORITY)
def shared_addresses(view: PlanAnalysis) -> Iterator[Draft]:
    """Inside a VPC the local route wins, so that hosts of a network with the VPC's addresses are
    never reached from there; of two networks nobody knows which one gets a packet.
    """
    told: set[frozenset[str]] = set()
    for gateway, names in _joined(view):
        blocks = {name: _blocks(view, name) for name in names}
        for place, one in enumerate(names):
            for other in names[place + 1 :]:
                both = _shared(blocks[one], blocks[other])
                pair = frozenset((one, other))
                outside = isinstance(view.plan.find(other), ExternalNetwork)
                if both is None or pair in told or not outside:
                    continue
                told.add(pair)
                yield Draft(
                    about=(one, other, gateway),
                    message=f'"{one}" and "{other}", which "{gateway}" joins, share {both}.',
                    fix="Give one of them other blocks, or translate addresses between them.",
                )


def _joined(view: PlanAnalysis) -> Iterator[tuple[str, list[str]]]:
    """The gateways, each with the VPCs that it joins before the external networks."""
    for gateway in view.of(VirtualPrivateGateway):
        yield gateway.id, [gateway.vpc, *(gateway.networks or ())]
    for hub in view.of(TransitGateway):
        vpcs = [one.vpc for one in vpc_attachments(view.plan, hub)]
        others = (one.vpc for one in hub.attachments)
        outer = [name for name in others if isinstance(view.plan.find(name), ExternalNetwork)]
        yield hub.id, [*vpcs, *outer]


def _blocks(view: PlanAnalysis, name: str) -> list[Block]:
    thing = view.plan.resource(name)
    texts = thing.cidrs if isinstance(thing, ExternalNetwork) else view.vpc(name).cidrs
    return [block(text) for text in texts if text != "0.0.0.0/0"]


def _shared(some: list[Block], others: list[Block]) -> Block | None:
    pairs = ((one, other) for one in some for other in others if one.overlaps(other))
    return next((max(pair, key=lambda found: found.prefix) for pair in pairs), None)


@check("NET-035", "error", "A peering of transit gateways stands on one side alone",
       reference=TGW_PEERING)  # fmt: skip
def one_sided_peering(view: PlanAnalysis) -> Iterator[Draft]:
    """It is an attachment of both, each with its own route table; asked for and not accepted, it
    carries nothing.
    """
    hubs = {hub.id: hub for hub in view.of(TransitGateway)}
    for hub in hubs.values():
        for attachment in hub.attachments:
            peer = hubs.get(attachment.vpc)
            if peer is not None and peer.attachment(hub.id) is None:
                yield Draft(
                    about=(hub.id, peer.id),
                    message=f'Transit gateway "{hub.id}" is peered with "{peer.id}", which has no '
                    f'attachment for "{hub.id}".',
                    fix=f'Attach "{hub.id}" to "{peer.id}", or take the attachment out.',
                )
