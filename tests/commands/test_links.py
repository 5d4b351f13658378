"""Drawing and deleting lines: the table of what can be joined."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.links import RULES, can_connect, can_start, connect, connection_targets
from lambdaplanner.commands.unlink import can_disconnect, disconnect
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.model.interfaces import owner_of
from tests.commands.plans import Desk, brief


def join(desk: Desk, source: str, target: str) -> str:
    """Connects and says what was done."""
    return desk.do(lambda edit: connect(edit, source, target))


def part(desk: Desk, source: str, target: str) -> str:
    """Deletes the line between two things."""
    return desk.do(lambda edit: disconnect(edit, source, target))


def routes(desk: Desk, table: str) -> dict[str, str]:
    """A table's routes."""
    return {route.destination: route.target for route in desk[table].routes}


def test_the_table_speaks_of_kinds_that_exist() -> None:
    assert {kind for pair in RULES for kind in pair} <= set(KINDS)


def test_a_subnet_without_a_table_gets_one() -> None:
    desk = Desk()
    desk.add("vpc")
    desk.add("subnet", "vpc-1")
    desk.add("internet-gateway", "vpc-1")
    said = join(desk, "subnet-1", "igw-1")
    assert said.startswith("subnet-1 had no route table and got subnet-1-routes.")
    assert desk["subnet-1"].route_table == "subnet-1-routes"
    assert routes(desk, "subnet-1-routes") == {"0.0.0.0/0": "igw-1"}


def test_a_shared_table_stays_as_it_is_for_the_others() -> None:
    desk = brief()
    desk.add("subnet", "vpc-1")
    join(desk, "subnet-3", "subnet-2-routes")
    said = join(desk, "subnet-3", "igw-1")
    assert said == (
        "subnet-3 shares subnet-2-routes with subnet-2, so it got a table of its own, "
        "subnet-3-routes. subnet-3-routes sends 0.0.0.0/0 to igw-1, instead of 0.0.0.0/0 to nat-1"
    )
    assert routes(desk, "subnet-2-routes") == {"0.0.0.0/0": "nat-1"}
    assert routes(desk, "subnet-3-routes") == {"0.0.0.0/0": "igw-1"}


def test_the_main_table_is_copied_and_left_alone() -> None:
    desk = Desk()
    desk.add("vpc")
    desk.add("route-table", "vpc-1", main=True)
    desk.add("subnet", "vpc-1")
    desk.add("internet-gateway", "vpc-1")
    desk.add("endpoint", "vpc-1")
    join(desk, "routes-1", "endpoint-1")
    said = join(desk, "subnet-1", "igw-1")
    assert "used the main table routes-1" in said
    assert routes(desk, "routes-1") == {}
    assert desk["endpoint-1"].route_tables == ("routes-1", "subnet-1-routes")


def test_an_own_table_is_changed_in_place() -> None:
    desk = brief()
    assert join(desk, "subnet-2", "igw-1") == (
        "subnet-2-routes sends 0.0.0.0/0 to igw-1, instead of 0.0.0.0/0 to nat-1"
    )


def test_a_route_that_is_there_is_refused() -> None:
    desk = brief()
    reason = can_connect(desk.plan, "subnet-2", "nat-1")
    assert reason == "subnet-2-routes leads to nat-1 already"
    with pytest.raises(EditError, match="already"):
        join(desk, "subnet-2", "nat-1")


def test_a_nat_gateway_does_not_serve_its_own_subnet() -> None:
    desk = brief()
    reason = can_connect(desk.plan, "subnet-1", "nat-1")
    assert reason == "nat-1 stands in subnet-1; a NAT gateway serves other subnets"


def test_an_egress_only_gateway_is_for_ipv6() -> None:
    desk = brief()
    desk.add("egress-only-internet-gateway", "vpc-1")
    join(desk, "subnet-2", "eigw-1")
    assert routes(desk, "subnet-2-routes")["::/0"] == "eigw-1"


def test_a_peering_leads_to_the_peers_blocks() -> None:
    desk = brief()
    desk.add("vpc")
    desk.do(lambda edit: edit.update("vpc-2", secondary_cidrs=("10.8.0.0/16",)))
    assert join(desk, "vpc-1", "vpc-2").startswith("peering-1 joins vpc-1 and vpc-2")
    join(desk, "subnet-2-routes", "peering-1")
    assert routes(desk, "subnet-2-routes") == {
        "0.0.0.0/0": "nat-1",
        "10.1.0.0/16": "peering-1",
        "10.8.0.0/16": "peering-1",
    }
    assert can_connect(desk.plan, "vpc-2", "vpc-1") == "peering-1 joins them already"


