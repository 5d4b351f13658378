"""Every fix. Importing a module enters its fixers into the tables."""

from __future__ import annotations

from types import ModuleType

from lambdaplanner.fixes import attachment_fixes
from lambdaplanner.fixes.registry import FOR_FINDINGS, FOR_OBSTACLES

MODULES: tuple[ModuleType, ...] = (attachment_fixes,)
"""Where fixes are defined; a new module is one more name here."""

__all__ = ["FOR_FINDINGS", "FOR_OBSTACLES", "MODULES"]
