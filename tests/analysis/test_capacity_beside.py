"""What stands beside the verdicts: the account, the reasons, room for larger subnets, the worst
zone.
"""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.answers import AccountCapacity
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.room import Room, rooms
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.worst_zone import ZoneLoss, worst_zone
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.plan import Plan
from tests.analysis.capacity_plans import function, network

# the account -------------------------------------------------------------------------------------


def test_the_account_counts_every_function_attached_or_not() -> None:
    plan = network({"a": 20}, function("f", 600, "a"), function("g", 400))
    assert assess(plan).account == AccountCapacity(concurrency=1000, quota=1000)
    assert assess(plan).account.verdict == "ok"
    over = assess(plan, concurrency={"g": 401})
    assert (over.account.verdict, over.verdict) == ("exceeded", "ok")


def test_the_quota_is_a_setting() -> None:
    plan = network({"a": 20}, function("f", 600, "a"), account_concurrency=599)
    assert assess(plan).account.verdict == "exceeded"


# reasons -----------------------------------------------------------------------------------------


def test_addresses_elsewhere_help_nobody() -> None:
    plan = network({"a": 28, "b": 24}, function("f", 12, "a"), function("g", 1, "b"))
    assert (
        assess(plan)
        .reasons["per-invocation"]
        .endswith(
            "13 invocations need 13 addresses and 262 are free, but not where they are wanted."
        )
    )


def test_a_quota_is_named_where_it_is_what_is_missing() -> None:
    plan = network({"a": 24, "b": 24}, function("f", 1, "a", "b"), hyperplane_enis_per_vpc=1)
    assert (
        assess(plan)
        .reasons["hyperplane"]
        .endswith("502 are free, but main would have 2 interfaces of 1 that the quota allows.")
    )


def test_the_old_formula_read_for_each_subnet() -> None:
    plan = network({"a": 24, "b": 24}, function("f", 400, "a", "b", memory_mb=3072))
    reason = assess(plan).reasons["eni-per-3gb"]
    assert reason.endswith(
        "Read as a number for each subnet, as some read the formula, it does not fit: a would "
        "need 400, and 251 are free."
    )
    assert assess(plan).models["eni-per-3gb"] == "ok"
    for target in (251, 503):  # both readings fit, or neither does
        assert "as some read" not in assess(plan, concurrency={"f": target}).reasons["eni-per-3gb"]


# room for larger subnets -------------------------------------------------------------------------


def crowded(*cidrs: str, vpc: str = "10.0.0.0/24", target: int = 100) -> Plan:
    """A small VPC, a subnet for each block in a zone of its own, one function in all of them."""
    subnets = [
        Subnet(id=f"s{place}", vpc="main", az="abc"[place], cidr=cidr)
        for place, cidr in enumerate(cidrs)
    ]
    names = tuple(subnet.id for subnet in subnets)
    return plan_of(
        [Vpc(id="main", cidr=vpc), *subnets, Function(id="f", concurrency=target, subnets=names)]
    )


def test_the_next_free_blocks_are_offered_one_for_each_subnet() -> None:
    plan = crowded("10.0.0.0/28", "10.0.0.64/28")
    assert rooms(plan, assess(plan)) == {
        "f": Room(
            prefix=26,
            places=(("s0", "10.0.0.0/26"), ("s1", "10.0.0.64/26")),
            subnets=2,
            fits=26,
            widened=("s0", "s1"),
        )
    }


def test_a_vpc_without_room_for_all_says_what_still_fits() -> None:
    plan = crowded("10.0.0.0/28", "10.0.0.64/28", target=200)
    assert assess(plan).functions["f"].suggested_prefix == 25
    assert rooms(plan, assess(plan))["f"] == Room(
        prefix=25, places=(("s0", "10.0.0.128/25"),), subnets=2, fits=26
    )


def test_a_full_vpc_has_no_room_at_all() -> None:
    plan = crowded("10.0.0.0/25", "10.0.0.128/25", target=300)
    assert rooms(plan, assess(plan))["f"] == Room(prefix=24, places=(), subnets=2, fits=None)


