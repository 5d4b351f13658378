"""The plans that use, attack and independent engines found faults with, by name."""

from __future__ import annotations

from pathlib import Path

FOUND = Path(__file__).parent
"""Holds a folder for each place where faults were found."""


def found(name: str, folder: str = "answers") -> Path:
    """The plan of a fault; `folder` is what it was found in: answers, faults or window."""
    return FOUND / folder / f"{name}.yaml"
