"""Ways to mend that were found wrong: bought where something was free, opened where something was
shut, built beside what lay there unused, or offered twice.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import report
from lambdaplanner.fixes.cost import Cost
from lambdaplanner.fixes.promises import PROMISED_SHUT
from lambdaplanner.fixes.repair import EXPECTATION, MANY, Remedy, Selection, repair, troubles, ways
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.problems import PromiseProblem
from tests.found.plans import found


class Mended(NamedTuple):
    """What `fix --write` does by itself to a plan, and the only lines that it changes."""

    name: str
    edits: tuple[str, ...]


MENDED = (
    Mended(
        "fix-opens-a-private-subnet",
        ("changes workload front: subnets: adds pub-b, removes priv-b",),
    ),
    Mended(
        "fix-builds-a-gateway-in-a-spoke",
        ("changes route table s-rt: routes: adds 0.0.0.0/0 to hub",),
    ),
    Mended(
        "fix-takes-the-acl-off",
        (
            "changes network ACL a-acl: inbound rules: adds 110 allow tcp 443 from 10.20.2.0/24; "
            "outbound rules: adds 110 allow tcp 1024-65535 to 10.20.2.0/24",
        ),
    ),
    Mended(
        "fix-buys-nat-where-an-endpoint-is-free",
        ("changes VPC endpoint ddb-ep: route tables: adds pub-rt",),
    ),
    Mended(
        "fix-makes-a-second-group",
        ("changes workload files: security groups: adds efs-sg",),
    ),
    Mended(
        "fix-offers-one-way-twice",
        ("changes security group ep-sg: inbound rules: adds tcp 443 from fn-sg",),
    ),
    Mended(
        "ipv4-only-egress-rule",
        ("changes security group fn-sg: outbound rules: adds tcp 443 to 2606:4700::1111/128",),
    ),
)


def plan_of(name: str) -> Plan:
    path = found(name)
    return read_text(path.read_text(encoding="utf-8"), where=str(path)).plan


def offered(name: str) -> dict[str, list[Remedy]]:
    """The ways for everything that is wrong with a plan, by its id and what it is about."""
    view = PlanAnalysis(plan_of(name))
    return {
        f"{trouble.id} {' '.join(trouble.about)}": ways(view, trouble)
        for trouble in troubles(view, Selection(), None)
    }


@pytest.mark.parametrize("mended", MENDED, ids=lambda mended: mended.name)
def test_what_is_written_by_itself(mended: Mended) -> None:
    result = repair(plan_of(mended.name), Selection(failing=True), None, None)

    assert [line.text for one in result.done for line in one.way.edits] == list(mended.edits)
    assert result.left == []


@pytest.mark.parametrize("mended", MENDED, ids=lambda mended: mended.name)
def test_ways_stand_in_the_order_of_their_cost(mended: Mended) -> None:
    for found_ways in offered(mended.name).values():
        costs = [way.cost for way in found_ways]
        assert costs == sorted(costs)


def test_groups_are_shared_and_the_quota_is_raised_only_when_asked() -> None:
    result = repair(plan_of("group-per-function"), Selection(failing=True), None, None)

    assert {one.way.offer.fix.slug for one in result.done} == {"share-groups"}
    assert result.left == []
    functions: dict[str, Any] = dict(result.plan.of("function"))
    assert {function.security_groups for function in functions.values()} == {("g00",)}
    quota = result.plan.info.settings.hyperplane_enis_per_vpc
    assert quota == plan_of("group-per-function").info.settings.hyperplane_enis_per_vpc
    asked = repair(plan_of("group-per-function"), Selection(failing=True), "raise-quota", None)
    assert asked.plan.info.settings.hyperplane_enis_per_vpc > quota


def test_one_way_is_offered_once() -> None:
    rows = offered("fix-offers-one-way-twice")["END-001 sts-ep orders ep-sg"]
    assert [way.offer.fix.label for way in rows] == [
        "Allow inbound tcp 443 from fn-sg in ep-sg",
        "Allow inbound tcp 443 from 10.20.1.0/24 and tcp 443 from 10.20.2.0/24 in ep-sg",
    ]


def test_the_ipv6_internet_is_offered_beside_the_one_address() -> None:
    rows = offered("ipv4-only-egress-rule")[f"{EXPECTATION} orders 2606:4700::1111"]
    assert [way.offer.fix.label for way in rows] == [
        "Allow outbound tcp 443 to 2606:4700::1111/128 in fn-sg",
        "Allow outbound tcp 443 to ::/0 in fn-sg",
    ]
    assert [way.cost for way in rows] == [Cost.FAULT, Cost.BOUNDARY], "wider than what is asked"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("fix-opens-a-private-subnet", "route-to-internet-gateway"),
        ("fix-takes-the-acl-off", "take-acl-off"),
    ],
)
def test_a_boundary_is_opened_only_when_it_is_named(name: str, slug: str) -> None:
    trouble = f"{EXPECTATION} "
    rows = [
        way for key, found_ in offered(name).items() if key.startswith(trouble) for way in found_
    ]

    assert [way.cost for way in rows if way.offer.fix.slug == slug] == [Cost.BOUNDARY]
    chosen = repair(plan_of(name), Selection(ids=(EXPECTATION,)), slug, None)
    assert [one.way.offer.fix.slug for one in chosen.done] == [slug]


def test_what_is_promised_shut_says_so() -> None:
    """P4 of the window: mending a kept promise of `unreachable`."""
    path = found("fix-offers-one-way-twice")
    text = path.read_text(encoding="utf-8").replace("expect: reachable", "expect: unreachable")
    view = PlanAnalysis(read_text(text, where=str(path)).plan)
    question = Selection(question=("orders", "aws:sts", None, "tcp"))

    (trouble,) = troubles(view, question, None)
    first = ways(view, trouble)[0]

    assert trouble.message.endswith(PROMISED_SHUT)
    assert [line.text for line in first.edits] == [
        "changes security group ep-sg: inbound rules: adds tcp 443 from fn-sg",
        "changes the expectations: adds orders to aws:sts, tcp, reachable; "
        "removes orders to aws:sts, tcp, unreachable",
    ]
    assert first.cost == Cost.BOUNDARY
    assert first.offer.after.question("orders", "aws:sts").verdict == "reachable"
    assert repair(view.plan, question, None, None).done == []
    problem = PromiseProblem.of_question(view, view.question("orders", "aws:sts"))
    assert problem.message == PROMISED_SHUT
    assert problem.word.text == "Promised"


@pytest.mark.parametrize(
    ("name", "target", "slug", "sentence"),
    [
        (
            "reach-advises-nat-in-an-isolated-vpc",
            "aws:ssm",
            "add-interface-endpoint",
            "Add an interface endpoint for ssm in in-a.",
        ),
        (
            "reach-advises-nat-beside-an-endpoint",
            "aws:dynamodb",
            "use-gateway-endpoint",
            "Associate the gateway endpoint ddb-ep with in-rt.",
        ),
        (
            "fix-builds-a-gateway-in-a-spoke",
            "internet",
            "route-to-egress-vpc",
            "Route 0.0.0.0/0 in s-rt to hub, by which the NAT gateway of exit leads to the "
            "internet.",
        ),
        (
            "fix-buys-nat-where-an-endpoint-is-free",
            "aws:dynamodb",
            "use-gateway-endpoint",
            "Associate the gateway endpoint ddb-ep with pub-rt.",
        ),
    ],
)
def test_reach_advises_what_fix_offers_first(
    name: str, target: str, slug: str, sentence: str
) -> None:
    view = PlanAnalysis(plan_of(name))
    answer = view.question("orders", target)
    question = Selection(question=("orders", target, None, "tcp"))

    (trouble,) = troubles(view, question, None)

    assert answer.paths[0].obstacles[0].fix == sentence
    assert ways(view, trouble)[0].offer.fix.slug == slug


PUBLIC_ATTACHMENT = """\
lambdaplanner: 1
region: eu-west-1
vpcs:
  shop: {cidr: 10.20.0.0/16}
  exit: {cidr: 10.29.0.0/24}
