"""What is carried from one state of a plan to the next is what the next one says by itself."""

from __future__ import annotations

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import compare
from lambdaplanner.checks.promises import states, states_after
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.model.edit import Edit

BEHIND_A_GROUP = """
lambdaplanner: 1
region: eu-west-1
vpcs: {v: {cidr: 10.0.0.0/16}}
subnets: {a: {vpc: v, az: eu-west-1a, cidr: 10.0.1.0/24}}
security_groups: {own: {vpc: v}, shut: {vpc: v, inbound: []}}
endpoints: {queues: {vpc: v, service: sqs, type: interface, subnets: [a], security_groups: [shut]}}
functions:
  f: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [a], security_groups: [own]}
expectations: [{from: f, to: "aws:sqs", expect: reachable}]
"""


def test_a_promise_about_a_service_follows_the_group_of_its_endpoint() -> None:
    before = PlanAnalysis(read_text(BEHIND_A_GROUP, where="group").plan)
    assert [state.verdict for state in states(before).values()] == ["unreachable"]
    copy = before.plan.copy()
    edit = Edit(copy)
    edit.update("shut", inbound=(SecurityGroupRule(protocol="tcp", cidr="10.0.0.0/16"),))
    after = before.after(edit.changes, copy)
    found = states_after(before, after, edit.changes)
    assert [state.verdict for state in found.values()] == ["reachable"]
    (promise,) = compare(before, after, edit.changes).expectations
    assert promise.before is not None
    assert promise.after is not None
    assert (promise.before.ok, promise.after.ok) == (False, True)


def test_so_does_every_pair_with_the_service() -> None:
    """Only functions and workloads were asked whose groups they have: the preview of a way to open
    an endpoint showed nothing.
    """
    before = PlanAnalysis(read_text(BEHIND_A_GROUP, where="group").plan)
    copy = before.plan.copy()
    edit = Edit(copy)
    edit.update("shut", inbound=(SecurityGroupRule(protocol="tcp", cidr="10.0.0.0/16"),))
    after = before.after(edit.changes, copy)
    found = compare(before, after, edit.changes).verdicts
    assert found == compare(before, after).verdicts
    assert [(one.source, one.target, one.after) for one in found] == [("f", "aws:sqs", "reachable")]
