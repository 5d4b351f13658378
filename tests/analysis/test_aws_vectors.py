"""The ready-made vectors of AWS's behaviour, one test each, named for what it says."""

from __future__ import annotations

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.formats.plan_file import read_text

ROLE = "role_policies: [AWSLambdaVPCAccessExecutionRole]"
ONE_VPC = f"""
lambdaplanner: 1
vpcs: {{m: {{cidr: 10.0.0.0/16}}}}
internet_gateways: {{igw: {{vpc: m}}}}
subnets:
  public: {{vpc: m, az: a, cidr: 10.0.0.0/24, route_table: public-rt}}
  private: {{vpc: m, az: a, cidr: 10.0.1.0/24, route_table: private-rt}}
nat_gateways: {{nat: {{subnet: public}}}}
route_tables:
  public-rt: {{vpc: m, routes: {{0.0.0.0/0: igw}}}}
  private-rt: {{vpc: m, routes: {{0.0.0.0/0: nat}}}}
functions:
  f: {{{ROLE}, subnets: [private]}}
  trapped: {{{ROLE}, subnets: [public]}}
  lone: {{}}
"""


def network(text: str, **more: str) -> Network:
    """A plan with sections added."""
    sections = "".join(f"{name}: {value}\n" for name, value in more.items())
    return compile_network(read_text(text + sections, where="a vector").plan)


def hops(answer: Answer) -> list[str]:
    (path,) = answer.paths
    return [hop.id for hop in path.hops]


def blocked(answer: Answer) -> set[tuple[str, str]]:
    return {(o.at, o.code) for path in answer.paths for o in path.obstacles}


def test_the_longest_prefix_wins_and_local_beats_the_default() -> None:
    """7. The target more specific than local is an appliance, of which a plan knows nothing."""
    made = network(
        ONE_VPC.replace("0.0.0.0/0: nat", "10.0.5.0/24: appliance, 0.0.0.0/0: nat").replace(
            "nat_gateways:",
            "  five: {vpc: m, az: a, cidr: 10.0.5.0/24}\n"
            "  six: {vpc: m, az: a, cidr: 10.0.6.0/24}\nnat_gateways:",
        ),
        security_groups="{all: {vpc: m, inbound: [{cidr: 0.0.0.0/0}]}}",
        workloads="""
  appliance: {type: ec2, subnets: [public], security_groups: [all]}
  w5: {type: ec2, subnets: [five], private_ip: 10.0.5.9, security_groups: [all]}
  w6: {type: ec2, subnets: [six], private_ip: 10.0.6.9, security_groups: [all]}""",
    )
    assert blocked(reach(made, "f", "10.0.5.9")) == {("appliance", "UNSUPPORTED_COMPONENT")}
    assert reach(made, "f", "10.0.6.9").verdict == "reachable"
    assert "nat" in hops(reach(made, "f", "8.8.8.8"))


def test_a_blackhole_is_beaten_by_a_longer_prefix_and_never_falls_through() -> None:
    """9."""
    made = network(
        f"""
lambdaplanner: 1
vpcs: {{m: {{cidr: 10.0.0.0/16}}, peer: {{cidr: 8.8.0.0/16}}}}
subnets:
  s: {{vpc: m, az: a, cidr: 10.0.1.0/24, route_table: rt}}
  far: {{vpc: peer, az: a, cidr: 8.8.8.0/24, route_table: back}}
peerings: {{pcx: {{vpcs: [m, peer]}}}}
route_tables:
  rt: {{vpc: m, routes: {{0.0.0.0/0: blackhole, 8.0.0.0/8: pcx}}}}
  back: {{vpc: peer, routes: {{10.0.0.0/16: pcx}}}}
security_groups: {{all: {{vpc: peer, inbound: [{{cidr: 0.0.0.0/0}}]}}}}
functions: {{f: {{{ROLE}, subnets: [s]}}}}
workloads: {{dns: {{type: ec2, subnets: [far], private_ip: 8.8.8.8, security_groups: [all]}}}}
"""
    )
    assert hops(reach(made, "f", "8.8.8.8"))[-3:] == ["all", "eni:dns@far", "dns"]
    assert blocked(reach(made, "f", "1.1.1.1")) == {("rt", "BAD_STATE_ROUTE")}


def test_a_gateway_endpoint_takes_its_service_and_the_nat_gateway_the_rest() -> None:
    """10. Another region's S3 is an address of the internet."""
    made = network(
        ONE_VPC, endpoints="{s3: {vpc: m, service: s3, type: gateway, route_tables: [private-rt]}}"
    )
    assert hops(reach(made, "f", "aws:s3"))[-3:] == ["private-rt", "s3", "aws:s3"]
    assert "nat" in hops(reach(made, "f", "52.219.1.1"))
    assert "nat" in hops(reach(made, "f", "aws:sqs"))


def test_a_function_in_a_public_subnet_dies_at_the_internet_gateway() -> None:
    """11."""
    answer = reach(network(ONE_VPC), "trapped", "internet")
    assert answer.verdict == "unreachable"
    assert blocked(answer) == {("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")}


