"""What lies there unused is used before anything is built: tables, groups."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.cost import Cost
from lambdaplanner.fixes.repair import Remedy, Selection, troubles, ways
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import ROLE, plan_with, route_table


def mended(plan: Plan, source: str, target: str) -> list[Remedy]:
    view = PlanAnalysis(plan)
    (trouble,) = troubles(view, Selection(question=(source, target, None, "tcp")), None)
    return ways(view, trouble)


def first(plan: Plan, source: str, target: str) -> Remedy:
    return mended(plan, source, target)[0]


def fn_in(*subnets: str) -> dict[str, Any]:
    return {"fn": {**FN, "subnets": list(subnets)}}


FN: dict[str, Any] = {
    "role_policies": ROLE,
    "security_groups": ["fn-sg"],
}
BARE = {"vpc": "main", "az": "b", "cidr": "10.0.2.0/24"}
GIVEN = "changes subnet data: route table spare instead of left out"
OUT = {"0.0.0.0/0": "nat"}


def lines(way: Remedy) -> list[str]:
    return [line.text for line in way.edits]


def test_a_table_that_leads_out_is_given_to_who_has_none() -> None:
    plan = plan_with(
        subnets={"data": BARE},
        route_tables={"data-rt": None, "spare": route_table(OUT)},
        functions=fn_in("data"),
    )

    way = first(plan, "fn", "internet")

    assert way.offer.fix.label == "Give data the route table spare, which serves nothing yet"
    assert lines(way) == [GIVEN]
    assert way.cost == Cost.UNUSED


def test_an_own_table_is_mended_first() -> None:
    """That touches only the fault."""
    plan = plan_with(route_tables={"spare": route_table(OUT)}, functions=fn_in("data"))
    assert [way.cost for way in mended(plan, "fn", "internet")][:2] == [Cost.FAULT, Cost.UNUSED]


def test_each_zone_gets_the_table_of_its_own_nat_gateway() -> None:
    plan = plan_with(
        subnets={
            "public-b": {
                "vpc": "main",
                "az": "b",
                "cidr": "10.0.8.0/24",
                "route_table": "public-rt",
            },
            "in-a": {"vpc": "main", "az": "a", "cidr": "10.0.11.0/24"},
            "in-b": {"vpc": "main", "az": "b", "cidr": "10.0.12.0/24"},
        },
        nat_gateways={"nat-b": {"subnet": "public-b"}},
        route_tables={
            "out-b": route_table({"0.0.0.0/0": "nat-b"}),
            "out-a": route_table(OUT),
        },
        functions=fn_in("in-a", "in-b"),
    )

    way = first(plan, "fn", "internet")

    assert lines(way) == [
        "changes subnet in-a: route table out-a instead of left out",
        "changes subnet in-b: route table out-b instead of left out",
    ]


def test_a_table_with_the_gateway_endpoint_is_one_table_away() -> None:
    plan = plan_with(
        subnets={"data": BARE},
        route_tables={"data-rt": None, "spare": route_table({})},
        endpoints={
            "s3": {"vpc": "main", "service": "s3", "type": "gateway", "route_tables": ["spare"]}
        },
        functions=fn_in("data"),
    )
    assert lines(first(plan, "fn", "aws:s3")) == [GIVEN]


def test_a_table_that_leads_nowhere_is_none_of_those() -> None:
    plan = plan_with(route_tables={"spare": route_table({})}, functions=fn_in("data"))
    labels = [way.offer.fix.label for way in mended(plan, "fn", "internet")]
    assert not any("spare" in label for label in labels)


def test_a_shared_table_is_not_copied_where_a_fitting_one_lies_there() -> None:
    plan = plan_with(
        subnets={
            "more": {"vpc": "main", "az": "b", "cidr": "10.0.9.0/24", "route_table": "data-rt"}
        },
        route_tables={
            "data-rt": route_table({"0.0.0.0/0": "igw"}),
            "spare": route_table(OUT),
        },
        functions=fn_in("data"),
        workloads={
            "front": {"type": "ec2", "subnets": ["more"], "public_ip": True, "port": 443},
        },
    )
    found = {way.offer.fix.slug: way for way in mended(plan, "fn", "internet")}
    leading = found.get("route-to-nat-gateway") or found["use-route-table"]
    assert lines(leading) == ["changes subnet data: route table spare instead of data-rt"]
    assert leading.cost == Cost.UNUSED


def test_a_new_private_subnet_takes_the_table_that_lies_there() -> None:
    plan = plan_with(
        subnets={"private": None, "data": None},
        route_tables={"private-rt": None, "data-rt": None, "spare": route_table(OUT)},
        functions=fn_in("public"),
        workloads={"db": None},
    )

    found = mended(plan, "fn", "internet")
    made = next(way for way in found if way.offer.fix.slug == "add-private-subnets")

    assert not any(line.startswith("adds route table") for line in lines(made))
    assert made.offer.after.plan.users("spare", "route_table", "subnet")


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ({"security_group": "fn-sg"}, True),
        ({"cidr": "10.0.0.0/16"}, True),
        ({"cidr": "0.0.0.0/0"}, False),
        ({"cidr": "10.0.77.0/24"}, False),
    ],
)
def test_a_new_endpoint_takes_the_group_that_was_made_for_it(
    source: dict[str, str], used: bool
) -> None:
    rules = [{"protocol": "tcp", "ports": 443, **source}]
    plan = plan_with(
        security_groups={"ep-sg": {"vpc": "main", "inbound": rules}},
        functions=fn_in("data"),
    )
    ways_ = mended(plan, "fn", "aws:sqs")
    (way,) = [one for one in ways_ if one.offer.fix.slug == "add-interface-endpoint"]
    assert bool(way.offer.after.plan.users("ep-sg", "security_groups", "endpoint")) is used


def test_a_function_is_attached_with_the_group_that_is_let_in_already() -> None:
    rules = [{"protocol": "tcp", "ports": 5432, "security_group": "app-sg"}]
    plan = plan_with(
        security_groups={"app-sg": {"vpc": "main"}, "db-sg": {"vpc": "main", "inbound": rules}},
        functions={"lone": {"role_policies": ["AWSLambdaVPCAccessExecutionRole"]}},
    )

    way = first(plan, "lone", "db")

    assert "with app-sg that db lets in" in way.offer.fix.label
    assert not any(line.startswith("adds security group") for line in lines(way))


def test_a_function_with_the_default_group_takes_the_one_made_for_functions() -> None:
    plan = plan_with(
        functions={"fn": {"role_policies": ROLE, "subnets": ["private"]}},
        security_groups={"shut": {"vpc": "main", "outbound": []}, "open-sg": None},
        workloads={"web": None},
    )
    view = PlanAnalysis(plan)
    (trouble,) = troubles(view, Selection(ids=("LAM-017",)), None)
    found = ways(view, trouble)
    assert [lines(way) for way in found[:1]] == [
        ["changes Lambda function fn: security groups: adds fn-sg"]
    ]
    assert found[0].offer.fix.slug == "use-security-group"
