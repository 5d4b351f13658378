"""Plans and files: reading with every problem at once, saving so that what a person wrote stays.

A picture that was exported with its plan inside is as good as the YAML file.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from lambdaplanner.errors import NotAPlan, PlanFileError, PlanProblems, PlannerError, Problem
from lambdaplanner.formats.document import plain_plan, read_plan
from lambdaplanner.formats.yaml_reader import parse
from lambdaplanner.formats.yaml_tree import Tree
from lambdaplanner.formats.yaml_writer import write
from lambdaplanner.model.fields import Report
from lambdaplanner.model.plan import Plan
Fingerprint=object
is_picture=lambda d: False
fingerprint=lambda p:None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPlan:
    """A plan, the text it came from, and what was doubtful in it."""

    plan: Plan
    text: str
    warnings: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    on_disk: Fingerprint | None = None
    """How the file looked when it was read or written; None where there is none."""

    def elsewhere(self) -> OpenedPlan:
        """The same for another file: its text is the model for saving, its state on disk means nothing there."""
        return dataclasses.replace(self, on_disk=None)

    def changed_on_disk(self, path: Path) -> bool:
        """Whether somebody else wrote the file since it was read."""
        return self.on_disk is not None and path.exists() and fingerprint(path) != self.on_disk


def open_plan(path: Path) -> OpenedPlan:
    """The plan of a YAML file, or of a picture that carries one.

    Raises PlanFileError (NotAPlan, NewerPlan, PlanProblems with all of them), OSError where the file cannot be read.
    """
    data = path.read_bytes()
    where = str(path)
    if is_picture(data):
        text = read_picture(data)
        if text is None:
            raise NotAPlan("the picture has no plan inside", hint="export it with its plan", where=where)
        return read_text(text, where=where)
    opened = read_text(data, where=where)
    return dataclasses.replace(opened, on_disk=fingerprint(path))


def read_text(source: str | bytes, *, where: str) -> OpenedPlan:
    """The plan of a text; `where` names it in messages. Raises PlanFileError as `open_plan` does."""
    tree = parse(source)
    report = Report(list(tree.problems))
    if tree.problems and not tree.root:
        raise NotAPlan(_first(tree.problems), where=where)
    try:
        plan, notes = read_plan(tree.root, report)
    except PlanFileError as error:
        if tree.problems:
            raise PlanProblems(tree.problems, where=where) from error
        error.where = where
        raise
    problems = _placed(report.problems, tree)
    if plan is None or tree.problems:
        raise PlanProblems([p for p in problems if p.severity == "error"], where=where)
    return OpenedPlan(plan=plan, text=tree.text, warnings=tuple(problems), notes=tuple(notes))


def _first(problems: list[Problem]) -> str:
    problem = problems[0]
    return f"line {problem.line}, column {problem.column}: {problem.message}"


def _placed(problems: list[Problem], tree: Tree) -> list[Problem]:
    """The problems with line and column, in the order of the file."""
    placed = []
    for problem in problems:
        if not problem.line:
            line, column = tree.locate(problem.path, "key" if problem.on_key else "value")
            problem = dataclasses.replace(problem, line=line, column=column)
        placed.append(problem)
    return sorted(placed, key=lambda problem: (problem.line, problem.column))
