"""The command line as a person and a script use it: what is printed, and with which
status it ends.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lambdaplanner import assets
from lambdaplanner.cli import main
from lambdaplanner.cli.program import COMMANDS, parser


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    path = tmp_path / "brief.yaml"
    source = next(p for p in assets.template_paths() if p.stem == "brief-network")
    path.write_bytes(Path(source).read_bytes())
    return path


def out(capsys: pytest.CaptureFixture[str], *arguments: object, status: int = 0) -> str:
    assert main([str(a) for a in arguments]) == status
    return capsys.readouterr().out


def test_reach_tells_the_briefs_hops(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(out(capsys, "reach", brief, "attached", "internet", "--json"))

    assert (answer["from"], answer["to"], answer["protocol"], answer["port"]) == (
        "attached",
        "internet",
        "tcp",
        443,
    )
    assert answer["verdict"] == "reachable"
    (path,) = answer["paths"]
    assert (path["via"], path["into"], path["obstacles"]) == ("private", None, [])
    assert [hop["id"] for hop in path["hops"]] == [
        "attached",
        "vpc-to-vpc-nat",
        "eni:attached@private",
        "function-sg",
        "private-routes",
        "nat",
        "public-routes",
        "igw",
        "internet",
    ]
    assert path["return_hops"]


def test_an_unattached_function_does_not_see_the_vpc(
    brief: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = json.loads(out(capsys, "reach", brief, "unattached", "database", "--json", status=1))

    assert answer["port"] == 5432
    assert [o["code"] for p in answer["paths"] for o in p["obstacles"]] == ["LAMBDA_NOT_ATTACHED"]


def test_capacity_of_the_brief(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(out(capsys, "capacity", brief, "--json"))

    private = answer["subnets"]["private"]
    assert private == {
        "cidr": "10.0.1.0/24",
        "az": "eu-west-1a",
        "addresses": 256,
        "reserved": 5,
        "usable": 251,
        "used": 1,
        "free": 250,
        "demand": 200,
        "headroom": 50,
    }
    assert answer["subnets"]["public"]["used"] == 1
    assert answer["functions"]["attached"]["max_concurrency"] == 250
    assert answer["functions"]["unattached"]["demand"] == 0
    assert set(answer["models"]) == {"per-invocation", "eni-per-3gb", "hyperplane"}


def test_one_invocation_too_many(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(
        out(capsys, "capacity", brief, "--concurrency", "attached=251", "--json", status=1)
    )
    attached = answer["functions"]["attached"]
    assert (attached["verdict"], attached["shortfall"]) == ("exhausted", 1)
    assert (attached["error"], attached["suggested_prefix"]) == ("EC2ThrottledException", 23)


def test_check_passes_with_warnings(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = json.loads(out(capsys, "check", brief, "--json"))

    assert answer["verdict"] == "pass"
    assert all(row["ok"] for row in answer["expectations"])
    assert "LAM-001" in [finding["id"] for finding in answer["findings"]]
    assert "error" not in [finding["severity"] for finding in answer["findings"]]


def test_check_fails_for_the_trap(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trap.yaml"
    out(capsys, "new", path, "--template", "public-subnet-trap")

    answer = json.loads(out(capsys, "check", path, "--json", status=1))
    assert answer["verdict"] == "fail"
    assert [row["ok"] for row in answer["expectations"]] == [False]
    reach = json.loads(out(capsys, "reach", path, "trapped", "internet", "--json", status=1))
    (obstacle,) = reach["paths"][0]["obstacles"]
    assert (obstacle["at"], obstacle["code"]) == ("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS")


def test_several_plans_are_checked_together(
    brief: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "isolated.yaml"
    out(capsys, "new", other, "--template", "isolated-vpc")

    answer = json.loads(out(capsys, "check", brief, other, "--json"))
    assert [plan["plan"] for plan in answer["plans"]] == [str(brief), str(other)]


@pytest.mark.parametrize(
    "arguments",
    [
        ("reach", "BRIEF", "nobody", "internet"),
        ("reach", "BRIEF", "attached", "internet", "--port", "70000"),
        ("reach", "BRIEF", "attached", "internet", "--port", "http"),
        ("reach", "BRIEF", "attached"),
        ("capacity", "BRIEF", "--concurrency", "attached"),
        ("capacity", "BRIEF", "--concurrency", "nobody=3"),
        ("capacity", "BRIEF", "--without-az", "eu-west-9z"),
        ("capacity", "BRIEF", "--model", "guess"),
        ("check", "missing.yaml"),
        ("export", "BRIEF", "out.bmp"),
        ("export", "BRIEF", "out.png", "--scale", "0"),
        ("new",),
        ("new", "BRIEF"),
        ("new", "fresh.yaml", "--template", "none"),
        ("format", "missing.yaml"),
        ("frobnicate",),
        ("--nonsense",),
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_one_sentence(
    arguments: tuple[str, ...],
    brief: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(brief.parent)
    before = sorted(p.name for p in brief.parent.iterdir())

    assert main([str(brief) if a == "BRIEF" else a for a in arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip()
    assert "Traceback" not in printed.err
    assert sorted(p.name for p in brief.parent.iterdir()) == before


def test_near_names_are_offered(brief: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reach", str(brief), "atached", "internet"]) == 2
    assert 'did you mean "attached"?' in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    assert f"example: lambdaplanner {command}".replace(" open", "") in capsys.readouterr().out


def test_templates_are_listed_and_all_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = out(capsys, "new", "--list")
    for path in assets.template_paths():
        assert path.stem in listed
        target = tmp_path / path.name
        out(capsys, "new", target, "--template", path.stem)
        out(capsys, "format", "--check", target)


def test_format_rewrites_and_then_has_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("# mine\nvpcs: {v: {cidr:   10.0.0.0/16}}   # wide\nlambdaplanner: 1\n")

    assert "would change" in out(capsys, "format", "--check", path, status=1)
    out(capsys, "format", path)
    text = path.read_text()
    assert "# mine" in text
    assert "# wide" in text
    assert out(capsys, "format", "--check", path) == ""


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(out(capsys, "schema"))
    assert schema["required"] == ["lambdaplanner"]
    assert "functions" in schema["properties"]


def test_text_output_says_what_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "trap.yaml"
    out(capsys, "new", path, "--template", "public-subnet-trap")
    text = out(capsys, "reach", path, "trapped", "internet", status=1)
    assert "unreachable" in text
    assert "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS" in text
    assert "Fix: " in text


def test_help_and_version_load_neither_engine_nor_qt() -> None:
    program = (
        "import sys; from lambdaplanner.cli import main\n"
        "assert main(['--version']) == main(['--help']) == main(['reach', '--help']) == 0\n"
        "print(*sorted({'networkx', 'yaml', 'netaddr', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == ""


def test_a_command_loads_no_other_command() -> None:
    program = (
        "import sys; from lambdaplanner.cli import main\n"
        "main(['reach', '--help'])\n"
        "print(*sorted(m for m in sys.modules if m.endswith('_command')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "lambdaplanner.cli.reach_command"


def test_options_are_written_out(brief: Path) -> None:
    assert main(["check", str(brief), "--jso"]) == 2


def test_only_may_be_given_more_than_once() -> None:
    chosen = parser().parse_args(["export", "a", "b", "--only", "x", "y", "--only", "z"])
    assert chosen.only == ["x", "y", "z"]
