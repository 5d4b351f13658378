"""What AWS refuses to build carries nothing, and a finding says so: the faults and their twins."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import read_text
from tests.found.asking import ask, blocked, findings, obstacles, text_of, twin
from tests.found.plans import found


class Fault(NamedTuple):
    """A plan that a fault was found with, a question, and what is right."""

    name: str
    source: str
    target: str
    verdict: str
    at: str
    code: str
    check: str


FAULTS = (
    Fault(
        "overlapping-vpcs-on-one-hub", "orders", "old", "unknown",
        "hub", "TGW_RTB_ROUTES_ARE_UNKNOWN", "NET-006",
    ),
    Fault(
        "overlapping-vpcs-on-one-hub", "orders", "new", "unknown",
        "hub", "TGW_RTB_ROUTES_ARE_UNKNOWN", "NET-006",
    ),
    Fault(
        "second-peering-of-a-pair", "orders", "api", "unreachable",
        "again", "BAD_STATE", "NET-029",
    ),
    Fault(
        "two-internet-gateways", "orders", "internet", "unreachable",
        "igw-2", "BAD_STATE", "NET-023",
    ),
    Fault(
        "database-at-the-routers-address", "orders", "db", "unreachable",
        "eni:db@db-a", "ENI_ADDRESS_RESTRICTION", "NET-027",
    ),
    Fault("half-a-subnet-by-nat", "orders", "db", "reachable", "", "", "NET-021"),
    Fault(
        "second-block-aws-refuses", "orders", "db", "unreachable",
        "shop", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION", "NET-020",
    ),
    Fault(
        "no-address-left-for-the-nat", "orders", "internet", "unreachable",
        "pub-a", "ENI_ADDRESS_RESTRICTION", "NET-018",
    ),
    Fault(
        "cache-with-a-public-address", "internet", "cache", "unreachable",
        "cache", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "NET-031",
    ),
    Fault(
        "endpoint-twice-in-one-zone", "orders", "aws:sqs", "unreachable",
        "queue-ep", "UNSUPPORTED_COMPONENT", "END-009",
    ),
    Fault("two-s3-endpoints-on-one-table", "orders", "aws:s3", "reachable", "", "", "END-008"),
    Fault(
        "default-route-to-s3-endpoint", "orders", "internet", "unreachable",
        "in-rt", "BAD_STATE_ROUTE", "NET-022",
    ),
    Fault(
        "nat-subnet-without-routes", "orders", "internet", "unreachable",
        "pub-rt", "NO_ROUTE_TO_DESTINATION", "NAT-001",
    ),
)  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.name}-{fault.target}")
def test_what_was_found(fault: Fault) -> None:
    plan = read_text(found(fault.name).read_text(), where=fault.name).plan
    answer = ask(plan, fault.source, fault.target)
    assert answer.verdict == fault.verdict
    if fault.at:
        assert (fault.at, fault.code) in blocked(answer)
    (finding, *_) = findings(plan, fault.check)
    assert finding.severity == "error"


@pytest.mark.parametrize("name", sorted({fault.name for fault in FAULTS}))
def test_each_has_a_way_to_mend_it(name: str) -> None:
    plan = read_text(text_of(name), where=name).plan
    view = PlanAnalysis(plan)
    for fault in FAULTS:
        for finding in findings(plan, fault.check) if fault.name == name else ():
            assert list(for_finding(view, finding)), finding.message


# gateways and peerings ----------------------------------------------------------------------------

GATEWAYS = "two-internet-gateways"


@pytest.mark.parametrize("target", ["igw", "igw-2"])
def test_of_two_internet_gateways_neither_carries(target: str) -> None:
    plan = twin(GATEWAYS, ("{0.0.0.0/0: igw-2}", f"{{0.0.0.0/0: {target}}}"))
    assert blocked(ask(plan, "orders", "internet")) == {(target, "BAD_STATE")}


WEB = "  web: {type: ec2, subnets: [pub-a], security_groups: [fn-sg], public_ip: true}\n"


def test_nor_lets_either_in_or_a_regional_gateway_out() -> None:
    text = text_of(GATEWAYS) + "workloads:\n" + WEB
    plan = read_text(text, where="web").plan
    assert {at for at, code in blocked(ask(plan, "internet", "web")) if code == "BAD_STATE"} == {
        "igw",
        "igw-2",
    }
    assert ask(plan, "web", "internet").verdict == "unreachable"
    regional = twin(GATEWAYS, ("nat-a: {subnet: pub-a}", "nat-a: {vpc: shop, mode: regional}"))
    assert ("igw", "BAD_STATE") in blocked(ask(regional, "orders", "internet"))


IPV6 = """
lambdaplanner: 1
region: eu-west-1
vpcs:
  shop: {cidr: 10.20.0.0/16, ipv6_cidr: '2001:db8::/56'}
