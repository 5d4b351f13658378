"""A plan as the subject of a picture: what is drawn of it, what is lit, what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import (
    ExpectationResult,
    findings,
    judge_expectations,
    local_day,
)
from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.highlighting import highlight_for
from lambdaplanner.diagram.items import Diagram, Highlight
from lambdaplanner.diagram.pages import AIM
from lambdaplanner.diagram.verdicts import NO_VERDICTS
from lambdaplanner.editor.live import Live
from lambdaplanner.editor.shown import shown
from lambdaplanner.editor.standing import path_fact, verdict_facts
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.picture.options import PictureOptions
from lambdaplanner.ui.picture.page import fit_named


class PathAsked(NamedTuple):
    """A path to be painted: two ends, and a port where it is not the target's own."""

    source: str
    target: str
    port: int | None = None
    protocol: str = "tcp"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """What the options of `export` say; lengths in scene units, `scale` in pixels for
    each of them.
    """

    scale: float = 2.0
    dpi: float | None = None
    fit: str = ""
    """A name that `--fit` takes; empty: the page is as large as the drawing."""
    transparent: bool = False
    theme: str = "light"
    margin: int = 24
    only: tuple[str, ...] = ()
    path: PathAsked | None = None
    legend: bool = False
    title: bool = True
    day: date | None = None
    """Stands in the title block; None: no day does, so that equal plans give equal files."""
    with_plan: bool = True
    verdicts: bool = True


class Subject:
    """One state of a plan; every answer and every diagram is made once, when it is first needed."""

    def __init__(
        self,
        plan: Plan,
        live: Live | None = None,
        selection: tuple[str, ...] = (),
        question: PathAsked | None = None,
    ) -> None:
        """`live` has the answers already where a window shows the plan; the other two are what is
        in hand there.
        """
        self.plan = plan
        self.selection = selection
        self.question = question
        self._live = live
        self._diagrams: dict[tuple[object, ...], Diagram] = {}
        self._answers: dict[PathAsked, Answer] = {}

    def diagram(self, options: ExportOptions) -> Diagram:
        """What is drawn, with badges and bars where `verdicts` asks for them; automatic places aim
        at the page.

        Raises QuestionError for an id in `only` that is not drawn, or a page that does not exist.
        """
        # What is asked for by name is drawn by itself, though it may be folded elsewhere.
        spread = frozenset(options.only)
        aspect = fit_named(options.fit).aspect if options.fit else AIM
        wanted = (options.verdicts, spread, aspect)
        if wanted not in self._diagrams:
            verdicts = shown(self._view, self._findings) if options.verdicts else NO_VERDICTS
            self._diagrams[wanted] = build(self.plan, verdicts, spread=spread, aspect=aspect)
        drawn = self._diagrams[wanted]
        for name in options.only:
            if name not in drawn.boxes:
                raise QuestionError(
                    f'there is no "{name}" in the diagram{suggestion(name, drawn.boxes)}'
                )
        return drawn

    def highlight(self, options: ExportOptions) -> Highlight | None:
        """The path asked about. Raises QuestionError where the question makes no sense."""
        if options.path is None:
            return None
        return highlight_for(self._answer(options.path), self.diagram(options))

    def picture_options(self, options: ExportOptions) -> PictureOptions:
        """The same for the painter. Raises QuestionError for a page that does not exist."""
        info = self.plan.info
        return PictureOptions(
            scale=options.scale,
            dpi=None if options.dpi is None else round(options.dpi),
            transparent=options.transparent,
            margin=options.margin,
            only=frozenset(options.only),
            name=info.name,
            description=info.description,
            facts=self._facts(options) if options.title else (),
            title=options.title,
            legend=options.legend,
            fit=fit_named(options.fit) if options.fit else None,
        )

    def _facts(self, options: ExportOptions) -> tuple[str, ...]:
        facts = [self.plan.info.region]
        if options.verdicts:
            facts += verdict_facts(self._view, self._findings, self._expectations)
        if options.path is not None:
            facts.append(path_fact(self._answer(options.path)))
        if options.day is not None:
            facts.append(options.day.isoformat())
        return tuple(facts)

    def _answer(self, asked: PathAsked) -> Answer:
        if asked not in self._answers:
            self._answers[asked] = self._view.question(*asked)
        return self._answers[asked]

    @cached_property
    def _view(self) -> PlanAnalysis:
        return PlanAnalysis(self.plan) if self._live is None else self._live.view

    @cached_property
    def _findings(self) -> Sequence[Finding]:
        if self._live is None:
            return findings(self._view, local_day())
        return self._live.findings()

    @cached_property
    def _expectations(self) -> Sequence[ExpectationResult]:
        if self._live is None:
            return judge_expectations(self._view)
        return self._live.expectations()
