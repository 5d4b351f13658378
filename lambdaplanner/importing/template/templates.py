"""Which documents are templates, and which stacks they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lambdaplanner.formats.stack_template import TemplateUnreadable, of_json, read
from lambdaplanner.importing.found import NotRead
from lambdaplanner.importing.loading import Document
from lambdaplanner.importing.template.stack import STACKS, Stack
from lambdaplanner.importing.template.values import Unknown

MOST_STACKS = 500
"""Of one import; more is an accident, or an attack."""
_TYPES = ("AWS::", "Custom::", "Alexa::")


@dataclass(frozen=True, slots=True)
class Template:
    """A file that is a template."""

    file: str
    content: Mapping[str, Any]

    @property
    def stem(self) -> str:
        """The name of its stack where nobody gives another."""
        name = PurePosixPath(self.file).name
        for ending in (".yaml", ".yml", ".json", ".template", ".nested"):
            name = name.removesuffix(ending)
        return name.removesuffix(".template") or "stack"


def is_template(value: Any) -> bool:
    """Whether a value has resources of AWS's types."""
    resources = value.get("Resources") if isinstance(value, Mapping) else None
    if not isinstance(resources, Mapping):
        return False
    types = (one.get("Type") for one in resources.values() if isinstance(one, Mapping))
    return any(isinstance(one, str) and one.startswith(_TYPES) for one in types)


def templates_of(documents: Iterable[Document]) -> tuple[list[Template], list[NotRead]]:
    """The templates among documents, and why others that look like some cannot be read."""
    found: list[Template] = []
    not_read: list[NotRead] = []
    for document in documents:
        try:
            content = read(document.text) if document.text is not None else document.value
            if is_template(content):
                found.append(Template(document.file, of_json(content)))
        except TemplateUnreadable as error:
            not_read.append(NotRead(document.file, str(error)))
    return found, not_read


def stacks_of(templates: Sequence[Template], names: Mapping[str, str]) -> list[Stack]:
    """A stack for each template that none of the others nests, and those nested in them."""
    nested = {
        child.file
        for template in templates
        for logical in _nesting(template)
        if (child := _child(template, logical, templates)) is not None and child is not template
    }
    tops = [one for one in templates if one.file not in nested] or list(templates[:1])
    stacks: list[Stack] = []
    taken: set[str] = set()
    for template in tops:
        name = names.get(template.file) or names.get(PurePosixPath(template.file).name)
        _grow(stacks, taken, template, name or template.stem, templates, None)
    return stacks


def _grow(
    stacks: list[Stack],
    taken: set[str],
    template: Template,
    name: str,
    templates: Sequence[Template],
    parent: Stack | None,
) -> Stack:
    if name in taken and parent is not None:
        name = f"{parent.name}-{name}"
    free, number = name, 2
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    taken.add(free)
    stack = Stack(free, template.file, template.content, parent=parent)
    stacks.append(stack)
    for logical in _nesting(template):
        child = _child(template, logical, templates)
        if child is None:
            stack.children[logical] = Unknown(f"no SOURCE holds the template of {logical}")
        elif any(one.file == child.file for one in stack.up()):
            stack.children[logical] = Unknown(f"the stack {logical} is nested in itself")
        elif len(stacks) >= MOST_STACKS:
            stack.children[logical] = Unknown(f"more than {MOST_STACKS} stacks")
        else:
            stack.children[logical] = _grow(stacks, taken, child, logical, templates, stack)
    return stack


def _nesting(template: Template) -> list[str]:
    resources = template.content.get("Resources", {})
    return [
        logical
        for logical, one in resources.items()
        if isinstance(one, Mapping) and isinstance(kind := one.get("Type"), str) and kind in STACKS
    ]


def _child(template: Template, logical: str, templates: Sequence[Template]) -> Template | None:
    """The template of a nested stack: by its relative address, or where CDK put it."""
    resource = template.content["Resources"][logical]
    asked = []
    for section, keys in (
        ("Metadata", ("aws:asset:path",)),
        ("Properties", ("TemplateURL", "Location")),
    ):
        part = resource.get(section)
        asked += [part.get(key) for key in keys] if isinstance(part, Mapping) else []
    for wanted in asked:
        if isinstance(wanted, str) and wanted:
            found = _by_address(template, wanted, templates)
            if found is not None:
                return found
    return None


def _by_address(template: Template, wanted: str, templates: Sequence[Template]) -> Template | None:
    here = PurePosixPath(template.file).parent
    exact = _plain(here / wanted)
    for one in templates:
        if _plain(PurePosixPath(one.file)) == exact:
            return one
    if "://" in wanted:
        return None
    name = PurePosixPath(wanted).name
    same = [one for one in templates if PurePosixPath(one.file).name == name]
    return same[0] if len(same) == 1 else None


def _plain(path: PurePosixPath) -> tuple[str, ...]:
    """The parts of a path without ``.`` and ``..``."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts:
            parts.pop()
        elif part not in (".", ".."):
            parts.append(part)
    return tuple(parts)
