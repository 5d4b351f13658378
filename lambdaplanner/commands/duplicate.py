"""Copying things with what is in them: new ids, mentions among the copies follow, blocks of
addresses are new.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lambdaplanner.commands.addresses import PRIVATE, free_subnet_block, vpc_blocks
from lambdaplanner.commands.places import container_of
from lambdaplanner.commands.things import can_add
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import kind_of
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.registry import in_place
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import Block, block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, references_of, with_mentions


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """Things cut out of a plan, in the order made, with their places; `roots` are those that
    nothing else in it holds.
    """

    resources: tuple[Resource, ...] = ()
    placements: Mapping[str, Placement] = field(default_factory=dict)
    roots: tuple[str, ...] = ()


def fragment(
    plan: Plan, ids: Iterable[str], seen: Mapping[str, Placement] | None = None
) -> Fragment:
    """The things with all that is drawn in them. `seen` gives places to those named, whatever the
    plan has.
    """
    chosen = [name for name in ids if name in plan]
    inner = _with_contents(plan, chosen)
    roots = tuple(n for n in sorted(chosen, key=plan.order) if container_of(plan, n) not in inner)
    places = {name: plan.placements[name] for name in inner if name in plan.placements}
    places.update({name: place for name, place in (seen or {}).items() if name in roots})
    return Fragment(
        resources=tuple(plan.resource(name) for name in sorted(inner, key=plan.order)),
        placements=places,
        roots=roots,
    )


def _with_contents(plan: Plan, ids: Iterable[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(ids)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for source in {link.source for link in plan.mentions_of(name)}:
            if name in kind_of(plan.resource(source)).home(plan.resource(source))[:1]:
                waiting.append(source)
    return found


def can_duplicate(plan: Plan, ids: Iterable[str]) -> str | None:
    """Why these cannot be duplicated beside themselves; None where they can."""
    cut = fragment(plan, ids)
    if not cut.roots:
        return "what AWS makes is not copied"
    inside = {resource.id for resource in cut.resources}
    for name in cut.roots:
        resource: Any = plan.resource(name)
        if isinstance(resource, Peering) and not inside.issuperset(resource.vpcs):
            return f"{resource.title} joins its VPCs already"
        if kind_of(resource).one_per_vpc or isinstance(resource, Vpc | Subnet):
            reason = can_add(plan, resource.kind, container_of(plan, name))
            if reason is not None:
                return reason
    return None


def duplicate(
    edit: Edit,
    ids: Iterable[str],
    dx: int = 24,
    dy: int = 24,
    seen: Mapping[str, Placement] | None = None,
) -> list[str]:
    """Copies things beside themselves; gives the ids of the copies of what was named."""
    chosen = list(ids)
    reason = can_duplicate(edit.plan, chosen)
    if reason is not None:
        raise EditError(reason)
    return paste(edit, fragment(edit.plan, chosen, seen), dx=dx, dy=dy)


def paste(
    edit: Edit, cut: Fragment, container: str | None = None, dx: int = 24, dy: int = 24
) -> list[str]:
    """Adds copies of a fragment; gives the new ids of its roots.

    Roots go into `container` where they may stand in one of its kind, else where the originals
    stood. Mentions of things that this plan has not are left out. Raises EditError where a copy
    cannot be without one, or has no place.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for resource in cut.resources:
        names[resource.id] = _free_id(edit.plan, resource.id, taken)
        taken.add(names[resource.id])
    blocks = _Blocks(edit.plan)
    copies: list[tuple[Resource, Placement | None]] = []
    for original in sorted(cut.resources, key=lambda resource: resource.kind != Vpc.kind):
        copy = _renamed(edit.plan, original, names)
        if original.id in cut.roots and container is not None:
            copy = _rehomed(edit.plan, copy, container)
        copy = _unshared(edit.plan, blocks.renew(original, copy, names))
        for _, sentence in copy.complaints():
            raise EditError(sentence, where=original.id)
        place = cut.placements.get(original.id)
        if place is not None and original.id in cut.roots:
            place = place.moved(dx, dy)
        copies.append((copy, place))
    edit.add_all(copies)
    return [names[root] for root in cut.roots]


def _free_id(plan: Plan, old: str, taken: set[str]) -> str:
    """The same id where it is free, else the next number after its stem: ``nat-1`` gives ``nat-2``,
    ``nat`` too.
    """
    if old not in plan and old not in taken:
        return old
    stem, dash, number = old.rpartition("-")
    if not (dash and number.isdigit()):
        stem, number = old, "1"
    count = int(number) + 1
    while True:
        suffix = f"-{count}"
        new = f"{stem[: 64 - len(suffix)]}{suffix}"
        if new not in plan and new not in taken:
            return new
        count += 1


