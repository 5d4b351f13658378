"""A network load balancer may have no security group at all; nothing else may."""

from __future__ import annotations

import pytest

from lambdaplanner.errors import EditError
from lambdaplanner.fixes.parts.allowing import group_of, with_default_group
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.edit import Edit
from tests.found.asking import ask, findings, twin

FOUND = "network-load-balancer-without-groups"


def test_one_without_groups_lets_everything_in() -> None:
    plan = twin(FOUND)
    assert ask(plan, "internet", "front").verdict == "reachable"
    assert ask(plan, "internet", "front", 8443).verdict == "reachable"
    assert findings(plan, "SG-003") == []


@pytest.mark.parametrize("kind", ["alb", "ec2", "fargate"])
def test_everything_else_without_groups_has_the_default_one(kind: str) -> None:
    plan = twin(FOUND, ("type: nlb", f"type: {kind}"))
    assert ask(plan, "internet", "front").verdict == "unreachable"
    (finding,) = findings(plan, "SG-003")
    assert '"front" has the default security group' in finding.message
    assert "reaches it on every port" in finding.message


INSIDE = """
  back: {type: ec2, subnets: [pub-a], port: 80, security_groups: [web]}
security_groups:
  web: {vpc: shop, inbound: [{protocol: tcp, ports: 80, cidr: 10.20.0.0/24}]}
"""


def test_it_sends_and_takes_inside_its_vpc_as_well() -> None:
    plan = twin(FOUND, ("port: 443}\n", f"port: 443}}{INSIDE}"))
    assert ask(plan, "front", "back").verdict == "reachable"
    assert ask(plan, "back", "front").verdict == "reachable"
    assert ask(plan, "front", "back", 81).verdict == "unreachable"


def test_with_groups_it_is_filtered_as_everything_is() -> None:
    plan = twin(FOUND, ("port: 443}\n", f"port: 443, security_groups: [web]}}{INSIDE}"))
    assert ask(plan, "internet", "front").verdict == "unreachable"


def test_no_group_is_made_for_one_later() -> None:
    plan = twin(FOUND)
    assert with_default_group(plan, "shop") == []
    with pytest.raises(EditError, match="takes none later"):
        group_of(Edit(plan), "front")


def test_things_that_share_the_default_group_are_counted_in_the_sentence() -> None:
    plan = read_text(
        """lambdaplanner: 1
vpcs: {shop: {cidr: 10.20.0.0/16}}
subnets: {a: {vpc: shop, az: us-east-1a, cidr: 10.20.0.0/24}}
workloads: {one: {type: ec2, subnets: [a]}, two: {type: rds, subnets: [a]}}
""",
        where="two",
    ).plan
    (finding,) = findings(plan, "SG-003")
    assert '"one", "two" have the default security group' in finding.message
