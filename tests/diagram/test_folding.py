"""Many alike are one card: who is on it, what it says, and which box shows a thing."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.diagram.builder import DiagramBuilder, build
from lambdaplanner.diagram.folding import CROWD, more_to_say
from lambdaplanner.diagram.highlighting import highlight_for
from lambdaplanner.diagram.legend import legend_of
from lambdaplanner.diagram.verdicts import Mark, Verdicts
from lambdaplanner.kinds.function import Function
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from tests.diagram.plans import crowd, plan_of

CARDS = {"group:fn-0", "group:fn-0@one", "group:fn-0@two"}


def test_more_than_six_with_one_attachment_are_a_card_in_each_subnet() -> None:
    diagram = build(crowd(7))
    assert diagram.boxes.keys() >= CARDS
    assert not {name for name in diagram.boxes if name.startswith(("fn-", "eni:"))}
    assert diagram.boxes["group:fn-0"].parent == "lambda-service-vpc"
    assert diagram.boxes["group:fn-0@two"].parent == "two"
    assert diagram.boxes["group:fn-0@two"].managed
    assert diagram.boxes["group:fn-0"].members == tuple(f"fn-{number}" for number in range(7))


def test_six_are_drawn_one_by_one() -> None:
    boxes = build(crowd(6, groups=6)).boxes
    assert {f"fn-{number}" for number in range(6)} <= boxes.keys()
    assert not [name for name in boxes if name.startswith("group:")]


def test_functions_without_a_vpc_are_drawn_one_by_one() -> None:
    plan = crowd(20)
    for name in list(plan.of("function")):
        Edit(plan).update(name, subnets=())
    assert {f"fn-{number}" for number in range(20)} <= build(plan).boxes.keys()


def test_the_order_in_which_subnets_and_groups_are_named_is_no_other_attachment() -> None:
    plan = crowd(7)
    Edit(plan).update("fn-3", subnets=("two", "one"))
    assert "fn-3" in build(plan).boxes["group:fn-0"].members


def test_one_tether_with_a_count_leads_to_each_card() -> None:
    lines = build(crowd(20)).lines
    tunnels = {name: line.label for name, line in lines.items() if line.style == "tunnel"}
    assert tunnels == {
        "tunnel:group:fn-0->vpc-to-vpc-nat": "\u00d720",
        "tunnel:vpc-to-vpc-nat->group:fn-0@one": "\u00d720",
        "tunnel:vpc-to-vpc-nat->group:fn-0@two": "\u00d720",
    }


@pytest.mark.parametrize("placed", ["fn-0", "eni:fn-0@two"])
def test_what_a_hand_placed_is_drawn_by_itself(placed: str) -> None:
    plan = crowd(8)
    Edit(plan).place(placed, Placement(40, 100))
    boxes = build(plan).boxes
    assert {"fn-0", "eni:fn-0@one", "eni:fn-0@two", "group:fn-1", "group:fn-1@one"} <= boxes.keys()
    assert "group:fn-0" not in boxes


def test_a_card_may_be_placed_itself() -> None:
    plan = crowd(8)
    Edit(plan).place("group:fn-0@one", Placement(40, 100))
    rect = build(plan).boxes["group:fn-0@one"].rect
    assert (rect.x, rect.y) == (40, 100)


def test_what_is_spread_out_is_drawn_by_itself() -> None:
    plan = crowd(8)
    boxes = build(plan, spread=frozenset(plan.of("function"))).boxes
    assert {f"eni:fn-{number}@one" for number in range(8)} <= boxes.keys()


def test_ids_and_places_of_cards_follow_renames() -> None:
    plan = crowd(8)
    Edit(plan).place("group:fn-0@one", Placement(40, 100))
    Edit(plan).rename("fn-0", "orders")
    Edit(plan).rename("one", "first")
    boxes = build(plan).boxes
    assert {"group:orders", "group:orders@first", "group:orders@two"} <= boxes.keys()
    assert dict(plan.placements) == {"group:orders@first": Placement(40, 100)}


def test_places_of_cards_go_with_their_subnet() -> None:
    plan = crowd(8)
    Edit(plan).place("group:fn-0@one", Placement(40, 100))
    Edit(plan).remove("one")
    assert not plan.placements


def test_a_card_says_how_many_and_their_group() -> None:
    boxes = build(crowd(20)).boxes
    assert boxes["group:fn-0"].title == "20 functions, sg-0"
    assert boxes["group:fn-0"].subtitle == "fn-0 and 19 more"
    assert boxes["group:fn-0@one"].title == "20 functions, sg-0"
    assert boxes["group:fn-0@one"].subtitle == "ENI - fn-0 and 19 more"


def _answer(function: str, verdict: str) -> Answer:
    path = PathAnswer(
        via="one",
        into=None,
        verdict=verdict,  # type: ignore[arg-type]
        hops=(),
        return_hops=(),
        obstacles=(),
    )
    return Answer(
        source=function,
        target="internet",
        protocol="tcp",
        port=443,
        verdict=verdict,  # type: ignore[arg-type]
        paths=(path,),
    )


def test_verdicts_are_counted_on_the_card() -> None:
    plan = crowd(20)
    internet = {
        f"fn-{number}": _answer(f"fn-{number}", "unreachable" if number < 2 else "reachable")
        for number in range(20)
    }
    boxes = build(plan, Verdicts(internet=internet)).boxes
    for card in ("group:fn-0", "group:fn-0@one"):
        said = [(badge.tone, badge.text) for badge in boxes[card].badges]
        assert said[:2] == [("ok", "18 internet"), ("error", "2 not")]
    assert boxes["group:fn-0"].badges[1].tooltip.startswith("fn-0, fn-1")


def test_where_all_are_alike_the_count_says_the_whole_word() -> None:
    internet = {f"fn-{n}": _answer(f"fn-{n}", "unreachable") for n in range(7)}
    badges = build(crowd(7), Verdicts(internet=internet)).boxes["group:fn-0"].badges
    assert badges[0].text == "7 no internet"


def test_findings_about_members_are_one_mark_and_none_counts_twice() -> None:
    marks = {
        "fn-0": Mark("info", 1, "All of them are slow."),
        "fn-1": Mark("error", 2, "All of them are slow.\nThis one is broken."),
    }
    badge = build(crowd(7), Verdicts(marks=marks)).boxes["group:fn-0"].badges[-1]
    assert (badge.tone, badge.text) == ("error", "2")


def test_a_path_through_a_member_marks_the_cards() -> None:
    plan = crowd(20)
    diagram = build(plan)
    answer = PlanAnalysis(plan).question("fn-7", "internet", 443)
    lit = highlight_for(answer, diagram)
    assert lit.boxes >= CARDS
    assert "tunnel:group:fn-0->vpc-to-vpc-nat" in lit.lines
    assert lit.boxes | lit.blocked <= diagram.boxes.keys()


@pytest.mark.parametrize(
    ("thing", "box"),
    [
        ("fn-7", "group:fn-0"),
        ("eni:fn-7@two", "group:fn-0@two"),
        ("sg-5", "group:sg-0"),
        ("main-rt:main", "main"),
        ("nat", "nat"),
        ("eni:nobody@one", None),
    ],
)
def test_one_place_says_which_box_shows_a_thing(thing: str, box: str | None) -> None:
    assert build(crowd(20)).box_of(thing) == box


def test_a_card_means_its_members() -> None:
    diagram = build(crowd(7))
    names = tuple(f"fn-{number}" for number in range(7))
    assert diagram.meant(("group:fn-0", "nat")) == (*names, "nat")
    assert diagram.meant(("group:fn-0@two",)) == tuple(f"eni:{name}@two" for name in names)


def test_many_security_groups_of_a_vpc_are_one_card() -> None:
    boxes = build(crowd(1, groups=8)).boxes
    assert boxes["group:sg-0"].parent == "main"
    assert boxes["group:sg-0"].title == "8 security groups"
    assert "sg-3" not in boxes
    assert "group:sg-0" not in build(crowd(1, groups=6)).boxes


def _attachments(sizes: list[int]) -> set[str]:
    """The cards in the service VPC of functions with so many in each attachment."""
    plan = crowd(0, groups=len(sizes))
    for group, size in enumerate(sizes):
        for number in range(size):
            name, used = f"job-{group}-{number}", (f"sg-{group}",)
            Edit(plan).add(Function(id=name, subnets=("one",), security_groups=used))
    boxes = build(plan).boxes
    return {name for name in boxes if name.startswith("group:job") and "@" not in name}


def test_in_a_crowd_few_alike_are_a_card_too() -> None:
    """Thirty functions, five to an attachment: no picture of thirty cards says anything."""
    assert _attachments([5] * 6) == {f"group:job-{number}-0" for number in range(6)}
    assert _attachments([5] * 5 + [2]) == {f"group:job-{number}-0" for number in range(5)}


def test_no_crowd_is_where_not_too_many_are_drawn_one_by_one() -> None:
    assert _attachments([CROWD // 4] * 4) == set()
    assert _attachments([20, 6]) == {"group:job-0-0"}


HUB = """
vpcs: {east: {cidr: 10.0.0.0/16}, west: {cidr: 10.1.0.0/16}}
transit_gateways:
  hub:
    attachments: {east: {route_table: spokes}, west: {route_table: spokes}}
    route_tables:
      spokes:
        propagate: [east, west]
        routes: {0.0.0.0/0: blackhole, 10.3.0.0/16: east, 10.4.0.0/16: east, 10.5.0.0/16: west}
      spare: {propagate: [west]}
  plain: {attachments: {east: {}}}