def _renamed(plan: Plan, original: Resource, names: Mapping[str, str]) -> Any:
    copy: Any = original
    mentioned = dict.fromkeys(mention.target for mention in references_of(original))
    for target in mentioned:
        if target not in names and target not in plan:
            copy = with_mentions(copy, target, None)
    # By way of names that no id can have: a copy may be called like another original.
    inner = [target for target in mentioned if target in names]
    for old in inner:
        copy = with_mentions(copy, old, f"\0{old}")
    for old in inner:
        copy = with_mentions(copy, f"\0{old}", names[old])
    return replace(copy, id=names[original.id], origin=())


def _rehomed(plan: Plan, copy: Any, container: str) -> Any:
    place = plan.find(container)
    if place is None or place.kind not in kind_of(copy).into:
        return copy
    fields = in_place(type(copy), place)
    unused = any(getattr(copy, name) is None for name in fields)
    return copy if unused else replace(copy, **fields)


def _unshared(plan: Plan, copy: Any) -> Any:
    """What two things cannot both have: a fixed address, being the main table."""
    if getattr(copy, "private_ip", None) is not None:
        copy = replace(copy, private_ip=None)
    if getattr(copy, "default", False) and any(
        thing.default for thing in plan.users(copy.vpc, "vpc", copy.kind)
    ):
        copy = replace(copy, default=False)
    if getattr(copy, "main", False) and any(
        table.main for table in plan.users(copy.vpc, "vpc", copy.kind)
    ):
        copy = replace(copy, main=False)
    return copy


class _Blocks:
    """Gives copies of VPCs and subnets blocks of their own; a subnet keeps its place in a VPC that
    is copied too.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._moved: dict[str, list[tuple[Block, Block]]] = {}
        self._given: list[Block] = []

    def renew(self, original: Resource, copy: Any, names: Mapping[str, str]) -> Any:
        if isinstance(original, Vpc):
            return self._vpc(original, copy)
        if isinstance(original, Subnet):
            return self._subnet(original, copy, names)
        return copy

    def _vpc(self, original: Vpc, copy: Any) -> Any:
        moved = self._moved[original.id] = []
        for text in original.cidrs:
            old = block(text)
            new = next_free(PRIVATE, [*vpc_blocks(self._plan), *self._given], old.prefix)
            if new is None:
                raise EditError(f"there is no free private block of the size of {text}")
            self._given.append(new)
            moved.append((old, new))
        first, *rest = (str(new) for _, new in moved)
        ipv6 = self._ipv6(original)
        return replace(copy, cidr=first, secondary_cidrs=tuple(rest), ipv6_cidr=ipv6)

    def _ipv6(self, original: Vpc) -> str | None:
        if original.ipv6_cidr is None:
            return None
        old = block(original.ipv6_cidr)
        others = [vpc.ipv6_cidr for vpc in self._plan.of(Vpc.kind).values() if vpc.ipv6_cidr]
        prefix = max(0, old.prefix - 16)
        space = Block(6, old.first >> 128 - prefix << 128 - prefix, prefix)
        new = next_free([space], [*map(block, others), *self._given], old.prefix)
        if new is None:
            return None
        self._given.append(new)
        self._moved[original.id].append((old, new))
        return str(new)

    def _subnet(self, original: Subnet, copy: Any, names: Mapping[str, str]) -> Any:
        pairs = self._moved.get(original.vpc)
        if pairs is not None and original.vpc in names:
            ipv6 = original.ipv6_cidr
            return replace(
                copy,
                cidr=_shifted(original.cidr, pairs),
                ipv6_cidr=_shifted(ipv6, pairs) if ipv6 else None,
            )
        vpc = self._plan.resource(copy.vpc)
        assert isinstance(vpc, Vpc)
        prefix = block(original.cidr).prefix
        cidr = free_subnet_block(self._plan, vpc, prefix, beside=self._given)
        if cidr is None:
            raise EditError(f"{', '.join(vpc.cidrs)} has no free block left", where=original.id)
        self._given.append(block(cidr))
        return replace(copy, cidr=cidr, ipv6_cidr=None)


def _shifted(text: str, pairs: Iterable[tuple[Block, Block]]) -> str:
    inner = block(text)
    for old, new in pairs:
        if old.covers(inner):
            return str(Block(inner.version, inner.first - old.first + new.first, inner.prefix))
    return text