def test_a_subnet_that_routes_to_a_gateway_in_itself_loops() -> None:
    """12."""
    made = network(ONE_VPC.replace("{0.0.0.0/0: igw}", "{0.0.0.0/0: nat}"))
    assert ("nat", "NAT_IN_SOURCE_SUBNET") in blocked(reach(made, "trapped", "internet"))


def test_replies_need_all_of_the_ephemeral_ports() -> None:
    """13."""
    made = network(
        ONE_VPC.replace("route_table: private-rt", "route_table: private-rt, network_acl: narrow"),
        network_acls="""
  narrow:
    vpc: m
    inbound: {100: {action: allow, protocol: tcp, ports: 32768-61000}}
    outbound: {100: {action: allow}}""",
    )
    answer = reach(made, "f", "internet")
    assert answer.verdict == "partial"
    assert blocked(answer) == {("narrow", "SUBNET_ACL_RESTRICTION")}


TWO_VPCS = f"""
lambdaplanner: 1
vpcs: {{A: {{cidr: 10.0.0.0/16}}, B: {{cidr: 10.1.0.0/16}}}}
internet_gateways: {{igw: {{vpc: B}}}}
subnets:
  a: {{vpc: A, az: a, cidr: 10.0.1.0/24, route_table: a-rt}}
  b-public: {{vpc: B, az: a, cidr: 10.1.0.0/24, route_table: b-public-rt}}
  b-attached: {{vpc: B, az: a, cidr: 10.1.1.0/24, route_table: b-attached-rt}}
nat_gateways: {{nat: {{subnet: b-public}}}}
route_tables:
  a-rt: {{vpc: A, routes: {{0.0.0.0/0: way}}}}
  b-public-rt: {{vpc: B, routes: {{0.0.0.0/0: igw, 10.0.0.0/16: way}}}}
  b-attached-rt: {{vpc: B, routes: {{0.0.0.0/0: nat}}}}
functions: {{f: {{{ROLE}, subnets: [a]}}}}
"""
HUB = """
  way:
    attachments: {A: {subnets: [a], route_table: t}, B: {subnets: [b-attached], route_table: t}}
    route_tables: {t: {propagate: [A, B], routes: {0.0.0.0/0: B}}}"""


def test_a_peer_lends_nobody_its_gateways() -> None:
    """14."""
    answer = reach(network(TWO_VPCS, peerings="{way: {vpcs: [A, B]}}"), "f", "internet")
    assert blocked(answer) == {("way", "PCX_REQUIRES_ADDRESS_IN_VPC_CIDR")}


def test_a_transit_gateway_leads_to_the_egress_vpc_and_back() -> None:
    """15."""
    answer = reach(network(TWO_VPCS, transit_gateways=HUB), "f", "internet")
    assert hops(answer)[4:] == [
        "a-rt",
        "way",
        "b-attached-rt",
        "nat",
        "b-public-rt",
        "igw",
        "internet",
    ]
    one_way = TWO_VPCS.replace("0.0.0.0/0: igw, 10.0.0.0/16: way", "0.0.0.0/0: igw")
    lost = reach(network(one_way, transit_gateways=HUB), "f", "internet")
    assert blocked(lost) == {("b-public-rt", "NO_ROUTE_TO_DESTINATION")}


def test_an_endpoint_that_lets_nobody_in_shadows_a_working_nat_gateway() -> None:
    """18."""
    made = network(
        ONE_VPC,
        security_groups="{shut: {vpc: m, inbound: []}}",
        endpoints="{sm: {vpc: m, service: secretsmanager, type: interface, subnets: [private], "
        "security_groups: [shut]}}",
    )
    assert blocked(reach(made, "f", "aws:secretsmanager")) == {("shut", "SG_HAS_NO_RULES")}
    assert reach(made, "f", "internet").verdict == "reachable"


def test_subnets_that_differ_make_a_partial_answer() -> None:
    """19."""
    made = network(
        ONE_VPC.replace(
            "nat_gateways:", "  closed: {vpc: m, az: b, cidr: 10.0.2.0/24}\nnat_gateways:"
        ).replace("subnets: [private]", "subnets: [private, closed]")
    )
    answer = reach(made, "f", "internet")
    assert answer.verdict == "partial"
    assert {path.via: path.verdict for path in answer.paths} == {
        "private": "reachable",
        "closed": "unreachable",
    }


def test_a_group_that_lets_out_to_the_database_alone_has_no_internet() -> None:
    """20."""
    made = network(
        ONE_VPC.replace("subnets: [private]", "subnets: [private], security_groups: [fn]"),
        security_groups="""
  fn: {vpc: m, outbound: [{protocol: tcp, ports: 5432, security_group: db}]}
  db: {vpc: m, inbound: [{protocol: tcp, ports: 5432, security_group: fn}]}""",
        workloads="{d: {type: rds, subnets: [private], security_groups: [db], port: 5432}}",
    )
    assert blocked(reach(made, "f", "internet")) == {("fn", "ENI_SG_RULES_MISMATCH")}
    assert reach(made, "f", "d").verdict == "reachable"


