"""A finding names the side that blocks, and its fix agrees with what it says."""

from __future__ import annotations

import pytest

from tests.found.asking import ask, blocked, findings, ids, obstacles, twin

ONE_GROUP = "one-group-for-function-and-database"
NO_GROUPS = "endpoint-without-groups"
FOR_ENDPOINT = "attached-for-the-sake-of-an-endpoint"


def test_members_of_a_group_are_kept_out_by_its_inbound_side() -> None:
    plan = twin(ONE_GROUP)
    (obstacle,) = obstacles(ask(plan, "orders", "pg"))
    assert obstacle.is_of_groups("pg", "inbound")
    assert not obstacle.is_of_groups("orders", "outbound")
    assert "LAM-010" not in ids(plan)


def test_its_outbound_side_is_named_where_that_blocks() -> None:
    plan = twin(
        ONE_GROUP, ("app: {vpc: shop}", "app: {vpc: shop, outbound: [{cidr: 10.9.0.0/16}]}")
    )
    (finding,) = findings(plan, "LAM-010")
    assert "let no tcp 5432 out" in finding.message
    assert finding.fix.startswith("Allow outbound tcp 5432")


def test_the_endpoint_has_the_default_group_and_is_at_fault() -> None:
    plan = twin(NO_GROUPS)
    (finding,) = findings(plan, "END-001")
    assert finding.about[:2] == ("kms-ep", "orders")
    assert "has the VPC's default group" in finding.message
    assert finding.fix == ("Give kms-ep a security group that allows inbound tcp 443 from fn-sg.")
    assert "LAM-010" not in ids(plan)
    assert '"kms-ep" has the default security group' in findings(plan, "SG-003")[0].message


def test_a_function_with_the_default_group_too_is_let_in() -> None:
    plan = twin(NO_GROUPS, (", security_groups: [fn-sg]", ""))
    assert ask(plan, "orders", "aws:kms").verdict == "reachable"
    assert "END-001" not in ids(plan)


def test_an_endpoint_with_a_group_is_named_with_it() -> None:
    plan = twin(
        NO_GROUPS,
        ("subnets: [in-a]}\nfunctions", "subnets: [in-a], security_groups: [fn-sg]}\nfunctions"),
    )
    (finding,) = findings(plan, "END-001")
    assert finding.about == ("kms-ep", "orders", "fn-sg")
    assert "does not let" in finding.message


@pytest.mark.parametrize("name", [FOR_ENDPOINT, NO_GROUPS, "egress-to-s3-list-only"])
def test_who_calls_through_the_vpcs_endpoint_needs_the_vpc(name: str) -> None:
    assert "LAM-014" not in ids(twin(name))


def test_who_calls_something_else_does_not() -> None:
    plan = twin(FOR_ENDPOINT, ("to: 'aws:kms'", "to: 'aws:sqs'"))
    assert "LAM-014" in ids(plan)


HUB = """
transit_gateways: {hub: {attachments: {shop: {subnets: [in-a]}, far: {subnets: [f-a]}}%s}}
functions:"""
FAR = (
    ("vpcs:\n", "vpcs:\n  far: {cidr: 10.30.0.0/16}\n"),
    ("subnets:\n", "subnets:\n  f-a: {vpc: far, az: eu-west-1a, cidr: 10.30.1.0/24}\n"),
)


@pytest.mark.parametrize(
    ("side", "option", "says"),
    [
        ("inbound", "", "with security group referencing off"),
        ("outbound", "", "only inbound rules can name groups"),
        ("outbound", ", security_group_referencing: true", "only inbound rules can name groups"),
    ],
)
def test_a_reference_over_a_hub_says_what_is_off(side: str, option: str, says: str) -> None:
    group = f"  f-sg: {{vpc: far, {side}: [{{security_group: app}}]}}\n  app:"
    plan = twin(ONE_GROUP, *FAR, ("  app:", group), ("\nfunctions:", HUB % option))
    (finding,) = findings(plan, "SG-004")
    assert says in finding.message
    assert "not joined" not in finding.message


def test_a_reference_without_any_way_says_so() -> None:
    group = "  f-sg: {vpc: far, inbound: [{security_group: app}]}\n  app:"
    (finding,) = findings(twin(ONE_GROUP, *FAR, ("  app:", group)), "SG-004")
    assert 'not joined to "far"' in finding.message


def test_what_blocks_the_way_is_at_the_default_group() -> None:
    assert blocked(ask(twin(NO_GROUPS), "orders", "aws:kms")) == {
        ("default-sg:shop", "ENI_SG_RULES_MISMATCH")
    }