internet_gateways:
  igw: {vpc: exit}
subnets:
  s-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.1.0/24, route_table: s-rt}
  priv-a: {vpc: exit, az: eu-west-1a, cidr: 10.29.0.0/28, route_table: t-rt}
  pub-a: {vpc: exit, az: eu-west-1a, cidr: 10.29.0.64/27, route_table: n-rt}
nat_gateways:
  nat-a: {subnet: pub-a}
route_tables:
  s-rt: {vpc: shop, routes: {0.0.0.0/0: hub}}
  t-rt: {vpc: exit, routes: {0.0.0.0/0: nat-a}}
  n-rt: {vpc: exit, routes: {0.0.0.0/0: igw, 10.20.0.0/16: hub}}
security_groups:
  fn-sg: {vpc: shop}
transit_gateways:
  hub:
    attachments:
      shop: {subnets: [s-a], route_table: spokes}
      exit: {subnets: [pub-a], route_table: back}
    route_tables:
      spokes: {propagate: [], routes: {0.0.0.0/0: exit}}
      back: {propagate: [shop]}
functions:
  orders:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [s-a]
    security_groups: [fn-sg]
expectations:
  - {from: orders, to: internet, expect: reachable}
"""


def test_an_attachment_in_public_subnets_is_moved() -> None:
    """F12: the way out of the hub's VPC is a NAT gateway, and the attachment does not use it."""
    plan = read_text(PUBLIC_ATTACHMENT, where="a test").plan

    result = repair(plan, Selection(ids=(EXPECTATION,)), None, None)

    assert [one.way.offer.fix.slug for one in result.done] == ["attach-in-private-subnet"]
    hub: Any = result.plan.resource("hub")
    assert hub.attachment("exit").subnets == ("priv-a",)
    assert set(result.plan) == set(plan), "nothing is built"


