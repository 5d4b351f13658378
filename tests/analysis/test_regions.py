"""VPCs of several Regions and accounts: what joins them, and what each has for its own."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import findings
from lambdaplanner.diagram.builder import build
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.formats.plan_file import read_text

PLAN = """\
lambdaplanner: 1
region: eu-west-1
vpcs:
  home: {cidr: 10.0.0.0/16}
  away: {cidr: 10.1.0.0/16, AWAY}
subnets:
  h: {vpc: home, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: home-rt}
  a: {vpc: away, az: ZONE, cidr: 10.1.1.0/24, route_table: away-rt}
route_tables:
  home-rt: {vpc: home, routes: {10.1.0.0/16: JOIN}}
  away-rt: {vpc: away, routes: {10.0.0.0/16: BACK}}
peerings:
  pcx: {vpcs: [home, away]}
HUBS
security_groups:
  fn-sg: {vpc: home}
  by-group: {vpc: away, inbound: [{protocol: tcp, ports: 5432, security_group: fn-sg}]}
  by-block: {vpc: away, inbound: [{protocol: tcp, ports: 5432, cidr: 10.0.0.0/16}]}
ENDPOINTS
functions:
  orders:
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [h]
    security_groups: [fn-sg]
workloads:
  named: {type: rds, subnets: [a], security_groups: [by-group], port: 5432}
  plain: {type: rds, subnets: [a], security_groups: [by-block], port: 5432}
"""
FAR = "region: us-east-1, account: '1234'"


def analysed(away: str = FAR, zone: str = "us-east-1a", **more: str) -> PlanAnalysis:
    parts = {"JOIN": "pcx", "BACK": "pcx", "HUBS": "", "ENDPOINTS": "", **more}
    text = PLAN.replace("{cidr: 10.1.0.0/16, AWAY}", f"{{cidr: 10.1.0.0/16, {away}}}")
    for name, part in (*parts.items(), ("ZONE", zone)):
        text = text.replace(name, part)
    return PlanAnalysis(read_text(text, where="plan.yaml").plan)


def codes(answer: Answer) -> set[str]:
    return {one.code for path in answer.paths for one in path.obstacles}


def told(view: PlanAnalysis, check: str) -> list[Finding]:
    return [one for one in findings(view, None) if one.id == check]


def test_over_an_inter_region_peering_groups_are_not_known_and_blocks_are() -> None:
    view = analysed()
    assert view.question("orders", "plain").verdict == "reachable"
    answer = view.question("orders", "named")
    assert answer.verdict == "unreachable"
    assert codes(answer) == {"SG_REFERENCES_NOT_PRESERVED"}
    assert "do not cross Regions" in answer.paths[0].obstacles[0].message
    same = analysed("region: eu-west-1", "eu-west-1a")
    assert same.question("orders", "named").verdict == "reachable"


HUBS = """\
transit_gateways:
  hub:
    attachments: {home: {subnets: [h], route_table: t}, far-hub: {route_table: t}}
    route_tables: {t: {propagate: [home], routes: {10.1.0.0/16: far-hub}}}
  far-hub:
    attachments: {away: {subnets: [a], route_table: t}, hub: {route_table: t}}
    route_tables: {t: {propagate: [away], routes: {ROUTES}}}
"""


@pytest.mark.parametrize(("routes", "verdict"), [("10.0.0.0/16: hub", "reachable"), ("", "no")])
def test_peered_transit_gateways_know_written_routes_alone(routes: str, verdict: str) -> None:
    hubs = HUBS.replace("ROUTES", routes)
    view = analysed(JOIN="hub", BACK="far-hub", HUBS=hubs)
    assert (view.question("orders", "plain").verdict == "reachable") is (verdict == "reachable")
    assert view.question("orders", "named").verdict == "unreachable"
    assert not told(view, "NET-026")


def test_a_transit_gateway_takes_vpcs_of_one_region() -> None:
    hub = "transit_gateways:\n  hub: {attachments: {home: {subnets: [h]}, away: {subnets: [a]}}}"
    view = analysed(JOIN="hub", BACK="hub", HUBS=hub)
    assert view.question("orders", "plain").verdict == "unreachable"
    (finding,) = told(view, "NET-026")
    assert finding.about == ("hub", "away")
    assert "transit gateway of us-east-1, and peer the two" in finding.fix
    near = analysed("region: eu-west-1", "eu-west-1a", JOIN="hub", BACK="hub", HUBS=hub)
    assert near.question("orders", "plain").verdict == "reachable"


ENDPOINTS = """\
endpoints:
  queue: {vpc: away, service: SERVICE, type: interface, subnets: [a], security_groups: [https]}
