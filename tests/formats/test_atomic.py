"""Saving in one step, and seeing what others did."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from lambdaplanner.formats.atomic import fingerprint, save_atomically, unchanged


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


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod", "fdopen", "stat"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "plan.yaml"
    target.write_bytes(b"old")
    genuine = getattr(os, step)

    def fails(*args: Any, **kwargs: Any) -> Any:
        if step == "stat" and not str(args[0]).endswith(".part"):
            return genuine(*args, **kwargs)
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
    os.utime(target, ns=(known.modified_ns + 1_000_000, known.modified_ns + 1_000_000))
    assert not unchanged(target, known)
    target.unlink()
    assert not unchanged(target, known)


def test_a_touched_file_with_the_same_content_counts_as_unchanged(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    known = save_atomically(target, b"one")
    os.utime(target, ns=(known.modified_ns + 5_000_000_000, known.modified_ns + 5_000_000_000))
    assert fingerprint(target) != known
    assert unchanged(target, known)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        save_atomically(tmp_path / "nowhere" / "p.yaml", b"x")
    assert caught.value.filename == str(tmp_path / "nowhere")
