"""Faults of saving that were found in use: each by its number, at the command line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lambdaplanner.cli import main
from lambdaplanner.formats.part_files import make_part
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.formats.templates import template_named

ROOT = Path(__file__).parents[2]
PLAN = template_named("brief-network").text
UNTIDY = PLAN.replace("lambdaplanner: 1\n", "lambdaplanner:    1\n")
ASKING = (
    ["check", "{plan}"],
    ["reach", "{plan}", "a", "internet"],
    ["capacity", "{plan}"],
    ["fix", "{plan}"],
    ["fix", "{plan}", "--write"],
    ["whatif", "{plan}", "--times", "2"],
    ["export", "{plan}", "{out}"],
    ["format", "{plan}"],
)


@pytest.mark.parametrize("command", ASKING, ids=lambda command: " ".join(command[:1]))
def test_25_a_pipe_is_no_plan_for_any_command(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    words = [word.format(plan=pipe, out=tmp_path / "out.png") for word in command]
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "pipe.yaml" in err
    assert "not a regular file" in err
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.parametrize(
    "words", [["format", "p.yaml"], ["fix", "p.yaml", "--finding", "LAM-001", "--write"]]
)
def test_14_the_later_of_two_writers_refuses(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Somebody saves while the command's own content is on its way to the disk."""
    monkeypatch.chdir(tmp_path)
    path = Path("p.yaml")
    path.write_text(UNTIDY)
    genuine = os.fsync

    def meanwhile(handle: int) -> None:
        monkeypatch.setattr(os, "fsync", genuine)
        path.write_text(f"{UNTIDY}# by somebody else\n")
        genuine(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert "formatted" not in out
    assert "somebody else changed the file meanwhile; nothing was written" in err
    assert path.read_text().endswith("# by somebody else\n")
    assert list(tmp_path.iterdir()) == [tmp_path / "p.yaml"]


def test_14_of_several_files_all_are_formatted_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text(UNTIDY)
    second.write_text(UNTIDY)
    genuine, calls = os.fsync, []

    def full(handle: int) -> None:
        calls.append(handle)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        genuine(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert main(["format", str(first), str(second)]) == 2
    assert (first.read_text(), second.read_text()) == (UNTIDY, UNTIDY)
    assert main(["format", str(first), str(second)]) == 0
    assert UNTIDY not in (first.read_text(), second.read_text())


@pytest.mark.parametrize(
    "words",
    [
        ["new", "out.yaml"],
        ["export", "p.yaml", "out.png"],
        ["export", "p.yaml", "out.svg"],
        ["export", "p.yaml", "out.pdf"],
    ],
    ids=lambda words: " ".join(words),
)
def test_15_where_nothing_can_be_written_nothing_is(words: list[str], tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(PLAN)
    program = f"ulimit -f 0; exec {sys.executable} -m lambdaplanner {' '.join(words)}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    environment |= {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        ["bash", "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert words[-1] in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / words[-1]).exists()
    assert not list(tmp_path.glob(".*.part"))


def test_15_new_stops_between_any_two_steps_without_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "n.yaml"
    for step in ("fsync", "link", "chmod"):
        with monkeypatch.context() as patch:
            patch.setattr(os, step, _interrupted)
            assert main(["new", str(out)]) == 130
        assert list(tmp_path.iterdir()) == []
    assert main(["new", str(out)]) == 0
    assert main(["new", str(out)]) == 2
    assert out.read_text() == template_named(None).text


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_16_what_a_killed_save_left_is_swept_at_the_next_open(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(PLAN)
    program = (
        "import os, signal, sys\n"
        "from lambdaplanner.formats.atomic import save_atomically\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        "save_atomically(sys.argv[1], b'x')\n"
    )
    subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False)
    assert len(list(tmp_path.glob(".p.yaml.*.part"))) == 1
    handle, part = make_part(path)
    assert main(["check", str(path)]) in (0, 1)
    assert sorted(tmp_path.iterdir()) == sorted([Path(part), path])
    os.close(handle)
    open_plan(path)
    assert list(tmp_path.iterdir()) == [path]


def test_26_attributes_are_copied_where_the_platform_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(UNTIDY)
    copied: list[tuple[str, bytes]] = []
    monkeypatch.setattr(os, "listxattr", lambda name: [] if ".part" in name else ["user.x"])
    monkeypatch.setattr(os, "getxattr", lambda _path, _name: b"y")
    monkeypatch.setattr(os, "setxattr", lambda _path, name, value: copied.append((name, value)))
    assert main(["format", str(path)]) == 0
    assert copied == [("user.x", b"y")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["check", "none.yaml"],
            "none.yaml: there is no such file; lambdaplanner new FILE makes a plan",
        ),
        (["check", "."], ".: This is a folder, not a file; name a file in it"),
        (
            ["check", "p.yaml/x"],
            "p.yaml/x: Not a directory; check the name: a part of it is a file",
        ),
        (["check", "l" * 300], "File name too long; choose a shorter name"),
        (["check", "round.yaml"], "round.yaml: Too many levels of symbolic links; mend the"),
        (["export", "p.yaml", "no/p.svg"], "/no: There is no such folder; check the name, or make"),
        (["new", "no/p.yaml"], "/no: There is no such folder; check the name, or make the folder"),
        (["check", "pipe.yaml"], "pipe.yaml: This is not a regular file; name a plain file"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else " ".join(value)[:30],
)
def test_what_the_system_refuses_comes_with_a_remedy(
    words: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text(PLAN)
    Path("round.yaml").symlink_to("round.yaml")
    os.mkfifo("pipe.yaml")
    before = sorted(tmp_path.iterdir())
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert said in line
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "make room on the disk"),
        (errno.EACCES, "change the permissions of the file and its folder"),
        (errno.EROFS, "name another folder, or make the disk or the share writable"),
        (errno.EFBIG, "raise the limit on the size of files"),
    ],
)
@pytest.mark.parametrize(
    "words", [["format", "p.yaml"], ["new", "n.yaml"], ["export", "p.yaml", "p.svg"]]
)
def test_a_write_that_fails_comes_with_a_remedy(
    words: list[str],
    number: int,
    remedy: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("p.yaml").write_text(UNTIDY)

    def fails(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    assert main(words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.endswith(f"{words[-1]}: {os.strerror(number)}; {remedy}")
    assert [path.name for path in tmp_path.iterdir()] == ["p.yaml"]
    assert Path("p.yaml").read_text() == UNTIDY
