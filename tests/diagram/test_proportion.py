"""How automatic places fill a picture: its proportion, and how much of it are cards."""

from __future__ import annotations

import statistics

import pytest

from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Diagram, Rect
from lambdaplanner.formats.plan_file import open_plan, read_text
from tests.diagram.plans import TEMPLATES, plan_of
from tests.found.plans import FOUND

PLANS = sorted([*(FOUND / "picture").glob("*.yaml"), *TEMPLATES.glob("*.yaml")])
TODAY = {
    "01-brief": 6.2,
    "02-two-zones": 6.1,
    "03-three-zones": 4.4,
    "04-endpoints-only": 6.3,
    "06-peering": 3.2,
    "08-sixty-subnets": 2.1,
    "10-forty-functions": 2.4,
    "11-thirty-groups": 4.4,
    "16-prefix-lists": 5.5,
    "19-notes-main-table": 5.3,
}
"""The size of a card's title on a slide before places were chosen for the page."""
_TITLE = 50
_MARGIN = 24


def _around(diagram: Diagram) -> Rect:
    rects = [diagram.boxes[name].rect for name in ("region", "internet") if name in diagram.boxes]
    left, top = min(r.x for r in rects), min(r.y for r in rects)
    right = max(r.x + r.width for r in rects)
    return Rect(left, top, right - left, max(r.y + r.height for r in rects) - top)


def _picture(diagram: Diagram) -> tuple[float, float]:
    around = _around(diagram)
    return around.width + 2 * _MARGIN, around.height + 2 * _MARGIN + _TITLE


def _hub(spokes: int) -> str:
    names = ["egress", *(f"spoke-{number}" for number in range(spokes))]
    lines = ["lambdaplanner: 1", "vpcs:"]
    lines += [f"  {name}: {{cidr: 10.{at}.0.0/16}}" for at, name in enumerate(names)]
    lines += ["internet_gateways:", "  igw: {vpc: egress}", "subnets:"]
    for at, name in enumerate(names):
        for zone, letter in enumerate("ab"):
            lines.append(
                f"  {name}-{letter}: {{vpc: {name}, az: eu-west-1{letter}, "
                f"cidr: 10.{at}.{zone}.0/24, route_table: {name}-rt}}"
            )
    lines.append("route_tables:")
    lines += [f"  {name}-rt: {{vpc: {name}, routes: {{0.0.0.0/0: hub}}}}" for name in names]
    attached = ", ".join(f"{name}: {{subnets: [{name}-a]}}" for name in names)
    lines += ["transit_gateways:", f"  hub: {{attachments: {{{attached}}}}}"]
    return "\n".join(lines)


@pytest.mark.parametrize("path", PLANS, ids=[path.stem for path in PLANS])
def test_pictures_of_several_networks_are_about_as_wide_as_a_screen(path: object) -> None:
    plan = open_plan(path).plan  # type: ignore[arg-type]
    if len(plan.of("vpc")) > 1:
        width, height = _picture(build(plan))
        assert 1.3 <= width / height <= 2.0


@pytest.mark.parametrize("spokes", [2, 3, 4, 5, 6, 8])
def test_hubs_are_about_as_wide_as_a_screen(spokes: int) -> None:
    plan = read_text(_hub(spokes), where="hub.yaml").plan
    diagram = build(plan)
    width, height = _picture(diagram)
    assert 1.3 <= width / height <= 2.1
    hub, egress = diagram.boxes["hub"].rect, diagram.boxes["egress"].rect
    first = diagram.boxes["spoke-0"].rect
    below = egress.y + egress.height < hub.y and hub.y + hub.height < first.y
    assert below or egress.x + egress.width < hub.x < hub.x + hub.width < first.x


@pytest.mark.parametrize("name", TODAY)
def test_titles_are_larger_on_a_slide(name: str) -> None:
    width, height = _picture(build(open_plan(FOUND / "picture" / f"{name}.yaml").plan))
    assert 13 * min(960 / width, 540 / height) > TODAY[name]


def test_cards_fill_more_of_a_picture() -> None:
    shares = []
    for path in PLANS:
        diagram = build(open_plan(path).plan)
        cards = sum(b.rect.width * b.rect.height for b in diagram.boxes.values() if _card(b.shape))
        around = _around(diagram)
        shares.append(cards / (around.width * around.height))
    assert statistics.median(shares) >= 0.14
    assert min(shares) >= 0.07


def _card(shape: str) -> bool:
    return shape != "container"


@pytest.mark.parametrize("aspect", [1.0, 16 / 9, 2.4])
def test_another_page_may_be_asked_for(aspect: float) -> None:
    plan = open_plan(FOUND / "picture" / "08-sixty-subnets.yaml").plan
    usual, other = _picture(build(plan)), _picture(build(plan, aspect=aspect))

    def off(size: tuple[float, float]) -> float:
        ratio = size[0] / size[1] / aspect
        return max(ratio, 1 / ratio)

    assert off(other) <= off(usual)


def test_numbered_subnets_of_three_zones_share_rows() -> None:
    """`private-a-0`, `private-b-0`: the zone stands before a number, and each zone has a table."""
    zones = "abc"
    subnets = "".join(
        f"  private-{zone}-{n}: {{vpc: main, az: {zone}, cidr: 10.0.{16 * i + n}.0/24,"
        f" route_table: private-{zone}-rt}}\n"
        for i, zone in enumerate(zones)
        for n in range(3)
    )
    tables = "".join(f"  private-{zone}-rt: {{vpc: main}}\n" for zone in zones)
    plan = plan_of(
        f"vpcs:\n  main: {{cidr: 10.0.0.0/16}}\nsubnets:\n{subnets}route_tables:\n{tables}"
    )
    boxes = build(plan).boxes
    for n in range(3):
        assert len({boxes[f"private-{zone}-{n}"].rect.y for zone in zones}) == 1
