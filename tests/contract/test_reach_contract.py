# ruff: noqa: E501  # a case a line reads better than five
"""The worked cases of the contract: a plan, a question, the verdict, the codes and where they
stand.

Written from the contract alone, without looking at the engine.
"""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.formats.plan_file import read_text

BASE = {
    "vpcs": "{c: {cidr: 10.0.0.0/16}}",
    "internet_gateways": "{igw: {vpc: c}}",
    "subnets": """
  pub: {vpc: c, az: z1, cidr: 10.0.0.0/24, route_table: pub-rt}
  priv: {vpc: c, az: z1, cidr: 10.0.1.0/24, route_table: priv-rt}
  priv2: {vpc: c, az: z2, cidr: 10.0.2.0/24, route_table: priv2-rt}""",
    "nat_gateways": "{nat: {subnet: pub}}",
    "route_tables": """
  pub-rt: {vpc: c, routes: {0.0.0.0/0: igw}}
  priv-rt: {vpc: c, routes: {0.0.0.0/0: nat}}
  priv2-rt: {vpc: c}""",
    "security_groups": """
  f-sg: {vpc: c}
  d-sg: {vpc: c, inbound: [{protocol: tcp, ports: 5432, security_group: f-sg}]}
  open-sg: {vpc: c, inbound: [{cidr: 0.0.0.0/0}]}""",
    "functions": """
  f: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [priv], security_groups: [f-sg]}
  lone: {}""",
    "workloads": """
  db: {type: rds, subnets: [priv], security_groups: [d-sg], port: 5432, private_ip: 10.0.1.50}
  web: {type: ec2, subnets: [pub], security_groups: [open-sg], public_ip: true}
  hidden: {type: ec2, subnets: [pub], security_groups: [open-sg]}""",
}


def plan_of(**sections: str) -> Any:
    merged = {**BASE, **sections}
    text = "lambdaplanner: 1\n" + "".join(f"{key}: {value}\n" for key, value in merged.items())
    return read_text(text, where="case").plan


def function(**fields: str) -> str:
    values = {
        "role_policies": "[AWSLambdaVPCAccessExecutionRole]",
        "subnets": "[priv]",
        "security_groups": "[f-sg]",
        **fields,
    }
    return "{f: {" + ", ".join(f"{k}: {v}" for k, v in values.items() if v) + "}, lone: {}}"


@dataclasses.dataclass(frozen=True)
class Case:
    name: str
    source: str
    target: str
    verdict: str
    obstacles: tuple[tuple[str, str, str], ...] = ()
    sections: dict[str, str] = dataclasses.field(default_factory=dict)
    question: dict[str, Any] = dataclasses.field(default_factory=dict)
    more: bool = False
    """Whether other things block as well."""


def blocked(at: str, code: str, direction: str = "forward") -> tuple[tuple[str, str, str], ...]:
    return ((at, code, direction),)


