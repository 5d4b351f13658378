"""Reachability against single packets with a network of their own: every verdict of every path, in
worlds of up to four VPCs with all that a plan can hold.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import reach_among
from lambdaplanner.formats.plan_file import read_text
from tests.effort import examples
from tests.properties.flight_judge import Question, judge, overall
from tests.properties.flight_worlds import a_plan, a_question

WORLDS = int(os.environ.get("LAMBDAPLANNER_WORLDS", "150"))
"""How many worlds the fixed run takes; more find more, a thousand take half a minute."""
QUESTIONS = 8


def network_of(plan: dict[str, Any]) -> Network:
    text = yaml.safe_dump({"lambdaplanner": 1, **plan}, sort_keys=False)
    return compile_network(read_text(text, where="a world").plan)


def answered(network: Network, question: Question) -> Answer:
    port = None if question.protocol == "icmp" else question.port
    return reach(network, question.source, question.target, port=port, protocol=question.protocol)


def agrees(plan: dict[str, Any], network: Network, question: Question) -> str:
    """The verdict, on which all opinions must agree."""
    answer = answered(network, question)
    told = {(path.via, path.into): path.verdict for path in answer.paths}
    packets = judge(plan, question)
    unsure = {
        (path.via, path.into)
        for path in answer.paths
        if any(
            "the plan does not say" in o.message or "cannot be told" in o.message
            for o in path.obstacles
        )
    }
    if unsure:  # addresses of a service that no packet here has, or a route that nobody knows
        assert all(told[pair] != "reachable" for pair in unsure)
        assert all(told[pair] == packets[pair] for pair in told.keys() - unsure), question
        return answer.verdict
    assert told == packets, (question, [o.message for p in answer.paths for o in p.obstacles])
    assert answer.verdict == overall(packets)
    if question.protocol == "tcp":
        pair = [(question.source, question.target)]
        (row,) = reach_among(network, pair, port=question.port)
        assert row.verdict == answer.verdict, question
    return answer.verdict


@examples(30)
@given(st.randoms(use_true_random=False))
def test_packets_fare_as_verdicts_say(chance: random.Random) -> None:
    """What fails here is made as small as can be; `test_many_worlds` looks at more of them."""
    plan = a_plan(chance)
    network = network_of(plan)
    for _ in range(QUESTIONS):
        agrees(plan, network, a_question(chance, plan))


def test_many_worlds() -> None:
    """The same worlds in every run, and enough of every verdict among them."""
    verdicts: dict[str, int] = {}
    for seed in range(WORLDS):
        chance = random.Random(seed)
        plan = a_plan(chance)
        network = network_of(plan)
        for _ in range(QUESTIONS):
            verdict = agrees(plan, network, a_question(chance, plan))
            verdicts[verdict] = verdicts.get(verdict, 0) + 1
    total = sum(verdicts.values())
    assert verdicts["reachable"] > total / 8
    assert verdicts["partial"] > total / 100


@pytest.mark.parametrize("verdict", ["reachable", "unreachable"])
def test_a_wrong_answer_would_be_noticed(verdict: str) -> None:
    """The opinion is one: of a plain plan it says yes, without the route no."""
    routes = {"0.0.0.0/0": "igw"} if verdict == "reachable" else {}
    plan: dict[str, Any] = {
        "vpcs": {"m": {"cidr": "10.0.0.0/16"}},
        "internet_gateways": {"igw": {"vpc": "m"}},
        "subnets": {"s": {"vpc": "m", "az": "a", "cidr": "10.0.0.0/24", "route_table": "rt"}},
        "route_tables": {"rt": {"vpc": "m", "routes": routes}},
        "security_groups": {"sg": {"vpc": "m", "inbound": [{"cidr": "0.0.0.0/0"}]}},
        "workloads": {
            "w": {"type": "ec2", "subnets": ["s"], "security_groups": ["sg"], "public_ip": True}
        },
    }
    for question in (Question("w", "internet", "tcp", 443), Question("internet", "w", "tcp", 443)):
        assert overall(judge(plan, question)) == verdict
