"""The brief's network, drawn by hand from an empty canvas on the program's own diagrams."""

from __future__ import annotations

import pytest

from lambdaplanner.commands.layout import tidy
from lambdaplanner.diagram.builder import build
from lambdaplanner.editor import verbs
from lambdaplanner.model.plan import Plan
from tests.editor.hand import Hand


@pytest.fixture
def hand() -> Hand:
    """An empty plan on a canvas drawn by the diagram builder."""
    return Hand(drawn=build)


def inside(hand: Hand, box: str, dx: float, dy: float) -> tuple[float, float]:
    """A point of a box by its distance from the top left."""
    rect = hand.rect(box)
    return rect.x + dx, rect.y + dy


def place(hand: Hand, kind: str, where: tuple[float, float], variant: str = "") -> str:
    """Takes a kind from the palette and clicks; gives the new id."""
    hand.editing.start_placing(kind, variant)
    hand.click(where)
    assert hand.session.tool.name == "select", hand.told
    made: str = hand.selected[0]
    return made


def test_the_brief_in_fourteen_gestures(hand: Hand) -> None:
    vpc = place(hand, "vpc", (2000, 0))
    public = place(hand, "subnet", inside(hand, vpc, 60, 100))
    private = place(hand, "subnet", inside(hand, vpc, 60, 330))
    igw = place(hand, "internet-gateway", inside(hand, vpc, 400, 0))
    nat = place(hand, "nat-gateway", inside(hand, public, 120, 120))
    group = place(hand, "security-group", inside(hand, vpc, 600, 400))
    database = place(hand, "workload", inside(hand, private, 120, 120), "rds")
    attached = place(hand, "function", inside(hand, "lambda-service-vpc", 60, 120))
    unattached = place(hand, "function", inside(hand, "lambda-service-vpc", 60, 220))
    hand.editing.choose_tool("connect")
    hand.press(public).drag_to(igw).release()
    hand.press(private).drag_to(nat).release()
    hand.press(attached).drag_to(private).release()
    hand.press(attached).drag_to(group).release()
    hand.press(database).drag_to(group).release()
    plan = hand.plan
    assert {tone for tone, _ in hand.told} == {"ok"}
    assert hand.thing(attached).subnets == (private,)
    assert hand.thing(attached).security_groups == (group,)
    assert hand.thing(attached).may_create_interfaces
    assert hand.thing(unattached).subnets == ()
    assert hand.thing(database).subnets == (private,)
    tables = [hand.thing(hand.thing(subnet).route_table) for subnet in (public, private)]
    assert [table.routes[0].target for table in tables] == [igw, nat]
    final = {name: hand.thing(name) for name in plan}
    while hand.session.undo():
        pass
    assert len(plan) == 0
    while hand.session.redo():
        pass
    assert {name: hand.thing(name) for name in plan} == final


def network() -> Plan:
    """A network that nobody has placed: all of it stands where the layout puts it."""
    hand = Hand()
    vpc = hand.add("vpc")
    for _ in range(4):
        hand.add("subnet", vpc)
    hand.add("internet-gateway", vpc)
    hand.add("nat-gateway", "subnet-1")
    hand.add("workload", "subnet-2", variant="rds")
    hand.add("workload", "subnet-2", variant="ec2")
    hand.add("function", "lambda-service-vpc")
    hand.add("vpc")
    for source, target in (
        ("subnet-1", "igw-1"),
        ("subnet-2", "nat-1"),
        ("function-1", "subnet-2"),
    ):
        assert verbs.connect_things(hand.session, source, target)
    hand.session.selection.set(list(hand.plan))
    hand.session.do("Tidy", tidy(*hand.plan))
    assert not hand.plan.placements
    return hand.plan


@pytest.mark.parametrize(
    "name", ["vpc-1", "vpc-2", "subnet-3", "rds-1", "nat-1", "function-1", "internet", "region"]
)
def test_the_first_drag_of_what_was_never_placed_moves_it_by_exactly_that_much(name: str) -> None:
    hand = Hand(network(), drawn=build)
    before = dict(hand.session.hits.rects)
    box = hand.session.diagram.boxes[name]
    hand.press(name).drag(16, 24, "ctrl")
    during = hand.rect(name)
    assert (during.x - before[name].x, during.y - before[name].y) == (16, 24)
    hand.release("ctrl")
    after = hand.session.diagram.boxes[name]
    old, new = (
        (box.rect, after.rect) if _in_a_container(hand, name) else (before[name], hand.rect(name))
    )
    assert (new.x - old.x, new.y - old.y) == (16, 24)
    hand.session.undo()
    hand.look()
    assert hand.session.hits.rects == before
    assert not hand.plan.placements


def _in_a_container(hand: Hand, name: str) -> bool:
    """Whether its place counts from a container; the region's frame only follows what is in it."""
    return hand.session.diagram.boxes[name].parent not in (None, "region")


@pytest.mark.parametrize("name", ["rds-1", "subnet-3", "subnet-2"])
def test_nothing_else_moves_while_one_thing_is_dragged(name: str) -> None:
    hand = Hand(network(), drawn=build)
    before = dict(hand.session.hits.rects)
    along = hand.session.hits.inside(name)
    around = set(hand.session.hits.ancestors(name))
    hand.press(name).drag(40, 16, "ctrl")
    for other, rect in hand.session.hits.rects.items():
        if other not in along and other != "region":
            assert rect == before[other], other
    assert around <= set(before)


def test_escape_brings_back_the_picture() -> None:
    hand = Hand(network(), drawn=build)
    before = hand.session.diagram
    hand.press("subnet-2").drag(300, 300)
    hand.key("Esc")
    assert hand.session.diagram == before


def test_a_thing_lands_where_it_was_let_go_in_its_new_container() -> None:
    hand = Hand(network(), drawn=build)
    hand.press("rds-1").drag_to(inside(hand, "subnet-4", 100, 40))
    seen, subnet = hand.rect("rds-1"), hand.rect("subnet-4")
    hand.release()
    assert hand.thing("rds-1").subnets == ("subnet-4",)
    place = hand.session.diagram.boxes["rds-1"].rect
    assert (place.x, place.y) == (seen.x - subnet.x, seen.y - subnet.y)


def test_a_gateway_slides_along_the_border() -> None:
    hand = Hand(network(), drawn=build)
    before = hand.rect("igw-1")
    hand.press("igw-1").drag(100, 60).release()
    after, vpc = hand.rect("igw-1"), hand.rect("vpc-1")
    assert after.x > before.x
    assert after.y + after.height / 2 == vpc.y


def test_resizing_what_was_never_placed() -> None:
    hand = Hand(network(), drawn=build)
    hand.click("vpc-2")
    before = hand.rect("vpc-2")
    corner = (before.x + before.width, before.y + before.height)
    hand.press(corner).drag(80, 40).release()
    after = hand.rect("vpc-2")
    assert (after.x, after.y) == (before.x, before.y)
    assert (after.width, after.height) == (before.width + 80, before.height + 40)
