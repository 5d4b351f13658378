"""Zones have a heading over their column; where they are no columns, subnets say their zone."""

from __future__ import annotations

from lambdaplanner.diagram.builder import build
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from tests.diagram.plans import plan_of, template

ONE = """
vpcs: {main: {cidr: 10.0.0.0/16, ipv6_cidr: "2600:1f18:1:2::/56"}}
subnets:
  a: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, ipv6_cidr: "2600:1f18:1:2::/64"}
  b: {vpc: main, az: eu-west-1b, cidr: 10.0.1.0/24, network_acl: tight}
network_acls: {tight: {vpc: main}}
"""


def test_each_zone_has_a_heading_over_all_its_subnets() -> None:
    boxes = build(template("two-zones")).boxes
    for vpc in (box for box in boxes.values() if box.kind == "vpc"):
        subnets = [box for box in boxes.values() if box.parent == vpc.id and box.kind == "subnet"]
        texts = [heading.text for heading in vpc.headings]
        assert texts == sorted(texts)
        assert len(texts) == len(set(texts)) >= 1
        for box in subnets:
            around = [h for h in vpc.headings if h.rect.x <= box.rect.x]
            heading = around[-1]
            assert box.rect.x + box.rect.width <= heading.rect.x + heading.rect.width
            assert heading.rect.y < box.rect.y
            assert heading.text not in box.subtitle


def test_headings_stand_clear_of_cards() -> None:
    boxes = build(template("two-zones")).boxes
    for vpc in (box for box in boxes.values() if box.headings):
        for heading in vpc.headings:
            x, y = heading.rect.x, heading.rect.y
            for card in (box for box in boxes.values() if box.parent == vpc.id):
                clear = card.rect.y >= y + 16 or card.rect.x > x + 90
                assert clear or card.rect.y + card.rect.height <= y


def test_subnets_out_of_columns_say_their_zone() -> None:
    plan = plan_of(ONE)
    assert build(plan).boxes["b"].subtitle == "10.0.1.0/24"
    first = build(plan).boxes["a"].rect
    Edit(plan).place("b", Placement(int(first.x) + 40, 700))
    boxes = build(plan).boxes
    assert boxes["main"].headings == ()
    assert boxes["b"].subtitle == "10.0.1.0/24  eu-west-1b"
    assert boxes["a"].subtitle == "10.0.0.0/24  eu-west-1a"


def test_what_stands_where_a_heading_would_be_takes_it_away() -> None:
    plan = plan_of(ONE)
    rect = build(plan).boxes["main"].headings[0].rect
    Edit(plan).place("tight", Placement(int(rect.x), int(rect.y) - 10))
    assert build(plan).boxes["main"].headings == ()


def test_ipv6_and_acl_have_a_line_of_their_own() -> None:
    boxes = build(plan_of(ONE)).boxes
    assert boxes["a"].detail == "2600:1f18:1:2::/64"
    assert boxes["b"].detail == "ACL tight"
