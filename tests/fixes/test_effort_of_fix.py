"""How much work it is to look for ways to mend: it grows with what is broken, and not with how much
is broken beside it. Calls are counted, which no machine changes.
"""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.repair import Selection, Trouble, troubles, ways
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import ROLE, plan_from
from tests.effort import calls_of

BROKEN = Selection(ids=("expectation",))


def mesh(size: int, joined: str) -> Plan:
    """So many VPCs, each with a function that is to reach a database in every one."""
    numbers = range(size)
    blocks = [f"10.{number + 10}" for number in numbers]
    plan: dict[str, Any] = {
        "vpcs": {f"v{n}": {"cidr": f"{blocks[n]}.0.0/16"} for n in numbers},
        "subnets": {
            f"s{n}": {
                "vpc": f"v{n}",
                "az": "a",
                "cidr": f"{blocks[n]}.1.0/24",
                "route_table": f"t{n}",
            }
            for n in numbers
        },
        "route_tables": {f"t{n}": {"vpc": f"v{n}"} for n in numbers},
        "functions": {f"f{n}": {"role_policies": ROLE, "subnets": [f"s{n}"]} for n in numbers},
        "workloads": {
            f"w{n}": {
                "type": "rds",
                "subnets": [f"s{n}"],
                "port": 5432,
                "security_groups": [f"g{n}"],
            }
            for n in numbers
        },
        "security_groups": {
            f"g{n}": {
                "vpc": f"v{n}",
                "inbound": [{"protocol": "tcp", "ports": 5432, "cidr": "10.0.0.0/8"}],
            }
            for n in numbers
        },
        "expectations": [
            {"from": f"f{one}", "to": f"w{other}", "expect": "reachable"}
            for one in numbers
            for other in numbers
        ],
    }
    if joined == "peered":
        plan["peerings"] = {
            f"p{one}-{other}": {"vpcs": [f"v{one}", f"v{other}"]}
            for one in numbers
            for other in numbers
            if one < other
        }
    if joined == "hub":
        attachments = {f"v{n}": {"subnets": [f"s{n}"]} for n in numbers}
        plan["transit_gateways"] = {"hub": {"attachments": attachments}}
    return plan_from(plan)


def calls_for(view: PlanAnalysis, trouble: Trouble) -> int:
    return calls_of(lambda: ways(view, trouble, 1))


def for_one_of(size: int, joined: str) -> int:
    """The calls for one broken promise of a plan of which much is known: another was looked at."""
    view = PlanAnalysis(mesh(size, joined))
    found = troubles(view, BROKEN, None)
    ways(view, found[0], 1)
    return calls_for(view, found[-1])


@pytest.mark.parametrize("joined", ["apart", "peered", "hub"])
def test_one_promise_costs_little_more_where_many_more_are_broken(joined: str) -> None:
    """Four times the pairs, twice the things: the checks look at each thing once more, and no pair
    is judged anew that an edit leaves as it is.
    """
    assert for_one_of(8, joined) < 2 * for_one_of(4, joined)


@pytest.mark.parametrize("joined", ["peered", "hub"])
def test_the_way_back_is_known_from_the_way_there(joined: str) -> None:
    """What lets a function of one VPC into another lets one of the other back."""
    view = PlanAnalysis(mesh(6, joined))
    found = {trouble.about: trouble for trouble in troubles(view, BROKEN, None)}
    ways(view, found["f0", "w1"], 1)
    there = calls_for(view, found["f2", "w3"])
    assert calls_for(view, found["f3", "w2"]) < 0.75 * there
