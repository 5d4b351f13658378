"""What follows from how things stand: one answer to each question, by plan and by snapshot."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from lambdaplanner.analysis.internet import subnet_tier
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan

ROUTED = """
lambdaplanner: 1
vpcs:
  main: {{cidr: 10.0.0.0/16, ipv6_cidr: "2001:db8:1::/56"}}
  other: {{cidr: 10.1.0.0/16}}
internet_gateways:
  igw: {{vpc: main}}
  foreign: {{vpc: other}}
egress_only_internet_gateways:
  eigw: {{vpc: main}}
subnets:
  edge: {{vpc: main, az: a, cidr: 10.0.0.0/24, route_table: edge-rt}}
  asked: {{vpc: main, az: a, cidr: 10.0.1.0/24, route_table: asked-rt}}
nat_gateways:
  nat: {{subnet: edge}}
transit_gateways:
  tgw: {{attachments: {{main: {{subnets: [asked]}}}}}}
route_tables:
  edge-rt: {{vpc: main, routes: {{0.0.0.0/0: igw}}}}
  asked-rt: {{vpc: main, routes: {routes}}}
"""


def routed(routes: str) -> Plan:
    """A plan whose subnet `asked` has these routes."""
    found = read_text(ROUTED.format(routes=routes), where="routed.yaml").plan
    assert found is not None
    return found


def subnet(plan: Plan, name: str = "asked") -> Subnet:
    """A subnet of the plan."""
    found = plan.resource(name)
    assert isinstance(found, Subnet)
    return found


@pytest.mark.parametrize(
    ("routes", "tier", "out"),
    [
        ("{0.0.0.0/0: igw}", "public", "igw"),
        ("{8.8.8.0/24: igw}", "public", ""),
        ("{8.8.8.0/24: igw, 0.0.0.0/0: nat}", "public", "nat"),
        ("{0.0.0.0/0: nat, 8.8.8.0/24: igw}", "public", "nat"),
        ("{0.0.0.0/0: nat}", "private", "nat"),
        ("{0.0.0.0/0: tgw}", "private", "tgw"),
        ("{0.0.0.0/0: foreign}", "private", "foreign"),
        ("{0.0.0.0/0: blackhole}", "private", ""),
        ('{"::/0": eigw}', "private", "eigw"),
        ('{"::/0": blackhole}', "private", ""),
        ('{"::/0": eigw, 0.0.0.0/0: nat}', "private", "nat"),
        ("{8.8.8.0/24: nat}", "isolated", ""),
        ("{}", "isolated", ""),
    ],
)
def test_layout_checks_and_analysis_agree_on_a_tier(routes: str, tier: str, out: str) -> None:
    plan = routed(routes)
    asked = subnet(plan)
    network = compile_network(plan)

    assert topology.tier(plan, asked) == tier
    assert topology.tier(network.things, asked) == tier
    assert subnet_tier(network, "asked").removesuffix("-broken") == tier
    assert PlanAnalysis(plan).is_public("asked") is (tier == "public")
    target = topology.way_out(plan, asked)
    assert ("" if target is None else target.id) == out


def test_a_way_out_that_leads_nowhere_makes_a_subnet_broken() -> None:
    for routes in ("{0.0.0.0/0: blackhole}", "{0.0.0.0/0: foreign}", '{"::/0": blackhole}'):
        assert subnet_tier(compile_network(routed(routes)), "asked") == "private-broken"


def test_a_nat_gateway_leads_out_of_private_subnets_only() -> None:
    private = routed("{0.0.0.0/0: nat}")
    partly_public = routed("{8.8.8.0/24: igw, 0.0.0.0/0: nat}")

    assert topology.leads_out(private, subnet(private))
    assert not topology.leads_out(partly_public, subnet(partly_public))


def test_facts_follow_every_edit() -> None:
    plan = routed("{0.0.0.0/0: nat}")
    assert topology.main_table(plan, "main") is None
    assert [s.id for s in topology.served_by(plan, plan.resource("edge-rt"))] == ["edge"]  # type: ignore[arg-type]

    Edit(plan).update("edge-rt", main=True)
    Edit(plan).update("asked", route_table=None)

    found = topology.table_of(plan, subnet(plan))
    assert found is not None
    assert found.id == "edge-rt"
    assert [s.id for s in topology.served_by(plan, found)] == ["edge", "asked"]
    assert topology.tier(plan, subnet(plan)) == "public"
    assert topology.tier(plan.copy(), subnet(plan)) == "public"


def test_of_several_main_tables_the_first_by_id_serves() -> None:
    plan = routed("{}")
    Edit(plan).update("edge-rt", main=True)
    Edit(plan).update("asked-rt", main=True)
    Edit(plan).update("edge", route_table=None)

    found = topology.table_of(plan, subnet(plan, "edge"))
    assert found is not None
    assert found.id == "asked-rt"
    view = PlanAnalysis(plan)
    assert view.table("edge") is found
    assert view.network.table_of("edge").id == "asked-rt"


def test_a_thing_stands_in_the_vpc_of_its_subnet() -> None:
    plan = routed("{0.0.0.0/0: nat}")
    Edit(plan).update("nat", vpc="other")

    assert topology.vpc_of(plan, plan.resource("nat")) == "main"
    assert PlanAnalysis(plan).home_of(plan.resource("nat")) == "main"  # type: ignore[arg-type]
    assert topology.vpc_of(plan, plan.resource("main")) == "main"
    assert topology.vpc_of(plan, plan.resource("tgw")) is None
    assert topology.vpcs_of(plan, plan.resource("tgw")) == {"main"}


def test_a_workload_stands_in_the_vpc_of_its_first_subnet_and_a_loose_function_nowhere() -> None:
    plan = routed("{}")
    edit = Edit(plan)
    edit.add(Workload(id="db", type="rds", subnets=("asked",)))
    edit.add(Function(id="loose"))
    edit.add(Function(id="inside", subnets=("edge",)))

    assert topology.vpc_of(plan, plan.resource("db")) == "main"
    assert topology.vpc_of(plan, plan.resource("inside")) == "main"
    assert topology.vpc_of(plan, plan.resource("loose")) is None
    assert topology.vpcs_of(plan, plan.resource("loose")) == frozenset()


NATS = [
    ({}, True),
    ({"connectivity": "private"}, False),
    ({"elastic_ips": 0}, False),
    ({"subnet": "asked"}, False),
    ({"subnet": None, "vpc": "main", "mode": "regional"}, True),
    ({"subnet": None, "vpc": "other", "mode": "regional"}, True),
    ({"subnet": None, "vpc": "third", "mode": "regional"}, False),
]


@pytest.mark.parametrize(("changes", "works"), NATS)
def test_a_nat_gateway_needs_addresses_and_a_way_out_of_its_own(
    changes: dict[str, Any], works: bool
) -> None:
    plan = routed("{0.0.0.0/0: nat}")
    edit = Edit(plan)
    edit.add(Vpc(id="third", cidr="10.2.0.0/16"))
    edit.update("nat", **changes)
    nat = plan.resource("nat")
    assert isinstance(nat, NatGateway)

    assert topology.nat_works(plan, nat) is works
    leads = works and topology.vpc_of(plan, nat) == "main"
    assert topology.leads_out(plan, subnet(plan)) is leads


def test_a_subnet_does_not_lead_out_by_what_stands_in_it_or_by_no_nat_gateway() -> None:
    for routes in ("{0.0.0.0/0: tgw}", "{}", "{0.0.0.0/0: foreign}"):
        plan = routed(routes)
        assert topology.leads_out(plan, subnet(plan)) is False
    plan = routed("{0.0.0.0/0: nat}")
    Edit(plan).update("edge-rt", routes=())
    assert topology.leads_out(plan, subnet(plan)) is False
    itself = routed("{0.0.0.0/0: nat}")
    Edit(itself).update("nat", subnet="asked")
    assert topology.leads_out(itself, subnet(itself)) is False


def test_an_internet_route_is_one_to_the_own_gateway() -> None:
    for routes, leads in (
        ("{0.0.0.0/0: igw}", True),
        ("{0.0.0.0/0: foreign}", False),
        ("{8.8.8.0/24: igw}", False),
        ("{0.0.0.0/0: tgw}", False),
    ):
        plan = routed(routes)
        assert topology.has_internet_route(plan, subnet(plan)) is leads


def test_a_zonal_nat_gateway_serves_its_zone_and_a_regional_one_all() -> None:
    plan = routed("{}")
    zonal = plan.resource("nat")
    assert isinstance(zonal, NatGateway)
    assert topology.serves_zone(plan, zonal, "a") is True
    assert topology.serves_zone(plan, zonal, "b") is False
    Edit(plan).update("nat", subnet=None, vpc="main", mode="regional")
    regional = plan.resource("nat")
    assert isinstance(regional, NatGateway)
    assert topology.serves_zone(plan, regional, "b") is True


@pytest.mark.parametrize(
    ("thing", "known"),
    [
        (NatGateway(id="n", subnet="edge"), True),
        (NatGateway(id="n", subnet="edge", connectivity="private"), False),
        (Workload(id="w", type="ec2", subnets=("edge",), public_ip=True), True),
        (Workload(id="w", type="ec2", subnets=("edge",)), False),
        (Workload(id="w", type="efs", subnets=("edge",), public_ip=True), False),
        (Function(id="f", subnets=("edge",)), False),
    ],
)
def test_who_has_a_public_address(thing: object, known: bool) -> None:
    assert topology.has_public_address(thing) is known


THE_ONE = {"kinds/topology.py", "model/interfaces.py"}
FACTS = {
    "table_of",
    "main_table",
    "vpc_of",
    "vpcs_of",
    "served_by",
    "default_target",
    "way_out",
    "leads_out",
    "nat_works",
    "interface_id",
    "interface_ends",
}
ANSWERS = {
    ("analysis/tables.py", "table_of"),
    ("analysis/tables.py", "_table_of"),
    ("analysis/tables.py", "default_target"),
    ("analysis/advice.py", "way_out"),
}
"""Other questions of the same name: the compiled table, what it counts as read, and advice for a
packet.
"""


def test_no_fact_is_derived_a_second_time() -> None:
    package = Path(topology.__file__).parents[1]
    found = [
        (path.relative_to(package).as_posix(), node.name)
        for path in sorted(package.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.lstrip("_") in FACTS
    ]
    assert [one for one in found if one[0] not in THE_ONE and one not in ANSWERS] == []


def test_interface_ids_and_default_routes_are_spelled_in_one_place() -> None:
    package = Path(topology.__file__).parents[1]
    spelled = ('f"eni:', 'startswith("eni:")', '("0.0.0.0/0", "::/0")')
    found = [
        path.relative_to(package).as_posix()
        for path in sorted(package.rglob("*.py"))
        if any(text in path.read_text(encoding="utf-8") for text in spelled)
    ]
    assert found == []
