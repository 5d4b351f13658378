"""AWS's own prefix lists in the rules of groups, and public ranges that people write out."""

from __future__ import annotations

import re

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import PlanProblems
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.formats.schema import plan_schema
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from tests.found.asking import ask, blocked, findings, ids, obstacles, text_of, twin

LISTED = "egress-to-s3-list-only"
RANGES = "acl-with-s3-ranges"
DB = "workloads:\n  db: {type: rds, subnets: [in-a], port: 443, security_groups: [open]}\n"
OPEN = "  open: {vpc: shop, inbound: [{cidr: 0.0.0.0/0}]}\nendpoints:\n"
NAT = """
  out-rt: {vpc: shop, routes: {0.0.0.0/0: igw}}
internet_gateways: {igw: {vpc: shop}}
nat_gateways: {nat: {subnet: out}}
"""
OUT = "  out: {vpc: shop, cidr: 10.20.9.0/24, az: eu-west-1a, route_table: out-rt}\n"
BY_NAT = (
    ("in-rt: {vpc: shop, routes: {}}\n", "in-rt: {vpc: shop, routes: {0.0.0.0/0: nat}}" + NAT),
    ("subnets:\n", "subnets:\n" + OUT),
)
NO_ENDPOINT = ("route_tables: [in-rt]}", "route_tables: []}")


def test_a_group_that_lets_out_to_the_list_lets_the_service_through() -> None:
    plan = twin(LISTED)
    assert ask(plan, "orders", "aws:s3").verdict == "reachable"
    assert "LAM-010" not in ids(plan)


@pytest.mark.parametrize(
    ("changes", "way"), [((), "s3-ep"), ((*BY_NAT, NO_ENDPOINT), "nat")], ids=["endpoint", "nat"]
)
def test_by_whatever_way_the_packets_go(changes: tuple[tuple[str, str], ...], way: str) -> None:
    answer = ask(twin(LISTED, *changes), "orders", "aws:s3")
    assert answer.verdict == "reachable"
    assert way in [hop.id for hop in answer.paths[0].hops]


@pytest.mark.parametrize("target", ["internet", "aws:dynamodb", "aws:sqs", "db", "1.1.1.1"])
def test_and_nothing_else(target: str) -> None:
    plan = twin(LISTED, *BY_NAT, ("functions:\n", DB + "functions:\n"), ("endpoints:\n", OPEN))
    answer = ask(plan, "orders", target)
    assert answer.verdict == "unreachable"
    assert blocked(answer) == {("fn-sg", "ENI_SG_RULES_MISMATCH")}


def test_a_list_is_no_interface_endpoints_address() -> None:
    plan = twin(
        LISTED,
        ("type: gateway, route_tables: [in-rt]", "type: interface, subnets: [in-a, in-b]"),
    )
    assert ask(plan, "orders", "aws:s3").verdict == "unreachable"


@pytest.mark.parametrize("name", LIST_WEIGHTS)
def test_every_list_of_aws_is_read_saved_and_in_the_schema(name: str) -> None:
    plan = twin(LISTED, ("prefix_list: 'aws:s3'", f"prefix_list: '{name}'"))
    again = read_text(plan_text(plan), where="again").plan
    assert plan_text(again) == plan_text(plan)
    assert f"prefix_list: {name}" in plan_text(plan).replace("'", "").replace('"', "")
    schema = str(plan_schema())
    assert re.escape(name) in schema.replace("\\\\", "\\")


@pytest.mark.parametrize(
    ("written", "near"),
    [("aws:s33", "aws:s3"), ("aws:S3", "aws:s3"), ("aws:cloudfrnt", "aws:cloudfront")],
)
def test_another_name_is_an_error_that_says_what_was_meant(written: str, near: str) -> None:
    text = text_of(LISTED).replace("prefix_list: 'aws:s3'", f"prefix_list: '{written}'")
    with pytest.raises(PlanProblems) as caught:
        read_text(text, where="wrong")
    assert f'did you mean "{near}"?' in str(caught.value)


