"""`lambdaplanner import`: what it writes, what it says, and when it refuses."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from lambdaplanner.cli.program import main
from lambdaplanner.formats.plan_file import open_plan
from tests.importing.interop import INTEROP, expected, files_of, said

SHOP = str(INTEROP / "describe-shop")


@pytest.mark.parametrize(
    "name", ["describe-shop", "describe-estate", "template-net.yaml", "template-sam.yaml"]
)
def test_it_writes_the_plan_in_canonical_form(name: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    assert main(["import", str(INTEROP / name), "-o", str(out)]) == 0
    assert said(open_plan(out).plan) == expected(name.removesuffix(".yaml"))
    assert main(["format", "--check", str(out)]) == 0


def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    main(["import", SHOP, "-o", str(out)])
    before = out.read_bytes()
    assert main(["import", SHOP, "-o", str(out)]) == 0
    assert out.read_bytes() == before


@pytest.mark.parametrize("name", ["template-net.yaml", "template-sam.yaml"])
def test_importing_a_template_again_changes_nothing(name: str, tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    main(["import", str(INTEROP / name), "-o", str(out)])
    before = out.read_bytes()
    assert main(["import", str(INTEROP / name), "-o", str(out)]) == 0
    assert out.read_bytes() == before


def test_parameters_and_regions_of_templates(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    words = ["--parameter", "Stage=dev", "--region", "eu-west-1"]
    assert main(["import", str(INTEROP / "template-net.yaml"), "-o", str(out), *words]) == 0
    plan = open_plan(out).plan
    assert plan.of("subnet")["Public"].az == "eu-west-1a"
    assert not plan.of("nat-gateway")


def test_routes_that_leave_say_where(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    main(["import", SHOP, "-o", str(out)])
    assert "# 10.0.0.0/8: vgw-9" in out.read_text()


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "plan.yaml"
    assert main(["import", SHOP, "-o", str(out), "--dry-run"]) == 0
    assert not out.exists()
    assert "made: 1 VPC" in capsys.readouterr().err


def test_strict_says_that_something_is_not_known(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    assert main(["import", SHOP, "-o", str(out), "--strict"]) == 1
    assert out.exists()


def test_the_report_tells_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, report = tmp_path / "plan.yaml", tmp_path / "report.json"
    assert main(["import", SHOP, "-o", str(out), "--json", "--report", str(report)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == json.loads(report.read_text())
    assert shown["source"]["kind"] == "aws-cli"
    assert {(row["about"], row["of"]) for row in shown["derived"]} == {
        ("igw-1", "internet_gateways"),
        ("take", "role_policies"),
    }
    assert {line["kind"] for line in shown["left_out"]} >= {"NAT gateway", "route table"}
    assert shown["observed"]["lambda"] == [{"pair": ["fn", ["sg-f"]], "predicted": 1, "found": 1}]


def test_the_plan_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", SHOP, "-o", "-"]) == 0
    assert capsys.readouterr().out.startswith("lambdaplanner: 1\n")


def test_stdin_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "".join(json.dumps(value) for value in files_of("describe-shop").values())
    data = SimpleNamespace(buffer=io.BytesIO(text.encode("utf-16")))
    monkeypatch.setattr(sys, "stdin", data)
    out = tmp_path / "plan.yaml"
    assert main(["import", "-", "-o", str(out)]) == 0
    assert said(open_plan(out).plan) == expected("describe-shop")


def test_the_script_only_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "--script"]) == 0
    script = capsys.readouterr().out
    assert script.startswith("#!/bin/sh")
    for word in ("create-", "delete-", "modify-", "update-", "put-", "secret-string"):
        assert word not in script


@pytest.mark.parametrize(
    ("arguments", "said_"),
    [
        ([], "SOURCE is missing"),
        ([SHOP], "-o PLAN is missing"),
        ([SHOP, "-o", "-", "--json"], "both print to stdout"),
        (["no-such-file.json", "-o", "-"], "there is no such file or folder"),
        ([str(INTEROP.parent / "plans.py"), "-o", "-"], "nothing to import was found"),
        ([SHOP, "-o", "-", "--region", "mars-1"], "nothing of the import is in mars-1"),
        ([SHOP, "-o", "-", "--vpc", "other"], "there is no VPC other in the import"),
        ([SHOP, "-o", "-", "--parameter", "A"], "NAME=VALUE is due"),
    ],
)
def test_what_cannot_be_asked(
    arguments: list[str], said_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", *arguments]) == 2
    assert said_ in capsys.readouterr().err


def test_a_plan_that_is_none_is_not_written_over(tmp_path: Path) -> None:
    out = tmp_path / "plan.yaml"
    out.write_text("a: 1\n")
    assert main(["import", SHOP, "-o", str(out)]) == 2
    assert out.read_text() == "a: 1\n"
    assert main(["import", SHOP, "-o", str(out), "--replace"]) == 0
    assert (tmp_path / "plan.yaml.bak").read_text() == "a: 1\n"


def test_a_source_is_not_written_over(tmp_path: Path) -> None:
    source = tmp_path / "dump.json"
    source.write_text(json.dumps(files_of("describe-shop")["vpcs.json"]))
    assert main(["import", str(source), "-o", str(source)]) == 2


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[" * 100_000,
        b'{"Vpcs": [{"VpcId": "a", "VpcId": "b"}]}',
        b'{"Vpcs": [NaN]}',
        b'{"Vpcs": [' + b"9" * 10_000 + b"]}",
        b"\xff\xfe\x00",
        b"PK\x03\x04zip",
        b'{"Vpcs": [{"VpcId": "vpc-1"',
        b'{"a":' * 300 + b"1" + b"}" * 300,
        b"\x00\xd8{",
    ],
)
def test_hostile_files_are_one_sentence(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "dump.json"
    source.write_bytes(data)
    assert main(["import", str(source), "-o", str(tmp_path / "plan.yaml")]) == 2
    said_ = capsys.readouterr().err
    assert said_.count("\n") == 1
    assert "Traceback" not in said_
