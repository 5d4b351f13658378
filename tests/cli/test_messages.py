"""What the command line says to those who mistype: what is wrong, and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from lambdaplanner.cli.program import main

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
