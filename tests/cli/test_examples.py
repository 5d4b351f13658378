"""The example in each command's help is a call of that command."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from lambdaplanner import cli

COMMANDS = sorted(
    found.name for found in pkgutil.iter_modules(cli.__path__) if found.name.endswith("_command")
)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_example_says_what_the_usage_says(name: str) -> None:
    module = importlib.import_module(f"lambdaplanner.cli.{name}")
    assert module.EXAMPLE.startswith(f"lambdaplanner {module.NAME} ")
