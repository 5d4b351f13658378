"""Nothing that a plan, a file name or an argument holds reaches a terminal raw."""

from __future__ import annotations

import ast
import json
import unicodedata
from pathlib import Path

import pytest

from lambdaplanner.cli import main
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.visible import visible, visible_json
from tests.found.plans import found

HOSTILE = "\x1b[31mred\x1b[2J\x07\r\x9b1m\u202eyenom\u2066\nFORGED: pass"
ESCAPED = '"\\e[31mred\\e[2J\\a\\r\\x9b1m\\u202eyenom\\u2066\\nFORGED: pass"'
PLAN = f"""lambdaplanner: 1
name: {ESCAPED}
vpcs:
  v: {{cidr: 10.0.0.0/16, label: {ESCAPED}}}
subnets:
  s: {{vpc: v, az: {ESCAPED}, cidr: 10.0.0.0/24, label: {ESCAPED}}}
  t: {{vpc: v, az: eu-west-1b, cidr: 10.0.1.0/24}}
nat_gateways:
  n: {{subnet: t}}
functions:
  f: {{subnets: [s], concurrency: 999, label: {ESCAPED}}}
  g: {{subnets: [t], concurrency: 999}}
expectations:
  - {{from: f, to: internet, expect: reachable}}
notes:
  w: {{text: {ESCAPED}}}
"""
ASKED = (
    ["check", "{plan}"],
    ["check", "{plan}", "{plan}"],
    ["check", "{plan}", "--json"],
    ["reach", "{plan}", "f", "internet"],
    ["reach", "{plan}", "f", "{bad}"],
    ["reach", "{plan}", "{bad}", "f", "--json"],
    ["reach", "{plan}", "--out-of", "f"],
    ["reach", "{plan}", "--into", "{bad}"],
    ["reach", "{plan}", "f", "internet", "--port", "{bad}"],
    ["reach", "{plan}", "f", "internet", "--protocol", "{bad}"],
    ["capacity", "{plan}"],
    ["capacity", "{plan}", "--json"],
    ["capacity", "{plan}", "--without-az", "{bad}"],
    ["capacity", "{plan}", "--concurrency", "{bad}=4"],
    ["capacity", "{plan}", "--model", "{bad}"],
    ["fix", "{plan}"],
    ["fix", "{plan}", "--json"],
    ["fix", "{plan}", "--write"],
    ["fix", "{plan}", "--finding", "{bad}"],
    ["fix", "{plan}", "--about", "{bad}"],
    ["whatif", "{plan}", "--without-az", "{bad}"],
    ["whatif", "{plan}", "--without-nat", "n", "--json"],
    ["whatif", "{plan}", "--without-nat", "{bad}"],
    ["whatif", "{plan}", "--times", "{bad}"],
    ["export", "{plan}", "{out}.{bad}"],
    ["export", "{plan}", "{out}.svg", "--only", "{bad}"],
    ["export", "{plan}", "{out}.svg", "--scale", "{bad}"],
    ["format", "{plan}", "--check"],
    ["format", "{bad}"],
    ["new", "{bad}/x.yaml"],
    ["new", "{out}", "--template", "{bad}"],
    ["open", "--template", "{bad}"],
    ["{bad}"],
    ["check", "{plan}", "--{bad}"],
    ["schema", "{bad}"],
)


def raw(text: str) -> set[str]:
    """The characters of an output that a terminal would obey, or show in another order."""
    return {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl")}


@pytest.mark.parametrize("words", ASKED, ids=lambda words: " ".join(words[:1] + words[2:]))
def test_22_no_command_sends_control_characters(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "p\x1b[31m\n\u202e.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    given = [w.format(plan=plan, bad=HOSTILE, out=tmp_path / "out") for w in words]
    status = main(given)
    out, err = capsys.readouterr()
    assert raw(out + err) == set()
    assert not any(line.startswith("FORGED") for line in (out + err).splitlines())
    assert status == 0 or out + err
    if "--json" in words and out:
        json.loads(out)


@pytest.mark.parametrize("command", ["check", "capacity", "fix", "whatif"])
def test_22_the_plan_that_it_was_found_with(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = ["--times", "2"] if command == "whatif" else []
    main([command, str(found("escape", "faults")), *more])
    out, err = capsys.readouterr()
    assert raw(out + err) == set()
    assert "\\x1b[31maz\\x1b[2J" in out or command in ("fix", "whatif")


def test_22_problems_of_a_file_are_shown_not_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "p\n\x1b[31m.yaml"
    broken = PLAN.replace("vpc: v", f"{ESCAPED}: 1, vpc: {ESCAPED}").replace("subnet: t", "a: &b 1")
    plan.write_text(broken, encoding="utf-8")
    assert main(["check", str(plan)]) == 2
    err = capsys.readouterr().err
    assert raw(err) == set()
    assert all("p\\n\\x1b[31m.yaml" in line for line in err.splitlines())


def test_what_is_shown_as_an_escape() -> None:
    assert visible("a\tb\nc\r\x1b\x9b\u202e\ufeff\udce9") == (
        "a\\tb\\nc\\r\\x1b\\x9b\\u202e\\ufeff\\udce9"
    )
    assert visible("naïve – 日本 \u200c 👩\u200d💻 ~") == "naïve – 日本 \u200c 👩\u200d💻 ~"
    document = {"a": "\x9b\u202e\x7f\U000e0041é\n"}
    shown = visible_json(json.dumps(document, ensure_ascii=False, indent=2))
    assert raw(shown) == set()
    assert json.loads(shown) == document
    assert "é" in shown


def test_the_hostile_plan_is_a_plan() -> None:
    opened = read_text(PLAN, where="p.yaml")
    assert opened.plan.info.name == HOSTILE
    assert len(opened.plan.ordered("subnet")) == 2


def test_only_the_console_speaks() -> None:
    """No other module of the command line prints, or holds stdout and stderr to write to them."""
    folder = Path(__file__).parents[2] / "lambdaplanner" / "cli"
    speaking = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Name) and node.id == "print"
            called = node.func if isinstance(node, ast.Call) else None
            written = isinstance(called, ast.Attribute) and called.attr.startswith("write")
            if named or written:
                speaking.add(path.name)
    assert speaking <= {"console.py"}