"""


@pytest.mark.parametrize(
    ("service", "verdict"),
    [
        ("sqs", "reachable"),
        ("com.amazonaws.us-east-1.sqs", "reachable"),
        ("com.amazonaws.eu-west-1.sqs", "unreachable"),
    ],
)
def test_services_and_endpoints_are_of_the_region_of_the_vpc(service: str, verdict: str) -> None:
    endpoints = ENDPOINTS.replace("SERVICE", service)
    groups = "  https: {vpc: away, inbound: [{protocol: tcp, ports: 443, cidr: 10.1.0.0/16}]}\n"
    view = analysed(ENDPOINTS=groups + endpoints)
    assert view.question("plain", "aws:sqs").verdict == verdict
    assert bool(told(view, "END-007")) is (verdict == "unreachable")


def test_a_gateway_endpoint_of_its_vpcs_region() -> None:
    s3 = (
        "endpoints:\n  s3: {vpc: away, service: com.amazonaws.REGION.s3, type: gateway, "
        "route_tables: [away-rt]}"
    )
    view = analysed(ENDPOINTS=s3.replace("REGION", "us-east-1"))
    assert view.question("plain", "aws:s3").verdict == "reachable"
    view = analysed(ENDPOINTS=s3.replace("REGION", "eu-west-1"))
    assert view.question("plain", "aws:s3").verdict == "unreachable"
    (finding,) = told(view, "END-007")
    offer = next(iter(for_finding(view, finding)))
    assert not told(offer.after, "END-007")


@pytest.mark.parametrize(
    ("zone", "wrong"), [("us-east-1a", False), ("use1-az1", False), ("eu-west-1a", True)]
)
def test_zones_are_of_the_region_of_the_vpc(zone: str, wrong: bool) -> None:
    found = told(analysed(zone=zone), "NET-030")
    assert [one.about for one in found] == ([("a",)] if wrong else [])
    if wrong:
        view = analysed(zone=zone)
        offer = next(iter(for_finding(view, found[0])))
        assert offer.after.plan.of("subnet")["a"].az == "us-east-1a"


def test_a_region_that_is_none() -> None:
    view = analysed("region: us-eats-1", "")
    (finding,) = told(view, "NET-032")
    assert finding.about == ("away",)
    offer = next(iter(for_finding(view, finding)))
    assert offer.after.plan.of("vpc")["away"].region == "us-east-1"


def test_groups_are_associated_inside_their_region() -> None:
    view = analysed()
    plan = view.plan
    text = PLAN.replace("AWAY", FAR).replace("ZONE", "us-east-1a").replace("JOIN", "pcx")
    text = text.replace("BACK", "pcx").replace("HUBS", "").replace("ENDPOINTS", "")
    text = text.replace("fn-sg: {vpc: home}", "fn-sg: {vpc: home, also_in: [away]}")
    view = PlanAnalysis(read_text(text, where="plan.yaml").plan)
    (finding,) = told(view, "SG-007")
    assert finding.about == ("fn-sg", "away")
    offer = next(iter(for_finding(view, finding)))
    assert not told(offer.after, "SG-007")
    assert plan is not view.plan


def test_whose_it_is_and_where_stands_on_the_box() -> None:
    boxes = build(analysed().plan).boxes
    assert boxes["away"].subtitle == "10.1.0.0/16, us-east-1, account 1234"
    assert boxes["home"].subtitle == "10.0.0.0/16"