def test_of_many_only_the_best_way_is_looked_for() -> None:
    view = PlanAnalysis(plan_of("slow-star-12x12"))
    found_ = troubles(view, Selection(ids=(EXPECTATION,)), None)

    assert len(found_) == 144 > MANY
    (only,) = ways(view, found_[0], 1)
    assert only.offer.fix.label == (
        "Allow outbound tcp 5432 to gw0 in gf0; Allow inbound tcp 5432 from gf0 in gw0"
    )


def test_ranges_of_a_service_in_an_acl_are_not_opened_to_everybody() -> None:
    """An interface endpoint beside the function needs nothing of the ACL; the order is by cost."""
    rows = offered("acl-with-s3-ranges")[f"{EXPECTATION} orders aws:s3"]

    assert [(way.offer.fix.slug, way.cost) for way in rows] == [
        ("add-interface-endpoint", Cost.PAID),
        ("take-acl-off", Cost.BOUNDARY),
        ("clear-path", Cost.BOUNDARY),
    ]
    view = rows[0].offer.after
    assert view.question("orders", "aws:s3").verdict == "reachable"
    assert view.plan.resource("in-acl") == plan_of("acl-with-s3-ranges").resource("in-acl")
    assert "s3-ep" in view.plan, "nothing is removed"
    assert not any(one.id == "END-004" for one in report(view.plan).findings)


def test_an_acl_that_lists_nothing_outside_may_let_a_service_in() -> None:
    """There the entries are what is missing, and cost nothing."""
    path = found("acl-with-s3-ranges")
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(in|out)bound:\n( {6}.*\n)+", r"\1bound: {}\n", text)
    view = PlanAnalysis(read_text(text, where=str(path)).plan)
    (trouble, *_) = troubles(view, Selection(ids=(EXPECTATION,)), None)

    assert ways(view, trouble)[0].offer.fix.label.startswith("Allow outbound tcp 443 to 0.0.0.0/0")
