"""Notes of unsaved work: what they hold, who may have them, and what becomes of bad ones."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lambdaplanner.formats.plan_file import OpenedPlan, open_plan, plan_text, read_text
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.state.claims import claim
from lambdaplanner.state.note import Note, Work, note_text, read_note
from lambdaplanner.state.note_store import LeftNote, OwnNote, left_behind, untold
from lambdaplanner.state.offer import offer_of

ROOT = Path(__file__).resolve().parents[2]
WHEN = datetime(2026, 1, 31, 12, tzinfo=UTC)
TEXT = "# ours, with a comment\nlambdaplanner: 1\nvpcs:\n  main: {cidr: 10.0.0.0/16}  # theirs\n"


def edited(opened: OpenedPlan) -> Plan:
    plan = read_text(opened.text, where="x").plan
    Edit(plan).add(Vpc(id="other", cidr="10.9.0.0/16"))
    return plan


def work_on(path: Path, text: str = TEXT) -> Work:
    path.write_text(text, encoding="utf-8")
    opened = open_plan(path)
    return Work(plan=edited(opened), path=path, began_from=opened)


def crashed(folder: Path, work: Work) -> Path:
    """The note of a window that wrote it and ended."""
    own = OwnNote(folder)
    own.write(work)
    own.release()
    return own.file


def read_back(work: Work) -> Note:
    data = note_text(work, WHEN).encode()
    return read_note(data, where="note", modified=datetime.now(UTC))


def notes_in(folder: Path) -> list[LeftNote]:
    found = left_behind(folder)
    for note in found.notes:
        note.release()
    return list(found.notes)


def test_a_note_gives_back_the_plan_its_file_and_what_it_began_from(tmp_path: Path) -> None:
    work = work_on(tmp_path / "p.yaml")

    note = read_back(work)

    assert plan_text(note.work.plan) == plan_text(work.plan)
    assert note.work.path == tmp_path / "p.yaml"
    assert note.when == WHEN
    began = note.work.began_from
    assert began is not None
    assert began.text == TEXT
    assert began.on_disk is not None
    assert not began.changed_on_disk(tmp_path / "p.yaml")
    (tmp_path / "p.yaml").write_text(TEXT.replace("theirs", "THEIRS"))
    assert began.changed_on_disk(tmp_path / "p.yaml")


def test_a_note_can_be_opened_as_the_plan_that_it_is(tmp_path: Path) -> None:
    work = work_on(tmp_path / "p.yaml")
    file = crashed(tmp_path / "notes", work)
    assert "other" in open_plan(file).plan


@pytest.mark.parametrize("text", [TEXT, "\ufeff" + TEXT, TEXT.replace("\n", "\r\n"), TEXT.strip()])
def test_a_save_after_taking_up_writes_what_a_save_before_the_crash_would(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "p.yaml"
    path.write_bytes(text.encode())
    opened = open_plan(path)
    plan = edited(opened)
    note = read_back(Work(plan=plan, path=path, began_from=opened))

    assert plan_text(note.work.plan, note.work.began_from) == plan_text(plan, opened)


@pytest.mark.parametrize(
    "name", ["plain.yaml", "two\nlines.yaml", "caf\udce9.yaml", "\u2028.yaml", ' "#: .yaml', "\r"]
)
def test_every_name_of_a_file_comes_back(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    assert read_back(Work(plan=Plan(), path=path)).work.path == path


def test_a_note_of_a_plan_without_a_file_has_none() -> None:
    note = read_back(Work(plan=Plan()))
    assert note.work.path is None
    assert note.work.began_from is None
    assert note.name == "an untitled plan"


def test_folder_and_file_are_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir(mode=0o755)
    file = crashed(folder, work_on(tmp_path / "p.yaml"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_folders_made_on_the_way_are_for_the_owner_alone(tmp_path: Path) -> None:
    crashed(tmp_path / "state" / "notes", work_on(tmp_path / "p.yaml"))
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_the_work_of_a_window_that_runs_is_left_alone(tmp_path: Path) -> None:
    own = OwnNote(tmp_path)
    own.write(work_on(tmp_path / "p.yml"))
    other = OwnNote(tmp_path)
    other.write(work_on(tmp_path / "q.yml"))
    assert notes_in(tmp_path) == []
    own.release()
    assert [note.file for note in notes_in(tmp_path)] == [own.file]
    other.release()
    assert len(notes_in(tmp_path)) == 2


def test_two_starts_are_not_offered_the_same_work(tmp_path: Path) -> None:
    crashed(tmp_path, work_on(tmp_path / "p.yml"))
    (first,) = left_behind(tmp_path).notes
    assert left_behind(tmp_path).notes == ()
    first.release()
    assert len(notes_in(tmp_path)) == 1


def test_a_note_named_after_a_process_that_runs_is_offered(tmp_path: Path) -> None:
    """A process number proves nothing: reused, or 1 in every container."""
    file = crashed(tmp_path, work_on(tmp_path / "p.yml"))
    file.rename(tmp_path / f"{os.getpid()}.yaml")
    crashed(tmp_path, work_on(tmp_path / "q.yml")).rename(tmp_path / "1.yaml")
    assert len(notes_in(tmp_path)) == 2


HOLDER = """
import sys, time
from pathlib import Path
from lambdaplanner.model.plan import Plan
from lambdaplanner.state.note import Work
from lambdaplanner.state.note_store import OwnNote
own = OwnNote(Path(sys.argv[1]))
own.write(Work(plan=Plan()))
sys.stdout.write("noted\\n")
sys.stdout.flush()
sys.stdin.read()
"""


def test_a_killed_process_counts_as_ended_before_anybody_reaped_it(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == "noted\n"
    assert notes_in(tmp_path) == []
    holder.kill()
    assert holder.stdout.read() == ""  # its descriptors are closed; it is not waited for yet
    assert len(notes_in(tmp_path)) == 1
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()


def test_lock_files_without_notes_are_swept(tmp_path: Path) -> None:
    (tmp_path / "a.lock").touch()
    held = claim(tmp_path / "b.lock")
    assert held is not None
    assert left_behind(tmp_path).notes == ()
    assert [file.name for file in tmp_path.iterdir()] == ["b.lock"]
    held.release()
    assert list(tmp_path.iterdir()) == []


def test_removed_notes_leave_nothing(tmp_path: Path) -> None:
    crashed(tmp_path, work_on(tmp_path / "p.yml"))
    (left,) = left_behind(tmp_path).notes
    left.remove()
    assert [file.name for file in tmp_path.iterdir()] == ["p.yml"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("\nlambdaplanner: 1", "\nlambdaplanner: 2", "newer"),
        ("# note: 1", "# note: 2", "later version"),
        ("# note: 1\n", "", "damaged"),
        ("\nvpcs:", "\nvpcs: [", "the note:10:"),
        ("# file: ", "# file: [", "damaged"),
    ],
)
def test_what_cannot_be_read_is_kept_and_told_once(
    old: str, new: str, reason: str, tmp_path: Path
) -> None:
    file = crashed(tmp_path, work_on(tmp_path / "p.yml"))
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new, 1))

    found = left_behind(tmp_path)

    assert found.notes == ()
    (told,) = untold(tmp_path, found.unreadable)
    assert told.file == file
    assert reason in told.reason
    assert file.exists()
    assert untold(tmp_path, left_behind(tmp_path).unreadable) == []


def test_bytes_that_are_no_text_are_kept(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "folder.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    assert len(left_behind(tmp_path).unreadable) == 3
    assert len(list(tmp_path.iterdir())) == 3


def test_a_note_of_version_0_1_0_is_offered(tmp_path: Path) -> None:
    text = plan_text(Plan())
    (tmp_path / "7.yaml").write_text(f"# unsaved work on: {tmp_path / 'p.yml'}\n{text}")
    (tmp_path / "1.yaml").write_text(f"# unsaved work on: p.yml\n{text}")
    (tmp_path / "8.yaml").write_text(f"# unsaved work on: \n{text}")
    (tmp_path / "p.yml").write_text(text)

    paths = {note.file.stem: note.note.work for note in notes_in(tmp_path)}

    assert paths["7"].path == tmp_path / "p.yml"
    # Nobody knows what the file was like: a save asks.
    assert paths["7"].began_from is not None
    assert paths["7"].began_from.changed_on_disk(tmp_path / "p.yml")
    # Nobody knows which folder was meant: a save asks where.
    assert paths["1"].path is None
    assert paths["8"].path is None


def test_a_note_knows_its_file_by_any_spelling(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (tmp_path / "link.yaml").symlink_to("a/p.yaml")
    (tmp_path / "door").symlink_to("a")
    crashed(tmp_path / "notes", work_on(folder / "p.yaml"))
    (note,) = notes_in(tmp_path / "notes")
    monkeypatch.chdir(folder)
    for spelling in ("p.yaml", "../a/p.yaml", "../link.yaml", "../door/p.yaml"):
        assert note.is_about(Path(spelling))
    assert not note.is_about(Path("../p.yaml"))
    (folder / "p.yaml").unlink()
    assert note.is_about(Path("../door/p.yaml"))


def test_the_offer_tells_what_differs_from_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    note = read_back(work_on(path))
    assert offer_of(note).changes == ("Added: other",)
    assert offer_of(note).file_now == "same"
    path.write_text(TEXT.replace("10.0", "10.1"))
    assert offer_of(note).changes == ("Added: other", "Changed: main")
    assert offer_of(note).file_now == "changed"
    path.write_text("half: [")
    assert offer_of(note).changes == ("Added: other",)
    assert offer_of(note).file_now == "broken"
    path.unlink()
    assert offer_of(note).file_now == "gone"


def test_the_offer_counts_what_is_too_much_to_name() -> None:
    plan = Plan()
    edit = Edit(plan)
    for number in range(9):
        edit.add(Vpc(id=f"v{number}", cidr=f"10.{number}.0.0/16"))
    (added,) = offer_of(read_back(Work(plan=plan))).changes
    assert added == "Added: v0, v1, v2, v3 and 5 more"
