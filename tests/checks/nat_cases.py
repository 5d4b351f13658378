"""For each check of NAT gateways a plan that breaks it, and one that keeps it."""

from __future__ import annotations

from tests.checks.cases import ONE_NAT, SOUND
from tests.checks.rule_cases import Case

REGIONAL = {**ONE_NAT, "nat_gateways": "{nat: {vpc: main, mode: regional}}"}


def gateways(**fields: str) -> dict[str, str]:
    """The sound plan's NAT gateways with fields of the first, and others beside them."""
    own = "".join(f", {key}: {value}" for key, value in fields.items())
    return {"nat_gateways": f"{{nat: {{subnet: public{own}}}, nat-b: {{subnet: public-b}}}}"}


def routed(private: str, private_b: str) -> str:
    """The route tables with other default routes."""
    return (
        "{public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}, "
        f"private-rt: {{vpc: main, routes: {{0.0.0.0/0: {private}}}}}, "
        f"private-b-rt: {{vpc: main, routes: {{0.0.0.0/0: {private_b}}}}}}}"
    )


def many(count: int, zones: str = "a", fields: str = "") -> dict[str, str]:
    """A VPC with so many public subnets in turn in the zones, a NAT gateway in each."""
    subnets = ", ".join(
        f"s{i}: {{vpc: main, az: {zones[i % len(zones)]}, cidr: 10.0.{i}.0/24, route_table: rt}}"
        for i in range(count)
    )
    nats = ", ".join(f"n{i}: {{subnet: s{i}{fields}}}" for i in range(count))
    return {
        "subnets": f"{{{subnets}}}",
        "nat_gateways": f"{{{nats}}}",
        "route_tables": "{rt: {vpc: main, routes: {0.0.0.0/0: igw}}}",
        "endpoints": "{}",
        "functions": "{}",
    }


def endpoints(*rows: str) -> dict[str, str]:
    """Other endpoints of the VPC."""
    return {"endpoints": "{" + ", ".join(rows) + "}"}


S3 = "s3: {vpc: main, service: s3, type: gateway, route_tables: [private-rt, private-b-rt]}"
DYNAMODB = S3.replace("s3", "dynamodb")
THIRD = (
    SOUND["subnets"]
    + """
  other-b: {vpc: main, az: b, cidr: 10.0.4.0/24, route_table: private-rt}"""
)
FAR_TABLE = """
  far-rt: {vpc: other, routes: {0.0.0.0/0: nat}}"""

NAT_CASES: tuple[Case, ...] = (
    Case("NAT-002", ONE_NAT, ("private-b", "nat"), REGIONAL, "goes out through NAT gateway"),
    Case(
        "NAT-002",
        {"subnets": THIRD},
        ("other-b", "nat"),
        {},
        'in zone b goes out through NAT gateway "nat" in zone a',
    ),
    Case(
        "NAT-003",
        ONE_NAT,
        ("nat",),
        REGIONAL,
        'the only public one of VPC "main" and serves subnets of zones a and b',
    ),
    Case(
        "NAT-003",
        {
            **ONE_NAT,
            "nat_gateways": "{inner: {subnet: private-b, connectivity: private}, "
            "nat: {subnet: public}}",
        },
        ("nat",),
        {"subnets": THIRD},
    ),
    Case(
        "NAT-006",
        gateways(connectivity="private"),
        ("nat", "public", "igw"),
        gateways(connectivity="public"),
        'what subnets "private-a" send',
    ),
    Case(
        "NAT-006",
        {**gateways(connectivity="private"), "subnets": THIRD},
        ("nat", "public", "igw"),
        {**gateways(connectivity="private"), "route_tables": routed("nat-b", "nat-b")},
        '"private-a", "other-b"',
    ),
    Case(
        "NAT-007",
        {"route_tables": SOUND["route_tables"] + FAR_TABLE},
        ("far-rt", "nat"),
        {"route_tables": SOUND["route_tables"] + FAR_TABLE.replace("nat", "blackhole")},
        'which stands in VPC "main"',
    ),
    Case(
        "NAT-007",
        {"nat_gateways": "{nat: {subnet: public}, nat-b: {vpc: other, mode: regional}}"},
        ("private-b-rt", "nat-b"),
        {"nat_gateways": "{nat: {subnet: public}, nat-b: {vpc: main, mode: regional}}"},
    ),
    Case(
        "NAT-009",
        {"route_tables": routed("nat", "nat")},
        ("nat-b",),
        {"route_tables": routed("nat-b", "nat")},
        "charged by the hour all the same",
    ),
    Case(
        "NAT-010",
        {"endpoints": "{}"},
        ("main", "nat", "nat-b"),
        {"endpoints": "{}", "functions": "{f: {}}"},
        "Add a gateway endpoint for S3 and DynamoDB to route tables "
        '"private-rt", "private-b-rt"; it costs nothing.',
    ),
    Case(
        "NAT-010",
        endpoints(S3, DYNAMODB.replace(", private-b-rt", "")),
        ("main", "nat-b"),
        endpoints(S3, DYNAMODB),
        'what goes to DynamoDB from subnet "private-b" takes NAT gateway "nat-b"',
    ),
    Case(
        "NAT-010",
        endpoints(S3.replace(", private-b-rt", ""), DYNAMODB.replace("private-rt, ", "")),
        ("main", "nat", "nat-b"),
        endpoints(DYNAMODB, "s3: {vpc: main, service: s3, type: interface, subnets: [private-a]}"),
        'for S3 to route table "private-b-rt", and for DynamoDB to route table "private-rt";',
    ),
    Case(
        "NAT-010",
        {
            "functions": "{}",
            "endpoints": "{}",
            "workloads": "{w: {type: ec2, subnets: [private-a]}}",
        },
        ("main", "nat"),
        {
            "functions": "{}",
            "endpoints": "{}",
            "workloads": "{w: {type: ec2, subnets: [public]}}",
        },
        'from subnet "private-a"',
    ),
    Case("NAT-012", gateways(elastic_ips="0"), ("nat",), gateways(elastic_ips="1"), "no elastic"),
    Case(
        "NAT-012",
        gateways(elastic_ips="0"),
        ("nat",),
        gateways(elastic_ips="0", connectivity="private"),
    ),
    Case(
        "NAT-012",
        gateways(elastic_ips="3"),
        ("nat",),
        gateways(elastic_ips="2"),
        "has 3 elastic IPs; the quota is 2 for each gateway.",
        "warning",
    ),
    Case(
        "NAT-012",
        many(3, fields=", elastic_ips: 2"),
        ("n0", "n1", "n2"),
        many(5),
        "have 6 elastic IPs together; the quota is 5 in a region.",
        "warning",
    ),
    Case(
        "NAT-013",
        many(6),
        ("n0", "n1", "n2", "n3", "n4", "n5"),
        many(5),
        'Zone a has 6 NAT gateways ("n0", "n1", "n2" and 3 more)',
    ),
    Case(
        "NAT-013",
        many(11, "ab"),
        ("n0", "n2", "n4", "n6", "n8", "n10"),
        many(10, "ab"),
    ),
    Case("NAT-014", many(3, "abc"), ("main", "n0", "n1", "n2"), many(3, "ab"), "in 3 zones"),
    Case(
        "NAT-014",
        many(4, "abc"),
        ("main", "n0", "n3", "n1", "n2"),
        many(3, "abc", ", connectivity: private"),
    ),
)
