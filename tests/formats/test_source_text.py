"""Saving into a file that somebody wrote: what is where afterwards, to the byte."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from lambdaplanner.formats.source_text import SourceText, format_text
from lambdaplanner.formats.yaml_reader import parse
from lambdaplanner.formats.yaml_writer import write

HAND_WRITTEN = """\
# Orders, as agreed in March

lambdaplanner: 1   # format
name: "Orders"     # title

# --- networks ---
vpcs:                       # all of them
  # the main one
  main:   {cidr: 10.0.0.0/16}   # corporate range

  # kept for later
  spare:  # do not use
    # reserved with the network team
    cidr: 10.1.0.0/16  # until May
  # + secondary_cidrs

security_groups: {fn: {vpc: main}, db: {vpc: main}}   # short

route_tables:
    public:
        vpc: main
        routes:
            # out
            0.0.0.0/0: igw   # default

expectations:
  # first
  - {from: a, to: internet, expect: reachable}  # must
  - from: a
    to: b

prefix_lists: {}
"""
PLAN: dict[str, Any] = {
    "lambdaplanner": 1,
    "name": "Orders",
    "vpcs": {"main": {"cidr": "10.0.0.0/16"}, "spare": {"cidr": "10.1.0.0/16"}},
    "route_tables": {"public": {"vpc": "main", "routes": {"0.0.0.0/0": "igw"}}},
    "security_groups": {"fn": {"vpc": "main"}, "db": {"vpc": "main"}},
    "expectations": [
        {"from": "a", "to": "internet", "expect": "reachable"},
        {"from": "a", "to": "b"},
    ],
}
ORDER = (
    *("lambdaplanner", "name", "region", "vpcs", "subnets", "route_tables", "prefix_lists"),
    *("security_groups", "expectations", "layout"),
)


def source() -> SourceText:
    return SourceText.of(parse(HAND_WRITTEN), PLAN)


def after(edit: Callable[[dict[str, Any]], object]) -> str:
    plan = copy.deepcopy(PLAN)
    edit(plan)
    plan = {name: plan[name] for name in ORDER if plan.get(name)}
    result = source().edited(plan)
    read = {name: value for name, value in yaml.safe_load(result.text).items() if value}
    assert {name: read[name] for name in ORDER if name in read} == plan
    return result.text


def swapped(old: str, new: str) -> str:
    assert HAND_WRITTEN.count(old) == 1
    return HAND_WRITTEN.replace(old, new)


def test_nothing_changes_without_an_edit() -> None:
    opened = source()
    assert opened.edited(copy.deepcopy(PLAN)) is opened
    assert opened.encoded() == HAND_WRITTEN.encode()


def test_a_changed_entry_is_written_anew_with_its_comments() -> None:
    assert after(lambda plan: plan["vpcs"]["main"].update(cidr="10.9.0.0/16")) == swapped(
        "  main:   {cidr: 10.0.0.0/16}   # corporate range\n",
        "  main: {cidr: 10.9.0.0/16}  # corporate range\n",
    )


def test_comments_inside_a_changed_entry_stay_with_it() -> None:
    assert after(lambda plan: plan["vpcs"]["spare"].update(cidr="10.2.0.0/16")) == swapped(
        """\
  spare:  # do not use
    # reserved with the network team
    cidr: 10.1.0.0/16  # until May
""",
        """\
  # reserved with the network team
  spare: {cidr: 10.2.0.0/16}  # do not use # until May
""",
    )


def test_a_changed_entry_keeps_the_indentation_of_its_section() -> None:
    assert after(
        lambda plan: plan["route_tables"]["public"]["routes"].update({"::/0": "igw"})
    ) == swapped(
        """\
        vpc: main
        routes:
            # out
            0.0.0.0/0: igw   # default
""",
        """\
      vpc: main
      # out
      routes: {0.0.0.0/0: igw, "::/0": igw}  # default
