"""Properties follow the profile that was chosen."""

from __future__ import annotations

from pathlib import Path

from hypothesis import settings

from tests.effort import examples

TESTS = Path(__file__).resolve().parent


def test_a_thorough_profile_tries_more() -> None:
    usual = settings().max_examples

    assert examples(50).max_examples == usual
    assert examples(200).max_examples == 4 * usual


def test_no_property_sets_its_own_number_past_the_profile() -> None:
    """A bare number would be the same under every profile."""
    own = [
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if "settings(max_" + "examples=" in path.read_text(encoding="utf-8")
    ]

    assert own == ["effort.py"]
