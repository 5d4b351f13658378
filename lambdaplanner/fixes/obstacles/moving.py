"""Attaching functions: to the VPC of what they want to reach, and to subnets with a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lambdaplanner.analysis.packets import Station
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.attachment import connect_function
from lambdaplanner.commands.places import called, subnets_of
from lambdaplanner.fixes.parts import building
from lambdaplanner.fixes.parts.allowing import (
    allow,
    carries,
    group_of,
    rule,
    rules_of,
    unused_groups,
)
from lambdaplanner.fixes.parts.building import said_subnets
from lambdaplanner.fixes.registry import Fix, Met, clears
from lambdaplanner.fixes.stops import alike
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


def into_private_subnets(
    view: PlanAnalysis, functions: Sequence[Function], wrong: Sequence[str]
) -> Iterator[Fix]:
    """Functions out of subnets that they share, into private ones of the same zones that have a way
    out: those that are there, else new ones.
    """
    plan = view.plan
    zones = list(dict.fromkeys(view.subnet(name).az for name in wrong))
    vpc = view.subnet(wrong[0]).vpc
    there = {zone: _leading_out(plan, vpc, zone) for zone in zones}
    existing = [found for found in there.values() if found is not None]
    if existing:
        names = [subnet.id for subnet in existing]
        kept = [] if len(functions) > 1 else _kept(functions[0], wrong)
        yield Fix(
            slug="move-to-private-subnets",
            label=f"Attach {said_functions(functions)} to {said_subnets(plan, [*kept, *names])} "
            f"instead of {said_subnets(plan, list(wrong))}",
            command=lambda edit: _move(edit, functions, wrong, names),
        )
    if len(existing) < len(zones):
        yield _into_new_subnets(plan, functions, wrong, zones, building.private_subnet)
    yield _into_new_subnets(plan, functions, wrong, zones, building.made_private_subnet)


def said_functions(functions: Sequence[Function]) -> str:
    """One by its title, many by their number."""
    return functions[0].title if len(functions) == 1 else f"{len(functions)} functions"


def _kept(function: Function, wrong: Sequence[str]) -> list[str]:
    return [name for name in function.subnets if name not in wrong]


def _move(
    edit: Edit, functions: Sequence[Function], wrong: Sequence[str], names: Sequence[str]
) -> None:
    for function in functions:
        subnets = tuple(dict.fromkeys((*_kept(function, wrong), *names)))
        edit.update(function.id, subnets=subnets)


def _leading_out(plan: Plan, vpc: str, zone: str) -> Subnet | None:
    fitting = (s for s in subnets_of(plan, vpc) if s.az == zone and topology.leads_out(plan, s))
    return next(fitting, None)


Found = Callable[[Edit, str, str, int | None], str]
"""A private subnet of a VPC in a zone: there already, or made with this prefix length."""


def _into_new_subnets(
    plan: Plan,
    functions: Sequence[Function],
    wrong: Sequence[str],
    zones: Sequence[str],
    found: Found,
) -> Fix:
    def command(edit: Edit) -> None:
        names = []
        for zone in zones:
            old = next(s for s in map(edit.plan.resource, wrong) if getattr(s, "az", "") == zone)
            assert isinstance(old, Subnet)
            prefix = block(old.cidr).prefix
            names.append(found(edit, old.vpc, zone, prefix))
        _move(edit, functions, wrong, names)

    some = found is building.private_subnet
    whom, where = said_functions(functions), " and ".join(zones)
    return Fix(
        slug="add-private-subnets",
        label=f"Attach {whom} to {'private' if some else 'new private'} subnets with a NAT "
        f"gateway in {where}{', made where there are none,' if some else ''} instead of "
        f"{said_subnets(plan, list(wrong))}",
        command=command,
    )


@clears("LAMBDA_NOT_ATTACHED")
def attach_to_the_vpc(view: PlanAnalysis, met: Met) -> Iterator[Fix]:
    """The brief's three steps, and the rule that lets the function into its target."""
    function = view.plan.find(met.answer.source)
    goals = [stop.goal for stop in alike(met) if isinstance(stop.goal, Station)]
    if not isinstance(function, Function) or not goals:
        return
    vpc, target = goals[0].vpc, goals[0].id
    asked = (met.answer.protocol, met.answer.port)
    zones = [view.subnet(goal.subnet).az for goal in goals if goal.subnet]
    leading = private_by_zone(view.plan, vpc, zones, out=True)
    closed = private_by_zone(view.plan, vpc, zones, out=False)
    if leading or closed:
        for group in (*_let_in(view.plan, vpc, target, asked), None):
            yield _attached(view.plan, function, leading or closed, (target, group), asked)
    zones += [view.subnet(name).az for name in leading]
    yield _attached_anew(view.plan, function, vpc, list(dict.fromkeys(zones)), target, asked)


