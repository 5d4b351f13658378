"""What changes between two states of a plan, in words: what gets worse, what gets better, and the
rest; like things together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.impact import Impact, PromiseChange
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.impact_capacity import CapacityWords
from lambdaplanner.ui.panels.impact_names import Line, Names
from lambdaplanner.ui.panels.impact_reach import ReachWords
from lambdaplanner.ui.panels.words import Word, stopped

_TONES = ("error", "warning", "ok", "info")
"""The order in which lines of a section stand."""
_STRANDED = {
    "function": "none of {} subnets remains, and Lambda does not fall back to its own network.",
    "workload": "none of {} subnets remains.",
}
_FINDINGS_SAID = 2
"""So many findings of one check are told; more are counted."""


class Section(NamedTuple):
    """Lines of one sort under a title; the title's tone is the sort."""

    title: Word
    lines: tuple[Line, ...]


def sections(
    impact: Impact,
    before: Plan,
    after: Plan,
    *,
    here: tuple[str, str] | None = None,
    mended: Finding | None = None,
    stranded: Collection[str] = (),
    loss: bool = False,
    numbers: bool = False,
) -> tuple[Section, ...]:
    """What gets worse, then better, then what else differs.

    The pair of ends `here` stands first among its like; the finding `mended`, which is said
    already, is not said in full again; of ends that are `stranded` nothing is left. After a `loss`
    nothing gets better: what seems so is said of what is left. `numbers` tells what NAT gateways
    and the account would have to carry, also where it fits.
    """
    names = Names(before, after)
    words = _Words(names, stranded)
    capacity = CapacityWords(names)
    sorts: dict[str, list[Line]] = {"worse": [], "better": [], "else": []}
    told: Iterable[tuple[str, Line]] = (
        *words.promises(impact.expectations),
        *ReachWords(names, stranded).paths(impact.verdicts, here),
        *capacity.changes(impact.capacity),
        *capacity.loads(impact, numbers=numbers),
        *words.stranded(),
        *words.findings(impact, mended),
    )
    for sort, line in told:
        if loss and sort == "better":
            text = f"{stopped(line.text)[:-1]}, of what is left."
            sorts["else"].append(line._replace(tone="info", text=text))
        else:
            sorts[sort].append(line)
    return tuple(
        Section(title, tuple(sorted(sorts[sort], key=lambda line: _TONES.index(line.tone))))
        for sort, title in TITLES.items()
        if sorts[sort]
    )


TITLES = {
    "worse": Word("error", "Gets worse"),
    "better": Word("ok", "Gets better"),
    "else": Word("info", "Differs"),
}


class _Words:
    """Speaks of promises, findings and of what nothing is left of."""

    def __init__(self, names: Names, stranded: Collection[str]) -> None:
        self._names = names
        self._stranded = stranded

    def promises(self, changes: Sequence[PromiseChange]) -> Iterator[tuple[str, Line]]:
        for old, new in changes:
            said = new or old
            assert said is not None
            asked = self._question(said)
            if new is None:
                sort = "worse" if said.ok else "else"
                tone = "error" if said.ok else "info"
                yield sort, Line(tone, f"Promise gone with one of its ends: {asked}.")
            elif new.ok:
                yield "better", Line("ok", f"Promise kept: {asked}, would be {new.expect}.")
            else:
                is_ = new.verdict or "impossible to ask"
                text = f"Promise broken: {asked}, should be {new.expect} and would be {is_}."
                yield "worse", Line("error", text)

    def _question(self, row: ExpectationResult) -> str:
        port = "" if row.port is None else f" {row.port}"
        source, target = self._names.one(row.source), self._names.one(row.target)
        return f"{source} to {target}, {row.protocol}{port}"

    def stranded(self) -> Iterator[tuple[str, Line]]:
        """Ends of which nothing is left."""
        for kind, why in _STRANDED.items():
            names = tuple(name for name in self._stranded if name in self._names.before.of(kind))
            if names:
                whose = "its" if len(names) == 1 else "their"
                text = f"Nothing is left of {self._names.many(names)}: {why.format(whose)}"
                yield "worse", Line("error", text, self._names.listed(names))

    def findings(self, impact: Impact, mended: Finding | None) -> Iterator[tuple[str, Line]]:
        """What is found then, and what no longer; findings that only moved are left aside."""
        old, new = ({(one.id, one.message) for one in some} for some in (impact.gone, impact.new))
        come = [one for one in impact.new if (one.id, one.message) not in old]
        gone = [one for one in impact.gone if (one.id, one.message) not in new]
        for line in _told(come):
            yield "worse", line
        others = [one for one in gone if mended is None or not _alike(one, mended)]
        if len(others) < len(gone):
            yield "better", Line("ok", "This finding is gone.")
        for line in _told([one for one in others if not self._lost(one)]):
            yield "better", Line("ok", f"No longer found: {line.text}", line.more)
        for line in _told([one for one in others if self._lost(one)]):
            yield "else", Line("info", f"Gone with what it is about: {line.text}", line.more)

    def _lost(self, finding: Finding) -> bool:
        """Whether what it is about is gone, which is no improvement."""
        first = next(iter(finding.about), "")
        return first in self._names.before and first not in self._names.after


def _told(findings: Sequence[Finding]) -> Iterator[Line]:
    """One line a finding, or one for all of a check where they are many."""
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(finding.id, []).append(finding)
    for check, found in alike.items():
        tone = found[0].severity
        if len(found) <= _FINDINGS_SAID or check not in CHECKS:
            yield from (Line(tone, f"{check}: {stopped(one.message)}") for one in found)
        else:
            more = "\n".join(stopped(one.message) for one in found)
            yield Line(tone, f"{check}, {len(found)} times: {stopped(CHECKS[check].title)}", more)


def _alike(one: Finding, other: Finding) -> bool:
    return (one.id, one.about[:1]) == (other.id, other.about[:1])
