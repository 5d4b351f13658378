"""Faults A1 to A8, A12, A18 and C29: work that was lost after a crash, or overwrote somebody's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from lambdaplanner.app import make_window
from lambdaplanner.formats.plan_file import open_plan, plan_text
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.plan import Plan
from lambdaplanner.state import note as notes
from lambdaplanner.state.note_store import OwnNote
from lambdaplanner.state.offer import Offer
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.dialogs import Conflict, Difference, QtDialogs, Unsaved
from lambdaplanner.ui.recovery_dialog import RecoveryAnswer
from lambdaplanner.ui.state_folder import state_folder
from lambdaplanner.ui.workbench import Workbench

TEXT = "# ours\nlambdaplanner: 1\nvpcs:\n  main: {cidr: 10.0.0.0/16}\n"
"""Without a place for the VPC: opening and saving leave it as it is."""


class Answers(QtDialogs):
    """Dialogs that answer at once, and remember what they were asked."""

    def __init__(self) -> None:
        super().__init__(QWidget())
        self.recovery: RecoveryAnswer = "take up"
        self.conflict: Conflict = "cancel"
        self.offers: list[Offer] = []
        self.conflicts: list[str] = []
        self.told: list[str] = []

    def recover(self, offer: Offer) -> RecoveryAnswer:
        self.offers.append(offer)
        return self.recovery

    def changed_on_disk(self, name: str, difference: Difference) -> Conflict:
        self.conflicts.append(name)
        difference()
        return self.conflict

    def save_path(self, suggestion: Path) -> Path | None:
        self.told.append(f"where to save {suggestion.name}")
        return None

    def unsaved(self, name: str) -> Unsaved:
        self.told.append(f"save {name}?")
        return "discard"

    def problems(self, title: str, lines: Sequence[str]) -> None:
        self.told += [title, *lines]

    def not_saved(self, title: str, lines: Sequence[str]) -> bool:
        self.told += [title, *lines]
        return False


class Desk:
    """Windows one after the other, each on the same home folder."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot = qtbot
        self._settings = QSettings(str(folder / "s.ini"), QSettings.Format.IniFormat)
        self.answers = Answers()

    def start(self, path: Path | str | None = None) -> Workbench:
        """A new window."""
        window = make_window(self._settings)
        self._qtbot.addWidget(window)
        bench = Workbench(window, self._settings, self.answers)
        bench.start(None if path is None else Path(path))
        return bench

    def crash(self, bench: Workbench) -> Path:
        """What a killed window leaves: the note, and nobody who holds it."""
        own = OwnNote(self.notes)
        own.write(bench.documents.work)
        own.release()
        bench.recovery.close()
        return own.file

    @property
    def notes(self) -> Path:
        return state_folder() / "recovery"

    def noted(self) -> list[Path]:
        return sorted(self.notes.glob("*.yaml"))


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desk]:
    themes.apply(qapp, themes.LIGHT)
    desk = Desk(qtbot, tmp_path)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "p.yaml").write_text(TEXT)
    yield desk
    for window in QApplication.topLevelWidgets():
        window.close()


def edit(bench: Workbench, name: str = "other") -> None:
    bench.bridge.do("Add", lambda edit: edit.add(Vpc(id=name, cidr="10.9.0.0/16")))


