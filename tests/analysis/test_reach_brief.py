"""The brief's world: attachment, groups, routes, NAT gateway, internet gateway, workloads."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.internet import subnet_tier
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.plan_file import read_text
from tests.analysis.reach_plans import (
    ask,
    blocked,
    found,
    function,
    hops_of,
    network_with,
    path_of,
    route_table,
)

BRIEF = """
lambdaplanner: 1
vpcs:
  customer: {cidr: 10.0.0.0/16}
internet_gateways:
  igw: {vpc: customer}
subnets:
  public: {vpc: customer, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-routes}
  private: {vpc: customer, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: private-routes}
nat_gateways:
  nat: {subnet: public}
route_tables:
  public-routes: {vpc: customer, routes: {0.0.0.0/0: igw}}
  private-routes: {vpc: customer, routes: {0.0.0.0/0: nat}}
security_groups:
  function-sg: {vpc: customer}
  database-sg:
    vpc: customer
    inbound: [{protocol: tcp, ports: 5432, security_group: function-sg}]
functions:
  attached:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private]
    security_groups: [function-sg]
  unattached: {}
workloads:
  database: {type: rds, subnets: [private], security_groups: [database-sg], port: 5432}
"""


def test_the_worked_example_meets_its_hops_in_order() -> None:
    network = compile_network(read_text(BRIEF, where="brief").plan)
    answer = reach(network, "attached", "internet", port=443)
    assert answer.verdict == "reachable"
    assert (answer.port, answer.protocol) == (443, "tcp")
    path = path_of(answer)
    assert (path.via, path.into) == ("private", None)
    assert [(hop.id, hop.kind) for hop in path.hops] == [
        ("attached", "function"),
        ("vpc-to-vpc-nat", "vpc-to-vpc-nat"),
        ("eni:attached@private", "eni"),
        ("function-sg", "security-group"),
        ("private-routes", "route-table"),
        ("nat", "nat-gateway"),
        ("public-routes", "route-table"),
        ("igw", "internet-gateway"),
        ("internet", "internet"),
    ]
    details = {hop.id: hop.detail for hop in path.hops}
    assert details["private-routes"] == "0.0.0.0/0 -> nat"
    assert details["function-sg"] == "allows all to 0.0.0.0/0 (default)"
    assert [hop.id for hop in path.return_hops] == [
        "internet",
        "igw",
        "nat",
        "public-routes",
        "eni:attached@private",
        "vpc-to-vpc-nat",
        "attached",
    ]


def test_inside_a_subnet_only_groups_are_met() -> None:
    network = compile_network(read_text(BRIEF, where="brief").plan)
    path = path_of(reach(network, "attached", "database"))
    assert path.verdict == "reachable"
    assert hops_of(path)[3:] == [
        "function-sg",
        "database-sg",
        "eni:database@private",
        "database",
    ]
    assert path.hops[4].detail == "allows tcp 5432 from function-sg"


def test_between_subnets_the_local_route_is_met_both_ways() -> None:
    path = path_of(ask("fn", "db"))
    assert path.verdict == "reachable"
    assert hops_of(path)[3:5] == ["fn-sg", "private-rt"]
    assert path.hops[4].detail == "10.0.0.0/16 -> local"
    assert [hop.id for hop in path.return_hops][:3] == ["db", "eni:db@data", "data-rt"]


def test_default_networking_goes_through_the_service_vpc() -> None:
    path = path_of(ask("lone", "internet"))
    assert hops_of(path) == ["lone", "lambda-service-vpc", "internet"]
    web = path_of(ask("lone", "web"))
    assert web.verdict == "reachable"
    assert hops_of(web) == [
        "lone",
        "lambda-service-vpc",
        "internet",
        "igw",
        "open-sg",
        "eni:web@public",
        "web",
    ]


def test_the_internet_comes_in_by_the_gateway_and_replies_leave_by_it() -> None:
    path = path_of(ask("internet", "web"))
    assert path.verdict == "reachable"
    assert hops_of(path) == ["internet", "igw", "open-sg", "eni:web@public", "web"]
    assert [hop.id for hop in path.return_hops] == [
        "web",
        "eni:web@public",
        "public-rt",
        "igw",
        "internet",
    ]


EVERYTHING: list[tuple[str, dict[str, Any], str, set[tuple[str, str]]]] = [
    (
        "group, no route and the target's group",
        {
            "vpcs": {"other": {"cidr": "10.1.0.0/16"}},
            "subnets": {"far": {"vpc": "other", "az": "a", "cidr": "10.1.0.0/24"}},
            "security_groups": {
                "shut": {"vpc": "main", "outbound": []},
                "far-sg": {"vpc": "other"},
            },
            "functions": {"fn": function(subnets=["data"], security_groups=["shut"])},
            "workloads": {
                "far-db": {"type": "rds", "subnets": ["far"], "security_groups": ["far-sg"]}
            },
        },
        "far-db",
        {
            ("shut", "SG_HAS_NO_RULES"),
            ("data-rt", "NO_ROUTE_TO_DESTINATION"),
            ("far-sg", "SG_HAS_NO_RULES"),
            ("main-rt:other", "NO_ROUTE_TO_DESTINATION"),
        },
    ),
    (
        "NAT gateway in a private subnet and without elastic IP",
        {"nat_gateways": {"nat": {"subnet": "data", "elastic_ips": 0}}},
        "internet",
        {
            ("nat", "NAT_SUBNET_NOT_PUBLIC"),
            ("data-rt", "NO_ROUTE_TO_DESTINATION"),
            ("nat", "NAT_LACKS_ELASTIC_IP"),
        },
    ),
    (
        "role, group and own subnet",
        {
            "nat_gateways": {"nat": {"subnet": "private"}},
            "security_groups": {"shut": {"vpc": "main", "outbound": []}},
            "functions": {"fn": function(role_policies=[], security_groups=["shut"])},
        },
        "internet",
        {
            ("fn", "LAMBDA_ROLE_LACKS_ENI_ACCESS"),
            ("shut", "SG_HAS_NO_RULES"),
            ("nat", "NAT_IN_SOURCE_SUBNET"),
        },
    ),
    (
        "the public-subnet trap behind a shut group",
        {
            "security_groups": {"shut": {"vpc": "main", "outbound": []}},
            "functions": {"fn": function(subnets=["public"], security_groups=["shut"])},
        },
        "internet",
        {("shut", "SG_HAS_NO_RULES"), ("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")},
    ),
    (
        "a black hole at the NAT gateway's subnet",
        {"route_tables": {"public-rt": route_table({"0.0.0.0/0": "blackhole"})}},
        "internet",
        {("nat", "NAT_SUBNET_NOT_PUBLIC"), ("public-rt", "BAD_STATE_ROUTE")},
    ),
]


@pytest.mark.parametrize(("name", "changes", "target", "expected"), EVERYTHING)
def test_every_obstacle_of_a_path_is_named(
    name: str, changes: dict[str, Any], target: str, expected: set[tuple[str, str]]
) -> None:
    answer = ask("fn", target, **changes)
    assert answer.verdict == "unreachable", name
    assert blocked(answer) == expected


def test_hops_end_where_the_packet_stops() -> None:
    trap = path_of(ask("fn", "internet", functions={"fn": function(subnets=["public"])}))
    assert hops_of(trap)[-1] == "igw"
    assert trap.return_hops == ()
    missing = path_of(ask("fn", "internet", functions={"fn": function(subnets=["data"])}))
    assert hops_of(missing)[-1] == "data-rt"
    role = path_of(ask("fn", "internet", functions={"fn": function(role_policies=[])}))
    assert hops_of(role) == ["fn"]


def test_mixed_subnets_are_partial_and_each_path_says_its_own() -> None:
    answer = ask("fn", "internet", functions={"fn": function(subnets=["private", "data"])})
    assert answer.verdict == "partial"
    assert [(p.via, p.verdict) for p in answer.paths] == [
        ("private", "reachable"),
        ("data", "unreachable"),
    ]


def test_a_route_to_a_gateway_of_another_vpc_does_not_work() -> None:
    other = {"vpcs": {"other": {"cidr": "10.1.0.0/16"}}}
    foreign = ask(
        "fn",
        "internet",
        **other,
        internet_gateways={"igw2": {"vpc": "other"}},
        route_tables={"private-rt": route_table({"0.0.0.0/0": "igw2"})},
    )
    assert found(foreign) == [("private-rt", "BAD_STATE_ROUTE", "forward")]
    nat = ask(
        "fn",
        "internet",
        **other,
        subnets={"far": {"vpc": "other", "az": "a", "cidr": "10.1.0.0/24"}},
        nat_gateways={"nat2": {"subnet": "far"}},
        route_tables={"private-rt": route_table({"0.0.0.0/0": "nat2"})},
    )
    assert found(nat) == [("nat2", "NGW_REQUIRES_SOURCE_IN_VPC", "forward")]


def test_a_private_subnet_has_no_way_back_to_the_internet() -> None:
    answer = ask(
        "internet",
        "hidden",
        workloads={
            "hidden": {
                "type": "ec2",
                "subnets": ["private"],
                "security_groups": ["open-sg"],
                "public_ip": True,
            }
        },
    )
    assert found(answer) == [("private-rt", "NO_ROUTE_TO_DESTINATION", "return")]


def test_a_vpc_without_gateway_lets_nothing_in() -> None:
    answer = ask(
        "internet",
        "web",
        internet_gateways={"igw": None},
        route_tables={"public-rt": route_table({})},
    )
    assert ("main", "NO_PATH") in blocked(answer)
    assert answer.verdict == "unreachable"


TIERS = [
    ("public", {}, "public"),
    ("private", {}, "private"),
    ("data", {}, "isolated"),
    ("private", {"nat_gateways": {"nat": {"subnet": "data"}}}, "private-broken"),
    (
        "data",
        {"route_tables": {"data-rt": route_table({"0.0.0.0/0": "blackhole"})}},
        "private-broken",
    ),
    ("data", {"route_tables": {"data-rt": route_table({"8.8.8.0/24": "igw"})}}, "public"),
    ("data", {"route_tables": {"data-rt": route_table({"8.8.8.0/24": "nat"})}}, "isolated"),
    ("private", {"nat_gateways": {"nat": {"subnet": "private"}}}, "private-broken"),
]


@pytest.mark.parametrize(("subnet", "changes", "tier"), TIERS)
def test_a_subnet_is_what_its_routes_make_it(
    subnet: str, changes: dict[str, Any], tier: str
) -> None:
    assert subnet_tier(network_with(**changes), subnet) == tier


def test_a_nat_gateway_is_no_way_out_of_its_own_subnet_alone() -> None:
    network = network_with(
        subnets={
            "shared": {"vpc": "main", "az": "a", "cidr": "10.0.3.0/24", "route_table": "private-rt"}
        },
        route_tables={"public-rt": route_table({"0.0.0.0/0": "nat"})},
    )
    assert subnet_tier(network, "public") == "private-broken"
    assert subnet_tier(network, "shared") == "private-broken"
    filtered = network_with(
        network_acls={"shut": {"vpc": "main"}},
        subnets={
            "private": {
                "vpc": "main",
                "az": "a",
                "cidr": "10.0.1.0/24",
                "route_table": "private-rt",
                "network_acl": "shut",
            }
        },
    )
    assert subnet_tier(filtered, "private") == "private"


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        ("fnn", "internet", 'did you mean "fn"'),
        ("fn", "dbb", 'did you mean "db"'),
        ("fn", "private", "is a subnet"),
        ("aws:s3", "fn", "opens no connections"),
        ("fn", "aws:", "names no AWS service"),
        ("fn", "10.0.0.300", "there is no function"),
    ],
)
def test_questions_about_nothing_are_refused(source: str, target: str, words: str) -> None:
    with pytest.raises(QuestionError) as caught:
        ask(source, target)
    assert words in str(caught.value)


@pytest.mark.parametrize(("port", "protocol"), [(-1, "tcp"), (65536, "tcp"), (80, "sctp")])
def test_ports_and_protocols_out_of_range_are_refused(port: int, protocol: str) -> None:
    with pytest.raises(QuestionError):
        ask("fn", "internet", port, protocol)


def test_messages_are_sentences_with_a_way_out() -> None:
    for _, changes, target, _ in EVERYTHING:
        for path in ask("fn", target, **changes).paths:
            for obstacle in path.obstacles:
                assert obstacle.message.endswith(".")
                assert obstacle.fix.endswith(".")
                assert obstacle.at in obstacle.message or obstacle.at in obstacle.fix


def test_a_workload_of_another_vpc_is_meant_by_its_private_address() -> None:
    """Its public one has no number on a plan; the way out says that it is there."""
    answer = ask(
        "fn",
        "shop",
        vpcs={"other": {"cidr": "10.9.0.0/16"}},
        internet_gateways={"other-igw": {"vpc": "other"}},
        subnets={"there": {"vpc": "other", "az": "a", "cidr": "10.9.0.0/24"}},
        route_tables={
            "other-rt": {**route_table({"0.0.0.0/0": "other-igw"}, "other"), "main": True}
        },
        security_groups={"shop-sg": {"vpc": "other", "inbound": [{"cidr": "0.0.0.0/0"}]}},
        workloads={
            "shop": {
                "type": "alb",
                "subnets": ["there"],
                "security_groups": ["shop-sg"],
                "public_ip": True,
            }
        },
    )
    assert answer.verdict == "unreachable"
    first = path_of(answer).obstacles[0]
    assert (first.at, first.code) == ("igw", "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS")
    assert first.fix.endswith("or call shop by its public address, as the internet does.")


def test_the_way_to_a_function_begins_where_it_is_asked_from() -> None:
    for source, way in (
        ("web", ["web", "eni:web@public"]),
        ("lone", ["lone", "lambda-service-vpc", "internet"]),
        ("internet", ["internet"]),
        ("10.99.0.1", []),
    ):
        answer = ask(source, "fn")
        assert hops_of(path_of(answer)) == way
        assert found(answer) == [("fn", "LAMBDA_TAKES_NO_INBOUND", "forward")]
