"""Faults of saving that were found in use: each by its number, in the window."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.formats import plan_file
from lambdaplanner.formats.plan_file import OpenedPlan, open_plan
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import documents as saving
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.dialogs import Conflict, Difference, QtDialogs, Unsaved
from lambdaplanner.ui.workbench import Workbench

TEXT = "# ours\nlambdaplanner: 1\nvpcs:\n  main: {cidr: 10.0.0.0/16}\n"


class Answers(QtDialogs):
    """Dialogs that answer at once, and remember what they told."""

    unsaved_answer: Unsaved = "discard"
    conflict: Conflict = "cancel"
    shown = ""
    told: tuple[str, ...] = ()
    elsewhere: Path | None = None

    def unsaved(self, name: str) -> Unsaved:  # noqa: ARG002
        return self.unsaved_answer

    def changed_on_disk(self, name: str, difference: Difference) -> Conflict:  # noqa: ARG002
        self.shown = difference()
        return self.conflict

    def problems(self, title: str, lines: object) -> None:
        self.told = (title, *lines)  # type: ignore[misc]

    def not_saved(self, title: str, lines: object) -> bool:
        self.told = (title, *lines)  # type: ignore[misc]
        return self.elsewhere is not None

    def save_path(self, suggestion: Path) -> Path | None:  # noqa: ARG002
        return self.elsewhere


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Workbench:
    themes.apply(qapp, themes.LIGHT)
    window = make_window(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    qtbot.addWidget(window)
    made = Workbench(window, QSettings(), Answers(window))
    window.show()
    (tmp_path / "p.yaml").write_text(TEXT)
    assert made.documents.open(tmp_path / "p.yaml")
    made.bridge.do("Add", lambda edit: edit.add(Vpc(id="mine", cidr="10.9.0.0/16")))
    return made


def answers(bench: Workbench) -> Answers:
    assert isinstance(bench.dialogs, Answers)
    return bench.dialogs


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), ValueError("odd")])
def test_9_10_a_save_that_fails_in_any_way_is_told_and_the_window_stays(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception
) -> None:
    def fails(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(saving, "save_plan", fails)
        assert not bench.documents.save()
        answers(bench).unsaved_answer = "save"
        assert not bench.window.close()
    told = answers(bench).told
    assert told[0] == "p.yaml could not be saved."
    assert str(error.args[-1]) in told[1]
    assert "Nothing was written; your work is still here." in told
    assert bench.window.isVisible()
    assert (tmp_path / "p.yaml").read_text() == TEXT


def test_9_10_a_save_that_fails_goes_on_under_another_name(
    bench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Also while the window closes."""
    genuine = plan_file.save_plan

    def fails(plan: Plan, path: Path, previous: OpenedPlan | None = None) -> OpenedPlan:
        if path.name == "p.yaml":
            raise OSError(28, "No space left on device")
        return genuine(plan, path, previous)

    monkeypatch.setattr(saving, "save_plan", fails)
    answers(bench).elsewhere = tmp_path / "q.yaml"
    answers(bench).unsaved_answer = "save"
    assert bench.window.close()
    assert answers(bench).told[1] == "No space left on device."
    assert answers(bench).told[-1] == "Make room on the disk, or save somewhere else."
    assert (tmp_path / "p.yaml").read_text() == TEXT
    assert "mine" in open_plan(tmp_path / "q.yaml").plan
    assert bench.documents.path == tmp_path / "q.yaml"


@pytest.mark.parametrize(("key", "chosen"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_9_10_the_box_of_a_save_that_failed_offers_another_name(
    bench: Workbench, key: Qt.Key, chosen: bool
) -> None:
    seen: list[list[str]] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append([button.text().replace("&", "") for button in box.buttons()])
        QTest.keyClick(box, key)

    QTimer.singleShot(0, press)
    assert QtDialogs(bench.window).not_saved("p.yaml could not be saved.", ["No."]) is chosen
    assert sorted(seen[0]) == ["Cancel", "Save as..."]


def test_the_box_of_problems_has_one_plain_button(bench: Workbench) -> None:
    seen: list[QMessageBox] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        (button,) = box.buttons()
        assert button.text().replace("&", "") == "OK"
        assert button.icon().isNull()
        seen.append(box)
        QTest.keyClick(box, Qt.Key.Key_Escape)

    QTimer.singleShot(0, press)
    QtDialogs(bench.window).problems("It is odd.", ["So it is."])
    assert seen


def test_13_17_a_foreign_change_of_the_same_size_and_time_is_asked_about(
    bench: Workbench, tmp_path: Path
) -> None:
    path = tmp_path / "p.yaml"
    before = path.stat()
    path.write_text(TEXT.replace("ours", "them"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not bench.documents.save()
    assert "-# them" in answers(bench).shown
    assert "mine" in answers(bench).shown
    answers(bench).conflict = "overwrite"
    assert bench.documents.save()
    assert "mine" in path.read_text()


def test_19_a_change_outside_is_told_when_the_window_comes_to_the_front(
    bench: Workbench, tmp_path: Path
) -> None:
    bench.window.came_to_front.emit()
    assert bench.outside.isHidden()
    (tmp_path / "p.yaml").write_text(TEXT + "# theirs\n")
    bench.window.came_to_front.emit()
    assert not bench.outside.isHidden()
    bench.outside.keep.click()
    assert bench.outside.isHidden()
    bench.window.came_to_front.emit()
    assert bench.outside.isHidden()
    assert not bench.documents.save()
