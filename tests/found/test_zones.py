"""Which zone and which subnet is taken where nobody chose one."""

from __future__ import annotations

from PySide6.QtTest import QTest

from lambdaplanner.ui.panels.reference_editors import RefField
from tests.found.hand import Hand, Key

_HUB = """
lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
internet_gateways:
  igw: {vpc: main}
subnets:
  public-a: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-rt}
  public-b: {vpc: main, az: eu-west-1b, cidr: 10.0.1.0/24, route_table: public-rt}
  inner-b: {vpc: main, az: eu-west-1b, cidr: 10.0.2.0/24}
  private-b: {vpc: main, az: eu-west-1b, cidr: 10.0.3.0/24, route_table: private-rt}
  inner-a: {vpc: main, az: eu-west-1a, cidr: 10.0.4.0/24}
  public-c: {vpc: main, az: eu-west-1c, cidr: 10.0.5.0/24, route_table: public-rt}
nat_gateways:
  nat: {subnet: public-a}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat}}
transit_gateways:
  hub: {}
"""


def test_a_hub_is_joined_in_private_subnets_first(hand: Hand) -> None:
    """F12: one subnet for each zone, a public one only where a zone has no other."""
    hand.open_text(_HUB)
    hand.bench.bridge.hand.choose_tool("connect")
    hand.drag("main", "hub")
    (joined,) = hand.thing("hub").attachments
    assert joined.subnets == ("inner-a", "private-b", "public-c")


def test_four_subnets_go_through_the_zones(hand: Hand) -> None:
    """F14: every new subnet landed in the first zone, wherever it was let go."""
    hand.open_text("lambdaplanner: 1\nregion: eu-west-1\n")
    hand.place("vpc", hand.pixel(700, 100))
    hand.bench.view.fit_all()
    rect = hand.rect("vpc-1")
    made = []
    for number in range(4):
        made.append(hand.place("subnet", hand.pixel(rect.x + 40, rect.y + 60 + number * 40)))
    zones = [hand.thing(name).az for name in made]
    assert zones == ["eu-west-1a", "eu-west-1b", "eu-west-1c", "eu-west-1a"]


def test_each_tier_has_its_own_turn(hand: Hand) -> None:
    """The next one takes the next zone of its tier, not of all subnets."""
    hand.open_text(_HUB)
    add = hand.bench.session
    added = []
    for _ in range(2):
        offset = hand.rect("main")
        added.append(hand.place("subnet", hand.pixel(offset.x + offset.width - 8, offset.y + 90)))
    assert add.history.labels[0] == ["Add subnet"] * 2
    assert [hand.thing(name).az for name in added] == ["eu-west-1c", "eu-west-1a"]


def test_a_zone_can_be_chosen_in_the_form(hand: Hand) -> None:
    """Chosen from a list that says what stands in each, or typed."""
    hand.open_text(_HUB)
    hand.click("inner-a")
    form = hand.bench.inspector.resource_view.form
    assert form is not None
    zone = form.editors["az"]
    assert isinstance(zone, RefField)
    assert zone.options == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]
    zone.setFocus()
    zone.fill()
    zone.setCurrentIndex(2)
    zone.activated.emit(2)
    assert hand.thing("inner-a").az == "eu-west-1c"
    assert hand.steps == ["Change Availability zone"]
    zone.line().setText("eu-west-1d")
    QTest.keyClick(zone.line(), Key.Key_Return)
    assert hand.thing("inner-a").az == "eu-west-1d"
