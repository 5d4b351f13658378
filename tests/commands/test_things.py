"""Adding, renaming and removing."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.fields import (
    add_row,
    make_main,
    remove_route,
    remove_row,
    set_nat_mode,
    set_raw,
    set_route,
)
from lambdaplanner.commands.things import (
    also_removed,
    can_add,
    can_remove,
    can_rename,
    describe,
    home_for,
    remove,
    rename,
)
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.kinds.workload import TYPES
from lambdaplanner.model.records import plain_record, read_record
from lambdaplanner.model.specs import Report
from tests.commands.plans import Desk, brief


def texts(plain: object) -> object:
    """Written values as a reader of text sees them."""
    if isinstance(plain, dict):
        return {str(key): texts(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [texts(value) for value in plain]
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def a_container(kind: str) -> str | None:
    """A place where a thing of a kind may stand."""
    places = {"vpc": "vpc-1", "subnet": "subnet-1", "lambda-service-vpc": "lambda-service-vpc"}
    first = KINDS[kind].into[0]
    return None if first is None else places[first]


@pytest.mark.parametrize("kind", KINDS)
def test_every_new_thing_is_valid_at_once(kind: str) -> None:
    desk = Desk()
    desk.add("vpc")
    desk.add("vpc")
    desk.add("subnet", "vpc-1")
    made = desk[desk.add(kind, a_container(kind))]
    assert made.kind == kind
    report = Report()
    assert read_record(type(made), texts(plain_record(made)), report, id=made.id) == made
    assert report.problems == []


@pytest.mark.parametrize("variant", TYPES)
def test_every_type_of_workload(variant: str) -> None:
    desk = Desk()
    desk.add("vpc")
    desk.add("subnet", "vpc-1")
    made = desk[desk.add("workload", "subnet-1", variant)]
    assert made.type == variant
    assert made.id.endswith("-1")


@pytest.mark.parametrize(
    "kind", [k for k in KINDS if None not in KINDS[k].into and k != "function"]
)
def test_what_lives_in_something_is_refused_outside_with_a_reason(kind: str) -> None:
    desk = Desk()
    assert can_add(desk.plan, kind, None) == KINDS[kind].stands
    with pytest.raises(EditError, match=r"stands|belongs"):
        desk.add(kind)
    assert len(desk.plan) == 0


def test_second_internet_gateway_is_refused() -> None:
    desk = brief()
    assert can_add(desk.plan, "internet-gateway", "vpc-1") == (
        "a VPC has one internet gateway, and vpc-1 has igw-1"
    )


def test_a_peering_needs_two_vpcs_that_can_be_joined() -> None:
    desk = Desk()
    desk.add("vpc")
    assert "draw such two first" in (can_add(desk.plan, "peering", None) or "")
    desk.add("vpc")
    assert desk[desk.add("peering")].vpcs == ("vpc-1", "vpc-2")
    assert can_add(desk.plan, "peering", None) is not None


def test_a_nat_gateway_is_regional_only_when_asked() -> None:
    desk = brief()
    assert can_add(desk.plan, "nat-gateway", "vpc-1") is not None
    made = desk[desk.add("nat-gateway", "vpc-1", "regional")]
    assert (made.mode, made.vpc, made.subnet) == ("regional", "vpc-1", None)


def test_the_innermost_container_that_may_takes_it() -> None:
    plan = brief().plan
    assert home_for(plan, "route-table", ["nat-1", "subnet-1", "vpc-1", "region"]) == (
        "vpc-1",
        None,
    )
    assert home_for(plan, "nat-gateway", ["subnet-1", "vpc-1"]) == ("subnet-1", None)
    assert home_for(plan, "note", ["subnet-1", "vpc-1"]) == (None, None)
    place, reason = home_for(plan, "vpc", ["subnet-1", "vpc-1"])
    assert reason == "a VPC stands in the region"
    place, reason = home_for(plan, "internet-gateway", ["subnet-1", "vpc-1"])
    assert place == "vpc-1"
    assert "has igw-1" in (reason or "")


def test_endpoints_by_place() -> None:
    desk = brief()
    gateway, interface = desk.add("endpoint", "vpc-1"), desk.add("endpoint", "subnet-2")
    assert (desk[gateway].type, desk[gateway].service) == ("gateway", "s3")
    assert (desk[interface].type, desk[interface].subnets) == ("interface", ("subnet-2",))


def test_deleting_a_vpc_says_and_takes_what_is_in_it() -> None:
    desk = brief()
    assert also_removed(desk.plan, ["vpc-1"]) == (
        "1 internet gateway, 2 subnets, 1 NAT gateway, 2 route tables, 1 security group and "
        "1 workload in there go too"
    )
    desk.do(lambda edit: remove(edit, ["vpc-1"]))
    assert list(desk.plan) == ["function-1"]
    assert desk["function-1"].subnets == ()


def test_deleting_a_gateway_leaves_blackholes_and_says_so() -> None:
    desk = brief()
    assert also_removed(desk.plan, ["nat-1"]) == "1 route elsewhere becomes a blackhole"
    desk.do(lambda edit: remove(edit, ["nat-1"]))
    assert desk["subnet-2-routes"].routes[0].target == "blackhole"
    assert also_removed(desk.plan, ["sg-1"]) == ""


def test_deleting_an_interface_detaches() -> None:
    desk = brief()
    assert can_remove(desk.plan, "eni:function-1@subnet-2") is None
    desk.do(lambda edit: remove(edit, ["eni:function-1@subnet-2"]))
    assert desk["function-1"].subnets == ()
    assert desk["function-1"].security_groups == ()
    assert can_remove(desk.plan, "internet") is not None
    assert can_remove(desk.plan, "eni:gone@subnet-2") is not None


def test_deleting_the_interface_of_a_workload_takes_it_out_of_the_subnet() -> None:
    desk = brief()
    desk.do(lambda edit: edit.update("rds-1", subnets=("subnet-2", "subnet-1")))
    desk.do(lambda edit: remove(edit, ["eni:rds-1@subnet-1"]))
    assert desk["rds-1"].subnets == ("subnet-2",)


def test_renaming_follows_every_mention() -> None:
    desk = brief()
    desk.do(lambda edit: rename(edit, "subnet-2", "private"))
    assert desk["function-1"].subnets == ("private",)
    assert desk["rds-1"].subnets == ("private",)
    assert can_rename(desk.plan, "private", "private") is None
    assert can_rename(desk.plan, "private", "subnet-1") == '"subnet-1" is taken by a subnet'
    assert "reserved" in (can_rename(desk.plan, "private", "internet") or "")
    assert "cannot be an id" in (can_rename(desk.plan, "private", "a b") or "")
    assert can_rename(desk.plan, "internet", "x") is not None


def test_describing() -> None:
    desk = brief()
    desk.do(lambda edit: edit.update("nat-1", label="Way out"))
    assert describe(desk.plan, ["nat-1"]) == "Way out"
    assert describe(desk.plan, ["nat-1", "sg-1"]) == "2 things"


def test_raw_values_are_read_or_refused_with_a_reason() -> None:
    desk = brief()
    desk.do(lambda edit: set_raw(edit, "subnet-2", "cidr", "10.0.7.0/24"))
    assert desk["subnet-2"].cidr == "10.0.7.0/24"
    with pytest.raises(EditError, match="not a CIDR block"):
        desk.do(lambda edit: set_raw(edit, "subnet-2", "cidr", "10.0.0.300/24"))
    with pytest.raises(EditError, match='there is no "nothing"'):
        desk.do(lambda edit: set_raw(edit, "subnet-2", "vpc", "nothing"))
    with pytest.raises(EditError, match="is an internet gateway"):
        desk.do(lambda edit: set_raw(edit, "subnet-2", "route_table", "igw-1"))


def test_rules_are_added_and_removed() -> None:
    desk = brief()
    https = SecurityGroupRule(protocol="tcp", cidr="0.0.0.0/0")
    inner = SecurityGroupRule(security_group="sg-1")
    desk.do(lambda edit: add_row(edit, "sg-1", "inbound", https))
    desk.do(lambda edit: add_row(edit, "sg-1", "inbound", inner, at=0))
    assert desk["sg-1"].inbound == (inner, https)
    desk.do(lambda edit: remove_row(edit, "sg-1", "inbound", 1))
    assert desk["sg-1"].inbound == (inner,)
    desk.do(lambda edit: add_row(edit, "sg-1", "outbound", https))
    assert desk["sg-1"].outbound == (https,)
    with pytest.raises(EditError, match="there is no row 4"):
        desk.do(lambda edit: remove_row(edit, "sg-1", "inbound", 3))


def test_routes_by_hand() -> None:
    desk = brief()
    desk.do(lambda edit: set_route(edit, "subnet-2-routes", "10.9.0.0/16", "blackhole"))
    desk.do(lambda edit: set_route(edit, "subnet-2-routes", "0.0.0.0/0", "igw-1"))
    routes = [(r.destination, r.target) for r in desk["subnet-2-routes"].routes]
    assert routes == [("0.0.0.0/0", "igw-1"), ("10.9.0.0/16", "blackhole")]
    desk.do(lambda edit: remove_route(edit, "subnet-2-routes", "10.9.0.0/16"))
    with pytest.raises(EditError, match="there is no route"):
        desk.do(lambda edit: remove_route(edit, "subnet-2-routes", "10.9.0.0/16"))
    with pytest.raises(EditError, match="no route table"):
        desk.do(lambda edit: set_route(edit, "igw-1", "10.9.0.0/16", "blackhole"))


def test_a_vpc_has_one_main_table() -> None:
    desk = brief()
    desk.do(lambda edit: make_main(edit, "subnet-1-routes"))
    desk.do(lambda edit: make_main(edit, "subnet-2-routes"))
    assert [desk[f"subnet-{n}-routes"].main for n in (1, 2)] == [False, True]


def test_nat_modes() -> None:
    desk = brief()
    desk.do(lambda edit: set_nat_mode(edit, "nat-1", "regional"))
    assert (desk["nat-1"].vpc, desk["nat-1"].subnet) == ("vpc-1", None)
    desk.do(lambda edit: set_nat_mode(edit, "nat-1", "zonal"))
    assert (desk["nat-1"].vpc, desk["nat-1"].subnet) == (None, "subnet-1")
