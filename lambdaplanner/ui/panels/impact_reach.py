"""What changes in who reaches whom, in words; like things together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from lambdaplanner.analysis.survey import INTERNET
from lambdaplanner.checks.impact import VerdictChange
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.impact_groups import Matrix, matrices
from lambdaplanner.ui.panels.impact_names import NAMED, Line, Names

_REACH_RANK = {"unreachable": 0, "partial": 1, "reachable": 2}
_SERVICE = "aws:"
_BECOMES = {
    ("unreachable", "reachable"): "reachable",
    ("unreachable", "partial"): "reachable on some paths",
    ("partial", "reachable"): "reachable on every path",
    ("partial", "unreachable"): "no longer reachable on any path",
    ("reachable", "partial"): "reachable on some paths only",
    ("reachable", "unreachable"): "no longer reachable",
}


class ReachWords:
    """Speaks of pairs of ends; of those that are `stranded` others speak."""

    def __init__(self, names: Names, stranded: Collection[str]) -> None:
        self._names = names
        self._stranded = stranded

    def paths(
        self, changes: Sequence[VerdictChange], here: tuple[str, str] | None
    ) -> Iterator[tuple[str, Line]]:
        """Each with its sort; the pair of ends `here` first."""
        both = [one for one in changes if one.before is not None and one.after is not None]
        of_here = [one for one in both if (one.source, one.target) == here]
        others = [one for one in both if (one.source, one.target) != here]
        yield from map(self._matrix, matrices(of_here))
        yield from map(self._matrix, matrices(others))
        yield from self._without_pair(changes)

    def _without_pair(self, changes: Sequence[VerdictChange]) -> Iterator[tuple[str, Line]]:
        """Ends and services that only one of the plans has."""
        lost = self._alone([one for one in changes if one.after is None], self._names.after)
        made = self._alone([one for one in changes if one.before is None], self._names.before)
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
                text = f"{word}: {self._names.many(ends)}, {paths}."
                yield "else", Line("info", text, self._names.listed(ends))

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
        ends = f"{self._names.many(matrix.sources)} to {self._names.many(matrix.targets)}{port}"
        more = self._folded(matrix)
        text = f"{ends}: {_BECOMES[before, after]}."
        text = text[:1].upper() + text[1:] if text.startswith("the ") else text
        if _REACH_RANK[after] < _REACH_RANK[before]:
            tone = "error" if after == "unreachable" else "warning"
            return "worse", Line(tone, text, more)
        if matrix.sources == (INTERNET,):
            part = " on some paths" if after == "partial" else ""
            text = f"{self._names.many(matrix.targets)}{port}: open to the internet{part}."
            return "worse", Line("warning", text, more)
        return "better", Line("ok", text, more)

    def _folded(self, matrix: Matrix) -> str:
        """The names that are only counted."""
        parts = []
        for word, names in (("From", matrix.sources), ("To", matrix.targets)):
            if len(names) > NAMED:
                parts.append(f"{word}: {', '.join(self._names.one(name) for name in names)}.")
        return "\n".join(parts)
