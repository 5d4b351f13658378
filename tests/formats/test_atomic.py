"""Saving in one step, and seeing what others did."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from lambdaplanner.errors import ChangedMeanwhile
from lambdaplanner.formats.atomic import save_atomically
from lambdaplanner.formats.fingerprints import fingerprint, open_regular, unchanged
from lambdaplanner.formats.part_files import make_part, sweep_parts


def test_a_new_file_holds_the_data_and_nothing_stays_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    save_atomically(target, b"lambdaplanner: 1\n")
    assert target.read_bytes() == b"lambdaplanner: 1\n"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_new_file_gets_the_mode_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(b"")
    save_atomically(tmp_path / "plan.yaml", b"x")
    assert (tmp_path / "plan.yaml").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_permissions_stay(tmp_path: Path, mode: int) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"old")
    target.chmod(mode)
    save_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == mode


def test_a_link_stays_a_link_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real = tmp_path / "real" / "plan.yaml"
    real.write_bytes(b"old")
    inner, outer = tmp_path / "inner.yaml", tmp_path / "outer.yaml"
    inner.symlink_to(real)
    outer.symlink_to("inner.yaml")
    save_atomically(outer, b"new")
    assert outer.is_symlink()
    assert inner.is_symlink()
    assert real.read_bytes() == b"new"


def test_a_dangling_link_gets_its_file(tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to("plan.yaml")
    save_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "plan.yaml").read_bytes() == b"new"


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod", "fdopen"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"old")

    def fails(*_args: Any, **_kwargs: Any) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, step, fails)
        with pytest.raises(OSError, match="No space left"):
            save_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_an_interruption_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"old")

    def interrupted(*_args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_file_that_may_not_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"old")
    # The super user may write everything, so what the system says is set here.
    monkeypatch.setattr(os, "access", lambda *_args: False)
    with pytest.raises(PermissionError):
        save_atomically(target, b"new")
    assert target.read_bytes() == b"old"


def test_a_folder_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="not a regular file"):
        save_atomically(tmp_path, b"x")
    with pytest.raises(FileNotFoundError):
        save_atomically(tmp_path / "missing" / "plan.yaml", b"x")
    assert [path.name for path in tmp_path.iterdir()] == []


def test_the_fingerprint_of_a_save_is_that_of_the_file(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    assert fingerprint(target) == known
    assert unchanged(target, known)


def test_changes_by_others_are_seen(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    target.write_bytes(b"longer")
    assert not unchanged(target, known)
    target.write_bytes(b"two")
    assert not unchanged(target, known)
    target.unlink()
    assert not unchanged(target, known)


def test_the_content_decides_whether_a_file_changed(tmp_path: Path) -> None:
    """Times tell nothing: `cp -p` keeps them over another content, a checkout changes them."""
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    before = target.stat()
    target.write_bytes(b"two")
    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not unchanged(target, known)
    target.write_bytes(b"one")
    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns + 5_000_000_000))
    assert unchanged(target, known)


def test_what_somebody_else_wrote_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    target.write_bytes(b"two")
    with pytest.raises(ChangedMeanwhile, match="somebody else changed the file"):
        save_atomically(target, b"three", known=known)
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_change_between_writing_and_replacing_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    genuine = os.fsync

    def meanwhile(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", genuine)
        save_atomically(target, b"two")
        genuine(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedMeanwhile):
        save_atomically(target, b"three", known=known)
    assert target.read_bytes() == b"two"


def test_who_comes_while_another_one_replaces_the_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    genuine = os.replace
    monkeypatch.setattr("lambdaplanner.formats.file_locks.PATIENCE_S", 0.0)

    def meanwhile(source: Any, place: Any) -> None:
        monkeypatch.setattr(os, "replace", genuine)
        with pytest.raises(BlockingIOError, match="Another program is writing"):
            save_atomically(target, b"two", known=known)
        genuine(source, place)

    monkeypatch.setattr(os, "replace", meanwhile)
    save_atomically(target, b"three", known=known)
    assert target.read_bytes() == b"three"
    assert [path.name for path in tmp_path.iterdir()] == ["plan.yaml"]


def test_a_new_file_takes_nobodys_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.yaml"
    save_atomically(target, b"one", must_be_new=True)
    assert target.read_bytes() == b"one"
    with pytest.raises(FileExistsError):
        save_atomically(target, b"two", must_be_new=True)
    # A file system without hard links.
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(OSError(1, "no links")))
    with pytest.raises(FileExistsError):
        save_atomically(target, b"two", must_be_new=True)
    save_atomically(tmp_path / "other.yaml", b"two", must_be_new=True)
    assert target.read_bytes() == b"one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other.yaml", "plan.yaml"]


def test_extended_attributes_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"one")
    kept = {"user.origin": b"finance", "security.denied": b"x"}
    made: dict[str, bytes] = {}

    def copied(_path: str, name: str, value: bytes) -> None:
        if name.startswith("security."):
            raise PermissionError(1, "Operation not permitted")
        made[name] = value

    monkeypatch.setattr(os, "listxattr", lambda path: [] if path.endswith(".part") else [*kept])
    monkeypatch.setattr(os, "getxattr", lambda _path, name: kept[name])
    monkeypatch.setattr(os, "setxattr", copied)
    save_atomically(target, b"two")
    assert made == {"user.origin": b"finance"}
    assert target.read_bytes() == b"two"


def test_another_hard_link_keeps_the_old_content(tmp_path: Path) -> None:
    target, other = tmp_path / "plan.yaml", tmp_path / "other.yaml"
    target.write_bytes(b"one")
    other.hardlink_to(target)
    save_atomically(target, b"two")
    assert (target.read_bytes(), other.read_bytes()) == (b"two", b"one")


@pytest.mark.parametrize(
    "name", ["plan.yaml", "caf\udce9.yaml", "a\nb.yaml", "[x]*.yaml", "p" * 200]
)
def test_what_a_killed_save_left_is_swept_at_the_next_one(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"one")
    handle, part = make_part(target)
    os.close(handle)
    assert Path(part).exists()
    save_atomically(target, b"two")
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_living_program_writes_is_not_swept(tmp_path: Path) -> None:
    target, other = tmp_path / "plan.yaml", tmp_path / ".plan.yaml.notours.part"
    target.write_bytes(b"one")
    other.write_bytes(b"somebody's own")
    handle, part = make_part(target)
    sweep_parts(target)
    assert Path(part).exists()
    os.close(handle)
    sweep_parts(target)
    assert not Path(part).exists()
    assert other.exists()


def test_a_pipe_a_device_and_a_folder_are_not_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/null")):
        with pytest.raises(OSError, match="not a regular file"):
            open_regular(path)
    with pytest.raises(IsADirectoryError):
        open_regular(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        save_atomically(tmp_path / "nowhere" / "p.yaml", b"x")
    assert caught.value.filename == str(tmp_path / "nowhere")
