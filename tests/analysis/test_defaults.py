"""The default group and the default ACL of a VPC, written: they guard what names none."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from lambdaplanner.checks.report import report
from lambdaplanner.commands.duplicate import duplicate
from lambdaplanner.commands.fields import make_default
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, ROLE, plan_with

EMPTY = {"vpc": "main", "default": True, "outbound": []}
ITSELF = {"vpc": "main", "default": True, "inbound": [{"security_group": "d"}]}
BARE: dict[str, Any] = {
    "functions": {"fn": {"role_policies": ROLE, "subnets": ["private"]}},
    "workloads": {"db": {"type": "rds", "subnets": ["data"]}},
}
SHUT = {"vpc": "main", "default": True}


def by_group(group: dict[str, Any]) -> Plan:
    return plan_with(security_groups={"d": group}, **BARE)


def verdicts(plan: Plan, *questions: tuple[str, str]) -> list[str]:
    network = compile_network(plan)
    told = [reach(network, *question).verdict for question in questions]
    assert [judged_on(network, *question).verdict for question in questions] == told
    return list(told)


ASKED = (("fn", "internet"), ("fn", "db"), ("web", "db"))


def test_awss_own_lets_in_from_itself() -> None:
    assert verdicts(plan_with(**BARE), *ASKED) == ["reachable", "reachable", "unreachable"]


def test_a_written_one_takes_its_place() -> None:
    assert verdicts(by_group(ITSELF), *ASKED) == ["reachable", "reachable", "unreachable"]


def test_an_emptied_one_lets_nothing_through() -> None:
    plan = by_group(EMPTY)
    assert verdicts(plan, *ASKED) == ["unreachable"] * 3
    (path,) = reach(compile_network(plan), "fn", "internet").paths
    assert [(o.at, o.code) for o in path.obstacles] == [("d", "SG_HAS_NO_RULES")]


def test_rules_name_it_like_any_other() -> None:
    plan = plan_with(
        security_groups={"d": SHUT, "s": {"vpc": "main", "inbound": [{"security_group": "d"}]}},
        functions=BARE["functions"],
        workloads={"db": {"type": "rds", "subnets": ["data"], "security_groups": ["s"]}},
    )
    assert verdicts(plan, ("fn", "db"), ("web", "db")) == ["reachable", "unreachable"]


def test_a_network_load_balancer_without_groups_filters_nothing_all_the_same() -> None:
    balancer = {"nlb": {"type": "nlb", "subnets": ["data"]}}
    plan = plan_with(security_groups={"d": EMPTY}, workloads=balancer)
    assert verdicts(plan, ("fn", "nlb")) == ["reachable"]


def test_subnets_without_an_acl_have_the_default_one() -> None:
    plan = plan_with(network_acls={"a": SHUT})
    assert verdicts(plan, ("fn", "internet")) == ["unreachable"]
    (path,) = reach(compile_network(plan), "fn", "internet").paths
    assert (path.obstacles[0].at, path.obstacles[0].code) == ("a", "SUBNET_ACL_RESTRICTION")
    own = {**BASE["subnets"], "own": {"vpc": "main", "az": "a", "cidr": "10.0.9.0/24"}}
    open_acl = {"vpc": "main", "inbound": {1: {"action": "allow"}}}
    acls = {"a": SHUT, "b": {**open_acl, "outbound": {1: {"action": "allow"}}}}
    subnets = {name: {**one, "network_acl": "b"} for name, one in own.items()}
    assert verdicts(plan_with(network_acls=acls, subnets=subnets), ("fn", "internet")) == [
        "reachable"
    ]


def test_two_of_them_are_an_error() -> None:
    plan = plan_with(security_groups={"d": EMPTY, "e": EMPTY})
    (finding,) = [one for one in report(plan).findings if one.id == "NET-033"]
    assert finding.about == ("main", "d", "e")
    make_default(Edit(plan), "e")
    assert not [one for one in report(plan).findings if one.id == "NET-033"]


@pytest.mark.parametrize("section", ["security_groups", "network_acls"])
def test_a_copy_beside_it_is_none(section: str) -> None:
    plan = plan_with(**{section: {"d": SHUT}})
    (copy,) = duplicate(Edit(plan), ["d"])
    assert not getattr(plan.resource(copy), "default")  # noqa: B009  # of two kinds


def test_nothing_says_that_nobody_uses_it() -> None:
    plan = plan_with(security_groups={"d": EMPTY}, network_acls={"a": {**SHUT, "inbound": {}}})
    unused = {one.about[0] for one in report(plan).findings if one.id == "NET-012"}
    assert unused.isdisjoint({"d", "a"})
