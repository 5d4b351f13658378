"""Putting things into other containers."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.links import connect
from lambdaplanner.commands.reparent import can_reparent, reparent
from lambdaplanner.errors import EditError
from lambdaplanner.model.geometry import Placement
from tests.commands.plans import Desk, brief


@pytest.fixture
def desk() -> Desk:
    """The brief's network and a second VPC with a subnet."""
    desk = brief()
    desk.add("vpc")
    desk.add("subnet", "vpc-2")
    return desk


def move(desk: Desk, thing: str, container: str | None, place: Placement | None = None) -> None:
    """Puts a thing elsewhere."""
    desk.do(lambda edit: reparent(edit, thing, container, place))


def test_a_subnet_takes_its_contents_along_and_leaves_the_old_vpc_behind(desk: Desk) -> None:
    move(desk, "subnet-1", "vpc-2", Placement(40, 60))
    subnet = desk["subnet-1"]
    assert (subnet.vpc, subnet.cidr, subnet.route_table) == ("vpc-2", "10.1.1.0/24", None)
    assert desk["nat-1"].subnet == "subnet-1"
    assert [r.target for r in desk["subnet-2-routes"].routes] == ["blackhole"]
    assert desk.plan.placements["subnet-1"] == Placement(40, 60)


def test_a_block_that_fits_is_kept(desk: Desk) -> None:
    desk.do(lambda edit: edit.update("vpc-2", secondary_cidrs=("10.0.1.0/24",)))
    move(desk, "subnet-2", "vpc-2")
    assert desk["subnet-2"].cidr == "10.0.1.0/24"


def test_groups_stay_in_their_vpc(desk: Desk) -> None:
    desk.do(lambda edit: connect(edit, "rds-1", "sg-1"))
    move(desk, "subnet-2", "vpc-2")
    assert desk["rds-1"].security_groups == ()
    assert desk["function-1"].subnets == ("subnet-2",)
    assert desk["function-1"].security_groups == ()


def test_nothing_stands_in_two_vpcs(desk: Desk) -> None:
    desk.do(lambda edit: edit.update("rds-1", subnets=("subnet-2", "subnet-1")))
    reason = can_reparent(desk.plan, "subnet-2", "vpc-2")
    assert reason == "rds-1 stands in subnet-1 too, and nothing stands in two VPCs"
    assert can_reparent(desk.plan, "rds-1", "subnet-3") == reason
    with pytest.raises(EditError, match="two VPCs"):
        move(desk, "subnet-2", "vpc-2")


def test_workloads_exchange_the_subnet_of_their_box(desk: Desk) -> None:
    desk.do(lambda edit: edit.update("rds-1", private_ip="10.0.1.9"))
    move(desk, "rds-1", "subnet-1")
    assert (desk["rds-1"].subnets, desk["rds-1"].private_ip) == (("subnet-1",), None)


def test_a_group_in_another_vpc_guards_nobody_of_the_old_one(desk: Desk) -> None:
    move(desk, "sg-1", "vpc-2")
    assert desk["sg-1"].vpc == "vpc-2"
    assert desk["function-1"].security_groups == ()


def test_a_table_in_another_vpc_serves_nobody_and_leads_nowhere(desk: Desk) -> None:
    move(desk, "subnet-2-routes", "vpc-2")
    assert desk["subnet-2"].route_table is None
    assert [r.target for r in desk["subnet-2-routes"].routes] == ["blackhole"]


def test_a_second_gateway_is_refused(desk: Desk) -> None:
    desk.add("internet-gateway", "vpc-2")
    assert (
        can_reparent(desk.plan, "igw-1", "vpc-2")
        == "a VPC has one internet gateway, and vpc-2 has igw-2"
    )


def test_endpoints_in_and_out_of_subnets(desk: Desk) -> None:
    desk.add("endpoint", "subnet-1")
    desk.add("endpoint", "vpc-1")
    move(desk, "endpoint-1", "vpc-1")
    assert desk["endpoint-1"].subnets == ()
    move(desk, "endpoint-1", "subnet-2")
    assert desk["endpoint-1"].subnets == ("subnet-2",)
    assert "gateway endpoint" in (can_reparent(desk.plan, "endpoint-2", "subnet-1") or "")


def test_functions_are_attached_instead(desk: Desk) -> None:
    desk.add("function", "lambda-service-vpc")
    move(desk, "function-2", "subnet-1")
    assert desk["function-2"].subnets == ("subnet-1",)
    assert "already" in (can_reparent(desk.plan, "function-2", "subnet-1") or "")
    assert can_reparent(desk.plan, "function-2", "lambda-service-vpc") is None
    assert can_reparent(desk.plan, "function-2", "vpc-1") is not None


def test_where_it_stands_is_always_right_and_aws_keeps_its_own(desk: Desk) -> None:
    assert can_reparent(desk.plan, "nat-1", "subnet-1") is None
    assert can_reparent(desk.plan, "vpc-1", None) is None
    assert can_reparent(desk.plan, "internet", None) is not None
    assert can_reparent(desk.plan, "nat-1", "vpc-1") == "a zonal NAT gateway stands in a subnet"
    assert can_reparent(desk.plan, "nat-1", None) == "a NAT gateway stands in a subnet"


def test_a_transit_attachment_loses_a_subnet_that_leaves(desk: Desk) -> None:
    desk.add("transit-gateway")
    desk.do(lambda edit: connect(edit, "vpc-1", "tgw-1"))
    assert desk["tgw-1"].attachments[0].subnets == ("subnet-2",)
    move(desk, "subnet-2", "vpc-2")
    assert desk["tgw-1"].attachments[0].subnets == ()
