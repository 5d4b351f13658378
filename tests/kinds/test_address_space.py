"""What of a VPC its subnets leave free."""

from __future__ import annotations

from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.address_space import free_blocks
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc


def test_the_gap_map_covers_every_block_of_the_vpc_and_no_other() -> None:
    vpc = Vpc(id="main", cidr="10.0.0.0/16", secondary_cidrs=("100.64.0.0/24",))
    other = Vpc(id="other", cidr="10.0.0.0/16")
    subnets = [
        Subnet(id="a", vpc="main", az="a", cidr="10.0.0.0/17"),
        Subnet(id="b", vpc="main", az="a", cidr="10.0.192.0/18"),
        Subnet(id="c", vpc="main", az="b", cidr="100.64.0.128/25"),
        Subnet(id="elsewhere", vpc="other", az="a", cidr="10.0.128.0/18"),
    ]
    plan = plan_of([vpc, other, *subnets])
    assert [str(one) for one in free_blocks(plan, vpc)] == ["10.0.128.0/18", "100.64.0.0/25"]


def test_a_full_vpc_has_none() -> None:
    vpc = Vpc(id="main", cidr="10.0.0.0/28")
    plan = plan_of([vpc, Subnet(id="a", vpc="main", az="a", cidr="10.0.0.0/28")])
    assert free_blocks(plan, vpc) == ()
