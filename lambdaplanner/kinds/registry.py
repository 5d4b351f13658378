"""What the rest of the program knows of a kind: one table row, read by canvas, palette, forms,
files and analysis.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from lambdaplanner.model.records import Resource, fields_of


class Size(NamedTuple):
    """Width and height in scene units."""

    width: int
    height: int


Shape = Literal["container", "leaf", "note"]


def _no_addresses(_resource: Any, _subnet: str) -> int:
    return 0


def _nothing(_resource: Any) -> str:
    return ""


def _nowhere(_resource: Any) -> tuple[str, ...]:
    return ()


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
    labels: dict[str, str] = field(default_factory=dict)
    """Titles of its variants (workload types), for palette and icons."""

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
