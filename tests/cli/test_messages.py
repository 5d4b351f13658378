"""What the command line says to those who mistype: what is wrong, and what would be right."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from lambdaplanner.cli.program import main
from lambdaplanner.formats import atomic
from tests.found.plans import found

PLAN = """lambdaplanner: 1
vpcs: {main: {cidr: 10.0.0.0/16}}
subnets: {a: {vpc: main, az: us-east-1a, cidr: 10.0.1.0/24}}
functions: {fn: {subnets: [a]}}
"""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("chek", "PLAN"), 'there is no command "chek"; did you mean "check"?'),
        (("check", "--jsn", "PLAN"), 'unrecognized arguments: --jsn; did you mean "--json"?'),
        (("check", "--zzz", "PLAN"), "usage: lambdaplanner check"),
        (("check", "nope.yaml"), "nope.yaml: there is no such file; lambdaplanner new FILE makes"),
        (("check", "no/plan.yaml"), "no/plan.yaml: there is no folder no"),
        (("export", "PLAN", "out"), "out: the name has no ending; one of .png, .svg, .pdf can be"),
        (("export", "PLAN", "out.gif"), 'out.gif: a picture cannot end in ".gif"; one of .png,'),
        (("export", "PLAN", "none/out.png"), "none"),
    ],
)
def test_a_slip_is_told_with_what_was_meant(
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(PLAN)
    assert main([argument.replace("PLAN", "plan.yaml") for argument in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("subnets: [a]", "subnets: a", 'a list is due here, not "a"; write [a]'),
        (
            "functions:",
            "expectations: [{from: fn, to: internet, expect: yes}]\nfunctions:",
            '"yes" is none of reachable, partial, unreachable, one of which is due here',
        ),
    ],
)
def test_a_slip_in_a_plan_too(
    old: str, new: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(PLAN.replace(old, new))
    assert main(["check", str(file)]) == 2
    assert said in capsys.readouterr().err


def test_a_picture_without_a_plan_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    picture = tmp_path / "drawn.svg"
    picture.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    assert main(["check", str(picture)]) == 2
    assert "exported without its plan (--no-plan), or is not one of ours" in capsys.readouterr().err


def test_a_misspelled_section_is_one_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_text(
        "lambdaplanner: 1\nregion: eu-west-1\nvpcs: {v: {cidr: 10.0.0.0/16}}\n"
        "nat_gateway: {nat: {vpc: v}}\n"
        "route_tables: {p: {vpc: v, routes: {0.0.0.0/0: nat, 10.9.0.0/16: gone}}}\n"
    )
    assert main(["check", str(plan)]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.partition(": ")[2] for line in told] == [
        'nat_gateway: unknown section "nat_gateway"; did you mean "nat_gateways"?',
        'route_tables.p.routes.10.9.0.0/16: no route target "gone"',
    ]


def test_a_choice_that_there_is_not_is_said_before_the_ways(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert (
        main(["fix", str(found("shop", "window")), "--finding", "LAM-007", "--choose", "77"]) == 1
    )
    assert "--choose 77: there is no such way" in capsys.readouterr().err


def test_a_folder_that_takes_no_files_is_not_to_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As in /proc, which is there, and where the system says that there is no such file."""

    def refuse(_target: Path) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))

    monkeypatch.setattr(atomic, "make_part", refuse)
    assert main(["new", str(tmp_path / "plan.yaml")]) == 2
    told = capsys.readouterr().err
    assert "name another folder" in told
    assert "make the folder" not in told
