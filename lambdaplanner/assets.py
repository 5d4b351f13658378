"""The files that travel with the program: icons, templates, the guide.

In a checkout they are in `resources/` beside the package, in a wheel inside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


def icon_path(slug: str) -> Path:
    """The drawing of a kind, an action or a state, such as `nat-gateway`.

    Raises FileNotFoundError where there is none of that name.
    """
    return _existing(f"icons/{slug}.svg")


def icon_folder() -> Path:
    """Where all drawings are, for style sheets, which name files."""
    return _root() / "icons"


def template_paths() -> tuple[Path, ...]:
    """The plans to start from, by name."""
    return tuple(sorted((_root() / "templates").glob("*.yaml")))


def guide_path(name: str) -> Path:
    """A page of the guide, such as `format`. Raises FileNotFoundError where there is none."""
    return _existing(f"guide/{name}.md")


def text(name: str) -> str:
    """What a file says, named by its path below `resources`, such as `guide/format.md`.

    Raises FileNotFoundError where there is none of that name.
    """
    return _existing(name).read_text(encoding="utf-8")


def _existing(name: str) -> Path:
    path = _root() / name
    if not path.is_file():
        raise FileNotFoundError(f"the program comes without the file resources/{name}")
    return path


@cache
def _root() -> Path:
    # Not `importlib.resources`, which brings tempfile and zipfile along: the first paint waits.
    package = Path(__file__).resolve().parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"
