"""Plans and files: reading with every problem at once, saving so that what a person wrote stays.

A picture that was exported with its plan inside is as good as the YAML file. What only saving needs
is imported when something is saved: most commands only read.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lambdaplanner.errors import (
    NewerPlan,
    NotAPlan,
    PlanFileError,
    PlanProblems,
    Problem,
    Problems,
    Severity,
    TooManyProblems,
)
from lambdaplanner.formats import picture_plan
from lambdaplanner.formats.atomic import Replacement, save_atomically
from lambdaplanner.formats.collecting import collector_paused
from lambdaplanner.formats.document import plain_plan, read_plan
from lambdaplanner.formats.fingerprints import (
    Fingerprint,
    fingerprint,
    fingerprint_of,
    open_regular,
    unchanged,
)
from lambdaplanner.formats.migrations import VERSION_KEY
from lambdaplanner.formats.part_files import sweep_parts
from lambdaplanner.formats.yaml_reader import MAX_BYTES, parse
from lambdaplanner.formats.yaml_tree import Tree
from lambdaplanner.formats.yaml_writer import write
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.specs import Report

if TYPE_CHECKING:
    from lambdaplanner.formats.source_text import SourceText


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPlan:
    """A plan, the text it came from, and what was doubtful in it."""

    plan: Plan
    text: str
    """As the file says it, without byte order mark."""
    bom: bool = False
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    source: SourceText | None = None
    """The text as it was saved last, ready for the next edit; None where it was only read."""
    on_disk: Fingerprint | None = None
    """What the file was like when it was read or written; None where there is none."""

    def elsewhere(self) -> OpenedPlan:
        """The same for another file: its text stays the model for saving, its state on disk means
        nothing there.
        """
        return dataclasses.replace(self, on_disk=None)

    def over(self, path: Path) -> OpenedPlan:
        """The same, to be saved over what the file holds now, whoever wrote it."""
        return dataclasses.replace(self, on_disk=fingerprint(path) if path.exists() else None)

    def changed_on_disk(self, path: Path) -> bool:
        """Whether somebody else wrote the file since it was read; one that is gone was not
        written. Raises OSError where it cannot be read.
        """
        return self.on_disk is not None and path.exists() and not unchanged(path, self.on_disk)


def open_plan(path: Path) -> OpenedPlan:
    """The plan of a YAML file, or of a picture that carries one.

    Raises PlanFileError (NotAPlan, NewerPlan, PlanProblems with all of them), OSError where the
    file cannot be read.
    """
    where = str(path)
    sweep_parts(path)
    with open_regular(path) as file:
        head = file.read(512)
        if picture_plan.is_picture(head):
            file.seek(0)
            text = picture_plan.read_from(file, where)
            if text is None:
                raise NotAPlan(
                    "the picture has no plan inside",
                    hint="it was exported without its plan (--no-plan), or is not one of ours",
                    where=where,
                )
            return read_text(text, where=where)
        data = head + file.read(MAX_BYTES + 1)
    opened = read_text(data, where=where)
    return dataclasses.replace(opened, on_disk=fingerprint_of(data))


def read_text(source: str | bytes, *, where: str) -> OpenedPlan:
    """The plan of a text; `where` names it in messages. Raises PlanFileError as
    `open_plan` does.
    """
    with collector_paused():
        return _read(source, where)


def _read(source: str | bytes, where: str) -> OpenedPlan:
    tree = parse(source)
    if tree.broken:
        raise PlanProblems(tree.problems, where=where)
    problems = Problems(tree.problems)
    report = Report(problems)
    try:
        plan, notes = read_plan(tree.root, report)
    except TooManyProblems:
        plan, notes = None, []
    except PlanFileError as error:
        if tree.problems and not isinstance(error, NewerPlan):
            raise PlanProblems(tree.problems, where=where) from error
        line, column = tree.locate((VERSION_KEY,)) if VERSION_KEY in tree.root else (1, 1)
        error.where = f"{where}:{line}:{column}"
        raise
    if plan is None or tree.problems:
        count = problems.counts["error"]
        raise PlanProblems(_placed(problems, "error", tree), where=where, count=count)
    warnings = tuple(_placed(problems, "warning", tree))
    return OpenedPlan(
        plan=plan, text=tree.text, bom=tree.bom, warnings=warnings, notes=tuple(notes)
    )


def _placed(problems: Problems, severity: Severity, tree: Tree) -> list[Problem]:
    """The problems with line and column, in the order of the file, and how many more there are."""
    placed = []
    for problem in problems.of(severity):
        if not problem.line:
            line, column = tree.locate(problem.path, "key" if problem.on_key else "value")
            problem = dataclasses.replace(problem, line=line, column=column)
        placed.append(problem)
    placed.sort(key=lambda problem: (problem.line, problem.column))
    return placed + problems.rest(severity)


def plan_text(plan: Plan, previous: OpenedPlan | None = None) -> str:
    """The file's text for a plan; what `previous` says alike keeps its form, comments and place."""
    return write(plain_plan(plan)) if previous is None else _edited(plan, previous).text


