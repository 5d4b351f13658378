"""What the functions of a template come to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.formats.stack_template import of_json, read
from lambdaplanner.importing.template.stack import Stack
from lambdaplanner.importing.template.stacks import Stacks
from lambdaplanner.importing.template.values import ABSENT, Mixed, Reference, Unknown

TEMPLATE = """
Parameters:
  Plain: {Type: String, Default: hello}
  Given: {Type: String, Default: not this}
  Without: {Type: String}
  Secret: {Type: String, NoEcho: true, Default: never-to-be-copied}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /path/of/it}
  Later: {Type: String, Default: '{{resolve:ssm:never-to-be-copied}}'}
  List: {Type: CommaDelimitedList, Default: 'a, b,c'}
Mappings:
  Map: {one: {two: three, list: [4, 5]}}
Conditions:
  Yes: !Equals [!Ref Plain, hello]
  No: !Not [!Condition Yes]
  Maybe: !Equals [!Ref Without, x]
  Loop: !Not [!Condition Loop]
Resources:
  Net: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: 10.0.0.0/16}}
  Sub: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Net, CidrBlock: !GetAtt Sub.CidrBlock}}
  Gone: {Type: 'AWS::EC2::VPC', Condition: No, Properties: {CidrBlock: 10.0.0.0/16}}
  Group: {Type: 'AWS::EC2::SecurityGroup'}
