"""Changed verdicts that are alike, as few blocks: every one of some sources to every one of some
targets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lambdaplanner.analysis.answers import Verdict
from lambdaplanner.checks.impact import VerdictChange

_Ends = tuple[str, ...]


class Matrix(NamedTuple):
    """Pairs with the same change: each source to each target."""

    sources: _Ends
    targets: _Ends
    before: Verdict | None
    after: Verdict | None
    asked: str
    """Protocol and port; empty where the targets are asked at several."""


def matrices(changes: Sequence[VerdictChange]) -> list[Matrix]:
    """All the changes in as few blocks as two plain ways of joining give."""
    by_target = _joined(changes, by_target=True)
    if len(by_target) <= 1:
        return by_target
    by_source = _joined(changes, by_target=False)
    return min(by_target, by_source, key=len)


def _joined(changes: Iterable[VerdictChange], *, by_target: bool) -> list[Matrix]:
    """First the partners of each end, then the ends with the same partners."""
    partners: dict[tuple[str, Verdict | None, Verdict | None], dict[str, str]] = {}
    for source, target, protocol, port, before, after in changes:
        end, partner = (target, source) if by_target else (source, target)
        asked = protocol if port is None else f"{protocol} {port}"
        partners.setdefault((end, before, after), {})[partner] = asked
    alike: dict[tuple[_Ends, Verdict | None, Verdict | None], dict[str, set[str]]] = {}
    for (end, before, after), found in partners.items():
        block = alike.setdefault((tuple(found), before, after), {})
        block[end] = set(found.values())
    return [
        Matrix(
            *((partner, tuple(ends)) if by_target else (tuple(ends), partner)),
            before,
            after,
            _only(set().union(*ends.values())),
        )
        for (partner, before, after), ends in alike.items()
    ]


def _only(asked: set[str]) -> str:
    return next(iter(asked)) if len(asked) == 1 else ""
