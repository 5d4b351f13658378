"""Beyond AWS: virtual private gateways, external networks, peered transit gateways."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on, reach_from, reach_into
from lambdaplanner.checks.report import report
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, ROLE, plan_from

OFFICE = {"office": {"cidrs": ["192.168.0.0/16"]}}
VGW = {"vgw": {"vpc": "main", "networks": ["office"]}}
DATA = {"vpc": "main", "routes": {"192.168.0.0/16": "vgw"}}
PRIVATE = {"vpc": "main", "routes": {"0.0.0.0/0": "nat", "192.168.0.0/16": "vgw"}}
OPEN = {"type": "ec2", "subnets": ["data"], "security_groups": ["open-sg"]}


def plan(**changes: Any) -> Plan:
    """The base plan with an office behind a gateway, which the tables route to."""
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    sections["route_tables"] |= {"private-rt": PRIVATE, "data-rt": DATA}
    sections["workloads"]["app"] = OPEN
    sections |= {"external_networks": OFFICE, "virtual_private_gateways": VGW}
    for name, things in changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    return plan_from(sections)


def verdict(found: Plan, source: str, target: str) -> str:
    network = compile_network(found)
    told = reach(network, source, target)
    judged = judged_on(network, source, target)
    assert (judged.verdict, judged.assumes) == (told.verdict, told.assumes)
    return told.verdict


def routed(**routes: dict[str, str]) -> Plan:
    return plan(route_tables={"private-rt": {"vpc": "main", **routes}})


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [
        ("fn", "office", "reachable"),
        ("fn", "192.168.1.1", "reachable"),
        ("fn", "172.30.0.1", "unreachable"),
        ("fn", "internet", "reachable"),
        ("office", "app", "reachable"),
        ("192.168.3.4", "app", "reachable"),
        ("office", "db", "unreachable"),
        ("office", "web", "unreachable"),
        ("office", "internet", "unreachable"),
        ("office", "aws:s3", "unreachable"),
        ("office", "fn", "unreachable"),
        ("internet", "office", "unreachable"),
        ("lone", "office", "unreachable"),
    ],
)
def test_what_a_gateway_joins(source: str, target: str, told: str) -> None:
    assert verdict(plan(), source, target) == told


def test_what_is_behind_it_is_taken_to_answer() -> None:
    answer = reach(compile_network(plan()), "fn", "office")
    assert answer.assumes == ("office answers",)
    assert answer.paths[0].assumes == answer.assumes
    hops = [hop.id for hop in answer.paths[0].hops]
    assert hops[-2:] == ["vgw", "office"]
    back = [hop.id for hop in answer.paths[0].return_hops]
    assert back[:2] == ["office", "vgw"]
    rows = {row.target: row.verdict for row in reach_from(compile_network(plan()), "fn")}
    assert rows["office"] == "reachable"
    assert {row.source for row in reach_into(compile_network(plan()), "app")} >= {"office"}


@pytest.mark.parametrize(
    ("routes", "target", "told"),
    [
        ({"0.0.0.0/0": "vgw"}, "192.168.1.1", "reachable"),
        ({"0.0.0.0/0": "vgw"}, "172.30.0.1", "unreachable"),
        ({"0.0.0.0/0": "vgw"}, "8.8.8.8", "unreachable"),
        ({"0.0.0.0/0": "vgw"}, "internet", "unreachable"),
    ],
)
def test_it_carries_what_it_has_a_prefix_for(
    routes: dict[str, str], target: str, told: str
) -> None:
    assert verdict(routed(routes=routes), "fn", target) == told


def test_a_network_that_announces_everything_may_carry_to_the_internet() -> None:
    found = plan(
        external_networks={"office": {"cidrs": ["0.0.0.0/0"]}},
        route_tables={"private-rt": {"vpc": "main", "routes": {"0.0.0.0/0": "vgw"}}},
    )
    answer = reach(compile_network(found), "fn", "internet")
    assert answer.verdict == "reachable"
    assert answer.assumes == ("office carries it on to the internet",)


def propagating(vgw: dict[str, Any], routes: dict[str, str], cidr: str) -> Plan:
    table = {"vpc": "main", "routes": routes, "propagate": ["vgw"]}
    return plan(
        route_tables={"private-rt": table, "data-rt": {"vpc": "main", "propagate": ["vgw"]}},
        external_networks={"office": {"cidrs": [cidr]}},
        virtual_private_gateways={"vgw": {"vpc": "main", **vgw}},
    )


TOLD = {"networks": ["office"]}


@pytest.mark.parametrize(
    ("vgw", "routes", "cidr", "target", "told"),
    [
        (TOLD, {}, "192.168.0.0/16", "office", "reachable"),
        (TOLD, {"192.168.0.0/16": "blackhole"}, "192.168.0.0/16", "office", "unreachable"),
        (TOLD, {"0.0.0.0/0": "nat"}, "192.168.0.0/16", "office", "reachable"),
        (TOLD, {"0.0.0.0/0": "nat"}, "10.0.77.0/24", "office", "unreachable"),
        (TOLD, {"0.0.0.0/0": "nat"}, "192.168.0.0/16", "internet", "reachable"),
        ({}, {"0.0.0.0/0": "nat"}, "192.168.0.0/16", "internet", "reachable"),
        ({}, {"0.0.0.0/0": "nat"}, "192.168.0.0/16", "office", "unknown"),
        ({}, {}, "192.168.0.0/16", "internet", "unknown"),
        ({}, {"192.168.0.0/16": "vgw"}, "192.168.0.0/16", "office", "unknown"),
    ],
)
def test_propagated_routes(
    vgw: dict[str, Any], routes: dict[str, str], cidr: str, target: str, told: str
) -> None:
    assert verdict(propagating(vgw, routes, cidr), "fn", target) == told


def test_an_interface_endpoint_serves_a_network_too() -> None:
    endpoint = {"vpc": "main", "service": "sqs", "type": "interface", "subnets": ["data"]}
    found = plan(endpoints={"q": {**endpoint, "security_groups": ["open-sg"]}})
    assert verdict(found, "office", "aws:sqs") == "reachable"
    shut = plan(endpoints={"q": {**endpoint, "security_groups": ["db-sg"]}})
    assert verdict(shut, "office", "aws:sqs") == "unreachable"


def test_replies_need_a_route_back() -> None:
    found = plan(route_tables={"data-rt": {"vpc": "main"}})
    answer = reach(compile_network(found), "office", "app")
    assert answer.verdict == "unreachable"
    assert [(o.at, o.code, o.direction) for o in answer.paths[0].obstacles] == [
        ("data-rt", "NO_ROUTE_TO_DESTINATION", "return")
    ]


def test_groups_see_the_networks_address() -> None:
    rule = {"protocol": "tcp", "ports": 443, "cidr": "192.168.7.0/24"}
    found = plan(security_groups={"open-sg": {"vpc": "main", "inbound": [rule]}})
    assert verdict(found, "192.168.7.1", "app") == "reachable"
    assert verdict(found, "192.168.8.1", "app") == "unreachable"
    assert verdict(found, "office", "app") == "partial"


def attached(table: dict[str, Any] | None = None) -> Plan:
    hub: dict[str, Any] = {"attachments": {"main": {"subnets": ["private", "data"]}, "office": {}}}
    if table is not None:
        for one in hub["attachments"].values():
            one["route_table"] = "t"
        hub["route_tables"] = {"t": table}
    to_hub = {"vpc": "main", "routes": {"0.0.0.0/0": "hub"}}
    return plan(
        transit_gateways={"hub": hub},
        virtual_private_gateways={"vgw": {"vpc": "main", "networks": []}},
        route_tables={"private-rt": to_hub, "data-rt": to_hub},
    )


@pytest.mark.parametrize(
    ("table", "there", "back"),
    [
        (None, "reachable", "reachable"),
        ({"propagate": ["main", "office"]}, "reachable", "reachable"),
        ({"propagate": ["main"], "routes": {"192.168.0.0/16": "office"}}, "reachable", "reachable"),
        ({"propagate": ["main"]}, "unreachable", "unreachable"),
        ({"propagate": ["office"]}, "unreachable", "unreachable"),
    ],
)
def test_a_network_at_a_transit_gateway(
    table: dict[str, Any] | None, there: str, back: str
) -> None:
    assert verdict(attached(table), "fn", "office") == there
    assert verdict(attached(table), "office", "app") == back


def two_hubs(one: dict[str, str], other: dict[str, str], back: bool = True, **rule: Any) -> Plan:
    """A VPC at each of two peered transit gateways."""
    sections: dict[str, Any] = {
        "vpcs": {"a": {"cidr": "10.1.0.0/16"}, "b": {"cidr": "10.2.0.0/16"}},
        "subnets": {
            "a1": {"vpc": "a", "az": "z", "cidr": "10.1.1.0/24", "route_table": "a-rt"},
            "b1": {"vpc": "b", "az": "z", "cidr": "10.2.1.0/24", "route_table": "b-rt"},
        },
        "route_tables": {
            "a-rt": {"vpc": "a", "routes": {"10.0.0.0/8": "hub-a"}},
            "b-rt": {"vpc": "b", "routes": {"10.0.0.0/8": "hub-b"}},
        },
        "security_groups": {
            "fn-sg": {"vpc": "a"},
            "db-sg": {"vpc": "b", "inbound": [rule or {"cidr": "10.1.0.0/16"}]},
        },
        "transit_gateways": {
            "hub-a": {
                "attachments": {
                    "a": {"subnets": ["a1"], "route_table": "t"},
                    "hub-b": {"route_table": "t"},
                },
                "route_tables": {"t": {"propagate": ["a"], "routes": one}},
            },
            "hub-b": {
                "attachments": {"b": {"subnets": ["b1"], "route_table": "t"}},
                "route_tables": {"t": {"propagate": ["b"], "routes": other}},
                "security_group_referencing": True,
            },
        },
        "functions": {
            "fn": {"role_policies": ROLE, "subnets": ["a1"], "security_groups": ["fn-sg"]}
        },
        "workloads": {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"]}},
    }
    if back:
        sections["transit_gateways"]["hub-b"]["attachments"]["hub-a"] = {"route_table": "t"}
    return plan_from(sections)


TO_B, TO_A = {"10.2.0.0/16": "hub-b"}, {"10.1.0.0/16": "hub-a"}


@pytest.mark.parametrize(
    ("found", "told", "code"),
    [
        (two_hubs(TO_B, TO_A), "reachable", ""),
        (two_hubs({}, {}), "unreachable", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
        (two_hubs(TO_B, {}), "unreachable", "TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT"),
        (two_hubs(TO_B, {}, back=False), "unreachable", "TGW_RTB_BAD_STATE_ROUTE"),
        (
            two_hubs(TO_B, TO_A, security_group="fn-sg"),
            "unreachable",
            "SG_REFERENCES_NOT_PRESERVED",
        ),
        (two_hubs(TO_B, {"10.2.0.0/16": "hub-a"}), "unreachable", "NO_PATH"),
    ],
)
def test_peered_transit_gateways(found: Plan, told: str, code: str) -> None:
    assert verdict(found, "fn", "db") == told
    (path,) = reach(compile_network(found), "fn", "db").paths
    assert not code or code in {obstacle.code for obstacle in path.obstacles}


def findings(found: Plan, check: str) -> list[tuple[str, ...]]:
    return [one.about for one in report(found).findings if one.id == check]


def test_a_peering_on_one_side_alone_is_found() -> None:
    assert findings(two_hubs(TO_B, {}, back=False), "NET-035") == [("hub-a", "hub-b")]
    assert findings(two_hubs(TO_B, TO_A), "NET-035") == []


def test_networks_that_share_addresses_are_found() -> None:
    more = {"lab": {"cidrs": ["192.168.4.0/24"]}}
    both = {"vgw": {"vpc": "main", "networks": ["office", "lab"]}}
    found = plan(external_networks=more, virtual_private_gateways=both)
    assert findings(found, "NET-034") == [("office", "lab", "vgw")]
    assert findings(plan(), "NET-034") == []
    assert verdict(found, "fn", "lab") != "reachable"


def test_nothing_breaks_on_such_a_plan() -> None:
    for found in (plan(), attached(), two_hubs(TO_B, TO_A)):
        assert not [one for one in report(found).findings if one.id == "INT-001"]
