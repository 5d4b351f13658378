"""For each check of functions a plan that breaks it, and one that keeps it."""

from __future__ import annotations

from tests.checks.cases import SOUND, function
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


def inbound(rules: str) -> str:
    """The groups of the sound plan, with inbound rules at the function's."""
    return f"{{sg: {{vpc: main, inbound: [{rules}]}}, far-sg: {{vpc: other}}}}"


def expecting(*rows: str) -> str:
    """Expectations of the function: targets with what is expected."""
    parts = (row.rpartition(": ") for row in rows)
    return "[" + ", ".join(f"{{from: f, to: '{to}', expect: {e}}}" for to, _, e in parts) + "]"


def acl(entries: str, outbound: str = "{100: {action: allow}}") -> dict[str, str]:
    """A network ACL of the function's subnet in zone a."""
    return {
        "network_acls": f"{{acl: {{vpc: main, inbound: {entries}, outbound: {outbound}}}}}",
        "subnets": SOUND["subnets"].replace(
            "10.0.1.0/24, route_table", "10.0.1.0/24, network_acl: acl, route_table"
        ),
    }


TCP_OUT = "{100: {action: allow, protocol: tcp}}"
DUAL = {
    "vpcs": "{main: {cidr: 10.0.0.0/16, ipv6_cidr: '2001:db8::/56'}, other: {cidr: 10.1.0.0/16}}",
    "subnets": SOUND["subnets"].replace(
        "10.0.1.0/24, route_table", "10.0.1.0/24, ipv6_cidr: '2001:db8::/64', route_table"
    ),
}


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
    Case(
        "LAM-011",
        {"security_groups": inbound("{protocol: tcp, ports: 443, cidr: 10.0.0.0/8}")},
        ("sg", "f"),
        {
            "security_groups": inbound("{protocol: tcp, ports: 443, cidr: 10.0.0.0/8}"),
            "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg]}}",
        },
        "nothing in a VPC can open a connection to a function",
    ),
    Case(
        "LAM-011",
        {"security_groups": inbound("{security_group: far-sg}, {cidr: 10.0.0.0/8}")},
        ("sg", "f"),
        {"security_groups": inbound("{cidr: 10.0.0.0/8}"), "functions": "{}"},
        "has 2 inbound rules, but only functions have it",
    ),
    Case(
        "LAM-013",
        {"functions": function(ipv6="true")},
        ("f", "private-a", "private-b"),
        {"functions": "{f: {ipv6: true}}"},
    ),
    Case(
        "LAM-013",
        {**DUAL, "functions": function(ipv6="true")},
        ("f", "private-b"),
        {**DUAL, "functions": function(ipv6="true", subnets="[private-a]")},
        'subnets without an IPv6 block: "private-b"',
    ),
    Case(
        "LAM-014",
        {
            "expectations": expecting(
                "internet: reachable", "203.0.113.9: reachable", "aws:s3: reachable"
            )
        },
        ("f",),
        {"expectations": expecting("internet: reachable", "10.0.0.9: reachable")},
        "the internet, 203.0.113.9, aws:s3.",
    ),
    Case(
        "LAM-014",
        {"expectations": expecting("aws:sqs: reachable")},
        ("f",),
        {"expectations": expecting("aws:sqs: reachable", "internet: unreachable")},
    ),
    Case(
        "LAM-014",
        {
            "expectations": expecting("203.0.113.9: reachable"),
            "vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 203.0.112.0/24}}",
        },
        ("f",),
        {
            "expectations": expecting("203.0.113.9: reachable"),
            "vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 203.0.113.0/24}}",
        },
    ),
    Case(
        "LAM-014",
        {"expectations": expecting("internet: reachable")},
        ("f",),
        {"expectations": expecting("2001:db8::1: reachable")},
    ),
    Case(
        "LAM-016",
        acl("{100: {action: allow, protocol: tcp, ports: 1024-65535}}"),
        ("acl", "private-a"),
        acl(
            "{100: {action: allow, protocol: tcp, ports: 1024-65535}, "
            "110: {action: allow, protocol: udp, ports: 1024-65535}}"
        ),
        "not everything back in on UDP 1024-65535.",
    ),
    Case(
        "LAM-016",
        acl("{90: {action: deny, protocol: tcp, ports: 3389}, 100: {action: allow}}"),
        ("acl", "private-a"),
        acl("{90: {action: deny, cidr: 203.0.113.0/24}, 100: {action: allow}}"),
        "on TCP 3389.",
    ),
    Case(
        "LAM-016",
        acl("{100: {action: allow, cidr: 10.0.0.0/16}}"),
        ("acl", "private-a"),
        acl("{100: {action: allow, cidr: 10.0.0.0/16}}", "{1: {action: allow, cidr: 10.0.0.0/16}}"),
        "TCP 1024-65535 and UDP 1024-65535",
    ),
    Case(
        "LAM-016",
        acl("{100: {action: allow, ports: 32768-65535, protocol: tcp}}", TCP_OUT),
        ("acl", "private-a"),
        acl("{100: {action: allow, ports: 1024-65535, protocol: tcp}}", TCP_OUT),
        "on TCP 1024-32767.",
    ),
    Case(
        "LAM-017",
        {"functions": function(security_groups="[]")},
        ("f",),
        {"functions": "{f: {}}"},
        'the default group of VPC "main"',
    ),
    Case(
        "LAM-018",
        {"vpcs": "{main: {cidr: 10.0.0.0/16, dns_support: false}, other: {cidr: 10.1.0.0/16}}"},
        ("main", "f"),
        {"vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16, dns_support: false}}"},
        "cannot resolve any name",
    ),
)
