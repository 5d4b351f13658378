"""Fixes for findings about room: addresses, interfaces, connections, quotas."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from lambdaplanner.analysis.capacity_question import ask
from lambdaplanner.analysis.hyperplane_model import Interfaces
from lambdaplanner.analysis.room import block_for
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.room import small_subnets
from lambdaplanner.commands.places import subnets_of
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.findings.blocks import renumber_subnet
from lambdaplanner.fixes.findings.zones import like
from lambdaplanner.fixes.obstacles.moving import said_functions
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import for_each, updating
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import RESERVED_ADDRESSES, Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import block, suggested_prefix
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

LARGEST = 16
MOST = 3
"""Of the things that could move, and of the subnets that could take them: each is tried."""


def grown(plan: Plan, subnet_id: str, prefix: int) -> str | None:
    """A block of this size for a subnet that is drawn anew: around its own where that is free, else
    the next free one of its VPC.
    """
    subnet = plan.resource(subnet_id)
    assert isinstance(subnet, Subnet)
    if prefix >= block(subnet.cidr).prefix:
        return None
    found = block_for(plan, subnet, prefix)
    return None if found is None else str(found)


def grow(edit: Edit, subnet_id: str, prefix: int) -> None:
    """Gives a subnet of the design a larger block. Raises EditError where there is no room."""
    cidr = grown(edit.plan, subnet_id, prefix)
    if cidr is None:
        raise EditError(f"there is no free /{prefix} for {subnet_id}")
    renumber_subnet(edit, subnet_id, cidr)


@mends("LAM-007", "LAM-022", together=True)
def more_room(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Larger subnets, more subnets, or a lower target; for all functions that are short of the same
    addresses.
    """
    function = subject(view, finding, Function)
    question = ask(view.plan, rows=view.ledger)
    answer = view.capacity().functions[function.id]
    today = finding.id == "LAM-007" and answer.verdict != "exhausted"
    if today:
        for vpc in view.places(function).vpcs:
            yield from _sharing(view, vpc)
        (asked,) = (one for one in question.functions if one.id == function.id)
        answer = Interfaces(question).function(asked)
    prefix = answer.suggested_prefix
    if prefix is not None:
        yield _larger_subnets(view, list(finding.subjects), prefix)
    for count in (1, 2):
        for size in dict.fromkeys((prefix, 22, 24)):
            if size is not None:
                yield _more_subnets(view, finding, count, size)
    for vpc in view.places(function).vpcs if _short_of_interfaces(view) else ():
        yield from _sharing(view, vpc)
    yield from _more_interfaces(view)
    if today:
        return
    if len(finding.members) > 1:
        yield _lower_together(view, finding)
        return
    fitting = answer.max_concurrency
    yield Fix(
        slug="lower-target",
        label=f"Lower the target of {function.title} to {fitting:,}",
        command=updating(function.id, concurrency=fitting),
    )


