"""Parts of fixes: what is there is used, what is missing is made, nothing else changes."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.obstacles.ipv6 import ipv6_block
from lambdaplanner.fixes.parts import building, transit_parts
from lambdaplanner.fixes.parts.allowing import admit, allow, forbid, group_of, own_group, rule
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import leads_out
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import plan_from, plan_with, route_table
from tests.analysis.test_reach_beyond import joined


def routes_of(plan: Plan, table: str) -> dict[str, str]:
    found = plan.resource(table)
    assert isinstance(found, RouteTable)
    return {route.destination: route.target for route in found.routes}


def table_of(plan: Plan, subnet: str) -> str | None:
    found = plan.resource(subnet)
    assert isinstance(found, Subnet)
    return found.route_table


# ways out -----------------------------------------------------------------------------------------


def test_what_is_there_is_used() -> None:
    edit = Edit(plan_with())
    assert building.internet_gateway(edit, "main") == "igw"
    assert building.public_subnet(edit, "main", "a") == "public"
    assert building.nat_gateway(edit, "main", "a") == "nat"
    assert building.private_subnet(edit, "main", "a") == "private"
    assert not edit.changes


def test_what_is_missing_is_made_for_its_zone() -> None:
    plan = plan_with()
    edit = Edit(plan)

    made = building.private_subnet(edit, "main", "b", 26)

    assert made == "private-b"
    assert plan.resource(made).cidr == "10.0.4.0/26"  # type: ignore[attr-defined]
    assert routes_of(plan, "private-b-routes") == {"0.0.0.0/0": "nat-b"}
    assert table_of(plan, "public-b") == "public-rt"
    assert leads_out(plan, building.subnet_of(plan, made))


def test_zones_are_named_by_their_letter() -> None:
    plan = plan_from({"region": "eu-west-1", "vpcs": {"main": {"cidr": "10.0.0.0/16"}}})
    edit = Edit(plan)
    assert building.private_subnet(edit, "main", "eu-west-1b") == "private-b"
    assert building.made_private_subnet(edit, "main", "eu-west-1b") == "private-b-2"
    assert "igw-1" in plan


def test_a_full_vpc_has_no_room_for_another_subnet() -> None:
    plan = plan_from(
        {
            "vpcs": {"main": {"cidr": "10.0.0.0/28"}},
            "subnets": {"all": {"vpc": "main", "az": "a", "cidr": "10.0.0.0/28"}},
        }
    )
    with pytest.raises(EditError, match="no free block left"):
        building.made_public_subnet(Edit(plan), "main", "a")


@pytest.mark.parametrize(
    ("changes", "works"),
    [
        ({}, True),
        ({"nat_gateways": {"nat": {"subnet": "public", "elastic_ips": 0}}}, False),
        ({"nat_gateways": {"nat": {"subnet": "public", "connectivity": "private"}}}, False),
        ({"nat_gateways": {"nat": {"subnet": "private"}}}, False),
        ({"nat_gateways": {"nat": {"vpc": "main", "mode": "regional"}}}, True),
        ({"route_tables": {"public-rt": route_table({})}}, False),
    ],
)
def test_a_nat_gateway_works_or_does_not(
    changes: dict[str, dict[str, object]], works: bool
) -> None:
    plan = plan_with(**changes)
    assert [nat.id for nat in building.working_nats(plan, "main")] == (["nat"] if works else [])
    tier = PlanAnalysis(plan).internet("fn").verdict
    assert (tier == "reachable") == works


# routes -------------------------------------------------------------------------------------------


def shared(routes: dict[str, str]) -> Plan:
    """private and data have the same table."""
    return plan_with(
        subnets={
            "data": {"vpc": "main", "az": "b", "cidr": "10.0.2.0/24", "route_table": "both"},
            "private": {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "both"},
        },
        route_tables={"both": route_table(routes), "private-rt": None},
    )


@pytest.mark.parametrize("routes", [{}, {"0.0.0.0/0": "blackhole"}, {"0.0.0.0/0": "nat"}])
def test_a_shared_table_is_changed_where_all_win(routes: dict[str, str]) -> None:
    plan = shared(routes)
    building.route_subnet(Edit(plan), "private", "0.0.0.0/0", "nat")
    assert routes_of(plan, "both") == {"0.0.0.0/0": "nat"}
    assert table_of(plan, "private") == table_of(plan, "data") == "both"


def test_a_table_that_serves_nothing_and_fits_is_used() -> None:
    plan = plan_with(
        subnets={
            "data": {"vpc": "main", "az": "b", "cidr": "10.0.2.0/24", "route_table": "public-rt"}
        }
    )
    edit = Edit(plan)
    edit.update("private", route_table="public-rt")
    assert building.route_subnet(edit, "data", "0.0.0.0/0", "nat") == "private-rt"
    assert table_of(plan, "data") == "private-rt"


@pytest.mark.parametrize(
    ("routes", "target"),
    [({"0.0.0.0/0": "igw"}, "nat"), ({}, "igw"), ({"0.0.0.0/0": "nat"}, "igw")],
)
def test_else_a_subnet_gets_its_own(routes: dict[str, str], target: str) -> None:
    plan = shared(routes)
    table = building.route_subnet(Edit(plan), "private", "0.0.0.0/0", target)
    assert table == table_of(plan, "private") == "private-routes"
    assert routes_of(plan, "both") == routes
    assert routes_of(plan, table) == {"0.0.0.0/0": target}


# security groups ----------------------------------------------------------------------------------


def test_a_rule_is_added_once() -> None:
    plan = plan_with()
    edit = Edit(plan)
    new = rule("tcp", 5432, security_group="fn-sg")
    allow(edit, "db-sg", "inbound", new, new)
    assert not edit.changes
    allow(edit, "fn-sg", "outbound", rule("tcp", 443, cidr="10.0.0.0/8"))
    group = plan.resource("fn-sg")
    assert isinstance(group, SecurityGroup)
    assert group.outbound is not None
    assert [one.cidr for one in group.outbound] == ["0.0.0.0/0", "::/0", "10.0.0.0/8"]


def test_a_written_group_is_found_or_made() -> None:
    plan = plan_with(workloads={"bare": {"type": "ec2", "subnets": ["data"]}})
    edit = Edit(plan)
    assert group_of(edit, "db") == "db-sg"
    assert group_of(edit, "bare") == "bare-sg"
    made = plan.resource("bare-sg")
    assert isinstance(made, SecurityGroup)
    assert [one.security_group for one in made.inbound] == ["bare-sg"]
    assert made.outbound is None
    with pytest.raises(EditError, match="in no VPC"):
        group_of(edit, "lone")
    with pytest.raises(EditError, match="no security groups"):
        group_of(edit, "igw")


def test_a_group_of_its_own_comes_beside_the_others() -> None:
    plan = plan_with()
    edit = Edit(plan)
    made = own_group(edit, "db")
    assert plan.resource("db").security_groups == ("db-sg", made)  # type: ignore[attr-defined]
    for _ in range(3):
        own_group(edit, "db")
    with pytest.raises(EditError, match="has 5 security groups already"):
        own_group(edit, "db")


# network ACLs -------------------------------------------------------------------------------------


def with_entries(*numbers: int, action: str = "deny") -> Plan:
    entries = {number: {"action": action} for number in numbers}
    return plan_with(network_acls={"acl": {"vpc": "main", "inbound": entries}})


@pytest.mark.parametrize(
    ("numbers", "number"),
    [((), 100), ((100,), 50), ((1,), 50), ((1, 2, 3), 50), ((7, 8), 3), ((2,), 1)],
)
def test_an_entry_comes_before_what_denies_it(numbers: tuple[int, ...], number: int) -> None:
    plan = with_entries(*numbers)
    assert admit(Edit(plan), "acl", "inbound", "tcp", PortRange(443, 443), "10.0.0.0/8") == number
    acl = plan.resource("acl")
    assert isinstance(acl, NetworkAcl)
    assert [entry.action for entry in acl.inbound] == ["allow", *("deny" for _ in numbers)]


def test_an_entry_that_nothing_denies_comes_last() -> None:
    plan = with_entries(90, 95, action="allow")
    assert admit(Edit(plan), "acl", "inbound", "tcp", PortRange(443, 443), "10.0.0.0/8") == 100
    assert forbid(Edit(plan), "acl", "inbound", "udp", None, "10.0.0.0/8") == 45


def test_what_denies_something_else_is_no_matter() -> None:
    entries = {
        10: {"action": "deny", "protocol": "udp"},
        20: {"action": "deny", "protocol": "tcp", "ports": "1-100"},
        30: {"action": "deny", "cidr": "10.9.0.0/16"},
        40: {"action": "deny"},
    }
    plan = plan_with(network_acls={"acl": {"vpc": "main", "inbound": entries}})
    assert admit(Edit(plan), "acl", "inbound", "tcp", PortRange(443, 443), "10.0.0.0/16") == 35


def test_the_last_number_is_no_end() -> None:
    plan = with_entries(10, 32766, action="allow")
    assert admit(Edit(plan), "acl", "inbound", "tcp", None, "10.0.0.0/8") == 16388


# transit gateways and IPv6 ------------------------------------------------------------------------


def test_a_transit_gateway_with_one_table_knows_everybody() -> None:
    edit = Edit(plan_from(joined()))
    transit_parts.teach(edit, "hub", "a", "b")
    transit_parts.reach_zone(edit, "hub", "a1")
    assert not edit.changes


def test_without_any_table_one_is_written() -> None:
    plan = plan_from(joined(route_tables={}))
    transit_parts.teach(Edit(plan), "hub", "a", "b")
    hub = transit_parts.hub_of(plan, "hub")
    assert hub.route_tables is not None
    assert [(table.name, table.propagate) for table in hub.route_tables] == [("default", ("b",))]


def test_ipv6_blocks_are_the_next_free_ones() -> None:
    plan = plan_with()
    edit = Edit(plan)
    ipv6_block(edit, "private")
    ipv6_block(edit, "data")
    ipv6_block(edit, "data")
    assert plan.resource("main").ipv6_cidr == "2001:db8::/56"  # type: ignore[attr-defined]
    assert plan.resource("private").ipv6_cidr == "2001:db8::/64"  # type: ignore[attr-defined]
    assert plan.resource("data").ipv6_cidr == "2001:db8:0:1::/64"  # type: ignore[attr-defined]
