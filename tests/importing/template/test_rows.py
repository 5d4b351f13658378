"""What resource types become, one small template each."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.interop import said
from tests.importing.template.stacks_of_texts import assembled, plan_from, ref, template

NET = ("EC2::VPC", {"CidrBlock": "10.0.0.0/16"})
SUB = ("EC2::Subnet", {"VpcId": ref("Net"), "CidrBlock": "10.0.0.0/24"})
GROUP = ("EC2::SecurityGroup", {"VpcId": ref("Net"), "GroupDescription": "x"})
IPV6 = ("EC2::VPCCidrBlock", {"VpcId": ref("Net"), "AmazonProvidedIpv6CidrBlock": True})
DEFAULT_GROUP = {"Fn::GetAtt": ["Net", "DefaultSecurityGroup"]}


def attached(*groups: Any, **more: Any) -> tuple[str, dict[str, Any]]:
    config = {"SubnetIds": [ref("Sub")], "SecurityGroupIds": list(groups)}
    return ("Lambda::Function", {"VpcConfig": config, **more})


def rules(*rows: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    return ("EC2::SecurityGroup", {"VpcId": ref("Net"), "SecurityGroupEgress": list(rows)})


EVERYTHING = {"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}
ROWS: list[tuple[str, dict[str, Any], str, str, dict[str, Any]]] = [
    (
        "a regional NAT gateway",
        {"Nat": ("EC2::NatGateway", {"VpcId": ref("Net"), "AvailabilityMode": "regional"})},
        "nat_gateways",
        "Nat",
        {"vpc": "Net", "mode": "regional"},
    ),
    (
        "a private NAT gateway",
        {"Nat": ("EC2::NatGateway", {"SubnetId": ref("Sub"), "ConnectivityType": "private"})},
        "nat_gateways",
        "Nat",
        {"subnet": "Sub", "connectivity": "private"},
    ),
    (
        "a virtual private gateway that announces",
        {
            "Vgw": ("EC2::VPNGateway", {"Type": "ipsec.1"}),
            "On": ("EC2::VPCGatewayAttachment", {"VpcId": ref("Net"), "VpnGatewayId": ref("Vgw")}),
            "Table": ("EC2::RouteTable", {"VpcId": ref("Net")}),
            "Prop": (
                "EC2::VPNGatewayRoutePropagation",
                {"RouteTableIds": [ref("Table")], "VpnGatewayId": ref("Vgw")},
            ),
        },
        "route_tables",
        "Table",
        {"vpc": "Net", "propagate": ["Vgw"]},
    ),
    (
        "a group that allows everything out",
        {"G": rules(EVERYTHING)},
        "security_groups",
        "G",
        {"vpc": "Net"},
    ),
    (
        "a group that allows nothing out",
        {"G": rules({"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"})},
        "security_groups",
        "G",
        {"vpc": "Net", "outbound": []},
    ),
    (
        "a silent group where there is IPv6",
        {"G": GROUP, "V6": IPV6},
        "security_groups",
        "G",
        {"vpc": "Net", "outbound": [{"cidr": "0.0.0.0/0"}]},
    ),
    (
        "ICMP and other protocols",
        {
            "G": rules(
                {"IpProtocol": "icmp", "FromPort": 8, "ToPort": -1, "CidrIp": "10.0.0.0/8"},
                {"IpProtocol": "icmp", "FromPort": 3, "ToPort": 4, "CidrIp": "10.0.0.0/8"},
                {"IpProtocol": "50", "CidrIp": "10.0.0.0/8"},
            )
        },
        "security_groups",
        "G",
        {"vpc": "Net", "outbound": [{"protocol": "icmp", "cidr": "10.0.0.0/8"}]},
    ),
    (
        "a rule for the port that a database has by its engine",
        {
            "Db": ("RDS::DBInstance", {"Engine": "postgres"}),
            "Port": ("RDS::DBInstance", {"Engine": "postgres", "Port": "6000"}),
            "G": rules(
                *(
                    {
                        "IpProtocol": "tcp",
                        "FromPort": {"Fn::GetAtt": [name, "Endpoint.Port"]},
                        "ToPort": {"Fn::GetAtt": [name, "Endpoint.Port"]},
                        "CidrIp": "10.0.0.0/8",
                    }
                    for name in ("Db", "Port")
                )
            ),
        },
        "security_groups",
        "G",
        {
            "vpc": "Net",
            "outbound": [
                {"protocol": "tcp", "ports": 5432, "cidr": "10.0.0.0/8"},
                {"protocol": "tcp", "ports": 6000, "cidr": "10.0.0.0/8"},
            ],
        },
    ),
    (
        "a closed default group that a function has",
        {
            "Shut": ("Custom", {}),
            "F": attached(DEFAULT_GROUP, Timeout=9),
        },
        "security_groups",
        "Net-default",
        {"vpc": "Net", "default": True, "outbound": []},
    ),
    (
        "an interface endpoint",
        {
            "G": GROUP,
            "E": (
                "EC2::VPCEndpoint",
                {
                    "VpcId": ref("Net"),
                    "VpcEndpointType": "Interface",
                    "ServiceName": {"Fn::Sub": "com.amazonaws.${AWS::Region}.sqs"},
                    "SubnetIds": [ref("Sub")],
                    "SecurityGroupIds": [ref("G")],
                    "PrivateDnsEnabled": True,
                },
            ),
        },
        "endpoints",
        "E",
        {
            "vpc": "Net",
            "service": "sqs",
            "type": "interface",
            "subnets": ["Sub"],
            "security_groups": ["G"],
        },
    ),
    (
        "a function whose role lets it",
        {
            "Role": (
                "IAM::Role",
                {
                    "Policies": [
                        {
                            "PolicyName": "x",
                            "PolicyDocument": {
                                "Statement": [
                                    {
                                        "Effect": "Allow",
                                        "Action": ["ec2:*NetworkInterface*", "s3:GetObject"],
                                        "Resource": "*",
                                    }
                                ]
                            },
                        }
                    ]
                },
            ),
            "F": attached(DEFAULT_GROUP, Role={"Fn::GetAtt": "Role.Arn"}, MemorySize=512),
        },
        "functions",
        "F",
        {"memory_mb": 512, "role_policies": ["ec2:*NetworkInterface*"], "subnets": ["Sub"]},
    ),
    (
        "provisioned concurrency",
        {
            "F": ("Lambda::Function", {}),
            "Live": (
                "Lambda::Alias",
                {
                    "FunctionName": ref("F"),
                    "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 7},
                },
            ),
        },
        "functions",
        "F",
        {"concurrency": 7},
    ),
    (
        "a function on a capacity provider",
        {
            "Pool": ("Lambda::CapacityProvider", {"VpcConfig": {"SubnetIds": [ref("Sub")]}}),
            "F": (
                "Lambda::Function",
                {
                    "CapacityProviderConfig": {
                        "LambdaManagedInstancesCapacityProviderConfig": {
                            "CapacityProviderArn": {"Fn::GetAtt": ["Pool", "Arn"]}
                        }
                    }
                },
            ),
        },
        "functions",
        "F",
        {"capacity_provider": "Pool"},
    ),
    (
        "a load balancer with its listener",
        {
            "Lb": ("ElasticLoadBalancingV2::LoadBalancer", {"Subnets": [ref("Sub")]}),
            "On": (
                "ElasticLoadBalancingV2::Listener",
                {"LoadBalancerArn": ref("Lb"), "Port": 443},
            ),
        },
        "workloads",
        "Lb",
        {"type": "alb", "subnets": ["Sub"], "port": 443, "public_ip": True},
    ),
    (
        "a file system where its mount targets stand",
        {
            "Fs": ("EFS::FileSystem", {}),
            "Mt": ("EFS::MountTarget", {"FileSystemId": ref("Fs"), "SubnetId": ref("Sub")}),
        },
        "workloads",
        "Fs",
        {"type": "efs", "subnets": ["Sub"]},
    ),
    (
        "an interface of nobody takes an address",
        {"Eni": ("EC2::NetworkInterface", {"SubnetId": ref("Sub")})},
        "subnets",
        "Sub",
        {"vpc": "Net", "cidr": "10.0.0.0/24", "reserved_ips": 1},
    ),
]


@pytest.mark.parametrize(
    ("resources", "section", "name", "entry"), [row[1:] for row in ROWS], ids=[r[0] for r in ROWS]
)
def test_what_a_type_becomes(
    resources: dict[str, Any], section: str, name: str, entry: dict[str, Any]
) -> None:
    text = template(Net=NET, Sub=SUB, **resources)
    shut = '{"Type": "Custom::VpcRestrictDefaultSG", "Properties": {"DefaultSecurityGroupId": '
    closing = '{"Fn::GetAtt": ["Net", "DefaultSecurityGroup"]}}}'
    text = text.replace('{"Type": "AWS::Custom", "Properties": {}}', shut + closing)
    found = said(plan_from(text))[section][name]
    found.pop("origin")
    assert found == entry


def test_a_route_without_a_known_target_leads_outside() -> None:
    text = template(
        Net=NET,
        Table=("EC2::RouteTable", {"VpcId": ref("Net")}),
        One=(
            "EC2::Route",
            {
                "RouteTableId": ref("Table"),
                "DestinationCidrBlock": "0.0.0.0/0",
                "TransitGatewayId": {"Fn::ImportValue": "hub"},
            },
        ),
    )
    made = assembled(text)
    assert made.sections["route_tables"]["Table"]["routes"] == {"0.0.0.0/0": "outside"}
    assert made.comments["Table"] == "0.0.0.0/0: no SOURCE exports hub"


def test_a_vpc_that_is_only_named_has_a_block_around_its_subnets() -> None:
    text = template(Sub=SUB).replace('{"Ref": "Net"}', '"vpc-12345678"')
    made = assembled(text)
    assert made.sections["vpcs"]["vpc-12345678"]["cidr"] == "10.0.0.0/24"
    rows = {row["of"] for row in made.unknown if row["about"] == "vpc-12345678"}
    assert rows == {"cidr", "route_tables", "network_acl"}


def test_what_stands_in_a_vpc_and_has_no_kind_is_less() -> None:
    text = template(Net=NET, Sub=SUB, Q=("DAX::Cluster", {"SubnetIds": [ref("Sub")]}))
    assert [(one.name, one.effect) for one in assembled(text).left_out] == [("Q", "less")]


@pytest.mark.parametrize("odd", [{"Fn::GetAtt": ["Net", "Other"]}, "text", ["list"]])
def test_a_function_whose_attachment_cannot_be_read_is_attached(odd: Any) -> None:
    made = assembled(template(Net=NET, F=("Lambda::Function", {"VpcConfig": odd})))
    assert ("F", "subnets") in {(row["about"], row["of"]) for row in made.unknown}


def test_a_rule_without_another_end_is_reported() -> None:
    made = assembled(template(Net=NET, G=rules({"IpProtocol": "tcp"})))
    assert [(one.kind, one.effect) for one in made.left_out] == [("rule", "less")]
