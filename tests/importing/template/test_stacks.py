"""Stacks that nest others, that import what others export, and what CDK synthesizes."""

from __future__ import annotations

import json

from tests.importing.template.stacks_of_texts import assembled, found_in, plan_from, ref, template

NETWORK = """
Parameters: {Block: {Type: String}, Names: {Type: CommaDelimitedList, Default: 'a,b'}}
Resources:
  Net: {Type: 'AWS::EC2::VPC', Properties: {CidrBlock: !Ref Block}}
  One: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Net, CidrBlock: 10.0.0.0/24}}
  Two: {Type: 'AWS::EC2::Subnet', Properties: {VpcId: !Ref Net, CidrBlock: 10.0.1.0/24}}
Outputs:
  Both: {Value: !Join [',', [!Ref One, !Ref Two]], Export: {Name: !Sub '${AWS::StackName}-both'}}
"""
FUNCTION = """
Resources:
  Work:
    Type: AWS::Lambda::Function
    Properties: {VpcConfig: {SubnetIds: !Split [',', %s]}}
"""
IMPORTING = FUNCTION % "!ImportValue network-both"
NESTING = """
Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties: {TemplateURL: %s, Parameters: {Block: 10.0.0.0/16}}
""" + (FUNCTION % "!GetAtt Inner.Outputs.Both")[len("\nResources:\n") :]


def test_what_one_stack_exports_another_imports() -> None:
    files = {"network.yaml": NETWORK, "app.yaml": IMPORTING}
    plan = plan_from(files, parameters={"Block": "10.0.0.0/16"})
    assert plan.of("function")["Work"].subnets == ("One", "Two")
    assert plan.of("vpc")["Net"].origin == ("cfn:network/Net",)


def test_a_stack_has_the_name_that_it_is_given() -> None:
    files = {"net.yaml": NETWORK, "app.yaml": IMPORTING}
    given = {"parameters": {"Block": "10.0.0.0/16"}, "stack_names": {"net.yaml": "network"}}
    assert plan_from(files, **given).of("function")["Work"].subnets == ("One", "Two")
    nameless = plan_from(files, parameters={"Block": "10.0.0.0/16"})
    assert nameless.of("function")["Work"].subnets == ()
    assert ("Work", "subnets") in {(row.about, row.of) for row in nameless.unknown}


def test_a_nested_stack_takes_parameters_and_gives_outputs() -> None:
    files = {"app/top.yaml": NESTING % "../shared/net.yaml", "shared/net.yaml": NETWORK}
    plan = plan_from(files)
    assert plan.of("function")["Work"].subnets == ("One", "Two")
    assert plan.of("subnet")["One"].origin == ("cfn:Inner/One",)


def test_a_nested_stack_without_its_file_is_reported() -> None:
    made = assembled(NESTING % "https://example.com/net.yaml")
    assert ("AWS::CloudFormation::Stack", "Inner", "unknown") in {
        (line.kind, line.name, line.effect) for line in made.left_out
    }
    assert ("Work", "subnets") in {(row["about"], row["of"]) for row in made.unknown}


def test_stacks_that_nest_each_other_end() -> None:
    files = {"a.yaml": NESTING % "b.yaml", "b.yaml": NESTING % "a.yaml"}
    assert any("nested in itself" in line.why for line in assembled(files).left_out)


def test_stacks_in_stacks_in_stacks_end() -> None:
    def level(number: int) -> str:
        inner = {"TemplateURL": f"level{number + 1}.json"}
        return template(
            **dict.fromkeys(("A", "B", "C", "D"), ("CloudFormation::Stack", inner)),
            Net=("EC2::VPC", {"CidrBlock": "10.0.0.0/16"}),
        )

    files = {f"level{number}.json": level(number) for number in range(12)}
    assert any("more than" in line.why for line in assembled(files).left_out)


def test_conditions_of_a_nesting_stack_hold_for_what_is_inside() -> None:
    inner = template(Net=("EC2::VPC", {"CidrBlock": "10.0.0.0/16"}))
    outer = json.dumps(
        {
            "Conditions": {"Never": {"Fn::Equals": ["a", "b"]}},
            "Resources": {
                "Inner": {
                    "Type": "AWS::CloudFormation::Stack",
                    "Condition": "Never",
                    "Properties": {"TemplateURL": "inner.json"},
                }
            },
        }
    )
    assert not found_in({"outer.json": outer, "inner.json": inner}).things


def assembly(**stacks: str) -> dict[str, str]:
    artifacts = {
        name: {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": f"{name}.template.json", "stackName": f"real-{name}"},
        }
        for name in stacks
    }
    manifest = json.dumps({"version": "38.0.0", "artifacts": artifacts})
    files = {f"cdk.out/{name}.template.json": text for name, text in stacks.items()}
    return {"cdk.out/manifest.json": manifest, **files}


def test_of_an_assembly_the_templates_of_its_manifest_are_read() -> None:
    net = template(Net8A1B2C3D=("EC2::VPC", {"CidrBlock": "10.0.0.0/16"}))
    files = {**assembly(one=net, two=net), "cdk.out/old.template.json": net}
    origins = [thing.origin for thing in found_in(files).things]
    assert origins == [("cfn:real-one/Net8A1B2C3D",), ("cfn:real-two/Net8A1B2C3D",)]


def test_nested_stacks_of_an_assembly_are_found_by_their_asset() -> None:
    net = template(Net=("EC2::VPC", {"CidrBlock": "10.0.0.0/16"}))
    nesting = {"Metadata": {"aws:asset:path": "inner.nested.template.json"}}
    url = {"TemplateURL": {"Fn::Join": ["", ["https://s3.", ref("AWS::URLSuffix")]]}}
    top = template(Inner=("CloudFormation::Stack", url, nesting))
    files = {**assembly(top=top), "cdk.out/inner.nested.template.json": net}
    assert [thing.origin for thing in found_in(files).things] == [("cfn:Inner/Net",)]


def test_only_a_function_of_cdk_loses_its_tail() -> None:
    path = {"Metadata": {"aws:cdk:path": "app/x"}}
    text = template(
        Work1A2B3C4D=("Lambda::Function", {}, path),
        Same1A2B3C4D=("Lambda::Function", {}, path),
        Same5A2B3C4D=("Lambda::Function", {}, path),
        Hand1A2B3C4D=("Lambda::Function", {}),
    )
    assert set(plan_from(text).of("function")) == {
        "Work",
        "Same1A2B3C4D",
        "Same5A2B3C4D",
        "Hand1A2B3C4D",
    }
