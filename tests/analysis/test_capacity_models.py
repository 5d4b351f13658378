"""AWS's formula before September 2019, and AWS today."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.plan import Plan
from tests.analysis.capacity_plans import function, network

SUBNETS = ("a", "b", "c")


def twenty(prefix: int, *, own_groups: bool, **settings: Any) -> Plan:
    return many(20, prefix, own_groups=own_groups, **settings)


def many(count: int, prefix: int, *, own_groups: bool, **settings: Any) -> Plan:
    functions = (
        function(f"f{i}", 1, *SUBNETS, security_groups=(f"sg{i}" if own_groups else "sg",))
        for i in range(count)
    )
    return network(dict.fromkeys(SUBNETS, prefix), *functions, **settings)


@pytest.mark.parametrize(
    ("concurrency", "memory_mb", "interfaces"), [(1000, 1536, 500), (1000, 128, 42), (0, 128, 0)]
)
def test_an_interface_for_every_3_gb(concurrency: int, memory_mb: int, interfaces: int) -> None:
    plan = network({"a": 20}, function("f", concurrency, "a", memory_mb=memory_mb))
    answer = assess(plan, model="eni-per-3gb")
    assert answer.functions["f"].demand == interfaces
    assert answer.subnets["a"].demand == interfaces
    assert assess(plan).functions["f"].demand == concurrency


def test_memory_bounds_the_concurrency_of_the_old_formula() -> None:
    plan = network({"a": 28}, function("f", 70, "a", memory_mb=512))
    found = assess(plan, model="eni-per-3gb").functions["f"]
    assert (found.demand, found.verdict) == (12, "exhausted")
    assert (found.max_concurrency, found.shortfall) == (66, 4)
    assert found.error == "EC2ThrottledException"
    assert assess(plan, model="eni-per-3gb", concurrency={"f": 66}).verdict == "ok"


def test_one_set_of_groups_shares_an_interface_a_subnet() -> None:
    answer = assess(twenty(28, own_groups=False), model="hyperplane")
    assert [answer.subnets[s].demand for s in SUBNETS] == [1, 1, 1]
    assert answer.verdict == "ok"


@pytest.mark.parametrize(("prefix", "verdict"), [(28, "exhausted"), (27, "tight"), (26, "ok")])
def test_groups_of_their_own_take_interfaces_of_their_own(prefix: int, verdict: str) -> None:
    answer = assess(twenty(prefix, own_groups=True), model="hyperplane")
    assert [answer.subnets[s].demand for s in SUBNETS] == [20, 20, 20]
    assert answer.verdict == verdict
    found = answer.functions["f0"]
    assert found.suggested_prefix == (None if verdict == "ok" else 26)
    assert found.bottleneck == (() if verdict == "ok" else SUBNETS)
    expected = "SubnetIPAddressLimitReachedException" if verdict == "exhausted" else None
    assert found.error == expected


@pytest.mark.parametrize(
    ("quota", "count", "verdict"),
    [(500, 166, "ok"), (500, 167, "exhausted"), (250, 83, "ok"), (250, 84, "exhausted")],
)
def test_the_quota_of_interfaces_for_each_vpc(quota: int, count: int, verdict: str) -> None:
    plan = many(count, 20, own_groups=True, hyperplane_enis_per_vpc=quota)
    answer = assess(plan, model="hyperplane")
    assert answer.verdict == verdict
    found = answer.functions["f0"]
    assert found.error == ("ENILimitReachedException" if verdict == "exhausted" else None)
    assert found.suggested_prefix is None


def test_file_systems_share_the_quota() -> None:
    plan = network(
        {"a": 24},
        function("f", 1, "a"),
        Workload(id="files", type="efs", subnets=("a",)),
        hyperplane_enis_per_vpc=1,
    )
    assert assess(plan, model="hyperplane").functions["f"].error == "ENILimitReachedException"


def test_the_order_of_groups_does_not_matter() -> None:
    plan = network(
        {"a": 24},
        function("f", 1, "a", security_groups=("x", "y")),
        function("g", 1, "a", security_groups=("y", "x")),
    )
    assert assess(plan, model="hyperplane").subnets["a"].demand == 1
    plan = network(
        {"a": 24},
        function("f", 1, "a", security_groups=("x",)),
        function("g", 1, "a", security_groups=("x", "y")),
        function("h", 1, "a"),
    )
    assert assess(plan, model="hyperplane").subnets["a"].demand == 3


@pytest.mark.parametrize(("connections", "interfaces"), [(40, 1), (50, 2)])
def test_each_65_000_connections_take_one_more(connections: int, interfaces: int) -> None:
    plan = network(
        {"a": 24, "b": 24}, function("f", 3000, "a", "b", connections_per_environment=connections)
    )
    answer = assess(plan, model="hyperplane")
    assert [answer.subnets[s].demand for s in "ab"] == [interfaces, interfaces]
    assert answer.functions["f"].demand == 2 * interfaces


def test_connections_bound_the_concurrency_of_an_interface() -> None:
    plan = network(
        {"a": 24},
        function("f", 1, "a", connections_per_environment=1000),
        function("g", 30, "a", connections_per_environment=1000),
        free={"a": 2},
    )
    found = assess(plan, model="hyperplane").functions["f"]
    assert found.max_concurrency == 100
    full = assess(plan, model="hyperplane", concurrency={"f": 101})
    assert full.functions["f"].verdict == "exhausted"
    assert full.functions["f"].shortfall == 1
    assert assess(plan, model="hyperplane", concurrency={"f": 100}).verdict != "exhausted"


def test_the_quota_bounds_the_concurrency_too() -> None:
    plan = network(
        {"a": 20, "b": 20},
        function("f", 1, "a", "b", connections_per_environment=1000),
        hyperplane_enis_per_vpc=5,
    )
    most = assess(plan, model="hyperplane").functions["f"].max_concurrency
    assert most == 260
    assert assess(plan, model="hyperplane", concurrency={"f": most}).verdict == "ok"
    over = assess(plan, model="hyperplane", concurrency={"f": most + 1}).functions["f"]
    assert over.error == "ENILimitReachedException"


def test_an_idle_attachment_still_needs_its_interface() -> None:
    plan = network({"a": 24}, function("f", 0, "a"), free={"a": 0})
    found = assess(plan, model="hyperplane").functions["f"]
    assert (found.verdict, found.max_concurrency, found.demand) == ("exhausted", 0, 1)
    assert found.error == "SubnetIPAddressLimitReachedException"
    assert assess(plan).functions["f"].verdict == "ok"


def test_an_unattached_function_has_no_interface() -> None:
    answer = assess(network({"a": 24}, function("f", 5)), model="hyperplane")
    assert (answer.functions["f"].demand, answer.functions["f"].verdict) == (0, "ok")
    assert answer.reasons["hyperplane"].endswith(
        "no function is attached, so none takes an address."
    )
