"""Placing new things: by click, by drawing a size, by dropping from the palette."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.links import connect
from lambdaplanner.editor.pointer import DropEvent
from lambdaplanner.model.geometry import Placement
from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """One VPC with one subnet."""
    hand = Hand()
    hand.add("vpc", None, 0, 0)
    hand.add("subnet", "vpc-1", 24, 56)
    hand.session.seal()
    return hand


def test_a_click_places_and_selects_and_lets_the_tool_go(hand: Hand) -> None:
    hand.editing.start_placing("vpc")
    assert hand.session.tool.name == "place"
    hand.click((1003, 5))
    assert hand.plan.placements["vpc-2"] == Placement(1000, 8, 760, 520)
    assert hand.thing("vpc-2").cidr == "10.1.0.0/16"
    assert hand.selected == ("vpc-2",)
    assert hand.session.tool.name == "select"
    assert hand.steps[-1] == "Add VPC"


def test_shift_keeps_the_tool(hand: Hand) -> None:
    hand.editing.start_placing("vpc")
    hand.press((1000, 0)).release("shift")
    assert hand.session.tool.name == "place"
    hand.click((2000, 800))
    assert len(hand.plan.of("vpc")) == 3


def test_a_drag_draws_the_size_of_a_container(hand: Hand) -> None:
    hand.editing.start_placing("vpc")
    hand.press((1000, 0)).drag(320, 240)
    assert hand.session.tool.state == "placing"
    assert hand.session.transient.ghosts[0].box.rect.width == 320
    hand.release()
    assert hand.plan.placements["vpc-2"] == Placement(1000, 0, 320, 240)


def test_a_ghost_follows_and_the_container_is_shown(hand: Hand) -> None:
    hand.editing.start_placing("nat-gateway")
    hand.hover(hand.body("subnet-1"))
    transient = hand.session.transient
    assert transient.drop is not None
    assert (transient.drop.box, transient.drop.allowed) == ("subnet-1", True)
    assert transient.ghosts[0].allowed
    assert transient.lit == {"subnet-1"}


def test_an_illegal_place_says_why_and_keeps_the_tool(hand: Hand) -> None:
    hand.editing.start_placing("nat-gateway")
    hand.hover(hand.body("vpc-1"))
    drop = hand.session.transient.drop
    assert drop is not None
    assert not drop.allowed
    assert "a NAT gateway stands in a subnet" in drop.reason
    hand.click(hand.body("vpc-1"))
    assert not hand.plan.of("nat-gateway")
    assert hand.session.tool.name == "place"
    assert hand.told[-1][0] == "warning"


def test_escape_lets_the_tool_go(hand: Hand) -> None:
    hand.editing.start_placing("nat-gateway")
    hand.hover(hand.body("subnet-1"))
    hand.key("Esc")
    assert hand.session.tool.name == "select"
    assert hand.session.transient.ghosts == ()


def test_a_subnet_dropped_over_a_subnet_goes_into_their_vpc(hand: Hand) -> None:
    made = hand.put("subnet", "", *hand.body("subnet-1"))
    assert made == "subnet-2"
    subnet = hand.thing("subnet-2")
    assert (subnet.vpc, subnet.cidr, subnet.az) == ("vpc-1", "10.0.1.0/24", "us-east-1b")


def test_a_subnet_takes_the_zone_of_its_column(hand: Hand) -> None:
    hand.add("subnet", "vpc-1", 400, 56)
    hand.add("internet-gateway", "vpc-1")
    hand.session.do("Route", lambda edit: connect(edit, "subnet-2", "igw-1"))
    assert hand.thing("subnet-2").az == "us-east-1b"
    hand.look()
    hand.put("subnet", "", hand.rect("subnet-2").x, 300)
    assert hand.thing("subnet-3").az == "us-east-1b"


def test_a_zone_that_has_one_of_the_tier_gives_way_to_the_next(hand: Hand) -> None:
    made = [hand.put("subnet", "", hand.rect("subnet-1").x, 300) for _ in range(3)]
    zones = [hand.thing(name or "").az for name in ("subnet-1", *made)]
    assert zones == ["us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a"]


def test_a_gateway_lands_on_the_border(hand: Hand) -> None:
    hand.put("internet-gateway", "", 300, -10)
    hand.look()
    rect, vpc = hand.rect("igw-1"), hand.rect("vpc-1")
    assert rect.y + rect.height / 2 == vpc.y
    assert hand.put("internet-gateway", "", 300, 10) is None
    assert hand.told[-1] == ("warning", "a VPC has one internet gateway, and vpc-1 has igw-1")


def test_a_function_dropped_on_a_subnet_is_attached(hand: Hand) -> None:
    hand.put("function", "", *hand.body("subnet-1"))
    function = hand.thing("function-1")
    assert function.subnets == ("subnet-1",)
    assert "function-1" not in hand.plan.placements


def test_a_function_dropped_in_the_service_vpc_stands_there(hand: Hand) -> None:
    hand.put("function", "", *hand.body("lambda-service-vpc"))
    assert hand.thing("function-1").subnets == ()
    assert "function-1" in hand.plan.placements


def test_palette_drags_show_and_drop(hand: Hand) -> None:
    x, y = hand.body("subnet-1")
    assert hand.editing.drop(DropEvent(step="move", what="workload:rds", x=x, y=y))
    assert hand.session.transient.drop is not None
    assert not hand.editing.drop(DropEvent(step="move", what="workload:rds", x=-900, y=-900))
    hand.editing.drop(DropEvent(step="leave", what=""))
    assert hand.session.transient.ghosts == ()
    assert hand.editing.drop(DropEvent(step="drop", what="workload:rds", x=x, y=y))
    assert hand.thing("rds-1").type == "rds"
    assert not hand.editing.drop(DropEvent(step="drop", what="workload:rds", x=-900, y=-900))


def test_new_things_stay_clear_of_title_and_edges(hand: Hand) -> None:
    rect = hand.rect("subnet-1")
    hand.put("workload", "ec2", rect.x + 5, rect.y + 5)
    place = hand.plan.placements["ec2-1"]
    assert place.x >= 16
    assert place.y >= 48
