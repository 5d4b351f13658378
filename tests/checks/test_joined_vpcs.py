"""What the rules on joined VPCs say once only, and where they are silent."""

from __future__ import annotations

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import report
from lambdaplanner.checks.running import run_check
from lambdaplanner.formats.plan_file import read_text
from tests.checks.cases import SOUND, found, plan_with
from tests.checks.network_cases import HUB, PEERED, over
from tests.checks.rule_cases import INTERNET, tables
from tests.effort import calls_of

THREE = """{hub: {attachments: {main: {subnets: [private-a]}, other: {subnets: [far]},
  third: {subnets: []}}}}"""


def vpcs(other: str, third: str = "10.9.0.0/16") -> str:
    return f"{{main: {{cidr: 10.0.0.0/16}}, other: {{cidr: {other}}}, third: {{cidr: {third}}}}}"


def test_vpcs_that_overlap_at_a_transit_gateway_are_told_in_pairs() -> None:
    plan = plan_with(transit_gateways=THREE, vpcs=vpcs("10.0.0.0/17", "10.0.0.0/18"))
    findings = found(plan, "NET-006")
    assert [(f.severity, f.about) for f in findings] == [
        ("error", ("hub", "main", "other")),
        ("error", ("hub", "other", "third")),
    ]
    assert 'VPCs "main" (10.0.0.0/16) and "other" (10.0.0.0/17)' in findings[0].message


def test_vpcs_that_keep_apart_may_share_a_transit_gateway() -> None:
    assert found(plan_with(transit_gateways=THREE, vpcs=vpcs("10.1.0.0/16")), "NET-006") == []


def test_blocks_of_one_vpc_do_not_overlap_another() -> None:
    nested = (
        "{main: {cidr: 10.0.0.0/16, secondary_cidrs: [10.0.4.0/24]}, other: {cidr: 10.1.0.0/16}}"
    )
    assert found(plan_with(transit_gateways=HUB, vpcs=nested), "NET-006") == []


def test_what_a_peering_cannot_carry_is_not_missed_on_the_way_back() -> None:
    plan = plan_with(peerings=PEERED, route_tables=tables("{0.0.0.0/0: pcx, 10.9.0.0/16: pcx}"))
    (finding,) = found(plan, "NET-008")
    assert "sends 0.0.0.0/0, 10.9.0.0/16 over peering" in finding.message
    assert found(plan, "NET-007") == []
    assert found(plan, "NET-009") == []


def test_routes_of_one_table_over_one_peering_are_one_finding() -> None:
    routes = "{10.1.0.0/24: pcx, 10.1.1.0/24: pcx}"
    (finding,) = found(plan_with(peerings=PEERED, route_tables=tables(routes)), "NET-007")
    assert "sends 10.1.0.0/24, 10.1.1.0/24 to VPC" in finding.message


def test_a_table_without_subnets_sends_nothing_that_could_be_answered() -> None:
    spare = tables("{0.0.0.0/0: nat}")[:-1] + ", spare: {vpc: main, routes: {10.1.0.0/16: pcx}}}"
    assert found(plan_with(peerings=PEERED, route_tables=spare), "NET-007") == []


def test_a_summary_route_to_a_transit_gateway_counts_where_its_table_leads_on() -> None:
    apart = HUB[:-2] + ", route_tables: {default: {propagate: [main]}}}}"
    routes = over("hub").replace("10.1.0.0/16", "10.0.0.0/8")
    assert len(found(plan_with(transit_gateways=HUB, route_tables=routes), "NET-007")) == 1
    assert found(plan_with(transit_gateways=apart, route_tables=routes), "NET-007") == []


