"""The command line: the same engine as the window, for scripts, CI and people in a terminal."""

from __future__ import annotations

from lambdaplanner.cli.program import main

__all__ = ["main"]
