"""F16: the ends of a chosen line that look draggable lead it to another thing."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from tests.found.hand import Hand

_PLAN = """
lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16}
  other: {cidr: 10.1.0.0/16}
internet_gateways:
  igw: {vpc: main}
subnets:
  public: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-rt}
  private: {vpc: main, az: eu-west-1b, cidr: 10.0.1.0/24, route_table: private-rt}
  far: {vpc: other, az: eu-west-1a, cidr: 10.1.1.0/24}
nat_gateways:
  nat: {subnet: public}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt: {vpc: main, routes: {0.0.0.0/0: nat, 192.0.2.0/24: nat}}
transit_gateways:
  hub: {attachments: {main: {subnets: [private]}}}
  second: {}
functions:
  orders: {role_policies: [AWSLambdaVPCAccessExecutionRole], subnets: [private]}
"""


def _end(hand: Hand, line: str, at: int) -> QPoint:
    """Where an end of a line is on the canvas."""
    return hand.pixel(*hand.bench.presenter.diagram.lines[line].points[at])


def _choose(hand: Hand, line: str) -> frozenset[str]:
    hand.bench.bridge.select([line])
    return frozenset(hand.bench.view.canvas.overlay.line_ends)


def test_only_what_can_be_led_elsewhere_has_handles(hand: Hand) -> None:
    """What AWS makes, a peering's side, a main table's line: no handle."""
    hand.open_text(_PLAN)
    for line in hand.bench.presenter.diagram.lines.values():
        ends = _choose(hand, line.id)
        if line.id.startswith(("gateway:", "tunnel:", "default:", "main:")):
            assert ends == frozenset(), line.id
    assert _choose(hand, "route:private-rt->nat") == {"source", "target"}
    assert _choose(hand, "association:private->private-rt") == {"source", "target"}
    hand.bench.bridge.select(["nat"])
    assert hand.bench.view.canvas.overlay.line_ends == frozenset()


def test_a_route_is_led_to_another_gateway(hand: Hand) -> None:
    """Its destinations stay, it is one step, and the targets are lit meanwhile."""
    hand.open_text(_PLAN)
    name = "route:private-rt->nat"
    _choose(hand, name)
    hand.drag(_end(hand, name, -1), "igw")
    routes = {route.destination: route.target for route in hand.thing("private-rt").routes}
    assert routes == {"0.0.0.0/0": "igw", "192.0.2.0/24": "igw"}
    assert len(hand.steps) == 1
    assert hand.selected == ("route:private-rt->igw",)
    hand.bench.undo()
    assert {route.target for route in hand.thing("private-rt").routes} == {"nat"}


def test_a_subnet_is_led_to_another_table(hand: Hand) -> None:
    """The table at the end of an association."""
    hand.open_text(_PLAN)
    name = "association:private->private-rt"
    _choose(hand, name)
    hand.drag(_end(hand, name, -1), "public-rt")
    assert hand.thing("private").route_table == "public-rt"
    assert len(hand.steps) == 1


def test_an_attachment_is_led_to_another_hub(hand: Hand) -> None:
    """The VPC leaves the one and is attached to the other."""
    hand.open_text(_PLAN)
    name = "attachment:main->hub"
    _choose(hand, name)
    hand.drag(_end(hand, name, -1), "second")
    assert hand.thing("hub").attachments == ()
    assert [one.vpc for one in hand.thing("second").attachments] == ["main"]


def test_let_go_over_nothing_it_stays(hand: Hand) -> None:
    """And over what it cannot end at the reason is told."""
    hand.open_text(_PLAN)
    name = "route:private-rt->nat"
    _choose(hand, name)
    hand.drag(_end(hand, name, -1), "orders")
    assert hand.said
    assert hand.steps == []
    _choose(hand, name)
    rect = hand.rect("region")
    hand.drag(_end(hand, name, -1), hand.pixel(rect.x - 30, rect.y + rect.height + 20))
    assert hand.steps == []
    assert hand.selected == (name,)
