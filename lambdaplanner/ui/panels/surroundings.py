"""What an editor knows of the form it stands in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lambdaplanner.commands.places import subnets_of
from lambdaplanner.commands.zones import zones_in_turn
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.topology import vpcs_of
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.network_fields import Cidr, CidrOr
from lambdaplanner.model.records import FieldInfo, Resource
from lambdaplanner.ui.panels.field_rules import detail_of, legal_targets
from lambdaplanner.ui.panels.reference_editors import Option
from lambdaplanner.ui.panels.row_line import Row
from lambdaplanner.ui.panels.words import icon_of_resource
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

ANYWHERE = (
    Option("0.0.0.0/0", "internet", "everything, IPv4"),
    Option("::/0", "internet", "everything, IPv6"),
)


AWS_LISTS = tuple(Option(name, "prefix-list", "AWS's own list") for name in LIST_WEIGHTS)
"""What rules may name beside the prefix lists of a plan."""


@dataclass(slots=True)
class Surroundings:
    """The bridge, the theme, whose fields these are, and how an editor for a field is made."""

    bridge: Bridge
    theme: Theme
    owner: Callable[[], Resource | None]
    make: Callable[[FieldInfo, str, Row], Any]
    """An editor for a field of a record that stands, as a row, in the given field of the owner."""
    row: Row | None = None
    """The row whose fields these are; None where they are the owner's own."""

    def within(self, row: Row) -> Surroundings:
        """The same for the fields of a row."""
        return replace(self, row=row)

    def options(
        self, field: str, kinds: Collection[str], words: Sequence[str] = ()
    ) -> Callable[[], list[Option]]:
        """What a field may name, asked anew each time."""

        def ask() -> list[Option]:
            plan = self.bridge.session.plan
            row = self.row() if self.row is not None else None
            things = legal_targets(plan, self.owner(), field, kinds, row)
            found = [Option(one.id, icon_of_resource(one), detail_of(one)) for one in things]
            return [*found, *(Option(word, "blocked", "drops packets") for word in words)]

        return ask

    def zones(self) -> list[Option]:
        """The zones that a subnet may take, and the subnets of its VPC that each has already."""
        plan = self.bridge.session.plan
        owner = self.owner()
        vpc = getattr(owner, "vpc", None)
        others = [subnet for subnet in subnets_of(plan, vpc) if subnet is not owner] if vpc else []
        there: dict[str, list[str]] = {}
        for subnet in others:
            there.setdefault(subnet.az, []).append(subnet.title)
        return [Option(zone, "", ", ".join(there.get(zone, ()))) for zone in zones_in_turn(plan)]

    def describe(self, name: str) -> Option:
        """A thing that a field names already, as a choice."""
        found = self.bridge.session.plan.find(name)
        if found is None:
            return Option(name)
        return Option(name, icon_of_resource(found), detail_of(found))

    def destinations(self, kinds: Sequence[str]) -> Callable[[], list[Option]]:
        """Where routes usually lead: everywhere, the blocks of joined VPCs, prefix lists."""

        def ask() -> list[Option]:
            plan = self.bridge.session.plan
            owner = self.owner()
            here = vpcs_of(plan, owner) if owner is not None else set()
            others = [vpc for vpc in plan.ordered("vpc") if vpc.id not in here]
            blocks = [Option(vpc.cidr, "vpc", vpc.id) for vpc in others[:40]]
            lists = [
                Option(one.id, "prefix-list", detail_of(one))
                for kind in kinds
                for one in plan.ordered(kind)
            ]
            return [*ANYWHERE, *blocks, *lists, *AWS_LISTS]

        return ask


def read_block_or_list(kinds: tuple[str, ...]) -> Callable[[str], str]:
    """How typed text becomes a destination: only a block, since lists are chosen by name."""

    def read(text: str) -> str:
        value = CidrOr(kinds).parse(text)
        if "/" not in value:
            raise ValueError(f'"{text}" is neither a CIDR block nor a prefix list of this plan')
        return value

    return read


def read_block(text: str) -> str:
    """The canonical block of typed text; raises ValueError where it is none."""
    if text.startswith("aws:"):
        raise ValueError(f'"{text}" is none of AWS\'s own lists{suggestion(text, LIST_WEIGHTS)}')
    if "/" not in text and "." not in text and ":" not in text:
        raise ValueError(f'"{text}" is neither a CIDR block nor a group or prefix list here')
    return Cidr().parse(text)