def test_acls_and_blocks_take_no_list() -> None:
    text = text_of(LISTED).replace("prefix_list: 'aws:s3'", "cidr: 'aws:s3'")
    with pytest.raises(PlanProblems):
        read_text(text, where="wrong")


@pytest.mark.parametrize(("copies", "counts"), [(1, False), (2, True)])
def test_a_list_counts_with_its_weight_against_the_quota(copies: int, counts: bool) -> None:
    row = "    - {protocol: tcp, ports: 443, prefix_list: 'aws:s3'}\n"
    more = "".join(
        f"    - {{protocol: tcp, ports: {443 + n}, prefix_list: 'aws:cloudfront'}}\n"
        for n in range(copies)
    )
    plan = twin(LISTED, (row, row + more))
    assert ("SG-006" in ids(plan)) == counts


def test_mending_offers_the_list_first() -> None:
    plan = twin(
        LISTED,
        (
            "    - {protocol: tcp, ports: 443, prefix_list: 'aws:s3'}\n",
            "    - {cidr: 10.0.0.0/8}\n",
        ),
    )
    (finding,) = findings(plan, "LAM-010")
    assert "aws:s3" in finding.fix
    labels = [offer.fix.label for offer in for_finding(PlanAnalysis(plan), finding)]
    assert "aws:s3" in labels[0]
    assert "0.0.0.0/0" not in labels[0]


# public ranges that are written out ---------------------------------------------------------------


def test_ranges_in_an_acl_may_be_the_services() -> None:
    answer = ask(twin(RANGES), "orders", "aws:s3")
    assert answer.verdict == "partial"
    assert {one.at for one in obstacles(answer)} == {"in-acl"}
    assert all("the plan does not say" in one.message for one in obstacles(answer))


def test_ranges_that_are_let_out_and_not_back_in_are_no_way() -> None:
    lines = [line for line in text_of(RANGES).splitlines(True) if "ports: 1024" not in line]
    plan = read_text("".join(lines).replace("    inbound:\n", "    inbound: {}\n"), where="x").plan
    assert ask(plan, "orders", "aws:s3").verdict == "unreachable"


def test_private_ranges_are_not_the_services() -> None:
    text = re.sub(r"cidr: (52|3|18)\.[0-9./]+", "cidr: 10.1.0.0/16", text_of(RANGES))
    plan = read_text(text, where="x").plan
    assert ask(plan, "orders", "aws:s3").verdict == "unreachable"


def test_ranges_do_not_stand_for_the_internet() -> None:
    plan = twin(
        RANGES,
        ("routes: {}", "routes: {0.0.0.0/0: nat}"),
        ("endpoints:\n", "nat_gateways: {nat: {subnet: in-a}}\nendpoints:\n"),
    )
    assert ("in-acl", "SUBNET_ACL_RESTRICTION") in blocked(ask(plan, "orders", "internet"))


GROUP = """fn-sg: {vpc: shop, outbound: [{cidr: 52.218.0.0/17}, {prefix_list: mine}]}
prefix_lists: {mine: [52.92.0.0/17]}
"""


def test_ranges_in_a_group_may_be_the_services() -> None:
    plan = twin(RANGES, ("fn-sg: {vpc: shop}\n", GROUP), (", network_acl: in-acl", ""))
    answer = ask(plan, "orders", "aws:s3")
    assert answer.verdict == "partial"
    assert "prefix list" not in obstacles(answer)[0].fix
    assert "aws:s3" in obstacles(answer)[0].fix


def test_a_group_and_an_acl_that_share_no_address_are_no_way() -> None:
    plan = twin(
        RANGES, ("fn-sg: {vpc: shop}\n", "fn-sg: {vpc: shop, outbound: [{cidr: 8.8.8.0/24}]}\n")
    )
    assert ask(plan, "orders", "aws:s3").verdict == "unreachable"


def test_a_deny_before_the_ranges_counts() -> None:
    plan = twin(
        RANGES, ("    outbound:\n", "    outbound:\n      50: {action: deny, cidr: 0.0.0.0/0}\n")
    )
    assert ask(plan, "orders", "aws:s3").verdict == "unreachable"
