"""Plans for the rules on routes, joined VPCs, addresses, groups, ACLs, endpoints and quotas."""

from __future__ import annotations

from tests.checks.cases import SOUND
from tests.checks.rule_cases import ALONE, INTERNET, Case, blocks, tables

TWO_DEFAULTS = (
    "{sg: {vpc: main, default: true}, far-sg: {vpc: other}, e: {vpc: main, default: true}}"
)
ONE_DEFAULT = TWO_DEFAULTS.replace("sg: {vpc: main, default: true}, far", "sg: {vpc: main}, far")
NETWORKS = "{office: {cidrs: [%s]}, lab: {cidrs: [192.168.4.0/24]}}"
BEHIND = "{vgw: {vpc: main, networks: [office, lab]}}"
HUBS = "{hub: {attachments: {main: {subnets: [private-a]}, peer: {}}}, peer: {%s}}"
ASSOCIATED = "{sg: {vpc: main, %salso_in: [other]}, far-sg: {vpc: other}}"
RESOLVERS = (
    "{vpc: main, service: s3, type: interface, subnets: [private-a, private-b], "
    "security_groups: [sg], inbound_resolver_only: true}"
)
PEERED = "{pcx: {vpcs: [main, other]}}"
BOTH_WAYS = """
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat, 10.1.0.0/16: %s}}
  far-rt: {vpc: other, main: true, routes: {%s}}"""
HUB = "{hub: {attachments: {main: {subnets: [private-a]}, other: {subnets: [far]}}}}"
LISTED = {"prefix_lists": "{mine: [10.0.0.0/16], far-list: [10.1.0.0/16, 10.9.0.0/16]}"}
KNOWING = HUB.replace("{attach", "{security_group_referencing: true, attach")
SPARE = tables("{0.0.0.0/0: nat}")[:-1] + ", spare: {vpc: main}}"
V6 = "2600:1f18:1:10"
TO_SQS = "[{from: f, to: 'aws:sqs', expect: reachable}]"
TO_S3 = "[{from: f, to: 'aws:s3', expect: reachable}]"


def over(target: str, back: str = "") -> str:
    """Tables with a route to the other VPC and, where said, one back."""
    return BOTH_WAYS % (target, f"10.0.0.0/16: {back}" if back else "")


def halves(second: str) -> str:
    """The other VPC with half a block, and another one."""
    other = f"{{cidr: 10.1.0.0/17, secondary_cidrs: [{second}]}}"
    return f"{{main: {{cidr: 10.0.0.0/16}}, other: {other}}}"


def vpc(fields: str) -> dict[str, str]:
    """One VPC with a subnet and nothing else."""
    subnets = "{s: {vpc: main, az: a, cidr: 10.0.0.0/24}}"
    rest = {"security_groups": "{}", "workloads": "{}"}
    return {**ALONE, **rest, "vpcs": f"{{main: {{{fields}}}}}", "subnets": subnets}


def ipv6(inner: str, outer: str = "00::/56", more: str = "") -> dict[str, str]:
    """A VPC and a subnet with these IPv6 blocks."""
    subnet = f"s: {{vpc: main, az: a, cidr: 10.0.0.0/24, ipv6_cidr: '{V6}{inner}'}}"
    fields = f"cidr: 10.0.0.0/16, ipv6_cidr: '{V6}{outer}'"
    return {**vpc(fields), "subnets": f"{{{subnet}{more}}}"}


def group(fields: str, **more: str) -> dict[str, str]:
    """The function's group with other fields."""
    return {"security_groups": f"{{sg: {{vpc: main, {fields}}}, far-sg: {{vpc: other}}}}", **more}


def crowded(rules: int) -> dict[str, str]:
    """A workload with two groups, one of them with so many rules, twice that in the quota."""
    some = ", ".join(f"{{cidr: 10.{n // 250}.{n % 250}.0/24}}" for n in range(rules))
    return {
        "security_groups": "{sg: {vpc: main}, far-sg: {vpc: other}, "
        f"big: {{vpc: main, inbound: [{some}]}}}}",
        "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg, big]}}",
        "settings": "{quotas: {rules_per_security_group: 1000}}",
    }


def host(fields: str) -> dict[str, str]:
    """A workload in the first private subnet."""
    return {"workloads": f"{{w: {{type: ec2, subnets: [private-a], {fields}}}}}"}


def acl(inbound: str, outbound: str = "{100: {action: allow}}") -> dict[str, str]:
    """An ACL at a subnet without functions."""
    return {
        "subnets": """
  public: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt, network_acl: acl}
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24, route_table: private-rt}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: private-rt}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24}""",
        "network_acls": f"{{acl: {{vpc: main, inbound: {inbound}, outbound: {outbound}}}}}",
    }


