"""Each kind of thing that AWS CLI JSON tells of, a small dump each."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.errors import QuestionError
from lambdaplanner.importing.assembled import Assembled
from lambdaplanner.importing.aws.reader import read
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.loading import Document
from lambdaplanner.importing.merging import merged
from lambdaplanner.model.plan import Plan
from tests.found.asking import ask
from tests.importing.interop import Files, imported, plan_from

VPC = {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"}
SUBNET = {
    "SubnetId": "subnet-1",
    "VpcId": "vpc-1",
    "CidrBlock": "10.0.0.0/24",
    "AvailabilityZone": "eu-west-1a",
}
ALL = {"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
LOCAL = {"DestinationCidrBlock": "10.0.0.0/16", "GatewayId": "local", "State": "active"}


def acl(*subnets: str) -> dict[str, Any]:
    return {
        "NetworkAclId": "acl-1",
        "VpcId": "vpc-1",
        "IsDefault": True,
        "Associations": [{"SubnetId": subnet} for subnet in subnets],
        "Entries": [
            {
                "RuleNumber": 100,
                "Protocol": "-1",
                "RuleAction": "allow",
                "Egress": egress,
                "CidrBlock": "0.0.0.0/0",
            }
            for egress in (True, False)
        ],
    }


def table(*routes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "RouteTableId": "rtb-1",
        "VpcId": "vpc-1",
        "Associations": [{"Main": True}],
        "Routes": [LOCAL, *({"State": "active", **route} for route in routes)],
        **more,
    }


def group(name: str = "sg-1", **more: Any) -> dict[str, Any]:
    return {
        "GroupId": name,
        "GroupName": name,
        "VpcId": "vpc-1",
        "IpPermissions": [],
        "IpPermissionsEgress": [ALL],
        **more,
    }


def function(**more: Any) -> dict[str, Any]:
    inside = {"VpcId": "vpc-1", "SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
    return {"FunctionName": "f", "MemorySize": 128, "Timeout": 3, "VpcConfig": inside, **more}


def dump(**lists: Any) -> Files:
    whole: dict[str, Any] = {
        "Vpcs": [VPC],
        "Subnets": [SUBNET],
        "RouteTables": [table()],
        "NetworkAcls": [acl("subnet-1")],
        "SecurityGroups": [group()],
        "Functions": [function()],
    }
    whole.update(lists)
    return {f"{key}.json": {key: value} for key, value in whole.items() if value is not None}


def one(plan: Plan, kind: str) -> Any:
    (found,) = plan.of(kind).values()
    return found


def rows(made: Assembled) -> set[tuple[str, str]]:
    return {(row["about"], row["of"]) for row in made.unknown}


@pytest.mark.parametrize(
    ("route", "target", "unknown"),
    [
        ({"DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": "nat-9"}, "outside", True),
        ({"DestinationCidrBlock": "0.0.0.0/0", "GatewayId": "igw-9"}, "igw-9", False),
        ({"DestinationCidrBlock": "10.9.0.0/16", "GatewayId": "vgw-9"}, "outside", False),
        ({"DestinationCidrBlock": "10.9.0.0/16", "TransitGatewayId": "tgw-9"}, "outside", False),
        ({"DestinationCidrBlock": "10.9.0.0/16", "LocalGatewayId": "lgw-9"}, "outside", False),
        ({"DestinationCidrBlock": "10.9.0.0/16", "CoreNetworkArn": "arn:x"}, "outside", False),
        ({"DestinationCidrBlock": "10.9.0.0/16", "NetworkInterfaceId": "eni-9"}, "outside", False),
        ({"DestinationCidrBlock": "10.9.0.0/16", "Odd": "odd-9"}, "outside", False),
        ({"DestinationCidrBlock": "10.0.0.0/24", "NetworkInterfaceId": "eni-9"}, "outside", False),
        (
            {"DestinationCidrBlock": "10.9.0.0/16", "NatGatewayId": "n", "State": "blackhole"},
            "blackhole",
            False,
        ),
    ],
)
def test_no_route_is_left_out(route: dict[str, Any], target: str, unknown: bool) -> None:
    made = imported(dump(RouteTables=[table(route)]))
    routes = made.sections["route_tables"]["rtb-1"]["routes"]
    assert routes == {route["DestinationCidrBlock"]: target}
    assert (("rtb-1", "routes") in rows(made)) is unknown


def test_a_route_to_an_instance_says_that_nobody_knows_whether_it_translates() -> None:
    instance = {
        "InstanceId": "i-1",
        "SubnetId": "subnet-1",
        "VpcId": "vpc-1",
        "PrivateIpAddress": "10.0.0.9",
        "SecurityGroups": [{"GroupId": "sg-1"}],
    }
    route = {"DestinationCidrBlock": "0.0.0.0/0", "InstanceId": "i-1"}
    files = dump(RouteTables=[table(route)])
    files["i.json"] = {"Reservations": [{"Instances": [instance]}]}
    made = imported(files)
    assert made.sections["route_tables"]["rtb-1"]["routes"] == {"0.0.0.0/0": "i-1"}
    assert ("i-1", "forwards") in rows(made)
    assert ask(plan_from(files), "f", "internet").verdict != "reachable"


def test_a_filtered_route_and_a_propagated_double_are_left_out() -> None:
    doubled = {
        "DestinationCidrBlock": "10.9.0.0/16",
        "GatewayId": "vgw-1",
        "Origin": "EnableVgwRoutePropagation",
    }
    static = {"DestinationCidrBlock": "10.9.0.0/16", "TransitGatewayId": "tgw-1"}
    filtered = {"DestinationCidrBlock": "10.8.0.0/16", "GatewayId": "vgw-1", "State": "filtered"}
    made = imported(dump(RouteTables=[table(doubled, static, filtered)]))
    assert made.sections["route_tables"]["rtb-1"]["routes"] == {"10.9.0.0/16": "outside"}
    assert made.comments["rtb-1"] == "10.9.0.0/16: tgw-1"
    assert sum(line.kind == "route" for line in made.left_out) == 2


def test_the_block_of_a_vpc_follows_from_its_local_route() -> None:
    made = imported(dump(Vpcs=None))
    assert made.sections["vpcs"]["vpc-1"]["cidr"] == "10.0.0.0/16"
    assert ("vpc-1", "cidr") not in rows(made)


def test_else_it_covers_the_subnets_that_are_known() -> None:
    made = imported(dump(Vpcs=None, RouteTables=None))
    assert made.sections["vpcs"]["vpc-1"]["cidr"] == "10.0.0.0/24"
    assert ("vpc-1", "cidr") in rows(made)


def test_lists_of_prefixes() -> None:
    permissions = [
        {
            "IpProtocol": "tcp",
            "FromPort": 443,
            "ToPort": 443,
            "PrefixListIds": [{"PrefixListId": "pl-s3"}, {"PrefixListId": "pl-own"}],
        }
    ]
    lists = [
        {"PrefixListId": "pl-s3", "PrefixListName": "com.amazonaws.eu-west-1.s3"},
        {"PrefixListId": "pl-own", "PrefixListName": "partners"},
        {"PrefixListId": "pl-idle", "PrefixListName": "idle"},
    ]
    files = dump(SecurityGroups=[group(IpPermissionsEgress=permissions)], PrefixLists=lists)
    made = imported(files)
    named = [rule["prefix_list"] for rule in made.sections["security_groups"]["sg-1"]["outbound"]]
    assert named == ["aws:s3", "partners"]
    assert rows(made) == {("partners", "entries")}
    files["get-managed-prefix-list-entries/pl-own.json"] = {"Entries": [{"Cidr": "203.0.113.0/24"}]}
    made = imported(files)
    assert made.sections["prefix_lists"]["partners"] == {"entries": ["203.0.113.0/24"]}


@pytest.mark.parametrize(
    ("permission", "rules"),
    [
        ({"IpProtocol": "6", "FromPort": 0, "ToPort": 65535}, [{"protocol": "tcp"}]),
        ({"IpProtocol": "udp", "FromPort": 53, "ToPort": 53}, [{"protocol": "udp", "ports": 53}]),
        ({"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1}, [{"protocol": "icmp"}]),
        ({"IpProtocol": "icmp", "FromPort": 3, "ToPort": 4}, []),
        ({"IpProtocol": "50"}, []),
        (
            {"IpProtocol": "tcp", "FromPort": 1024, "ToPort": 2048},
            [{"protocol": "tcp", "ports": "1024-2048"}],
        ),
    ],
)
def test_rules(permission: dict[str, Any], rules: list[dict[str, Any]]) -> None:
    whole = {**permission, "IpRanges": [{"CidrIp": "10.1.0.0/16"}]}
    made = imported(dump(SecurityGroups=[group(IpPermissions=[whole])]))
    found = made.sections["security_groups"]["sg-1"]["inbound"]
    assert (found or []) == [{**rule, "cidr": "10.1.0.0/16"} for rule in rules]


def test_a_rule_that_names_a_foreign_group_allows_less() -> None:
    whole = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-peer", "UserId": "9"}]}
    made = imported(dump(SecurityGroups=[group(IpPermissions=[whole])]))
    assert made.sections["security_groups"]["sg-1"]["inbound"] == []
    assert [line.effect for line in made.left_out if line.kind == "rule"] == ["less"]


def test_a_changed_default_group_and_a_changed_default_acl_are_written() -> None:
    changed = acl("subnet-1")
    changed["Entries"][0]["RuleAction"] = "deny"
    default = group("sg-d", GroupName="default")
    made = imported(dump(SecurityGroups=[group(), default], NetworkAcls=[changed]))
    assert made.sections["security_groups"]["default"]["default"] is True
    assert made.sections["network_acls"]["acl-1"]["default"] is True


def test_a_subnet_whose_acl_is_in_no_file_is_not_taken_to_have_an_open_one() -> None:
    plan = plan_from(dump(NetworkAcls=[acl()]))
    assert [(row.about, row.of) for row in plan.unknown] == [("vpc-1", "network_acl")]


def test_an_ipv6_only_subnet_cannot_be_said_and_its_users_are_not_unattached() -> None:
    native = {**SUBNET, "CidrBlock": "", "Ipv6Native": True}
    made = imported(dump(Subnets=[native]))
    assert ("f", "subnets") in rows(made)
    assert ask(plan_from(dump(Subnets=[native])), "f", "internet").verdict != "reachable"


def test_a_regional_nat_gateway() -> None:
    held = [
        {"AllocationId": f"eipalloc-{n}", "AvailabilityZone": zone}
        for n, zone in enumerate(["a", "a", "b"])
    ]
    nat = {
        "NatGatewayId": "nat-1",
        "VpcId": "vpc-1",
        "State": "available",
        "AvailabilityMode": "regional",
        "NatGatewayAddresses": held,
    }
    gateway = one(plan_from(dump(NatGateways=[nat])), "nat-gateway")
    assert (gateway.mode, gateway.vpc, gateway.elastic_ips) == ("regional", "vpc-1", 2)


def test_the_other_end_of_a_peering_is_known_by_its_block_alone() -> None:
    peering = {
        "VpcPeeringConnectionId": "pcx-1",
        "Status": {"Code": "active"},
        "RequesterVpcInfo": {"VpcId": "vpc-1", "CidrBlock": "10.0.0.0/16"},
        "AccepterVpcInfo": {"VpcId": "vpc-9", "CidrBlock": "10.9.0.0/16"},
    }
    route = {"DestinationCidrBlock": "10.9.0.0/16", "VpcPeeringConnectionId": "pcx-1"}
    files = dump(VpcPeeringConnections=[peering], RouteTables=[table(route)])
    made = imported(files)
    assert made.sections["vpcs"]["vpc-9"]["cidr"] == "10.9.0.0/16"
    assert ("vpc-9", "subnets") in rows(made)
    assert ask(plan_from(files), "f", "10.9.0.7").verdict != "reachable"


TRANSIT: dict[str, list[dict[str, Any]]] = {
    "TransitGateways": [{"TransitGatewayId": "tgw-1", "State": "available", "Options": {}}],
    "TransitGatewayVpcAttachments": [
        {
            "TransitGatewayAttachmentId": "tgw-attach-1",
            "TransitGatewayId": "tgw-1",
            "VpcId": "vpc-1",
            "State": "available",
            "SubnetIds": ["subnet-1"],
        }
    ],
    "TransitGatewayRouteTables": [
        {
            "TransitGatewayRouteTableId": "tgw-rtb-1",
            "TransitGatewayId": "tgw-1",
            "State": "available",
        }
    ],
}


def test_tables_of_a_transit_gateway() -> None:
    files = dump(**TRANSIT)
    assert ("tgw-1", "routes") in rows(imported(files))
    files["search-transit-gateway-routes/tgw-rtb-1.json"] = {
        "Routes": [
            {
                "DestinationCidrBlock": "0.0.0.0/0",
                "Type": "static",
                "State": "active",
                "TransitGatewayAttachments": [
                    {"TransitGatewayAttachmentId": "a", "ResourceId": "v", "ResourceType": "vpn"}
                ],
            },
            {"DestinationCidrBlock": "10.7.0.0/16", "Type": "static", "State": "blackhole"},
            {
                "DestinationCidrBlock": "10.0.0.0/16",
                "Type": "propagated",
                "State": "active",
                "TransitGatewayAttachments": [
                    {"TransitGatewayAttachmentId": "tgw-attach-1", "ResourceId": "vpc-1"}
                ],
            },
        ]
    }
    files["get-transit-gateway-route-table-propagations/tgw-rtb-1.json"] = {
        "TransitGatewayRouteTablePropagations": [
            {
                "TransitGatewayAttachmentId": "tgw-attach-1",
                "ResourceId": "vpc-1",
                "State": "enabled",
            }
        ]
    }
    files["get-transit-gateway-route-table-associations/tgw-rtb-1.json"] = {
        "Associations": [{"TransitGatewayAttachmentId": "tgw-attach-1", "ResourceId": "vpc-1"}]
    }
    made = imported(files)
    assert rows(made) == set()
    hub = one(plan_from(files), "transit-gateway")
    (attachment,) = hub.attachments
    (found,) = hub.route_tables
    assert (attachment.vpc, attachment.route_table) == ("vpc-1", "tgw-rtb-1")
    assert found.propagate == ("vpc-1",)
    assert {row.destination: row.target for row in found.routes} == {
        "0.0.0.0/0": "outside",
        "10.7.0.0/16": "blackhole",
    }


def test_what_a_role_may_do() -> None:
    role = {"Role": "arn:aws:iam::111122223333:role/service/fn-role"}
    files = dump(Functions=[function(**role)])
    files["list-attached-role-policies/fn-role.json"] = {
        "AttachedPolicies": [{"PolicyName": "AWSLambdaVPCAccessExecutionRole"}]
    }
    files["get-role-policy/fn-role-own.json"] = {
        "RoleName": "fn-role",
        "PolicyDocument": {"Statement": {"Effect": "Allow", "Action": "ec2:*"}},
    }
    found = one(plan_from(files), "function")
    assert found.role_policies == ("AWSLambdaVPCAccessExecutionRole", "ec2:CreateNetworkInterface")


def test_concurrency_is_what_is_reserved_else_what_is_provisioned() -> None:
    files = dump()
    files["list-provisioned-concurrency-configs/f.json"] = {
        "ProvisionedConcurrencyConfigs": [
            {"RequestedProvisionedConcurrentExecutions": 5},
            {"RequestedProvisionedConcurrentExecutions": 7},
        ]
    }
    assert one(plan_from(files), "function").concurrency == 12
    files["get-function-concurrency/f.json"] = {"ReservedConcurrentExecutions": 0}
    assert one(plan_from(files), "function").concurrency == 0


@pytest.mark.parametrize("config", [None, {}, {"SubnetIds": [], "VpcId": ""}])
def test_a_function_without_a_vpc_is_not_attached(config: Any) -> None:
    found = one(plan_from(dump(Functions=[function(VpcConfig=config)])), "function")
    assert found.subnets == ()
    assert ("f", "subnets") not in rows(imported(dump(Functions=[function(VpcConfig=config)])))


def test_networks_in_several_regions_have_to_be_chosen() -> None:
    other = {**SUBNET, "SubnetId": "subnet-2", "VpcId": "vpc-2", "AvailabilityZone": "us-east-1a"}
    files = dump(Subnets=[SUBNET, other], Vpcs=[VPC, {**VPC, "VpcId": "vpc-2"}])
    with pytest.raises(QuestionError, match="2 regions") as caught:
        imported(files)
    assert "--region" in caught.value.hint
    made = imported(files, Choices(regions=("us-east-1",)))
    assert list(made.sections["vpcs"]) == ["vpc-2"]


def test_a_chosen_vpc_comes_alone() -> None:
    second = {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16", "Tags": [{"Key": "Name", "Value": "b"}]}
    files = dump(Vpcs=[VPC, second])
    for wish in ("vpc-2", "b", "10.2.0.0/16"):
        assert list(imported(files, Choices(vpcs=(wish,))).sections["vpcs"]) == ["b"]


def test_a_default_vpc_in_which_nothing_stands_is_left_out() -> None:
    default = {"VpcId": "vpc-d", "CidrBlock": "172.31.0.0/16", "IsDefault": True}
    files = dump(Vpcs=[VPC, default])
    assert list(imported(files).sections["vpcs"]) == ["vpc-1"]
    kept = imported(files, Choices(keep_default_vpc=True))
    assert list(kept.sections["vpcs"]) == ["vpc-1", "vpc-d"]


def test_of_two_files_that_differ_the_later_one_counts() -> None:
    files = dump()
    files["ZZ.json"] = {"data": {"Functions": [function(MemorySize=512)]}, "status_code": 200}
    made = imported(files)
    assert made.sections["functions"]["f"]["memory_mb"] == 512
    assert any("differently" in line.why for line in made.left_out)


def test_block_public_access_and_exclusions() -> None:
    files = dump(
        VpcBlockPublicAccessExclusions=[
            {
                "ExclusionId": "x",
                "ResourceArn": "arn:aws:ec2:eu-west-1:1:vpc/vpc-1",
                "InternetGatewayExclusionMode": "allow-egress",
                "State": "create-complete",
            }
        ]
    )
    files["options.json"] = {
        "VpcBlockPublicAccessOptions": {"InternetGatewayBlockMode": "block-bidirectional"}
    }
    plan = plan_from(files)
    assert plan.info.settings.block_public_access == "bidirectional"
    assert one(plan, "vpc").public_access == "egress"


def test_a_count_that_cannot_be_is_not_used() -> None:
    made = imported(dump(Subnets=[{**SUBNET, "AvailableIpAddressCount": 4091}]))
    assert made.observed == {}
    assert any(line.kind == "address count" for line in made.left_out)


def test_what_two_commands_tell_of_one_thing_comes_together() -> None:
    listed = {key: value for key, value in function().items() if key != "VpcConfig"}
    files = dump(Functions=[listed])
    files["get-function/f.json"] = {"Configuration": function(Architectures=["arm64"])}
    made = imported(files)
    assert made.sections["functions"]["f"]["subnets"] == ["subnet-1"]
    assert not any("differently" in line.why for line in made.left_out)


def test_the_folders_of_collectors_tell_region_and_account() -> None:
    files = {f"aws_configs/us-west-2/{name}": value for name, value in dump().items()}
    subnet = files["aws_configs/us-west-2/Subnets.json"]["Subnets"][0]
    files["aws_configs/us-west-2/Subnets.json"] = {
        "Subnets": [{key: value for key, value in subnet.items() if key != "AvailabilityZone"}]
    }
    made = imported(files)
    assert made.info["region"] == "us-west-2"
    assert ("subnet-1", "az") in rows(made)


def test_a_selection_only_removes_inside_what_was_selected() -> None:
    second = {"VpcId": "vpc-2", "CidrBlock": "10.2.0.0/16"}
    files = dump(Vpcs=[VPC, second])
    plan = plan_from(files)
    documents = [Document(name, value) for name, value in sorted(files.items())]
    made = merged(read(documents, Choices(vpcs=("vpc-1",))), plan)
    assert made.removed == []
    assert set(made.plan.of("vpc")) == {"vpc-1", "vpc-2"}


def test_a_strange_list_is_counted() -> None:
    made = imported({**dump(), "volumes.json": {"Volumes": [{"VolumeId": "vol-1"}] * 3}})
    assert sum(line.kind == "Volumes" for line in made.left_out) == 3


@pytest.mark.parametrize("config", [7, "vpc-1", {"SecurityGroupIds": ["sg-1"]}, {"VpcId": "vpc-1"}])
def test_a_config_that_says_too_little_is_no_default_networking(config: Any) -> None:
    files = dump(Functions=[function(VpcConfig=config)])
    assert ("f", "subnets") in rows(imported(files))
    assert ask(plan_from(files), "f", "internet").verdict != "reachable"


def test_a_rule_without_ports_allows_nothing() -> None:
    whole = {"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "10.1.0.0/16"}]}
    made = imported(dump(SecurityGroups=[group(IpPermissions=[whole])]))
    assert not made.sections["security_groups"]["sg-1"]["inbound"]


@pytest.mark.parametrize("key", ["RuleNumber", "Egress", "RuleAction", "Protocol", "CidrBlock"])
def test_an_entry_of_an_acl_that_lacks_something_may_deny_anything(key: str) -> None:
    guarded = acl("subnet-1")
    deny = {
        "RuleNumber": 90,
        "Protocol": "-1",
        "RuleAction": "deny",
        "Egress": True,
        "CidrBlock": "0.0.0.0/0",
    }
    guarded["Entries"].append({part: value for part, value in deny.items() if part != key})
    files = dump(NetworkAcls=[guarded])
    assert ("acl-1", "rules") in rows(imported(files))


def test_a_route_without_a_destination_may_lead_anywhere() -> None:
    made = imported(dump(RouteTables=[table({"NatGatewayId": "nat-1"})]))
    assert ("rtb-1", "routes") in rows(made)
