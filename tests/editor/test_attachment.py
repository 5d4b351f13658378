"""Connecting a function to a VPC: three steps in one, and a word at each wrong choice."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.attachment import connect_function
from lambdaplanner.editor.attachment import attachment_warnings, recommended_subnets
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.security_group import SecurityGroupRule
from tests.commands.plans import Desk, brief


@pytest.fixture
def desk() -> Desk:
    """The brief's network over two zones, and a function that is not attached."""
    desk = brief()
    desk.add("subnet", "vpc-1", az="us-east-1b", route_table="subnet-2-routes")
    desk.add("subnet", "vpc-1", az="us-east-1b")
    desk.add("function", "lambda-service-vpc")
    return desk


def said(desk: Desk, subnets: list[str], groups: list[str], **more: bool) -> list[str]:
    """Tone and first words of each warning."""
    found = attachment_warnings(desk.plan, "function-2", subnets, groups, **more)
    return [f"{one.tone}: {one.message}" for one in found]


def test_the_right_choice_needs_no_word(desk: Desk) -> None:
    assert recommended_subnets(desk.plan, "vpc-1") == ["subnet-2", "subnet-3"]
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []


@pytest.mark.parametrize(
    ("subnets", "groups", "words"),
    [
        (["subnet-1", "subnet-3"], ["sg-1"], "error: subnet-1 is a public subnet"),
        (["subnet-2"], ["sg-1"], "warning: All in one zone, us-east-1a"),
        (["subnet-2", "subnet-4"], ["sg-1"], "error: Only subnet-2 leads to the internet"),
        (["subnet-4"], ["sg-1"], "info: subnet-4 leads nowhere outside of the VPC"),
        (["subnet-2", "subnet-3"], [], "info: Without a security group the VPC's default"),
        ([], ["sg-1"], "error: No subnet is chosen"),
        (["subnet-2", "subnet-3"], ["sg-1"] * 6, "error: A function has at most 5"),
        (["subnet-2"] * 17, ["sg-1"], "error: A function has at most 16"),
    ],
)
def test_wrong_choices(desk: Desk, subnets: list[str], groups: list[str], words: str) -> None:
    assert any(one.startswith(words) for one in said(desk, subnets, groups))


def test_too_few_addresses_for_the_target(desk: Desk) -> None:
    desk.do(lambda edit: edit.update("function-2", concurrency=600))
    (words,) = said(desk, ["subnet-2", "subnet-3"], ["sg-1"])
    assert "have 500 addresses left, and 600 concurrent invocations take 600" in words
    assert "EC2ThrottledException" in words
    desk.do(lambda edit: edit.set_settings(capacity_model="hyperplane"))
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []
    desk.do(lambda edit: edit.set_settings(capacity_model="eni-per-3gb"))
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []


def test_a_group_that_lets_nothing_out(desk: Desk) -> None:
    rules = [
        SecurityGroupRule(protocol="tcp", cidr="10.0.0.0/8"),
        SecurityGroupRule(protocol="udp", cidr="0.0.0.0/0"),
    ]
    desk.do(lambda edit: edit.update("sg-1", outbound=tuple(rules)))
    assert any(
        "No outbound rule of sg-1" in one for one in said(desk, ["subnet-2", "subnet-3"], ["sg-1"])
    )
    rules.append(SecurityGroupRule(protocol="tcp", cidr="0.0.0.0/0"))
    desk.do(lambda edit: edit.update("sg-1", outbound=tuple(rules)))
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []


def test_the_role_needs_the_policy(desk: Desk) -> None:
    words = said(desk, ["subnet-2", "subnet-3"], ["sg-1"], add_policy=False)
    assert words[0].startswith(
        "error: The role of function-2 lacks AWSLambdaVPCAccessExecutionRole"
    )


def test_two_vpcs_do_not_go_together(desk: Desk) -> None:
    desk.add("vpc")
    desk.add("subnet", "vpc-2")
    desk.add("security-group", "vpc-2")
    assert any(
        "The subnets lie in vpc-1 and vpc-2" in one
        for one in said(desk, ["subnet-2", "subnet-5"], [])
    )
    assert any("sg-2 belongs to vpc-2" in one for one in said(desk, ["subnet-2"], ["sg-2"]))


def test_asking_changes_nothing_and_strangers_get_no_answer(desk: Desk) -> None:
    revision = desk.plan.topology_revision
    said(desk, ["subnet-1"], [])
    assert desk.plan.topology_revision == revision
    assert attachment_warnings(desk.plan, "gone", [], []) == []


def test_three_steps_at_once(desk: Desk) -> None:
    desk.do(
        lambda edit: connect_function(
            edit, "function-2", "vpc-1", ["subnet-2", "subnet-3"], ["sg-1"]
        )
    )
    function = desk["function-2"]
    assert function.role_policies == (VPC_ACCESS_POLICY,)
    assert function.subnets == ("subnet-2", "subnet-3")
    assert function.security_groups == ("sg-1",)


def test_without_the_policy_the_role_stays(desk: Desk) -> None:
    desk.do(
        lambda edit: connect_function(
            edit, "function-2", "vpc-1", ["subnet-2"], [], add_policy=False
        )
    )
    assert desk["function-2"].role_policies == ()


@pytest.mark.parametrize(
    ("vpc", "subnets", "groups", "reason"),
    [
        ("vpc-1", [], [], "at least one subnet"),
        ("vpc-2", ["subnet-2"], [], "belongs to another VPC, vpc-1"),
        ("vpc-1", ["nat-1"], [], "no subnet or security group"),
        ("vpc-1", ["subnet-2"] * 17, [], "at most 16 subnets"),
    ],
)
def test_what_cannot_be(
    desk: Desk, vpc: str, subnets: list[str], groups: list[str], reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        desk.do(lambda edit: connect_function(edit, "function-2", vpc, subnets, groups))
    assert desk["function-2"].role_policies == ()
