"""The plans that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lambdaplanner import assets
from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.nearness import suggestion

FIRST = "brief-network"
"""The template that the program opens and offers first."""


@dataclass(frozen=True, slots=True)
class Template:
    """A plan to start from."""

    name: str
    title: str
    description: str
    text: str


def templates() -> list[Template]:
    """Every template, the first one first, the others by name."""
    paths = sorted(assets.template_paths(), key=lambda path: (path.stem != FIRST, path.stem))
    return [_template(path) for path in paths]


def _template(path: Path) -> Template:
    text = path.read_text(encoding="utf-8")
    info = read_text(text, where=path.name).plan.info
    return Template(path.stem, info.name, info.description, text)


def template_named(name: str | None) -> Template:
    """The template of this name, or the first one. Raises QuestionError for an unknown one."""
    found = templates()
    for template in found:
        if name in (None, template.name):
            return template
    names = [template.name for template in found]
    raise QuestionError(
        f'there is no template "{name}"',
        hint=suggestion(name or "", names).removeprefix("; ") or f"there are {', '.join(names)}",
    )