""",
    )


def test_a_new_entry_goes_behind_the_last_one() -> None:
    assert after(lambda plan: plan["vpcs"].update(new={"cidr": "10.5.0.0/16"})) == swapped(
        "  # + secondary_cidrs\n", "  new: {cidr: 10.5.0.0/16}\n  # + secondary_cidrs\n"
    )


def test_a_removed_entry_takes_its_comments_with_it() -> None:
    def without_main(plan: dict[str, Any]) -> None:
        del plan["vpcs"]["main"]

    assert after(without_main) == swapped(
        "  # the main one\n  main:   {cidr: 10.0.0.0/16}   # corporate range\n", ""
    )


def test_a_renamed_entry_stays_in_its_place_with_its_comments() -> None:
    def rename(plan: dict[str, Any]) -> None:
        plan["vpcs"] = {"core": plan["vpcs"]["main"], "spare": plan["vpcs"]["spare"]}

    assert after(rename) == swapped(
        "  main:   {cidr: 10.0.0.0/16}   # corporate range\n",
        "  core: {cidr: 10.0.0.0/16}  # corporate range\n",
    )


def test_an_entry_that_comes_back_stands_where_it_was() -> None:
    without = {**PLAN, "vpcs": {"spare": PLAN["vpcs"]["spare"]}}
    text = source().edited(without).edited(PLAN).text
    assert list(yaml.safe_load(text)["vpcs"]) == ["main", "spare"]


def test_a_section_in_braces_is_written_anew_when_it_changes() -> None:
    assert after(lambda plan: plan["security_groups"].update(new={"vpc": "spare"})) == swapped(
        "security_groups: {fn: {vpc: main}, db: {vpc: main}}   # short\n",
        """\
security_groups:  # short
  fn: {vpc: main}
  db: {vpc: main}
  new: {vpc: spare}
