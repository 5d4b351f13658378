"""What a person sees of a bug: what happened, that nothing is lost, and a report to pass on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from lambdaplanner.ui.plain import plain_label
from lambdaplanner.ui.theme import Theme, mark
from lambdaplanner.visible import visible

_MOST_SENTENCES = 3


class FaultDialog(QDialog):
    """Shows one fault, and adds others that come while it is open.

    Signals:
        save_wanted: save the plan.
    """

    save_wanted = Signal()

    def __init__(self, parent: QWidget, log: Path, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setWindowTitle("The program made a mistake")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sentences: list[str] = []
        self.sentence = _text("section")
        self.report = QPlainTextEdit(self)
        self.report.setReadOnly(True)
        self.report.setAccessibleName("Report")
        self.report.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.explained = _text("")
        place = _text("muted")
        place.setText(f"The report is also in {visible(str(log))}")
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        for part in (self.sentence, self.explained, self.report, place, self._buttons()):
            layout.addWidget(part)
        self.resize(640, 420)

    def add(self, sentence: str, report: str, trouble: str = "") -> None:
        """Shows one more fault; `trouble` says why the unsaved work is not noted."""
        kept = trouble or "What is not saved is noted, and offered at the next start"
        self.explained.setText(
            f"Your plan is still open. {kept}. "
            "It is safer to save now, and to start the program again."
        )
        self._sentences.append(sentence)
        shown = self._sentences[:_MOST_SENTENCES]
        more = len(self._sentences) - len(shown)
        self.sentence.setText("\n".join((*shown, *([f"and {more} more"] if more else ()))))
        self.report.appendPlainText("\n".join(visible(line) for line in report.splitlines()) + "\n")
        self.report.verticalScrollBar().setValue(0)
        self.show()

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.save = box.addButton("Save...", role.ActionRole)
        self.copy = box.addButton("Copy report", role.ActionRole)
        self.dismiss = box.addButton("Close", role.RejectRole)
        self.save.clicked.connect(self.save_wanted)
        self.copy.clicked.connect(self._copy)
        self.dismiss.clicked.connect(self.close)
        self.dismiss.setDefault(True)
        return box

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())


def _text(role: str) -> QLabel:
    label = plain_label()
    label.setWordWrap(True)
    if role:
        mark(label, role=role)
    return label
