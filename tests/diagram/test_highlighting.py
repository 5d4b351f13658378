"""Which boxes and lines an answer lights."""

from __future__ import annotations

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.highlighting import highlight_for
from tests.diagram.plans import EVERYTHING, plan_of, template


def _answer(*paths: PathAnswer, source: str = "attached", target: str = "internet") -> Answer:
    return Answer(
        source=source, target=target, protocol="tcp", port=443, verdict="partial", paths=paths
    )


def _path(hops: str, *obstacles: Obstacle, back: str = "", via: str | None = None) -> PathAnswer:
    return PathAnswer(
        via=via,
        into=None,
        verdict="reachable",
        hops=tuple(Hop(id=name, kind="") for name in hops.split()),
        return_hops=tuple(Hop(id=name, kind="") for name in back.split()),
        obstacles=obstacles,
    )


BRIEF = (
    "attached vpc-to-vpc-nat eni:attached@private function-sg default-acl:customer private "
    "private-routes nat public-routes igw internet"
)


def test_the_way_to_the_internet_lights_every_line_on_it() -> None:
    found = highlight_for(_answer(_path(BRIEF)), build(template("brief-network")))
    assert found.lines == {
        "tunnel:attached->vpc-to-vpc-nat",
        "tunnel:vpc-to-vpc-nat->eni:attached@private",
        "association:private->private-routes",
        "route:private-routes->nat",
        "association:public->public-routes",
        "route:public-routes->igw",
        "gateway:igw->internet",
    }
    assert {"function-sg", "customer", "eni:attached@private"} <= found.boxes
    assert not found.blocked


def test_default_networking_lights_lambdas_own_way() -> None:
    answer = _answer(_path("unattached internet"), source="unattached")
    found = highlight_for(answer, build(template("brief-network")))
    assert found.lines == {"default:lambda-service-vpc->internet"}
    assert "lambda-service-vpc" in found.boxes


def test_obstacles_block_the_boxes_that_decide() -> None:
    stop = Obstacle(at="default-sg:main", code="C", direction="forward", message="", fix="")
    gone = Obstacle(at="nobody", code="C", direction="forward", message="", fix="")
    answer = _answer(_path("orders", stop, gone), source="orders")
    assert highlight_for(answer, build(plan_of(EVERYTHING))).blocked == {"main"}


def test_one_path_or_all() -> None:
    diagram = build(template("two-zones"))
    paths = [
        _path(f"attached vpc-to-vpc-nat eni:attached@private-{z} nat-{z} internet") for z in "ab"
    ]
    answer = _answer(*paths)
    every, one = highlight_for(answer, diagram), highlight_for(answer, diagram, 1)
    assert {"nat-a", "nat-b"} <= every.boxes
    assert "nat-a" not in one.boxes
    assert "tunnel:vpc-to-vpc-nat->eni:attached@private-a" not in one.lines


def test_the_way_back_shows_where_it_is_what_blocks() -> None:
    diagram = build(template("brief-network"))
    stop = Obstacle(at="database-sg", code="C", direction="return", message="", fix="")
    there = "attached vpc-to-vpc-nat eni:attached@private database"
    assert "nat" not in highlight_for(_answer(_path(there, back="nat")), diagram).boxes
    assert "nat" in highlight_for(_answer(_path(there, stop, back="nat")), diagram).boxes


def test_a_peering_lights_its_two_sides() -> None:
    answer = _answer(_path("orders private-rt to-shared shared-rt"), source="orders")
    lines = highlight_for(answer, build(plan_of(EVERYTHING))).lines
    assert {"peering:main->to-shared", "peering:shared->to-shared"} <= lines
    assert "attachment:main->hub" not in lines
