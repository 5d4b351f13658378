"""A plan with one thing of every kind, made as the palette makes them: no kind is named here."""

from __future__ import annotations

from lambdaplanner.commands.places import container_of
from lambdaplanner.commands.things import add
from lambdaplanner.kinds import KINDS, ResourceKind
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource


def bare_plan() -> Plan:
    """Two VPCs with a subnet each, so that everything has a place."""
    plan = Plan()
    edit = Edit(plan)
    for vpc in ("vpc-1", "vpc-2"):
        add(edit, "vpc")
        add(edit, "subnet", vpc)
    return plan


def place_of(kind: ResourceKind, number: int = 1) -> str | None:
    """A container of a bare plan that takes a thing of this kind; None is the region."""
    place = kind.into[0]
    return f"{place}-{number}" if place in KINDS else place


def made(plan: Plan, kind: ResourceKind) -> Resource:
    """A new thing of a kind in a bare plan."""
    return plan.resource(add(Edit(plan), kind.slug, place_of(kind)))


def full_plan() -> Plan:
    """A bare plan with one thing more of every kind."""
    plan = bare_plan()
    for kind in KINDS.values():
        made(plan, kind)
    return plan


def home(plan: Plan, thing: Resource) -> str | None:
    """The container that a thing is drawn in."""
    return container_of(plan, thing.id)