def test_ipv6_needs_a_rule_of_its_own() -> None:
    """21."""
    made = network(
        f"""
lambdaplanner: 1
vpcs: {{m: {{cidr: 10.0.0.0/16, ipv6_cidr: "2600:1f18:1000::/56"}}}}
egress_only_internet_gateways: {{eigw: {{vpc: m}}}}
subnets:
  s: {{vpc: m, az: a, cidr: 10.0.1.0/24, ipv6_cidr: "2600:1f18:1000:1::/64", route_table: rt}}
route_tables: {{rt: {{vpc: m, routes: {{"::/0": eigw}}}}}}
security_groups:
  four: {{vpc: m, outbound: [{{cidr: 0.0.0.0/0}}]}}
  six: {{vpc: m, outbound: [{{cidr: "::/0"}}]}}
functions:
  f: {{{ROLE}, subnets: [s], security_groups: [four], ipv6: true}}
  g: {{{ROLE}, subnets: [s], security_groups: [six], ipv6: true}}
"""
    )
    host = "2606:4700:4700::1111"
    assert blocked(reach(made, "f", host)) == {("four", "ENI_SG_RULES_MISMATCH")}
    assert hops(reach(made, "g", host))[-3:] == ["rt", "eigw", "internet"]


def test_one_gateway_serves_both_zones_of_the_sample_template() -> None:
    """22. What that costs is a finding, not an obstacle."""
    made = network(
        f"""
lambdaplanner: 1
vpcs: {{m: {{cidr: 172.31.0.0/16}}}}
internet_gateways: {{igw: {{vpc: m}}}}
subnets:
  public: {{vpc: m, az: az0, cidr: 172.31.0.0/24, route_table: public-rt}}
  private-0: {{vpc: m, az: az0, cidr: 172.31.3.0/24, route_table: private-rt}}
  private-1: {{vpc: m, az: az1, cidr: 172.31.2.0/24, route_table: private-rt}}
nat_gateways: {{nat: {{subnet: public}}}}
route_tables:
  public-rt: {{vpc: m, routes: {{0.0.0.0/0: igw}}}}
  private-rt: {{vpc: m, routes: {{0.0.0.0/0: nat}}}}
functions: {{f: {{{ROLE}, subnets: [private-0, private-1]}}}}
"""
    )
    assert reach(made, "f", "internet").verdict == "reachable"


def test_a_written_route_beats_others_of_the_same_block() -> None:
    """8. A plan has no virtual private gateway; of its routes those of prefix lists come after
    written ones, and in a transit gateway's table propagated ones do. Propagation into a VPC's
    table, which local beats, cannot be written.
    """
    way_out = "0.0.0.0/0: nat, 172.31.0.0/24: nat, far: blackhole"
    made = network(
        ONE_VPC.replace("0.0.0.0/0: nat", way_out),
        prefix_lists="{far: [172.31.0.0/24, 198.51.100.0/24]}",
    )
    assert ("igw", "IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS") in blocked(
        reach(made, "f", "172.31.0.9")
    ), "by the gateway, not into the black hole"
    assert blocked(reach(made, "f", "198.51.100.9")) == {("private-rt", "BAD_STATE_ROUTE")}
    hub = HUB.replace("{0.0.0.0/0: B}", "{0.0.0.0/0: B, 10.1.0.0/16: blackhole}")
    open_group = "{all: {vpc: B, inbound: [{cidr: 0.0.0.0/0}]}}"
    there = "{w: {type: ec2, subnets: [b-attached], security_groups: [all]}}"
    for gateway, lost in ((HUB, False), (hub, True)):
        made = network(
            TWO_VPCS.replace("{0.0.0.0/0: nat}", "{0.0.0.0/0: nat, 10.0.0.0/16: way}"),
            transit_gateways=gateway,
            security_groups=open_group,
            workloads=there,
        )
        answer = reach(made, "f", "w")
        assert (("way", "TGW_RTB_BAD_STATE_ROUTE") in blocked(answer)) is lost
        assert (answer.verdict == "reachable") is not lost


def test_an_unattached_function_reaches_what_the_internet_reaches() -> None:
    """23."""
    database = "{db: {type: rds, subnets: [public], security_groups: [%s], port: 5432%s}}"
    groups = "{all: {vpc: m, inbound: [{cidr: 0.0.0.0/0}]}, few: {vpc: m, inbound: []}}"

    def to_database(group: str, more: str = ", public_ip: true") -> Answer:
        made = network(ONE_VPC, security_groups=groups, workloads=database % (group, more))
        return reach(made, "lone", "db")

    assert blocked(to_database("all", more="")) == {("lone", "LAMBDA_NOT_ATTACHED")}
    assert to_database("all").verdict == "reachable"
    assert blocked(to_database("few")) == {("few", "SG_HAS_NO_RULES")}
    assert reach(network(ONE_VPC), "lone", "internet").verdict == "reachable"
    assert reach(network(ONE_VPC), "lone", "aws:sqs").verdict == "reachable"