def test_of_a_summary_route_one_vpc_must_answer() -> None:
    """Some of the VPCs behind 10.0.0.0/8 may be meant not to be reached; none is a mistake."""
    routes = over("hub", "hub").replace("10.1.0.0/16: hub", "10.0.0.0/8: hub")
    subnets = SOUND["subnets"] + "\n  third-a: {vpc: third, az: a, cidr: 10.9.0.0/24}"
    hub = THREE.replace("third: {subnets: []}", "third: {subnets: [third-a]}")
    more = {"transit_gateways": hub, "vpcs": vpcs("10.1.0.0/16"), "subnets": subnets}
    assert found(plan_with(route_tables=routes, **more), "NET-007") == []

    nobody = routes.replace("{10.0.0.0/16: hub}", "{}")
    (finding,) = found(plan_with(route_tables=nobody, **more), "NET-007")
    assert finding.about == ("private-rt", "hub", "other", "third")
    assert 'to any of the VPCs "other", "third" over "hub"' in finding.message


EGRESS = {
    "internet_gateways": "{igw: {vpc: other}}",
    "nat_gateways": "{nat: {subnet: far}}",
    "subnets": """
  private-a: {vpc: main, az: a, cidr: 10.0.1.0/24, route_table: private-rt}
  private-b: {vpc: main, az: b, cidr: 10.0.2.0/24, route_table: private-rt}
  far: {vpc: other, az: a, cidr: 10.1.0.0/24, route_table: far-rt}
  entry: {vpc: other, az: a, cidr: 10.1.1.0/28, route_table: entry-rt}
  entry-b: {vpc: other, az: b, cidr: 10.1.1.16/28, route_table: entry-rt}""",
    "transit_gateways": """{hub: {
  attachments: {main: {subnets: [private-a, private-b]}, other: {subnets: [entry, entry-b]}},
  route_tables: {default: {propagate: [main], routes: {0.0.0.0/0: other}}}}}""",
}


def egress(back: str) -> dict[str, str]:
    """A VPC whose way out is the NAT gateway of another one, with this route back."""
    routes = f"""
  private-rt: {{vpc: main, routes: {{0.0.0.0/0: hub}}}}
  entry-rt: {{vpc: other, routes: {{0.0.0.0/0: nat}}}}
  far-rt: {{vpc: other, routes: {{0.0.0.0/0: igw{back}}}}}"""
    return {**EGRESS, "route_tables": routes}


def test_the_vpc_of_the_way_out_must_lead_back() -> None:
    """A central way out (aws.md 8), and what is most often forgotten of it."""
    sound = {**egress(", 10.0.0.0/16: hub"), "expectations": INTERNET}
    plan = plan_with(**sound)
    assert found(plan, "NET-007") == []
    assert report(plan).expectations[0].ok

    forgotten = plan_with(**egress(""), expectations=INTERNET)
    (finding,) = found(forgotten, "NET-007")
    assert finding.about == ("private-rt", "hub", "other")
    assert 'sends 0.0.0.0/0 to VPC "other" over "hub"' in finding.message
    assert not report(forgotten).expectations[0].ok


def test_a_reply_may_take_another_way_than_the_request() -> None:
    plan = plan_with(peerings=PEERED, transit_gateways=HUB, route_tables=over("pcx", "hub"))
    assert found(plan, "NET-007") == []


def test_a_full_mesh_at_a_transit_gateway_is_judged_in_a_moment() -> None:
    """Two hundred VPCs that all reach each other: looking at every pair is a hundred times more."""
    count = 200
    rows = {
        "vpcs": "".join(f"v{i}: {{cidr: 10.{i}.0.0/16}}, " for i in range(count)),
        "subnets": "".join(
            f"s{i}: {{vpc: v{i}, az: a, cidr: 10.{i}.0.0/24, route_table: t{i}}}, "
            for i in range(count)
        ),
        "route_tables": "".join(
            f"t{i}: {{vpc: v{i}, routes: {{10.0.0.0/8: hub}}}}, " for i in range(count)
        ),
    }
    attachments = "".join(f"v{i}: {{subnets: [s{i}]}}, " for i in range(count))
    text = "lambdaplanner: 1\n" + "".join(f"{key}: {{{row}}}\n" for key, row in rows.items())
    text += f"transit_gateways: {{hub: {{attachments: {{{attachments}}}}}}}\n"
    view = PlanAnalysis(read_text(text, where="mesh").plan)
    assert view.network

    told: list[Finding] = []
    calls = calls_of(lambda: told.extend(run_check(CHECKS["NET-007"], view)))
    assert told == []
    assert calls < 200 * count