"""
NET, GROUP = Reference("net", "Net"), Reference("net", "Group")


def came_to(text: str) -> Any:
    """What ``a`` of a text is, in the template above."""
    stack = Stack("net", "net.yaml", read(TEMPLATE), {"Given": "this"})
    return Stacks([stack], "eu-west-1").value(stack, read(f"a: {text}")["a"])


KNOWN = [
    ("!Ref Plain", "hello"),
    ("!Ref Given", "this"),
    ("!Ref List", ["a", "b", "c"]),
    ("!Ref Net", NET),
    ("!Ref AWS::Region", "eu-west-1"),
    ("!Ref AWS::Partition", "aws"),
    ("!Ref AWS::StackName", "net"),
    ("!Ref AWS::NoValue", ABSENT),
    ("[x, !Ref AWS::NoValue]", ["x"]),
    ("{x: !Ref AWS::NoValue, y: z}", {"y": "z"}),
    ("!GetAtt Net.CidrBlock", "10.0.0.0/16"),
    ("!GetAtt [Group, GroupId]", GROUP),
    ("!GetAtt Net.DefaultSecurityGroup", Reference("net", "Net", "DefaultSecurityGroup")),
    ("!GetAtt Sub.VpcId", NET),
    ("!Sub '${Plain}-${!x}-${AWS::Region}-${Net.CidrBlock}'", "hello-${x}-eu-west-1-10.0.0.0/16"),
    ("!Sub ['${a}${Plain}', {a: !Ref Given}]", "thishello"),
    ("!Sub '${Net}'", NET),
    ("!Join ['-', [a, !Ref Plain]]", "a-hello"),
    ("!Join ['-', !Ref List]", "a-b-c"),
    ("!Join ['-', []]", ""),
    ("!Split [',', !Join [',', [!Ref Net, !Ref Group]]]", [NET, GROUP]),
    ("!Select [1, !Ref List]", "b"),
    ("!Select ['0', !Split ['/', !GetAtt Net.CidrBlock]]", "10.0.0.0"),
    ("!Select [1, !GetAZs '']", "eu-west-1b"),
    ("!GetAZs us-west-2", ["us-west-2a", "us-west-2b", "us-west-2c"]),
    ("!Cidr [10.0.0.0/24, 2, 6]", ["10.0.0.0/26", "10.0.0.64/26"]),
    ("!Cidr [10.0.0.0/16, 1]", ["10.0.0.0/24"]),
    ("!Cidr ['fd00::/56', 2, 64]", ["fd00::/64", "fd00:0:0:1::/64"]),
    ("!FindInMap [Map, one, two]", "three"),
    ("!FindInMap [Map, one, list]", ["4", "5"]),
    ("!FindInMap [Map, two, two, {DefaultValue: four}]", "four"),
    ("!If [Yes, a, b]", "a"),
    ("!If [No, a, b]", "b"),
    ("!If [Maybe, a, a]", "a"),
    ("!Base64 ab", "YWI="),
    ("{Fn::Length: !Ref List}", "3"),
    ("{Fn::ToJsonString: {a: [b]}}", '{"a":["b"]}'),
    ("!Equals [a, a]", "true"),
    ("!And [!Condition Maybe, !Condition No]", "false"),
    ("!Or [!Condition Maybe, !Condition Yes]", "true"),
]


@pytest.mark.parametrize(("text", "value"), KNOWN)
def test_what_is_known(text: str, value: object) -> None:
    assert came_to(text) == value


UNKNOWN = [
    ("!Ref Without", "the parameter Without has no value"),
    ("!Ref Secret", "kept secret"),
    ("!Ref Stored", "Parameter Store"),
    ("!Ref Later", "Parameter Store"),
    ("'{{resolve:secretsmanager:x}}'", "Secrets Manager"),
    ("!Ref Nothing", "holds no Nothing"),
    ("!Ref Gone", "its condition does not hold"),
    ("!Ref AWS::AccountId", "does not tell AWS::AccountId"),
    ("!GetAtt Gone.CidrBlock", "its condition does not hold"),
    ("!GetAtt Sub.CidrBlock", "refers to itself"),
    ("!Sub 'x${Without}'", None),
    ("!Select [9, !Ref List]", "Fn::Select of 9"),
    ("!Select [-1, !Ref List]", "AWS does not understand"),
    ("!Cidr [10.0.0.0/24, 5, 6]", "more blocks"),
    ("!Cidr [10.0.0.0/24, 300, 1]", "AWS refuses"),
    ("!Cidr [!Ref Without, 1, 6]", "has no value"),
    ("!FindInMap [Map, x, y]", "has no x, y"),
    ("!FindInMap [Map, !Ref Without, y]", "has no value"),
    ("!If [Maybe, a, b]", "the condition Maybe: the parameter Without has no value"),
    ("!If [Loop, a, b]", "refers to itself"),
    ("!ImportValue other-vpc", "no SOURCE exports other-vpc"),
    ("!ImportValue {Fn::Sub: '${Without}-vpc'}", r"export \$\{Without\}-vpc"),
    ("!Foo x", "no function"),
    ("{Fn::Foo: x}", "not evaluated"),
    ("!Equals [!Ref Net, vpc-1]", "compares the id"),
]


@pytest.mark.parametrize(("text", "why"), UNKNOWN)
def test_what_is_not(text: str, why: str | None) -> None:
    value = came_to(text)
    if why is None:
        assert isinstance(value, Mixed)
        value = value.doubt
        why = "has no value"
    assert isinstance(value, Unknown)
    assert re.search(why, value.why)
    assert "never-to-be-copied" not in value.why


def test_a_list_keeps_what_is_known() -> None:
    assert came_to("[!Ref Net, !Ref Without]")[0] == NET


def test_very_long_chains_end() -> None:
    conditions: dict[str, object] = {f"C{n}": {"Condition": f"C{n + 1}"} for n in range(5000)}
    conditions["C5000"] = {"Fn::Equals": ["a", "a"]}
    stack = Stack("x", "x", of_json({"Conditions": conditions}))
    assert isinstance(Stacks([stack], "eu-west-1").holds(stack, "C0"), Unknown)


def test_doubling_ends() -> None:
    resources: dict[str, object] = {
        f"N{n}": {
            "Type": "AWS::EC2::VPC",
            "Properties": {
                "CidrBlock": {"Fn::Sub": f"${{N{n + 1}.CidrBlock}}${{N{n + 1}.CidrBlock}}"}
            },
        }
        for n in range(60)
    }
    resources["N60"] = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "x"}}
    stack = Stack("x", "x", of_json({"Resources": resources}))
    found = Stacks([stack], "eu-west-1").evaluated(stack, "N0", "CidrBlock")
    assert isinstance(found.doubt if isinstance(found, Mixed) else found, Unknown)


NAMES = st.sampled_from(["Plain", "Without", "Net", "Sub", "Maybe", "List", "0", "", "a.b", "/"])
FUNCTIONS = st.sampled_from(
    [
        "Ref",
        "Condition",
        "Fn::GetAtt",
        "Fn::Sub",
        "Fn::Join",
        "Fn::Select",
        "Fn::Split",
        "Fn::Cidr",
        "Fn::FindInMap",
        "Fn::GetAZs",
        "Fn::If",
        "Fn::ImportValue",
        "Fn::Length",
        "Fn::ToJsonString",
        "Fn::Base64",
        "Fn::Not",
        "Fn::And",
        "Fn::Equals",
        "Fn::Transform",
        "Key",
    ]
)
VALUES = st.recursive(
    NAMES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(FUNCTIONS, inner, max_size=2)
    ),
    max_leaves=12,
)


@given(VALUES)
def test_nothing_raises(raw: Mapping[str, Any]) -> None:
    came_to(json.dumps(raw))
