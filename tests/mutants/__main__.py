"""`make mutants`: breaks the code in small ways, one at a time, and tells which no test noticed.

A survivor is looked at: either a test is missing, or the code says more than it needs to.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutants.changes import Change, changes_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("model", "kinds", "commands", "checks", "fixes", "formats", "analysis", "editor")
NOTICED_IN = {
    "model": ("model", "commands", "kinds", "editor"),
    "kinds": ("kinds", "formats", "checks", "test_registry_contracts.py"),
    "commands": ("commands", "editor"),
    "checks": ("checks", "found"),
    "fixes": ("fixes", "found"),
    "formats": ("formats", "cli"),
    "analysis": ("analysis", "contract", "checks", "found", "properties"),
    "editor": ("editor", "commands"),
}
"""The tests of a package's code: its own folder first, then those that lean on it."""
_PATIENCE_S = 600


def main() -> int:
    """Status 1 where a mutant survived."""
    arguments = _arguments()
    files = _files(arguments.since, arguments.packages)
    found = [(file, change) for file in files for change in _changes(file)]
    chosen = random.Random(arguments.seed).sample(found, min(arguments.count, len(found)))
    survivors = 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in ("lambdaplanner", "resources", "tests"):
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", copy)
        for number, (file, change) in enumerate(chosen, 1):
            noticed = _noticed(copy, file, change)
            survivors += not noticed
            word = "noticed " if noticed else "SURVIVED"
            print(
                f"{number:3}/{len(chosen)} {word} {file.relative_to(ROOT)}:{change.line}: "
                f"{' '.join(change.before.split())} -> {change.after}",
                flush=True,
            )
    print(f"{len(chosen)} mutants, {survivors} survived")
    return 1 if survivors else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("packages", nargs="*", choices=[*PACKAGES, []], help="default: all")
    parser.add_argument("--since", metavar="COMMIT", help="only files that changed since")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    return parser.parse_args()


def _files(since: str | None, packages: list[str]) -> list[Path]:
    folders = [ROOT / "lambdaplanner" / package for package in packages or PACKAGES]
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    if since is None:
        return files
    command = ["git", "diff", "--name-only", since, "--", "lambdaplanner"]
    changed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [file for file in files if str(file.relative_to(ROOT)) in changed.splitlines()]


def _changes(file: Path) -> list[Change]:
    text = file.read_text(encoding="utf-8")
    return changes_of(text) if text.isascii() else []


def _noticed(copy: Path, file: Path, change: Change) -> bool:
    """Whether a test fails in the copy with this change, or does not come to an end."""
    inside = file.relative_to(ROOT)
    text = file.read_text(encoding="utf-8")
    (copy / inside).write_text(change.apply(text), encoding="utf-8")
    tests = [f"tests/{name}" for name in NOTICED_IN[inside.parts[1]]]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", *tests]
    try:
        done = subprocess.run(
            command,
            cwd=copy,
            env=environment,
            capture_output=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        (copy / inside).write_text(text, encoding="utf-8")
    return done.returncode != 0


if __name__ == "__main__":
    sys.exit(main())
