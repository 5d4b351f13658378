"""AWS services by gateway endpoint, interface endpoint, NAT gateway, or not at all (aws.md 7)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.reach_plans import ask, blocked, found, function, hops_of, path_of, route_table

IN_DATA = {"functions": {"fn": function(subnets=["data"])}}
GATEWAY = {"vpc": "main", "service": "s3", "type": "gateway", "route_tables": ["data-rt"]}


def interface(**fields: Any) -> dict[str, Any]:
    return {
        "vpc": "main",
        "service": "sqs",
        "type": "interface",
        "subnets": ["data"],
        "security_groups": ["open-sg"],
        **fields,
    }


def test_a_gateway_endpoint_is_a_route() -> None:
    answer = ask("fn", "aws:s3", endpoints={"s3": GATEWAY}, **IN_DATA)
    assert answer.verdict == "reachable"
    path = path_of(answer)
    assert hops_of(path)[3:6] == ["fn-sg", "data-rt", "s3"]
    assert hops_of(path)[-2:] == ["s3", "aws:s3"]
    assert [hop.id for hop in path.return_hops][:1] == ["aws:s3"]


def test_it_wins_over_the_default_route_even_into_a_black_hole() -> None:
    tables = {"data-rt": route_table({"0.0.0.0/0": "blackhole"})}
    answer = ask("fn", "aws:s3", endpoints={"s3": GATEWAY}, route_tables=tables, **IN_DATA)
    assert answer.verdict == "reachable"
    assert ask(
        "fn", "aws:sqs", endpoints={"s3": GATEWAY}, route_tables=tables, **IN_DATA
    ).verdict == ("unreachable")


def test_a_table_without_the_endpoint_goes_by_nat() -> None:
    path = path_of(ask("fn", "aws:s3", endpoints={"s3": GATEWAY}))
    assert path.verdict == "reachable"
    assert "nat" in hops_of(path)


def test_a_gateway_endpoint_does_not_carry_udp() -> None:
    answer = ask("fn", "aws:s3", None, "udp", endpoints={"s3": GATEWAY}, **IN_DATA)
    assert found(answer) == [("s3", "VPCE_GATEWAY_PROTOCOL_RESTRICTION", "forward")]


def test_full_service_names_are_the_same_service() -> None:
    named = {**GATEWAY, "service": "com.amazonaws.us-east-1.s3"}
    assert ask("fn", "aws:s3", endpoints={"s3": named}, **IN_DATA).verdict == "reachable"
    dotted = interface(service="com.amazonaws.us-east-1.ecr.api")
    assert ask("fn", "aws:ecr.api", endpoints={"e": dotted}, **IN_DATA).verdict == "reachable"


def test_an_interface_endpoint_is_an_interface() -> None:
    answer = ask("fn", "aws:sqs", endpoints={"q": interface()})
    path = path_of(answer)
    assert (path.via, path.into, path.verdict) == ("private", "data", "reachable")
    assert hops_of(path)[3:] == ["fn-sg", "private-rt", "open-sg", "eni:q@data", "q", "aws:sqs"]


def test_private_dns_shadows_a_working_nat() -> None:
    answer = ask("fn", "aws:sqs", endpoints={"q": interface(security_groups=["db-sg"])})
    assert found(answer) == [("db-sg", "ENI_SG_RULES_MISMATCH", "forward")]
    without = ask(
        "fn", "aws:sqs", endpoints={"q": interface(security_groups=["db-sg"], private_dns=False)}
    )
    assert without.verdict == "reachable"


def test_two_subnets_of_an_endpoint_are_two_paths() -> None:
    answer = ask("fn", "aws:sqs", endpoints={"q": interface(subnets=["data", "private"])})
    assert [(p.via, p.into) for p in answer.paths] == [("private", "data"), ("private", "private")]


@pytest.mark.parametrize("attribute", ["dns_support", "dns_hostnames"])
def test_private_dns_needs_both_attributes(attribute: str) -> None:
    vpcs = {"main": {"cidr": "10.0.0.0/16", attribute: False}}
    by_nat = ask("fn", "aws:sqs", endpoints={"q": interface()}, vpcs=vpcs)
    resolved = attribute != "dns_support"
    assert by_nat.verdict == ("reachable" if resolved else "unreachable")
    assert ("nat" in hops_of(path_of(by_nat))) == resolved
    stuck = ask("fn", "aws:sqs", endpoints={"q": interface()}, vpcs=vpcs, **IN_DATA)
    assert blocked(stuck) == {
        ("q", "ENDPOINT_WITHOUT_DNS"),
        ("data-rt", "NO_ROUTE_TO_DESTINATION"),
        *([] if resolved else [("main", "NO_DNS_SUPPORT")]),
    }


def test_an_endpoint_without_subnets_takes_the_name_all_the_same() -> None:
    answer = ask("fn", "aws:sqs", endpoints={"q": interface(subnets=[])})
    assert ("q", "NO_POSSIBLE_DESTINATION") in blocked(answer)


def test_default_networking_reaches_services_directly() -> None:
    path = path_of(ask("lone", "aws:s3"))
    assert path.verdict == "reachable"
    assert hops_of(path) == ["lone", "lambda-service-vpc", "internet", "aws:s3"]


def test_groups_must_let_out_to_everywhere() -> None:
    groups = {"fn-sg": {"vpc": "main", "outbound": [{"cidr": "203.0.113.0/24"}]}}
    answer = ask("fn", "aws:s3", endpoints={"s3": GATEWAY}, security_groups=groups, **IN_DATA)
    assert found(answer) == [("fn-sg", "ENI_SG_RULES_MISMATCH", "forward")]


S3_LIST = "com.amazonaws.eu-west-1.s3"
BY_LIST = {"fn-sg": {"vpc": "main", "outbound": [{"protocol": "tcp", "prefix_list": S3_LIST}]}}
S3_ADDRESSES = ["52.218.0.0/17", "3.5.0.0/16"]


def test_the_list_that_leads_to_the_endpoint_stands_for_the_service_in_rules() -> None:
    """aws.md 7.1: groups must let out to the service's prefix list, or everywhere."""
    changes: dict[str, Any] = {
        "prefix_lists": {S3_LIST: S3_ADDRESSES},
        "endpoints": {"s3": {**GATEWAY, "route_tables": []}},
        "route_tables": {"private-rt": route_table({S3_LIST: "s3"})},
        "security_groups": BY_LIST,
    }
    assert ask("fn", "aws:s3", **changes).verdict == "reachable"
    assert found(ask("fn", "aws:sqs", **changes))[0] == (
        "fn-sg",
        "ENI_SG_RULES_MISMATCH",
        "forward",
    )


