"""Which things are drawn as one card: functions with one attachment, and security groups and
network ACLs where a VPC has many.

AWS makes one interface for each subnet and set of security groups, however many functions share
it, and so does the picture. What somebody placed by hand, or spread out, is drawn by itself.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from lambdaplanner.kinds import KINDS
from lambdaplanner.model.interfaces import GROUP_PREFIX, group_id, interface_id, owner_of
from lambdaplanner.model.plan import Plan

MOST_SINGLE = 6
"""So many alike things are drawn one by one; more are one card."""
CROWD = 24
"""Where more of a kind than this would still be drawn one by one, fewer alike make a card too."""
LEAST = 3
"""So many make a card in a crowd."""


class Fold(NamedTuple):
    """Things drawn as one card, in the order made; the first gives the card its id."""

    members: tuple[str, ...]

    @property
    def first(self) -> str:
        """The thing that the card is called by."""
        return self.members[0]

    @property
    def card(self) -> str:
        """The id of the card."""
        return group_id(self.first)


Folds = Mapping[str, Fold]
"""By member."""


def folds_of(plan: Plan, spread: Collection[str] = ()) -> dict[str, Fold]:
    """What is drawn together, by member; `spread` are things that are to be drawn by themselves."""
    many = [
        (slug, row.alike)
        for slug, row in KINDS.items()
        if row.alike is not None and len(plan.of(slug)) > MOST_SINGLE
    ]
    if not many:
        return {}
    single = {owner_of(name) for name in plan.placements if not name.startswith(GROUP_PREFIX)}
    single.update(spread)
    found: dict[str, Fold] = {}
    for slug, alike in many:
        groups: dict[object, list[str]] = {}
        for thing in plan.ordered(slug):
            common = alike(thing)
            if common is not None and thing.id not in single:
                groups.setdefault(common, []).append(thing.id)
        few = [members for members in groups.values() if len(members) <= MOST_SINGLE]
        least = LEAST if sum(map(len, few)) > CROWD else MOST_SINGLE + 1
        for members in groups.values():
            if len(members) >= least:
                found.update(dict.fromkeys(members, Fold(tuple(members))))
    return found


def alike_to(plan: Plan, name: str) -> tuple[str, ...]:
    """The things that could share a card with one, itself too, in the order made."""
    thing = plan.find(name)
    alike = None if thing is None else KINDS[thing.kind].alike
    if thing is None or alike is None:
        return ()
    common = alike(thing)
    if common is None:
        return ()
    return tuple(one.id for one in plan.ordered(thing.kind) if alike(one) == common)


def more_to_say(plan: Plan, name: str) -> bool:
    """Whether the card of a thing has lines that are shown only when it is spread out."""
    thing = plan.find(name)
    rows = None if thing is None else KINDS[thing.kind].rows
    return rows is not None and rows(thing, True) != rows(thing, False)


def shown_by(plan: Plan, folds: Folds) -> Iterator[tuple[str, str]]:
    """What has no box of its own, each with the card that shows it; interfaces too."""
    for name, fold in folds.items():
        yield name, fold.card
        for subnet in getattr(plan.resource(fold.first), "subnets", ()):
            yield interface_id(name, subnet), group_id(fold.first, subnet)
