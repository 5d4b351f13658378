"""What the rules on joined VPCs say once only, and where they are silent."""

from __future__ import annotations

from tests.checks.cases import found, plan_with
from tests.checks.network_cases import HUB, PEERED, over
from tests.checks.rule_cases import tables

THREE = """{hub: {attachments: {main: {subnets: [private-a]}, other: {subnets: [far]},
  third: {subnets: []}}}}"""


def vpcs(other: str, third: str = "10.9.0.0/16") -> str:
    return f"{{main: {{cidr: 10.0.0.0/16}}, other: {{cidr: {other}}}, third: {{cidr: {third}}}}}"


def test_vpcs_that_overlap_at_a_transit_gateway_are_warned_of_in_pairs() -> None:
    plan = plan_with(transit_gateways=THREE, vpcs=vpcs("10.0.0.0/17", "10.0.0.0/18"))
    findings = found(plan, "NET-006")
    assert [(f.severity, f.about) for f in findings] == [
        ("warning", ("hub", "main", "other")),
        ("warning", ("hub", "other", "third")),
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
