"""What the window says: of the last edit, of no other plan; and what a copy really copied."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.commands.unlink import can_disconnect
from lambdaplanner.diagram.structure import MANAGED_IDS
from lambdaplanner.editor.session import Request
from lambdaplanner.formats.picture_plan import read_plan
from lambdaplanner.formats.plan_file import OpenedPlan, read_text, save_plan
from lambdaplanner.ui import documents, workbench
from lambdaplanner.ui import pictures as pictures_module
from lambdaplanner.ui.context_menu import context_menu
from lambdaplanner.ui.workbench import Workbench
from tests.card_hand import cards_of
from tests.found.plans import found
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path))
    made.start(found("shop", "window"))
    made.bridge.settle()
    yield made
    made.window.close()


def said(bench: Workbench) -> str:
    return bench.window.status_text.text()


def test_each_edit_says_its_own(bench: Workbench) -> None:
    bench.bridge.ask("orders", "orders-db")
    bench.trace.promise_answer()
    assert said(bench).startswith("The plan now promises")
    bench.bridge.do("Change inbound rules", lambda edit: edit.update("orders", concurrency=7))
    assert said(bench) == "Done: Change inbound rules"
    bench.undo()
    assert said(bench) == "Undid: Change inbound rules"
    bench.bridge.settle()
    bench.findings.acknowledge(bench.findings.shown[-1], "known")
    assert said(bench).startswith("Done: Acknowledge")
    bench.capacity.choose_model("hyperplane")
    assert said(bench) == "Done: Use the capacity model hyperplane"
    bench.documents.new()
    assert said(bench) == ""


def test_a_message_is_no_pill_after_a_switch_of_the_theme(bench: Workbench) -> None:
    for tone in ("ok", "info", "warning", "error"):
        bench.tell(tone, "Something was said")
        bench.toggle_theme()
        label = bench.window.status_text
        QApplication.processEvents()
        image = label.grab().toImage()
        assert image.pixelColor(image.width() - 20, image.height() // 2).alpha() == 0


def test_f8_brings_the_findings_up(bench: Workbench) -> None:
    bench.window.show_dock("capacity")
    bench.view.setFocus()
    QTest.keyClick(bench.view, Qt.Key.Key_F8)
    assert bench.findings.isVisible()
    first = cards_of(bench.findings)[0]
    assert first.in_sight
    assert bench.session.selection.only == first.shown.about[0]
    bench.window.toggle_dock("findings")
    for _ in range(5):
        QTest.keyClick(bench.view, Qt.Key.Key_F8)
    assert cards_of(bench.findings)[5].in_sight


def test_a_copy_is_what_the_status_says(bench: Workbench) -> None:
    bench.pictures.copy()
    image = QApplication.clipboard().image()
    assert not image.isNull()
    assert f"{image.width():,} x {image.height():,} pixels" in said(bench)


def test_a_copy_is_png_svg_and_yaml_at_once(bench: Workbench) -> None:
    bench.pictures.copy()
    data = QApplication.clipboard().mimeData()
    assert {"image/png", "image/svg+xml", "text/plain"} <= set(data.formats())
    for picture in (data.data("image/png"), data.data("image/svg+xml")):
        assert read_plan(bytes(picture.data())) == data.text()
    assert read_text(data.text(), where="pasted").plan.info == bench.session.plan.info


def test_a_process_with_a_full_clipboard_ends_well() -> None:
    """Data that is a Python object outlives Python there, and ended the process with a fault."""
    script = (
        "from PySide6.QtGui import QImage\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from lambdaplanner.ui.pictures import Copied\n"
        "app = QApplication([])\n"
        "image = QImage(9, 9, QImage.Format.Format_RGB32)\n"
        "copied = Copied(image, b'p', b's', 't', smaller=False)\n"
        "app.clipboard().setMimeData(copied.mime())\n"
        "print(sorted(app.clipboard().mimeData().formats()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "image/svg+xml" in done.stdout


def test_a_clipboard_that_takes_nothing_is_told(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = SimpleNamespace(setMimeData=lambda _data: None, mimeData=QMimeData)
    application = SimpleNamespace(clipboard=lambda: held, processEvents=lambda: None)
    monkeypatch.setattr(pictures_module, "QApplication", application)
    bench.pictures.copy()
    assert said(bench).startswith("Nothing was copied: the clipboard did not take it")


def test_a_large_copy_is_made_to_fit_and_says_so(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures_module, "MOST_COPIED_PIXELS", 200_000)
    bench.pictures.copy()
    image = QApplication.clipboard().image()
    assert 150_000 < image.width() * image.height() <= 200_000
    assert "smaller" in said(bench)


def test_what_could_not_be_copied_is_said_and_the_clipboard_stays(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    QApplication.clipboard().setText("before")
    monkeypatch.setattr(pictures_module, "read_image", lambda _data: QImage())
    bench.pictures.copy()
    assert said(bench).startswith("Nothing was copied")
    monkeypatch.setattr(pictures_module, "picture_of", lambda *_arguments, **_named: None)
    bench.pictures.copy()
    assert said(bench) == "The copy was stopped; the clipboard is as it was."
    assert QApplication.clipboard().text() == "before"


VERBS = {
    "orders": {"Trace to internet", "Reach of this", "Rename", "Duplicate", "Delete"},
    "orders-db": {"Trace to internet", "Reach of this", "Rename", "Duplicate", "Delete"},
    "private-a": {"Rename", "Duplicate", "Delete", "Fit selection"},
    "main": {"Rename", "Duplicate", "Delete", "Fit selection"},
    "internet": {"Reach of this", "Fit selection"},
    "lambda-service-vpc": {"Fit selection"},
    "region": {"Fit selection"},
}


STACKING = {"Bring to front", "Send to back", "Lock or unlock"}


def menu_texts(bench: Workbench, qtbot: QtBot, name: str | None) -> set[str]:
    bench.bridge.select([] if name is None else [name])
    menu = context_menu(bench, Request("menu", name))
    qtbot.addWidget(menu)
    visible = [action for action in menu.actions() if action.isVisible() and action.text()]
    assert [action.text() for action in visible if not action.isEnabled()] == []
    shown = {action.text() for action in visible}
    menu.close()
    return {text for text in shown if not text.startswith("Fix ") and text != "Add here"}


def test_the_menu_holds_what_can_be_done_to_its_object(bench: Workbench, qtbot: QtBot) -> None:
    for name, wanted in VERBS.items():
        assert name in bench.session.diagram.boxes, name
        found_there = menu_texts(bench, qtbot, name)
        function = name in bench.session.plan.of("function")
        more = {"Connect function to VPC..."} if function else set()
        if name in bench.session.diagram.boxes and name not in MANAGED_IDS:
            more |= STACKING
        assert found_there == wanted | more | {"Fit selection"}, name
    interface = next(n for n in bench.session.diagram.boxes if n.startswith("eni:orders@"))
    assert menu_texts(bench, qtbot, interface) == {
        "Show orders",
        "Delete",
        "Fit selection",
        *STACKING,
    }
    assert menu_texts(bench, qtbot, None) == {"Fit everything", "Select all", "Plan settings"}
    kinds = set()
    for line in bench.session.diagram.lines.values():
        possible = can_disconnect(bench.session.plan, line.source, line.target) is None
        kinds.add(possible)
        assert menu_texts(bench, qtbot, line.id) == {
            *({"Delete"} if possible else ()),
            "Fit everything",
        }
    assert kinds == {True, False}


def test_what_takes_a_moment_says_so_before_it_begins(
    bench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, bool]] = []

    def look() -> None:
        waits = QGuiApplication.overrideCursor() is not None
        seen.append((bench.window.status_text.text(), waits))

    def save(*arguments: Any) -> OpenedPlan:
        look()
        return save_plan(*arguments)

    monkeypatch.setattr(documents, "save_plan", save)
    bench.documents.path = tmp_path / "plan.yaml"
    assert bench.documents.save()
    monkeypatch.setattr(workbench, "dress", lambda *_: look())
    bench.toggle_theme()
    bench.toggle_theme()
    assert seen[0] == ("Saving plan.yaml ...", True)
    assert seen[1:] == [("Changing the colours ...", True)] * 2
    assert QGuiApplication.overrideCursor() is None
    assert said(bench) == ""
