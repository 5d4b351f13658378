"""What is drawn and what stands in what: the plan's things, and what AWS adds to them.

Everything here follows from mentions alone, so that neither a badge nor a place changes it:
`skeleton` says what of a resource is read, and two resources with equal skeletons give the same
structure.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from lambdaplanner.diagram.folding import Folds, folds_of, shown_by
from lambdaplanner.diagram.items import rows_height
from lambdaplanner.kinds import KINDS, Size, topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.registry import INTERNET, SERVICE_VPC
from lambdaplanner.kinds.topology import Tier
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.interfaces import group_id, interface_id
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, drawn_fields

REGION = "region"
SERVICE = SERVICE_VPC
SERVICE_NAT = "vpc-to-vpc-nat"
MANAGED_IDS = frozenset({REGION, INTERNET, SERVICE, SERVICE_NAT})
"""Boxes that stand for nothing in the plan; interfaces (`eni:...`) and the cards of several things
(`group:...`) are the others.
"""
PLANE = ""
"""The parent of what stands in no container."""

ENI_SIZE = Size(240, 64)
CARD_SIZE = Size(240, 72)
"""The card of several things: room for their number and what they have in common."""
IN_SUBNET = 240
"""How wide leaves in subnets are at least, so that they stand in tidy columns with interfaces."""
SERVICE_NAT_SIZE = Size(200, 56)
INTERNET_SIZE = Size(168, 56)
SERVICE_SIZE = Size(384, 288)
REGION_SIZE = Size(1200, 640)
_LETTER = 9
_TITLE_ENDS = 136
"""Icon, tag and address block beside a title."""
_TITLE_STEP = 116

Edge = Literal["", "top", "right"]


class Node(NamedTuple):
    """A box without its looks and place. `size` is a leaf's size and the least of a container."""

    id: str
    kind: str
    parent: str
    shape: Literal["container", "leaf", "note"]
    size: Size
    edge: Edge = ""
    """The side of its container that it stands across."""
    owner: str = ""
    """The resource that it shows; empty for what AWS has once for all."""
    rows: tuple[str, ...] = ()
    """Lines under the second one."""
    members: tuple[str, ...] = ()
    """The things that a card stands for that is drawn for several, its owner first."""
    title_room: int = 0
    """How much of its top border the title of a container takes beside which gateways stand."""


class SubnetSeat(NamedTuple):
    """What decides where a subnet stands in its VPC, and who its route table is."""

    zone: str
    tier: Tier
    table: str | None


class _Shown(NamedTuple):
    """The boxes of one resource: its own, then its interfaces'."""

    resource: Resource
    parent_kind: str
    whole: bool
    """Whether its card shows all that there is to say."""
    nodes: tuple[Node, ...]


class Structure:
    """The forest of boxes: nodes parents first, and a container's children from back to front."""

    __slots__ = (
        "children",
        "folded",
        "folds",
        "gateways",
        "interfaces",
        "joins",
        "nodes",
        "seats",
        "shown",
        "tables",
    )

    def __init__(self) -> None:
        self.nodes: dict[str, Node] = {}
        self.children: dict[str, list[str]] = {}
        self.interfaces: dict[str, list[str]] = {}
        """Boxes that show interfaces by the resource whose they are."""
        self.folds: Folds = {}
        """What is drawn as one card, by member."""
        self.folded: dict[str, str] = {}
        """The card that shows it, by what has no box of its own."""
        self.gateways: list[str] = []
        """Internet gateways, in the order made."""
        self.seats: dict[str, SubnetSeat] = {}
        self.tables: dict[str, list[str]] = {}
        """Subnets by the route table that serves them."""
        self.joins: dict[str, tuple[str, ...]] = {}
        """VPCs by the peering or transit gateway that joins them."""
        self.shown: dict[str, _Shown] = {}
        """By resource."""

    def card_of(self, name: str) -> str:
        """The box that shows a thing or an interface: its own, or the card that it is part of."""
        return self.folded.get(name, name)

    def boxes_of(self, name: str) -> tuple[str, ...]:
        """The boxes that show a resource: its own or its card, and those of its interfaces."""
        return (self.card_of(name), *self.interfaces.get(name, ()))

    def add(self, node: Node) -> None:
        """Adds a box in front of its siblings."""
        self.nodes[node.id] = node
        self.children.setdefault(node.parent, []).append(node.id)
        if node.shape == "container":
            self.children.setdefault(node.id, [])


def _by_depth(made: Structure, plan: Plan) -> None:
    """Orders boxes by what was said of who stands in front, siblings among themselves; automatic
    places go by the order made as before.
    """
    above = {name: place.above for name, place in plan.placements.items() if place.above}
    if not above:
        return
    depth: dict[str, int] = {PLANE: 0}
    for name, node in made.nodes.items():
        depth[name] = depth[node.parent] + 1
    made.nodes = dict(
        sorted(made.nodes.items(), key=lambda item: (depth[item[0]], above.get(item[0], 0)))
    )


def skeleton(resource: Resource) -> tuple[object, ...]:
    """All of a resource that the structure or a line depends on; labels, sizes, rules are not."""
    drawn, needs = drawn_fields(type(resource)), KINDS[resource.kind].needs
    size = needs(resource) if needs else None
    fields = (getattr(resource, name) for name in drawn)
    return (resource.kind, size, _title_room(resource), *fields)


