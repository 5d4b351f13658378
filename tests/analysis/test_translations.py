"""Addresses before and after each translation on a way, there and back."""

from __future__ import annotations

from typing import Any

from lambdaplanner.analysis.answers import PathAnswer
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.reach import reach
from tests.analysis.reach_plans import network_with


def told(hops: tuple[Hop, ...]) -> list[tuple[str, str, str, str]]:
    return [(hop.id, *hop.translation) for hop in hops if hop.translation is not None]


def path(source: str, target: str, **sections: Any) -> PathAnswer:
    (found,) = reach(network_with(**sections), source, target).paths
    return found


def test_a_function_is_translated_three_times_on_its_way_out() -> None:
    assert told(path("fn", "internet").hops) == [
        (
            "vpc-to-vpc-nat",
            "source",
            "an address of the Lambda service VPC",
            "an address of 10.0.1.0/24",
        ),
        ("nat", "source", "an address of 10.0.1.0/24", "an address of 10.0.0.0/24"),
        ("igw", "source", "an address of 10.0.0.0/24", "the elastic IP of nat"),
    ]


def test_replies_are_translated_back_in_the_other_order() -> None:
    assert told(path("fn", "internet").return_hops) == [
        ("igw", "target", "the elastic IP of nat", "an address of 10.0.0.0/24"),
        ("nat", "target", "an address of 10.0.0.0/24", "an address of 10.0.1.0/24"),
        (
            "vpc-to-vpc-nat",
            "target",
            "an address of 10.0.1.0/24",
            "an address of the Lambda service VPC",
        ),
    ]


def test_nothing_inside_a_vpc_is_translated_but_the_function() -> None:
    found = path("fn", "db")
    assert [row[0] for row in told(found.hops)] == ["vpc-to-vpc-nat"]
    assert [row[0] for row in told(found.return_hops)] == ["vpc-to-vpc-nat"]


def test_a_public_address_is_translated_where_the_internet_comes_in() -> None:
    found = path("internet", "web")
    assert told(found.hops) == [
        ("igw", "target", "the public address of web", "an address of 10.0.0.0/24")
    ]
    assert told(found.return_hops) == [
        ("igw", "source", "an address of 10.0.0.0/24", "the public address of web")
    ]


def test_a_fixed_address_is_said_as_it_is() -> None:
    web = {"type": "ec2", "subnets": ["public"], "security_groups": ["open-sg"], "public_ip": True}
    found = path("web", "internet", workloads={"web": {**web, "private_ip": "10.0.0.9"}})
    assert told(found.hops) == [("igw", "source", "10.0.0.9", "the public address of web")]


def test_a_regional_gateway_translates_to_an_address_of_its_own() -> None:
    found = path(
        "fn",
        "internet",
        nat_gateways={"nat": {"vpc": "main", "mode": "regional"}},
    )
    assert told(found.hops)[1:] == [
        ("nat", "source", "an address of 10.0.1.0/24", "an address of nat itself"),
        ("igw", "source", "an address of nat itself", "the elastic IP of nat"),
    ]
