"""VPC Block Public Access, with exclusions."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, plan_from

VPC, PUBLIC = BASE["vpcs"]["main"], BASE["subnets"]["public"]


def plan(mode: str, vpc: str = "", subnet: str = "", nat: str = "") -> Plan:
    sections: dict[str, Any] = {name: dict(things) for name, things in BASE.items()}
    sections["settings"] = {"block_public_access": mode}
    if vpc:
        sections["vpcs"] = {"main": {**VPC, "public_access": vpc}}
    if subnet:
        sections["subnets"]["public"] = {**PUBLIC, "public_access": subnet}
    if nat:
        sections["nat_gateways"] = {"nat": {"vpc": "main", "mode": "regional"}}
    return plan_from(sections)


@pytest.mark.parametrize(
    ("found", "by_nat", "own", "inward"),
    [
        (plan("off"), "reachable", "reachable", "reachable"),
        (plan("bidirectional"), "unreachable", "unreachable", "unreachable"),
        (plan("bidirectional", nat="regional"), "unreachable", "unreachable", "unreachable"),
        (plan("ingress"), "reachable", "unreachable", "unreachable"),
        (plan("ingress", nat="regional"), "reachable", "unreachable", "unreachable"),
        (plan("bidirectional", vpc="egress"), "reachable", "reachable", "unreachable"),
        (plan("bidirectional", vpc="bidirectional"), "reachable", "reachable", "reachable"),
        (plan("bidirectional", subnet="bidirectional"), "reachable", "reachable", "reachable"),
        (plan("ingress", subnet="egress"), "reachable", "unreachable", "unreachable"),
    ],
)
def test_what_is_shut(found: Plan, by_nat: str, own: str, inward: str) -> None:
    network = compile_network(found)
    asked = (("fn", "internet"), ("web", "internet"), ("internet", "web"))
    assert tuple(reach(network, *ends).verdict for ends in asked) == (by_nat, own, inward)
    assert tuple(judged_on(network, *ends).verdict for ends in asked) == (by_nat, own, inward)
    assert reach(network, "fn", "db").verdict == "reachable"
    assert reach(network, "lone", "internet").verdict == "reachable"


def test_it_says_so_at_the_gateway() -> None:
    (path,) = reach(compile_network(plan("bidirectional")), "fn", "internet").paths
    codes = [(one.at, one.code) for one in path.obstacles]
    assert codes == [("igw", "VPC_BLOCK_PUBLIC_ACCESS_ENABLED")]


def test_switching_it_is_followed_live() -> None:
    found = plan("off")
    view = PlanAnalysis(found)
    assert view.reaches("fn", "internet")
    edit = Edit(found)
    edit.set_settings(block_public_access="bidirectional")
    assert not view.after(edit.changes).reaches("fn", "internet")
