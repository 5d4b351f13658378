"""Copies: new ids, mentions follow, blocks are new."""

from __future__ import annotations

from functools import partial

import pytest

from lambdaplanner.commands.duplicate import can_duplicate, duplicate, fragment, paste
from lambdaplanner.errors import EditError
from lambdaplanner.model.cidr import block
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from tests.commands.plans import Desk, brief


def copy(desk: Desk, *ids: str) -> list[str]:
    """Duplicates."""
    return desk.do(lambda edit: duplicate(edit, ids))


def test_a_vpc_is_copied_with_all_in_it() -> None:
    desk = brief()
    assert copy(desk, "vpc-1") == ["vpc-2"]
    assert desk["vpc-2"].cidr == "10.1.0.0/16"
    assert (desk["subnet-3"].vpc, desk["subnet-3"].cidr) == ("vpc-2", "10.1.0.0/24")
    assert (desk["subnet-4"].vpc, desk["subnet-4"].cidr) == ("vpc-2", "10.1.1.0/24")
    assert desk["nat-2"].subnet == "subnet-3"
    table = desk[desk["subnet-4"].route_table]
    assert (table.vpc, table.routes[0].target) == ("vpc-2", "nat-2")
    assert desk["igw-2"].vpc == "vpc-2"
    assert desk["rds-2"].subnets == ("subnet-4",)
    assert desk["function-1"].subnets == ("subnet-2",)


def test_no_mention_leads_from_a_copied_vpc_to_the_old_one() -> None:
    desk = brief()
    desk.add("network-acl", "vpc-1")
    desk.add("endpoint", "vpc-1")
    old = set(desk.plan)
    copy(desk, "vpc-1")
    for name in set(desk.plan) - old:
        targets = set(desk.plan.graph.successors(name))
        assert targets.isdisjoint(old)


def test_secondary_and_ipv6_blocks_are_new_too() -> None:
    desk = brief()
    desk.do(
        lambda edit: edit.update(
            "vpc-1", secondary_cidrs=("100.64.0.0/16",), ipv6_cidr="2001:db8:1200::/56"
        )
    )
    desk.do(
        lambda edit: edit.update("subnet-1", cidr="100.64.3.0/24", ipv6_cidr="2001:db8:1200:3::/64")
    )
    copy(desk, "vpc-1")
    new = desk["vpc-2"]
    blocks = [block(text) for name in ("vpc-1", "vpc-2") for text in desk[name].cidrs]
    assert not any(a.overlaps(b) for i, a in enumerate(blocks) for b in blocks[i + 1 :])
    assert not block(new.ipv6_cidr).overlaps(block("2001:db8:1200::/56"))
    inner = desk["subnet-3"]
    assert block(new.secondary_cidrs[0]).covers(block(inner.cidr))
    assert block(new.ipv6_cidr).covers(block(inner.ipv6_cidr))


def test_subnets_get_free_blocks_of_their_size_beside_each_other() -> None:
    desk = brief()
    assert copy(desk, "subnet-1", "subnet-2") == ["subnet-3", "subnet-4"]
    assert [desk[f"subnet-{n}"].cidr for n in (3, 4)] == ["10.0.2.0/24", "10.0.3.0/24"]
    assert desk["subnet-3"].route_table == "subnet-1-routes"
    assert desk["nat-2"].subnet == "subnet-3"


def test_copies_stand_beside_the_originals() -> None:
    desk = brief()
    copy(desk, "rds-1")
    assert desk.plan.placements["rds-2"] == Placement(24, 24)


def test_ids_count_on() -> None:
    desk = brief()
    desk.do(lambda edit: edit.rename("nat-1", "exit"))
    assert copy(desk, "exit") == ["exit-2"]
    assert copy(desk, "exit") == ["exit-3"]
    long = "x" * 64
    desk.do(lambda edit: edit.rename("rds-1", long))
    assert copy(desk, long) == ["x" * 62 + "-2"]


def test_what_two_cannot_share() -> None:
    desk = brief()
    desk.do(lambda edit: edit.update("rds-1", private_ip="10.0.1.7"))
    desk.do(lambda edit: edit.update("subnet-1-routes", main=True))
    copy(desk, "rds-1")
    copy(desk, "subnet-1-routes")
    assert desk["rds-2"].private_ip is None
    assert not desk["subnet-1-routes-2"].main
    copy(desk, "vpc-1")
    assert sum(table.main for table in desk.plan.of("route-table").values()) == 2


@pytest.mark.parametrize(
    ("ids", "reason"),
    [
        (["igw-1"], "a VPC has one internet gateway"),
        (["internet"], "what AWS makes is not copied"),
        ([], "what AWS makes is not copied"),
    ],
)
def test_refusals(ids: list[str], reason: str) -> None:
    desk = brief()
    assert reason in (can_duplicate(desk.plan, ids) or "")
    with pytest.raises(EditError):
        copy(desk, *ids)


def test_a_peering_is_copied_only_with_its_vpcs() -> None:
    desk = brief()
    desk.add("vpc")
    desk.add("peering")
    assert can_duplicate(desk.plan, ["peering-1"]) == "peering-1 joins its VPCs already"
    copy(desk, "vpc-1", "vpc-2", "peering-1")
    assert desk["peering-2"].vpcs == ("vpc-3", "vpc-4")


def test_rules_between_copied_groups_follow() -> None:
    from lambdaplanner.kinds.security_group import SecurityGroupRule

    desk = brief()
    desk.add("security-group", "vpc-1")
    for one, other in (("sg-1", "sg-2"), ("sg-2", "sg-1")):
        rules = (SecurityGroupRule(security_group=other),)
        desk.do(partial(Edit.update, resource_id=one, inbound=rules))
    copy(desk, "sg-1", "sg-2")
    assert desk["sg-3"].inbound[0].security_group == "sg-4"
    assert desk["sg-4"].inbound[0].security_group == "sg-3"


def test_pasting_into_another_container() -> None:
    desk = brief()
    cut = fragment(desk.plan, ["rds-1"])
    made = desk.do(lambda edit: paste(edit, cut, "subnet-1"))
    assert desk[made[0]].subnets == ("subnet-1",)


def test_pasting_into_another_plan_leaves_out_what_it_has_not() -> None:
    cut = fragment(brief().plan, ["vpc-1", "function-1"])
    plan = Plan()
    edit = Edit(plan)
    made = paste(edit, cut)
    assert made == ["vpc-1", "function-1"]
    assert plan.resource("function-1").subnets == ("subnet-2",)  # type: ignore[attr-defined]
    cut = fragment(brief().plan, ["function-1"])
    paste(Edit(other := Plan()), cut)
    assert other.resource("function-1").subnets == ()  # type: ignore[attr-defined]


def test_pasting_what_cannot_be_without_its_place_is_refused() -> None:
    cut = fragment(brief().plan, ["rds-1"])
    with pytest.raises(EditError, match="Subnets: at least 1 due"):
        paste(Edit(Plan()), cut)
