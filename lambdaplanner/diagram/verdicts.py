"""What a diagram shows of the answers: everything optional, since no picture must wait for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from lambdaplanner.analysis.answers import Answer, CapacityAnswer
from lambdaplanner.diagram.items import Tone, drawn_id
from lambdaplanner.model.document import Unknown


class Mark(NamedTuple):
    """The findings about one thing as one small badge: the worst tone, how many, and their
    sentences.
    """

    tone: Tone
    findings: int
    text: str = ""


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """The answers that belong to a plan as it is now; what is still being computed is left out."""

    tiers: Mapping[str, str] = field(default_factory=_none)
    """``public``, ``private`` or ``isolated`` by subnet; one left out is told from its routes
    alone.
    """
    internet: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    """By function: the answer to "does it reach the internet"."""
    capacity: CapacityAnswer | None = None
    marks: Mapping[str, Mark] = field(default_factory=lambda: MappingProxyType({}))
    """By box id (see `marks_of`)."""
    unknown: Mapping[str, tuple[Unknown, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """What is not told, by the thing that it is about."""


NO_VERDICTS = Verdicts()


class FindingLike(Protocol):
    """What `marks_of` reads of a finding."""

    @property
    def about(self) -> tuple[str, ...]:
        """The ids that it is about."""

    @property
    def severity(self) -> str:
        """``error``, ``warning`` or ``info``."""

    @property
    def message(self) -> str:
        """One sentence."""


URGENCY: tuple[Tone, ...] = ("info", "warning", "error")
"""The tones of findings, the worst last."""


def marks_of(findings: Iterable[FindingLike]) -> dict[str, Mark]:
    """One mark for each box that findings are about; leave acknowledged findings out before."""
    marks: dict[str, Mark] = {}
    for finding in findings:
        tone: Tone = "info"
        if finding.severity in ("error", "warning"):
            tone = "error" if finding.severity == "error" else "warning"
        for about in dict.fromkeys(drawn_id(one) for one in finding.about):
            old = marks.get(about)
            if old is None:
                marks[about] = Mark(tone, 1, finding.message)
            else:
                worst = max(old.tone, tone, key=URGENCY.index)
                marks[about] = Mark(worst, old.findings + 1, f"{old.text}\n{finding.message}")
    return marks
