"""What was chosen on the way to attach a function to a VPC: the edit it makes, what is wrong with
it, what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lambdaplanner.analysis.answers import Answer, CapacityAnswer, FunctionCapacity
from lambdaplanner.commands.attachment import MOST_GROUPS, MOST_SUBNETS, connect_function
from lambdaplanner.editor.live import Live
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.function import VPC_ACCESS_POLICY, Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.changes import INFO, Change, ChangeSet, Key
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.facts import tier
from lambdaplanner.ui.panels.words import Word, count


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Everything the dialog asks."""

    function: str
    add_policy: bool = True
    vpc: str = ""
    subnets: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    new_group: str = ""
    """The id of a security group to make; empty: none."""


class Preview(NamedTuple):
    """What would be, once it is done."""

    internet: Answer
    capacity: CapacityAnswer
    function: FunctionCapacity | None


def first_choice(plan: Plan, function: Function) -> Choice:
    """What to begin with: how it is attached now, else the VPC that suits best with its private
    subnets.
    """
    if function.attached:
        subnet = plan.find(function.subnets[0])
        vpc = subnet.vpc if isinstance(subnet, Subnet) else ""
        return Choice(
            function=function.id, vpc=vpc, subnets=function.subnets, groups=function.security_groups
        )
    vpcs = [vpc.id for vpc in plan.ordered("vpc")]
    best = max(vpcs, key=lambda vpc: len(suitable_subnets(plan, vpc)), default="")
    return in_vpc(plan, Choice(function=function.id), best)


def in_vpc(plan: Plan, choice: Choice, vpc: str) -> Choice:
    """The same choice in another VPC: its suitable subnets, and a new group where it has none."""
    groups = [group.id for group in plan.ordered("security-group") if group.vpc == vpc]
    new = "" if groups or not vpc else free_group_id(plan, choice.function)
    return Choice(
        function=choice.function,
        add_policy=choice.add_policy,
        vpc=vpc,
        subnets=tuple(suitable_subnets(plan, vpc))[:MOST_SUBNETS],
        groups=tuple(groups[:1]),
        new_group=new,
    )


def suitable_subnets(plan: Plan, vpc: str) -> list[str]:
    """The private subnets of a VPC whose default route leads to a NAT gateway."""
    return [
        s.id for s in plan.ordered("subnet") if s.vpc == vpc and way_out(plan, s) == "nat-gateway"
    ]


def way_out(plan: Plan, subnet: Subnet) -> str:
    """The kind of thing that a subnet's way out leads through; "" where there is none."""
    for name in tier(plan, subnet).links[1:]:
        target = plan.find(name)
        if target is not None:
            return target.kind
    return ""


def free_group_id(plan: Plan, function: str) -> str:
    """An id for a new security group of a function."""
    wanted = f"{function[:58]}-sg"
    return wanted if wanted not in plan else Edit(plan).new_id(wanted)


def carry_out(edit: Edit, choice: Choice) -> None:
    """The whole attachment; raises EditError where AWS would refuse it."""
    groups = choice.groups
    if choice.new_group:
        edit.add(SecurityGroup(id=choice.new_group, vpc=choice.vpc))
        groups = (*groups, choice.new_group)
    connect_function(
        edit, choice.function, choice.vpc, choice.subnets, groups, add_policy=choice.add_policy
    )


def warnings(plan: Plan, choice: Choice) -> Iterator[Word]:
    """What is wrong with a choice, worst first; nothing here keeps anybody from doing it but what
    AWS refuses.
    """
    function = plan.find(choice.function)
    if isinstance(function, Function) and not (choice.add_policy or function.may_create_interfaces):
        yield Word(
            "error",
            f"Without {VPC_ACCESS_POLICY} Lambda cannot create the network interfaces, and AWS "
            f"refuses the attachment.",
        )
    subnets = [s for name in choice.subnets if isinstance(s := plan.find(name), Subnet)]
    yield from _subnet_warnings(plan, subnets)
    if len(choice.subnets) > MOST_SUBNETS:
        yield Word("error", f"A function has at most {MOST_SUBNETS} subnets.")
    number = len(choice.groups) + bool(choice.new_group)
    if number > MOST_GROUPS:
        yield Word("error", f"A function has at most {MOST_GROUPS} security groups.")
    if not number and choice.vpc:
        yield Word(
            "info", "Without a security group the VPC's default group guards the interfaces."
        )
    for name in choice.groups:
        group = plan.find(name)
        if isinstance(group, SecurityGroup) and group.outbound == ():
            yield Word("warning", f"{name} lets nothing out.")


def _subnet_warnings(plan: Plan, subnets: list[Subnet]) -> Iterator[Word]:
    if not subnets:
        yield Word("error", "Choose at least one subnet.")
        return
    ways = {subnet.id: way_out(plan, subnet) for subnet in subnets}
    for subnet in subnets:
        if ways[subnet.id] == "internet-gateway":
            yield Word(
                "error",
                f"{subnet.id} is a public subnet. An interface of a function never has a public "
                "address, so nothing from there reaches the internet.",
            )
    without = [name for name, way in ways.items() if not way]
    if without:
        names = ", ".join(without[:4])
        yield Word("warning", f"No way to the internet from {names}: there is no default route.")
    good = [name for name, way in ways.items() if way == "nat-gateway"]
    if good and len(good) < len(ways):
        yield Word(
            "warning", "The subnets differ: invocations that land in the wrong ones time out."
        )
    zones = {subnet.az for subnet in subnets}
    if len(zones) == 1:
        yield Word(
            "warning", f"All in one zone, {zones.pop()}: when it fails, the function does too."
        )


def refusal(plan: Plan, choice: Choice) -> str:
    """Why the choice cannot be carried out; "" where it can."""
    try:
        carry_out(Edit(scratch(plan)), choice)
    except EditError as error:
        return error.message
    return ""


def preview(plan: Plan, choice: Choice) -> Preview | None:
    """What would be; None where the choice cannot be carried out. The plan is not touched."""
    trial = scratch(plan)
    edit = Edit(trial)
    try:
        carry_out(edit, choice)
    except EditError:
        return None
    live = Live(trial)
    capacity = live.capacity()
    return Preview(
        live.internet(choice.function), capacity, capacity.functions.get(choice.function)
    )


def scratch(plan: Plan) -> Plan:
    """A copy to try something on."""
    parts = {INFO: Change(Plan().info, plan.info)}
    for name in plan:
        parts[Key("resource", name)] = Change(None, plan.resource(name))
        parts[Key("order", name)] = Change(None, plan.order(name))
    trial = Plan()
    trial.apply(ChangeSet(parts), notify=False)
    return trial


def summary(plan: Plan, choice: Choice) -> list[str]:
    """What will happen, step by step."""
    function = plan.find(choice.function)
    steps: list[str] = []
    if isinstance(function, Function) and choice.add_policy and not function.may_create_interfaces:
        steps.append(f"{VPC_ACCESS_POLICY} is attached to the role.")
    if choice.new_group:
        steps.append(f"The security group {choice.new_group} is made in {choice.vpc}.")
    if choice.subnets:
        each = count(len(choice.subnets), "subnet")
        steps.append(
            f"{choice.function} gets a network interface in {each} of {choice.vpc}: "
            f"{', '.join(choice.subnets)}."
        )
    groups = [*choice.groups, *([choice.new_group] if choice.new_group else [])]
    if groups:
        steps.append(
            f"{', '.join(groups)} {'guards' if len(groups) == 1 else 'guard'} the interfaces."
        )
    return steps
