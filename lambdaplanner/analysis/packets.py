"""What travels in an analysis: a packet standing for a whole set of packets, and its trip so
far.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from lambdaplanner.analysis.filters import Group
from lambdaplanner.analysis.hops import Direction, Hop
from lambdaplanner.analysis.ranges import Range, Ranges
from lambdaplanner.analysis.refusal import Refusal

ANY_EPHEMERAL: Range = (1024, 65535)
"""Ports that replies come to at functions, NAT gateways, load balancers and unknown hosts (aws.md
6.2).
"""

LINUX_EPHEMERAL: Range = (32768, 60999)
"""Ports that replies come to at other workloads."""


Side = Literal["inbound", "outbound"]

IN_DOUBT = frozenset({"NOT_KNOWN", "LEAVES_THE_PLAN", "TGW_RTB_ROUTES_ARE_UNKNOWN"})
"""Codes of what stops a packet only as far as anybody knows."""


class Packet(NamedTuple):
    """A set of packets: every source with every target and every (target) port."""

    version: int
    source: Ranges
    target: Ranges
    protocol: str
    ports: Ranges


class Station(NamedTuple):
    """Something with an interface: an end inside a VPC, or a NAT gateway (a regional one stands in
    no subnet).
    """

    id: str
    kind: str
    vpc: str
    subnet: str | None
    addresses: Ranges
    where: str
    """Its addresses as a person reads them: the subnet's block, or the fixed address."""
    ephemeral: Range = ANY_EPHEMERAL
    public: bool = False
    """Whether the internet gateway knows a public address for it."""
    interface: str = ""
    groups: tuple[Group, ...] | None = None
    """None: nothing filters here (a NAT gateway has no security group, nor has a load balancer that
    was made without).
    """
    arrival: tuple[Hop, ...] = ()
    """What a packet meets when it comes in, behind every filter."""

    @property
    def spoken(self) -> str:
        """Its address as a sentence says it: the fixed one, or which it may be."""
        if "/" not in self.where:
            return self.where
        alone = self.where.removesuffix("/32")
        return alone if alone != self.where else f"an address of {self.where}"


class Outside(NamedTuple):
    """An end beyond every interface on the plan: the internet, an address, an AWS service."""

    text: str
    addresses: Ranges
    arrival: tuple[Hop, ...]
    public: bool = True
    """Whether the internet has it; a private address that nothing holds is nowhere."""
    service: str | None = None
    networks: frozenset[str] = frozenset()
    """The external networks that are meant, or that have the address."""
    where: str = ""
    """Of a network its block, as a rule names it."""


Goal = Station | Outside


class Client(NamedTuple):
    """Somebody to whom replies go back, and those of its addresses that got through so far."""

    station: Station
    addresses: Ranges
    passed: tuple[str, ...] = ()
    """The appliances that its packets passed before they were translated."""


@dataclass(frozen=True, eq=False)
class Trip:
    """A packet on its way: where it is, what it met, and what stood against it.

    A blocked trip meets no further hop, but is judged further, so that every obstacle is found.
    `whole` is lost once a part of its addresses or ports was filtered
    out.
    """

    packet: Packet
    sender: Station
    vpc: str
    subnet: str | None
    direction: Direction = "forward"
    hops: tuple[Hop, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    not_blocked: bool = True
    refuted: bool = False
    """Whether something stopped it for sure; what is blocked and not refuted, nobody knows."""
    astray: bool = False
    """Whether nobody knows which way it takes from here."""
    whole: bool = True
    arrived: bool = False
    relation: str = "vpc"
    """How the source's groups are known at the far end: `vpc`, `peering`, `transit`,
    `transit-off`, `region`, `lost`.
    """
    clients: tuple[Client, ...] = ()
    """Senders hidden behind address translation, the first one first."""
    matched_by_group: Obstacle | None = None
    """What stops it at a translation of addresses: a rule let it out by the name of a group."""
    doubt: Obstacle | None = None
    """What to say where it is lost: it is one of a service's ways, if the service has addresses
    there.
    """
    passed: tuple[str, ...] = ()
    """The appliances that it passed since it was sent or translated."""
    hubs: tuple[str, ...] = ()
    """The transit gateways that it came through without a VPC between."""
    brought: bool = False
    """Whether a transit gateway brought it to where it is, not its sender's own subnet."""
    beyond: str = ""
    """The external network that it got to."""
    exit: Hop | None = None
    """The gateway by which it left."""
    delivered_subnet: str | None = None
    """The subnet that owns the address, where nothing on the plan holds it."""
    seen: tuple[tuple[str, str | None, Packet], ...] = ()
    merged: bool = False
    """Whether it ends where another trip has been in the same state: that one tells what follows,
    this one only what stood against it until then.
    """
    assumes: tuple[str, ...] = ()
    """What was taken for granted, because it is not on the plan."""
    goal: Goal | None = None
    """Where it is bound on this leg, once it has left its sender."""

    def but(self, **changes: Any) -> Trip:
        """The trip with some fields changed; copying a dictionary is several times faster than
        calling the class.
        """
        copy = object.__new__(Trip)
        copy.__dict__.update(self.__dict__)
        copy.__dict__.update(changes)
        return copy

    def met(self, *hops: Hop) -> Trip:
        """The trip with more behind it."""
        return self.but(hops=self.hops + hops) if self.not_blocked else self

    def blocked(self, obstacle: Obstacle) -> Trip:
        """The trip, stopped."""
        refuted = self.refuted or not obstacle.in_doubt
        found = (*self.obstacles, obstacle)
        return self.but(obstacles=found, not_blocked=False, refuted=refuted)

    def strayed(self, obstacle: Obstacle) -> Trip:
        """The trip, on a way that nobody knows."""
        return self.blocked(obstacle).but(astray=True)

    def assuming(self, said: str) -> Trip:
        """The trip, with something more taken for granted."""
        return self if said in self.assumes else self.but(assumes=(*self.assumes, said))

    @property
    def unsure(self) -> bool:
        """Whether nobody knows what becomes of it."""
        return not (self.not_blocked or self.refuted)

    def narrowed(self, packet: Packet, obstacle: Obstacle) -> Trip:
        """The trip of what got through, where something did not."""
        return self.but(packet=packet, obstacles=(*self.obstacles, obstacle), whole=False)


class Stop(NamedTuple):
    """A packet that was stopped, and what stopped it."""

    trip: Trip
    """As it came there."""
    goal: Goal | None
    """Where it was bound: a reply to whoever asked, or to the NAT gateway that hides them."""
    side: Side | None = None
    """Of filters: which of their rules were asked."""
    station: Station | None = None
    """Of security groups: whose they are."""
    border: str | None = None
    """Of network ACLs: the subnet that they guard."""
    refusal: Refusal | None = None
    """Of what AWS refuses to build: the row that says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that blocks: the id of what decides, a code (aws.md 9.2 or the project's own), and
    a way out.
    """

    at: str
    code: str
    direction: Direction
    message: str
    fix: str
    stop: Stop | None = field(default=None, compare=False, repr=False)
    """The packet that was stopped, and where it was then; what mends it starts from there."""

    @property
    def in_doubt(self) -> bool:
        """Whether it says only that nobody knows."""
        return self.code in IN_DOUBT

    def is_of_groups(self, thing_id: str, side: Side) -> bool:
        """Whether the rules of one direction of a thing's security groups are what blocks."""
        stop = self.stop
        return (
            stop is not None
            and stop.side == side
            and stop.station is not None
            and stop.station.id == thing_id
        )
