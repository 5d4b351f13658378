"""Drafts of changes: refusals leave nothing behind, removing and renaming follow every mention."""

from __future__ import annotations

import pytest

from lambdaplanner.errors import EditError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.document import Acknowledgement, Expectation
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan


@pytest.fixture
def edit() -> Edit:
    """A draft on a plan with one thing of many kinds."""
    plan = Plan()
    setup = Edit(plan)
    setup.add_all(
        [
            (Vpc(id="v", cidr="10.0.0.0/16"), Placement(0, 0)),
            (Vpc(id="w", cidr="10.1.0.0/16"), None),
            (Subnet(id="s", vpc="v", az="a", cidr="10.0.0.0/24", route_table="t"), Placement(1, 1)),
            (Subnet(id="r", vpc="v", az="b", cidr="10.0.1.0/24"), None),
            (
                RouteTable(id="t", vpc="v", routes=(Route(destination="10.1.0.0/16", target="p"),)),
                None,
            ),
            (Peering(id="p", vpcs=("v", "w")), None),
            (
                SecurityGroup(id="g", vpc="v", inbound=(SecurityGroupRule(security_group="g"),)),
                None,
            ),
            (
                SecurityGroup(id="h", vpc="v", inbound=(SecurityGroupRule(security_group="g"),)),
                None,
            ),
            (Function(id="f", subnets=("s", "r"), security_groups=("g",)), None),
            (Workload(id="db", type="rds", subnets=("s",)), None),
        ]
    )
    setup.set_expectations((Expectation(source="f", target="db", expect="reachable"),))
    setup.set_acknowledged((Acknowledgement(finding="LAM-001", about=("eni:f@s", "f")),))
    setup.place("eni:f@s", Placement(7, 7))
    return Edit(plan)


@pytest.mark.parametrize(
    ("new_id", "reason"),
    [
        ("v", '"v" is taken by a VPC'),
        ("p", '"p" is taken by a peering'),
        ("internet", "is reserved"),
        ("a b", "cannot be an id"),
        ("", "cannot be an id"),
        ("x" * 65, "cannot be an id"),
    ],
)
def test_ids_that_cannot_be(edit: Edit, new_id: str, reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        edit.add(Vpc(id=new_id, cidr="10.9.0.0/16"))
    with pytest.raises(EditError, match=reason):
        edit.rename("w", new_id)
    assert not edit.changes


def test_things_added_at_once_may_mention_each_other(edit: Edit) -> None:
    ring = [
        (SecurityGroup(id=one, vpc="v", inbound=(SecurityGroupRule(security_group=two),)), None)
        for one, two in (("x", "y"), ("y", "x"))
    ]
    edit.add_all(ring)
    assert edit.plan.order("x") < edit.plan.order("y")
    with pytest.raises(EditError, match="taken twice"):
        edit.add_all([(Vpc(id="z", cidr="10.9.0.0/16"), None)] * 2)


@pytest.mark.parametrize(
    ("thing", "values", "reason"),
    [
        ("s", {"vpc": "gone"}, 'there is no "gone"'),
        ("s", {"vpc": "r"}, '"r" is a subnet, not a VPC'),
        ("s", {"network_acl": "t"}, '"t" is a route table, not a network ACL'),
        ("db", {"subnets": ()}, "Subnets: at least 1 due, not 0"),
        ("p", {"vpcs": ("v",)}, "VPCs: exactly 2 due, not 1"),
        ("f", {"subnets": ("s", "s")}, "named twice"),
        ("gone", {}, 'there is no "gone"'),
        (
            "t",
            {"routes": (Route(destination="10.1.0.0/16", target="p"),) * 2},
            "Routes: 10.1.0.0/16 is there twice",
        ),
        ("g", {"inbound": (SecurityGroupRule(),)}, "exactly one of cidr"),
    ],
)
def test_values_that_cannot_be(
    edit: Edit, thing: str, values: dict[str, object], reason: str
) -> None:
    with pytest.raises(EditError, match=reason):
        edit.update(thing, **values)
    assert not edit.changes


def test_numbered_rules_come_in_their_order(edit: Edit) -> None:
    rules = (AclEntry(number=200, action="deny"), AclEntry(number=100, action="allow"))
    edit.add(NetworkAcl(id="acl", vpc="v", inbound=rules))
    acl = edit.plan.resource("acl")
    assert isinstance(acl, NetworkAcl)
    assert [entry.number for entry in acl.inbound] == [100, 200]


def test_removing_takes_what_cannot_be_without(edit: Edit) -> None:
    assert edit.dependants("p") == ["p"]
    assert set(edit.dependants("v")) == {"v", "s", "r", "t", "p", "g", "h", "db"}
    edit.remove("v")
    assert sorted(edit.plan) == ["f", "w"]
    function = edit.plan.resource("f")
    assert isinstance(function, Function)
    assert (function.subnets, function.security_groups) == ((), ())
    assert edit.plan.expectations == ()
    assert edit.plan.acknowledged == ()
    assert dict(edit.plan.placements) == {}


def test_removing_turns_routes_into_blackholes_and_takes_rules_along(edit: Edit) -> None:
    edit.remove("p", "g")
    table, group = edit.plan.resource("t"), edit.plan.resource("h")
    assert isinstance(table, RouteTable)
    assert isinstance(group, SecurityGroup)
    assert table.routes == (Route(destination="10.1.0.0/16", target="blackhole"),)
    assert group.inbound == ()


def test_renaming_follows_mentions_places_and_interfaces(edit: Edit) -> None:
    order = edit.plan.order("f")
    edit.rename("f", "orders")
    edit.rename("s", "private")
    assert edit.plan.order("orders") == order
    assert edit.plan.expectations[0].source == "orders"
    assert edit.plan.acknowledged[0].about == ("eni:orders@private", "orders")
    assert edit.plan.placements["eni:orders@private"] == Placement(7, 7)
    assert edit.plan.placements["private"] == Placement(1, 1)
    assert edit.plan.resource("db").subnets == ("private",)  # type: ignore[attr-defined]
    edit.rename("g", "g")
    edit.rename("g", "guard")
    guard = edit.plan.resource("guard")
    assert isinstance(guard, SecurityGroup)
    assert guard.inbound[0].security_group == "guard"


def test_rolling_back_leaves_the_plan_as_it_was(edit: Edit) -> None:
    plan = edit.plan
    before = [(name, plan.resource(name), plan.order(name)) for name in sorted(plan)]
    placements = dict(plan.placements)
    edit.rename("f", "orders")
    edit.update("orders", memory_mb=512)
    edit.remove("v")
    edit.add(Vpc(id="v", cidr="10.7.0.0/16"))
    edit.roll_back()
    assert [(name, plan.resource(name), plan.order(name)) for name in sorted(plan)] == before
    assert dict(plan.placements) == placements
    assert not edit.changes


def test_raw_input_is_read_or_refused(edit: Edit) -> None:
    edit.set_raw("f", "concurrency", "1200")
    assert edit.plan.resource("f").concurrency == 1200  # type: ignore[attr-defined]
    with pytest.raises(EditError, match='"many" is not a whole number'):
        edit.set_raw("f", "concurrency", "many")


def test_new_ids_are_free(edit: Edit) -> None:
    edit.add(Vpc(id="vpc-1", cidr="10.8.0.0/16"))
    assert edit.new_id("vpc") == "vpc-2"
    assert edit.new_id("subnet") == "subnet-1"