def _edited(plan: Plan, previous: OpenedPlan | None) -> SourceText:
    from lambdaplanner.formats.source_text import SourceText

    sections = plain_plan(plan)
    if previous is None:
        return SourceText.written(sections)
    edited = _source(previous).edited(sections)
    return edited if _says(edited.text, sections) else SourceText.written(sections)


def _source(opened: OpenedPlan) -> SourceText:
    """The text that was opened or saved last, ready to be edited; the plan itself has changed
    since.
    """
    from lambdaplanner.formats.source_text import SourceText

    if opened.source is not None:
        return opened.source
    tree = parse(opened.text)
    tree.bom = opened.bom
    said = read_text(opened.text, where="the file")
    source = SourceText.of(tree, plain_plan(said.plan))
    return source.formatted() if said.notes else source


def _says(text: str, sections: dict[str, object]) -> bool:
    """Whether a text that was pieced together reads as the plan it was made for."""
    try:
        return plain_plan(read_text(text, where="the file").plan) == sections
    except PlanFileError:
        return False


def save_plan(plan: Plan, path: Path, previous: OpenedPlan | None = None) -> OpenedPlan:
    """Writes a plan in one step, so that the file is there either as before or as new.

    Raises ChangedMeanwhile where the file is not what `previous` was read from, OSError where it
    cannot be written: with the file as it was.
    """
    source = _edited(plan, previous)
    known = None if previous is None else previous.on_disk
    on_disk = save_atomically(path, source.encoded(), known=known)
    return OpenedPlan(plan=plan, text=source.text, bom=source.bom, on_disk=on_disk, source=source)


def _encoded(text: str, *, bom: bool) -> bytes:
    return (("\ufeff" if bom else "") + text).encode("utf-8")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file that is not in canonical form, and its bytes in that form."""

    path: Path
    before: Fingerprint
    data: bytes


def formatted(path: Path) -> Formatted | None:
    """The file in canonical form with every comment, or None where it is so already.

    Raises PlanFileError as `open_plan` does, also for a picture, which has no form.
    """
    from lambdaplanner.formats.source_text import SourceText

    where = str(path)
    with open_regular(path) as file:
        data = file.read(MAX_BYTES + 1)
    if picture_plan.is_picture(data):
        raise NotAPlan("a picture cannot be formatted", hint="format its YAML file", where=where)
    opened = read_text(data, where=where)
    sections = plain_plan(opened.plan)
    source = SourceText.of(parse(opened.text), sections).formatted(sections)
    made = _encoded(source.text, bom=opened.bom)
    return None if made == data else Formatted(path, fingerprint_of(data), made)


def write_formatted(files: Sequence[Formatted]) -> None:
    """Writes all of them or none: each takes its place once all are on the disk, and no file
    differs from what was read. Raises ChangedMeanwhile or OSError.
    """
    with contextlib.ExitStack() as stack:
        ready = [stack.enter_context(Replacement(file.path, file.data)) for file in files]
        for replacement, file in zip(ready, files, strict=True):
            replacement.check(file.before)
        for replacement, file in zip(ready, files, strict=True):
            replacement.take_place(known=file.before)
