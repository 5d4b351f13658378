# ruff: noqa: E501  # a case a line reads better than five
"""Every code that an answer can have, in a plan where it is due, and where it stands: at the thing that
decides.

Of Reachability Analyzer's codes those are missing that a plan cannot come to: load balancers'
listeners and targets, VPN, firewalls, edge tables, Block Public Access, filters of an analysis; and
those that only say why another route won (MORE_SPECIFIC_ROUTE, HIGHER_PRIORITY_ROUTE, CANNOT_ROUTE).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import lambdaplanner.analysis
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.packets import IN_DOUBT
from lambdaplanner.analysis.reach import reach
from tests.analysis.reach_plans import BASE, found, function, plan_from, plan_with, route_table
from tests.analysis.test_reach_beyond import BACK, THERE, joined, peered, private_nat, two_vpcs

CODES = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"')
SHUT = {"vpc": "main", "inbound": {}, "outbound": {}}
PRIVATE = {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "private-rt"}
OTHER = {"other": {"cidr": "10.9.0.0/16"}}
THERE_IN_OTHER = {"there": {"vpc": "other", "az": "a", "cidr": "10.9.1.0/24"}}
INTO = {"functions": {"fn": function(subnets=["data"])}}


class Case(NamedTuple):
    code: str
    at: str
    plan: Any
    source: str = "fn"
    target: str = "internet"
    direction: str = "forward"
    asked: dict[str, Any] = {}  # noqa: RUF012  # nobody writes to it


def main(**changes: Any) -> Any:
    return plan_with(**changes)


def far(sections: dict[str, Any]) -> Any:
    return plan_from(sections)


def routed(routes: dict[str, str], **more: Any) -> Any:
    return plan_with(route_tables={"private-rt": route_table(routes)}, **more)


def endpoint(**fields: Any) -> dict[str, Any]:
    return {"q": {"vpc": "main", "service": "sqs", "type": "interface", "subnets": ["data"],
                  "security_groups": ["open-sg"], **fields}}  # fmt: skip


def gateway_endpoint(**fields: Any) -> dict[str, Any]:
    return {"s3": {"vpc": "main", "service": "s3", "type": "gateway", **fields}}


def egress_by_endpoint() -> Any:
    """A spoke whose packets come to another VPC's gateway endpoint."""
    sections = joined(route_tables={"t": {"routes": {"0.0.0.0/0": "b"}, "propagate": ["a"]}},
                      attachments={"a": {"subnets": ["a1"], "route_table": "t"},
                                   "b": {"subnets": ["b-tgw"], "route_table": "t"}})  # fmt: skip
    sections["endpoints"] = {
        "s3": {"vpc": "b", "service": "s3", "type": "gateway", "route_tables": ["b-tgw-rt"]}
    }
    return plan_from(sections)


def tables(**table: Any) -> Any:
    """One transit route table, and what is associated with it."""
    attachments = {"a": {"subnets": ["a1"], "route_table": "t"},
                   "b": {"subnets": ["b-tgw"], "route_table": "t"}}  # fmt: skip
    return plan_from(joined(attachments=attachments, route_tables={"t": table}))


def named_over_hub() -> Any:
    sections = joined()
    sections["workloads"]["db"]["security_groups"] = ["db-sg"]
    return plan_from(sections)


def twins() -> Any:
    sections = joined()
    sections["vpcs"]["c"] = {"cidr": "10.2.0.0/16"}
    sections["subnets"]["c1"] = {"vpc": "c", "az": "z1", "cidr": "10.2.1.0/24"}
    sections["transit_gateways"]["hub"]["attachments"]["c"] = {"subnets": ["c1"]}
    return plan_from(sections)


def untold(about: str, key: str) -> Any:
    return plan_from({**BASE, "unknown": [{"about": about, "of": key}]})


def shut_off() -> Any:
    return plan_from({**BASE, "settings": {"block_public_access": "bidirectional"}})


