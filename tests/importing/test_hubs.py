"""A transit gateway with tables of its own: whatever file is missing, nothing becomes reachable."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.interop import Files, imported, plan_from, without
from tests.importing.test_aws_sources import (
    LOCAL,
    SUBNET,
    TRANSIT,
    VPC,
    acl,
    dump,
    group,
    rows,
    table,
)
from tests.importing.test_promises import reachable

SECOND = {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}
ANY = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}


def server(name: str, subnet: str, address: str) -> dict[str, Any]:
    return {
        "InstanceId": name,
        "SubnetId": subnet,
        "VpcId": "vpc-2",
        "PrivateIpAddress": address,
        "SecurityGroups": [{"GroupId": "sg-2"}],
        "State": {"Name": "running"},
    }


def attached(number: int) -> dict[str, str]:
    return {
        "TransitGatewayAttachmentId": f"tgw-attach-{number}",
        "TransitGatewayId": "tgw-1",
        "ResourceId": f"vpc-{number}",
        "VpcId": f"vpc-{number}",
        "ResourceType": "vpc",
        "State": "enabled",
    }


def lists() -> dict[str, Any]:
    subnets = [
        {**SUBNET, "SubnetId": f"subnet-{n}", "VpcId": "vpc-2", "CidrBlock": f"10.2.{n - 2}.0/24"}
        for n in (2, 3)
    ]
    there = table({"DestinationCidrBlock": "10.2.0.0/16", "TransitGatewayId": "tgw-1"})
    back = table({"DestinationCidrBlock": "10.0.0.0/16", "TransitGatewayId": "tgw-1"})
    back.update(RouteTableId="rtb-2", VpcId="vpc-2")
    back["Routes"][0] = {**LOCAL, "DestinationCidrBlock": "10.2.0.0/16"}
    acls = [acl("subnet-1"), {**acl("subnet-2", "subnet-3"), "NetworkAclId": "acl-2"}]
    acls[1]["VpcId"] = "vpc-2"
    attachment = {**attached(2), "State": "available", "SubnetIds": ["subnet-2"]}
    first = TRANSIT["TransitGatewayVpcAttachments"]
    return {
        **TRANSIT,
        "Vpcs": [VPC, SECOND],
        "Subnets": [SUBNET, *subnets],
        "RouteTables": [there, back],
        "NetworkAcls": acls,
        "SecurityGroups": [group(), {**group("sg-2", IpPermissions=[ANY]), "VpcId": "vpc-2"}],
        "TransitGatewayVpcAttachments": [*first, attachment],
        "TransitGatewayRouteTables": [
            {**TRANSIT["TransitGatewayRouteTables"][0], "TransitGatewayRouteTableId": name}
            for name in ("tgw-rtb-1", "tgw-rtb-2")
        ],
    }


def files() -> Files:
    """A function reaches i-2 over the hub; the hub drops what goes to i-3."""
    found = dump(**lists())
    servers = [server("i-2", "subnet-2", "10.2.0.9"), server("i-3", "subnet-3", "10.2.1.9")]
    found["instances.json"] = {"Reservations": [{"Instances": servers}]}
    dropped = {"DestinationCidrBlock": "10.2.1.0/24", "Type": "static", "State": "blackhole"}
    for number in (1, 2):
        name = f"tgw-rtb-{number}.json"
        found[f"search-transit-gateway-routes/{name}"] = {"Routes": [dropped] * (number == 1)}
        found[f"propagations/{name}"] = {
            "TransitGatewayRouteTablePropagations": [attached(1), attached(2)]
        }
        found[f"associations/{name}"] = {"Associations": [attached(number)]}
    return found


def test_the_whole_dump_leaves_nothing_open() -> None:
    assert rows(imported(files())) == set()
    assert {("lambda:f", "i-2")} == {
        pair for pair in reachable(plan_from(files())) if pair[0] == "lambda:f"
    }


@pytest.mark.parametrize("name", sorted(files()))
def test_a_file_less_never_makes_anything_reachable(name: str) -> None:
    assert reachable(plan_from(without(files(), [name]))) <= reachable(plan_from(files()))
