"""How hard properties are tried: by the profile, in proportion to what each of them needs."""

from __future__ import annotations

from hypothesis import settings

_ORDINARY = 50
"""The examples of a property that says nothing, under the profile of every day."""


def examples(count: int) -> settings:
    """`count` examples under the profile of every day, and as many times more under a thorough
    one; a bare `max_examples` would hold under both.
    """
    return settings(max_examples=max(1, count * settings().max_examples // _ORDINARY))
