"""What changes in numbers: what functions lack, what NAT gateways and the account have to carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lambdaplanner.checks.impact import CapacityChange, Impact
from lambdaplanner.ui.panels.words import CAPACITY


class Line(NamedTuple):
    """One thing that changes, or several alike; `more` is what is folded away."""

    tone: str
    text: str
    more: str = ""


def told_short(change: CapacityChange, name: str) -> tuple[str, Line]:
    """What a function lacks, before and then."""
    assert change.before is not None
    assert change.after is not None
    was, then = change.short
    becomes = ""
    if change.before != change.after:
        both = (CAPACITY[change.before].text, CAPACITY[change.after].text)
        becomes = f"{both[0].lower()} becomes {both[1].lower()}, "
    text = f"{name}: {becomes}short {was:,} \u2192 {then:,} of {change.target:,}."
    tone = CAPACITY[change.after].tone
    return ("worse", Line(tone, text)) if change.is_worse else ("better", Line("ok", text))


def told_loads(
    impact: Impact, name_of: Callable[[str], str], *, numbers: bool
) -> Iterator[tuple[str, Line]]:
    """What NAT gateways and the account have to carry; with `numbers` also where it fits."""
    for change in impact.nat_ports:
        was, then = change.before, change.after
        if was is None or then is None or then.verdict == "gone":
            continue
        text = (
            f"{name_of(change.gateway)}: {was.connections:,} \u2192 {then.connections:,} of "
            f"{then.ports:,} connections to one destination."
        )
        if change.is_worse:
            yield "worse", Line("warning", text)
        elif numbers:
            yield "else", Line("info", text)
    if impact.account is not None and numbers:
        old, new = impact.account
        text = f"Account: {old.concurrency:,} \u2192 {new.concurrency:,} of {new.quota:,} at once."
        beyond = new.verdict == "exceeded" and new.concurrency > old.concurrency
        yield ("worse", Line("warning", text)) if beyond else ("else", Line("info", text))
