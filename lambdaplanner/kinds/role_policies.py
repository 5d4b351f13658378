"""What is written of an execution role, and whether it lets Lambda create network interfaces
(aws.md 1.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

VPC_ACCESS_POLICY = "AWSLambdaVPCAccessExecutionRole"

Rights = Literal["allowed", "refused", "unknown"]

_ALLOWING = frozenset(
    {
        VPC_ACCESS_POLICY,
        "AWSLambdaENIManagementAccess",
        "AWSLambdaMSKExecutionRole",
        "AdministratorAccess",
        "PowerUserAccess",
        "AmazonEC2FullAccess",
    }
)
"""AWS's managed policies that carry the actions."""

_SILENT = frozenset(
    {
        "AWSLambdaBasicExecutionRole",
        "AWSLambdaDynamoDBExecutionRole",
        "AWSLambdaExecute",
        "AWSLambdaKinesisExecutionRole",
        "AWSLambdaRole",
        "AWSLambdaSQSQueueExecutionRole",
        "AWSXRayDaemonWriteAccess",
        "AmazonDynamoDBFullAccess",
        "AmazonDynamoDBReadOnlyAccess",
        "AmazonEC2ReadOnlyAccess",
        "AmazonS3FullAccess",
        "AmazonS3ReadOnlyAccess",
        "AmazonSNSFullAccess",
        "AmazonSQSFullAccess",
        "AmazonSSMReadOnlyAccess",
        "AmazonVPCReadOnlyAccess",
        "CloudWatchLambdaInsightsExecutionRolePolicy",
        "CloudWatchLogsFullAccess",
        "IAMFullAccess",
        "IAMReadOnlyAccess",
        "ReadOnlyAccess",
        "SecretsManagerReadWrite",
        "SecurityAudit",
        "ViewOnlyAccess",
    }
)
"""AWS's managed policies that people give to functions, and that do not carry them."""

CREATES = "ec2:CreateNetworkInterface"
"""The action that AWS asks for before it attaches a function."""

ACTIONS = (
    CREATES,
    "ec2:DescribeNetworkInterfaces",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeSubnets",
    "ec2:AssignPrivateIpAddresses",
    "ec2:UnassignPrivateIpAddresses",
)
"""What AWS's guide asks for; of its own policies some leave out the last three."""

_OF_AWS = re.compile(r"arn:aws(?:-[a-z]+)*:iam::aws:policy/(?:[^/]+/)*([^/]+)", re.ASCII)
_ACTION = re.compile(r"\*|[A-Za-z0-9-]+:[A-Za-z0-9*?]+", re.ASCII)


def managed_name(policy: str) -> str:
    """The name of a managed policy of AWS's own that is written as ARN; else the text itself."""
    match = _OF_AWS.fullmatch(policy)
    return match[1] if match else policy


def interface_rights(policies: Iterable[str]) -> Rights:
    """Whether Lambda may create network interfaces with a role that has these: names or ARNs of
    managed policies, and single actions. What somebody's own policy holds a plan does not say.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
    """
    names = {managed_name(policy) for policy in policies}
    if not names.isdisjoint(_ALLOWING):
        return "allowed"
    actions = [name for name in names if _ACTION.fullmatch(name)]
    if creates_interfaces(actions):
        return "allowed"
    return "unknown" if names.difference(actions) - _SILENT else "refused"


def creates_interfaces(patterns: Iterable[str]) -> bool:
    """Whether the action is named, or covered by what stands for several; IAM tells no cases
    apart.
    """
    found = (re.compile(_expression(pattern), re.IGNORECASE) for pattern in patterns)
    return any(one.fullmatch(CREATES) for one in found)


def _expression(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
