"""What is installed is what was promised: files in the wheel, versions within their ranges."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lambdaplanner import __version__, assets

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

CALLS_THAT_RETURN_NOTHING = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range(20_000):
    thing.setObjectName("a")
sys.exit(abs(sys.getrefcount(None) - before) > 1_000)
"""

WHAT_IS_FOUND = """
from lambdaplanner import assets
print(assets.icon_path("subnet"))
print(*[path.stem for path in assets.template_paths()])
print(assets.guide_path("format"))
"""


def python(
    *arguments: str, cwd: Path, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs Python in a folder, with `path` before all installed packages."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(path) if path else "",
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, *arguments]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of a wheel made from this source, laid out as it is when installed."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in ("lambdaplanner", "resources"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=ignored)
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    build = "from hatchling import build; build.build_wheel('..')"
    done = python("-c", build, cwd=source)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The files of the archive that whoever repackages the program gets."""
    folder = tmp_path_factory.mktemp("sdist")
    build = f"from hatchling import build; build.build_sdist({str(folder)!r})"
    done = python("-c", build, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        return {name.partition("/")[2] for name in opened.getnames()}


def test_the_source_archive_holds_what_its_tests_need(sources: set[str]) -> None:
    tests = {f"tests/{name}" for name in files_below(ROOT / "tests") if "__pycache__" not in name}

    assert tests <= sources
    assert {"Makefile", ".ci/setup", ".ci/run", "README.md", "pyproject.toml"} <= sources
    assert "resources/guide/changelog.md" in sources


def test_what_is_installed_tells_type_checkers_that_it_is_typed(installed: Path) -> None:
    assert (installed / "lambdaplanner" / "py.typed").is_file()


def test_the_metadata_tell_who_what_and_for_whom() -> None:
    assert PROJECT["authors"]
    assert {"lambda", "vpc"} <= set(PROJECT["keywords"])
    assert "Typing :: Typed" in PROJECT["classifiers"]
    for minor in (11, 12, 13):
        assert f"Programming Language :: Python :: 3.{minor}" in PROJECT["classifiers"]


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_wheel_holds_every_module_and_every_resource(installed: Path) -> None:
    modules = {
        name
        for name in files_below(ROOT / "lambdaplanner")
        if name.endswith(".py") or name == "py.typed"
    }
    resources = {f"resources/{name}" for name in files_below(ROOT / "resources")}

    packed = files_below(installed / "lambdaplanner")

    assert modules | resources == packed
    assert {path.name for path in installed.iterdir()} == {
        "lambdaplanner",
        f"lambdaplanner-{__version__}.dist-info",
    }


def test_an_installed_program_finds_its_files(installed: Path, tmp_path: Path) -> None:
    done = python("-c", WHAT_IS_FOUND, cwd=tmp_path, path=installed)

    assert done.returncode == 0, done.stderr
    icon, templates, page = done.stdout.splitlines()
    assert Path(icon).is_relative_to(installed)
    assert Path(page).is_relative_to(installed)
    assert "brief-network" in templates.split()


def test_an_installed_program_runs(installed: Path, tmp_path: Path) -> None:
    done = python("-m", "lambdaplanner", "new", "--list", cwd=tmp_path, path=installed)

    assert done.returncode == 0, done.stderr
    assert "brief-network" in done.stdout


def test_the_command_starts_where_the_module_does() -> None:
    assert PROJECT["scripts"] == {"lambdaplanner": "lambdaplanner.__main__:main"}


def test_an_icon_is_found_by_its_slug() -> None:
    path = assets.icon_path("nat-gateway")

    assert path.name == "nat-gateway.svg"
    assert path.read_bytes().lstrip().startswith(b"<")


def test_templates_are_found_by_name() -> None:
    names = [path.stem for path in assets.template_paths()]

    assert names == sorted(names)
    assert {"brief-network", "public-subnet-trap"} <= set(names)


def test_a_page_of_the_guide_is_found_and_read() -> None:
    assert assets.text("guide/format.md") == assets.guide_path("format").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("find", "name"),
    [(assets.icon_path, "teapot"), (assets.guide_path, "teapot"), (assets.text, "guide")],
)
def test_a_file_that_is_not_there_is_named(find: object, name: str) -> None:
    assert callable(find)
    with pytest.raises(FileNotFoundError, match=name):
        find(name)


@pytest.mark.parametrize("wanted", PROJECT["dependencies"])
def test_an_installed_library_is_within_its_range(wanted: str) -> None:
    requirement = Requirement(wanted)

    assert requirement.specifier.contains(version(requirement.name))


@pytest.mark.parametrize("broken", ["6.11.0", "6.11.1", "6.12.0", "6.12.1"])
def test_versions_of_qt_that_break_are_not_taken(broken: str) -> None:
    (qt,) = [one for one in map(Requirement, PROJECT["dependencies"]) if "PySide6" in one.name]

    assert not qt.specifier.contains(broken)
    assert qt.specifier.contains("6.11.3")


def test_calls_of_qt_leave_none_alone(tmp_path: Path) -> None:
    """PySide6 6.12 gives a reference to None away with each of them, until the process aborts."""
    done = python("-c", CALLS_THAT_RETURN_NOTHING, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
