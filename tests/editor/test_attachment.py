"""Connecting a function to a VPC: three steps in one, and a word at each wrong choice."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.commands.attachment import connect_function
from lambdaplanner.editor.attachment import recommended_subnets
from lambdaplanner.editor.connect_choice import Choice, carry_out, tried
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


def said(
    desk: Desk, subnets: list[str], groups: list[str], *, add_policy: bool = True
) -> list[str]:
    """Tone and words of each caution."""
    choice = Choice(
        function="function-2",
        vpc="vpc-1",
        subnets=tuple(subnets),
        groups=tuple(groups),
        add_policy=add_policy,
    )
    return [f"{one.tone}: {one.message}" for one in tried(desk.plan, choice).cautions]


def test_the_right_choice_needs_no_word(desk: Desk) -> None:
    assert recommended_subnets(desk.plan, "vpc-1") == ["subnet-2", "subnet-3"]
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []


@pytest.mark.parametrize(
    ("subnets", "groups", "words"),
    [
        (["subnet-1", "subnet-3"], ["sg-1"], 'stands in public subnet "subnet-1"'),
        (["subnet-2"], ["sg-1"], "attached to subnets of one zone only, us-east-1a"),
        (["subnet-2", "subnet-4"], ["sg-1"], 'but not from "subnet-4"'),
        (["subnet-2", "subnet-3"], [], "has no security group of its own"),
        ([], ["sg-1"], "error: Choose at least one private subnet."),
        (["subnet-2", "subnet-3"], ["sg-1"] * 6, "error: A function has at most 16 subnets and 5"),
        (["subnet-2"] * 17, ["sg-1"], "error: A function has at most 16"),
    ],
)
def test_wrong_choices(desk: Desk, subnets: list[str], groups: list[str], words: str) -> None:
    assert any(words in one for one in said(desk, subnets, groups))


@pytest.mark.parametrize(
    "subnets", [["subnet-1"], ["subnet-2"], ["subnet-4"], ["subnet-1", "subnet-3", "subnet-4"]]
)
def test_it_is_said_before_what_the_checks_say_afterwards(desk: Desk, subnets: list[str]) -> None:
    choice = Choice(function="function-2", vpc="vpc-1", subnets=tuple(subnets), groups=("sg-1",))
    before = tried(desk.plan, choice)
    desk.do(lambda edit: carry_out(edit, choice))
    after = raw_findings(PlanAnalysis(desk.plan))
    found = {f"{one.message} {one.fix}" for one in after if one.about[:1] == ("function-2",)}
    assert {one.message for one in before.cautions} == found


def test_too_few_addresses_for_the_target(desk: Desk) -> None:
    desk.do(lambda edit: edit.update("function-2", concurrency=600))
    (words,) = said(desk, ["subnet-2", "subnet-3"], ["sg-1"])
    assert words.startswith("error: ")
    assert "subnet-2" in words
    desk.do(lambda edit: edit.set_settings(capacity_model="hyperplane"))
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []


def test_a_group_that_lets_nothing_out(desk: Desk) -> None:
    desk.do(lambda edit: edit.update("sg-1", outbound=()))
    assert any("can send nothing" in one for one in said(desk, ["subnet-2", "subnet-3"], ["sg-1"]))
    desk.do(lambda edit: edit.update("sg-1", outbound=(SecurityGroupRule(cidr="0.0.0.0/0"),)))
    assert said(desk, ["subnet-2", "subnet-3"], ["sg-1"]) == []


def test_the_role_needs_the_policy(desk: Desk) -> None:
    words = said(desk, ["subnet-2", "subnet-3"], ["sg-1"], add_policy=False)
    assert words[0].startswith("error: ")
    assert "has no policy that lets Lambda create the network interface" in words[0]
    assert VPC_ACCESS_POLICY in words[0]


def test_two_vpcs_do_not_go_together(desk: Desk) -> None:
    desk.add("vpc")
    desk.add("subnet", "vpc-2")
    desk.add("security-group", "vpc-2")
    (words,) = said(desk, ["subnet-2", "subnet-5"], [])
    assert "belongs to another VPC, vpc-2" in words
    (words,) = said(desk, ["subnet-2"], ["sg-2"])
    assert "belongs to another VPC, vpc-2" in words


def test_trying_changes_nothing_and_strangers_get_no_answer(desk: Desk) -> None:
    revision = desk.plan.topology_revision
    said(desk, ["subnet-1"], [])
    assert desk.plan.topology_revision == revision
    assert tried(desk.plan, Choice(function="gone")).preview is None


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
        ("vpc-1", [], [], "at least one private subnet"),
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