def test_vpcs_that_share_addresses_are_not_peered() -> None:
    desk = brief()
    desk.add("vpc", cidr="10.0.128.0/17")
    assert can_connect(desk.plan, "vpc-1", "vpc-2") == (
        "10.0.0.0/16 and 10.0.128.0/17 overlap; AWS peers no VPCs that share addresses"
    )


def test_a_transit_gateway_attachment_has_a_subnet_in_each_zone() -> None:
    desk = brief()
    desk.add("transit-gateway")
    desk.do(lambda edit: edit.update("subnet-2", az="us-east-1b"))
    desk.add("subnet", "vpc-1")
    assert "connect the VPC to it first" in (can_connect(desk.plan, "subnet-1", "tgw-1") or "")
    join(desk, "tgw-1", "vpc-1")
    assert desk["tgw-1"].attachment("vpc-1").subnets == ("subnet-3", "subnet-2")
    assert can_connect(desk.plan, "subnet-1", "tgw-1") is None
    part(desk, "vpc-1", "tgw-1")
    assert desk["tgw-1"].attachments == ()


def test_attaching_a_function_gives_its_role_the_policy() -> None:
    desk = brief()
    desk.add("function", "lambda-service-vpc")
    said = join(desk, "function-2", "subnet-2")
    assert said == f"function-2 is attached to subnet-2, and its role has {VPC_ACCESS_POLICY}"
    assert desk["function-2"].role_policies == (VPC_ACCESS_POLICY,)
    assert join(desk, "subnet-1", "function-2") == "function-2 is attached to subnet-1"


def test_a_function_has_one_vpc() -> None:
    desk = brief()
    desk.add("vpc")
    desk.add("subnet", "vpc-2")
    desk.add("security-group", "vpc-2")
    assert "all subnets of a function lie in one VPC" in (
        can_connect(desk.plan, "function-1", "subnet-3") or ""
    )
    assert can_connect(desk.plan, "function-1", "sg-2") == "sg-2 belongs to another VPC, vpc-2"


def test_groups_and_acls() -> None:
    desk = brief()
    desk.add("network-acl", "vpc-1")
    assert join(desk, "rds-1", "sg-1") == "rds-1 is guarded by sg-1"
    assert join(desk, "subnet-2", "acl-1") == "subnet-2 is guarded by acl-1"
    assert desk["rds-1"].security_groups == ("sg-1",)
    assert desk["subnet-2"].network_acl == "acl-1"
    assert can_connect(desk.plan, "rds-1", "sg-1") == "rds-1 is guarded by sg-1 already"


def test_endpoints_by_type() -> None:
    desk = brief()
    desk.add("endpoint", "vpc-1")
    desk.add("endpoint", "subnet-1")
    join(desk, "subnet-2", "endpoint-1")
    assert desk["endpoint-1"].route_tables == ("subnet-2-routes",)
    reason = can_connect(desk.plan, "subnet-2", "endpoint-2")
    assert reason == "endpoint-2 stands in subnet-1 of the same zone; one for each zone"
    desk.do(lambda edit: edit.update("subnet-2", az="us-east-1b"))
    join(desk, "subnet-2", "endpoint-2")
    assert desk["endpoint-2"].subnets == ("subnet-1", "subnet-2")
    assert "has no interface to guard" in (can_connect(desk.plan, "endpoint-1", "sg-1") or "")
    assert can_connect(desk.plan, "endpoint-2", "sg-1") is None
    part(desk, "subnet-2", "endpoint-2")
    part(desk, "subnet-2-routes", "endpoint-1")
    assert (desk["endpoint-1"].route_tables, desk["endpoint-2"].subnets) == ((), ("subnet-1",))


def test_appliances_are_instances_of_another_subnet() -> None:
    desk = brief()
    desk.add("workload", "subnet-1", "ec2")
    assert "passes no packets on" in (can_connect(desk.plan, "subnet-1", "rds-1") or "")
    assert "serves other subnets" in (can_connect(desk.plan, "subnet-1", "ec2-1") or "")
    join(desk, "subnet-2", "ec2-1")
    assert routes(desk, "subnet-2-routes") == {"0.0.0.0/0": "ec2-1"}
    part(desk, "subnet-2", "ec2-1")
    assert routes(desk, "subnet-2-routes") == {}


def test_a_workload_gets_interfaces_in_more_subnets() -> None:
    desk = brief()
    join(desk, "rds-1", "subnet-1")
    assert desk["rds-1"].subnets == ("subnet-2", "subnet-1")
    part(desk, "rds-1", "subnet-2")
    assert desk["rds-1"].subnets == ("subnet-1",)
    with pytest.raises(EditError, match="delete it instead"):
        part(desk, "rds-1", "subnet-1")


def test_a_nat_gateway_moves_to_a_subnet() -> None:
    desk = brief()
    desk.add("subnet", "vpc-1")
    join(desk, "nat-1", "subnet-3")
    assert desk["nat-1"].subnet == "subnet-3"