def test_a_list_of_the_plans_own_does_not() -> None:
    """AWS makes the endpoint's route of its own list: a customer's stands for nothing."""
    rule = {"protocol": "tcp", "prefix_list": "pl-s3"}
    changes: dict[str, Any] = {
        "prefix_lists": {"pl-s3": S3_ADDRESSES},
        "endpoints": {"s3": {**GATEWAY, "route_tables": ["private-rt"]}},
        "security_groups": {"fn-sg": {"vpc": "main", "outbound": [rule]}},
    }
    assert blocked(ask("fn", "aws:s3", **changes)) == {("fn-sg", "ENI_SG_RULES_MISMATCH")}


def test_so_does_a_list_with_awss_own_name() -> None:
    name = "com.amazonaws.us-east-1.s3"
    rule = {"protocol": "tcp", "ports": 443, "prefix_list": name}
    changes: dict[str, Any] = {
        "prefix_lists": {name: S3_ADDRESSES},
        "security_groups": {"fn-sg": {"vpc": "main", "outbound": [rule]}},
    }
    assert ask("fn", "aws:s3", **changes).verdict == "reachable"
    assert ask("fn", "aws:s3", 80, **changes).verdict == "unreachable"
    assert ask("fn", "aws:dynamodb", **changes).verdict == "unreachable"


