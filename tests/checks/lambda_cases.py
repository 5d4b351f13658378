"""Plans for the rules on functions and NAT gateways, as in `rule_cases`."""

from __future__ import annotations

from tests.checks.cases import ZONAL, function
from tests.checks.rule_cases import Case, tables

ROLE = "role_policies: [AWSLambdaVPCAccessExecutionRole]"
SIX_GROUPS = "{" + ", ".join(f"g{i}: {{vpc: main}}" for i in range(6)) + "}"
ZONES = """
  public: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  public-b: {vpc: main, az: b, cidr: 10.0.10.0/24, route_table: public-rt}
  public-c: {vpc: main, az: c, cidr: 10.0.11.0/24, route_table: public-rt}
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24, route_table: private-rt}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: private-rt}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24}"""
SIXES = """
  public: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24, route_table: private-rt, %s}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: private-rt, %s}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24}"""
V6_VPC = (
    "{main: {cidr: 10.0.0.0/16, ipv6_cidr: '2600:1f18:1:1000::/56'}, other: {cidr: 10.1.0.0/16}}"
)


def functions(*groups: str) -> str:
    """A function for each list of groups, in both private subnets."""
    rows = (
        f"f{n}: {{{ROLE}, subnets: [private-a, private-b], security_groups: [{names}]}}"
        for n, names in enumerate(groups)
    )
    return "{" + ", ".join(rows) + "}"


def guarded(acl: str, outbound: str = "{100: {action: allow}}") -> dict[str, str]:
    """The private subnets behind an ACL with these entries."""
    behind = "network_acl: acl"
    return {
        "subnets": SIXES % (behind, behind),
        "network_acls": f"{{acl: {{vpc: main, inbound: {acl}, outbound: {outbound}}}}}",
    }


INSIDE = "{100: {action: allow, cidr: 10.0.0.0/16}}"
ISOLATED_B = {
    "subnets": """
  public: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24, route_table: private-rt}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: quiet-rt}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24}""",
    "route_tables": "{public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}, "
    "private-rt: {vpc: main, routes: {0.0.0.0/0: nat}}, quiet-rt: {vpc: main}}",
}
"""The subnet of zone b has no way out at all."""
FAR_APART = {
    "security_groups": SIX_GROUPS,
    "route_tables": "{}",
    "nat_gateways": "{}",
    "subnets": "{"
    + ", ".join(f"s{i}: {{vpc: main, az: a, cidr: 10.0.{i}.0/24}}" for i in range(5))
    + "}",
    "functions": "{"
    + ", ".join(f"f{i}: {{{ROLE}, subnets: [s{i}], security_groups: [g{i}]}}" for i in range(5))
    + "}",
}
"""Functions with a set of groups each and a subnet each: sharing sets would save nothing."""


