"""How fast Lambda starts execution environments, whatever addresses there are (aws.md 1.5).

https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html#scaling-rate
"""

from __future__ import annotations

AT_ONCE = 1_000
"""Environments that a function has at once when it starts cold."""

EACH_SECOND = 100
"""More for each second after that: 1,000 every ten, refilled all the time."""


def ramp_seconds(concurrency: int) -> int:
    """Whole seconds from cold until so many invocations run at once; 0 where they do at once.

    The rate is each function's own. The account's concurrency quota bounds it too: a target above
    the quota is never reached, however long one waits.
    """
    return max(0, -(-(concurrency - AT_ONCE) // EACH_SECOND))
