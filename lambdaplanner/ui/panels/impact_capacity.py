"""What changes in how much fits, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.answers import CapacityVerdict
from lambdaplanner.checks.impact import CapacityChange, Impact
from lambdaplanner.ui.panels.impact_names import Line, Names
from lambdaplanner.ui.panels.words import CAPACITY

_CAPACITY_RANK = {"exhausted": 0, "uneven": 1, "tight": 1, "ok": 2}
_SHORT_SAID = 8
"""So many functions are told with what they lack; more are counted."""


class CapacityWords:
    """Speaks of targets, and of what NAT gateways and the account have to carry."""

    def __init__(self, names: Names) -> None:
        self._names = names

    def changes(self, changes: Sequence[CapacityChange]) -> Iterator[tuple[str, Line]]:
        """Each with its sort: functions one by one where few lack something, else like ones."""
        alike: dict[tuple[CapacityVerdict, CapacityVerdict], list[str]] = {}
        short = [c for c in changes if any(c.short) and c.before and c.after]
        if len(short) <= _SHORT_SAID:
            yield from map(self._short, short)
            changes = [one for one in changes if one not in short]
        for one in changes:
            if one.before is not None and one.after is not None:
                alike.setdefault((one.before, one.after), []).append(one.function)
        for (was, is_), names in alike.items():
            step = _CAPACITY_RANK[is_] - _CAPACITY_RANK[was]
            sort = "worse" if step < 0 else "better" if step else "else"
            tone = CAPACITY[is_].tone if step else "info"
            becomes = f"{CAPACITY[was].text.lower()} becomes {CAPACITY[is_].text.lower()}"
            text = f"Capacity of {self._names.many(tuple(names))}: {becomes}."
            yield sort, Line(tone, text, self._names.listed(names))

    def _short(self, change: CapacityChange) -> tuple[str, Line]:
        """What a function lacks, before and then."""
        assert change.before is not None
        assert change.after is not None
        was, then = change.short
        becomes = ""
        if change.before != change.after:
            both = (CAPACITY[change.before].text, CAPACITY[change.after].text)
            becomes = f"{both[0].lower()} becomes {both[1].lower()}, "
        numbers = f"short {was:,} \u2192 {then:,} of {change.target:,}"
        text = f"{self._names.one(change.function)}: {becomes}{numbers}."
        tone = CAPACITY[change.after].tone
        return ("worse", Line(tone, text)) if change.is_worse else ("better", Line("ok", text))

    def loads(self, impact: Impact, *, numbers: bool) -> Iterator[tuple[str, Line]]:
        """What NAT gateways and the account have to carry."""
        for change in impact.nat_ports:
            was, then = change.before, change.after
            if was is None or then is None or then.verdict == "gone":
                continue
            text = (
                f"{self._names.one(change.gateway)}: {was.connections:,} \u2192 "
                f"{then.connections:,} of {then.ports:,} connections to one destination."
            )
            if change.is_worse:
                yield "worse", Line("warning", text)
            elif numbers:
                yield "else", Line("info", text)
        if impact.account is not None and numbers:
            old, new = impact.account
            text = (
                f"Account: {old.concurrency:,} \u2192 {new.concurrency:,} of {new.quota:,} at once."
            )
            beyond = new.verdict == "exceeded" and new.concurrency > old.concurrency
            yield ("worse", Line("warning", text)) if beyond else ("else", Line("info", text))