LAMBDA_CASES = (
    Case(
        "LAM-008",
        {"settings": "{hyperplane_enis_per_vpc: 1}"},
        ("main", "f"),
        {"settings": "{hyperplane_enis_per_vpc: 3}"},
        "needs 2 Lambda interfaces, and its quota is 1: functions would fail",
    ),
    Case(
        "LAM-009",
        {"security_groups": SIX_GROUPS, "functions": functions("g0", "g1", "g2", "g3", "g4")},
        ("main", "f0", "f1", "f2", "f3", "f4"),
        {"security_groups": SIX_GROUPS, "functions": functions(*["g0", "g1"] * 3)},
        "and so 10 interfaces; with a shared set it would be 2",
    ),
    Case(
        "LAM-011",
        {"security_groups": "{sg: {vpc: main, inbound: [{cidr: 10.0.0.0/8}]}}"},
        ("sg",),
        {
            "security_groups": "{sg: {vpc: main, inbound: [{cidr: 10.0.0.0/8}]}}",
            "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg]}}",
        },
        "has 1 inbound rule",
    ),
    Case(
        "LAM-013",
        {
            "vpcs": V6_VPC,
            "subnets": SIXES % ("ipv6_cidr: '2600:1f18:1:1001::/64'", "label: b"),
            "functions": function(ipv6="true"),
        },
        ("f", "private-b"),
        {
            "vpcs": V6_VPC,
            "subnets": SIXES
            % ("ipv6_cidr: '2600:1f18:1:1001::/64'", "ipv6_cidr: '2600:1f18:1:1002::/64'"),
            "functions": function(ipv6="true"),
        },
        "has no IPv6 block",
    ),
    Case(
        "LAM-014",
        {
            "expectations": "[{from: f, to: internet, expect: reachable}, "
            "{from: f, to: 'aws:sqs', expect: reachable}, {from: f, to: 1.1.1.1, expect: partial}]"
        },
        ("f",),
        {
            "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg]}}",
            "expectations": "[{from: f, to: internet, expect: reachable}, "
            "{from: f, to: w, expect: reachable}]",
        },
        "is outside (internet, aws:sqs, 1.1.1.1)",
    ),
    Case(
        "LAM-016",
        guarded("{100: {action: allow, protocol: tcp, ports: 32768-61000}}"),
        ("acl", "f", "private-a", "private-b"),
        guarded("{100: {action: allow, protocol: tcp, ports: 1024-65535}}"),
        "some connections would hang",
    ),
    Case("LAM-017", {"functions": function(security_groups="[]")}, ("f",), {}, 'of VPC "main"'),
    Case(
        "LAM-018",
        {"vpcs": "{main: {cidr: 10.0.0.0/16, dns_support: false}, other: {cidr: 10.1.0.0/16}}"},
        ("main", "f"),
        {"vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16, dns_support: false}}"},
        "DNS support off",
    ),
    Case(
        "LAM-020",
        {"functions": function(concurrency="131", connections_per_environment="1000")},
        ("f", "private-a"),
        {"functions": function(concurrency="130", connections_per_environment="1000")},
        "hold 65,500 connections",
    ),
    Case("NAT-002", ZONAL, ("private-b", "nat"), {}, "in b leaves by NAT gateway"),
    Case("NAT-003", ZONAL, ("nat",), {}, "only way out of 2 zones (a, b)"),
    Case(
        "NAT-006",
        {"nat_gateways": "{nat: {subnet: public, connectivity: private}}"},
        ("nat", "public"),
        {
            "nat_gateways": "{nat: {subnet: public, connectivity: private}}",
            "route_tables": tables("{10.1.0.0/16: nat}"),
        },
        "drops all that it sends",
    ),
    Case(
        "NAT-006",
        {"nat_gateways": "{nat: {vpc: main, mode: regional, connectivity: private}}"},
        ("nat",),
        {},
        "public only",
    ),
    Case(
        "NAT-007",
        {"nat_gateways": "{nat: {subnet: far}}"},
        ("private-rt", "nat"),
        {},
        'NAT gateway "nat" of VPC "other"',
    ),
    Case("NAT-009", {"route_tables": tables("{}")}, ("nat",), {}, "costs by the hour"),
    Case(
        "NAT-010",
        {"expectations": "[{from: f, to: 'aws:s3', expect: reachable}]"},
        ("f", "nat"),
        {
            "expectations": "[{from: f, to: 'aws:s3', expect: reachable}]",
            "endpoints": "{s3: {vpc: main, service: s3, type: gateway, "
            "route_tables: [private-rt]}}",
        },
        "for nothing",
    ),
    Case(
        "NAT-012",
        {"nat_gateways": "{nat: {subnet: public, elastic_ips: 0}}"},
        ("nat",),
        {"nat_gateways": "{nat: {subnet: public, elastic_ips: 8}}"},
        "no elastic IP",
    ),
    Case(
        "NAT-012",
        {"nat_gateways": "{nat: {subnet: public, elastic_ips: 9}}"},
        ("nat",),
        {"nat_gateways": "{nat: {vpc: main, mode: regional, elastic_ips: 9}}"},
        "gives 8 at most",
    ),
    Case(
        "NAT-013",
        {
            "nat_gateways": "{nat: {subnet: public}, n2: {subnet: public}}",
            "settings": "{quotas: {nat_gateways_per_zone: 1}}",
        },
        ("nat", "n2"),
        {"nat_gateways": "{nat: {subnet: public}, n2: {subnet: public}}"},
        "2 NAT gateways stand in a; AWS's quota is 1",
    ),
    Case(
        "NAT-014",
        {
            "subnets": ZONES,
            "nat_gateways": "{nat: {subnet: public}, b: {subnet: public-b}, c: {subnet: public-c}}",
        },
        ("main", "nat", "b", "c"),
        {"subnets": ZONES, "nat_gateways": "{nat: {subnet: public}, b: {subnet: public-b}}"},
        "in each of 3 zones",
    ),
    Case(
        "LAM-009",
        {"security_groups": SIX_GROUPS, "functions": functions("g0", "g1", "g2", "g3", "g4")},
        ("main", "f0", "f1", "f2", "f3", "f4"),
        FAR_APART,
    ),
    Case(
        "LAM-014",
        {"expectations": "[{from: f, to: 'aws:sqs', expect: reachable}]"},
        ("f",),
        {
            "expectations": "[{from: f, to: 'aws:sqs', expect: reachable}, "
            "{from: f, to: internet, expect: unreachable}]"
        },
    ),
    Case(
        "LAM-014",
        {"expectations": "[{from: f, to: 203.0.113.9, expect: reachable}]"},
        ("f",),
        {
            "vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 203.0.113.0/24}}",
            "expectations": "[{from: f, to: 203.0.113.9, expect: reachable}]",
        },
    ),
    Case(
        "LAM-014",
        {"expectations": "[{from: f, to: internet, expect: reachable}]"},
        ("f",),
        {"expectations": "[{from: f, to: '2001:db8::1', expect: reachable}]"},
    ),
    Case(
        "LAM-016",
        guarded("{100: {action: allow, protocol: tcp, ports: 32768-61000}}", INSIDE),
        ("acl", "f", "private-a", "private-b"),
        guarded("{100: {action: allow, cidr: 10.0.0.0/16}}", INSIDE),
    ),
    Case(
        "NAT-006",
        {"nat_gateways": "{nat: {subnet: public, connectivity: private}}"},
        ("nat", "public"),
        {
            "nat_gateways": "{nat: {subnet: public, connectivity: private}}",
            "route_tables": tables("{0.0.0.0/0: nat}", "{203.0.113.0/24: igw}"),
        },
    ),
    Case(
        "NAT-010",
        {
            "expectations": "[{from: f, to: 'aws:s3', expect: reachable}]",
            "endpoints": "{s3: {vpc: main, service: s3, type: interface, private_dns: false, "
            "subnets: [private-a]}}",
        },
        ("f", "nat"),
        {
            "expectations": "[{from: f, to: 'aws:s3', expect: reachable}]",
            "endpoints": "{s3: {vpc: main, service: s3, type: interface, subnets: [private-a]}}",
        },
    ),
    Case(
        "NAT-010",
        {"expectations": "[{from: f, to: 'aws:s3', expect: reachable}]"},
        ("f", "nat"),
        {
            **ISOLATED_B,
            "expectations": "[{from: f, to: 'aws:s3', expect: reachable}]",
            "endpoints": "{s3: {vpc: main, service: s3, type: gateway, "
            "route_tables: [private-rt]}}",
        },
    ),
)
