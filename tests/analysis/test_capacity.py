"""The ledger, and concurrency that takes an address for each invocation."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.ledger import ledger
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.transit_gateway import TransitAttachment, TransitGateway
from lambdaplanner.kinds.workload import TYPES, Workload
from tests.analysis.capacity_plans import function, network


@pytest.mark.parametrize(("prefix", "usable"), [(28, 11), (24, 251), (16, 65_531)])
def test_usable_addresses(prefix: int, usable: int) -> None:
    assert ledger(network({"a": prefix}))["a"].usable == usable


def test_a_block_smaller_than_the_reserved_addresses_has_none() -> None:
    row = ledger(network({"a": 30}))["a"]
    assert (row.addresses, row.reserved, row.usable, row.free) == (4, 4, 0, 0)


@pytest.mark.parametrize(
    ("thing", "used"),
    [
        (Workload(id="x", type="rds", subnets=("a",)), 1),
        (Workload(id="x", type="alb", subnets=("a", "b")), 8),
        (Workload(id="x", type="fargate", subnets=("a",), ips=40), 40),
        (Workload(id="x", type="ec2", subnets=("b",)), 0),
        (NatGateway(id="x", subnet="a"), 1),
        (NatGateway(id="x", subnet="a", elastic_ips=3), 3),
        (NatGateway(id="x", subnet="a", connectivity="private", elastic_ips=0), 1),
        (NatGateway(id="x", vpc="main", mode="regional"), 0),
        (Endpoint(id="x", vpc="main", service="sqs", type="interface", subnets=("a",)), 1),
        (Endpoint(id="x", vpc="main", service="s3", type="gateway"), 0),
        (TransitGateway(id="x", attachments=(TransitAttachment(vpc="main", subnets=("a",)),)), 1),
        (function("x", 100, "a"), 0),
    ],
    ids=lambda value: getattr(value, "kind", value),
)
def test_each_interface_takes_one_address(thing: object, used: int) -> None:
    row = ledger(network({"a": 24, "b": 24}, thing))["a"]  # type: ignore[arg-type]
    assert (row.used, row.free) == (used, 251 - used)
    assert row.used_by == ((("x", used),) if used else ())


COUNTED = dict.fromkeys(TYPES, 1) | {"alb": 8, "rds-proxy": 10}
"""Addresses in each subnet, by type of workload (aws.md 2.3)."""


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_of_workload_takes_its_number_in_each_of_its_subnets(kind: str) -> None:
    rows = ledger(
        network({"a": 24, "b": 24, "c": 24}, Workload(id="x", type=kind, subnets=("a", "b")))
    )
    assert [rows[name].used for name in "abc"] == [COUNTED[kind], COUNTED[kind], 0]


def test_advice_is_told_and_not_counted() -> None:
    plain = Workload(id="x", type="rds", subnets=("a",))
    assert "one more free" in plain.spare_advice
    assert plain.addresses_per_subnet == 1
    assert Workload(id="x", type="rds", subnets=("a",), ips=1).spare_advice == ""
    assert Workload(id="x", type="ec2", subnets=("a",)).spare_advice == ""


def test_the_ledger_says_who_in_the_order_made() -> None:
    plan = network(
        {"a": 24},
        Workload(id="z", type="ec2", subnets=("a",)),
        Workload(id="b", type="ec2", subnets=("a",)),
        free={"a": 241},
    )
    assert ledger(plan)["a"].used_by == (("a", 10), ("z", 1), ("b", 1))


def test_more_used_than_usable_is_a_negative_number() -> None:
    plan = network({"a": 28}, Workload(id="x", type="generic", subnets=("a",), ips=20))
    subnet = assess(plan).subnets["a"]
    assert (subnet.usable, subnet.used, subnet.free, subnet.headroom) == (11, 20, -9, -9)


def test_a_target_that_fits() -> None:
    answer = assess(network({"a": 24, "b": 24}, function("f", 401, "a", "b")))
    assert [answer.subnets[s].demand for s in "ab"] == [201, 200]
    assert [answer.subnets[s].headroom for s in "ab"] == [50, 51]
    found = answer.functions["f"]
    assert (found.verdict, found.demand, found.max_concurrency) == ("ok", 401, 502)
    assert (found.shortfall, found.error, found.suggested_prefix) == (0, None, None)
    assert found.bottleneck == ()
    assert answer.verdict == "ok"


def test_a_target_that_does_not_fit_says_what_would() -> None:
    plan = network(
        {"a": 24}, function("f", 200, "a"), Workload(id="db", type="rds", subnets=("a",))
    )
    found = assess(plan, concurrency={"f": 251}).functions["f"]
    assert (found.verdict, found.shortfall, found.error) == (
        "exhausted",
        1,
        "EC2ThrottledException",
    )
    assert (found.max_concurrency, found.suggested_prefix) == (250, 23)
    assert found.bottleneck == ("a",)
    assert assess(plan).functions["f"].verdict == "ok"


def test_uneven_subnets_fit_another_spread() -> None:
    plan = network({"small": 28, "large": 24}, function("f", 100, "small", "large"))
    found = assess(plan).functions["f"]
    assert (found.verdict, found.shortfall, found.error) == ("uneven", 0, None)
    assert (found.max_concurrency, found.suggested_prefix) == (262, 26)
    assert found.bottleneck == ("small",)


def test_functions_that_share_a_subnet_compete() -> None:
    plan = network({"a": 24}, function("f", 200, "a"), function("g", 100, "a"))
    answer = assess(plan)
    assert {name: f.verdict for name, f in answer.functions.items()} == {
        "f": "exhausted",
        "g": "exhausted",
    }
    assert answer.functions["f"].max_concurrency == 151
    assert answer.functions["g"].max_concurrency == 51
    assert answer.functions["g"].shortfall == 49
    assert answer.functions["g"].suggested_prefix == 23


def test_one_function_moves_aside_for_another() -> None:
    plan = network(
        {"a": 24, "b": 24},
        function("f", 10, "a"),
        function("g", 100, "a", "b"),
        free={"a": 50, "b": 70},
    )
    answer = assess(plan)
    assert answer.functions["g"].verdict == "uneven"
    assert answer.functions["f"].max_concurrency == 20
    assert answer.functions["g"].max_concurrency == 110


def test_others_that_do_not_fit_are_first_given_as_much_as_fits() -> None:
    plan = network(
        {"a": 24, "b": 24},
        function("f", 25, "a"),
        function("g", 5, "a", "b"),
        free={"a": 10, "b": 10},
    )
    answer = assess(plan)
    greedy, modest = answer.functions["f"], answer.functions["g"]
    assert (greedy.verdict, greedy.max_concurrency, greedy.bottleneck) == ("exhausted", 10, ("a",))
    assert (modest.verdict, modest.max_concurrency, modest.shortfall) == ("exhausted", 10, 0)


def test_a_function_elsewhere_is_not_touched_by_exhaustion() -> None:
    plan = network({"a": 28, "b": 24}, function("f", 100, "a"), function("g", 100, "b"))
    answer = assess(plan)
    assert (answer.functions["f"].verdict, answer.functions["g"].verdict) == ("exhausted", "ok")
    assert answer.verdict == "exhausted"


def test_an_overfull_subnet_carries_nothing() -> None:
    plan = network(
        {"a": 28}, function("f", 1, "a"), Workload(id="x", type="generic", subnets=("a",), ips=30)
    )
    found = assess(plan).functions["f"]
    assert (found.verdict, found.max_concurrency, found.suggested_prefix) == ("exhausted", 0, 26)


def test_no_target_needs_no_address() -> None:
    plan = network({"a": 28}, function("f", 0, "a"), function("g", 100, "a"))
    answer = assess(plan)
    assert (answer.functions["f"].verdict, answer.functions["f"].demand) == ("ok", 0)
    assert answer.functions["f"].max_concurrency == 0
    assert answer.functions["g"].verdict == "exhausted"


def test_an_unattached_function_is_bounded_by_the_account_alone() -> None:
    plan = network({"a": 28}, function("f", 700), function("g", 1200))
    answer = assess(plan)
    assert [(f.verdict, f.demand, f.shortfall) for f in answer.functions.values()] == [
        ("ok", 0, 0),
        ("ok", 0, 0),
    ]
    assert answer.functions["f"].max_concurrency == 1000
    assert answer.functions["g"].max_concurrency == 1200


def test_no_subnet_is_large_enough_for_the_suggestion() -> None:
    plan = network({"a": 24}, function("f", 70_000, "a"))
    assert assess(plan).functions["f"].suggested_prefix is None
    assert assess(plan, concurrency={"f": 65_531}).functions["f"].suggested_prefix == 16


def test_the_suggestion_is_a_subnet_that_aws_makes() -> None:
    plan = network({"a": 30}, function("f", 1, "a"))
    assert assess(plan).functions["f"].suggested_prefix == 28


def test_without_a_zone_the_others_carry_all() -> None:
    plan = network({"a": 24, "b": 24, "c": 24}, function("f", 300, "a", "b"), function("g", 9, "a"))
    answer = assess(plan, scenario=Scenario(without_zones=("eu-west-1a",)))
    assert [answer.subnets[s].demand for s in "abc"] == [0, 300, 0]
    assert answer.functions["f"].verdict == "exhausted"
    assert answer.functions["f"].max_concurrency == 251
    stranded = answer.functions["g"]
    assert (stranded.verdict, stranded.max_concurrency, stranded.shortfall) == ("exhausted", 0, 9)
    assert (stranded.error, stranded.suggested_prefix) == ("EC2ThrottledException", None)


def test_everything_is_listed_in_the_order_made() -> None:
    plan = network({"z": 24, "a": 24}, function("q", 1, "a"), function("b", 1))
    answer = assess(plan)
    assert list(answer.subnets) == ["z", "a"]
    assert list(answer.functions) == ["q", "b"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ({"concurrency": {"oders": 1}}, 'no function "oders"; did you mean "orders"?'),
        ({"concurrency": {"a": 1}}, 'no function "a"; it is a subnet'),
        ({"concurrency": {"orders": -1}}, "-1 for orders is not possible"),
        ({"model": "hyperplan"}, 'did you mean "hyperplane"?'),
        ({"scenario": Scenario(without_zones=("eu-west-1z",))}, 'zone "eu-west-1z"'),
    ],
)
def test_questions_about_what_is_not_there(question: dict[str, object], said: str) -> None:
    plan = network({"a": 24}, function("orders", 1, "a"))
    with pytest.raises(QuestionError) as caught:
        assess(plan, **question)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_the_models_stand_side_by_side_with_reasons() -> None:
    plan = network({"a": 24}, function("f", 1000, "a", memory_mb=512))
    answer = assess(plan)
    assert answer.models == {"per-invocation": "exhausted", "eni-per-3gb": "ok", "hyperplane": "ok"}
    assert answer.reasons["per-invocation"].endswith(
        "1,000 invocations need 1,000 addresses and 251 are free, which does not fit."
    )
    assert "need 167 addresses" in answer.reasons["eni-per-3gb"]
    assert "need 1 address and" in answer.reasons["hyperplane"]


def test_the_plan_chooses_the_model_and_the_question_may_choose_another() -> None:
    plan = network({"a": 24}, function("f", 1000, "a"), capacity_model="hyperplane")
    assert (assess(plan).model, assess(plan).verdict) == ("hyperplane", "ok")
    assert assess(plan, model="per-invocation").verdict == "exhausted"
