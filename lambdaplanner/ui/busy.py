"""Work that holds the window for a moment: it says so before it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

BUSY = "busy"
"""The tone of a sentence that has to be seen at once: nothing is painted until the work is done."""


@contextmanager
def busy(tell: Callable[[str, str], object], sentence: str) -> Iterator[None]:
    """Tells what is being done, and shows the pointer of somebody who waits until it is."""
    tell(BUSY, sentence)
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
