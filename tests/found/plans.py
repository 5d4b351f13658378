"""The plans that use, attack and independent engines found faults with, by name."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent


def found(name: str, folder: str = "answers") -> Path:
    """The plan of a fault; `folder` is what it was found in: answers, faults or window."""
    return _FOLDER / folder / f"{name}.yaml"
