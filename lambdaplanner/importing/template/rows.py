"""Every resource type that a plan can hold: one row each, in three turns."""

from __future__ import annotations

from collections import defaultdict

from lambdaplanner.importing.template import (
    filter_rows,
    function_rows,
    group_rows,
    machine_rows,
    network_rows,
    routing_rows,
    transit_rows,
    workload_rows,
)
from lambdaplanner.importing.template.only_named import give_blocks
from lambdaplanner.importing.template.reading import Reading, Resource, Row
from lambdaplanner.importing.template.stack import STACKS

TURNS: tuple[dict[str, Row], ...] = (
    {
        **network_rows.FIRST,
        **routing_rows.FIRST,
        **group_rows.FIRST,
        **filter_rows.FIRST,
        **transit_rows.FIRST,
    },
    {
        **network_rows.THEN,
        **group_rows.THEN,
        **filter_rows.THEN,
        **transit_rows.THEN,
        **function_rows.THEN,
        **workload_rows.THEN,
        **machine_rows.THEN,
    },
    {**machine_rows.LAST, **routing_rows.THEN},
)
"""What makes things; what adds to them, or leans on them; what leans on those."""

READ_WITH_OTHERS = {
    **dict.fromkeys(("AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy"), "role"),
    **dict.fromkeys(("AWS::IAM::RolePolicy", "AWS::IAM::InstanceProfile"), "role"),
    "AWS::EC2::EIP": "address",
    "AWS::EC2::EIPAssociation": "address",
}
_STANDS_IN_A_VPC = (
    *("SubnetId", "SubnetIds", "Subnets", "SubnetMappings", "VpcSubnetIds", "VPCZoneIdentifier"),
    *("VpcId", "VpcConfig", "VpcConfiguration", "VPCOptions", "ResourcesVpcConfig"),
    *("SecurityGroupIds", "VpcSecurityGroupIds", "VPCSecurityGroups", "ClientSubnets"),
)

_ONLY_NAMES = ("SubnetGroup", "TargetGroup")
"""Types that name parts of a VPC for others, and take no address."""


def make_things(reading: Reading) -> None:
    """Every resource of the stacks becomes a thing, a part of one, or a line of the report."""
    by_kind: dict[str, list[Resource]] = defaultdict(list)
    for resource in reading.resources():
        by_kind[resource.kind].append(resource)
    for turn in TURNS:
        for kind, row in turn.items():
            for resource in by_kind.get(kind, ()):
                row(resource)
    known = {kind for turn in TURNS for kind in turn}
    for kind, resources in by_kind.items():
        if kind not in known:
            for resource in resources:
                _without_row(resource)
    routing_rows.sort_routes(reading)
    transit_rows.settle_tables(reading)
    group_rows.everything_out(reading)
    give_blocks(reading)
    every = [one for kind in function_rows.FUNCTIONS for one in by_kind.get(kind, ())]
    function_rows.note_concurrency(every)


def _without_row(resource: Resource) -> None:
    if resource.kind in STACKS:
        return
    if resource.kind in READ_WITH_OTHERS:
        resource.leave_out("read with what names it")
    elif any(
        resource.reading.world.written(resource.stack, resource.logical, name) is not None
        for name in _STANDS_IN_A_VPC
    ) and not resource.kind.endswith(_ONLY_NAMES):
        resource.leave_out("it may have addresses in a VPC; a plan has no kind for it", "less")
    else:
        resource.leave_out("not a network thing")