Asked = tuple[str, int | None]
"""Protocol and port of the question."""


def private_by_zone(plan: Plan, vpc: str, zones: Sequence[str], *, out: bool) -> list[str]:
    """A private subnet for each zone that has one, the zones of the target first; with `out` those
    that lead to the internet, else those that do not.
    """
    by_zone: dict[str, str] = {}
    private = [s for s in subnets_of(plan, vpc) if not topology.is_public(plan, s)]
    for subnet in private:
        if topology.leads_out(plan, subnet) is out:
            by_zone.setdefault(subnet.az, subnet.id)
    order = [*(zone for zone in dict.fromkeys(zones) if zone in by_zone), *by_zone]
    return [by_zone[zone] for zone in dict.fromkeys(order)]


def _let_in(plan: Plan, vpc: str, target: str, asked: Asked) -> Iterator[str]:
    """The security groups of a VPC that guard nothing yet, and that the target lets in."""
    thing = plan.find(target)
    named = getattr(thing, "security_groups", ())
    guards = [g for g in map(plan.find, named) if isinstance(g, SecurityGroup)]
    rules = [one for guard in guards for one in rules_of(guard, "inbound")]
    for group in unused_groups(plan, vpc):
        if any(one.security_group == group.id and carries(one, *asked) for one in rules):
            yield group.id


def _attached(
    plan: Plan, function: Function, subnets: list[str], to: tuple[str, str | None], asked: Asked
) -> Fix:
    """The function in some subnets, with a group that the target lets in already, or a new one."""
    target, group = to
    named = "a security group" if group is None else called(plan, group)

    def command(edit: Edit) -> None:
        if group is None:
            _connect(edit, function, subnets, target, asked)
        else:
            vpc = building.subnet_of(edit.plan, subnets[0]).vpc
            connect_function(edit, function.id, vpc, subnets, (group,))

    return Fix(
        slug="attach-function",
        label=f"Attach {function.title} to {said_subnets(plan, subnets)}, with {named} that "
        f"{called(plan, target)} lets in",
        command=command,
    )


def _attached_anew(
    plan: Plan, function: Function, vpc: str, zones: Sequence[str], target: str, asked: Asked
) -> Fix:
    def command(edit: Edit) -> None:
        made = [building.private_subnet(edit, vpc, zone) for zone in zones]
        _connect(edit, function, made, target, asked)

    return Fix(
        slug="attach-to-new-subnets",
        label=f"Attach {function.title} to private subnets of {called(plan, vpc)} with a NAT "
        f"gateway in {' and '.join(zones)}, made where there are none, with a security group that "
        f"{called(plan, target)} lets in",
        command=command,
    )


def _connect(
    edit: Edit, function: Function, subnets: Sequence[str], target: str, asked: Asked
) -> None:
    vpc = building.subnet_of(edit.plan, subnets[0]).vpc
    new_id = building.free_id(edit, f"{function.id}-sg", "sg")
    edit.add(SecurityGroup(id=new_id, vpc=vpc))
    connect_function(edit, function.id, vpc, subnets, (new_id,))
    guard = group_of(edit, target)
    allow(edit, guard, "inbound", rule(*asked, security_group=new_id))