def test_an_internet_gateway_moves_to_a_vpc_without_one() -> None:
    desk = brief()
    desk.add("vpc")
    join(desk, "igw-1", "vpc-2")
    assert desk["igw-1"].vpc == "vpc-2"
    assert routes(desk, "subnet-1-routes") == {"0.0.0.0/0": "blackhole"}


def test_refusals_say_what_could_be_joined() -> None:
    desk = brief()
    assert can_connect(desk.plan, "function-1", "igw-1") == (
        "a Lambda function is not connected to an internet gateway, "
        "but to: subnet or security group"
    )
    assert can_connect(desk.plan, "function-1", "function-1") is not None
    assert can_connect(desk.plan, "internet", "function-1") is not None
    desk.add("note")
    assert can_connect(desk.plan, "note-1", "igw-1") == "a note is connected to nothing by a line"
    assert not can_start(desk.plan, "note-1")
    assert can_start(desk.plan, "nat-1")
    assert not can_start(desk.plan, "internet")


def test_legal_targets_are_those_that_can_be_connected() -> None:
    desk = brief()
    desk.add("subnet", "vpc-1")
    for source in desk.plan:
        legal = {t for t in desk.plan if can_connect(desk.plan, source, t) is None}
        assert connection_targets(desk.plan, source) == legal
    assert connection_targets(desk.plan, "internet") == frozenset()


def test_every_legal_line_can_be_drawn() -> None:
    pairs = [(s, t) for p in [brief().plan] for s in p for t in connection_targets(p, s)]
    assert len(pairs) > 10
    for source, target in pairs:
        desk = brief()
        before = {name: desk[name] for name in desk.plan}
        assert join(desk, source, target)
        assert {name: desk[name] for name in desk.plan} != before


def test_interfaces_stand_for_their_owner() -> None:
    assert owner_of("eni:function-1@subnet-2") == "function-1"
    assert owner_of("subnet-2") == "subnet-2"


def test_deleting_lines_takes_out_what_they_stand_for() -> None:
    desk = brief()
    desk.add("network-acl", "vpc-1")
    join(desk, "subnet-2", "acl-1")
    join(desk, "rds-1", "sg-1")
    part(desk, "subnet-2", "acl-1")
    part(desk, "sg-1", "rds-1")
    part(desk, "function-1", "sg-1")
    part(desk, "subnet-2-routes", "nat-1")
    part(desk, "subnet-1", "subnet-1-routes")
    assert desk["subnet-2"].network_acl is None
    assert desk["rds-1"].security_groups == ()
    assert desk["function-1"].security_groups == ()
    assert routes(desk, "subnet-2-routes") == {}
    assert desk["subnet-1"].route_table is None
    with pytest.raises(EditError, match="does not name"):
        part(desk, "subnet-1", "subnet-1-routes")


def test_deleting_a_tunnel_detaches() -> None:
    desk = brief()
    assert can_disconnect(desk.plan, "vpc-to-vpc-nat", "eni:function-1@subnet-2") is None
    part(desk, "vpc-to-vpc-nat", "eni:function-1@subnet-2")
    assert not desk["function-1"].attached
    join(desk, "function-1", "subnet-2")
    part(desk, "function-1", "vpc-to-vpc-nat")
    assert not desk["function-1"].attached


def test_deleting_what_aws_draws_is_refused() -> None:
    desk = brief()
    assert can_disconnect(desk.plan, "igw-1", "internet") is not None
    with pytest.raises(EditError, match="AWS makes"):
        part(desk, "igw-1", "internet")


def test_deleting_a_route_of_a_shared_table_leaves_the_other_its_way() -> None:
    desk = brief()
    desk.add("subnet", "vpc-1")
    join(desk, "subnet-3", "subnet-2-routes")
    said = part(desk, "subnet-3", "nat-1")
    assert said.endswith("subnet-3-routes no longer leads to nat-1")
    assert routes(desk, "subnet-2-routes") == {"0.0.0.0/0": "nat-1"}
    assert routes(desk, "subnet-3-routes") == {}
    with pytest.raises(EditError, match="has no route to"):
        part(desk, "subnet-3", "nat-1")


def test_deleting_a_peering_line_ends_the_peering() -> None:
    desk = brief()
    desk.add("vpc")
    join(desk, "vpc-1", "vpc-2")
    join(desk, "subnet-2", "peering-1")
    part(desk, "vpc-1", "peering-1")
    assert "peering-1" not in desk.plan
    assert routes(desk, "subnet-2-routes")["10.1.0.0/16"] == "blackhole"
    with pytest.raises(EditError, match="no peering joins"):
        part(desk, "vpc-1", "vpc-2")
