"""A quiet line over the canvas: somebody else changed the file that is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.panels.parts import ElidedLabel, Glyph, retint, row
from lambdaplanner.ui.theme import Theme, mark
from lambdaplanner.visible import visible

_FROM_TOP = 12
_WIDEST = 620


class OutsideNotice(QFrame):
    """Stands at the top of its host until it is answered; it takes no focus and asks nothing."""

    def __init__(self, host: QWidget, theme: Theme, documents: Documents) -> None:
        super().__init__(host)
        self.setObjectName("announcement")
        mark(self, role="card")
        self._host = host
        self._documents = documents
        self.text = ElidedLabel("", grows=False)
        self.reload = self._button("Reload", documents.reload)
        self.keep = self._button("Keep mine", documents.keep_mine)
        line = row(Glyph("warning", theme, "warning.solid", 18), self.text, self.reload, self.keep)
        line.setContentsMargins(14, 6, 8, 6)
        self.setLayout(line)
        self._line = line
        documents.renamed.connect(self._follow)
        host.installEventFilter(self)
        self.hide()

    def look(self) -> None:
        """Looks at the file, as when the window comes to the front."""
        if self._documents.changed_outside:
            self.say(self._documents.name)
        else:
            self.hide()

    def say(self, name: str) -> None:
        """Shows that the file of this name was changed."""
        text = f"{visible(name)} was changed by somebody else."
        self.text.setText(text)
        self.setAccessibleName(f"{text} Reload takes their changes.")
        self._place()
        self.show()
        self.raise_()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        retint(self, theme)

    def _button(self, word: str, answer: Callable[[], object]) -> QPushButton:
        button = QPushButton(word)
        mark(button, kind="quiet")
        button.clicked.connect(lambda: self._answer(answer))
        return button

    def _answer(self, answer: Callable[[], object]) -> None:
        answer()
        self.look()

    def _follow(self) -> None:
        """A save, another plan: what was said of the file may no longer be so."""
        if self.isVisible() and self._documents.clean:
            self.look()

    def _place(self) -> None:
        self._line.activate()
        hint = self.sizeHint()
        width = min(hint.width(), _WIDEST, max(self._host.width() - 24, 120))
        self.setGeometry((self._host.width() - width) // 2, _FROM_TOP, width, hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._answer(self._documents.keep_mine)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
