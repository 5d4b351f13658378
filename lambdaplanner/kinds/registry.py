"""What the rest of the program knows of a kind: one table row, read by canvas, palette, forms,
files and analysis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from lambdaplanner.model.fields import Family
from lambdaplanner.model.records import Resource, fields_of


class Size(NamedTuple):
    """Width and height in scene units."""

    width: int
    height: int


Shape = Literal["container", "leaf", "note"]
Group = Literal["Network", "Security", "Compute", "Workloads", "Connections", "Remarks", "More"]
GROUPS: tuple[Group, ...] = get_args(Group)
"""The headings of the palette, in their order."""

SERVICE_VPC = "lambda-service-vpc"
"""The box of the VPC that Lambda runs functions in."""
INTERNET = "internet"

ROUTE_TARGETS = Family()
"""What a route may lead to. Each such class joins it, and has a forwarder in
`analysis.forwarding`.
"""


def _no_addresses(_resource: Any, _subnet: str) -> int:
    return 0


def _nothing(_resource: Any) -> str:
    return ""


def _nowhere(_resource: Any) -> tuple[str, ...]:
    return ()


def _nothing_given(_place: Any, _variant: str) -> dict[str, Any]:
    return {}


def _no_reason(_thing: Any, _other: Any) -> str:
    return ""


def in_place(model: type[Resource], place: Any) -> dict[str, Any]:
    """The field by which things of a class stand in a VPC or a subnet, for this one."""
    names = {info.name for info in fields_of(model)}
    if place is None:
        return {}
    if f"{place.kind}s" in names:
        return {f"{place.kind}s": (place.id,)}
    return {place.kind: place.id} if place.kind in names else {}


def first_exchanged(subnets: tuple[str, ...], new: str) -> tuple[str, ...]:
    """The subnets of a thing whose box, which stands in the first, is moved into another."""
    return (new, *(name for name in subnets[1:] if name != new))


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceKind:
    """One kind of thing that a plan can hold."""

    slug: str
    """Kebab case of the class: icon name, key in tables."""
    section: str
    """Its section in plan files."""
    title: str
    plural: str
    stem: str
    """What new ids begin with: ``subnet`` gives ``subnet-1``."""
    model: type[Resource]
    description: str
    """One sentence for palette and guide."""
    reference: str
    """AWS's page on it."""
    containers: tuple[str, ...] = ()
    """Kinds it may be dropped into on the canvas; empty: it stands in the region."""
    home: Callable[[Any], tuple[str, ...]] = _nowhere
    """The ids of the containers it is drawn in, the first one the box, further ones its interfaces'
    places.
    """
    shape: Shape = "leaf"
    size: Size = Size(168, 56)
    needs: Callable[[Any], Size] | None = None
    """The size that one needs to show all that it says; None: the usual size does."""
    rows: Callable[[Any, bool], tuple[str, ...]] | None = None
    """Lines under the second one of its card; all of them where asked to be whole."""
    on_border: bool = False
    """Drawn across its container's border, as AWS draws gateways."""
    tone: str = "network"
    """Colour name in the theme."""
    addresses: Callable[[Any, str], int] = _no_addresses
    """How many IPv4 addresses it takes in a subnet (aws.md 2.3)."""
    summary: Callable[[Any], str] = _nothing
    """The second line of its box."""
    short: str = ""
    """The one field whose value alone may stand for an entry (a prefix list is a list)."""
    addable: bool = True
    """Offered in the palette."""
    group: Group = "More"
    """Its heading in the palette."""
    rank: int = 0
    """Its place under that heading; of equals the first in the catalogue."""
    layer: int = 85
    """When it is painted, and placed by itself: containers before what stands in them, the leaves
    of a container in this order.
    """
    one_per_vpc: bool = False
    """AWS attaches one to a VPC: a second is refused, and a line from it to a VPC moves it."""
    places: tuple[str | None, ...] = ()
    """Where a new one may be let go, where that is more than its containers (None: the region)."""
    where: str = ""
    """Where it stands, as the reason that refuses another place; see `stands`."""
    begins: Callable[[Any, str], dict[str, Any]] = _nothing_given
    """The fields of a new one, by its container (None: the region) and variant, beside where it
    stands.
    """
    refuses: Callable[[Any, str], str] = _no_reason
    """Why a new one of a variant cannot stand in a container; "" where it can."""
    moved: Callable[[Any, Any], dict[str, Any]] = lambda _thing, _place: {}
    """The fields that change when one is moved into another container, beside where it stands."""
    refuses_move: Callable[[Any, Any], str] = _no_reason
    """Why one cannot be moved into a container of a right kind; "" where it can."""
    joins: Callable[[Any], tuple[str, ...]] = _nowhere
    """The VPCs that it joins; a line is drawn to each."""
    join_line: str = "peering"
    """What the ids of those lines begin with."""
    leads_to: str = ""
    """The box that AWS makes to which a line is drawn from it."""
    passes_on: Callable[[Any], str] | None = None
    """The kind of the things of its VPC that it hands packets to without any table; it gives "" for
    one that does not, as none does of a kind that has none.
    """
    default_routes: tuple[str, ...] = ("0.0.0.0/0",)
    """What a table sends to it unless somebody says otherwise."""
    alike: Callable[[Any], object] | None = None
    """What things that are drawn as one card, where there are many, have in common; it gives None
    for one that is always drawn by itself, as all are of a kind that has none.
    """
    joined_together: bool = False
    """A line to such a card means every one of them; else none, since it could only mean one."""
    labels: dict[str, str] = field(default_factory=dict)
    """Titles of its variants (workload types), for palette and icons."""

    @property
    def into(self) -> tuple[str | None, ...]:
        """The kinds of containers that a new one may be let go in; None is the region."""
        return self.places or self.containers or (None,)

    @property
    def floats(self) -> bool:
        """Whether it may be let go over other things though it stands in the region."""
        return self.shape == "note"

    @property
    def stands(self) -> str:
        """Where it stands, in a sentence: `a route table stands in a VPC`."""
        if self.where:
            return self.where
        article = "an" if self.noun[0] in "aeio" else "a"
        places = [name.replace("vpc", "VPC") for name in self.containers]
        return f"{article} {self.noun} stands in " + (
            f"a {' or a '.join(places)}" if places else "the region"
        )

    @property
    def nouns(self) -> str:
        """The plural inside a sentence: ``route tables``, ``VPCs``, ``Lambda functions``."""
        proper = self.noun == self.title
        return self.plural if proper else self.plural[0].lower() + self.plural[1:]

    def variant_of(self, resource: Any) -> str:
        """Which of its variants a thing is; "" where the kind has none."""
        return str(resource.type) if self.labels else ""

    def stem_of(self, variant: str) -> str:
        """What new ids of a variant begin with."""
        named = variant in self.labels and self.labels[variant] != self.title
        return variant if named else self.stem

    def fields_in(self, place: Any, variant: str = "") -> dict[str, Any]:
        """The fields of a new one in a container."""
        return {**in_place(self.model, place), **self.begins(place, variant)}

    def fields_moved(self, thing: Any, place: Any) -> dict[str, Any]:
        """The fields of one that change when it is moved into a container."""
        return {**in_place(self.model, place), **self.moved(thing, place)}

    @property
    def in_network(self) -> bool:
        """Whether packets, or AWS, know of it; a remark on the canvas is nobody's."""
        return self.shape != "note"

    @property
    def counted(self) -> bool:
        """Whether a capacity may depend on it: it takes addresses or holds them, or has amounts."""
        amounts = any(info.amount for info in fields_of(self.model))
        return self.shape == "container" or self.addresses is not _no_addresses or amounts

    @property
    def noun(self) -> str:
        """The title inside a sentence: ``route table``, ``VPC``, ``Lambda function``."""
        proper = self.title.startswith(("VPC", "NAT", "Lambda"))
        return self.title if proper else self.title[0].lower() + self.title[1:]
