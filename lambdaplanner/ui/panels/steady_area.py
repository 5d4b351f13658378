"""A scroll area whose content may change without what one looks at moving away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class SteadyArea(QScrollArea):
    """Scrolls up and down only."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._content = content
        self.setWidget(content)

    @contextmanager
    def steady(self) -> Iterator[None]:
        """Around a change of the content: what has the keyboard, else what stands at the top, is
        where it was; parts above it may come, go and grow.
        """
        anchor = self._anchor()
        before = self._height_of(anchor) if anchor is not None else 0
        yield
        if anchor is None or not anchor.isVisible():
            return
        # The layout would follow in the next turns of the event loop, and be seen to jump.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self._height_of(anchor) - before)

    def _anchor(self) -> QWidget | None:
        content, here = self._content, self.window().focusWidget()
        if here is not None and content.isAncestorOf(here):
            return here
        scrolled = self.verticalScrollBar().value()
        if not scrolled:
            return None
        part = content.childAt(QPoint(content.width() // 2, scrolled + 2))
        return part if part is not content else None

    def _height_of(self, part: QWidget) -> int:
        return part.mapTo(self._content, QPoint(0, 0)).y()


def give_up_keyboard(going: QWidget, to: QWidget) -> None:
    """Takes the keyboard out of a part that is about to go; Qt would give it to any other one, and
    scroll there."""
    here = going.window().focusWidget()
    if here is not None and (here is going or going.isAncestorOf(here)):
        to.setFocus(Qt.FocusReason.OtherFocusReason)
