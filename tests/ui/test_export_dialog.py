"""The export dialog: what it asks, what it shows of it, what it remembers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from lambdaplanner.checks.report import local_day
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.formats.templates import template_named
from lambdaplanner.ui.export import export_plan, size_of
from lambdaplanner.ui.export_dialog import ExportDialog
from lambdaplanner.ui.subject import ExportOptions, PathAsked, Subject

Opened = Callable[..., ExportDialog]


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def opened(qtbot: QtBot, settings: QSettings) -> Opened:
    plan = read_text(template_named("hub-central-egress").text, where="hub").plan

    def make(selection: tuple[str, ...] = (), question: PathAsked | None = None) -> ExportDialog:
        dialog = ExportDialog(Subject(plan, None, selection, question), settings)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.preview.show_now()
        return dialog

    return make


def chosen(dialog: ExportDialog) -> list[str]:
    return [dialog.what.itemText(index) for index in range(dialog.what.count())]


def test_at_first_it_asks_for_what_the_command_line_does(opened: Opened) -> None:
    assert opened().options() == ExportOptions()


def test_all_a_vpc_or_the_selection(opened: Opened) -> None:
    dialog = opened(("nat-a", "nat-b"))
    assert chosen(dialog) == [
        "Everything",
        "What is selected: 2 things",
        "VPC egress",
        "VPC orders",
        "VPC reports",
    ]
    dialog.what.setCurrentIndex(1)
    assert dialog.options().only == ("nat-a", "nat-b")
    dialog.what.setCurrentIndex(3)
    assert dialog.options().only == ("orders",)
    assert "What is selected: 2 things" not in chosen(opened())


def test_the_path_in_hand_comes_first_then_what_is_promised(opened: Opened) -> None:
    asked = PathAsked("intake", "warehouse", 5432)
    dialog = opened(question=asked)
    dialog.path.setCurrentIndex(1)
    assert dialog.options().path == asked
    dialog.path.setCurrentIndex(2)
    assert dialog.options().path == PathAsked("intake", "internet", 443)
    dialog.path.setCurrentIndex(0)
    assert dialog.options().path is None


def test_the_preview_follows_every_choice(opened: Opened) -> None:
    dialog = opened()
    seen = {bytes(dialog.preview.sheet.image.constBits())}
    changes: list[Callable[[], object]] = [
        lambda: dialog.what.setCurrentIndex(1),
        lambda: dialog.path.setCurrentIndex(1),
        lambda: dialog.legend.setChecked(True),
        lambda: dialog.theme.setCurrentIndex(1),
        lambda: dialog.transparent.setChecked(True),
        lambda: dialog.title.setChecked(False),
        lambda: dialog.fit.setCurrentIndex(2),
        lambda: dialog.margin.setValue(200),
    ]
    for change in changes:
        change()
        dialog.preview.show_now()
        seen.add(bytes(dialog.preview.sheet.image.constBits()))
    assert len(seen) == 1 + len(changes)


def test_the_size_is_that_of_the_file(opened: Opened, tmp_path: Path) -> None:
    dialog = opened()
    dialog.scale.setValue(1)
    dialog.fit.setCurrentIndex(1)
    dialog.preview.show_now()
    plan = read_text(template_named("hub-central-egress").text, where="hub").plan
    width, height = size_of(plan, dialog.options())
    made = export_plan(plan, "", tmp_path / "x.png", dialog.options())
    assert made is not None
    assert (made.width, made.height) == (width, height)
    assert f"PNG: {width:,} x {height:,} pixels" in dialog.preview.measured.text()


def test_what_cannot_be_drawn_is_said_in_place_of_the_picture(opened: Opened) -> None:
    dialog = opened(question=PathAsked("nobody", "internet"))
    dialog.path.setCurrentIndex(1)
    dialog.preview.show_now()
    assert "nobody" in dialog.preview.measured.text()
    assert dialog.preview.sheet.image.isNull()


def test_choices_are_remembered_but_not_what_was_drawn(opened: Opened) -> None:
    first = opened()
    first.what.setCurrentIndex(1)
    first.path.setCurrentIndex(1)
    first.fit.setCurrentIndex(3)
    first.legend.setChecked(True)
    first.dated.setChecked(True)
    first.accept()
    options = opened().options()
    assert (options.fit, options.legend) == ("a4", True)
    assert (options.only, options.path, options.day) == ((), None, None)


def test_a_day_only_where_it_is_wanted(opened: Opened) -> None:
    dialog = opened()
    assert dialog.options().day is None
    dialog.dated.setChecked(True)
    assert dialog.options().day == local_day()
    dialog.title.setChecked(False)
    assert not dialog.dated.isEnabled()