egress_only_internet_gateways:
  eigw: {vpc: shop}
  eigw-2: {vpc: shop}
subnets:
  in-a: {vpc: shop, az: a, cidr: 10.20.1.0/24, ipv6_cidr: '2001:db8::/64', route_table: in-rt}
route_tables:
  in-rt: {vpc: shop, routes: {'::/0': eigw}}
functions:
  orders: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [in-a], ipv6: true}
"""
HOST6 = "2606:4700::1111"


def test_of_two_egress_only_gateways_neither_carries() -> None:
    plan = read_text(IPV6, where="two").plan
    assert blocked(ask(plan, "orders", HOST6)) == {("eigw", "BAD_STATE")}
    assert findings(plan, "NET-023")
    one = read_text(IPV6.replace("  eigw-2: {vpc: shop}\n", ""), where="one").plan
    assert ask(one, "orders", HOST6).verdict == "reachable"


@pytest.mark.parametrize(
    ("block", "reachable"),
    [("2001:db8::/64", True), ("2001:db8::/66", False), ("2001:db8:1::/64", False)],
)
def test_an_ipv6_block_that_aws_refuses_is_none(block: str, reachable: bool) -> None:
    text = IPV6.replace("  eigw-2: {vpc: shop}\n", "")
    plan = read_text(text.replace("'2001:db8::/64'", f"'{block}'"), where=block).plan
    answer = ask(plan, "orders", HOST6)
    assert (answer.verdict == "reachable") is reachable
    assert reachable or ("in-a", "NO_IPV6_EGRESS") in blocked(answer)


def test_a_function_with_ipv6_in_a_subnet_without_is_not_made() -> None:
    text = IPV6.replace("ipv6_cidr: '2001:db8::/64', ", "")
    text = (
        text.replace("'::/0': eigw", "0.0.0.0/0: nat")
        + "nat_gateways: {nat: {vpc: shop, mode: regional}}\n"
    )
    text += "internet_gateways: {igw: {vpc: shop}}\n"
    plan = read_text(text, where="without").plan
    assert blocked(ask(plan, "orders", "internet")) == {("in-a", "NO_IPV6_EGRESS")}
    sound = read_text(text.replace(", ipv6: true", ""), where="sound").plan
    assert ask(sound, "orders", "internet").verdict == "reachable"


PEERINGS = "second-peering-of-a-pair"


def test_the_first_peering_of_a_pair_stands() -> None:
    plan = twin(PEERINGS, (": again}", ": first}"))
    assert ask(plan, "orders", "api").verdict == "reachable"
    (finding,) = findings(plan, "NET-029")
    assert finding.about == ("again", "first")
    assert '"first"' in finding.message
    assert '"again"' in finding.message


def test_and_so_it_does_whichever_side_asked() -> None:
    plan = twin(PEERINGS, ("first: {vpcs: [shop, data]}", "first: {vpcs: [data, shop]}"))
    assert ask(plan, "orders", "api").verdict == "unreachable"
    third = twin(PEERINGS, ("  again: {", "  third: {vpcs: [shop, data]}\n  again: {"))
    (finding,) = findings(third, "NET-029")
    assert finding.about == ("third", "first", "again")


def test_only_the_reply_takes_the_second_peering() -> None:
    plan = twin(PEERINGS, ("{10.21.0.0/16: again}", "{10.21.0.0/16: first}"))
    answer = ask(plan, "orders", "api")
    assert [(o.at, o.direction) for o in obstacles(answer)] == [("again", "return")]


# endpoints ----------------------------------------------------------------------------------------

TWO_S3 = "two-s3-endpoints-on-one-table"


def test_the_endpoint_made_first_has_the_table() -> None:
    for name, other in (("s3-ep", "s3-again"), ("s3-again", "s3-ep")):
        first = f"  {name}: {{vpc: shop, service: s3, type: gateway, route_tables: [in-rt]}}\n"
        second = first.replace(name, other)
        text = text_of(TWO_S3)
        head, tail = text[: text.index("  s3-ep:")], text[text.index("functions:") :]
        plan = read_text(head + first + second + tail, where=name).plan
        answer = ask(plan, "orders", "aws:s3")
        assert {h.id for p in answer.paths for h in p.hops if h.kind == "endpoint"} == {name}
        (finding,) = findings(plan, "END-008")
        assert finding.about == (other, name, "in-rt")


def test_endpoints_of_two_services_share_a_table() -> None:
    plan = twin(
        TWO_S3, ("s3-again: {vpc: shop, service: s3", "s3-again: {vpc: shop, service: dynamodb")
    )
    assert findings(plan, "END-008") == []
    assert ask(plan, "orders", "aws:dynamodb").verdict == "reachable"


DEFAULT_ROUTE = "default-route-to-s3-endpoint"


@pytest.mark.parametrize("target", ["internet", "203.0.113.9", "aws:sqs"])
def test_no_list_of_the_plans_own_leads_to_a_gateway_endpoint(target: str) -> None:
    plan = twin(
        DEFAULT_ROUTE,
        ("{0.0.0.0/0: s3-ep}", "{all: s3-ep}"),
        (
            "security_groups:\n  fn-sg",
            "prefix_lists: {all: [0.0.0.0/0]}\nsecurity_groups:\n  fn-sg",
        ),
    )
    assert ask(plan, "orders", target).verdict == "unreachable"
    assert ("in-rt", "BAD_STATE_ROUTE") in blocked(ask(plan, "orders", target))
    (finding,) = findings(plan, "NET-022")
    assert finding.severity == "error"
    assert finding.about == ("in-rt", "s3-ep")


NAMES = """
lambdaplanner: 1
region: eu-west-1
vpcs: {shop: {cidr: 10.20.0.0/16}}
subnets:
  in-a: {vpc: shop, az: eu-west-1a, cidr: 10.20.1.0/24}
  in-b: {vpc: shop, az: eu-west-1b, cidr: 10.20.2.0/24}