def _lower_together(view: PlanAnalysis, finding: Finding) -> Fix:
    """The targets of all that share, each by the same part, so that together they fit."""
    answer = view.capacity()
    rows = {name: answer.functions[name] for name in finding.members}
    subnets = next(iter(rows.values())).bottleneck
    free = sum(max(0, answer.subnets[name].free) for name in subnets)
    wanted = sum(row.demand for row in rows.values())

    def command(edit: Edit) -> None:
        for name, row in rows.items():
            edit.update(name, concurrency=row.concurrency * free // max(1, wanted))

    return Fix(
        slug="lower-target",
        label=f"Lower the targets of {len(rows)} functions alike, to {free:,} of {wanted:,}",
        command=command,
    )


def _larger_subnets(view: PlanAnalysis, functions: Sequence[str], prefix: int) -> Fix:
    """The blocks that the address plan has for the subnets of some functions, as the finding tells
    them; what is left for these alone where that has no room for all that is short.
    """
    rooms = [view.rooms.get(name) for name in functions]
    if all(room is not None and len(room.places) == room.subnets for room in rooms):
        blocks = dict(place for room in rooms if room is not None for place in room.places)
        named = [f"{name} as {cidr}" for name, cidr in blocks.items()]
        said = f"{', '.join(named[:MOST])} and {len(named) - MOST} more"
        return Fix(
            slug="grow-subnets",
            label=f"Draw {said if len(named) > MOST + 1 else ' and '.join(named)}",
            command=for_each(blocks, lambda edit, name: renumber_subnet(edit, name, blocks[name])),
        )
    short = dict.fromkeys(s for name in functions for s in small_subnets(view, name, prefix))
    return Fix(
        slug="grow-subnets",
        label=f"Make {' and '.join(short)} a /{prefix}{' each' if len(short) > 1 else ''}",
        command=for_each(short, lambda edit, name: grow(edit, name, prefix)),
    )


def _more_interfaces(view: PlanAnalysis) -> Iterator[Fix]:
    """Where today's model is short of interfaces and not of addresses, the quota that is needed."""
    most = _interfaces(view)
    if _short_of_interfaces(view):
        yield Fix(
            slug="raise-quota",
            label=f"Plan with a raised quota of {most:,} interfaces in a VPC",
            command=partial(Edit.set_settings, hyperplane_enis_per_vpc=most),
        )


def _short_of_interfaces(view: PlanAnalysis) -> bool:
    settings = view.plan.info.settings
    asked = settings.capacity_model == "hyperplane"
    return asked and _interfaces(view) > settings.hyperplane_enis_per_vpc


def _interfaces(view: PlanAnalysis) -> int:
    """The most interfaces of Lambda that one VPC has under today's model."""
    return max(Interfaces(ask(view.plan, rows=view.ledger)).per_vpc.values(), default=0)


def _more_subnets(view: PlanAnalysis, finding: Finding, count: int, prefix: int) -> Fix:
    """Subnets like those of the first of the functions that lack the same, for all of them."""
    functions = [view.plan.of(Function.kind)[name] for name in finding.subjects]
    function = functions[0]
    zones = view.places(function).zones
    ways = "one more subnet" if count == 1 else "one more subnet in each zone"

    def command(edit: Edit) -> None:
        new = []
        for zone in zones if count > 1 else zones[:1]:
            old = next(name for name in function.subnets if view.subnet(name).az == zone)
            new.append(like(edit, old, zone, prefix))
        for one in functions:
            edit.update(one.id, subnets=(*one.subnets, *new))

    return Fix(
        slug="add-subnets",
        label=f"Attach {said_functions(functions)} to {ways}, a /{prefix}",
        command=command,
    )


@mends("NET-014", "NET-018")
def roomier_subnet(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The block that holds what is used, with some to spare; or less in it."""
    subnet = next(n for n in finding.about if isinstance(view.plan.find(n), Subnet))
    used = view.ledger[subnet].used
    least = max(LARGEST, min(27, suggested_prefix(used * 5 // 4 + RESERVED_ADDRESSES + 1)))
    for prefix in (least, least - 1):
        if prefix >= LARGEST:
            yield Fix(
                slug="grow-subnet",
                label=f"Make {subnet} a /{prefix}",
                command=partial(grow, subnet_id=subnet, prefix=prefix),
            )
    yield from _elsewhere(view, finding, view.subnet(subnet))


def _elsewhere(view: PlanAnalysis, finding: Finding, full: Subnet) -> Iterator[Fix]:
    """What takes most of a subnet in another one of the VPC that leads where this one leads: those
    of the same zone first.
    """
    takers = sorted(view.ledger[full.id].used_by, key=lambda taker: (-taker[1], taker[0]))
    movable = [
        (thing, count)
        for name, count in takers
        if isinstance(thing := view.plan.find(name), Workload | Endpoint)
        if getattr(thing, "private_ip", None) is None
    ]
    movable.sort(key=lambda taker: taker[0].id != finding.about[0])
    others = [
        place
        for place in subnets_of(view.plan, full.vpc)
        if place.id != full.id and view.is_public(place.id) is view.is_public(full.id)
    ]
    others.sort(key=lambda place: place.az != full.az)
    for thing, count in movable[:MOST]:
        roomy = [
            place
            for place in others
            if place.id not in thing.subnets and view.ledger[place.id].free >= count
        ]
        for place in roomy[:MOST]:
            subnets = tuple(place.id if s == full.id else s for s in thing.subnets)
            yield Fix(
                slug="move",
                label=f"Move {thing.title} from {full.title} to {place.title}",
                command=updating(thing.id, subnets=subnets),
            )


@mends("LAM-008", "LAM-009")
def shared_groups(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """All functions of the VPC behind the groups of the first: fewer interfaces, and the same
    rights for all. Offered where no promise breaks.
    """
    vpc = finding.about[0]
    yield from _sharing(view, vpc)
    if finding.id == "LAM-008":
        count = 5 * view.plan.info.settings.hyperplane_enis_per_vpc
        yield Fix(
            slug="raise-quota",
            label=f"Plan with a raised quota of {count:,} interfaces",
            command=lambda edit: edit.set_settings(hyperplane_enis_per_vpc=count),
        )


def _sharing(view: PlanAnalysis, vpc: str) -> Iterator[Fix]:
    """The groups of the first for those that allow the same; then for all."""
    here = [f for f in view.attached if vpc in view.places(f).vpcs and f.security_groups]
    alike: dict[object, list[Function]] = {}
    for function in here:
        alike.setdefault(_rights(view, function), []).append(function)
    some = [family for family in alike.values() if len({f.security_groups for f in family}) > 1]
    if some:
        named = " and ".join(", ".join(family[0].security_groups) for family in some)
        yield Fix(
            slug="share-groups",
            label=f"Give the functions in {vpc} whose security groups allow the same only one of "
            f"each: {named}",
            command=partial(_share, families=some),
        )
    if here and len(alike) > 1:
        yield Fix(
            slug="share-groups",
            label=f"Give all functions in {vpc} the same security groups: "
            f"{', '.join(here[0].security_groups)}",
            command=partial(_share, families=[here]),
        )


def _share(edit: Edit, families: Sequence[Sequence[Function]]) -> None:
    for family in families:
        for function in family:
            edit.update(function.id, security_groups=family[0].security_groups)


def _rights(view: PlanAnalysis, function: Function) -> object:
    """What the groups of a function allow, and where others let them in by name."""
    groups = view.groups(function)
    named = frozenset(
        link.source
        for group in groups
        for link in view.plan.mentions_of(group.id)
        if link.field != "security_groups"
    )
    return (
        frozenset(rule for group in groups for rule in group.inbound),
        frozenset(rule for group in groups for rule in group.outbound_rules),
        named,
    )
