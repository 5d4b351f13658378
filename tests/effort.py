"""How hard properties are tried, by the profile and in proportion to what each of them needs; and
how much work something is, counted in calls, which no machine and no load change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from hypothesis import settings

_ORDINARY = 50
"""The examples of a property that says nothing, under the profile of every day."""


def examples(count: int) -> settings:
    """`count` examples under the profile of every day, and as many times more under a thorough
    one; a bare `max_examples` would hold under both.
    """
    return settings(max_examples=max(1, count * settings().max_examples // _ORDINARY))


def calls_of(work: Callable[[], object]) -> int:
    """How many functions of Python are called for a piece of work."""
    count = 0

    def counting(_frame: FrameType, event: str, _about: Any) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(counting)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
