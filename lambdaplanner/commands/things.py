"""Adding and renaming things, and taking them out."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from lambdaplanner.commands.attachment import attach
from lambdaplanner.commands.defaults import made, reason_against
from lambdaplanner.commands.places import a_noun, called
from lambdaplanner.commands.unlink import leave_subnet
from lambdaplanner.counting import count
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import KINDS, kind_named
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.registry import SERVICE_VPC
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.fields import read_id
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import interface_ends
from lambdaplanner.model.plan import Plan


def can_add(plan: Plan, kind: str, container: str | None, variant: str = "") -> str | None:
    """Why a new thing of a kind cannot stand in `container` (the id of a box, None: the region);
    None where it can.
    """
    row = kind_named(kind)
    if _kind_of_place(plan, container) not in row.into:
        return row.stands
    return reason_against(plan, kind, container, variant)


def home_for(
    plan: Plan, kind: str, boxes: Sequence[str], variant: str = ""
) -> tuple[str | None, str | None]:
    """Where a new thing dropped on `boxes` (innermost first) comes to stand, and why it cannot
    where it cannot.

    The innermost box that may hold it takes it; a subnet let go over another subnet goes into their
    VPC.
    """
    row = kind_named(kind)
    places: list[str | None] = [box for box in boxes if _is_place(plan, box)]
    if not places or row.floats:
        places.append(None)
    refusals = []
    for place in places:
        reason = can_add(plan, kind, place, variant)
        if reason is None:
            return place, None
        refusals.append((_kind_of_place(plan, place) not in row.into, place, reason))
    _, place, reason = min(refusals, key=lambda refusal: refusal[0])
    return place, reason


def _is_place(plan: Plan, box: str) -> bool:
    return box == SERVICE_VPC or (
        box in plan and kind_named(plan.resource(box).kind).shape == "container"
    )


def _kind_of_place(plan: Plan, container: str | None) -> str | None:
    if container is None or container == SERVICE_VPC:
        return container
    found = plan.find(container)
    return found.kind if found is not None else None


def add(
    edit: Edit,
    kind: str,
    container: str | None = None,
    placement: Placement | None = None,
    *,
    variant: str = "",
    **given: Any,
) -> str:
    """Adds a thing of a kind with sensible values; gives its id.

    A function added in a subnet stands in the Lambda service VPC and is attached to the subnet.
    `given` fields take the place of defaults. Raises EditError with the reason where `can_add` has
    one.
    """
    reason = can_add(edit.plan, kind, container, variant)
    if reason is not None:
        raise EditError(reason)
    new_id = edit.new_id(kind_named(kind).stem_of(variant))
    resource = made(edit.plan, kind, new_id, container, variant)
    if given:
        resource = dataclasses.replace(resource, **given)
    attached_to = edit.plan.find(container)
    attaching = isinstance(resource, Function) and isinstance(attached_to, Subnet)
    edit.add(resource, None if attaching else placement)
    if attaching and container is not None:
        attach(edit, resource.id, container)
    return resource.id


def can_rename(plan: Plan, resource_id: str, new_id: str) -> str | None:
    """Why a thing cannot have this id; None where it can."""
    if resource_id not in plan:
        return "what AWS makes has no name of yours"
    if new_id == resource_id:
        return None
    try:
        read_id(new_id)
    except ValueError as error:
        return str(error)
    taken = plan.find(new_id)
    return None if taken is None else f'"{new_id}" is taken by {a_noun(taken.kind)}'


def rename(edit: Edit, resource_id: str, new_id: str) -> None:
    """Gives a thing another id, wherever it is mentioned."""
    edit.rename(resource_id, new_id)


def can_remove(plan: Plan, box_id: str) -> str | None:
    """Why a box cannot be deleted; None where it can."""
    if box_id in plan:
        return None
    interface = interface_ends(box_id)
    if interface is not None and all(end in plan for end in interface):
        return None
    return "AWS makes and keeps this; it goes with what it belongs to"


def remove(edit: Edit, box_ids: Iterable[str]) -> None:
    """Takes things out with what lives in them; deleting a function's interface detaches it from
    that subnet.
    """
    boxes = list(box_ids)
    for box in boxes:
        interface = interface_ends(box)
        if interface is not None and interface[0] not in boxes and interface[1] not in boxes:
            leave_subnet(edit, *interface)
    things = [box for box in boxes if box in edit.plan]
    if things:
        edit.remove(*things)


def also_removed(plan: Plan, box_ids: Iterable[str]) -> str:
    """What else goes when these are deleted, as one sentence; empty where nothing does."""
    chosen = [box for box in box_ids if box in plan]
    going = Edit(plan).dependants(*chosen)
    counts: dict[str, int] = {}
    for name in going:
        if name not in chosen:
            kind = plan.resource(name).kind
            counts[kind] = counts.get(kind, 0) + 1
    parts = [_counted(kind, counts[kind]) for kind in KINDS if kind in counts]
    routes = _routes_to(plan, going)
    sentences = []
    if parts:
        go = "goes" if sum(counts.values()) == 1 else "go"
        sentences.append(f"{_listed(parts)} in there {go} too")
    if routes:
        become = "becomes a blackhole" if routes == 1 else "become blackholes"
        sentences.append(f"{count(routes, 'route')} elsewhere {become}")
    return "; ".join(sentences)


def _routes_to(plan: Plan, going: Sequence[str]) -> int:
    gone = set(going)
    return sum(
        link.field == "routes"
        for name in going
        for link in plan.mentions_of(name)
        if link.source not in gone and plan.resource(link.source).kind == "route-table"
    )


def _counted(kind: str, number: int) -> str:
    row = kind_named(kind)
    return count(number, row.noun, row.nouns)


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def describe(plan: Plan, box_ids: Sequence[str]) -> str:
    """What is meant, for labels of undo steps: the thing's name, or how many."""
    if len(box_ids) == 1:
        return called(plan, box_ids[0])
    kinds = {found.kind if (found := plan.find(name)) else "" for name in box_ids}
    if len(kinds) == 1 and "" not in kinds:
        return _counted(kinds.pop(), len(box_ids))
    return f"{len(box_ids)} things"
