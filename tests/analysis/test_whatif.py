"""What if: a zone less, a NAT gateway less, more traffic; the plan stays as it is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.whatif import Imagined, imagine, zones_of
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.plan_file import plan_text
from tests.analysis.reach_plans import function, plan_with, route_table

TWO_ZONES = {
    "subnets": {
        "private-b": {"vpc": "main", "az": "b", "cidr": "10.0.3.0/24", "route_table": "b-rt"},
    },
    "route_tables": {"b-rt": route_table({"0.0.0.0/0": "nat"})},
    "functions": {
        "fn": function(subnets=["private", "private-b"], concurrency=300),
        "only-a": function(),
    },
}


def imagined(**scenario: object) -> Imagined:
    plan = plan_with(**TWO_ZONES)
    before = plan_text(plan)
    found = imagine(plan, Scenario(**scenario))  # type: ignore[arg-type]
    assert plan_text(plan) == before
    return found


def verdict(found: Imagined, source: str, target: str) -> str:
    return reach(compile_network(found.plan), source, target).verdict


def test_without_a_zone_its_gateway_serves_the_others_no_more() -> None:
    found = imagined(without_zones=("a",))
    assert verdict(found, "fn", "internet") == "unreachable"
    assert verdict(found, "fn", "db") == "reachable"


def test_without_the_other_zone_the_rest_works_on() -> None:
    found = imagined(without_zones=("b",))
    assert verdict(found, "fn", "internet") == "reachable"
    assert found.stranded == ("db",)


def test_a_function_that_loses_every_subnet_does_not_fall_back_to_default_networking() -> None:
    found = imagined(without_zones=("a",))
    assert "only-a" in found.stranded
    with pytest.raises(QuestionError):
        verdict(found, "only-a", "internet")


def test_without_a_gateway_its_routes_lead_nowhere() -> None:
    found = imagined(without_nats=("nat",))
    assert verdict(found, "fn", "internet") == "unreachable"
    assert verdict(found, "fn", "db") == "reachable"
    assert found.stranded == ()


def test_targets_are_multiplied_and_rounded_up() -> None:
    found = imagined(times=Fraction("1.5"))
    assert found.plan.resource("fn").concurrency == 450  # type: ignore[attr-defined]
    assert found.plan.resource("only-a").concurrency == 2  # type: ignore[attr-defined]


def test_capacity_without_a_zone_is_what_the_capacity_question_says() -> None:
    plan = plan_with(**TWO_ZONES)
    asked = assess(plan, scenario=Scenario(without_zones=("a",))).functions["fn"]
    assert assess(imagined(without_zones=("a",)).plan).functions["fn"].verdict == asked.verdict


@pytest.mark.parametrize(
    ("scenario", "says"),
    [
        ({"without_zones": ("c",)}, 'no subnet stands in zone "c"'),
        ({"without_nats": ("natt",)}, 'there is no NAT gateway "natt"; did you mean "nat"'),
        ({"times": Fraction(0)}, "0 times the concurrency makes no sense"),
        ({"times": Fraction(5000)}, "5000 times the concurrency makes no sense"),
    ],
)
def test_a_scenario_that_makes_no_sense_is_an_error(scenario: dict[str, object], says: str) -> None:
    with pytest.raises(QuestionError, match=says):
        imagined(**scenario)


def test_a_scenario_says_what_it_is() -> None:
    both = Scenario(without_zones=("a",), without_nats=("nat",), times=Fraction("1.5"))
    assert both.sentence == ("without zone a and without nat and with 1.5 times the concurrency")
    assert not Scenario()
    assert both


def test_the_zones_of_a_plan_are_those_of_its_subnets() -> None:
    assert zones_of(plan_with(**TWO_ZONES)) == ("a", "b")
