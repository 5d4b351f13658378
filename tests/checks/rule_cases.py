"""For each rule of the catalogue a plan that breaks it, and one that just keeps it."""

from __future__ import annotations

from typing import NamedTuple

from tests.checks.cases import ZONAL, function


class Case(NamedTuple):
    """What breaks a rule, whom the finding is about, and what keeps the rule."""

    check: str
    bad: dict[str, str]
    about: tuple[str, ...]
    good: dict[str, str]
    says: str = ""


INTERNET = "[{from: f, to: internet, expect: reachable}]"
UNTOLD = "[{about: private-rt, of: routes, why: no file}, {about: sg, of: routes, why: no file}]"
NO_INTERNET = "[{from: f, to: internet, expect: unreachable}]"
MANY_GROUPS = "{" + ", ".join(f"g{i}: {{vpc: main}}" for i in range(6)) + "}"
MANY_SUBNETS = "\n" + "".join(
    f"  s{i}: {{vpc: main, az: {'ab'[i % 2]}, cidr: 10.0.{i}.0/24}}\n" for i in range(17)
)
SEVENTEEN = "[" + ", ".join(f"s{i}" for i in range(17)) + "]"
SIXTEEN = SEVENTEEN.replace(", s16]", "]")
ALONE = {"internet_gateways": "{}", "nat_gateways": "{}", "route_tables": "{}", "functions": "{}"}
LONELY_NAT = {**ALONE, "subnets": "{s: {vpc: main, az: a, cidr: 10.0.0.0/24}}"}


def tables(private: str, public: str = "{0.0.0.0/0: igw}") -> str:
    """The route tables with other routes."""
    return (
        f"{{public-rt: {{vpc: main, routes: {public}}}, "
        f"private-rt: {{vpc: main, routes: {private}}}}}"
    )


def blocks(*cidrs: str, vpc: str = "main") -> dict[str, str]:
    """A VPC with subnets of these blocks and nothing else."""
    rows = (f"s{i}: {{vpc: {vpc}, az: a, cidr: {cidr}}}" for i, cidr in enumerate(cidrs))
    return {**ALONE, "subnets": "{" + ", ".join(rows) + "}"}


