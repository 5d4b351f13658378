"""Change sets in words: one line a thing, field by field."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lambdaplanner.fixes.wording import edit_lines
from lambdaplanner.kinds.network_acl import AclEntry
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange
from tests.analysis.reach_plans import plan_from, plan_with
from tests.analysis.test_reach_beyond import joined

NEW = Subnet(id="new", vpc="main", az="a", cidr="10.0.9.0/24", route_table="data-rt")
TO_NAT = Route(destination="0.0.0.0/0", target="nat")
IN = SecurityGroupRule(protocol="tcp", ports=PortRange(443, 443), security_group="fn-sg")
ENTRY = AclEntry(number=90, action="allow", protocol="tcp", ports=PortRange(1024, 65535))

SAID: tuple[tuple[Callable[[Edit], object], list[str]], ...] = (
    (
        lambda edit: edit.add(NEW),
        [
            "adds subnet new: VPC main; availability zone a; IPv4 CIDR 10.0.9.0/24; "
            "route table data-rt"
        ],
    ),
    (
        lambda edit: edit.update("data-rt", routes=(TO_NAT,)),
        ["changes route table data-rt: routes: adds 0.0.0.0/0 to nat"],
    ),
    (
        lambda edit: edit.update("public-rt", routes=(TO_NAT,)),
        ["changes route table public-rt: routes: 0.0.0.0/0 to nat instead of 0.0.0.0/0 to igw"],
    ),
    (
        lambda edit: edit.update("private-rt", routes=(), main=True),
        [
            "changes route table private-rt: main table on instead of off; "
            "routes: removes 0.0.0.0/0 to nat"
        ],
    ),
    (
        lambda edit: edit.update("open-sg", inbound=(IN,)),
        [
            "changes security group open-sg: inbound rules: adds tcp 443 from fn-sg, "
            "removes all from 0.0.0.0/0"
        ],
    ),
    (
        lambda edit: edit.update("fn-sg", outbound=()),
        [
            "changes security group fn-sg: outbound rules none instead of left out (everything)",
        ],
    ),
    (
        lambda edit: edit.update("fn", subnets=("data",), memory_mb=512),
        [
            "changes Lambda function fn: memory 512 instead of 128; "
            "subnets: adds data, removes private"
        ],
    ),
    (
        lambda edit: edit.update("private", network_acl="acl"),
        ["changes subnet private: network ACL acl instead of left out"],
    ),
    (
        lambda edit: edit.update("acl", inbound=(ENTRY,)),
        ["changes network ACL acl: inbound rules: adds 90 allow tcp 1024-65535 from anywhere"],
    ),
    (
        lambda edit: edit.remove("web"),
        [
            "changes the expectations: removes internet to web, tcp, reachable",
            "removes workload web",
        ],
    ),
    (
        lambda edit: edit.set_info(region="eu-west-1"),
        ["changes the plan's own fields: region eu-west-1 instead of us-east-1"],
    ),
    (lambda edit: edit.place("web", None), []),
)


@pytest.mark.parametrize(("command", "lines"), SAID)
def test_a_change_is_said_field_by_field(
    command: Callable[[Edit], object], lines: list[str]
) -> None:
    plan = plan_with(network_acls={"acl": {"vpc": "main"}})
    Edit(plan).set_expectations((Expectation(source="internet", target="web", expect="reachable"),))
    edit = Edit(plan)
    command(edit)
    assert [line.text for line in edit_lines(edit.changes)] == lines


def test_nested_records_are_said_too() -> None:
    plan = plan_from(joined())
    edit = Edit(plan)
    edit.update("hub", attachments=(), security_group_referencing=True)
    assert [line.text for line in edit_lines(edit.changes)] == [
        "changes transit gateway hub: security group referencing on instead of off; "
        "attachments: removes a (subnets a1), removes b (subnets b-tgw)"
    ]