def _title_room(resource: Resource) -> int:
    """In wide steps, so that most new names move no gateway."""
    if resource.kind != Vpc.kind:
        return 0
    return -(-(_TITLE_ENDS + _LETTER * len(resource.title)) // _TITLE_STEP) * _TITLE_STEP


def structure_of(
    plan: Plan, before: Structure | None = None, spread: Collection[str] = ()
) -> Structure:
    """The boxes of a plan, in the order in which they are painted; what did not change since
    `before` stays the same object. `spread` are things to be drawn by themselves, however many
    there are like them.
    """
    made = Structure()
    add, nodes, shown = made.add, made.nodes, made.shown
    folds = made.folds = folds_of(plan, spread)
    made.folded = dict(shown_by(plan, folds))
    known = before.shown if before else made.shown
    add(Node(REGION, REGION, PLANE, "container", REGION_SIZE))
    if internet_in_use(plan):
        add(Node(INTERNET, INTERNET, PLANE, "leaf", INTERNET_SIZE))
    add(Node(SERVICE, SERVICE, REGION, "container", SERVICE_SIZE))
    for kind in PAINTED:
        for resource in plan.ordered(kind):
            name = resource.id
            if name in folds:
                _add_folded(made, resource)
                continue
            old = known.get(name)
            if (
                old is None
                or old.resource is not resource
                or old.whole != (name in spread)
                or nodes[old.nodes[0].parent].kind != old.parent_kind
            ):
                old = _shown(resource, nodes, whole=name in spread)
            shown[name] = old
            own = old.nodes
            add(own[0])
            if len(own) > 1:
                made.interfaces[name] = [node.id for node in own[1:]]
                for node in own[1:]:
                    add(node)
    made.gateways = [gateway.id for gateway in plan.ordered(InternetGateway.kind)]
    if any(function.subnets for function in plan.of("function").values()):
        add(Node(SERVICE_NAT, SERVICE_NAT, SERVICE, "leaf", SERVICE_NAT_SIZE, "right"))
    _seats(made, plan)
    _joins(made, plan)
    _by_depth(made, plan)
    return made


def internet_in_use(plan: Plan) -> bool:
    """Whether anything leads to the internet; also where somebody placed its card."""
    if INTERNET in plan.placements or any(row.leads_to and plan.of(k) for k, row in KINDS.items()):
        return True
    return any(function.has_default_networking for function in plan.of(Function.kind).values())


def _add_folded(made: Structure, resource: Resource) -> None:
    """Adds a thing that shares a card: the first of them brings the cards."""
    name = resource.id
    first, members = made.folds[name].first, made.folds[name].members
    subnets = dict.fromkeys(resource.subnets if isinstance(resource, Function) else ())
    if name == first:
        card = _shown(resource, made.nodes).nodes[0]
        made.add(card._replace(id=group_id(first), members=members, size=CARD_SIZE))
        for subnet in subnets:
            card = _interface(first, subnet)
            card = card._replace(id=group_id(first, subnet), members=members, size=CARD_SIZE)
            made.add(card)
    if subnets:
        made.interfaces[name] = [made.folded[interface_id(name, subnet)] for subnet in subnets]


def _shown(resource: Resource, nodes: Mapping[str, Node], *, whole: bool = False) -> _Shown:
    kind = resource.kind
    row = KINDS[kind]
    homes = row.home(resource)
    parent = homes[0] if homes else SERVICE if SERVICE in row.containers else REGION
    around = nodes[parent].kind
    size = row.needs(resource) if row.needs else row.size
    rows = row.rows(resource, whole) if row.rows else ()
    if rows:
        size = Size(max(size.width, CARD_SIZE.width), size.height + rows_height(len(rows)))
    if row.shape == "container":
        size = Size(grid(size.width), grid(size.height))
    elif around == "subnet":
        size = Size(max(size.width, IN_SUBNET), size.height)
    edge: Edge = "top" if row.on_border else ""
    variant = row.variant_of(resource)
    drawn = f"{kind}-{variant}" if variant else kind
    room = _title_room(resource)
    own = Node(
        resource.id, drawn, parent, row.shape, size, edge, resource.id, title_room=room, rows=rows
    )
    subnets = resource.subnets if isinstance(resource, Function) else homes[1:]
    return _Shown(
        resource,
        around,
        whole,
        (own, *(_interface(resource.id, subnet) for subnet in dict.fromkeys(subnets))),
    )


def grid(length: float) -> int:
    """The length rounded up to whole steps of the grid."""
    return -(-int(length) // 8) * 8


def _interface(owner: str, subnet: str) -> Node:
    return Node(interface_id(owner, subnet), "eni", subnet, "leaf", ENI_SIZE, "", owner)


PAINTED = tuple(sorted(KINDS, key=lambda slug: KINDS[slug].layer))
"""Every kind: parents before children, leaves in the order of their automatic places."""


def _seats(made: Structure, plan: Plan) -> None:
    for subnet in plan.ordered("subnet"):
        table = topology.table_of(plan, subnet)
        name = None if table is None else table.id
        made.seats[subnet.id] = SubnetSeat(subnet.az, topology.tier(plan, subnet), name)
        if name is not None:
            made.tables.setdefault(name, []).append(subnet.id)


def _joins(made: Structure, plan: Plan) -> None:
    for kind in PAINTED:
        for thing in plan.ordered(kind):
            vpcs = KINDS[kind].joins(thing)
            if vpcs:
                made.joins[thing.id] = vpcs
