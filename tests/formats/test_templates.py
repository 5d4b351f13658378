"""Each template is valid, keeps its promises, teaches, and has no error that it does not mean."""

from __future__ import annotations

import pytest

from lambdaplanner import assets
from lambdaplanner.checks.report import report
from lambdaplanner.cli.program import main
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.formats.templates import FIRST, Template, templates

MEANT: dict[str, set[str]] = {
    "brief-network": {"LAM-001"},
    "public-subnet-trap": {"LAM-001", "LAM-002", "LAM-014"},
    "three-tiers": {"NAT-014"},
}
"""What the checks find in a template on purpose."""
BROKEN = {"public-subnet-trap": ["trapped to internet"]}
"""The promises that a template breaks on purpose."""
LISTED = [
    "brief-network",
    "dual-stack",
    "endpoints-only",
    "hub-central-egress",
    "isolated-vpc",
    "public-subnet-trap",
    "regional-nat",
    "three-tiers",
    "two-zones",
]

each = pytest.mark.parametrize("template", templates(), ids=lambda one: one.name)


def test_all_are_there_and_the_first_one_first() -> None:
    assert [one.name for one in templates()] == LISTED
    assert LISTED[0] == FIRST


def test_new_lists_them_with_what_they_teach(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "--list"]) == 0
    listed = capsys.readouterr().out
    for one in templates():
        assert f"\n{one.name} " in listed
        assert one.description in listed


@each
def test_it_reads_without_a_word_and_is_written_as_the_program_writes(template: Template) -> None:
    opened = read_text(template.text, where=template.name)
    assert list(opened.warnings) == []
    assert plan_text(opened.plan) == template.text


@each
def test_it_has_the_verdicts_that_it_promises(template: Template) -> None:
    said = report(read_text(template.text, where=template.name).plan)
    assert said.expectations
    broken = [f"{row.source} to {row.target}" for row in said.expectations if not row.ok]
    assert broken == BROKEN.get(template.name, [])
    assert {row.expect for row in said.expectations} >= {"reachable"}


@each
def test_the_checks_find_what_it_means_and_no_more(template: Template) -> None:
    said = report(read_text(template.text, where=template.name).plan)
    assert {finding.id for finding in said.findings} == MEANT.get(template.name, set())


@each
def test_it_says_what_it_teaches_in_a_sentence_or_more(template: Template) -> None:
    assert template.title
    assert template.description.endswith(".")
    assert len(template.description) > 80


def test_the_regional_gateway_outlives_a_zone(capsys: pytest.CaptureFixture[str]) -> None:
    path = next(one for one in assets.template_paths() if one.stem == "regional-nat")
    assert main(["check", str(path), "--without-az", "eu-west-1a"]) == 0
    assert "BROKEN" not in capsys.readouterr().out