def test_secondary_blocks_count() -> None:
    vpc = Vpc(id="main", cidr="10.0.0.0/28", secondary_cidrs=("100.64.0.0/24",))
    plan = plan_of(
        [
            vpc,
            Subnet(id="s", vpc="main", az="a", cidr="10.0.0.0/28"),
            Function(id="f", concurrency=50, subnets=("s",)),
        ]
    )
    assert rooms(plan, assess(plan))["f"].blocks == ("100.64.0.0/26",)


def test_who_fits_or_could_fit_nowhere_is_offered_nothing() -> None:
    plan = crowded("10.0.0.0/28", target=5)
    assert rooms(plan, assess(plan)) == {}
    assert rooms(plan, assess(plan, concurrency={"f": 70_000})) == {}


def test_without_a_zone_only_the_subnets_that_remain_want_room() -> None:
    plan = crowded("10.0.0.0/28", "10.0.0.64/28", target=50)
    answer = assess(plan, scenario=Scenario(without_zones=("a",)))
    assert rooms(plan, answer, scenario=Scenario(without_zones=("a",)))["f"].subnets == 1


def test_each_vpc_of_a_function_that_stands_in_two_is_searched() -> None:
    plan = plan_of(
        [
            Vpc(id="one", cidr="10.0.0.0/24"),
            Vpc(id="two", cidr="10.1.0.0/24"),
            Subnet(id="s", vpc="one", az="a", cidr="10.0.0.0/28"),
            Subnet(id="t", vpc="two", az="a", cidr="10.1.0.0/28"),
            Function(id="f", concurrency=60, subnets=("t", "s")),
        ]
    )
    assert rooms(plan, assess(plan))["f"].blocks == ("10.1.0.0/26", "10.0.0.0/26")


# the worst zone ----------------------------------------------------------------------------------


def test_the_zone_whose_loss_leaves_least_is_the_worst() -> None:
    plan = network({"a": 24, "b": 23}, function("f", 300, "a", "b"))
    loss = worst_zone(plan)
    assert loss is not None
    assert (loss.az, loss.verdict, loss.shortfall) == ("eu-west-1b", "exhausted", 49)
    assert loss.functions == {"f": ZoneLoss(az="eu-west-1b", verdict="exhausted", shortfall=49)}
    assert assess(plan).verdict == "ok"


def test_only_functions_that_do_not_fit_then_are_named() -> None:
    plan = network({"a": 24, "b": 24}, function("f", 5, "a"), function("g", 9, "b"))
    loss = worst_zone(plan)
    assert loss is not None
    assert (loss.az, loss.shortfall) == ("eu-west-1b", 9)
    assert {name: (each.az, each.shortfall) for name, each in loss.functions.items()} == {
        "g": ("eu-west-1b", 9),
    }


def test_where_every_zone_can_be_lost_the_worst_is_ok() -> None:
    plan = network({"b": 24, "a": 24}, function("f", 200, "a", "b"), function("loose", 5))
    loss = worst_zone(plan)
    assert loss is not None
    assert (loss.verdict, loss.shortfall, list(loss.functions)) == ("ok", 0, [])


@pytest.mark.parametrize("things", [(), (function("f", 5),)])
def test_no_attached_function_no_worst_zone(things: tuple[Function, ...]) -> None:
    assert worst_zone(network({"a": 24}, *things)) is None


def test_the_worst_zone_follows_model_and_targets() -> None:
    plan = network(
        {"a": 24, "b": 24},
        function("f", 200, "a", "b"),
        Workload(id="w", type="generic", subnets=("b",), ips=100),
    )
    assert worst_zone(plan, concurrency={"f": 2}).verdict == "ok"  # type: ignore[union-attr]
    assert worst_zone(plan, model="hyperplane").verdict == "ok"  # type: ignore[union-attr]
    found = worst_zone(plan)
    assert found is not None
    assert (found.az, found.shortfall) == ("eu-west-1a", 49)
    with pytest.raises(QuestionError):
        worst_zone(plan, model="guess")
