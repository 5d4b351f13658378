"""The promises of every import, for templates: nothing more reachable for what is not told, each
resource in one place, the same from files in any order, no harm from any text.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.formats.stack_template import read
from lambdaplanner.model.plan import Plan
from tests.importing.template.stacks_of_texts import (
    NAMES,
    assembled,
    found_in,
    plan_from,
    text_of,
)

GUARDED = """
Resources:
  Net: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Gate: {Type: 'AWS::EC2::InternetGateway'}
  GateOn:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Net, InternetGatewayId: !Ref Gate}
  Out: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  App: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
  Data: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Net, CidrBlock: 10.0.2.0/24}}
  OutTable: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Net}}
  AppTable: {Type: 'AWS::EC2::RouteTable', Properties: {VpcId: !Ref Net}}
  OutRoute:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref OutTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gate}
  Nat: {Type: 'AWS::EC2::NatGateway', Properties: {SubnetId: !Ref Out, AllocationId: eipalloc-1}}
  AppRoute:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref AppTable
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Nat
  Narrow:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref AppTable
      DestinationCidrBlock: 8.0.0.0/8
      TransitGatewayId: tgw-1
  OutOn:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref Out, RouteTableId: !Ref OutTable}
  AppOn:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref App, RouteTableId: !Ref AppTable}
  Tight: {Type: 'AWS::EC2::NetworkAcl', Properties: {VpcId: !Ref Net}}
  TightIn:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Tight
      RuleNumber: 90
      Protocol: -1
      RuleAction: deny
      CidrBlock: 10.0.1.0/24
  TightAll:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Tight
      RuleNumber: 100
      Protocol: -1
      RuleAction: allow
      CidrBlock: 0.0.0.0/0
  TightOut:
    Type: AWS::EC2::NetworkAclEntry
    Properties:
      NetworkAclId: !Ref Tight
      RuleNumber: 100
      Protocol: -1
      Egress: true
      RuleAction: allow
      CidrBlock: 0.0.0.0/0
  TightOn:
    Type: AWS::EC2::SubnetNetworkAclAssociation
    Properties: {SubnetId: !Ref Data, NetworkAclId: !Ref Tight}
  Open: {Type: 'AWS::EC2::SecurityGroup', Properties: {VpcId: !Ref Net, GroupDescription: all}}
  Shut:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Net
      SecurityGroupIngress:
      - IpProtocol: tcp
        FromPort: 5432
        ToPort: 5432
        SourceSecurityGroupId: !Ref Open
      SecurityGroupEgress: [{IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: 10.0.0.0/8}]
  Work:
    Type: AWS::Lambda::Function
    Properties: {VpcConfig: {SubnetIds: [!Ref App], SecurityGroupIds: [!Ref Open]}}
  Kept:
    Type: AWS::Lambda::Function
    Properties: {VpcConfig: {SubnetIds: [!Ref App], SecurityGroupIds: [!Ref Shut]}}
  Far:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: !Ref Data, SecurityGroupIds: [!Ref Open]}
  Near:
    Type: AWS::EC2::Instance
    Properties: {SubnetId: !Ref App, SecurityGroupIds: [!Ref Shut]}