security_groups:
  fn-sg: {vpc: shop}
  open-sg: {vpc: shop, inbound: [{cidr: 10.20.0.0/16}]}
  shut-sg: {vpc: shop, inbound: []}
endpoints:
  one: {vpc: shop, service: sqs, type: interface, subnets: [in-a], security_groups: [open-sg]}
  two: {vpc: shop, service: sqs, type: interface, subnets: [in-b], security_groups: [open-sg]}
functions:
  orders:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [in-a]
    security_groups: [fn-sg]
"""


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (("", ""), "reachable"),
        (("[in-b], security_groups: [open-sg]", "[in-b], security_groups: [shut-sg]"), "partial"),
        (("[in-a], security_groups: [open-sg]", "[in-a], security_groups: [shut-sg]"), "partial"),
        (("subnets: [in-b], ", ""), "partial"),
        (("subnets: [in-a], security_groups: [open-sg]", "security_groups: [open-sg]"), "partial"),
    ],
)
def test_of_two_endpoints_with_one_name_either_may_stand(
    change: tuple[str, str], verdict: str
) -> None:
    plan = read_text(NAMES.replace(*change), where="names").plan
    assert ask(plan, "orders", "aws:sqs").verdict == verdict
    (finding,) = findings(plan, "END-006")
    assert set(finding.about) == {"one", "two"}


def test_an_endpoint_stands_once_in_a_zone() -> None:
    plan = twin(
        "endpoint-twice-in-one-zone",
        ("db-a: {vpc: shop, az: eu-west-1a", "db-a: {vpc: shop, az: eu-west-1b"),
    )
    assert findings(plan, "END-009") == []
    assert ask(plan, "orders", "aws:sqs").verdict == "reachable"


# blocks and addresses -----------------------------------------------------------------------------

BLOCKS = "second-block-aws-refuses"


@pytest.mark.parametrize(
    ("primary", "further", "db", "check"),
    [
        ("10.20.0.0/16", "10.21.0.0/16", "10.21.1.0/24", ""),
        ("10.20.0.0/16", "100.64.0.0/16", "100.64.1.0/24", ""),
        ("10.20.0.0/16", "172.16.0.0/16", "172.16.1.0/24", "NET-020"),
        ("10.20.0.0/16", "198.19.0.0/16", "198.19.1.0/24", "NET-020"),
        ("10.1.0.0/16", "10.0.0.0/16", "10.0.1.0/24", "NET-020"),
        ("10.20.0.0/16", "10.0.0.0/15", "10.0.1.0/24", "NET-019"),
        ("10.20.0.0/16", "169.254.0.0/16", "169.254.1.0/24", "NET-019"),
    ],
)
def test_no_subnet_stands_in_a_block_that_aws_refuses(
    primary: str, further: str, db: str, check: str
) -> None:
    base = primary.removesuffix(".0.0/16")
    plan = twin(
        BLOCKS,
        ("10.20.0.0/16, secondary", f"{primary}, secondary"),
        ("[192.168.0.0/16]", f"[{further}]"),
        ("cidr: 10.20.0.0/24", f"cidr: {base}.0.0/24"),
        ("cidr: 10.20.10.0/24", f"cidr: {base}.10.0/24"),
        ("cidr: 192.168.1.0/24", f"cidr: {db}"),
    )
    answer = ask(plan, "orders", "db")
    assert (answer.verdict == "reachable") is not bool(check)
    assert not check or ("shop", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION") in blocked(answer)
    assert bool(findings(plan, check)) if check else not findings(plan, "NET-020")
    assert ask(plan, "orders", "internet").verdict == "reachable", "elsewhere all is well"


def test_without_its_first_block_there_is_no_vpc() -> None:
    plan = twin(
        BLOCKS,
        ("{cidr: 10.20.0.0/16, secondary_cidrs: [192.168.0.0/16]}", "{cidr: 10.0.0.0/8}"),
        ("192.168.1.0/24", "10.30.1.0/24"),
    )
    for target in ("db", "internet"):
        assert ("shop", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION") in blocked(ask(plan, "orders", target))


@pytest.mark.parametrize(
    "cidr", ["10.20.10.128/25", "10.20.8.0/21", "10.20.10.0/24", "10.20.20.0/29"]
)
def test_of_subnets_that_overlap_the_later_is_not_made(cidr: str) -> None:
    plan = twin("database-at-the-routers-address",
                ("10.20.20.0/24", cidr), (", private_ip: 10.20.20.1", ""))  # fmt: skip
    answer = ask(plan, "orders", "db")
    assert answer.verdict == "unreachable"
    assert ("db-a", "VPC_LOCAL_ROUTE_CIDR_RESTRICTION") in blocked(answer)
    assert findings(plan, "NET-005")
    assert ask(plan, "orders", "internet").verdict == "reachable"


ROUTER = "database-at-the-routers-address"


@pytest.mark.parametrize("last", [0, 1, 2, 3, 255])
def test_kept_addresses_are_nobodys(last: int) -> None:
    plan = twin(ROUTER, ("10.20.20.1}", f"10.20.20.{last}}}"))
    assert ask(plan, "orders", "db").verdict == "unreachable"
    assert findings(plan, "NET-027")
    assert ask(twin(ROUTER, ("10.20.20.1}", "10.20.20.4}")), "orders", "db").verdict == "reachable"


FULL = "no-address-left-for-the-nat"
FULL_SUBNET = "10.20.10.0/28, route_table: priv-rt, reserved_ips: {}"


def full(left: int, more: str = "") -> str:
    """The plan with so many addresses left in the private subnet, and room for the gateway."""
    text = text_of(FULL).replace(", reserved_ips: 11", "")
    text = text.replace("10.20.10.0/24, route_table: priv-rt", FULL_SUBNET.format(11 - left))
    return text + more


DB = "workloads:\n  db: {type: rds, subnets: [priv-a], security_groups: [fn-sg]}\n"
QUEUE = "endpoints: {q: {vpc: shop, service: sqs, type: interface, subnets: [priv-a]}}\n"


@pytest.mark.parametrize(
    ("left", "more", "source", "target", "reachable"),
    [
        (1, "", "orders", "internet", True),
        (0, "", "orders", "internet", False),
        (1, DB, "db", "internet", True),
        (0, DB, "db", "internet", False),
        (1, DB, "orders", "internet", False),
        (2, DB, "orders", "internet", True),
        (0, QUEUE, "orders", "aws:sqs", False),
    ],
)
def test_nothing_is_made_where_no_address_is_left(
    left: int, more: str, source: str, target: str, reachable: bool
) -> None:
    plan = read_text(full(left, more), where="full").plan
    answer = ask(plan, source, target)
    assert (answer.verdict == "reachable") is reachable
    if not reachable:
        assert ("priv-a", "ENI_ADDRESS_RESTRICTION") in blocked(answer)
        (finding,) = findings(plan, "NET-018")
        assert finding.severity == "error"


def test_nor_is_an_attachment() -> None:
    more = "n-b: {vpc: narrow, az: eu-west-1a, cidr: 10.9.2.0/24, route_table: n-rt}"
    plan = twin(
        "overlapping-vpcs-on-one-hub",
        ("narrow: {cidr: 10.0.128.0/17}", "narrow: {cidr: 10.9.0.0/16}"),
        ("10.0.129.0/24, route_table: n-rt", "10.9.1.0/28, route_table: n-rt, reserved_ips: 11"),
        ("  n-a: {vpc", f"  {more}\n  n-a: {{vpc"),
        ("new: {type: ec2, subnets: [n-a]", "new: {type: ec2, subnets: [n-b]"),
    )
    answer = ask(plan, "orders", "new")
    assert answer.verdict == "unreachable"
    assert ("n-a", "ENI_ADDRESS_RESTRICTION") in blocked(answer)


CACHE = "cache-with-a-public-address"


@pytest.mark.parametrize("kind", ["elasticache", "efs", "rds-proxy", "opensearch"])
def test_some_types_never_have_a_public_address(kind: str) -> None:
    plan = twin(CACHE, ("type: elasticache", f"type: {kind}"))
    answer = ask(plan, "internet", "cache")
    assert ("cache", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS") in blocked(answer)
    assert ask(plan, "cache", "internet").verdict == "unreachable", "nor do they send by one"
    assert findings(plan, "NET-031")


@pytest.mark.parametrize("kind", ["ec2", "rds", "alb", "nlb", "fargate", "generic"])
def test_others_may(kind: str) -> None:
    plan = twin(CACHE, ("type: elasticache", f"type: {kind}"))
    assert ask(plan, "internet", "cache").verdict == "reachable"
    assert findings(plan, "NET-031") == []


# routes -------------------------------------------------------------------------------------------

HALF = "half-a-subnet-by-nat"


@pytest.mark.parametrize(
    ("destination", "by_nat"),
    [("10.20.20.0/25", False), ("10.20.16.0/20", False), ("10.20.20.0/24", True)],
)
def test_a_route_inside_the_vpc_is_for_a_whole_subnet(destination: str, by_nat: bool) -> None:
    answer = ask(twin(HALF, ("10.20.20.0/25", destination)), "orders", "db")
    assert answer.verdict == "reachable"
    assert any(hop.id == "nat-a" for path in answer.paths for hop in path.hops) is by_nat


@pytest.mark.parametrize("target", ["igw", "hub"])
def test_and_leads_to_a_nat_gateway_or_an_interface(target: str) -> None:
    hubs = "transit_gateways: {hub: {attachments: {shop: {subnets: [db-a]}}}}\n"
    plan = twin(
        HALF,
        ("10.20.20.0/25: nat-a", f"10.20.20.0/24: {target}"),
        ("security_groups:\n  fn-sg", f"{hubs}security_groups:\n  fn-sg"),
    )
    answer = ask(plan, "orders", "db")
    assert answer.verdict == "reachable", "the local route carries it"
    assert findings(plan, "NET-021")


# transit gateways ---------------------------------------------------------------------------------

HUB = "overlapping-vpcs-on-one-hub"
TABLE = "    route_tables:\n      main: {{propagate: {}, routes: {}}}\n"


def hub(propagate: str, routes: str) -> tuple[tuple[str, str], ...]:
    """The hub with one table of its own."""
    attached = [
        (f"      {vpc}:\n", f"      {vpc}:\n        route_table: main\n")
        for vpc in ("desk", "wide", "narrow")
    ]
    return (*attached, ("functions:\n", TABLE.format(propagate, routes) + "functions:\n"))


ALL = "[desk, wide, narrow]"


@pytest.mark.parametrize(
    ("propagate", "routes", "old", "new", "severity"),
    [
        (ALL, "{}", False, False, "error"),
        ("[desk, wide]", "{}", True, False, "warning"),
        ("[desk, narrow]", "{}", False, True, "warning"),
        (ALL, "{10.0.0.0/16: wide, 10.0.128.0/17: narrow}", True, True, "warning"),
        (ALL, "{10.0.128.0/17: narrow}", False, True, "error"),
        (ALL, "{10.0.0.0/16: wide}", True, False, "error"),
        (ALL, "{10.0.1.0/24: wide, 10.0.129.0/24: narrow}", True, True, "error"),
        (ALL, "{10.0.0.0/8: wide}", True, False, "error"),
        (ALL, "{10.0.0.0/8: narrow}", False, False, "error"),
    ],
)
def test_which_of_overlapping_vpcs_a_hub_knows(
    propagate: str, routes: str, old: bool, new: bool, severity: str
) -> None:
    plan = twin(HUB, *hub(propagate, routes))
    for target, known in (("old", old), ("new", new)):
        answer = ask(plan, "orders", target)
        assert (answer.verdict == "reachable") is known, target
    (finding,) = findings(plan, "NET-006")
    assert finding.severity == severity


def test_equal_blocks_and_a_static_route() -> None:
    equal = (
        ("narrow: {cidr: 10.0.128.0/17}", "narrow: {cidr: 10.0.0.0/16}"),
        ("10.0.129.0/24", "10.0.2.0/24"),
    )
    for routes, reached in (
        ("{}", set()),
        ("{10.0.0.0/16: wide}", {"old"}),
        ("{10.0.0.0/16: narrow}", {"new"}),
    ):
        plan = twin(HUB, *equal, *hub(ALL, routes))
        found_ = {
            name for name in ("old", "new") if ask(plan, "orders", name).verdict == "reachable"
        }
        assert found_ == reached
    plan = twin(HUB, *equal)
    assert blocked(ask(plan, "orders", "old")) == {("hub", "TGW_RTB_ROUTES_ARE_UNKNOWN")}
    assert [one.severity for one in findings(plan, "NET-006")] == ["error"]


# NAT gateways -------------------------------------------------------------------------------------

NO_ROUTES = "nat-subnet-without-routes"


def test_where_the_gateways_subnet_leads_nowhere_its_table_says_so() -> None:
    plan = twin(NO_ROUTES)
    assert blocked(ask(plan, "orders", "internet")) == {
        ("pub-rt", "NO_ROUTE_TO_DESTINATION"),
        ("nat-a", "NAT_SUBNET_NOT_PUBLIC"),
    }
    narrow = twin(
        NO_ROUTES,
        ("pub-rt: {vpc: shop, routes: {}}", "pub-rt: {vpc: shop, routes: {203.0.113.0/24: igw}}"),
    )
    assert ("pub-rt", "NO_ROUTE_TO_DESTINATION") in blocked(ask(narrow, "orders", "internet"))
    assert ask(narrow, "orders", "203.0.113.9").verdict == "reachable"


def test_where_it_leads_elsewhere_the_gateway_says_so() -> None:
    plan = twin(
        NO_ROUTES,
        ("pub-rt: {vpc: shop, routes: {}}", "pub-rt: {vpc: shop, routes: {0.0.0.0/0: nat-b}}"),
        ("nat-a: {subnet: pub-a}", "nat-a: {subnet: pub-a}\n  nat-b: {subnet: priv-a}"),
    )
    codes = blocked(ask(plan, "orders", "internet"))
    assert ("nat-a", "NAT_SUBNET_NOT_PUBLIC") in codes
    assert "NO_ROUTE_TO_DESTINATION" not in {code for _, code in codes}
