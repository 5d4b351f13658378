"""The page that names the libraries and their licences."""

from __future__ import annotations

import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from lambdaplanner.ui.help_pages import about_page
from lambdaplanner.ui.third_party import LIBRARIES

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = [Requirement(wanted).name for wanted in PROJECT["dependencies"]]


def test_every_library_that_the_program_needs_is_named() -> None:
    assert [library.name for library in LIBRARIES] == NEEDED


@pytest.mark.parametrize("name", NEEDED)
def test_about_names_a_library_with_its_version(name: str) -> None:
    assert f"{name} {version(name)}" in about_page()


@pytest.mark.parametrize("words", ["Redistribution and use", "SIL OPEN FONT LICENSE", "LGPL-3.0"])
def test_about_shows_the_licences_themselves(words: str) -> None:
    assert words in about_page()
