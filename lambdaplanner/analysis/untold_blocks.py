"""VPCs whose whole block nobody told: what may be inside of them after all."""

from __future__ import annotations

from lambdaplanner.analysis.doubts import Doubt
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Packet
from lambdaplanner.analysis.ranges import block_range, meet, minus_all
from lambdaplanner.analysis.vpc_blocks import widest
from lambdaplanner.kinds.vpc import Vpc


def untold_block(network: Network, vpc: str, packet: Packet) -> Doubt | None:
    """Why a packet may be bound for a VPC that is not known to have the address: its whole block
    is not told, and may reach as far as AWS lets one.
    """
    doubt = network.doubts.of(vpc, "cidr") if network.doubts else None
    if doubt is None or packet.version != 4:
        return None
    around = block_range(widest(network.of(Vpc)[vpc].cidr))
    beyond = minus_all(meet(packet.target, around), network.whole_vpc(vpc))
    return doubt if beyond else None
