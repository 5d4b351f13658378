"""What is tried on copies of one plan, many states beside one another, says what a fresh start
says of each: they share what they found out.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from lambdaplanner.analysis.survey import reach_among
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import compare
from lambdaplanner.checks.promises import broken_by, states_after
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource
from tests.analysis.reach_plans import plan_from
from tests.properties.flight_judge import Question
from tests.properties.flight_worlds import a_plan, a_question
from tests.properties.test_live_worlds import one_edit, said

WORLDS, STATES, QUESTIONS = 24, 7, 6
Draft = Callable[[random.Random, Edit], None]


def named(chance: random.Random, plan: Plan, kind: type[Resource]) -> str:
    """One of a kind; of none the edit is given up."""
    there = sorted(plan.of(kind.kind))
    if not there:
        raise EditError(f"there is no {kind.kind}")
    return chance.choice(there)


def joined(chance: random.Random, edit: Edit) -> None:
    """Two VPCs are peered, and their tables lead there."""
    one, other = (named(chance, edit.plan, Vpc) for _ in range(2))
    edit.add(Peering(id="new-peering", vpcs=(one, other)))
    for here, there in ((one, other), (other, one)):
        destination = edit.plan.of("vpc")[there].cidr
        for table in list(edit.plan.of(RouteTable.kind).values()):
            if table.vpc == here and chance.random() < 0.8:
                kept = tuple(r for r in table.routes if r.destination != destination)
                route = Route(destination=destination, target="new-peering")
                edit.update(table.id, routes=(*kept, route))


def led_out(chance: random.Random, edit: Edit) -> None:
    """A NAT gateway, and perhaps a table that leads to it."""
    edit.add(NatGateway(id="new-nat", subnet=named(chance, edit.plan, Subnet)))
    if chance.random() < 0.7:
        table = edit.plan.of(RouteTable.kind)[named(chance, edit.plan, RouteTable)]
        kept = tuple(r for r in table.routes if r.destination != "0.0.0.0/0")
        edit.update(table.id, routes=(*kept, Route(destination="0.0.0.0/0", target="new-nat")))


def widened(chance: random.Random, edit: Edit) -> None:
    """A subnet like another one, of a table of its own or of any, and things that go into it."""
    like = edit.plan.of(Subnet.kind)[named(chance, edit.plan, Subnet)]
    table = chance.choice((None, like.route_table))
    if chance.random() < 0.5:
        target = chance.choice(("blackhole", *sorted(edit.plan.of(NatGateway.kind))))
        routes = (Route(destination="0.0.0.0/0", target=target),)
        edit.add(RouteTable(id="new-table", vpc=like.vpc, routes=routes))
        table = "new-table"
    base = like.cidr.rpartition(".")[0].rpartition(".")[0]
    cidr = f"{base}.{chance.choice((200, 201))}.0/24"
    edit.add(Subnet(id="new-subnet", vpc=like.vpc, az="b", cidr=cidr, route_table=table))
    for kind in (Function, Workload):
        if chance.random() < 0.7:
            name = named(chance, edit.plan, kind)
            subnets = edit.plan.of(kind.kind)[name].subnets
            edit.update(name, subnets=(*subnets[:1], "new-subnet"))


def guarded(chance: random.Random, edit: Edit) -> None:
    """A group of its own for something."""
    vpc = named(chance, edit.plan, Vpc)
    rule = SecurityGroupRule(protocol="tcp", cidr=chance.choice(("0.0.0.0/0", "10.0.0.0/8")))
    edit.add(SecurityGroup(id="new-group", vpc=vpc, inbound=(rule,), outbound=(rule,)))
    edit.update(
        named(chance, edit.plan, chance.choice((Function, Workload))),
        security_groups=("new-group",),
    )


def joined_by_one_more(chance: random.Random, edit: Edit) -> None:
    """A new function."""
    subnets = (named(chance, edit.plan, Subnet),)
    edit.add(Function(id="new-function", subnets=subnets, role_policies=(VPC_ACCESS_POLICY,)))


DRAFTS: tuple[Draft, ...] = (joined, joined, led_out, widened, widened, guarded, joined_by_one_more)


def promising(plan: Plan, questions: list[Question]) -> None:
    """The plan promises what is asked of it, as far as that makes sense."""
    edit = Edit(plan)
    edit.set_expectations(
        tuple(
            Expectation(source=q.source, target=q.target, protocol=q.protocol, expect="reachable")
            for q in questions
            if q.protocol != "icmp"
        )
    )
    plan.announce(edit.changes)


def tried(
    chance: random.Random, before: PlanAnalysis, other: Plan
) -> tuple[PlanAnalysis, ChangeSet]:
    """A state that differs from another by one to three edits."""
    plan = before.plan.copy()
    edit = Edit(plan)
    for _ in range(chance.choice((1, 1, 2, 3))):
        kept = edit.changes
        part = Edit(plan)
        try:
            if chance.random() < 0.6:
                chance.choice(DRAFTS)(chance, part)
            else:
                one_edit(chance, part, other)
        except EditError:
            part.roll_back()
        edit.changes = kept.then(part.changes)
    return before.after(edit.changes, plan), edit.changes


def answer(view: PlanAnalysis, question: Question) -> tuple[object, object]:
    source, target, protocol = question.source, question.target, question.protocol
    number = None if protocol == "icmp" else 443
    return (
        said(lambda: list(reach_among(view.network, [(source, target)]))),
        said(lambda: view.question(source, target, number, protocol)),
    )


def answers(view: PlanAnalysis, questions: list[Question]) -> list[object]:
    return [answer(view, question) for question in questions]


@pytest.mark.parametrize("start", range(0, WORLDS, 8))
def test_tried_states_are_as_from_scratch(start: int) -> None:
    for seed in range(start, start + 8):
        chance = random.Random(seed)
        sections, wanted = a_plan(chance), a_plan(chance)
        plan, other = plan_from(sections), plan_from(wanted)
        questions = [a_question(chance, sections) for _ in range(QUESTIONS)]
        promising(plan, questions)
        first = PlanAnalysis(plan)
        answers(first, questions)
        raw_findings(first)
        befores = [first]
        for _ in range(STATES):
            before = chance.choice(befores)
            view, changes = tried(chance, before, other)
            fresh = PlanAnalysis(view.plan)
            carried = dict(states_after(before, view, changes))
            assert answers(view, questions) == answers(fresh, questions), seed
            assert carried == dict(states_after(before, fresh, None)), seed
            assert broken_by(before, view, changes) == broken_by(before, fresh), seed
            assert raw_findings(view) == raw_findings(fresh), seed
            alone = compare(PlanAnalysis(before.plan), PlanAnalysis(view.plan))
            assert compare(before, view, changes) == alone, seed
            befores.append(view)
