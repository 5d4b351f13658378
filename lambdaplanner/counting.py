"""Numbers of things in words."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """`3 subnets`, `1 subnet`, thousands set apart; `many` where it is not `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
