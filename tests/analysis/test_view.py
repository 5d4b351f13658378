"""What a view knows beside the engine's own answers, held against the engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.plan import Plan
from tests.benchmarks.plans import realistic_plan
from tests.checks.cases import plan_with

MAIN = """
  z-main: {vpc: main, main: true, routes: {0.0.0.0/0: igw}}
  a-main: {vpc: main, main: true}
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat}}"""
SUBNETS = """
  public: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: private-rt}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24}"""


@pytest.fixture(params=["sound", "mains", "realistic"])
def plan(request: pytest.FixtureRequest) -> Plan:
    plans: dict[str, Callable[[], Plan]] = {
        "sound": plan_with,
        "mains": lambda: plan_with(route_tables=MAIN, subnets=SUBNETS),
        "realistic": lambda: realistic_plan(400),
    }
    return plans[request.param]()


def test_tables_are_those_of_the_network(plan: Plan) -> None:
    view = PlanAnalysis(plan)
    for subnet in view.of(Subnet):
        table = view.table(subnet.id)
        compiled = view.network.table_of(subnet.id).id
        assert compiled == (f"main-rt:{subnet.vpc}" if table is None else table.id)


def test_an_answer_shared_is_the_own_answer(plan: Plan) -> None:
    view = PlanAnalysis(plan)
    for function in view.attached:
        shared, own = view.internet_like(function), view.internet(function.id)
        assert [(p.via, p.verdict) for p in shared.paths] == [(p.via, p.verdict) for p in own.paths]


def test_functions_with_open_groups_share_an_answer() -> None:
    view = PlanAnalysis(realistic_plan(400))
    asked = {view.internet_like(function).source for function in view.of(Function)}
    assert len(asked) < len(view.attached) / 2


def test_public_is_what_routes_to_the_gateway_of_its_vpc() -> None:
    view = PlanAnalysis(plan_with())
    assert [s.id for s in view.of(Subnet) if view.is_public(s.id)] == ["public"]
    view = PlanAnalysis(plan_with(internet_gateways="{igw: {vpc: other}}"))
    assert not any(view.is_public(s.id) for s in view.of(Subnet))
