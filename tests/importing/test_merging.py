"""Importing again: what people added stays, what the source states is replaced."""

from __future__ import annotations

import json

import pytest

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.importing.aws.reader import read
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.loading import Document
from lambdaplanner.importing.merging import Merged, fresh, merged
from lambdaplanner.importing.writing import text_of
from tests.importing.interop import DUMPS, Files, files_of


def documents(files: Files) -> list[Document]:
    return [Document(name, value) for name, value in sorted(files.items())]


def first(files: Files) -> str:
    return text_of(fresh(read(documents(files), Choices())))


def again(text: str, files: Files, *, keep_missing: bool = False) -> tuple[Merged, str]:
    opened = read_text(text, where="plan")
    made = merged(read(documents(files), Choices()), opened.plan, keep_missing=keep_missing)
    return made, text_of(made, opened)


@pytest.mark.parametrize("name", DUMPS)
def test_nothing_new_changes_nothing(name: str) -> None:
    files = files_of(name)
    text = first(files)
    made, after = again(text, files)
    assert after == text
    assert (made.added, made.changed, made.removed, made.kept) == ([], [], [], [])


HAND = """\
expectations:
- {from: take, to: internet, expect: reachable}
acknowledged:
- {finding: LAM-001, about: [take, fn], reason: one zone is enough}
"""


def by_hand(text: str) -> str:
    """The shop with what people add: comments, a target, a renamed entry, a drawn one, a layout."""
    text = text.replace("  take:\n", "  # the front door\n  take:\n    concurrency: 40\n")
    text = text.replace("unknown:\n", f"{HAND}unknown:\n")
    text = text.replace(
        "functions:\n", "functions:\n  planned: {subnets: [fn], security_groups: [sg-f]}\n"
    )
    return text + "layout:\n  shop: [10, 20, 900, 600]\n"


def test_what_people_added_stays() -> None:
    files = files_of("describe-shop")
    text = by_hand(first(files))
    _, after = again(text, files)
    assert after == text


def test_a_renamed_entry_is_found_by_its_origin() -> None:
    files = files_of("describe-shop")
    text = (
        first(files)
        .replace("route_table: rtb-p", "route_table: public")
        .replace("  rtb-p:\n", "  public:\n")
    )
    made, after = again(text, files)
    assert after == text
    assert made.added == []


def test_what_the_source_states_is_replaced() -> None:
    files = files_of("describe-shop")
    text = by_hand(first(files))
    changed = json.loads(json.dumps(files))
    changed["functions.json"]["Functions"][0]["MemorySize"] = 1024
    made, after = again(text, changed)
    assert made.changed == ["take"]
    assert "memory_mb: 1024" in after
    assert "concurrency: 40" in after
    assert "# the front door" in after


def test_what_is_gone_goes_unless_something_made_by_hand_names_it() -> None:
    files = files_of("describe-shop")
    changed = json.loads(json.dumps(files))
    changed["functions.json"]["Functions"] = []
    made, after = again(first(files), changed)
    assert made.removed == ["take"]
    assert "take" not in after
    made, after = again(by_hand(first(files)), changed)
    assert made.kept == ["take"]
    made, _ = again(first(files), changed, keep_missing=True)
    assert made.removed == []


def test_an_answer_takes_its_row_of_unknown_away() -> None:
    files = files_of("describe-shop")
    text = first(files)
    acl = {
        "NetworkAclId": "acl-1",
        "VpcId": "vpc-1a",
        "IsDefault": True,
        "Associations": [{"SubnetId": "subnet-1p"}, {"SubnetId": "subnet-1f"}],
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
    made, _ = again(text, {**files, "network-acls.json": {"NetworkAcls": [acl]}})
    assert made.plan.unknown == ()


def test_rows_of_people_stay_and_filled_in_ones_do_not_come_back() -> None:
    files = files_of("describe-shop")
    files["functions.json"]["Functions"][0]["VpcConfig"]["SubnetIds"] = ["subnet-9"]
    text = first(files)
    assert "{about: take, of: subnets" in text
    filled = "\n".join(line for line in text.split("\n") if "of: subnets" not in line)
    filled = filled.replace("  take:\n", "  take:\n    subnets: [fn]\n").replace(
        "unknown:\n", "unknown:\n- {about: shop, of: owner, why: ask the network team}\n"
    )
    made, _ = again(filled, files)
    assert [(row.about, row.of) for row in made.plan.unknown] == [
        ("shop", "owner"),
        ("shop", "network_acl"),
    ]
    assert made.plan.of("function")["take"].subnets == ("fn",)


def test_a_drawn_plan_is_met_by_content() -> None:
    drawn = """\
lambdaplanner: 1
region: eu-west-1
vpcs:
  main: {cidr: 10.8.0.0/16}
subnets:
  public: {vpc: main, az: eu-west-1a, cidr: 10.8.0.0/27}
functions:
  take: {concurrency: 7}
"""
    made, after = again(drawn, files_of("describe-shop"))
    assert "main" in made.changed
    assert made.plan.of("vpc").keys() == {"main"}
    assert made.plan.of("subnet")["public"].origin == ("subnet-1p",)
    assert made.plan.of("function")["take"].concurrency == 7
    assert again(after, files_of("describe-shop"))[1] == after
