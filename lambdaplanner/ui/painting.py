"""Painting that may fail: whatever happens, no painter stays open and no exception reaches Qt.

A widget that is painted with a painter left open on it ends the process, and so does an exception
that meets a second overridden method on its way out through Qt. So every method of ours that paints
is `guarded`, and what is thrown in it goes to `sys.excepthook` from there.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Any

from PySide6.QtGui import QPainter
from shiboken6 import isValid, ownedByPython


def guarded(paint: Callable[..., None]) -> Callable[..., None]:
    """The method of a widget, a scene or a delegate that Qt calls to paint, made safe to fail."""

    @functools.wraps(paint)
    def safely(self: Any, *given: Any) -> None:
        try:
            paint(self, *given)
        except Exception as error:
            close_painters(error.__traceback__)
            sys.excepthook(type(error), error, error.__traceback__)

    return safely


def close_painters(trace: TracebackType | None) -> None:
    """Ends the painters that the frames of a failure began; those that Qt lent them stay open."""
    while trace is not None:
        for value in tuple(trace.tb_frame.f_locals.values()):
            if isinstance(value, QPainter) and isValid(value) and ownedByPython(value):
                value.end()
        trace = trace.tb_next
