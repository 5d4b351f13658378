"""What was chosen on the way to attach a function to a VPC: the edit it makes, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from lambdaplanner.analysis.answers import Answer, CapacityAnswer, FunctionCapacity
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.commands.attachment import MOST_SUBNETS, connect_function
from lambdaplanner.editor.attachment import (
    Caution,
    cautions_about,
    recommended_subnets,
    suitable_subnets,
)
from lambdaplanner.editor.trial import scratch
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

_GUARDED = (Workload.kind, Endpoint.kind)
"""What else has security groups; its groups say what may come in to it."""


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

    def followed(self, renamed: Mapping[str, str]) -> Choice:
        """The same choice after things got other ids."""
        return replace(
            self,
            function=renamed.get(self.function, self.function),
            vpc=renamed.get(self.vpc, self.vpc),
            subnets=tuple(renamed.get(name, name) for name in self.subnets),
            groups=tuple(renamed.get(name, name) for name in self.groups),
        )


class Preview(NamedTuple):
    """What would be, once it is done."""

    internet: Answer
    capacity: CapacityAnswer
    function: FunctionCapacity | None


class Trial(NamedTuple):
    """A choice as it was tried on a copy of the plan."""

    refusal: str
    """Why it cannot be carried out; "" where it can."""
    cautions: tuple[Caution, ...]
    """What is wrong with it, worst first."""
    preview: Preview | None
    """What would be; None where it cannot be carried out."""


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
    """The same choice in another VPC: its suitable subnets, and a group for functions, a new one
    where it has none.
    """
    groups = groups_for_functions(plan, vpc)
    new = "" if groups or not vpc else free_group_id(plan, choice.function)
    return Choice(
        function=choice.function,
        add_policy=choice.add_policy,
        vpc=vpc,
        subnets=tuple(recommended_subnets(plan, vpc))[:MOST_SUBNETS],
        groups=tuple(groups[:1]),
        new_group=new,
    )


def groups_for_functions(plan: Plan, vpc: str) -> list[str]:
    """The groups of a VPC that a function may have without opening anything to it unasked: those
    that functions alone have, then unused ones that let nothing in; never what guards a database.
    """
    of_functions: list[str] = []
    unused: list[str] = []
    for group in plan.ordered(SecurityGroup.kind):
        if not isinstance(group, SecurityGroup) or group.vpc != vpc:
            continue
        if any(plan.users(group.id, "security_groups", kind) for kind in _GUARDED):
            continue
        if plan.users(group.id, "security_groups", Function.kind):
            of_functions.append(group.id)
        elif not group.inbound:
            unused.append(group.id)
    return [*of_functions, *unused]


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


def tried(plan: Plan, choice: Choice) -> Trial:
    """What would be if the choice were carried out; the plan is not touched."""
    function = plan.find(choice.function)
    if not isinstance(function, Function):
        return Trial("there is no such function", (), None)
    trial = scratch(plan)
    try:
        carry_out(Edit(trial), choice)
    except EditError as error:
        reason = error.message
        return Trial(reason, (Caution("error", (), f"{reason[0].upper()}{reason[1:]}."),), None)
    view = PlanAnalysis(trial)
    capacity = view.capacity()
    preview = Preview(
        view.internet(choice.function), capacity, capacity.functions.get(choice.function)
    )
    return Trial("", tuple(cautions_about(view, choice.function)), preview)


def summary(plan: Plan, choice: Choice) -> list[str]:
    """What will happen, step by step."""
    function = plan.find(choice.function)
    steps: list[str] = []
    if (
        isinstance(function, Function)
        and choice.add_policy
        and function.interface_rights != "allowed"
    ):
        steps.append(f"{VPC_ACCESS_POLICY} is attached to the role.")
    if choice.new_group:
        steps.append(f"The security group {choice.new_group} is made in {choice.vpc}.")
    if choice.subnets:
        number = len(choice.subnets)
        where = "" if number == 1 else f"each of {number} subnets of {choice.vpc}: "
        steps.append(
            f"{choice.function} gets a network interface in {where}{', '.join(choice.subnets)}."
        )
    groups = [*choice.groups, *([choice.new_group] if choice.new_group else [])]
    if groups:
        steps.append(
            f"{', '.join(groups)} {'guards' if len(groups) == 1 else 'guard'} the interfaces."
        )
    return steps