def test_a_plan_opened_by_a_relative_path_is_saved_where_it_was(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A1."""
    monkeypatch.chdir(tmp_path / "a")
    bench = desk.start("p.yaml")
    edit(bench)
    desk.crash(bench)

    monkeypatch.chdir(tmp_path / "b")
    bench = desk.start()
    assert bench.documents.save()

    assert "other" in open_plan(tmp_path / "a/p.yaml").plan
    assert (tmp_path / "b/p.yaml").read_text() == TEXT


def test_a_file_changed_since_the_crash_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    """A2."""
    path = tmp_path / "a/p.yaml"
    bench = desk.start(path)
    edit(bench)
    desk.crash(bench)
    theirs = TEXT.replace("main", "mine")
    path.write_text(theirs)

    bench = desk.start()
    assert desk.answers.offers[-1].file_now == "changed"
    assert not bench.documents.save()

    assert desk.answers.conflicts == ["p.yaml"]
    assert path.read_text() == theirs


def test_a_file_that_is_no_plan_any_more_is_asked_about(desk: Desk, tmp_path: Path) -> None:
    """A3; and what the file said before the crash is not lost with it."""
    path = tmp_path / "a/p.yaml"
    bench = desk.start(path)
    edit(bench)
    desk.crash(bench)
    path.write_text(TEXT + "half: [")

    bench = desk.start()
    assert desk.answers.offers[-1].file_now == "broken"
    assert not bench.documents.save()
    assert path.read_text() == TEXT + "half: ["
    desk.answers.conflict = "overwrite"
    assert bench.documents.save()
    assert path.read_text().startswith("# ours\n")
    assert "other" in open_plan(path).plan


def test_a_file_that_is_gone_does_not_come_back_unasked(desk: Desk, tmp_path: Path) -> None:
    """A3, where somebody deleted or moved the file."""
    path = tmp_path / "a/p.yaml"
    bench = desk.start(path)
    edit(bench)
    desk.crash(bench)
    path.unlink()

    bench = desk.start()
    assert desk.answers.offers[-1].file_now == "gone"
    assert "other" in bench.session.plan
    assert not bench.documents.save()
    assert any(told.startswith("where to save") for told in desk.answers.told)
    assert not path.exists()
    assert bench.documents.text.startswith("# ours\n")


def test_work_taken_up_is_noted_from_the_first_moment(desk: Desk, tmp_path: Path) -> None:
    """A4."""
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    old = desk.crash(bench)

    bench = desk.start()
    assert not bench.documents.clean
    (new,) = desk.noted()
    assert new != old
    assert notes.read_note(
        new.read_bytes(), where="x", modified=desk.answers.offers[0].when
    ).work.path == (tmp_path / "a/p.yaml")
    desk.crash(bench)

    bench = desk.start()
    assert "other" in bench.session.plan
    assert bench.documents.save()
    assert desk.noted() == []
    assert "other" in open_plan(tmp_path / "a/p.yaml").plan


def test_the_old_note_stays_where_no_new_one_can_be_written(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A4, on a full disk."""
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    old = desk.crash(bench)

    def full(_own: OwnNote, _work: notes.Work) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(OwnNote, "write", full)
        bench = desk.start()
    assert "other" in bench.session.plan
    assert desk.noted() == [old]
    bench.recovery.write()
    assert old not in desk.noted()
    assert len(desk.noted()) == 1


def test_a_named_plan_offers_its_own_work_alone(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A5."""
    (tmp_path / "link.yaml").symlink_to("b/p.yaml")
    for name in ("a", "b"):
        desk.answers.recovery = "keep"
        bench = desk.start(tmp_path / name / "p.yaml")
        edit(bench, name)
        desk.crash(bench)
    desk.answers.offers.clear()
    monkeypatch.chdir(tmp_path / "a")

    bench = desk.start("../link.yaml")
    assert [offer.path for offer in desk.answers.offers] == [tmp_path / "b/p.yaml"]
    assert list(bench.session.plan) == ["main"]
    assert bench.documents.path == tmp_path / "a/../link.yaml"
    assert "unsaved work on p.yaml" in bench.window.status_text.text()
    desk.answers.recovery = "take up"
    bench = desk.start(tmp_path / "b/p.yaml")
    assert set(bench.session.plan) == {"main", "b"}
    assert bench.documents.save()
    (kept,) = desk.noted()
    assert "10.9.0.0/16" in kept.read_text()
    assert (tmp_path / "a/p.yaml").read_text() == TEXT


@pytest.mark.parametrize("answer", ["keep", "cancel", "look"])
def test_only_discarding_loses_work(desk: Desk, tmp_path: Path, answer: RecoveryAnswer) -> None:
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    note = desk.crash(bench)
    desk.answers.recovery = answer

    bench = desk.start()

    assert ("other" in bench.session.plan) == (answer == "look")
    assert bench.documents.clean
    assert bench.documents.path is None
    bench.recovery.close()
    assert desk.noted() == [note]
    desk.answers.recovery = "discard"
    desk.start()
    assert desk.noted() == []


def test_work_is_offered_again_from_the_menu(desk: Desk, tmp_path: Path) -> None:
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    desk.crash(bench)
    desk.answers.recovery = "keep"
    bench = desk.start()
    desk.answers.recovery = "take up"
    bench.window.qt_actions["file.unsaved"].trigger()
    assert "other" in bench.session.plan
    bench.documents.save()
    bench.window.qt_actions["file.unsaved"].trigger()
    assert "no unsaved work" in bench.window.status_text.text()


def test_two_windows_on_one_file_keep_a_note_each(desk: Desk, tmp_path: Path) -> None:
    """A6: the work of a window that runs is left alone, also while another one starts."""
    first, second = (desk.start(tmp_path / "a/p.yaml") for _ in range(2))
    edit(first, "one")
    edit(second, "two")
    first.recovery.write()
    second.recovery.write()
    assert len(desk.noted()) == 2
    third = desk.start()
    assert desk.answers.offers == []
    assert third.documents.open(tmp_path / "b/p.yaml")
    assert len(desk.noted()) == 2
    assert first.documents.save()
    assert len(desk.noted()) == 1
    for bench in (first, second, third):
        bench.recovery.close()
    assert list(desk.notes.iterdir()) == []


def test_a_note_of_a_newer_format_is_kept_and_told_once(desk: Desk, tmp_path: Path) -> None:
    """A7."""
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    note = desk.crash(bench)
    note.write_text(note.read_text().replace("\nlambdaplanner: 1", "\nlambdaplanner: 2", 1))

    desk.start()
    assert desk.answers.offers == []
    assert str(note) in "\n".join(desk.answers.told)
    assert "The notes are kept." in desk.answers.told
    desk.answers.told.clear()
    desk.start()
    assert desk.answers.told == []
    assert desk.noted() == [note]


@pytest.mark.parametrize("name", ["caf\udce9.yaml", "two\nlines.yaml", "\u2028.yaml"])
def test_every_name_of_a_file_survives(name: str, desk: Desk, tmp_path: Path) -> None:
    """A8, by the window's own timer."""
    path = tmp_path / name
    path.write_text(TEXT)
    bench = desk.start(path)
    edit(bench)
    bench.recovery.write()
    assert bench.recovery.trouble == ""
    desk.crash(bench)

    bench = desk.start(path)
    assert "other" in bench.session.plan
    assert bench.documents.save()
    assert "other" in open_plan(path).plan


def test_where_nothing_can_be_noted_the_window_says_so_and_keeps_saying_it(
    desk: Desk, tmp_path: Path
) -> None:
    """A12: the folder was replaced by a file; work goes on, and the words go when it can be."""
    desk.notes.parent.mkdir(parents=True, exist_ok=True)
    desk.notes.write_text("a file")
    bench = desk.start(tmp_path / "a/p.yaml")
    bench.window.show()
    edit(bench)
    bench.recovery.write()

    warning = bench.window.status_warning
    assert "file where the folder should be" in warning.text()
    assert str(desk.notes) in warning.text()
    bench.tell("info", "something else")
    assert warning.isVisible()
    assert bench.documents.save()
    edit(bench, "more")
    desk.notes.unlink()
    bench.recovery.write()
    assert not warning.isVisible()
    assert len(desk.noted()) == 1


def test_a_note_that_cannot_be_made_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """C29: the serialiser raises."""
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    reported: list[str] = []

    def broken(_plan: Plan) -> str:
        raise ZeroDivisionError("no such thing")

    with monkeypatch.context() as patch:
        patch.setattr(notes, "plan_text", broken)
        patch.setattr("sys.excepthook", lambda kind, *_: reported.append(kind.__name__))
        bench.recovery.write()
    assert "no such thing" in bench.window.status_warning.text()
    assert reported == ["ZeroDivisionError"]
    assert plan_text(bench.session.plan)


def test_notes_are_for_the_owner_alone(desk: Desk, tmp_path: Path) -> None:
    """A18."""
    path = tmp_path / "a/p.yaml"
    path.chmod(0o600)
    bench = desk.start(path)
    edit(bench)
    bench.recovery.write()
    (note,) = desk.noted()
    assert note.stat().st_mode & 0o777 == 0o600
    assert desk.notes.stat().st_mode & 0o777 == 0o700


def test_saved_work_leaves_no_note(desk: Desk, tmp_path: Path) -> None:
    bench = desk.start(tmp_path / "a/p.yaml")
    edit(bench)
    bench.recovery.write()
    assert len(desk.noted()) == 1
    bench.documents.save()
    assert desk.noted() == []
    bench.undo()
    edit(bench)
    bench.recovery.write()
    assert len(desk.noted()) == 1
    bench.undo()
    bench.redo()
    bench.window.close()
    assert list(desk.notes.iterdir()) == []