CASES = [
    Case("LAMBDA_NOT_ATTACHED", "lone", main(), "lone", "db"),
    Case("LAMBDA_TAKES_NO_INBOUND", "fn", main(), "web", "fn"),
    Case("LAMBDA_ROLE_LACKS_ENI_ACCESS", "fn", main(functions={"fn": function(role_policies=[])})),
    Case("NAT_IN_SOURCE_SUBNET", "nat", main(nat_gateways={"nat": {"subnet": "private"}})),
    Case("NAT_SUBNET_NOT_PUBLIC", "nat", main(nat_gateways={"nat": {"subnet": "data"}})),
    Case("NAT_LACKS_ELASTIC_IP", "nat", main(nat_gateways={"nat": {"subnet": "public", "elastic_ips": 0}})),
    Case("PRIVATE_NAT_TO_INTERNET", "nat", main(nat_gateways={"nat": {"subnet": "public", "connectivity": "private"}})),
    Case("NO_IPV6_EGRESS", "fn", main(), target="2600:1f18::1"),
    Case("NO_DNS_SUPPORT", "main", main(vpcs={"main": {"cidr": "10.0.0.0/16", "dns_support": False}}), target="aws:sqs"),
    Case("ENDPOINT_WITHOUT_DNS", "q", main(endpoints=endpoint(), vpcs={"main": {"cidr": "10.0.0.0/16", "dns_support": False}}, **INTO), target="aws:sqs"),
    Case("NO_ROUTE_TO_DESTINATION", "data-rt", main(**INTO)),
    Case("NO_ROUTE_TO_DESTINATION", "main-rt:main", main(subnets={"private": {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24"}})),
    Case("NO_ROUTE_TO_DESTINATION", "b-rt", far(peered(THERE, {})), target="db", direction="return"),
    Case("BAD_STATE_ROUTE", "private-rt", routed({"0.0.0.0/0": "blackhole"})),
    Case("BAD_STATE_ROUTE", "private-rt", routed({"0.0.0.0/0": "elsewhere"}, vpcs=OTHER, internet_gateways={"elsewhere": {"vpc": "other"}})),
    Case("BAD_STATE", "pcx", far(peered(THERE, BACK, vpcs={"b": {"cidr": "10.2.0.0/16", "secondary_cidrs": ["10.1.9.0/24"]}})), target="db"),
    Case("NO_PATH", "igw", routed({"0.0.0.0/0": "nat", "30.0.0.0/16": "nat"}, vpcs={"p": {"cidr": "30.0.0.0/16"}}, subnets={"p1": {"vpc": "p", "az": "a", "cidr": "30.0.1.0/24"}}, workloads={"far": {"type": "ec2", "subnets": ["p1"]}}), target="far"),
    Case("UNSUPPORTED_COMPONENT", "web", routed({"0.0.0.0/0": "web"})),
    Case("UNSUPPORTED_COMPONENT", "q", routed({"0.0.0.0/0": "q"}, endpoints=endpoint())),
    Case("UNKNOWN_DESTINATION", "10.0.2.99", main(), target="10.0.2.99"),
    Case("NO_SOURCE_OR_DESTINATION", "10.0.2.99", main(), "10.0.2.99", "db"),
    Case("NO_POSSIBLE_DESTINATION", "q", main(endpoints=endpoint(subnets=[])), target="aws:sqs"),
    Case("VPC_LOCAL_ROUTE_CIDR_RESTRICTION", "stray", main(subnets={"stray": {**PRIVATE, "cidr": "192.168.1.0/24"}}, functions={"fn": function(subnets=["stray"])})),
    Case("UNASSOCIATED_COMPONENT", "far-rt", main(vpcs=OTHER, route_tables={"far-rt": route_table({}, "other")}, subnets={"private": {**PRIVATE, "route_table": "far-rt"}})),
    Case("DISCONNECTED_VPCS", "fn", main(vpcs=OTHER, subnets=THERE_IN_OTHER, functions={"fn": function(subnets=["private", "there"])})),
    Case("SERVICE_ADDRESSES_UNKNOWN", "private-rt", routed({"52.216.0.0/15": "blackhole"}), target="aws:s3"),
    Case("PROTOCOL_RESTRICTION", "fn", main(), asked={"protocol": "icmp"}),
    Case("PROTOCOL_RESTRICTION", "q", main(endpoints=endpoint()), target="aws:sqs", asked={"protocol": "udp"}),
    Case("ENI_ADDRESS_RESTRICTION", "eni:db@data", main(workloads={"db": {"type": "rds", "subnets": ["data"], "private_ip": "10.0.9.9"}}), target="db"),
    Case("ENI_SG_RULES_MISMATCH", "db-sg", main(), target="db", asked={"port": 22}),
    Case("ENI_SG_RULES_MISMATCH", "fn-sg", main(security_groups={"fn-sg": {"vpc": "main", "outbound": [{"cidr": "10.0.0.0/8"}]}})),
    Case("ENI_SG_RULES_MISMATCH", "default-sg:main", main(workloads={"db": {"type": "rds", "subnets": ["data"]}}), target="db"),
    Case("ENI_SG_RULES_MISMATCH", "eni:fn@private", main(vpcs=OTHER, security_groups={"far-sg": {"vpc": "other"}}, functions={"fn": function(security_groups=["far-sg"])})),
    Case("SG_HAS_NO_RULES", "fn-sg", main(security_groups={"fn-sg": {"vpc": "main", "outbound": []}})),
    Case("SG_REFERENCES_NOT_PRESERVED", "db-sg", far(private_nat(workloads={"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["db-sg"]}})), target="db"),
    Case("SG_REFERENCING_SUPPORT", "db-sg", named_over_hub(), target="db"),
    Case("SUBNET_ACL_RESTRICTION", "shut", main(network_acls={"shut": SHUT}, subnets={"private": {**PRIVATE, "network_acl": "shut"}})),
    Case("SUBNET_ACL_RESTRICTION", "shut", main(network_acls={"shut": {**SHUT, "outbound": {1: {"action": "allow"}}}}, subnets={"private": {**PRIVATE, "network_acl": "shut"}}), direction="return"),
    Case("IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "igw", main(functions={"fn": function(subnets=["public"])})),
    Case("IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS", "igw", main(), "internet", "db"),
    Case("IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS", "igw", main(), target="192.168.7.7"),
    Case("IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS", "igw", main(), target="100.64.7.7"),
    Case("GATEWAY_REJECTS_SPOOFED_TRAFFIC", "igw", main(vpcs={"main": {"cidr": "10.0.0.0/16", "secondary_cidrs": ["30.0.0.0/16"]}}), "30.0.0.9", "web"),
    Case("NGW_REQUIRES_SOURCE_IN_VPC", "nat", main(vpcs=OTHER, subnets=THERE_IN_OTHER, route_tables={"o-rt": {"vpc": "other", "main": True, "routes": {"0.0.0.0/0": "nat"}}}, functions={"fn": function(subnets=["there"], security_groups=[])})),
    Case("PCX_REQUIRES_ADDRESS_IN_VPC_CIDR", "pcx", far(peered({"0.0.0.0/0": "pcx"}, BACK))),
    Case("TGW_ROUTE_AZ_RESTRICTION", "hub", far({**joined(), "functions": {"fn": function(subnets=["a2"])}}), target="db"),
    Case("TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION", "hub", far(joined(route_tables={"t": {}})), target="db"),
    Case("TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT", "hub", tables(propagate=["a"]), target="db"),
    Case("TGW_RTB_BAD_STATE_ROUTE", "hub", tables(propagate=["a", "b"], routes={"10.2.1.0/24": "blackhole"}), target="db"),
    Case("TGW_RTB_ROUTES_ARE_UNKNOWN", "hub", twins(), target="db"),
    Case("VPC_BLOCK_PUBLIC_ACCESS_ENABLED", "igw", shut_off()),
    Case("NOT_KNOWN", "private-rt", untold("private-rt", "routes")),
    Case("LEAVES_THE_PLAN", "private-rt", routed({"0.0.0.0/0": "outside"})),
    Case("VPCE_GATEWAY_PROTOCOL_RESTRICTION", "s3", main(endpoints=gateway_endpoint(route_tables=["private-rt"])), target="aws:s3", asked={"protocol": "udp"}),
    Case("VPCE_GATEWAY_EGRESS_SOURCE_ADDRESS_RESTRICTION", "s3", egress_by_endpoint(), target="aws:s3"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.at}")
def test_a_code_stands_at_what_decides(case: Case) -> None:
    answer = reach(compile_network(case.plan), case.source, case.target, **case.asked)
    assert answer.verdict == ("unknown" if case.code in IN_DOUBT else "unreachable")
    assert (case.at, case.code, case.direction) in found(answer)


def test_every_code_has_a_case() -> None:
    folder = Path(lambdaplanner.analysis.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    made = {f"IGW_DESTINATION_ADDRESS_NOT_IN_RFC{rfc}_EGRESS" for rfc in ("1918", "6598")}
    assert {case.code for case in CASES} == set(CODES.findall(text)) | made


def test_two_vpcs_that_no_way_joins() -> None:
    plan = plan_from(two_vpcs())
    answer = reach(compile_network(plan), "fn", "db")
    assert found(answer)[0] == ("a-rt", "NO_ROUTE_TO_DESTINATION", "forward")