def gateway(fields: str, **sections: str) -> dict[str, str]:
    """A gateway endpoint for S3."""
    made = endpoint(fields, **sections)
    return {**made, "endpoints": made["endpoints"].replace("sqs", "s3")}


def endpoint(fields: str, **more: str) -> dict[str, str]:
    """An endpoint for SQS."""
    return {"endpoints": f"{{e: {{vpc: main, service: sqs, {fields}}}}}", **more}


SHUT = "{sg: {vpc: main}, far-sg: {vpc: other}, shut: {vpc: main, inbound: []}}"
OPEN = "{sg: {vpc: main}, far-sg: {vpc: other}, shut: {vpc: main, inbound: [{security_group: sg}]}}"
INSIDE = "type: interface, subnets: [private-a, private-b], security_groups: [shut]"
TWO_TABLES = "{private-rt: {vpc: main, main: true}, public-rt: {vpc: main, main: true}}"

NETWORK_CASES = (
    Case(
        "SG-007",
        {"security_groups": ASSOCIATED % "default: true, "},
        ("sg", "other"),
        {"security_groups": ASSOCIATED % ""},
        "associates with no other VPC",
    ),
    Case(
        "END-011",
        {"endpoints": f"{{ep: {RESOLVERS}}}"},
        ("ep", "main"),
        {
            "endpoints": f"{{ep: {RESOLVERS}, gw: {{vpc: main, service: s3, type: gateway, "
            "route_tables: [private-rt]}}"
        },
        "resolver endpoints alone",
    ),
    Case(
        "NET-017",
        {"settings": "{block_public_access: bidirectional}", "expectations": INTERNET},
        ("f", "igw"),
        {"settings": "{block_public_access: ingress}", "expectations": INTERNET},
        "Block Public Access",
    ),
    Case(
        "NET-034",
        {
            "external_networks": NETWORKS % "192.168.0.0/16",
            "virtual_private_gateways": BEHIND,
        },
        ("office", "lab", "vgw"),
        {"external_networks": NETWORKS % "192.168.5.0/24", "virtual_private_gateways": BEHIND},
        "share 192.168.4.0/24",
    ),
    Case(
        "NET-035",
        {"transit_gateways": HUBS % ""},
        ("hub", "peer"),
        {"transit_gateways": HUBS % "attachments: {hub: {}}"},
        'no attachment for "hub"',
    ),
    Case(
        "NET-033",
        {"security_groups": TWO_DEFAULTS},
        ("main", "sg", "e"),
        {"security_groups": ONE_DEFAULT},
        "2 default security groups",
    ),
    Case(
        "NET-003",
        {
            "route_tables": "{public-rt: {vpc: main, main: true, routes: {0.0.0.0/0: igw}}, "
            "private-rt: {vpc: main, routes: {0.0.0.0/0: nat}}}"
        },
        ("public-rt", "igw"),
        {},
        "every new subnet is public",
    ),
    Case(
        "NET-006",
        {"vpcs": "{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.0.0.0/15}}", "peerings": PEERED},
        ("pcx", "main", "other"),
        {"peerings": PEERED},
        "cannot become active",
    ),
    Case(
        "NET-007",
        {"peerings": PEERED, "route_tables": over("pcx")},
        ("private-rt", "pcx", "other"),
        {"peerings": PEERED, "route_tables": over("pcx", "pcx")},
        "no table of a subnet there leads back",
    ),
    Case(
        "NET-007",
        {"transit_gateways": HUB, "route_tables": over("hub")},
        ("private-rt", "hub", "other"),
        {"transit_gateways": HUB, "route_tables": over("hub", "hub")},
    ),
    Case(
        "NET-007",
        {"peerings": PEERED, **LISTED, "route_tables": over("pcx")},
        ("private-rt", "pcx", "other"),
        {"peerings": PEERED, **LISTED, "route_tables": over("pcx").replace("{}", "{mine: pcx}")},
    ),
    Case(
        "NET-007",
        {"peerings": PEERED, "route_tables": over("pcx").replace("{}", "{10.0.0.0/24: pcx}")},
        ("private-rt", "pcx", "other"),
        {"peerings": PEERED, "route_tables": over("pcx").replace("{}", "{10.0.2.0/24: pcx}")},
    ),
    Case(
        "NET-007",
        {
            "transit_gateways": HUB,
            **LISTED,
            "route_tables": over("hub").replace("10.1.0.0/16", "far-list"),
        },
        ("private-rt", "hub", "other"),
        {
            "transit_gateways": HUB[:-2] + ", route_tables: {default: {propagate: [main]}}}}",
            "route_tables": over("hub"),
        },
    ),
    Case(
        "NET-008",
        {"peerings": PEERED, **LISTED, "route_tables": tables("{far-list: pcx}")},
        ("private-rt", "pcx"),
        {"peerings": PEERED, "route_tables": over("pcx")},
        '10.9.0.0/16 (of "far-list")',
    ),
    Case(
        "NET-008",
        {"peerings": PEERED, "route_tables": tables("{0.0.0.0/0: pcx}")},
        ("private-rt", "pcx"),
        {"peerings": PEERED, "route_tables": over("pcx", "pcx")},
        "carries only what is for VPC",
    ),
    Case(
        "NET-008",
        {"peerings": PEERED, "route_tables": tables("{10.9.0.0/16: pcx}")},
        ("private-rt", "pcx"),
        {},
    ),
    Case(
        "NET-009",
        {"peerings": PEERED, "route_tables": tables("{10.0.0.0/8: pcx, 10.1.0.0/15: pcx}")},
        ("private-rt", "pcx"),
        {"peerings": PEERED, "route_tables": tables("{10.1.0.0/16: pcx}")},
        "sends 10.0.0.0/8, 10.0.0.0/15 over",
    ),
    Case(
        "NET-009",
        {
            "peerings": PEERED,
            "vpcs": halves("10.3.0.0/17"),
            "route_tables": tables("{10.1.0.0/16: pcx}"),
        },
        ("private-rt", "pcx"),
        {
            "peerings": PEERED,
            "vpcs": halves("10.1.128.0/17"),
            "route_tables": tables("{10.1.0.0/16: pcx}"),
        },
    ),
    Case(
        "NET-010",
        {"transit_gateways": HUB, "route_tables": tables("{10.1.0.0/16: hub}")},
        ("hub", "main", "private-b"),
        {
            "transit_gateways": HUB.replace("[private-a]", "[private-a, private-b]"),
            "route_tables": tables("{10.1.0.0/16: hub}"),
        },
        'Subnet "private-b" in b routes',
    ),
    Case(
        "NET-011",
        {
            "prefix_lists": "{one: [10.9.0.0/16], two: [10.9.0.0/16]}",
            "route_tables": tables("{one: nat, two: blackhole}"),
        },
        ("private-rt", "one", "two"),
        {
            "prefix_lists": "{one: [10.9.0.0/16], two: [10.9.0.0/16]}",
            "route_tables": tables("{one: nat, two: nat}"),
        },
        "AWS picks one of them",
    ),
    Case(
        "NET-011",
        {
            "prefix_lists": "{one: [10.8.0.0/16, 10.9.0.0/16], two: [10.9.0.0/16, 10.8.0.0/16]}",
            "route_tables": tables("{one: nat, two: blackhole}"),
        },
        ("private-rt", "one", "two"),
        {
            "prefix_lists": "{one: [10.9.0.0/16], two: [10.9.0.0/16]}",
            "route_tables": tables("{one: nat, two: blackhole, 10.9.0.0/16: nat}"),
        },
        "has 10.9.0.0/16, 10.8.0.0/16 from",
    ),
    Case(
        "NET-011",
        {
            "transit_gateways": HUB[:-2]
            + ", route_tables: {t: {propagate: [main], routes: {10.0.0.0/16: other}}}}}"
        },
        ("hub", "main", "other"),
        {"transit_gateways": HUB},
        "the written one wins",
    ),
    Case(
        "NET-012",
        {"route_tables": tables("{0.0.0.0/0: nat}")[:-1] + ", spare: {vpc: main}}"},
        ("spare",),
        {"route_tables": tables("{0.0.0.0/0: nat}")[:-1] + ", spare: {vpc: main, main: true}}"},
        "serves no subnet",
    ),
    Case(
        "NET-013",
        {
            "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg]}, "
            "v: {type: ec2, subnets: [public], security_groups: [sg]}}"
        },
        ("main", "w", "v"),
        {
            "workloads": "{w: {type: ec2, subnets: [private-a], security_groups: [sg]}, "
            "v: {type: ec2, subnets: [private-b], security_groups: [sg]}}"
        },
        "stand in a",
    ),
    Case(
        "NET-014",
        {"workloads": "{w: {type: generic, subnets: [private-a], ips: 201}}"},
        ("private-a",),
        {"workloads": "{w: {type: generic, subnets: [private-a], ips: 200}}"},
        "50 are left",
    ),
    Case(
        "NET-014",
        {**blocks("10.0.0.0/28"), "workloads": "{w: {type: alb, subnets: [s0]}}"},
        ("w", "s0"),
        {**blocks("10.0.0.0/27"), "workloads": "{w: {type: alb, subnets: [s0]}}"},
        "a /28 with 3 addresses free besides its own; AWS asks for a /27",
    ),
    Case(
        "NET-014",
        {**blocks("10.0.0.0/27"), "workloads": "{w: {type: alb, subnets: [s0], ips: 20}}"},
        ("w", "s0"),
        {**blocks("10.0.0.0/28"), "workloads": "{w: {type: nlb, subnets: [s0]}}"},
        "a /27 with 7 addresses free besides its own",
    ),
    Case(
        "NET-019",
        {
            **vpc("cidr: 192.168.0.0/16, secondary_cidrs: [192.168.0.0/16]"),
            "subnets": "{s: {vpc: main, az: a, cidr: 192.168.0.0/24}}",
        },
        ("main",),
        vpc("cidr: 10.0.0.0/16, secondary_cidrs: [10.1.0.0/16]"),
        "has the block 192.168.0.0/16 twice",
    ),
    Case("NET-016", vpc("cidr: 172.16.0.0/15"), ("main",), vpc("cidr: 172.18.0.0/16"), "Docker"),
    Case(
        "NET-020",
        vpc("cidr: 10.0.0.0/16, secondary_cidrs: [172.16.0.0/16]"),
        ("main",),
        vpc("cidr: 10.0.0.0/16, secondary_cidrs: [100.64.0.0/16, 10.1.0.0/16]"),
        "refuses 172.16.0.0/16 beside it",
    ),
    Case(
        "NET-020",
        vpc("cidr: 10.1.0.0/16, secondary_cidrs: [10.0.0.0/16]"),
        ("main",),
        vpc("cidr: 172.16.0.0/16, secondary_cidrs: [203.0.113.0/24]"),
    ),
    Case(
        "NET-020",
        vpc("cidr: 10.5.0.0/16, secondary_cidrs: [10.1.0.0/16, 10.0.0.0/16]"),
        ("main",),
        vpc("cidr: 10.5.0.0/16, secondary_cidrs: [10.0.0.0/16, 10.1.0.0/16]"),
        "has 10.1.0.0/16, and AWS refuses 10.0.0.0/16 beside it",
    ),
    Case(
        "NET-020",
        vpc("cidr: 172.16.0.0/16, secondary_cidrs: [172.31.4.0/24]"),
        ("main",),
        vpc("cidr: 172.16.0.0/16, secondary_cidrs: [172.30.0.0/16]"),
    ),
    Case(
        "NET-020",
        {
            **vpc("cidr: 100.64.0.0/16, secondary_cidrs: [10.0.0.0/16]"),
            "subnets": "{s: {vpc: main, az: a, cidr: 100.64.0.0/24}}",
        },
        ("main",),
        vpc("cidr: 10.0.0.0/16, secondary_cidrs: [100.64.0.0/16, 10.2.0.0/16]"),
    ),
    Case(
        "NET-021",
        {"route_tables": tables("{10.0.1.0/25: nat}")},
        ("private-rt", "nat"),
        {"route_tables": tables("{10.0.1.0/24: nat, 10.0.0.0/8: blackhole}")},
        "no whole block of a subnet",
    ),
    Case(
        "NET-021",
        {"route_tables": tables("{10.0.2.0/24: igw}")},
        ("private-rt", "igw"),
        {"route_tables": tables("{10.0.2.0/24: blackhole}")},
        "neither a NAT gateway nor an interface",
    ),
    Case(
        "NET-022",
        {
            "egress_only_internet_gateways": "{eigw: {vpc: main}}",
            "route_tables": tables("{0.0.0.0/0: eigw}"),
        },
        ("private-rt", "eigw"),
        {
            "egress_only_internet_gateways": "{eigw: {vpc: main}}",
            "route_tables": tables("{'::/0': eigw}"),
        },
        "carries IPv6 only",
    ),
    Case(
        "NET-022",
        {"route_tables": tables("{'::/0': nat}")},
        ("private-rt", "nat"),
        {"route_tables": tables("{'64:ff9b::/96': nat}")},
        "carries IPv4 only",
    ),
    Case(
        "NET-022",
        {"prefix_lists": "{l: [10.9.0.0/16, '2001:db8::/32']}", "route_tables": tables("{l: nat}")},
        ("private-rt", "nat"),
        {"prefix_lists": "{l: [10.9.0.0/16]}", "route_tables": tables("{l: nat}")},
        "sends l to",
    ),
    Case(
        "NET-022",
        endpoint(
            "type: gateway, route_tables: [private-rt]",
            route_tables=tables("{10.9.0.0/16: e}"),
        ),
        ("private-rt", "e"),
        endpoint(
            "type: gateway",
            prefix_lists="{com.amazonaws.eu-west-1.s3: [203.0.113.0/24]}",
            route_tables=tables("{com.amazonaws.eu-west-1.s3: e}"),
        ),
        "not routed to by a CIDR",
    ),
    Case(
        "NET-022",
        endpoint(
            "type: interface, subnets: [private-a, private-b], private_dns: false",
            route_tables=tables("{10.9.0.0/16: e}"),
        ),
        ("private-rt", "e"),
        endpoint("type: interface, subnets: [private-a, private-b]"),
        "its service is reached by name",
    ),
    Case(
        "NET-022",
        {
            "workloads": "{w: {type: rds, subnets: [private-a]}}",
            "route_tables": tables("{10.9.0.0/16: w}"),
        },
        ("private-rt", "w"),
        {
            "workloads": "{w: {type: ec2, subnets: [private-a]}}",
            "route_tables": tables("{10.9.0.0/16: w}"),
        },
        "a workload of type rds passes nothing on",
    ),
    Case(
        "NET-022",
        endpoint(
            "type: gateway",
            prefix_lists="{l: [203.0.113.0/24]}",
            route_tables=tables("{l: e}"),
        ),
        ("private-rt", "e"),
        endpoint("type: gateway, route_tables: [private-rt]"),
        "only AWS's own prefix list leads to a gateway endpoint",
    ),
    Case(
        "NET-029",
        {"peerings": "{one: {vpcs: [main, other]}, two: {vpcs: [other, main]}}"},
        ("two", "one"),
        {"peerings": "{one: {vpcs: [main, other]}}"},
        'AWS refuses "two" beside it',
    ),
    Case(
        "NET-031",
        {"workloads": "{w: {type: elasticache, subnets: [private-a], public_ip: true}}"},
        ("w",),
        {"workloads": "{w: {type: rds, subnets: [public], public_ip: true}}"},
        "AWS gives none to its type (ElastiCache)",
    ),
    Case(
        "END-008",
        {
            "endpoints": "{one: {vpc: main, service: s3, type: gateway, "
            "route_tables: [private-rt]}, two: {vpc: main, type: gateway, "
            "service: s3, route_tables: [public-rt, private-rt]}}"
        },
        ("two", "one", "private-rt"),
        {
            "endpoints": "{one: {vpc: main, service: s3, type: gateway, "
            "route_tables: [private-rt]}, two: {vpc: main, type: gateway, "
            "service: s3, route_tables: [public-rt]}, "
            "three: {vpc: main, service: dynamodb, type: gateway, route_tables: [private-rt]}}"
        },
        "a route table holds one route for it",
    ),
    Case(
        "NET-023",
        {"internet_gateways": "{igw: {vpc: main}, igw-2: {vpc: main}}"},
        ("main", "igw", "igw-2"),
        {"internet_gateways": "{igw: {vpc: main}, igw-2: {vpc: other}}"},
        "AWS attaches one",
    ),
    Case("NET-024", ipv6("01::/66"), ("s",), ipv6("01::/64"), "/44 to /64"),
    Case("NET-024", ipv6("01::/64", "00::/58"), ("main",), ipv6("01::/64"), "/44 to /60"),
    Case(
        "NET-024",
        {**ipv6("01::/64"), "vpcs": "{main: {cidr: 10.0.0.0/16}}"},
        ("s", "main"),
        {},
        "it has none",
    ),
    Case(
        "NET-024",
        ipv6(
            "01::/64",
            more=f", t: {{vpc: main, az: a, cidr: 10.0.1.0/24, ipv6_cidr: '{V6}01::/64'}}",
        ),
        ("t", "s"),
        {},
        "overlap in IPv6",
    ),
    Case(
        "NET-025",
        {"route_tables": TWO_TABLES},
        ("main", "private-rt", "public-rt"),
        {},
        "it can have one",
    ),
    Case(
        "NET-026",
        {**acl("{}"), "network_acls": "{acl: {vpc: other}}"},
        ("public", "acl"),
        acl("{}"),
        'has the ACL "acl" of VPC "other"',
    ),
    Case("NET-026", host("security_groups: [far-sg]"), ("w", "far-sg"), host("label: w"), "group"),
    Case(
        "NET-026",
        {"transit_gateways": "{hub: {attachments: {main: {subnets: [private-a, public]}}}}"},
        ("hub", "private-a", "public"),
        {"transit_gateways": "{hub: {attachments: {main: {subnets: [private-a, private-b]}}}}"},
        "has two subnets of a",
    ),
    Case(
        "END-009",
        endpoint("type: interface, subnets: [private-a, public], private_dns: false"),
        ("e", "private-a", "public"),
        endpoint("type: interface, subnets: [private-a, private-b]"),
        'Endpoint "e" has two subnets of a, "private-a" and "public"',
    ),
    Case(
        "NET-026",
        {"workloads": "{w: {type: alb, subnets: [private-b, private-a, public]}}"},
        ("w", "private-a", "public"),
        {"workloads": "{w: {type: rds, subnets: [private-a, public]}}"},
        'Workload "w" has two subnets of a',
    ),
    Case(
        "NET-027",
        host("private_ip: 10.0.2.9"),
        ("w",),
        host("private_ip: 10.0.1.9"),
        "lies in none of its subnets",
    ),
    Case(
        "NET-027",
        host("private_ip: 10.0.1.3"),
        ("w", "private-a"),
        host("private_ip: 10.0.1.4"),
        "AWS keeps",
    ),
    Case(
        "NET-027",
        {
            "workloads": "{w: {type: ec2, subnets: [private-a], private_ip: 10.0.1.9}, "
            "v: {type: ec2, subnets: [private-a], private_ip: 10.0.1.9}}"
        },
        ("v", "w"),
        {},
        'also that of "w"',
    ),
    Case(
        "NET-028",
        {"settings": "{quotas: {subnets_per_vpc: 2}}"},
        ("main",),
        {"settings": "{quotas: {subnets_per_vpc: 3}}"},
        "has 3 subnets; AWS's quota is 2",
    ),
    Case(
        "NET-028",
        {"nat_gateways": "{nat: {subnet: public, elastic_ips: 3}}"},
        ("nat",),
        {"nat_gateways": "{nat: {subnet: public, elastic_ips: 2}}"},
        "has 3 elastic IPs",
    ),
    Case(
        "NET-028",
        {
            **host("security_groups: [sg, two]"),
            "security_groups": "{sg: {vpc: main}, two: {vpc: main}}",
            "settings": "{quotas: {security_groups_per_interface: 1}}",
        },
        ("w",),
        host("security_groups: [sg]"),
        'Workload "w" has 2 security groups',
    ),
    Case(
        "NET-028",
        {"transit_gateways": HUB, "settings": "{quotas: {security_groups_per_interface: 1}}"}
        | endpoint(INSIDE.replace("[shut]", "[shut, sg]"), security_groups=OPEN),
        ("e",),
        {"transit_gateways": HUB, "settings": "{quotas: {transit_gateways_per_vpc: 1}}"},
        'Endpoint "e" has 2 security groups',
    ),
    Case(
        "NET-028",
        {
            "transit_gateways": HUB[:-1]
            + ", second: {attachments: {main: {subnets: [private-b]}}}}",
            "settings": "{quotas: {transit_gateways_per_vpc: 1}}",
        },
        ("main",),
        {"transit_gateways": HUB},
        "has 2 transit gateways; AWS's quota is 1",
    ),
    Case(
        "SG-001",
        group("inbound: [{protocol: tcp, ports: 22, cidr: 0.0.0.0/0}]"),
        ("sg",),
        group("inbound: [{protocol: tcp, ports: 443, cidr: 0.0.0.0/0}]"),
        "lets everybody in to SSH",
    ),
    Case(
        "SG-001",
        group("inbound: [{cidr: '::/0'}]"),
        ("sg",),
        group("inbound: [{cidr: 10.0.0.0/8}]"),
        "every port",
    ),
    Case(
        "SG-001",
        group(
            "inbound: [{protocol: tcp, ports: 443, cidr: 0.0.0.0/0}, "
            "{protocol: tcp, ports: 22, cidr: 0.0.0.0/0}]",
            workloads="{w: {type: alb, subnets: [private-a, private-b], security_groups: [sg]}}",
        ),
        ("sg",),
        group(
            "inbound: [{protocol: tcp, ports: 80, cidr: 0.0.0.0/0}, "
            "{protocol: tcp, ports: 443, cidr: 0.0.0.0/0}]",
            workloads="{w: {type: alb, subnets: [private-a, private-b], security_groups: [sg]}}",
        ),
        "lets everybody in to SSH.",
    ),
    Case(
        "SG-001",
        group("inbound: [{protocol: tcp, ports: 3000-4000, cidr: 0.0.0.0/0}]"),
        ("sg",),
        group("inbound: [{protocol: tcp, ports: 8000-9999, cidr: 0.0.0.0/0}]"),
        "lets everybody in to RDP and MySQL.",
    ),
    Case(
        "SG-002",
        group("outbound: [{cidr: 0.0.0.0/0}]"),
        ("sg",),
        group("outbound: [{protocol: tcp, ports: 443, cidr: 0.0.0.0/0}]"),
        "lets everything out",
    ),
    Case(
        "SG-002",
        group("outbound: [{protocol: all, ports: 443, cidr: '::/0'}]"),
        ("sg",),
        group("outbound: [{protocol: icmp, cidr: 0.0.0.0/0}]"),
    ),
    Case("SG-003", host("label: w"), ("w", "main"), host("security_groups: [sg]"), "default"),
    Case(
        "SG-004",
        group("inbound: [{security_group: far-sg}, {protocol: tcp, security_group: far-sg}]"),
        ("sg", "far-sg"),
        group("inbound: [{security_group: far-sg}]", peerings=PEERED),
        "not joined",
    ),
    Case(
        "SG-004",
        group("outbound: [{security_group: far-sg}]", transit_gateways=KNOWING),
        ("sg", "far-sg"),
        group("inbound: [{security_group: far-sg}]", transit_gateways=KNOWING),
        "An outbound rule",
    ),
    Case(
        "SG-005",
        group("inbound: [{cidr: 10.0.0.0/8}, {cidr: 10.9.0.0/16, description: office}]"),
        ("sg",),
        group("inbound: [{cidr: 10.0.0.0/8}, {cidr: 10.9.0.0/16}]"),
        "1 of 2 rules",
    ),
    Case(
        "SG-006",
        group(
            "inbound: [{cidr: 10.0.0.0/8}, {prefix_list: two}]",
            prefix_lists="{two: [10.8.0.0/16, 10.9.0.0/16]}",
            settings="{quotas: {rules_per_security_group: 2}}",
        ),
        ("sg",),
        group(
            "inbound: [{cidr: 10.0.0.0/8}, {cidr: '::/0'}, {security_group: sg}]",
            settings="{quotas: {rules_per_security_group: 2}}",
        ),
        "has 3 inbound rules for IPv4; its quota is 2",
    ),
    Case(
        "SG-006",
        group(
            "inbound: [{cidr: '::/0'}, {security_group: sg}]",
            settings="{quotas: {rules_per_security_group: 1}}",
        ),
        ("sg",),
        group(
            "inbound: [{cidr: '::/0'}, {cidr: 10.0.0.0/8}]",
            settings="{quotas: {rules_per_security_group: 1}}",
        ),
        "has 2 inbound rules for IPv6",
    ),
    Case("SG-006", crowded(501), ("w", "sg", "big"), crowded(500), "2 security groups of up to"),
    Case(
        "ACL-001",
        acl("{100: {action: allow, protocol: tcp, ports: 443}}"),
        ("acl", "public"),
        acl("{100: {action: allow}}"),
        "lets requests out, but not all of their replies in",
    ),
    Case(
        "ACL-001",
        acl(
            "{100: {action: allow, protocol: tcp, ports: 5432, cidr: 10.0.0.0/16}}",
            "{100: {action: allow, protocol: tcp, ports: 32768-60999, cidr: 10.0.0.0/16}}",
        ),
        ("acl", "public"),
        acl(
            "{100: {action: allow, protocol: tcp, ports: 5432, cidr: 10.0.0.0/16}}",
            "{100: {action: allow, protocol: tcp, ports: 1024-65535, cidr: 10.0.0.0/16}}",
        ),
        "those of rule 100: allow tcp 5432 from 10.0.0.0/16 go to ports 1024-65535",
    ),
    Case(
        "ACL-002",
        acl("{100: {action: allow, protocol: tcp, ports: 22}, 110: {action: allow}}"),
        ("acl",),
        acl("{100: {action: allow, protocol: tcp, ports: 22, cidr: 10.0.0.0/8}}"),
        "lets everybody in to SSH",
    ),
    Case(
        "ACL-002",
        acl("{100: {action: allow, protocol: tcp, ports: 443}, 110: {action: allow}}"),
        ("acl",),
        acl(
            "{100: {action: allow, protocol: tcp, ports: 443}, "
            "105: {action: deny, cidr: 203.0.113.0/24}, 110: {action: allow}}"
        ),
        "every port (entry 110), which leaves entry 100 without a point",
    ),
    Case(
        "ACL-002",
        acl("{100: {action: allow, protocol: tcp, ports: 3000-3400, cidr: '::/0'}}"),
        ("acl",),
        acl(
            "{100: {action: deny, protocol: tcp, ports: 22}, "
            "110: {action: allow, protocol: tcp, ports: 22}, 120: {action: allow}}"
        ),
        "lets everybody in to RDP",
    ),
    Case(
        "ACL-003",
        acl("{100: {action: allow}, 110: {action: deny, protocol: tcp, ports: 22}}"),
        ("acl",),
        acl("{100: {action: deny, protocol: tcp, ports: 22}, 110: {action: allow}}"),
        "inbound 110 (all of it matches 100 before)",
    ),
    Case(
        "ACL-003",
        acl(
            "{100: {action: allow, cidr: 10.0.0.0/8}, 110: {action: allow, cidr: 10.1.0.0/16}, "
            "120: {action: deny, protocol: udp, cidr: 10.2.0.0/16}}"
        ),
        ("acl",),
        acl("{100: {action: allow, cidr: 10.1.0.0/16}, 110: {action: allow, cidr: 10.0.0.0/8}}"),
        "inbound 110 (all of it matches 100 before), inbound 120",
    ),
    Case(
        "END-001",
        endpoint(INSIDE, security_groups=SHUT, expectations=TO_SQS),
        ("e", "f", "shut"),
        endpoint(INSIDE, security_groups=OPEN, expectations=TO_SQS),
        "does not let function",
    ),
    Case(
        "END-002",
        endpoint(
            "type: interface, subnets: [private-a, private-b]",
            vpcs="{main: {cidr: 10.0.0.0/16, dns_hostnames: false}, other: {cidr: 10.1.0.0/16}}",
        ),
        ("e", "main"),
        endpoint("type: interface, subnets: [private-a, private-b]"),
        "dns_hostnames off",
    ),
    Case(
        "END-003",
        endpoint("type: interface, subnets: [private-a]"),
        ("e", "private-a"),
        endpoint("type: interface, subnets: [private-a, private-b]"),
        "run in b too",
    ),
    Case(
        "END-004",
        gateway("type: gateway"),
        ("e",),
        gateway("type: gateway, route_tables: [private-rt]"),
        "in the route table of no subnet",
    ),
    Case(
        "END-004",
        gateway("type: gateway, route_tables: [spare]", route_tables=SPARE),
        ("e", "spare"),
        gateway(
            "type: gateway",
            prefix_lists="{l: [203.0.113.0/24]}",
            route_tables=tables("{0.0.0.0/0: nat, l: e}"),
        ),
    ),
    Case(
        "END-004",
        gateway(
            "type: gateway, route_tables: [public-rt]",
            route_tables=tables("{}"),
            expectations=TO_S3,
        ),
        ("e", "f", "private-a", "private-b"),
        gateway("type: gateway, route_tables: [public-rt]", expectations=TO_S3),
        "no other way leads there",
    ),
    Case(
        "END-010",
        {"endpoints": "{e: {vpc: main, service: sqss, type: interface, subnets: [private-a]}}"},
        ("e",),
        {"endpoints": "{e: {vpc: main, service: sqs, type: interface, subnets: [private-a]}}"},
        'known as "sqss"',
    ),
    Case(
        "NET-030",
        {"subnets": SOUND["subnets"].replace("az: b", "az: eu-west-1b")},
        ("private-b",),
        {"subnets": SOUND["subnets"].replace("az: b", "az: us-east-1b")},
        "zone of eu-west-1",
    ),
    Case("NET-032", {"region": "Ireland"}, (), {"region": "eu-west-1"}, '"Ireland"'),
    Case(
        "END-007",
        endpoint("type: gateway, route_tables: [private-rt]"),
        ("e", "private-rt"),
        gateway("type: gateway, route_tables: [private-rt]"),
        "S3 Express only",
    ),
    Case(
        "END-007",
        {
            "endpoints": "{e: {vpc: main, service: com.amazonaws.eu-west-1.s3, type: gateway, "
            "route_tables: [private-rt]}}"
        },
        ("e", "private-rt"),
        {
            "endpoints": "{e: {vpc: main, service: com.amazonaws.us-east-1.s3, type: gateway, "
            "route_tables: [private-rt]}}"
        },
        "its own Region",
    ),
    Case(
        "END-007",
        {"endpoints": "{e: {vpc: main, service: com.amazonaws.eu-west-1.sqs, type: interface}}"},
        ("e",),
        {"endpoints": "{e: {vpc: main, service: com.amazonaws.eu-west-1.kms, type: interface}}"},
    ),
    Case(
        "END-005",
        endpoint(INSIDE, security_groups=SHUT),
        ("e", "shut"),
        endpoint(INSIDE, security_groups=OPEN),
        "lets no function of it in: they do not reach the service",
    ),
    Case(
        "END-005",
        endpoint(INSIDE, security_groups=OPEN.replace("security_group: sg", "cidr: '::/0'")),
        ("e", "shut"),
        endpoint(INSIDE, security_groups=OPEN.replace("security_group: sg", "cidr: 10.0.2.0/24")),
    ),
    Case(
        "END-005",
        endpoint(INSIDE, security_groups=SHUT),
        ("e", "shut"),
        endpoint(INSIDE, security_groups=SHUT, route_tables=tables("{}")),
    ),
    Case(
        "END-005",
        endpoint(INSIDE, security_groups=SHUT),
        ("e", "shut"),
        endpoint(INSIDE, security_groups=SHUT, expectations=TO_SQS),
    ),
    Case(
        "END-005",
        endpoint("type: interface"),
        ("e",),
        endpoint("type: interface, private_dns: false"),
        "no interface in any subnet",
    ),
    Case(
        "END-006",
        {
            "endpoints": "{e: {vpc: main, service: sqs, type: interface}, "
            "d: {vpc: main, service: com.amazonaws.us-east-1.sqs, type: interface}}"
        },
        ("d", "e"),
        {
            "endpoints": "{e: {vpc: main, service: sqs, type: interface}, "
            "d: {vpc: main, service: sqs, type: interface, private_dns: false}}"
        },
        "AWS allows one",
    ),
)
