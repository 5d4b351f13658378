"""Instances that pass packets on: NAT instances and routers."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from lambdaplanner.errors import PlanProblems
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, plan_from, route_table

INSTANCE = {
    "type": "ec2",
    "subnets": ["public"],
    "security_groups": ["nat-sg"],
    "public_ip": True,
    "forwards": "nat",
}
IN = [{"protocol": "tcp", "ports": 443, "cidr": "10.0.1.0/24"}]


def plan(instance: dict[str, Any] | None = None, **changes: Any) -> Plan:
    """The base plan, whose private subnet routes to an instance."""
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    sections["route_tables"]["private-rt"] = route_table({"0.0.0.0/0": "box"})
    sections["security_groups"]["nat-sg"] = {"vpc": "main", "inbound": IN}
    sections["workloads"]["box"] = {**INSTANCE, **(instance or {})}
    for name, things in changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    return plan_from(sections)


def asked(found: Plan, source: str = "fn", target: str = "internet") -> tuple[str, set[Any]]:
    network = compile_network(found)
    answer = reach(network, source, target)
    assert judged_on(network, source, target).verdict == answer.verdict
    return answer.verdict, {(o.at, o.code) for path in answer.paths for o in path.obstacles}


def test_a_nat_instance_leads_out() -> None:
    answer = reach(compile_network(plan()), "fn", "internet")
    assert answer.verdict == "reachable"
    assert answer.assumes == ("box lets it through",)
    (path,) = answer.paths
    assert "box" in [hop.id for hop in path.hops]
    assert "box" in [hop.id for hop in path.return_hops]


SHUT = {"network_acls": {"acl": {"vpc": "main"}}}


@pytest.mark.parametrize(
    ("found", "at", "code"),
    [
        (plan({"public_ip": False}), "igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"),
        (
            plan(security_groups={"nat-sg": {"vpc": "main"}}),
            "nat-sg",
            "SG_HAS_NO_RULES",
        ),
        (
            plan(security_groups={"nat-sg": {"vpc": "main", "inbound": IN, "outbound": []}}),
            "nat-sg",
            "SG_HAS_NO_RULES",
        ),
        (
            plan(route_tables={"public-rt": {"vpc": "main"}}),
            "public-rt",
            "NO_ROUTE_TO_DESTINATION",
        ),
        (plan({"subnets": ["private"]}), "box", "NO_PATH"),
    ],
)
def test_any_one_thing_missing_stops_it(found: Plan, at: str, code: str) -> None:
    verdict, stops = asked(found)
    assert verdict == "unreachable"
    assert (at, code) in stops


def test_what_does_not_forward_drops() -> None:
    sections_plan = plan({"forwards": "router"})
    assert asked(sections_plan)[0] == "unreachable"
    bare: dict[str, Any] = {**INSTANCE}
    del bare["forwards"]
    found = plan(workloads={"box": bare})
    verdict, stops = asked(found)
    assert verdict == "unreachable"
    assert ("box", "UNSUPPORTED_COMPONENT") in stops


def test_only_an_instance_forwards() -> None:
    with pytest.raises(PlanProblems) as error:
        plan({"type": "rds", "public_ip": False})
    assert "passes nothing on" in str(error.value)


def routed(back: bool) -> Plan:
    """Two VPCs joined by a transit gateway; in one a router stands before it."""
    to_hub = {"10.0.0.0/8": "hub"}
    subnets = {
        "a1": {"vpc": "a", "az": "z", "cidr": "10.1.1.0/24", "route_table": "a-rt"},
        "mid": {"vpc": "a", "az": "z", "cidr": "10.1.9.0/24", "route_table": "mid-rt"},
        "b1": {"vpc": "b", "az": "z", "cidr": "10.2.1.0/24", "route_table": "b-rt"},
    }
    in_rt = {"10.1.1.0/24": "box"} if back else {}
    return plan_from(
        {
            "vpcs": {"a": {"cidr": "10.1.0.0/16"}, "b": {"cidr": "10.2.0.0/16"}},
            "subnets": {
                **subnets,
                "in": {"vpc": "a", "az": "z", "cidr": "10.1.8.0/24", "route_table": "in-rt"},
            },
            "route_tables": {
                "a-rt": {"vpc": "a", "routes": {"10.0.0.0/8": "box"}},
                "mid-rt": {"vpc": "a", "routes": to_hub},
                "in-rt": {"vpc": "a", "routes": in_rt},
                "b-rt": {"vpc": "b", "routes": to_hub},
            },
            "security_groups": {
                "all": {"vpc": "a", "inbound": [{"cidr": "0.0.0.0/0"}]},
                "db-sg": {"vpc": "b", "inbound": [{"cidr": "10.1.1.0/24"}]},
            },
            "transit_gateways": {
                "hub": {"attachments": {"a": {"subnets": ["in"]}, "b": {"subnets": ["b1"]}}}
            },
            "functions": {
                "fn": {
                    "role_policies": BASE["functions"]["fn"]["role_policies"],
                    "subnets": ["a1"],
                    "security_groups": ["all"],
                }
            },
            "workloads": {
                "box": {
                    "type": "ec2",
                    "subnets": ["mid"],
                    "security_groups": ["all"],
                    "forwards": "router",
                },
                "db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"]},
            },
        }
    )


def test_a_router_has_to_see_the_replies() -> None:
    verdict, _ = asked(routed(back=True), "fn", "db")
    assert verdict == "reachable"
    answer = reach(compile_network(routed(back=True)), "fn", "db")
    assert answer.assumes == ("box lets it through",)
    verdict, stops = asked(routed(back=False), "fn", "db")
    assert verdict == "unreachable"
    assert ("box", "NO_PATH") in stops