def test_there_are_gateway_endpoints_for_s3_and_dynamodb_alone() -> None:
    """AWS makes no other, so no route leads to one."""
    queue = {**GATEWAY, "service": "sqs"}
    answer = ask("fn", "aws:sqs", endpoints={"q": queue}, **IN_DATA)
    assert found(answer) == [
        ("data-rt", "NO_ROUTE_TO_DESTINATION", "forward"),
        ("q", "UNSUPPORTED_COMPONENT", "forward"),
    ]
    listed = ask(
        "fn",
        "52.94.5.5",
        prefix_lists={"pl": ["52.94.0.0/16"]},
        endpoints={"q": {**queue, "route_tables": []}},
        route_tables={"data-rt": route_table({"pl": "q"})},
        **IN_DATA,
    )
    assert found(listed) == [("q", "UNSUPPORTED_COMPONENT", "forward")]


def test_an_address_behind_a_prefix_list_route_is_the_service() -> None:
    """The prefix list wins for its own addresses and for nothing else (aws.md 7.1)."""
    changes: dict[str, Any] = {
        "prefix_lists": {S3_LIST: ["52.218.0.0/17"]},
        "endpoints": {"s3": {**GATEWAY, "route_tables": []}},
        "route_tables": {"private-rt": route_table({"0.0.0.0/0": "nat", S3_LIST: "s3"})},
    }
    near = path_of(ask("fn", "52.218.1.1", **changes))
    assert near.verdict == "reachable"
    assert "s3" in hops_of(near)
    far = path_of(ask("fn", "3.5.140.1", **changes))
    assert far.verdict == "reachable"
    assert "nat" in hops_of(far)
    assert "s3" in hops_of(path_of(ask("fn", "aws:s3", **changes)))


def test_nothing_answers_where_nothing_is_taken() -> None:
    """An interface endpoint is sure to take TCP alone: the path ends there."""
    answer = ask("fn", "aws:sqs", None, "udp", endpoints={"q": interface()})
    assert found(answer) == [("q", "PROTOCOL_RESTRICTION", "forward")]
    assert path_of(answer).return_hops == ()


BY_ROUTE = {"endpoints": {"s3": {**GATEWAY, "route_tables": []}}}


@pytest.mark.parametrize("target", ["internet", "8.8.8.8", "aws:s3", "aws:sqs"])
def test_a_block_leads_to_no_gateway_endpoint(target: str) -> None:
    """AWS makes its routes itself, of the prefix list; it takes no others (aws.md 3.2)."""
    tables = {"private-rt": route_table({"0.0.0.0/0": "s3"})}
    answer = ask("fn", target, route_tables=tables, **BY_ROUTE)
    assert found(answer) == [("private-rt", "BAD_STATE_ROUTE", "forward")]


@pytest.mark.parametrize("target", ["internet", "203.0.113.9", "aws:s3", "aws:sqs"])
def test_nor_does_a_list_of_the_plans_own(target: str) -> None:
    tables = {"private-rt": route_table({"all": "s3"})}
    lists = {"all": ["0.0.0.0/0"]}
    answer = ask("fn", target, route_tables=tables, prefix_lists=lists, **BY_ROUTE)
    assert found(answer) == [("private-rt", "BAD_STATE_ROUTE", "forward")]


@pytest.mark.parametrize("target", ["internet", "aws:sqs"])
def test_a_gateway_endpoint_leads_to_its_service_alone(target: str) -> None:
    """Also where a list has every address in it."""
    tables = {"private-rt": route_table({S3_LIST: "s3"})}
    lists = {S3_LIST: ["0.0.0.0/0"]}
    answer = ask("fn", target, route_tables=tables, prefix_lists=lists, **BY_ROUTE)
    assert found(answer) == [("s3", "NO_PATH", "forward")]
    assert (
        ask("fn", "aws:s3", route_tables=tables, prefix_lists=lists, **BY_ROUTE).verdict
        == "reachable"
    )
