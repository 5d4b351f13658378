"""Nothing that a plan, a file name or an argument holds is rendered: one rule for every widget."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSettings, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.dialogs import QtDialogs, Unsaved
from lambdaplanner.ui.difference_dialog import DifferenceDialog
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.workbench import Workbench
from tests.found.plans import found

LURE = "<img src=canary.png>"
ROOT = Path(__file__).parents[2]
UI = ROOT / "lambdaplanner" / "ui"
PLAN = f"""lambdaplanner: 1
name: "<b>x</b>{LURE}"
description: "{LURE}"
vpcs:
  v: {{cidr: 10.0.0.0/16, label: "{LURE}"}}
internet_gateways:
  i: {{vpc: v, label: "{LURE}"}}
subnets:
  s: {{vpc: v, az: "{LURE}", cidr: 10.0.0.0/28, label: "{LURE}", route_table: r}}
  t: {{vpc: v, az: eu-west-1b, cidr: 10.0.1.0/24, label: "{LURE}"}}
nat_gateways:
  n: {{subnet: t, label: "{LURE}"}}
route_tables:
  r: {{vpc: v, label: "{LURE}", routes: {{0.0.0.0/0: i}}}}
security_groups:
  g: {{vpc: v, label: "{LURE}", inbound: [{{cidr: 10.0.0.0/8, ports: 80}}]}}
functions:
  f: {{subnets: [s], concurrency: 999, label: "{LURE}", role_policies: ["{LURE}"]}}
  u: {{label: "{LURE}"}}
workloads:
  w: {{type: rds, subnets: [t], port: 5432, label: "{LURE}"}}
expectations:
  - {{from: f, to: internet, expect: reachable}}
  - {{from: f, to: w, expect: reachable}}
notes:
  o: {{text: "{LURE}"}}
"""


class Leaving(QtDialogs):
    """The real dialogs, but for the one at the end of a test."""

    def unsaved(self, name: str) -> Unsaved:  # noqa: ARG002
        return "discard"


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Workbench:
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    themes.apply(qapp, themes.LIGHT)
    window = make_window(settings)
    qtbot.addWidget(window)
    made = Workbench(window, settings, Leaving(window))
    window.show()
    qtbot.waitExposed(window)
    return made


def rendered() -> set[str]:
    """What some widget would take for HTML that the plan wrote."""
    seen = set()
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel):
            literal = widget.textFormat() == Qt.TextFormat.PlainText
            if LURE in widget.text() and not literal:
                seen.add(f"text of {type(widget).__name__}: {widget.text()}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            seen |= {f"tip in {type(widget).__name__}: {t}" for t in model_tips(widget.model())}
        seen |= {
            f"{what} of {type(widget).__name__}: {text}"
            for what, text in (("tip", widget.toolTip()), ("help", widget.whatsThis()))
            if LURE in text
        }
        seen |= {
            f"tip of an action: {action.toolTip()}"
            for action in widget.findChildren(QAction)
            if LURE in action.toolTip()
        }
    return seen


def model_tips(model: QAbstractItemModel, under: QModelIndex | None = None) -> set[str]:
    tips = set()
    top = under or QModelIndex()
    for row in range(model.rowCount(top)):
        for column in range(20):
            index = model.index(row, column, top)
            if not index.isValid():
                break
            text = index.data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(text, str) and LURE in text:
                tips.add(text)
            if column == 0 and model.rowCount(index):
                tips |= model_tips(model, index)
    return tips


@pytest.mark.parametrize("source", ["tooltip-html", "every field"])
def test_21_no_widget_renders_what_a_plan_says(
    bench: Workbench, tmp_path: Path, source: str
) -> None:
    path = tmp_path / f"<b>x{LURE}.yaml"
    if source == "tooltip-html":
        path.write_bytes(found("tooltip-html", "faults").read_bytes())
    else:
        path.write_text(PLAN, encoding="utf-8")
    assert bench.documents.open(path)
    bench.bridge.settle()
    for name in [*bench.session.plan]:
        bench.bridge.select(name)
        bench.bridge.settle()
        assert rendered() == set()
    for dock in bench.window.docks:
        bench.window.show_dock(dock)
        bench.bridge.settle()
        assert rendered() == set()
    bench.tell("error", f"{LURE} could not be found")
    bench.window.warn(f"{LURE} cannot be written")
    bench.outside.say(LURE)
    assert rendered() == set()
    gc.collect()


def test_20_no_dialog_renders_what_it_tells(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialogs, shown = QtDialogs(bench.window), []

    def looked(box: QMessageBox) -> int:
        shown.append(box.text())
        assert rendered() == set()
        assert any(LURE in one.text() for one in box.findChildren(QLabel))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", looked)
    dialogs.problems(LURE, [f"dev-zero-image {LURE}"] * 20)
    assert dialogs.unsaved(LURE) == "cancel"
    assert dialogs.changed_on_disk(LURE, lambda: LURE) == "cancel"
    assert len(shown) == 3
    difference = DifferenceDialog(LURE, LURE, bench.window)
    assert rendered() == set()
    difference.deleteLater()


def test_a_tooltip_shows_its_text_letter_by_letter() -> None:
    assert plain_tip("10.0.0.0/16 & more") == "10.0.0.0/16 & more"
    for text in (LURE, "&lt;b>", "a < b", "<?xml", "</p><b>"):
        shown = QTextDocument()
        shown.setHtml(plain_tip(text))
        assert shown.toPlainText() == text


# the rule, over the source ------------------------------------------------------------------------


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a function or method of this name in the window's modules."""
    for path in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                said = called.attr if isinstance(called, ast.Attribute) else ""
                if isinstance(called, ast.Name):
                    said = called.id
                if said == name:
                    yield path.relative_to(UI).as_posix(), node


def literal(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return True
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == ("plain_tip")
    )


@pytest.mark.parametrize("method", ["setToolTip", "setWhatsThis"])
def test_a_tooltip_is_written_here_or_escaped(method: str) -> None:
    loose = [f"{path}:{call.lineno}" for path, call in calls(method) if not literal(call.args[-1])]
    assert loose == []


def test_only_escaped_text_is_shown_as_a_tooltip_at_once() -> None:
    assert [path for path, call in calls("showText") if not literal(call.args[1])] == []


@pytest.mark.parametrize(
    ("name", "homes"),
    [
        ("QMessageBox", {"plain.py"}),
        ("QLabel", {"plain.py", "panels/parts.py"}),
        ("setHtml", {"help_pages.py"}),
        ("QTextBrowser", {"help_pages.py"}),
        ("setMarkdown", {"help_pages.py"}),
        ("QErrorMessage", set()),
    ],
)
def test_what_could_render_is_made_in_one_place(name: str, homes: set[str]) -> None:
    assert {path for path, _ in calls(name)} <= homes


def test_the_static_boxes_of_qt_are_not_used() -> None:
    words = ("warning", "critical", "information", "question", "about")
    found_calls = [
        path
        for word in words
        for path, call in calls(word)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "QMessageBox"
    ]
    assert found_calls == []


def test_a_plan_edited_to_hold_html_is_text_as_well(bench: Workbench) -> None:
    bench.bridge.do("Add", lambda edit: edit.add(Vpc(id="v", cidr="10.0.0.0/16", label=LURE)))
    bench.bridge.select("v")
    bench.bridge.settle()
    assert rendered() == set()
