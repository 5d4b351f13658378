"""For each check of functions and NAT gateways a plan that breaks it, and one that keeps it."""

from __future__ import annotations

from tests.checks.cases import function
from tests.checks.rule_cases import Case

POLICY = "role_policies: [AWSLambdaVPCAccessExecutionRole]"


def groups(count: int) -> str:
    """So many groups of the VPC, and the two of the sound plan."""
    rows = [f"g{i}: {{vpc: main}}" for i in range(count)]
    return "{" + ", ".join(["sg: {vpc: main}", "far-sg: {vpc: other}", *rows]) + "}"


def functions(count: int, subnets: str = "[private-a, private-b]", group: str = "g{i}") -> str:
    """So many attached functions, by default with a group of their own each."""
    rows = (
        f"f{i}: {{{POLICY}, subnets: {subnets}, security_groups: [{group.format(i=i)}]}}"
        for i in range(count)
    )
    return "{" + ", ".join(rows) + "}"


LAMBDA_CASES: tuple[Case, ...] = (
    Case(
        "LAM-008",
        {"settings": "{hyperplane_enis_per_vpc: 1}"},
        ("main",),
        {"settings": "{hyperplane_enis_per_vpc: 3}"},
        "needs 2 Lambda interfaces of a quota of 1: functions then fail with ENILimitReached",
    ),
    Case(
        "LAM-008",
        {"settings": "{hyperplane_enis_per_vpc: 2}"},
        ("main",),
        {"functions": "{f: {}}", "settings": "{hyperplane_enis_per_vpc: 1}"},
        "more than 80 % of it",
        "warning",
    ),
    Case(
        "LAM-008",
        {
            "security_groups": groups(5),
            "functions": functions(5),
            "settings": "{hyperplane_enis_per_vpc: 12}",
        },
        ("main",),
        {
            "security_groups": groups(4),
            "functions": functions(4),
            "settings": "{hyperplane_enis_per_vpc: 10}",
        },
        "needs 10 Lambda interfaces of a quota of 12",
        "warning",
    ),
    Case(
        "LAM-008",
        {
            "workloads": "{share: {type: efs, subnets: [private-a]}}",
            "settings": "{hyperplane_enis_per_vpc: 2}",
        },
        ("main",),
        {
            "workloads": "{share: {type: ec2, subnets: [private-a]}}",
            "settings": "{hyperplane_enis_per_vpc: 3}",
        },
        "needs 3 Lambda interfaces",
    ),
    Case(
        "LAM-009",
        {"security_groups": groups(5), "functions": functions(5)},
        ("main", "f0", "f1", "f2"),
        {"security_groups": groups(4), "functions": functions(4)},
        "take 10 interfaces; with one shared set they would take 2.",
    ),
    Case(
        "LAM-009",
        {"security_groups": groups(6), "functions": functions(6, "[private-a]")},
        ("main", "f0", "f1", "f2"),
        {"functions": functions(6, group="sg")},
        '6 functions ("f0", "f1", "f2" and 3 more)',
    ),
    Case(
        "LAM-020",
        {"functions": function(concurrency="13001")},
        ("f", "private-a", "private-b"),
        {"functions": function(concurrency="13000")},
        "up to 65,005 connections",
    ),
    Case(
        "LAM-020",
        {
            "settings": "{connections_per_environment: 1000}",
            "functions": f"{{a: {{{POLICY}, subnets: [private-a], concurrency: 65}}, "
            f"b: {{{POLICY}, subnets: [private-a, private-b], concurrency: 1}}}}",
        },
        ("a", "b", "private-a"),
        {
            "settings": "{connections_per_environment: 1000}",
            "functions": f"{{a: {{{POLICY}, subnets: [private-a], concurrency: 65}}, "
            f"b: {{{POLICY}, subnets: [private-a], security_groups: [sg], concurrency: 65}}}}",
        },
        'Functions "a", "b" hold together up to 65,500 connections in subnet "private-a"',
    ),
)
