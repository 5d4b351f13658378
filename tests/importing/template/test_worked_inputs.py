"""The worked templates give their plans and their answers."""

from __future__ import annotations

import json

import pytest

from lambdaplanner.formats.stack_template import read
from tests.found.asking import ask
from tests.importing.interop import expected, said
from tests.importing.template.stacks_of_texts import NAMES, assembled, plan_from, text_of


@pytest.mark.parametrize("name", NAMES)
def test_a_worked_input_becomes_its_plan(name: str) -> None:
    assert said(plan_from(text_of(name))) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_json_says_the_same_as_yaml(name: str) -> None:
    assert said(plan_from({"stack.json": json.dumps(read(text_of(name)))})) == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_secret_is_copied(name: str) -> None:
    made = assembled(text_of(name))
    assert "never-to-be-copied" not in repr(made)


def test_another_stage_gives_another_network() -> None:
    plan = plan_from(text_of("template-net"), parameters={"Stage": "dev"})
    assert not plan.of("nat-gateway")
    assert plan.of("subnet")["Public"].cidr == "10.30.0.0/26"
    assert plan.of("subnet")["DevOnly"].az == ""
    assert plan.of("function")["intake"].memory_mb == 128
    assert ask(plan, "intake", "internet").verdict == "unreachable"


@pytest.mark.parametrize(
    ("name", "source", "target", "verdict"),
    [
        ("template-net", "intake", "internet", "reachable"),
        ("template-net", "intake", "Database", "reachable"),
        ("template-net", "intake", "aws:s3", "reachable"),
        ("template-net", "internet", "Database", "unreachable"),
        ("template-sam", "Fn1", "internet", "unreachable"),
        ("template-sam", "Fn2", "internet", "unknown"),
        ("template-sam", "Fn2", "aws:s3", "unknown"),
    ],
)
def test_answers(name: str, source: str, target: str, verdict: str) -> None:
    assert ask(plan_from(text_of(name)), source, target).verdict == verdict


def test_what_is_not_made_is_reported() -> None:
    lines = {line.kind: line for line in assembled(text_of("template-net")).left_out}
    assert lines["AWS::EC2::Subnet"].name == "DevOnly"
    assert lines["AWS::S3::Bucket"].effect == "none"
    assert "AWS::IAM::Role" in lines


def test_region_and_zones_are_assumed() -> None:
    made = assembled(text_of("template-sam"))
    assert {"region", "az"} <= {remark.of for remark in made.assumed}
