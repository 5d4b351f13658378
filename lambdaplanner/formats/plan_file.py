"""Plans and files: reading with every problem at once, saving so that what a person wrote stays.

A picture that was exported with its plan inside is as good as the YAML file. What only saving needs
is imported when something is saved: most commands only read.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lambdaplanner.errors import NewerPlan, NotAPlan, PlanFileError, PlanProblems, Problem
from lambdaplanner.formats import picture_plan
from lambdaplanner.formats.atomic import Fingerprint, fingerprint_of, save_atomically, unchanged
from lambdaplanner.formats.document import plain_plan, read_plan
from lambdaplanner.formats.migrations import VERSION_KEY
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

    def changed_on_disk(self, path: Path) -> bool:
        """Whether somebody else wrote the file since it was read."""
        return self.on_disk is not None and path.exists() and not unchanged(path, self.on_disk)


def open_plan(path: Path) -> OpenedPlan:
    """The plan of a YAML file, or of a picture that carries one.

    Raises PlanFileError (NotAPlan, NewerPlan, PlanProblems with all of them), OSError where the
    file cannot be read.
    """
    where = str(path)
    data, modified_ns = _content(path)
    if picture_plan.is_picture(data):
        text = picture_plan.read_plan(path)
        if text is None:
            raise NotAPlan(
                "the picture has no plan inside", hint="export it with its plan", where=where
            )
        return read_text(text, where=where)
    opened = read_text(data, where=where)
    return dataclasses.replace(opened, on_disk=fingerprint_of(data, modified_ns))


def _content(path: Path) -> tuple[bytes, int]:
    """The bytes of a file, or the first ones of a large picture, and when it was modified."""
    with path.open("rb") as file:
        head = file.read(512)
        if picture_plan.is_picture(head):
            return head, 0
        data = head + file.read(MAX_BYTES + 1)
    return data, path.stat().st_mtime_ns


def read_text(source: str | bytes, *, where: str) -> OpenedPlan:
    """The plan of a text; `where` names it in messages. Raises PlanFileError as
    `open_plan` does.
    """
    tree = parse(source)
    if tree.broken:
        raise PlanProblems(tree.problems, where=where)
    report = Report(list(tree.problems))
    try:
        plan, notes = read_plan(tree.root, report)
    except PlanFileError as error:
        if tree.problems and not isinstance(error, NewerPlan):
            raise PlanProblems(tree.problems, where=where) from error
        line, column = tree.locate((VERSION_KEY,)) if VERSION_KEY in tree.root else (1, 1)
        error.where = f"{where}:{line}:{column}"
        raise
    problems = _placed(report.problems, tree)
    if plan is None or tree.problems:
        raise PlanProblems([p for p in problems if p.severity == "error"], where=where)
    return OpenedPlan(
        plan=plan, text=tree.text, bom=tree.bom, warnings=tuple(problems), notes=tuple(notes)
    )


def _placed(problems: list[Problem], tree: Tree) -> list[Problem]:
    """The problems with line and column, in the order of the file."""
    placed = []
    for problem in problems:
        if not problem.line:
            line, column = tree.locate(problem.path, "key" if problem.on_key else "value")
            problem = dataclasses.replace(problem, line=line, column=column)
        placed.append(problem)
    return sorted(placed, key=lambda problem: (problem.line, problem.column))


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

    Raises OSError, with the old file as it was.
    """
    source = _edited(plan, previous)
    on_disk = save_atomically(path, source.encoded())
    return OpenedPlan(plan=plan, text=source.text, bom=source.bom, on_disk=on_disk, source=source)


def _encoded(text: str, *, bom: bool) -> bytes:
    return (("\ufeff" if bom else "") + text).encode("utf-8")


def formatted(path: Path) -> bytes | None:
    """The file in canonical form with every comment, or None where it is so already.

    Raises PlanFileError as `open_plan` does, also for a picture, which has no form.
    """
    from lambdaplanner.formats.source_text import SourceText

    data, _ = _content(path)
    where = str(path)
    if picture_plan.is_picture(data):
        raise NotAPlan("a picture cannot be formatted", hint="format its YAML file", where=where)
    opened = read_text(data, where=where)
    sections = plain_plan(opened.plan)
    source = SourceText.of(parse(opened.text), sections).formatted(sections)
    made = _encoded(source.text, bom=opened.bom)
    return None if made == data else made


def write_bytes(path: Path, data: bytes) -> None:
    """Replaces the content of a file in one step. Raises OSError, with the old file as it was."""
    save_atomically(path, data)
