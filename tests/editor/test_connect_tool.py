"""Drawing lines between things."""

from __future__ import annotations

import pytest

from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """A VPC with two subnets, gateways and a function."""
    hand = Hand()
    hand.add("vpc", None, 0, 0)
    hand.add("subnet", "vpc-1", 24, 56)
    hand.add("subnet", "vpc-1", 400, 56)
    hand.add("internet-gateway", "vpc-1", 305, -22)
    hand.add("nat-gateway", "subnet-1", 24, 56)
    hand.add("function", "lambda-service-vpc", 24, 56)
    hand.add("security-group", "vpc-1", 24, 400)
    hand.editing.choose_tool("connect")
    return hand


def test_a_line_from_function_to_subnet_attaches(hand: Hand) -> None:
    hand.press("function-1").drag_to(hand.body("subnet-2"))
    assert hand.state == "connecting"
    transient = hand.session.transient
    assert transient.rubber is not None
    assert transient.rubber.allowed
    assert transient.lit == {"subnet-1", "subnet-2"}
    hand.release()
    assert hand.thing("function-1").subnets == ("subnet-2",)
    assert hand.told[-1][0] == "ok"
    assert hand.session.transient.rubber is None


def test_a_line_from_subnet_to_gateway_routes(hand: Hand) -> None:
    hand.press("subnet-1").drag_to("igw-1").release()
    table = hand.thing(hand.thing("subnet-1").route_table)
    assert [(r.destination, r.target) for r in table.routes] == [("0.0.0.0/0", "igw-1")]


def test_an_illegal_target_says_why(hand: Hand) -> None:
    steps = hand.steps
    hand.press("function-1").drag_to("sg-1")
    assert hand.session.transient.rubber is not None
    assert hand.session.transient.rubber.allowed is False
    hand.release()
    assert hand.told[-1] == (
        "warning",
        "function-1 is attached to no VPC; attach it to a subnet first",
    )
    assert hand.steps == steps


def test_near_is_near_enough(hand: Hand) -> None:
    gateway = hand.rect("igw-1")
    hand.press("subnet-1").drag_to((gateway.x + 20, gateway.y - 10))
    drop = hand.session.transient.drop
    assert drop is not None
    assert (drop.box, drop.allowed) == ("igw-1", True)


def test_dropped_on_nothing_asks_what_could_be_added(hand: Hand) -> None:
    hand.press("function-1").drag_to((3000, 2000)).release()
    assert (hand.requests[-1].what, hand.requests[-1].id) == ("quick-add", "function-1")


def test_escape_ends_the_line_and_then_the_tool(hand: Hand) -> None:
    hand.press("function-1").drag_to(hand.body("subnet-2"))
    hand.key("Esc")
    assert hand.session.transient.rubber is None
    assert hand.session.tool.name == "connect"
    hand.key("Esc")
    assert hand.session.tool.name == "select"


def test_a_port_starts_a_line_with_the_select_tool(hand: Hand) -> None:
    hand.editing.choose_tool("select")
    hand.hover("function-1")
    rect = hand.rect("function-1")
    hand.press((rect.x - 12, rect.y + rect.height / 2)).drag(-20, 0)
    assert hand.state == "connecting"
    hand.drag_to(hand.body("subnet-1")).release()
    assert hand.thing("function-1").subnets == ("subnet-1",)


def test_what_aws_makes_starts_no_line(hand: Hand) -> None:
    hand.press("internet")
    assert hand.state == "idle"


def test_an_interface_stands_for_its_function(hand: Hand) -> None:
    hand.press("function-1").drag_to(hand.body("subnet-1")).release()
    hand.press("eni:function-1@subnet-1").drag_to("sg-1").release()
    assert hand.thing("function-1").security_groups == ("sg-1",)
