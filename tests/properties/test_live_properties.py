"""Whatever is edited, and however often anybody asks in between: live answers are those of a fresh
start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.nat_ports import nat_ports
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.room import rooms
from lambdaplanner.analysis.survey import reach_from
from lambdaplanner.analysis.worst_zone import worst_zone
from lambdaplanner.checks.report import report
from lambdaplanner.editor.live import Live
from lambdaplanner.errors import EditError
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.document import Acknowledgement, Expectation
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.quotas import Quotas
from tests.effort import examples

TODAY = date(2026, 6, 1)
START = """
lambdaplanner: 1
vpcs: {main: {cidr: 10.0.0.0/16}}
internet_gateways: {igw: {vpc: main}}
subnets:
  s0: {vpc: main, az: a, cidr: 10.0.0.0/28, route_table: rt0}
  s1: {vpc: main, az: a, cidr: 10.0.1.0/28, route_table: rt1}
  s2: {vpc: main, az: b, cidr: 10.0.2.0/28}
nat_gateways: {nat: {subnet: s0}}
route_tables:
  rt0: {vpc: main, routes: {0.0.0.0/0: igw}}
  rt1: {vpc: main, main: true, routes: {0.0.0.0/0: nat}}
security_groups: {sg0: {vpc: main}, sg1: {vpc: main, inbound: [{security_group: sg0}]}}
functions:
  f0: {subnets: [s1, s2], security_groups: [sg0], concurrency: 12}
  f1: {subnets: [s1], role_policies: [AWSLambdaVPCAccessExecutionRole]}
