"""What of a VPC its subnets leave free."""

from __future__ import annotations

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.kinds.address_space import free_blocks
from lambdaplanner.kinds.vpc import Vpc

PLAN = """
lambdaplanner: 1
region: eu-central-1
vpcs:
  main: {cidr: 10.0.0.0/16, secondary_cidrs: [100.64.0.0/24]}
  other: {cidr: 10.0.0.0/16}
  full: {cidr: 10.1.0.0/28}
subnets:
  a: {vpc: main, az: a, cidr: 10.0.0.0/17}
  b: {vpc: main, az: a, cidr: 10.0.192.0/18}
  c: {vpc: main, az: b, cidr: 100.64.0.128/25}
  elsewhere: {vpc: other, az: a, cidr: 10.0.128.0/18}
  whole: {vpc: full, az: a, cidr: 10.1.0.0/28}
"""


def free(vpc: str) -> list[str]:
    plan = read_text(PLAN, where="plan").plan
    found = plan.resource(vpc)
    assert isinstance(found, Vpc)
    return [str(one) for one in free_blocks(plan, found)]


def test_the_gap_map_covers_every_block_of_the_vpc_and_no_other() -> None:
    assert free("main") == ["10.0.128.0/18", "100.64.0.0/25"]


def test_a_full_vpc_has_none() -> None:
    assert free("full") == []