"""


def test_a_hub_shows_its_tables_and_all_their_routes_when_spread_out() -> None:
    plan = plan_of(HUB)
    builder = DiagramBuilder(plan)
    box = builder.update(None).boxes["hub"]
    assert box.rows == ("spokes: serves east, west", "spare: serves nobody")
    assert builder.diagram.boxes["plain"].rows == ()
    whole = builder.update(None, spread=frozenset({"hub"}))
    assert whole.boxes == build(plan, spread=frozenset({"hub"})).boxes
    assert "   0.0.0.0/0 to blackhole" in whole.boxes["hub"].rows
    assert "   east, west propagated" in whole.boxes["hub"].rows
    assert whole.boxes["hub"].rect.height > box.rect.height
    assert builder.update(None, spread=frozenset()).boxes == build(plan).boxes
    assert more_to_say(plan, "hub")
    assert not more_to_say(plan, "plain")


def test_few_routes_of_a_hub_are_shown_at_once() -> None:
    text = HUB.replace(", 10.4.0.0/16: east, 10.5.0.0/16: west", "")
    assert "   10.3.0.0/16 to east" in build(plan_of(text)).boxes["hub"].rows


def test_the_legend_tells_of_cards_of_several() -> None:
    words = [entry.words for entry in legend_of(build(crowd(7)))]
    assert "Several alike, drawn as one card" in words
    assert "Several alike, drawn as one card" not in [
        entry.words for entry in legend_of(build(crowd(3, groups=3)))
    ]
