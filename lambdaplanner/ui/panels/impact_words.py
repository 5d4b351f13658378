"""What changes between two states of a plan, in words: what gets worse, what gets better, and the
rest; like things together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from lambdaplanner.analysis.answers import RANK, CapacityVerdict
from lambdaplanner.analysis.survey import INTERNET
from lambdaplanner.checks.catalogue import CHECKS
from lambdaplanner.checks.impact import CapacityChange, Impact, PromiseChange, VerdictChange
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.impact_groups import Matrix, matrices
from lambdaplanner.ui.panels.impact_numbers import Line, told_loads, told_short
from lambdaplanner.ui.panels.words import CAPACITY, Word, called, count, nouns, stopped

_CAPACITY_RANK = {"exhausted": 0, "uneven": 1, "tight": 1, "ok": 2}
_TONES = ("error", "warning", "ok", "info")
"""The order in which lines of a section stand."""
_NAMED = 2
"""So many ends are named; more are counted, and named behind the fold."""
_SERVICE = "aws:"
_STRANDED = {
    "function": "none of {} subnets remains, and Lambda does not fall back to its own network.",
    "workload": "none of {} subnets remains.",
}
_SHORT_SAID = 8
"""So many functions are told with what they lack; more are counted."""
_FINDINGS_SAID = 2
"""So many findings of one check are told; more are counted."""
_BECOMES = {
    ("unreachable", "reachable"): "reachable",
    ("unreachable", "partial"): "reachable on some paths",
    ("partial", "reachable"): "reachable on every path",
    ("partial", "unreachable"): "no longer reachable on any path",
    ("reachable", "partial"): "reachable on some paths only",
    ("reachable", "unreachable"): "no longer reachable",
    ("unreachable", "unknown"): "perhaps reachable, nobody knows",
    ("unknown", "unreachable"): "known to be unreachable",
    ("unknown", "partial"): "reachable on some paths",
    ("unknown", "reachable"): "reachable",
    ("partial", "unknown"): "no longer known to be reachable on any path",
    ("reachable", "unknown"): "no longer known to be reachable",
}


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
    words = _Words(before, after, stranded)
    sorts: dict[str, list[Line]] = {"worse": [], "better": [], "else": []}
    told: Iterable[tuple[str, Line]] = (
        *words.promises(impact.expectations),
        *words.paths(impact.verdicts, here),
        *words.capacity(impact.capacity),
        *told_loads(impact, words.end, numbers=numbers),
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
    """Speaks of the ends of both plans."""

    def __init__(self, before: Plan, after: Plan, stranded: Collection[str]) -> None:
        self._before = before
        self._after = after
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
        return f"{self.end(row.source)} to {self.end(row.target)}, {row.protocol}{port}"

    def paths(
        self, changes: Sequence[VerdictChange], here: tuple[str, str] | None
    ) -> Iterator[tuple[str, Line]]:
        both = [one for one in changes if one.before is not None and one.after is not None]
        of_here = [one for one in both if (one.source, one.target) == here]
        others = [one for one in both if (one.source, one.target) != here]
        yield from map(self._matrix, matrices(of_here))
        yield from map(self._matrix, matrices(others))
        yield from self._without_pair(changes)

    def _without_pair(self, changes: Sequence[VerdictChange]) -> Iterator[tuple[str, Line]]:
        """Ends and services that only one of the plans has."""
        lost = self._alone([one for one in changes if one.after is None], self._after)
        made = self._alone([one for one in changes if one.before is None], self._before)
        for name in lost:
            if name.startswith(_SERVICE):
                yield "worse", Line("warning", f"No endpoint of {name} is left.")
        for word, names in (("Gone", lost), ("New", made)):
            ends = tuple(
                name
                for name in names
                if not name.startswith(_SERVICE) and name not in self._stranded
            )
            if ends:
                paths = "with every path from and to it" if len(ends) == 1 else "with all paths"
                text = f"{word}: {self._ends(ends)}, {paths}."
                yield "else", Line("info", text, self._listed(ends))

    @staticmethod
    def _alone(changes: Sequence[VerdictChange], other: Plan) -> tuple[str, ...]:
        """The ends of these pairs that the other plan lacks; a service where both are there."""
        missing: dict[str, None] = {}
        for one in changes:
            ends = [one.source, one.target]
            things = [end for end in ends if end != INTERNET and not end.startswith(_SERVICE)]
            alone = [end for end in things if end not in other]
            missing |= dict.fromkeys(alone or (end for end in ends if end not in things))
        missing.pop(INTERNET, None)
        return tuple(missing)

    def _matrix(self, matrix: Matrix) -> tuple[str, Line]:
        """Every one of some sources to every one of some targets."""
        before, after = matrix.before, matrix.after
        assert before is not None
        assert after is not None
        port = f", {matrix.asked}" if matrix.asked else ""
        ends = f"{self._ends(matrix.sources)} to {self._ends(matrix.targets)}{port}"
        more = self._folded(matrix)
        text = f"{ends}: {_BECOMES[before, after]}."
        text = text[:1].upper() + text[1:] if text.startswith("the ") else text
        if RANK[after] < RANK[before]:
            tone = "error" if after == "unreachable" else "warning"
            return "worse", Line(tone, text, more)
        if matrix.sources == (INTERNET,):
            part = " on some paths" if after == "partial" else ""
            text = f"{self._ends(matrix.targets)}{port}: open to the internet{part}."
            return "worse", Line("warning", text, more)
        return "better", Line("ok", text, more)

    def _folded(self, matrix: Matrix) -> str:
        """The names that are only counted."""
        parts = []
        for word, names in (("From", matrix.sources), ("To", matrix.targets)):
            if len(names) > _NAMED:
                parts.append(f"{word}: {', '.join(self.end(name) for name in names)}.")
        return "\n".join(parts)

    def _ends(self, names: tuple[str, ...]) -> str:
        if len(names) <= _NAMED:
            return " and ".join(self.end(name) for name in names)
        kinds: dict[str, int] = {}
        for name in names:
            found = self._after.find(name) or self._before.find(name)
            kind = "" if found is None else found.kind
            kinds[kind] = kinds.get(kind, 0) + 1
        parts = [
            nouns(number, kind) if kind else count(number, "other end")
            for kind, number in kinds.items()
        ]
        return " and ".join(parts)

    def end(self, name: str) -> str:
        """What an end is called."""
        if name == INTERNET:
            return "the internet"
        plan = self._after if name in self._after else self._before
        return called(plan, name)

    def stranded(self) -> Iterator[tuple[str, Line]]:
        """Ends of which nothing is left."""
        for kind, why in _STRANDED.items():
            names = tuple(name for name in self._stranded if name in self._before.of(kind))
            if names:
                whose = "its" if len(names) == 1 else "their"
                text = f"Nothing is left of {self._ends(names)}: {why.format(whose)}"
                yield "worse", Line("error", text, self._listed(names))

    def _listed(self, names: Sequence[str]) -> str:
        """All the names, where some were only counted."""
        return f"{', '.join(map(self.end, names))}." if len(names) > _NAMED else ""

    def capacity(self, changes: Sequence[CapacityChange]) -> Iterator[tuple[str, Line]]:
        alike: dict[tuple[CapacityVerdict, CapacityVerdict], list[str]] = {}
        short = [c for c in changes if any(c.short) and c.before and c.after]
        if len(short) <= _SHORT_SAID:
            yield from (told_short(one, self.end(one.function)) for one in short)
            changes = [one for one in changes if one not in short]
        for one in changes:
            if one.before is not None and one.after is not None:
                alike.setdefault((one.before, one.after), []).append(one.function)
        for (was, is_), names in alike.items():
            step = _CAPACITY_RANK[is_] - _CAPACITY_RANK[was]
            sort = "worse" if step < 0 else "better" if step else "else"
            tone = CAPACITY[is_].tone if step else "info"
            becomes = f"{CAPACITY[was].text.lower()} becomes {CAPACITY[is_].text.lower()}"
            text = f"Capacity of {self._ends(tuple(names))}: {becomes}."
            yield sort, Line(tone, text, self._listed(names))

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
        return first in self._before and first not in self._after


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
    return one.id == other.id and set(one.subjects) <= set(other.subjects)