CASES = (
    Case("UNK-001", {"unknown": UNTOLD}, ("private-rt", "sg"), {}, "no file"),
    Case(
        "LAM-001",
        {"functions": function(subnets="[private-a]")},
        ("f", "private-a"),
        {"functions": function()},
        "one zone only, a",
    ),
    Case(
        "LAM-002",
        {"functions": function(subnets="[public]"), "expectations": INTERNET},
        ("f", "public", "igw"),
        {"functions": function(subnets="[public]"), "expectations": NO_INTERNET},
        "never has a public address",
    ),
    Case(
        "LAM-002",
        {
            "functions": function(subnets="[public]"),
            "expectations": "[{from: f, to: 203.0.113.9, expect: reachable}]",
        },
        ("f", "public", "igw"),
        {"functions": function(), "expectations": INTERNET},
    ),
    Case(
        "LAM-003",
        {"functions": function(subnets="[public]")},
        ("f", "public"),
        {"functions": function(subnets="[public]"), "expectations": INTERNET},
    ),
    Case(
        "LAM-003",
        {"functions": function(subnets="[private-a, public]"), "expectations": NO_INTERNET},
        ("f", "public"),
        {},
    ),
    Case(
        "LAM-004",
        {"functions": function(subnets="[private-a, public]")},
        ("f", "public"),
        {},
        "about 50 % of its invocations",
    ),
    Case(
        "LAM-005",
        {"functions": function(role_policies="[AWSLambdaBasicExecutionRole]")},
        ("f",),
        {"functions": function(role_policies="[AWSLambdaENIManagementAccess]")},
        "AWSLambdaVPCAccessExecutionRole",
    ),
    Case(
        "LAM-005",
        {"functions": "{f: {subnets: [private-a]}}"},
        ("f",),
        {"functions": "{f: {concurrency: 5}}"},
    ),
    Case(
        "LAM-006",
        {"functions": function(subnets="[private-a, far]")},
        ("f", "private-a", "far"),
        {"functions": function()},
        "subnets of 2 VPCs (main, other)",
    ),
    Case(
        "LAM-006",
        {"functions": function(security_groups="[sg, far-sg]")},
        ("f", "far-sg"),
        {"functions": function(security_groups="[]")},
    ),
    Case(
        "LAM-006",
        {
            "security_groups": MANY_GROUPS,
            "functions": function(security_groups="[g0, g1, g2, g3, g4, g5]"),
        },
        ("f",),
        {
            "security_groups": MANY_GROUPS,
            "functions": function(security_groups="[g0, g1, g2, g3, g4]"),
        },
        "has 6 security groups; AWS takes at most 5",
    ),
    Case(
        "LAM-006",
        {**ALONE, "subnets": MANY_SUBNETS, "functions": function(subnets=SEVENTEEN)},
        ("f",),
        {**ALONE, "subnets": MANY_SUBNETS, "functions": function(subnets=SIXTEEN)},
        "has 17 subnets; AWS takes at most 16",
    ),
    Case(
        "LAM-007",
        {"functions": function(concurrency="503")},
        ("f", "private-a", "private-b"),
        {"functions": function(concurrency="502")},
        "room for 502 at most: invocations would fail with EC2ThrottledException",
    ),
    Case(
        "LAM-007",
        {"functions": function(concurrency="503")},
        ("f", "private-a", "private-b"),
        {},
        "a /23 or larger (one address plan: private-a as 10.0.4.0/23, private-b as 10.0.2.0/23), "
        "add subnets, or lower the target.",
    ),
    Case(
        "LAM-007",
        {"functions": function(concurrency="60000")},
        ("f", "private-a", "private-b"),
        {},
        "a /17 or larger (its VPC has room for 1 of 2), add subnets, or lower the target.",
    ),
    Case(
        "LAM-007",
        {
            "functions": "{f: {role_policies: [AWSLambdaVPCAccessExecutionRole], concurrency: 300, "
            "subnets: [private-a, private-b], security_groups: [sg]}, "
            "g: {role_policies: [AWSLambdaVPCAccessExecutionRole], concurrency: 203, "
            "subnets: [private-a, private-b], security_groups: [sg]}}"
        },
        ("f", "g", "private-a", "private-b"),
        {},
        'Functions "f" and "g" want 503 addresses of private-a, private-b, and 502 are free; who '
        "gets them is not decided",
    ),
    Case(
        "LAM-008",
        {
            "functions": function(),
            "settings": "{capacity_model: hyperplane, hyperplane_enis_per_vpc: 1}",
        },
        ("main", "f"),
        {
            "functions": function(),
            "settings": "{capacity_model: hyperplane, hyperplane_enis_per_vpc: 3}",
        },
        "functions would fail with ENILimitReachedException",
    ),
    Case(
        "LAM-010",
        {"security_groups": "{sg: {vpc: main, outbound: []}}"},
        ("f", "sg"),
        {"security_groups": "{sg: {vpc: main, outbound: [{cidr: 10.0.0.0/8}]}}"},
        "can send nothing",
    ),
    Case(
        "LAM-010",
        {
            "security_groups": "{sg: {vpc: main, outbound: [{cidr: 10.0.0.0/8}]}}",
            "expectations": INTERNET,
        },
        ("f", "sg"),
        {"expectations": INTERNET},
        "no tcp 443 out to it",
    ),
    Case(
        "LAM-021",
        {"functions": function(memory_mb="64")},
        ("f",),
        {"functions": function(memory_mb="10240", timeout_s="900")},
        "64 MB of memory; AWS takes 128 to 10,240",
    ),
    Case(
        "LAM-021",
        {"functions": function(timeout_s="901")},
        ("f",),
        {"functions": function(memory_mb="128", timeout_s="1")},
        "a timeout of 901 seconds; AWS takes 1 to 900",
    ),
    Case(
        "LAM-022",
        {
            "functions": function(concurrency="400"),
            "workloads": "{w: {type: generic, subnets: [private-a], ips: 90}}",
        },
        ("f", "private-a"),
        {"functions": function(concurrency="400")},
        "only if Lambda does not spread them evenly",
    ),
    Case(
        "LAM-023",
        {"functions": function(concurrency="1001")},
        ("f",),
        {"functions": function(concurrency="1000")},
        'add up to 1,001 (the largest: 1,001 of "f"), but the account runs 1,000',
    ),
    Case(
        "LAM-023",
        {
            "settings": "{account_concurrency: 2000}",
            "functions": "{a: {concurrency: 1}, b: {concurrency: 1500}, c: {concurrency: 500}}",
        },
        ("b",),
        {
            "settings": "{account_concurrency: 2001}",
            "functions": "{a: {concurrency: 1}, b: {concurrency: 1500}, c: {concurrency: 500}}",
        },
        "raise the quota of concurrent executions to 2,001",
    ),
    Case(
        "LAM-023",
        {
            "settings": "{account_concurrency: 1}",
            "functions": "{a: {concurrency: 7}, b: {concurrency: 5}, c: {concurrency: 0}}",
        },
        ("a", "b"),
        {"functions": "{}"},
        '(the largest: 7 of "a", 5 of "b")',
    ),
    Case(
        "NAT-001",
        {"nat_gateways": "{nat: {subnet: private-b}}"},
        ("nat", "private-b", "private-rt"),
        {"nat_gateways": "{nat: {subnet: private-b, connectivity: private}}"},
    ),
    Case(
        "NAT-004",
        {"nat_gateways": "{nat: {subnet: private-b}}"},
        ("private-b", "nat", "private-rt"),
        {},
        "packets loop",
    ),
    Case(
        "NAT-005",
        {**LONELY_NAT, "nat_gateways": "{nat: {subnet: s}}"},
        ("nat", "main"),
        {**LONELY_NAT, "nat_gateways": "{nat: {subnet: s, connectivity: private}}"},
    ),
    Case(
        "NAT-005",
        {**LONELY_NAT, "nat_gateways": "{nat: {vpc: main, mode: regional}}"},
        ("nat", "main"),
        {},
    ),
    Case(
        "NAT-008",
        {**ZONAL, "functions": function(concurrency="5501")},
        ("nat", "f"),
        {**ZONAL, "functions": function(concurrency="5500")},
        "its 1 address carries 55,000, and 10 cannot be opened",
    ),
    Case(
        "NAT-008",
        {
            "nat_gateways": "{nat: {subnet: public, elastic_ips: 2}}",
            "functions": function(concurrency="111", connections_per_environment="1000"),
        },
        ("nat", "f"),
        {
            "nat_gateways": "{nat: {subnet: public, elastic_ips: 2}}",
            "functions": function(concurrency="110", connections_per_environment="1000"),
        },
        "Give it 3 elastic IPs, for which AWS has to raise the quota of 2",
    ),
    Case(
        "NAT-008",
        {
            "nat_gateways": "{nat: {subnet: public, elastic_ips: 8}}",
            "functions": function(concurrency="881", connections_per_environment="1000"),
        },
        ("nat", "f"),
        {"functions": "{f: {concurrency: 881, connections_per_environment: 1000}}"},
        "Divide the load over 3 NAT gateways",
    ),
    Case(
        "NAT-008",
        {
            "nat_gateways": "{nat: {vpc: main, mode: regional}}",
            "functions": function(concurrency="111", connections_per_environment="1000"),
        },
        ("nat", "f"),
        {
            "nat_gateways": "{nat: {vpc: main, mode: regional}}",
            "functions": function(concurrency="110", connections_per_environment="1000"),
        },
        "connections in zone a",
    ),
    Case(
        "NET-001",
        {"route_tables": tables("{0.0.0.0/0: blackhole}")},
        ("private-rt",),
        {},
        "to a blackhole",
    ),
    Case(
        "NET-001",
        {
            "route_tables": tables("{10.1.0.0/16: pcx}"),
            "peerings": "{pcx: {vpcs: [other, third]}}",
            "vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}, "
            "third: {cidr: 10.2.0.0/16}}",
        },
        ("private-rt", "pcx"),
        {"route_tables": tables("{10.1.0.0/16: pcx}"), "peerings": "{pcx: {vpcs: [other, main]}}"},
        "a peering of other VPCs",
    ),
    Case(
        "NET-002",
        {"internet_gateways": "{igw: {vpc: other}}"},
        ("public-rt", "igw"),
        {},
        'attached to VPC "other"',
    ),
    Case("NET-005", blocks("10.9.0.0/24"), ("s0", "main"), blocks("10.0.9.0/24"), "outside"),
    Case("NET-005", blocks("10.0.0.0/29"), ("s0",), blocks("10.0.0.0/28"), "is a /29"),
    Case(
        "NET-005",
        blocks("10.0.0.0/24", "10.0.0.128/25"),
        ("s1", "s0"),
        blocks("10.0.0.0/25", "10.0.0.128/25"),
        "overlap by 128 addresses",
    ),
    Case(
        "NET-018",
        {**blocks("10.0.0.0/28"), "workloads": "{w: {type: generic, subnets: [s0], ips: 12}}"},
        ("s0", "w"),
        {**blocks("10.0.0.0/28"), "workloads": "{w: {type: generic, subnets: [s0], ips: 11}}"},
        "11 usable addresses, but 12 are used",
    ),
    Case(
        "NET-019",
        {**blocks("10.0.0.0/24"), "vpcs": "{main: {cidr: 10.0.0.0/8}}", "security_groups": "{}"},
        ("main",),
        {},
        "from /16 to /28",
    ),
    Case(
        "NET-019",
        {**blocks("127.0.1.0/24"), "vpcs": "{main: {cidr: 127.0.0.0/16}}", "security_groups": "{}"},
        ("main",),
        {},
        "overlaps 127.0.0.0/8",
    ),
    Case(
        "NET-019",
        {
            **blocks("10.0.0.0/24"),
            "vpcs": "{main: {cidr: 10.0.0.0/16, secondary_cidrs: [10.0.4.0/24]}}",
            "security_groups": "{}",
        },
        ("main",),
        {},
        "10.0.0.0/16 and 10.0.4.0/24",
    ),
)
