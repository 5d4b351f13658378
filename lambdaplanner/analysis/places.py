"""Where the attachments of transit gateways stand."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.refused import place_refused
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.transit_gateway import TransitAttachment, TransitGateway


class Places(NamedTuple):
    """The subnets of an attachment, together and by zone, and those in which AWS would not make its
    interface.
    """

    all: tuple[str, ...]
    by_zone: dict[str | None, tuple[str, ...]]
    refused: tuple[str, ...]

    def entries(self, subnet: str | None, zone: str | None) -> tuple[str, ...]:
        """Where packets from a subnet go in: those of its zone, or the subnet itself where nobody
        said which zone that is.
        """
        if zone != "":
            return self.by_zone.get(zone, ())
        return tuple(name for name in self.all if name == subnet)


def places_of(network: Network, gateway: TransitGateway, attachment: TransitAttachment) -> Places:
    """The subnets of an attachment; AWS takes none of another VPC."""
    key = ("places", gateway.id, attachment.vpc)
    found: Places | None = network.memo.get(key)
    if found is None:
        found = network.memo[key] = _places(network, gateway, attachment)
    return found


def _places(network: Network, gateway: TransitGateway, attachment: TransitAttachment) -> Places:
    own = [
        name
        for name in dict.fromkeys(attachment.subnets)
        if network.of(Subnet)[name].vpc == attachment.vpc
    ]
    refused = tuple(n for n in own if place_refused(network, gateway.id, attachment.vpc, n))
    good = tuple(name for name in own if name not in refused)
    zones = dict.fromkeys(zone_of(network, name) for name in good)
    by_zone = {z: tuple(n for n in good if zone_of(network, n) == z) for z in zones}
    return Places(good, by_zone, refused)


def zone_of(network: Network, subnet: str | None) -> str | None:
    """The zone of a subnet; None where there is no subnet."""
    return None if subnet is None else network.of(Subnet)[subnet].az
