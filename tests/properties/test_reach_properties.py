"""Reachability against a naive second opinion, and what must hold whatever the plan."""

from __future__ import annotations

import copy
import random
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from netaddr import IPNetwork

from lambdaplanner.analysis.answers import RANK, Answer, PathAnswer
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach, verdict_of
from tests.analysis.reach_plans import plan_from
from tests.properties.reach_oracle import Interface, Oracle, inside
from tests.properties.reach_worlds import BLOCKS, worlds

SAMPLES = (4, 20, 127, 128, 200, 254)
PORTS = (1024, 19999, 20000, 25000, 30000, 30001, 65535)
HOST = "151.101.1.1"
QUESTIONS = ("internet", "db", "203.0.113.9")


def answered(sections: dict[str, Any], target: str, source: str = "fn") -> Answer:
    return reach(compile_network(plan_from(sections)), source, target)


def interfaces(sections: dict[str, Any], subnet: str, groups: list[str]) -> list[Interface]:
    place = sections["subnets"][subnet]
    block = IPNetwork(place["cidr"])
    return [Interface(place["vpc"], subnet, str(block[n]), tuple(groups)) for n in SAMPLES]


def second_opinion(sections: dict[str, Any], subnet: str, target: str) -> set[bool]:
    """What happens to single packets from a subnet, over sample addresses and ports."""
    oracle = Oracle(sections)
    sources = interfaces(sections, subnet, sections["functions"]["fn"]["security_groups"])
    goals: list[Interface | str] = [HOST if target == "internet" else target]
    if target == "db":
        db = sections["workloads"]["db"]
        goals = [*interfaces(sections, db["subnets"][0], db["security_groups"])]
    return {
        oracle.round_trip(source, goal, 443, port)
        for source, goal, port in product(sources, goals, PORTS)
    }


@given(worlds(), st.sampled_from(QUESTIONS))
def test_single_packets_fare_as_the_verdict_says(sections: dict[str, Any], target: str) -> None:
    for path in answered(sections, target).paths:
        assert path.via is not None
        fates = second_opinion(sections, path.via, target)
        told = {"reachable": {True}, "unreachable": {False}, "partial": {True, False}}
        assert fates == told[path.verdict], [o.message for o in path.obstacles]


@given(worlds(), st.sampled_from(QUESTIONS))
def test_answers_explain_themselves(sections: dict[str, Any], target: str) -> None:
    answer = answered(sections, target)
    assert answer.verdict == verdict_of([path.verdict for path in answer.paths])
    for path in answer.paths:
        assert path.hops[0].id == "fn"
        assert (path.verdict == "reachable") == (not path.obstacles)
        if path.verdict == "unreachable":
            assert path.return_hops == () or path.return_hops[-1].id != "fn"
        else:
            assert path.hops[-1].id == ("db" if target == "db" else "internet")
            assert path.return_hops[-1].id == "fn"


@given(worlds(), st.sampled_from(QUESTIONS), st.sampled_from(BLOCKS), st.data())
def test_allowing_more_never_takes_away(
    sections: dict[str, Any], target: str, block: str, data: st.DataObject
) -> None:
    before = answered(sections, target)
    wider = copy.deepcopy(sections)
    name = data.draw(st.sampled_from(sorted(wider["security_groups"])))
    side = data.draw(st.sampled_from(["inbound", "outbound"]))
    if side in wider["security_groups"][name]:
        wider["security_groups"][name][side].append({"cidr": block})
    after = answered(wider, target)
    for old, new in zip(before.paths, after.paths, strict=True):
        assert RANK[new.verdict] >= RANK[old.verdict]


@given(worlds(), st.sampled_from(QUESTIONS), st.data())
def test_a_route_that_hid_no_other_is_never_missed(
    sections: dict[str, Any], target: str, data: st.DataObject
) -> None:
    routed = [
        (name, block)
        for name, table in sections["route_tables"].items()
        for block in table["routes"]
        if not any(
            other != block and inside(block.split("/")[0], other)
            for other in (*table["routes"], sections["vpcs"][table["vpc"]]["cidr"])
            if int(other.split("/")[1]) < int(block.split("/")[1])
        )
    ]
    if not routed:
        return
    name, block = data.draw(st.sampled_from(routed))
    fewer = copy.deepcopy(sections)
    del fewer["route_tables"][name]["routes"][block]
    before, after = answered(sections, target), answered(fewer, target)
    for old, new in zip(before.paths, after.paths, strict=True):
        assert RANK[new.verdict] <= RANK[old.verdict]


@given(worlds(), st.sampled_from(QUESTIONS), st.integers(0, 1000))
def test_the_order_of_a_plan_is_no_matter(sections: dict[str, Any], target: str, seed: int) -> None:
    shuffled: dict[str, Any] = {}
    chance = random.Random(seed)
    for section in chance.sample(sorted(sections), len(sections)):
        things = list(sections[section].items())
        chance.shuffle(things)
        shuffled[section] = dict(things)
    assert answered(shuffled, target) == answered(sections, target)


@given(worlds(), st.sampled_from(QUESTIONS))
def test_subnets_are_judged_alone(sections: dict[str, Any], target: str) -> None:
    whole = answered(sections, target)
    alone: list[PathAnswer] = []
    for subnet in sections["functions"]["fn"]["subnets"]:
        one = copy.deepcopy(sections)
        one["functions"]["fn"]["subnets"] = [subnet]
        alone += answered(one, target).paths
    assert tuple(alone) == whole.paths
