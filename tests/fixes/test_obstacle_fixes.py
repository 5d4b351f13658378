"""Fixes of obstacles: what is offered clears them, breaks nothing, and can be taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import lambdaplanner.analysis
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.catalogue import FOR_OBSTACLES
from lambdaplanner.fixes.offers import Offer, clearable, for_obstacle
from lambdaplanner.fixes.registry import Met
from lambdaplanner.fixes.unfixable import BY_NO_EDIT, NONE_HERE, why_not
from tests.analysis.reach_plans import plan_with
from tests.fixes.bad_plans import BAD, Bad
from tests.fixes.proving import proves

CODES = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)"')


def engine_codes() -> set[str]:
    """Every code that analysis gives."""
    folder = Path(lambdaplanner.analysis.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return set(CODES.findall(text))


def met_in(bad: Bad) -> tuple[PlanAnalysis, Met]:
    view = PlanAnalysis(bad.plan)
    answer = view.question(bad.source, bad.target)
    found = [
        Met(answer, path, obstacle)
        for path in answer.paths
        for obstacle in path.obstacles
        if (obstacle.code, obstacle.direction) == (bad.code, bad.direction)
    ]
    assert found, [(o.at, o.code, o.direction) for p in answer.paths for o in p.obstacles]
    return view, found[0]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_every_offer_clears_its_obstacle(bad: Bad) -> None:
    view, met = met_in(bad)

    offers = list(for_obstacle(view, met))

    assert offers[0].fix.slug == bad.first, [offer.fix.label for offer in offers]
    for offer in offers:
        proves(view, met, offer)


def test_every_code_is_fixable_or_has_a_reason() -> None:
    codes = engine_codes()
    assert len(codes) > 30
    assert codes == FOR_OBSTACLES.keys() | BY_NO_EDIT.keys()
    assert FOR_OBSTACLES.keys().isdisjoint(BY_NO_EDIT)
    assert all(clearable(code) for code in FOR_OBSTACLES)


def test_every_fixable_code_has_a_bad_plan() -> None:
    assert {bad.code for bad in BAD} == set(FOR_OBSTACLES)


def test_what_no_edit_mends_says_why() -> None:
    answer = PlanAnalysis(plan_with()).question("web", "fn")
    (obstacle,) = answer.paths[0].obstacles

    assert why_not(obstacle).startswith("No edit mends this: functions are invoked")
    assert all(reason.endswith(".") for reason in (*BY_NO_EDIT.values(), NONE_HERE))


def offered(bad_name: str) -> list[Offer]:
    (bad,) = [bad for bad in BAD if bad.name == bad_name]
    return list(for_obstacle(*met_in(bad)))


def test_a_label_says_what_is_done_and_ends_without_a_full_stop() -> None:
    for bad in BAD:
        for offer in for_obstacle(*met_in(bad)):
            label = offer.fix.label
            assert label[0].isupper()
            assert not label.endswith(".")
            assert re.fullmatch(r"[a-z0-9-]+", offer.fix.slug)


def test_a_nat_gateway_of_the_same_zone_is_the_first_choice() -> None:
    first, second = offered("no route, but a NAT gateway")[:2]
    assert first.fix.label == "Route data to the NAT gateway nat"
    assert second.fix.label == "Add a NAT gateway in b and route data there"


def test_without_anything_a_whole_way_out_is_built() -> None:
    offer = offered("no way out at all")[0]
    assert offer.after.internet("fn").verdict == "reachable"
    assert set(offer.changes.ids("order")) == {
        "igw-1",
        "nat-b",
        "public-b",
        "public-b-routes",
    }


def test_a_default_group_is_written_out_for_all_who_have_it() -> None:
    plan = plan_with(
        workloads={
            "db": {"type": "rds", "subnets": ["data"], "port": 5432},
            "cache": {"type": "elasticache", "subnets": ["data"], "port": 5432},
        }
    )
    view = PlanAnalysis(plan)
    assert view.question("db", "cache").verdict == "reachable"
    answer = view.question("fn", "db")
    path = answer.paths[0]

    offer = next(iter(for_obstacle(view, Met(answer, path, path.obstacles[0]))))

    assert offer.after.question("fn", "db").verdict == "reachable"
    assert offer.after.question("db", "cache").verdict == "reachable"


def test_a_shared_group_may_stay_as_it_is() -> None:
    plan = plan_with(
        security_groups={"db-sg": {"vpc": "main"}},
        workloads={
            "twin": {"type": "rds", "subnets": ["data"], "security_groups": ["db-sg"]},
        },
    )
    view = PlanAnalysis(plan)
    answer = view.question("fn", "db")
    path = answer.paths[0]

    last = list(for_obstacle(view, Met(answer, path, path.obstacles[0])))[-1]

    assert last.fix.slug == "add-security-group"
    assert last.after.question("fn", "twin", 5432).verdict == "unreachable"


def test_a_wide_route_to_a_peer_leaves_the_peer_reachable() -> None:
    offer = offered("the way out of a peer")[0]
    assert offer.after.question("fn", "internet").verdict == "reachable"
    assert offer.after.question("fn", "db").verdict == "reachable"
