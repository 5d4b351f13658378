"""The blocks that new VPCs and subnets take."""

from __future__ import annotations

from lambdaplanner.commands.addresses import free_subnet_block, free_vpc_block
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.commands.plans import Desk


def test_vpcs_get_blocks_that_overlap_none() -> None:
    desk = Desk()
    for _ in range(3):
        desk.add("vpc")
    assert [desk[f"vpc-{n}"].cidr for n in (1, 2, 3)] == [
        "10.0.0.0/16",
        "10.1.0.0/16",
        "10.2.0.0/16",
    ]
    desk.do(lambda edit: edit.update("vpc-2", cidr="10.3.0.0/16", secondary_cidrs=("10.4.0.0/15",)))
    assert free_vpc_block(desk.plan) == "10.1.0.0/16"


def test_when_all_of_10_is_taken_the_other_private_ranges_serve() -> None:
    plan = Plan()
    Edit(plan).add(Vpc(id="all", cidr="10.0.0.0/8"))
    assert free_vpc_block(plan) == "172.16.0.0/16"
    Edit(plan).add(Vpc(id="more", cidr="172.16.0.0/12"))
    assert free_vpc_block(plan) == "192.168.0.0/16"
    Edit(plan).add(Vpc(id="most", cidr="192.168.0.0/17"))
    assert free_vpc_block(plan) == "192.168.128.0/20"


def test_subnets_are_smaller_in_a_small_vpc() -> None:
    for cidr, expected in (
        ("10.0.0.0/16", "10.0.0.0/24"),
        ("10.0.0.0/23", "10.0.0.0/25"),
        ("10.0.0.0/26", "10.0.0.0/28"),
        ("10.0.0.0/28", "10.0.0.0/28"),
    ):
        plan = Plan()
        vpc = Vpc(id="v", cidr=cidr)
        Edit(plan).add(vpc)
        assert free_subnet_block(plan, vpc) == expected


def test_a_full_vpc_has_no_block_and_says_so() -> None:
    desk = Desk()
    desk.add("vpc")
    desk.do(lambda edit: edit.update("vpc-1", cidr="10.0.0.0/28"))
    desk.add("subnet", "vpc-1")
    from lambdaplanner.commands.things import can_add

    reason = can_add(desk.plan, "subnet", "vpc-1")
    assert reason == "10.0.0.0/28 has no free block left; give vpc-1 a secondary CIDR"
    desk.do(lambda edit: edit.update("vpc-1", secondary_cidrs=("10.9.0.0/24",)))
    assert can_add(desk.plan, "subnet", "vpc-1") is None
    assert desk[desk.add("subnet", "vpc-1")].cidr == "10.9.0.0/28"
