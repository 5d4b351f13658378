"""Questions over IPv6: what `internet` is then, who has an address, what carries it."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.plan_file import read_text

PLAN = """\
lambdaplanner: 1
vpcs:
  main: {cidr: 10.0.0.0/16, ipv6_cidr: '2001:db8:0:100::/56'}
internet_gateways:
  igw: {vpc: main}
egress_only_internet_gateways:
  eigw: {vpc: main}
subnets:
  public-a:
    {vpc: main, cidr: 10.0.0.0/24, ipv6_cidr: '2001:db8:0:100::/64', route_table: public-rt}
  private-a:
    {vpc: main, cidr: 10.0.1.0/24, ipv6_cidr: '2001:db8:0:101::/64', route_table: private-rt}
nat_gateways:
  nat-a: {subnet: public-a}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw, '::/0': igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat-a, 'OUT': eigw}}
security_groups:
  open: {vpc: main, inbound: [{cidr: 0.0.0.0/0}, {cidr: '::/0'}]}
  ipv4-out: {vpc: main, outbound: [{protocol: tcp, ports: 443, cidr: 0.0.0.0/0}]}
  ipv6-out: {vpc: main, outbound: [{protocol: tcp, ports: 443, cidr: 'OUT'}]}
functions:
  orders:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private-a]
    security_groups: [open]
    ipv6: true
  narrow:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private-a]
    security_groups: [ipv4-out]
    ipv6: true
  wide:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private-a]
    security_groups: [ipv6-out]
    ipv6: true
  unattached: {}
workloads:
  web: {type: ec2, subnets: [public-a], security_groups: [open], ipv6: true}
  inside: {type: ec2, subnets: [private-a], security_groups: [open], ipv6: true}
  old: {type: ec2, subnets: [public-a], security_groups: [open], public_ip: true}
  cache: {type: elasticache, subnets: [public-a], security_groups: [open], ipv6: true}
  shop: {type: alb, subnets: [public-a], security_groups: [open], ipv6: true}
"""


def asked(source: str, target: str, ip: int | None = 6, *, out: str = "::/0") -> Answer:
    text = PLAN.replace("OUT", out)
    return PlanAnalysis(read_text(text, where="plan.yaml").plan).question(
        source, target, None, "tcp", ip
    )


@pytest.mark.parametrize(
    ("source", "target", "verdict", "code"),
    [
        ("orders", "internet", "reachable", ""),
        ("wide", "internet", "reachable", ""),
        ("narrow", "internet", "unreachable", "ENI_SG_RULES_MISMATCH"),
        ("unattached", "internet", "unreachable", "NO_IPV6_EGRESS"),
        ("web", "internet", "reachable", ""),
        ("inside", "internet", "reachable", ""),
        ("old", "internet", "unreachable", "NO_IPV6_EGRESS"),
        ("internet", "web", "reachable", ""),
        ("internet", "inside", "unreachable", "NO_ROUTE_TO_DESTINATION"),
        ("internet", "old", "unreachable", "NO_IPV6_EGRESS"),
        ("internet", "cache", "unreachable", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"),
        ("internet", "shop", "unreachable", "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS"),
        ("orders", "web", "reachable", ""),
        ("orders", "old", "unreachable", "NO_IPV6_EGRESS"),
        ("orders", "2600::1", "reachable", ""),
        ("orders", "fd00::1", "unreachable", "UNKNOWN_DESTINATION"),
    ],
)
def test_what_ipv6_reaches(source: str, target: str, verdict: str, code: str) -> None:
    answer = asked(source, target)
    codes = {one.code for path in answer.paths for one in path.obstacles}
    assert answer.verdict == verdict, codes
    assert not code or code in codes
    assert answer.ip == 6


@pytest.mark.parametrize(
    ("out", "verdict"),
    [
        ("::/0", "reachable"),
        ("2000::/3", "reachable"),
        ("::/1", "reachable"),
        ("2000::/4", "unreachable"),
        ("2600::/12", "unreachable"),
        ("::/64", "unreachable"),
        ("::1:0:0/112", "unreachable"),
    ],
)
def test_what_covers_every_public_host(out: str, verdict: str) -> None:
    assert asked("orders", "internet", out=out).verdict == verdict
    assert asked("wide", "internet", out=out).verdict == verdict


def test_a_service_is_taken_to_answer_over_ipv6() -> None:
    answer = asked("orders", "aws:sqs")
    assert answer.verdict == "reachable"
    assert answer.assumes == ("aws:sqs answers over IPv6",)
    assert asked("orders", "aws:sqs", None).assumes == ()


def test_a_question_without_a_version_is_as_before() -> None:
    assert asked("orders", "internet", None).verdict == "reachable"
    assert asked("narrow", "internet", None).verdict == "reachable"
    assert asked("narrow", "internet", 4).verdict == "reachable"
    assert asked("orders", "internet", None).ip is None


def test_an_address_tells_its_own_version() -> None:
    with pytest.raises(QuestionError, match="address of IPv4"):
        asked("orders", "198.51.100.7")
    with pytest.raises(QuestionError, match="address of IPv6"):
        asked("orders", "2600::1", 4)
    with pytest.raises(QuestionError, match="no IP version 5"):
        asked("orders", "internet", 5)
