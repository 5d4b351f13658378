"""What names in a template stand for: parameters, pseudo parameters, resources and their
attributes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdaplanner.importing.template.stack import STACKS, Evaluating, Stack
from lambdaplanner.importing.template.values import (
    ABSENT,
    Mixed,
    Reference,
    Unknown,
    Value,
    split,
)

_EC2 = "AWS::EC2::"
_ITSELF = {
    f"{_EC2}VPC": "VpcId",
    f"{_EC2}Subnet": "SubnetId",
    f"{_EC2}RouteTable": "RouteTableId",
    f"{_EC2}SecurityGroup": "GroupId",
    f"{_EC2}NetworkInterface": "NetworkInterfaceId",
    f"{_EC2}InternetGateway": "InternetGatewayId",
    f"{_EC2}NatGateway": "NatGatewayId",
    f"{_EC2}Instance": "InstanceId",
    f"{_EC2}PrefixList": "PrefixListId",
    f"{_EC2}VPNGateway": "VPNGatewayId",
    f"{_EC2}TransitGatewayRouteTable": "TransitGatewayRouteTableId",
}
"""Attributes that are the resource's own id, beside those that are so for all."""
_ALWAYS_ITSELF = ("Id", "Arn", "FileSystemId", "LoadBalancerArn", "DBInstanceArn", "DBClusterArn")
_PORTS = {
    **dict.fromkeys(("aurora-postgresql", "postgres"), "5432"),
    **dict.fromkeys(("aurora-mysql", "mysql", "mariadb"), "3306"),
    "oracle-": "1521",
    "sqlserver-": "1433",
}
"""Default ports by engine.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html
"""
_PROPERTIES = {
    f"{_EC2}VPC": ("CidrBlock",),
    f"{_EC2}Subnet": ("CidrBlock", "VpcId", "AvailabilityZone"),
    f"{_EC2}SecurityGroup": ("VpcId",),
}
"""Attributes that are what the property of the same name says."""


def named(evaluation: Evaluating, name: str) -> Value:
    """What ``Ref`` gives."""
    if name.startswith("AWS::"):
        return _pseudo(evaluation, name)
    stack = evaluation.stack
    declared = stack.part("Parameters").get(name)
    if isinstance(declared, Mapping):
        return parameter(stack, name, declared)
    return _resource(evaluation, name) or Reference(stack.name, name)


def attribute(evaluation: Evaluating, logical: str, name: str) -> Value:
    """What ``Fn::GetAtt`` gives."""
    stack, world = evaluation.stack, evaluation.world
    unknown = _resource(evaluation, logical)
    if unknown is not None:
        return unknown
    kind = stack.type_of(logical)
    if kind in STACKS and name.startswith("Outputs."):
        child = stack.children.get(logical)
        if isinstance(child, Stack):
            return world.output(child, name.removeprefix("Outputs."))
        return child or Unknown(f"no SOURCE holds the template of {logical}")
    if name in _ALWAYS_ITSELF or _ITSELF.get(kind) == name:
        return Reference(stack.name, logical)
    if name.endswith(".Port"):
        return _port(evaluation, logical)
    if name in _PROPERTIES.get(kind, ()):
        found = world.evaluated(stack, logical, name)
        return Unknown(f"{logical} has no {name}") if found is ABSENT else found
    return Reference(stack.name, logical, name)


def _port(evaluation: Evaluating, logical: str) -> Value:
    """The port of a database or cache: what it is given, else the default of its engine."""
    stack, world = evaluation.stack, evaluation.world
    found = world.evaluated(stack, logical, "Port")
    engine = world.evaluated(stack, logical, "Engine") if found is ABSENT else ""
    if isinstance(engine, str) and engine:
        port = next((port for name, port in _PORTS.items() if engine.startswith(name)), "")
        if port:
            world.derived_ports[stack.name, logical] = (engine, port)
            return port
    if found is ABSENT:
        return Unknown(f"AWS tells the port of {logical} only when it makes it")
    return found


def _resource(evaluation: Evaluating, logical: str) -> Unknown | None:
    """Why a resource is not there."""
    stack = evaluation.stack
    if stack.resource(logical) is None:
        return Unknown(f"the template holds no {logical[:80]}")
    if evaluation.world.made(stack, logical) is False:
        return Unknown(f"{logical} is not made: its condition does not hold")
    return None


def _pseudo(evaluation: Evaluating, name: str) -> Value:
    region = evaluation.world.region
    kind = next((one for one in ("cn", "us-gov") if region.startswith(f"{one}-")), "")
    found: dict[str, Value] = {
        "AWS::NoValue": ABSENT,
        "AWS::Partition": f"aws-{kind}" if kind else "aws",
        "AWS::Region": region,
        "AWS::StackName": evaluation.stack.name,
        "AWS::URLSuffix": "amazonaws.com.cn" if kind == "cn" else "amazonaws.com",
    }
    return found.get(name, Unknown(f"a template does not tell {name[:40]}"))


def parameter(stack: Stack, name: str, declared: Mapping[str, Any]) -> Value:
    """What a parameter was given, else its default, else nothing that anybody knows."""
    kind = str(declared.get("Type", "String"))
    if str(declared.get("NoEcho", "")).lower() == "true":
        return Unknown(f"the parameter {name} is kept secret (NoEcho)")
    if kind.startswith("AWS::SSM::Parameter::"):
        return Unknown(f"the parameter {name} is read from Parameter Store", name, stack.name)
    value = stack.given.get(name, declared.get("Default"))
    if value is None or isinstance(value, Mapping):
        return Unknown(f"the parameter {name} has no value", name, stack.name)
    if isinstance(value, str) and "{{resolve:" in value:
        return Unknown(f"the parameter {name} is read from Parameter Store or Secrets Manager")
    listed = kind == "CommaDelimitedList" or kind.startswith("List<")
    if listed and isinstance(value, str | Mixed):
        pieces = split(value, ",")
        return [one.strip() if isinstance(one, str) else one for one in pieces]
    return [value] if listed and not isinstance(value, list | Unknown) else value
