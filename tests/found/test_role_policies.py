"""The policies of an execution role: by name, by ARN, by action, and those that nobody knows."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.attachment import allow_interfaces, attach
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import ACTIONS, VPC_ACCESS_POLICY, interface_rights
from lambdaplanner.model.edit import Edit
from tests.found.asking import ask, findings, twin

FOUND = "role-policy-by-arn"
BY_ARN = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
OWN = "arn:aws:iam::123456789012:policy/orders"


def test_the_same_policy_by_its_arn_is_as_good() -> None:
    plan = twin(FOUND)
    assert ask(plan, "orders", "internet").verdict == "reachable"
    assert findings(plan, "LAM-005") == []


@pytest.mark.parametrize(
    "policies",
    [
        ["AWSLambdaVPCAccessExecutionRole"],
        ["AWSLambdaENIManagementAccess"],
        ["arn:aws-cn:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"],
        ["arn:aws-us-gov:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"],
        ["arn:aws:iam::aws:policy/AdministratorAccess"],
        ["arn:aws:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole"],
        ["PowerUserAccess"],
        ["AmazonEC2FullAccess", OWN],
        list(ACTIONS),
        ["ec2:CreateNetworkInterface"],
        ["ec2:*"],
        ["*"],
        ["ec2:*NetworkInterface*", "ec2:describesubnets", "ec2:*PrivateIpAddresses"],
    ],
)
def test_what_lets_lambda_create_interfaces(policies: list[str]) -> None:
    assert interface_rights(policies) == "allowed"


@pytest.mark.parametrize(
    "policies",
    [
        [],
        ["AWSLambdaBasicExecutionRole"],
        ["arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"],
        ["s3:*", "AWSLambdaBasicExecutionRole"],
    ],
)
def test_what_does_not(policies: list[str]) -> None:
    assert interface_rights(policies) == "refused"


@pytest.mark.parametrize(
    "policies",
    [
        [OWN],
        ["arn:aws:iam::123456789012:policy/AWSLambdaVPCAccessExecutionRole"],
        ["AWSLambdaBasicExecutionRole", "orders-network"],
    ],
)
def test_what_nobody_can_tell_is_a_warning_and_no_obstacle(policies: list[str]) -> None:
    plan = twin(FOUND, (f"['{BY_ARN}']", str(policies)))
    assert interface_rights(policies) == "unknown"
    assert ask(plan, "orders", "internet").verdict == "reachable"
    (finding,) = findings(plan, "LAM-005")
    assert finding.severity == "warning"
    assert "does not tell" in finding.message


def test_a_known_role_without_the_right_is_an_error() -> None:
    plan = twin(FOUND, (BY_ARN, "AWSLambdaBasicExecutionRole"))
    assert ask(plan, "orders", "internet").verdict == "unreachable"
    assert [one.severity for one in findings(plan, "LAM-005")] == ["error"]


@pytest.mark.parametrize(
    ("written", "after"),
    [
        (BY_ARN, (BY_ARN,)),
        ("AWSLambdaBasicExecutionRole", ("AWSLambdaBasicExecutionRole", VPC_ACCESS_POLICY)),
        (OWN, (OWN, VPC_ACCESS_POLICY)),
    ],
)
def test_the_policy_is_added_only_where_it_is_not_there(
    written: str, after: tuple[str, ...]
) -> None:
    plan = twin(FOUND, (BY_ARN, written))
    edit = Edit(plan)
    allow_interfaces(edit, "orders")
    changed = edit.plan.resource("orders")
    assert isinstance(changed, Function)
    assert changed.role_policies == after


def test_attaching_leaves_a_role_alone_that_may_be_good() -> None:
    plan = twin(FOUND, (BY_ARN, OWN))
    edit = Edit(plan)
    assert attach(edit, "orders", "pub-a") == "orders is attached to pub-a"
