"""Capacity in numbers that were worked out by hand (aws.md 1.3 to 1.5, 4.1)."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.ledger import ledger
from lambdaplanner.analysis.nat_ports import nat_ports
from lambdaplanner.analysis.scaling import ramp_seconds
from tests.analysis.capacity_plans import function, network
from tests.analysis.nat_plans import plan_with, routes

THREE = ("a", "b", "c")


@pytest.mark.parametrize(
    ("prefix", "usable"),
    [(28, 11), (27, 27), (26, 59), (25, 123), (24, 251), (20, 4091), (17, 32_763), (16, 65_531)],
)
def test_vector_1_usable_addresses(prefix: int, usable: int) -> None:
    assert ledger(network({"a": prefix}))["a"].usable == usable


@pytest.mark.parametrize(
    ("own_groups", "prefix", "each", "verdict"),
    [
        (False, 28, 1, "ok"),
        (True, 28, 20, "exhausted"),
        (True, 27, 20, "tight"),
        (True, 26, 20, "ok"),
    ],
)
def test_vector_2_twenty_functions(own_groups: bool, prefix: int, each: int, verdict: str) -> None:
    functions = [
        function(f"f{i}", 1, *THREE, security_groups=(f"sg{i}" if own_groups else "sg",))
        for i in range(20)
    ]
    answer = assess(network(dict.fromkeys(THREE, prefix), *functions), model="hyperplane")
    assert [answer.subnets[name].demand for name in THREE] == [each] * 3
    assert answer.verdict == verdict


@pytest.mark.parametrize(("quota", "most"), [(500, 166), (250, 83)])
def test_vector_2_the_quota_for_each_vpc(quota: int, most: int) -> None:
    for count, verdict in ((most, "ok"), (most + 1, "exhausted")):
        functions = [
            function(f"f{i}", 1, *THREE, security_groups=(f"sg{i}",)) for i in range(count)
        ]
        plan = network(dict.fromkeys(THREE, 20), *functions, hyperplane_enis_per_vpc=quota)
        assert assess(plan, model="hyperplane").verdict == verdict


@pytest.mark.parametrize(
    ("one", "other", "interfaces"), [(("x", "y"), ("y", "x"), 1), (("x",), ("x", "y"), 2)]
)
def test_vector_3_sets_of_groups(
    one: tuple[str, ...], other: tuple[str, ...], interfaces: int
) -> None:
    plan = network(
        {"a": 24},
        function("f", 1, "a", security_groups=one),
        function("g", 1, "a", security_groups=other),
    )
    assert assess(plan, model="hyperplane").subnets["a"].demand == interfaces


@pytest.mark.parametrize(("connections", "interfaces"), [(40, 1), (50, 2)])
def test_vector_4_connections_of_an_interface(connections: int, interfaces: int) -> None:
    plan = network(
        {"a": 24, "b": 24}, function("f", 3000, "a", "b", connections_per_environment=connections)
    )
    answer = assess(plan, model="hyperplane")
    assert [answer.subnets[name].demand for name in "ab"] == [interfaces, interfaces]


@pytest.mark.parametrize(
    ("model", "memory_mb", "demand"),
    [("eni-per-3gb", 1536, 500), ("eni-per-3gb", 128, 42), ("per-invocation", 128, 1000)],
)
def test_vector_5_the_older_models(model: str, memory_mb: int, demand: int) -> None:
    plan = network({"a": 20}, function("f", 1000, "a", memory_mb=memory_mb))
    assert assess(plan, model=model).functions["f"].demand == demand


@pytest.mark.parametrize(
    ("concurrency", "seconds"), [(5000, 40), (0, 0), (1000, 0), (1001, 1), (1100, 1), (1101, 2)]
)
def test_vector_6_the_ramp_from_cold(concurrency: int, seconds: int) -> None:
    assert ramp_seconds(concurrency) == seconds
    plan = network({"a": 24}, function("f", concurrency, "a"), function("g", concurrency))
    answer = assess(plan)
    assert [found.ramp_seconds for found in answer.functions.values()] == [seconds, seconds]


@pytest.mark.parametrize(
    ("gateway", "ports"),
    [
        ("{subnet: public-a, elastic_ips: 2}", 110_000),
        ("{subnet: public-a, elastic_ips: 8}", 440_000),
        ("{vpc: main, mode: regional, elastic_ips: 32}", 1_760_000),
    ],
)
def test_vector_17_connections_to_one_destination(gateway: str, ports: int) -> None:
    plan = plan_with(
        nat_gateways=f"{{nat-a: {gateway}}}",
        route_tables=routes("nat-a", "nat-a"),
        functions="{f: {concurrency: 1, subnets: [a]}}",
    )
    at_most = nat_ports(plan, concurrency={"f": ports})["nat-a"]
    assert (at_most.ports, at_most.headroom, at_most.verdict) == (ports, 0, "ok")
    assert nat_ports(plan, concurrency={"f": ports + 1})["nat-a"].verdict != "ok"
