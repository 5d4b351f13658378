"""What is in a file now beside what a save would put there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from lambdaplanner.ui.panels.parts import label
from lambdaplanner.visible import visible


class DifferenceDialog(QDialog):
    """The lines that differ; it changes nothing."""

    def __init__(self, name: str, difference: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Difference")
        self.resize(720, 480)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setPlainText("\n".join(visible(line) for line in difference.split("\n")))
        self.text.setAccessibleName("Lines that differ")
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        says = f"{visible(name)}: lines with - are in the file now, lines with + are yours."
        if not difference:
            says = f"{visible(name)} says the same as your plan."
        layout = QVBoxLayout(self)
        layout.addWidget(label(says, wrap=True))
        layout.addWidget(self.text, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