NO = "unreachable"
YES = "reachable"
CASES = [
    Case("through the NAT gateway", "f", "internet", YES),
    Case("by default networking", "lone", "internet", YES),
    Case("a database behind a group", "f", "db", YES),
    Case("another port", "f", "db", NO, blocked("d-sg", "ENI_SG_RULES_MISMATCH"), question={"port": 22}),
    Case("another protocol", "f", "db", NO, blocked("d-sg", "ENI_SG_RULES_MISMATCH"), question={"protocol": "udp"}),
    Case("not attached", "lone", "db", NO, blocked("lone", "LAMBDA_NOT_ATTACHED")),
    Case("not attached, by public address", "lone", "web", YES),
    Case("nothing opens a connection to a function", "db", "f", NO, blocked("f", "LAMBDA_TAKES_NO_INBOUND")),
    Case("nor does the internet", "internet", "lone", NO, blocked("lone", "LAMBDA_TAKES_NO_INBOUND")),
    Case("the internet to a public workload", "internet", "web", YES),
    Case("the internet to one without address", "internet", "hidden", NO, blocked("igw", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS")),
    Case("a public workload to the internet", "web", "internet", YES),
    Case("one without address to the internet", "hidden", "internet", NO, blocked("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")),
    Case(
        "the public-subnet trap", "f", "internet", NO,
        blocked("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"), {"functions": function(subnets="[pub]")},
    ),
    Case(
        "no route", "f", "internet", NO,
        blocked("priv2-rt", "NO_ROUTE_TO_DESTINATION"), {"functions": function(subnets="[priv2]")},
    ),
    Case("mixed subnets", "f", "internet", "partial", blocked("priv2-rt", "NO_ROUTE_TO_DESTINATION"),
         {"functions": function(subnets="[priv, priv2]")}),
    Case("no policy", "f", "internet", NO, blocked("f", "LAMBDA_ROLE_LACKS_ENI_ACCESS"),
         {"functions": function(role_policies="")}),
    Case("the other policy", "f", "internet", YES, (), {"functions": function(role_policies="[AWSLambdaENIManagementAccess]")}),
    Case(
        "a blackhole never falls through", "f", "203.0.113.9", NO, blocked("priv-rt", "BAD_STATE_ROUTE"),
        {"route_tables": "{pub-rt: {vpc: c, routes: {0.0.0.0/0: igw}}, priv2-rt: {vpc: c}, "
                         "priv-rt: {vpc: c, routes: {0.0.0.0/0: nat, 203.0.113.0/24: blackhole}}}"},
    ),
    Case(
        "the documentation ranges are public", "f", "203.0.113.9", YES,
    ),
    Case(
        "the main table", "f", "internet", YES, (),
        {"subnets": "{pub: {vpc: c, az: z1, cidr: 10.0.0.0/24, route_table: pub-rt}, "
                    "priv: {vpc: c, az: z1, cidr: 10.0.1.0/24}, priv2: {vpc: c, az: z2, cidr: 10.0.2.0/24}}",
         "route_tables": "{pub-rt: {vpc: c, routes: {0.0.0.0/0: igw}}, "
                         "priv-rt: {vpc: c, main: true, routes: {0.0.0.0/0: nat}}}"},
    ),
    Case(
        "the implicit main table has only local routes", "f", "internet", NO,
        blocked("main-rt:c", "NO_ROUTE_TO_DESTINATION"),
        {"subnets": "{pub: {vpc: c, az: z1, cidr: 10.0.0.0/24, route_table: pub-rt}, "
                    "priv: {vpc: c, az: z1, cidr: 10.0.1.0/24}, priv2: {vpc: c, az: z2, cidr: 10.0.2.0/24}}"},
    ),
    Case("a NAT gateway in its own subnet", "f", "internet", NO,
         (("nat", "NAT_IN_SOURCE_SUBNET", "forward"),),
         {"nat_gateways": "{nat: {subnet: priv}}"}),
    Case("a NAT gateway in a private subnet", "f", "internet", NO,
         (("priv2-rt", "NO_ROUTE_TO_DESTINATION", "forward"), ("nat", "NAT_SUBNET_NOT_PUBLIC", "forward")),
         {"nat_gateways": "{nat: {subnet: priv2}}"}),
    Case("no elastic IP", "f", "internet", NO, blocked("nat", "NAT_LACKS_ELASTIC_IP"),
         {"nat_gateways": "{nat: {subnet: pub, elastic_ips: 0}}"}),
    Case("a private NAT gateway to the internet", "f", "internet", NO, blocked("nat", "PRIVATE_NAT_TO_INTERNET"),
         {"nat_gateways": "{nat: {subnet: pub, connectivity: private}}"}),
    Case("a regional NAT gateway", "f", "internet", YES, (), {"nat_gateways": "{nat: {vpc: c, mode: regional}}"}),
    Case(
        "a group that lets out only to the database", "f", "internet", NO, blocked("f-sg", "ENI_SG_RULES_MISMATCH"),
        {"security_groups": "{f-sg: {vpc: c, outbound: [{protocol: tcp, ports: 5432, security_group: d-sg}]}, "
                            "d-sg: {vpc: c, inbound: [{protocol: tcp, ports: 5432, security_group: f-sg}]}, open-sg: {vpc: c}}"},
    ),
    Case(
        "narrow ranges do not cover the internet", "f", "internet", NO, blocked("f-sg", "ENI_SG_RULES_MISMATCH"),
        {"security_groups": "{f-sg: {vpc: c, outbound: [{cidr: 203.0.113.0/24}]}, d-sg: {vpc: c}, open-sg: {vpc: c}}"},
    ),
    Case(
        "but an address inside them is judged by them", "f", "203.0.113.9", YES, (),
        {"security_groups": "{f-sg: {vpc: c, outbound: [{cidr: 203.0.113.0/24}]}, d-sg: {vpc: c}, open-sg: {vpc: c}}"},
    ),
    Case("a fixed address is its workload", "f", "10.0.1.50", YES, question={"port": 5432}),
    Case("an address that nothing holds", "f", "10.0.1.77", NO, blocked("10.0.1.77", "UNKNOWN_DESTINATION")),
    Case("a private address from the internet", "internet", "10.0.1.50", NO),
    Case("a public address asks as the internet", "198.51.100.7", "web", YES),
    Case(
        "two VPCs without a connection", "f", "far", NO, blocked("priv2-rt", "NO_ROUTE_TO_DESTINATION"),
        {"vpcs": "{c: {cidr: 10.0.0.0/16}, o: {cidr: 10.9.0.0/16}}",
         "subnets": BASE["subnets"] + "\n  there: {vpc: o, az: z1, cidr: 10.9.0.0/24}",
         "functions": function(subnets="[priv2]"),
         "workloads": "{far: {type: ec2, subnets: [there]}}"},
        more=True,
    ),
    Case("ICMP from a function", "f", "internet", NO, blocked("f", "PROTOCOL_RESTRICTION"), question={"protocol": "icmp"}),
    Case("left out groups are the default group, which lets its own in", "f", "db", YES, (),
         {"functions": function(security_groups=""), "workloads": "{db: {type: rds, subnets: [priv2], port: 5432}}"}),
    Case("and nobody else", "f", "db", NO, blocked("default-sg:c", "ENI_SG_RULES_MISMATCH"),
         {"workloads": "{db: {type: rds, subnets: [priv2], port: 5432}}"}),
    Case("an AWS service by default networking", "lone", "aws:s3", YES),
    Case("an AWS service through NAT", "f", "aws:sqs", YES),
    Case("an AWS service by a gateway endpoint", "f", "aws:s3", YES, (),
         {"functions": function(subnets="[priv2]"),
          "endpoints": "{s3: {vpc: c, service: s3, type: gateway, route_tables: [priv2-rt]}}"}),
    Case("an AWS service by an interface endpoint", "f", "aws:sqs", YES, (),
         {"functions": function(subnets="[priv2]"),
          "endpoints": "{q: {vpc: c, service: sqs, type: interface, subnets: [priv2], security_groups: [open-sg]}}"}),
    Case("private DNS shadows a working NAT", "f", "aws:sqs", NO, blocked("d-sg", "ENI_SG_RULES_MISMATCH"),
         {"endpoints": "{q: {vpc: c, service: sqs, type: interface, subnets: [priv2], security_groups: [d-sg]}}"}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_worked_case(case: Case) -> None:
    network = compile_network(plan_of(**case.sections))

    answer = reach(network, case.source, case.target, **case.question)
    found = tuple((o.at, o.code, o.direction) for path in answer.paths for o in path.obstacles)
    assert answer.verdict == case.verdict, found
    if case.obstacles:
        assert set(case.obstacles) <= set(found)
        assert case.more or len(found) == len(case.obstacles)
    elif case.verdict == YES:
        assert found == ()


def test_every_obstacle_is_told_not_only_the_first() -> None:
    plan = plan_of(
        functions="{f: {subnets: [priv2], security_groups: [shut]}}",
        security_groups="{shut: {vpc: c, outbound: []}, d-sg: {vpc: c}, open-sg: {vpc: c}}",
        workloads="{}",
    )
    answer = reach(compile_network(plan), "f", "internet")
    codes = {o.code for o in answer.paths[0].obstacles}
    assert {"LAMBDA_ROLE_LACKS_ENI_ACCESS", "NO_ROUTE_TO_DESTINATION"} < codes
    assert codes & {"SG_HAS_NO_RULES", "ENI_SG_RULES_MISMATCH"}


def test_paths_stand_for_each_pair_of_subnets() -> None:
    plan = plan_of(
        functions=function(subnets="[priv, priv2]"),
        workloads="{db: {type: rds, subnets: [priv, priv2], security_groups: [d-sg], port: 5432}}",
    )
    answer = reach(compile_network(plan), "f", "db")
    pairs = {(p.via, p.into) for p in answer.paths}
    assert pairs == {("priv", "priv"), ("priv", "priv2"), ("priv2", "priv"), ("priv2", "priv2")}
    assert answer.port == 5432


def test_ends_without_subnets_are_none() -> None:
    plan = plan_of()
    network = compile_network(plan)
    assert [(p.via, p.into) for p in reach(network, "lone", "internet").paths] == [(None, None)]
    assert [(p.via, p.into) for p in reach(network, "internet", "web").paths] == [(None, "pub")]


def test_traffic_inside_a_subnet_meets_neither_routes_nor_acls() -> None:
    answer = reach(compile_network(plan_of()), "f", "db")
    kinds = [hop.kind for hop in answer.paths[0].hops]
    assert "route-table" not in kinds
    assert "network-acl" not in kinds
    assert [hop.id for hop in answer.paths[0].hops][-2:] == ["d-sg", "db"] or [
        hop.id for hop in answer.paths[0].hops
    ][-1] == "db"
