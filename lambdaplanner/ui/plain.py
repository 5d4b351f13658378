"""Text that may come from a plan, a file name or an argument, shown as the text that it is.

Qt takes what looks like HTML for HTML in tooltips, labels and message boxes, and opens every
picture that it names. Labels and boxes are told not to; a tooltip cannot be, so its text is
escaped. No other module makes a message box or hands a text to a tooltip that it did not write
itself; a test holds all of them to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from lambdaplanner.visible import visible

Role = QMessageBox.ButtonRole
Answer = TypeVar("Answer", bound=str)


def plain_tip(text: str) -> str:
    """The text for a tooltip, which shows it letter by letter."""
    if "<" not in text and "&lt;" not in text:  # in nothing else Qt sees HTML
        return text
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def plain_label(parent: QWidget | None = None) -> QLabel:
    """An empty label that takes its text literally."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def message_box(
    parent: QWidget, icon: QMessageBox.Icon, text: str, information: str = ""
) -> QMessageBox:
    """A box without buttons that takes its texts literally, line ends in `information` alone."""
    box = QMessageBox(parent)
    box.setIcon(icon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(visible(text))
    if information:
        # The format of a box is that of its first text alone.
        box.setInformativeText(" ")
        for inner in box.findChildren(QLabel):
            inner.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText("\n".join(visible(line) for line in information.split("\n")))
    return box


def ask(
    box: QMessageBox, buttons: Sequence[tuple[str, QMessageBox.ButtonRole, Answer]], enter: str
) -> Answer | None:
    """Shows the box with these buttons and Cancel, and gives the answer; None for Cancel and Esc.

    `enter` is the word on the button that Enter presses.
    """
    answers: dict[object, Answer] = {}
    for word, role, meant in buttons:
        button = _button(box, word, role)
        answers[button] = meant
        if word == enter:
            box.setDefaultButton(button)
    cancel = _button(box, "Cancel", Role.RejectRole)
    if enter == "Cancel":
        box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    answer = answers.get(box.clickedButton())
    box.deleteLater()
    return answer


def _button(box: QMessageBox, word: str, role: QMessageBox.ButtonRole) -> QPushButton:
    button: QPushButton = box.addButton(word, role)
    return button