""",
    )


def test_an_empty_section_is_filled_in_its_place() -> None:
    assert after(lambda plan: plan.update(prefix_lists={"office": ["203.0.113.0/24"]})) == swapped(
        "prefix_lists: {}\n", "prefix_lists:\n  office: [203.0.113.0/24]\n"
    )


def test_a_new_section_goes_to_its_place_with_the_blank_lines_of_the_others() -> None:
    assert after(lambda plan: plan.update(subnets={"s": {"vpc": "main"}})) == swapped(
        "  # + secondary_cidrs\n", "  # + secondary_cidrs\n\nsubnets:\n  s: {vpc: main}\n"
    )


def test_the_layout_goes_behind_the_last_section() -> None:
    text = after(lambda plan: plan.update(layout={"main": [0, 0, 90, 60]}))
    assert "    to: b\n\nlayout:\n  main: [0, 0, 90, 60]\n\nprefix_lists: {}\n" in text


def test_changed_and_new_texts_on_top_level() -> None:
    assert after(lambda plan: plan.update(name="Other", region="eu-west-1")) == swapped(
        'name: "Orders"     # title\n', "name: Other  # title\nregion: eu-west-1\n"
    )


def test_a_section_that_loses_everything_keeps_what_was_said_of_it() -> None:
    text = after(lambda plan: plan.pop("vpcs"))
    assert "# --- networks ---\nvpcs: {}                       # all of them\n" in text
    assert "  # + secondary_cidrs\n" in text
    assert "\nroute_tables:" not in after(lambda plan: plan.pop("route_tables"))


def test_items_of_a_list_are_edited_one_by_one() -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["expectations"][1]["to"] = "c"
        plan["expectations"].append({"from": "c", "to": "d"})

    assert after(edit) == swapped(
        "  - from: a\n    to: b\n", "  - {from: a, to: c}\n  - {from: c, to: d}\n"
    )
    first_only = after(lambda plan: plan["expectations"].pop(0))
    assert first_only == swapped(
        "  # first\n  - {from: a, to: internet, expect: reachable}  # must\n", ""
    )


def test_line_ends_mark_and_missing_last_line_end_stay() -> None:
    data = b"\xef\xbb\xbf" + HAND_WRITTEN.rstrip("\n").replace("\n", "\r\n").encode()
    opened = SourceText.of(parse(data), PLAN)
    edited = opened.edited({**PLAN, "layout": {"main": [1, 2]}}).encoded()
    assert edited.startswith(b"\xef\xbb\xbf# Orders")
    assert b"\r\nlayout:\r\n  main: [1, 2]\r\n" in edited
    assert edited.replace(b"\r\n", b"").count(b"\n") == 0
    assert edited.endswith(b"prefix_lists: {}")
    assert opened.formatted().encoded().count(b"\r\n") == opened.formatted().text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "{lambdaplanner: 1, vpcs: {a: {cidr: 10.0.0.0/8}}} # one\n",
        '{\n"lambdaplanner": 1, # one\n"vpcs": {"a": {"cidr": "10.0.0.0/8"}}\n}\n',
        "lambdaplanner: 1 # one\nvpcs: &v\n  a: {cidr: 10.0.0.0/8}\nx: *v\n",
        "  lambdaplanner: 1 # one\n  vpcs: {a: {cidr: 10.0.0.0/8}}\n",
        "? lambdaplanner\n: 1 # one\n? vpcs\n: a: {cidr: 10.0.0.0/8}\n",
        "%YAML 1.1\n---\nlambdaplanner: 1 # one\nvpcs:\n  a: {cidr: 10.0.0.0/8}\n...\n# end\n",
        "lambdaplanner: 1 # one\rvpcs:\r  a: {cidr: 10.0.0.0/8}\r",
    ],
    ids=["braces", "json", "anchors", "indented", "questions", "markers", "old-mac"],
)
def test_files_of_other_shapes_can_be_edited_too(text: str) -> None:
    plan: dict[str, Any] = {"lambdaplanner": 1, "vpcs": {"a": {"cidr": "10.0.0.0/8"}}}
    changed = {"lambdaplanner": 1, "vpcs": {**plan["vpcs"], "b": {"cidr": "11.0.0.0/8"}}}
    opened = SourceText.of(parse(text), plan)
    assert opened.edited(plan).text == text
    result = opened.edited(changed).text
    read = yaml.safe_load(result)
    assert {"lambdaplanner": read["lambdaplanner"], "vpcs": read["vpcs"]} == changed
    assert "# one" in result


def test_a_plan_without_a_file_is_canonical() -> None:
    assert SourceText.written(PLAN).text == write(PLAN)


def test_format_makes_everything_canonical_and_keeps_every_comment() -> None:
    formatted = format_text(HAND_WRITTEN, PLAN)
    assert (
        formatted
        == """\
# Orders, as agreed in March
lambdaplanner: 1  # format
name: Orders  # title
# --- networks ---
vpcs:  # all of them
  # the main one
  main: {cidr: 10.0.0.0/16}  # corporate range
  # kept for later
  # reserved with the network team
  spare: {cidr: 10.1.0.0/16}  # do not use # until May
  # + secondary_cidrs
route_tables:
  public:
    vpc: main
    # out
    routes: {0.0.0.0/0: igw}  # default
security_groups:  # short
  fn: {vpc: main}
  db: {vpc: main}
expectations:
# first
- {from: a, to: internet, expect: reachable}  # must
- {from: a, to: b}
"""
    )
    assert format_text(formatted, PLAN) == formatted


def test_number_signs_in_texts_are_no_comments() -> None:
    text = 'notes:\n  a: {text: "x # y"}\n  b:\n    text: |\n      # z\n  c: {text: a#b}\n'
    plan = yaml.safe_load(text)
    assert format_text(text, plan) == write(plan)


def test_comments_without_a_place_are_kept() -> None:
    text = "# top\nlambdaplanner: 1\nvpcs:\n  # gone\n  a: {}  # gone too\n# last\n"
    assert format_text(text, {"lambdaplanner": 1}) == (
        "# top\nlambdaplanner: 1\n# gone\n# gone too\n# last\n"
    )