"""
UNTOLD = {"Ref": "Without"}


def guarded() -> dict[str, Any]:
    root: dict[str, Any] = json.loads(json.dumps(read(GUARDED)))
    root["Parameters"] = {"Without": {"Type": "String"}}
    root["Conditions"] = {"Maybe": {"Fn::Equals": [UNTOLD, "x"]}}
    return root


def reachable(plan: Plan) -> set[tuple[str, str, int]]:
    analysis = PlanAnalysis(plan)
    ends = [*plan.of("function"), *plan.of("workload")]
    names = {end: plan.resource(end).origin[0] for end in ends}
    pairs = [(one, other) for one in ends for other in (*ends, "internet", "8.8.8.8", "10.0.2.9")]
    pairs += [("internet", end) for end in plan.of("workload")]
    return {
        (names.get(one, one), names.get(other, other), port)
        for one, other in pairs
        if one != other
        for port in (443, 5432)
        if analysis.question(one, other, port).verdict == "reachable"
    }


def properties(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Every place in a value, outside functions."""
    yield path
    if isinstance(value, dict) and "Ref" not in value:
        for key, inner in value.items():
            yield from properties(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from properties(inner, (*path, number))


PLACES = [
    (name, *path)
    for name, resource in guarded()["Resources"].items()
    if "Properties" in resource
    for path in properties(resource["Properties"], ("Properties",))
]
ELSEWHERE = (
    ("Narrow", "Properties", "RouteTableId"),
    ("TightIn", "Properties", "NetworkAclId"),
    ("TightOn", "Properties", "SubnetId"),
)
"""Where a parameter means something that the template does not make, which is guarded no more."""


def with_place(place: tuple[Any, ...], *, choice: bool) -> str:
    root = guarded()
    at = root["Resources"]
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = {"Fn::If": ["Maybe", at[place[-1]], UNTOLD]} if choice else UNTOLD
    return json.dumps(root)


@pytest.fixture(scope="module")
def told() -> set[tuple[str, str, int]]:
    found = reachable(plan_from(json.dumps(guarded())))
    assert ("cfn:Work", "internet", 443) in found
    assert ("cfn:Work", "8.8.8.8", 443) not in found
    assert not any(other == "cfn:Far" for _, other, _ in found)
    return found


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_what_is_not_told_never_makes_anything_reachable(
    place: tuple[Any, ...], told: set[tuple[str, str, int]]
) -> None:
    for choice in (True,) if place in ELSEWHERE else (False, True):
        assert reachable(plan_from(with_place(place, choice=choice))) <= told


@pytest.mark.parametrize("name", list(guarded()["Resources"]))
def test_what_may_not_be_made_never_makes_anything_reachable(
    name: str, told: set[tuple[str, str, int]]
) -> None:
    root = guarded()
    root["Resources"][name]["Condition"] = "Maybe"
    assert reachable(plan_from(json.dumps(root))) <= told


@pytest.mark.parametrize("name", NAMES)
def test_no_resource_is_both_made_and_left_out(name: str) -> None:
    found = found_in(text_of(name))
    made = {key for thing in found.things for key in thing.origin}
    gone = [f"cfn:{line.name}" for line in found.left_out]
    assert not made & set(gone)
    assert len(gone) == len(set(gone))


def test_files_in_any_order_give_the_same_plan() -> None:
    one, two = (text_of(name) for name in NAMES)
    first = plan_text(plan_from({"a.yaml": one, "b.yaml": two}))
    assert first == plan_text(plan_from({"b.yaml": two, "a.yaml": one}))


def test_resources_in_any_order_give_the_same_plan() -> None:
    root = guarded()
    turned = copy.deepcopy(root)
    turned["Resources"] = dict(reversed(root["Resources"].items()))
    assert plan_text(plan_from(json.dumps(root))) == plan_text(plan_from(json.dumps(turned)))


ODD = st.recursive(
    st.sampled_from(["", "x", "-1", "10.0.0.0/8", "999999999999", {"Ref": "Net"}, UNTOLD, None]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["Ref", "Fn::If", "Fn::Sub", "CidrIp", "Key", "Value", "From"]),
            inner,
            max_size=2,
        ),
    ),
    max_leaves=5,
)


@given(place=st.sampled_from(PLACES), value=ODD)
def test_any_value_anywhere_gives_a_plan(place: tuple[Any, ...], value: Any) -> None:
    root = guarded()
    at = root["Resources"]
    for key in place[:-1]:
        at = at[key]
    at[place[-1]] = value
    made = assembled(json.dumps(root))
    assert made.sections["functions"]


@pytest.mark.parametrize("part", ["Resources", "Parameters", "Conditions", "Mappings", "Outputs"])
@given(value=ODD)
def test_any_value_for_a_section_does_no_harm(part: str, value: Any) -> None:
    root = guarded()
    root[part] = value
    found_in(json.dumps(root))
