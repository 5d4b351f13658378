"""A question as every path of it asks it."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.analysis.forwarding import HANDLERS
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.packets import Goal, Packet, Station
from lambdaplanner.analysis.ranges import ALL_PORTS
from lambdaplanner.analysis.travel import Journey


class Ask(NamedTuple):
    """What is asked of every path of a question."""

    network: Network
    protocol: str
    port: int | None
    version: int

    def packet(self, source: Station, goal: Goal) -> Packet:
        """The request."""
        ports = ALL_PORTS if self.port is None else (self.port, self.port)
        return Packet(self.version, source.addresses, goal.addresses, self.protocol, (ports,))

    def towards(self, goal: Goal) -> Journey:
        """A journey in this network."""
        return Journey(self.network, goal, HANDLERS)
