"""What a plan does not know: unknown where an answer leans on it, decided where it does not."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from tests.analysis.reach_plans import BASE, ROLE, plan_from


class Case(NamedTuple):
    name: str
    about: str
    of: str
    source: str
    target: str
    verdict: str
    at: str = ""
    changes: dict[str, Any] = {}  # noqa: RUF012  # nobody writes to it


CLOSED = {"vpc": "main", "outbound": []}
SHUT = {"security_groups": {"fn-sg": CLOSED}}
FN = {"role_policies": ROLE, "security_groups": ["fn-sg"]}
DB = BASE["workloads"]["db"]
ACL = {"network_acls": {"acl": {"vpc": "main"}}}
GUARDED = {**ACL, "subnets": {"data": {**BASE["subnets"]["data"], "network_acl": "acl"}}}
LISTED = {
    "prefix_lists": {"list": []},
    "security_groups": {"fn-sg": {"vpc": "main", "outbound": [{"prefix_list": "list"}]}},
}
UNSAID = {"functions": {"fn": FN}}
APPLIANCE = {"route_tables": {"private-rt": {"vpc": "main", "routes": {"0.0.0.0/0": "web"}}}}
ENDPOINT = {"q": {"vpc": "main", "service": "sqs", "type": "interface", "subnets": []}}

CASES = (
    Case("routes lead out", "private-rt", "routes", "fn", "internet", "unknown", "private-rt"),
    Case("inside, routes are local", "private-rt", "routes", "fn", "db", "reachable"),
    Case("no group lets it out", "private-rt", "routes", "fn", "internet", "unreachable", "", SHUT),
    Case("tables of a VPC", "main", "route_tables", "fn", "internet", "reachable"),
    Case("subnets of a function", "fn", "subnets", "fn", "internet", "unknown", "fn", UNSAID),
    Case("some subnets of it", "fn", "subnets", "fn", "internet", "partial", "fn"),
    Case("it can send nothing", "fn", "subnets", "fn", "internet", "unreachable", "",
         {**UNSAID, **SHUT}),
    Case("of a function in none", "lone", "subnets", "lone", "db", "unreachable"),
    Case("subnets of a database", "db", "subnets", "fn", "db", "partial", "db"),
    Case("groups of a database", "db", "security_groups", "web", "db", "unknown", "db"),
    Case("a known one lets it in", "db", "security_groups", "fn", "db", "reachable"),
    Case("groups that rules name", "web", "security_groups", "web", "db", "unknown", "web"),
    Case("rules of a group", "db-sg", "rules", "web", "db", "unknown", "db-sg"),
    Case("a known rule allows", "db-sg", "rules", "fn", "db", "reachable"),
    Case("an ACL of the VPC", "main", "network_acl", "fn", "db", "unknown", "main"),
    Case("rules of an ACL", "acl", "rules", "fn", "db", "unknown", "acl", GUARDED),
    Case("entries of a list", "list", "entries", "fn", "internet", "unknown", "list", LISTED),
    Case("role policies", "fn", "role_policies", "fn", "internet", "reachable"),
    Case("no role at all", "fn", "role_policies", "fn", "internet", "reachable", "",
         {"functions": {"fn": {"subnets": ["private"]}}}),
    Case("endpoints of a VPC", "main", "endpoints", "fn", "aws:sqs", "unknown", "main"),
    Case("endpoints, internet asked", "main", "endpoints", "fn", "internet", "reachable"),
    Case("subnets of an endpoint", "q", "subnets", "fn", "aws:sqs", "unknown", "q",
         {"endpoints": ENDPOINT}),
    Case("forwarding", "web", "forwards", "fn", "internet", "unknown", "web", APPLIANCE),
    Case("whether there is a NAT", "nat", "condition", "fn", "internet", "unknown", "nat"),
    Case("what is not met", "nat", "condition", "fn", "db", "reachable"),
    Case("where a NAT stands", "nat", "subnet", "fn", "internet", "unknown", "nat"),
    Case("an amount", "fn", "memory_mb", "fn", "internet", "reachable"),
    Case("subnets of a VPC", "main", "subnets", "fn", "10.0.77.7", "unknown", "main"),
    Case("IPv6 of a VPC", "main", "ipv6_cidr", "fn", "2001:db8::1", "unreachable"),
)  # fmt: skip


def sections_of(case: Case) -> dict[str, Any]:
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    for name, things in case.changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    sections["unknown"] = [{"about": case.about, "of": case.of, "why": "no file has it"}]
    return sections


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_leans_on_it_is_unknown(case: Case) -> None:
    network = compile_network(plan_from(sections_of(case)))
    answer = reach(network, case.source, case.target)
    assert answer.verdict == case.verdict
    unsure = [o for path in answer.paths for o in path.obstacles if o.in_doubt]
    if case.at:
        assert (unsure[0].at, unsure[0].code) == (case.at, "NOT_KNOWN")
        assert "no file has it" in unsure[0].message
    assert judged_on(network, case.source, case.target).verdict == case.verdict


OUT = {"vpc": "main", "routes": {"0.0.0.0/0": "outside"}}
IN_OTHER = {"vpcs": {"b": {"cidr": "10.2.0.0/16"}},
            "subnets": {"b1": {"vpc": "b", "az": "a", "cidr": "10.2.1.0/24"}}}  # fmt: skip


def beyond(group: dict[str, Any]) -> dict[str, Any]:
    """A database in a VPC that only something outside of the plan may join."""
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    for name, things in IN_OTHER.items():
        sections[name].update(things)
    sections["route_tables"]["private-rt"] = OUT
    sections["security_groups"]["b-sg"] = {"vpc": "b", **group}
    sections["workloads"]["far"] = {"type": "rds", "subnets": ["b1"], "security_groups": ["b-sg"]}
    return sections


@pytest.mark.parametrize(
    ("inbound", "verdict"),
    [
        ([{"cidr": "0.0.0.0/0"}], "unknown"),
        ([{"cidr": "192.168.0.0/16"}], "unknown"),
        ([{"protocol": "udp", "cidr": "0.0.0.0/0"}], "unreachable"),
        ([], "unreachable"),
    ],
)
def test_beyond_the_plan_only_the_goal_decides(inbound: list[Any], verdict: str) -> None:
    network = compile_network(plan_from(beyond({"inbound": inbound})))
    assert reach(network, "fn", "far").verdict == verdict
    assert judged_on(network, "fn", "far").verdict == verdict
    assert reach(network, "fn", "10.9.9.9").verdict == "unknown"


def test_a_transit_route_that_leaves_the_plan() -> None:
    sections = beyond({})
    sections["route_tables"]["private-rt"] = {"vpc": "main", "routes": {"0.0.0.0/0": "hub"}}
    sections["transit_gateways"] = {
        "hub": {
            "attachments": {"main": {"subnets": ["private"], "route_table": "t"}},
            "route_tables": {"t": {"routes": {"0.0.0.0/0": "outside"}}},
        }
    }
    answer = reach(compile_network(plan_from(sections)), "fn", "10.9.9.9")
    assert answer.verdict == "unknown"
    assert [(o.at, o.code) for o in answer.paths[0].obstacles] == [("hub", "LEAVES_THE_PLAN")]


@pytest.mark.parametrize(("zone", "verdict"), [("", "unknown"), ("b", "unreachable")])
def test_a_subnet_without_a_zone_at_a_transit_gateway(zone: str, verdict: str) -> None:
    sections = beyond({"inbound": [{"cidr": "0.0.0.0/0"}]})
    sections["subnets"]["private"] = {**sections["subnets"]["private"], "az": zone}
    routes = {"vpc": "main", "routes": {"0.0.0.0/0": "hub"}}
    sections["route_tables"] |= {"private-rt": routes}
    sections["route_tables"]["b-rt"] = {"vpc": "b", "main": True, "routes": {"10.0.0.0/8": "hub"}}
    attachments = {"main": {"subnets": ["public"]}, "b": {"subnets": ["b1"]}}
    sections["transit_gateways"] = {"hub": {"attachments": attachments}}
    answer = reach(compile_network(plan_from(sections)), "fn", "far")
    assert answer.verdict == verdict