workloads: {w0: {type: rds, subnets: [s2], security_groups: [sg1]}}
expectations: [{from: f0, to: internet, expect: reachable}, {from: f0, to: w0, expect: reachable}]
"""
SUBNETS = ("s0", "s1", "s2")
Step = Callable[[Edit], None]


def update(name: str, field: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    return values.map(lambda value: lambda edit: edit.update(name, **{field: value}))


functions = st.sampled_from(("f0", "f1", "f2"))
subnets = st.lists(st.sampled_from(SUBNETS), unique=True).map(tuple)
targets = st.sampled_from(("igw", "nat", "blackhole"))
numbers = st.integers(0, 40)


def on_functions(field: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[Step]:
    return functions.flatmap(lambda name: update(name, field, values))


def adding(edit: Edit, name: str, ways: tuple[str, ...]) -> None:
    edit.add(Function(id=name, subnets=ways, role_policies=(VPC_ACCESS_POLICY,)))


STEPS: st.SearchStrategy[Step] = st.one_of(
    on_functions("concurrency", numbers),
    on_functions("subnets", subnets),
    on_functions("memory_mb", st.sampled_from((64, 128, 3072))),
    on_functions("connections_per_environment", st.sampled_from((None, 1000))),
    update("nat", "elastic_ips", st.sampled_from((1, 2))),
    on_functions("label", st.sampled_from(("", "Orders"))),
    on_functions("security_groups", st.sampled_from(((), ("sg0",), ("sg1", "sg0")))),
    on_functions("role_policies", st.sampled_from(((), (VPC_ACCESS_POLICY,)))),
    st.sampled_from(SUBNETS).flatmap(lambda name: update(name, "reserved_ips", numbers)),
    st.sampled_from(SUBNETS).flatmap(
        lambda name: update(name, "route_table", st.sampled_from(("rt0", "rt1", None)))
    ),
    st.sampled_from(("rt0", "rt1")).flatmap(
        lambda name: update(
            name, "routes", targets.map(lambda t: (Route(destination="0.0.0.0/0", target=t),))
        )
    ),
    update(
        "sg0",
        "outbound",
        st.sampled_from((None, (), (SecurityGroupRule(cidr="10.0.0.0/16"),))),
    ),
    update(
        "sg1",
        "inbound",
        st.sampled_from(
            (
                (),
                (SecurityGroupRule(security_group="sg0"),),
                (SecurityGroupRule(cidr="10.0.1.0/28"), SecurityGroupRule(cidr="0.0.0.0/0")),
            )
        ),
    ),
    update("w0", "ips", st.sampled_from((None, 5, 30))),
    st.tuples(st.sampled_from(("f2", "f3")), subnets).map(
        lambda pair: lambda edit: adding(edit, *pair)
    ),
    st.just(lambda edit: edit.add(InternetGateway(id="igw", vpc="main"))),
    st.just(lambda edit: edit.add(NatGateway(id="nat", subnet="s0"))),
    st.just(lambda edit: edit.add(Note(id="n", text="x"))),
    st.just(lambda edit: edit.add(Workload(id="w1", type="alb", subnets=("s1", "s2")))),
    st.sampled_from(("f0", "f2", "w0", "nat", "igw", "s2", "n", "w1")).map(
        lambda name: lambda edit: edit.remove(name)
    ),
    st.tuples(st.sampled_from(("f0", "f1", "s1", "nat")), st.sampled_from(("f0", "s1", "x"))).map(
        lambda pair: lambda edit: edit.rename(*pair)
    ),
    st.sampled_from(("per-invocation", "hyperplane")).map(
        lambda model: lambda edit: edit.set_settings(capacity_model=model)
    ),
    st.integers(1, 3).map(
        lambda number: (
            lambda edit: edit.set_settings(
                quotas=Quotas(rules_per_security_group=number, nat_gateways_per_zone=number)
            )
        )
    ),
    st.sampled_from(("f0", "f1")).map(
        lambda name: (
            lambda edit: edit.set_expectations(
                (Expectation(source=name, target="internet", expect="reachable"),)
            )
        )
    ),
    st.sampled_from(("LAM-001", "LAM-005")).map(
        lambda rule: lambda edit: edit.set_acknowledged((Acknowledgement(finding=rule),))
    ),
    st.just(lambda edit: edit.place("f0", Placement(3, 4))),
)


def edited(plan: Plan, step: Step) -> None:
    """Makes one edit as a session does; one that cannot be leaves the plan as it was."""
    edit = Edit(plan)
    try:
        step(edit)
    except EditError:
        edit.roll_back()
    if edit.changes:
        plan.announce(edit.changes)


def everything(live: Live) -> tuple[object, ...]:
    plan = live.view.plan
    return (
        live.findings(),
        live.expectations(),
        live.capacity(),
        live.nat_ports(),
        live.worst_zone(),
        live.view.rooms,
        {f.id: live.internet(f.id) for f in plan.ordered("function")},
        {f.id: reach_from(live.network, f.id) for f in plan.ordered("function")},
        {(f.id, w.id): live.question(f.id, w.id) for f, w in pairs(plan)},
    )


def pairs(plan: Plan) -> list[tuple[Function, Workload]]:
    return list(product(plan.ordered("function"), plan.ordered("workload")))


def afresh(plan: Plan) -> tuple[object, ...]:
    said = report(plan, TODAY)
    network = compile_network(plan)
    return (
        said.findings,
        said.expectations,
        assess(plan),
        nat_ports(plan),
        worst_zone(plan),
        rooms(plan, assess(plan)),
        {f.id: reach(network, f.id, "internet") for f in plan.ordered("function")},
        {f.id: reach_from(network, f.id) for f in plan.ordered("function")},
        {(f.id, w.id): reach(network, f.id, w.id) for f, w in pairs(plan)},
    )


@examples(60)
@given(st.lists(st.tuples(STEPS, st.booleans()), min_size=1, max_size=8))
def test_live_is_as_from_scratch(steps: list[tuple[Step, bool]]) -> None:
    plan = read_text(START, where="start").plan
    live = Live(plan, today=lambda: TODAY)
    everything(live)
    for step, asks in steps:
        edited(plan, step)
        if asks:
            assert everything(live) == afresh(plan)
    assert everything(live) == afresh(plan)
