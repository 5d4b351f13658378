"""What boxes say of the plan and of the answers about it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from lambdaplanner.analysis.answers import Answer, PathAnswer, Verdict
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Badge
from lambdaplanner.diagram.verdicts import Mark, Verdicts, marks_of
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from tests.diagram.plans import EVERYTHING, plan_of, template


def _path(via: str, verdict: Verdict) -> PathAnswer:
    obstacles: tuple[Obstacle, ...] = ()
    if verdict != "reachable":
        obstacles = (
            Obstacle(
                at="x", code="C", direction="forward", message="It is blocked.", fix="Mend it."
            ),
        )
    return PathAnswer(
        via=via, into=None, verdict=verdict, hops=(), return_hops=(), obstacles=obstacles
    )


def _internet(function: str, verdict: Verdict, **paths: Verdict) -> Verdicts:
    answer = Answer(
        source=function,
        target="internet",
        protocol="tcp",
        port=443,
        verdict=verdict,
        paths=tuple(_path(via.replace("_", "-"), one) for via, one in paths.items()),
    )
    return Verdicts(internet={function: answer})


@pytest.mark.parametrize(
    ("verdict", "badge"),
    [
        ("reachable", Badge("ok", "internet")),
        ("partial", Badge("warning", "internet: some subnets", "It is blocked.")),
        ("unreachable", Badge("error", "no internet", "It is blocked.")),
    ],
)
def test_a_function_carries_its_internet_verdict(verdict: Verdict, badge: Badge) -> None:
    inner: Verdict = "reachable" if verdict == "reachable" else "unreachable"
    diagram = build(template("two-zones"), _internet("attached", verdict, private_a=inner))
    assert diagram.boxes["attached"].badges == (badge,)


def test_each_interface_carries_its_own_verdict() -> None:
    verdicts = _internet("attached", "partial", private_a="reachable", private_b="unreachable")
    boxes = build(template("two-zones"), verdicts).boxes
    assert [b.text for b in boxes["eni:attached@private-a"].badges] == ["internet"]
    assert [b.text for b in boxes["eni:attached@private-b"].badges] == ["no internet"]
    assert boxes["eni:attached@private-a"].subtitle == "ENI - function-sg"
    assert boxes["eni:attached@private-a"].managed


def test_while_answers_are_computed_nothing_is_claimed() -> None:
    boxes = build(template("brief-network")).boxes
    assert boxes["attached"].badges == ()
    assert boxes["private"].meter is None


def test_a_role_without_the_policy_shows_on_an_attached_function_only() -> None:
    boxes = build(plan_of(EVERYTHING)).boxes
    assert [badge.text for badge in boxes["billing"].badges] == ["role"]
    assert boxes["reports"].badges == ()
    assert boxes["orders"].badges == ()


@pytest.mark.parametrize(
    ("concurrency", "tone", "text"),
    [
        (0, "ok", "250 free"),
        (100, "ok", "100 of 250 free"),
        (240, "warning", "240 of 250 free"),
        (300, "error", "50 short"),
    ],
)
def test_a_subnet_shows_free_addresses_against_the_target(
    concurrency: int, tone: str, text: str
) -> None:
    plan = template("brief-network")
    edit = Edit(plan)
    edit.update("attached", concurrency=concurrency)
    boxes = build(plan, Verdicts(capacity=assess(plan))).boxes
    meter = boxes["private"].meter
    assert meter is not None
    assert (meter.tone, meter.text, meter.demand) == (tone, text, concurrency)
    if concurrency == 300:
        assert [badge.text for badge in boxes["attached"].badges] == ["50 short"]


def test_public_and_private_are_told_from_routes_and_corrected_by_analysis() -> None:
    plan = template("brief-network")
    box = build(plan).boxes["public"]
    assert (box.tone, box.tag) == ("public", "Public subnet")
    box = build(plan, Verdicts(tiers={"public": "isolated"})).boxes["public"]
    assert (box.tone, box.tag) == ("isolated", "Isolated subnet")


def test_the_tier_that_analysis_gives_moves_nothing() -> None:
    plan = template("brief-network")
    moved = build(plan, Verdicts(tiers={"public": "isolated", "private": "public"}))
    assert {k: b.rect for k, b in moved.boxes.items()} == {
        k: b.rect for k, b in build(plan).boxes.items()
    }


def test_a_blackhole_shows_on_its_route_table() -> None:
    badges = build(plan_of(EVERYTHING)).boxes["private-rt"].badges
    assert [(badge.tone, badge.text) for badge in badges] == [("error", "blackhole")]


@dataclass(frozen=True)
class _Finding:
    about: tuple[str, ...]
    severity: str = "warning"
    message: str = "Something."


def test_findings_mark_the_boxes_that_they_are_about() -> None:
    marks = marks_of(
        [
            _Finding(("nat", "private")),
            _Finding(("nat",), "error", "Worse."),
            _Finding(("main-rt:customer",), "info"),
            _Finding(("eni:attached@private",)),
        ]
    )
    assert marks["nat"] == Mark("error", 2, "Something.\nWorse.")
    boxes = build(template("brief-network"), Verdicts(marks=marks)).boxes
    assert boxes["nat"].badges == (Badge("error", "2", "Something.\nWorse."),)
    assert boxes["customer"].badges == (Badge("info", "1", "Something."),)
    assert boxes["eni:attached@private"].badges == (Badge("warning", "1", "Something."),)


def test_labels_are_read_instead_of_ids_by_a_thing_and_its_interfaces() -> None:
    plan = template("brief-network")
    edit = Edit(plan)
    edit.update("attached", label="Order intake")
    edit.update("function-sg", label="Functions")
    boxes = build(plan).boxes
    assert boxes["attached"].title == "Order intake"
    assert boxes["eni:attached@private"].title == "Order intake"
    assert boxes["eni:attached@private"].subtitle == "ENI - Functions"


def test_workloads_have_icons_by_type() -> None:
    plan = template("brief-network")
    assert build(plan).boxes["database"].kind == "workload-rds"
    edit = Edit(plan)
    edit.update("database", type="ec2")
    assert build(plan).boxes["database"].kind == "workload-ec2"


def test_a_note_is_as_high_as_its_text() -> None:
    long = "Ask the network team first. " * 12
    plan = plan_of(f"notes: {{short: {{text: Remember}}, long: {{text: {long}}}}}")
    boxes = build(plan).boxes
    assert boxes["short"].rect.height == 96
    assert boxes["long"].rect.height > 200
    Edit(plan).place("long", Placement(0, 0, 200, 96))
    assert build(plan).boxes["long"].rect.height == 96
