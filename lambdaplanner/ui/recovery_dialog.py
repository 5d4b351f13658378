"""The question about work that a window left unsaved when it ended."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QMessageBox, QWidget

from lambdaplanner.state.offer import FileNow, Offer
from lambdaplanner.ui.plain import Role, ask, message_box
from lambdaplanner.visible import visible

RecoveryAnswer = Literal["take up", "look", "keep", "discard", "cancel"]

_FILE_NOW: dict[FileNow, str] = {
    "none": "It was never saved to a file.",
    "same": "The file is as this work began from it.",
    "changed": "The file was changed since this work began. A save will ask before it overwrites.",
    "broken": "The file no longer opens as a plan. A save will ask before it overwrites.",
    "gone": "The file is no longer there. A save will ask where to.",
}


def ask_about_work(parent: QWidget, offer: Offer) -> RecoveryAnswer:
    """Asks what to do with unsaved work; closing the question loses nothing."""
    icon = QMessageBox.Icon.Question
    asked = f"Take up the unsaved work on {offer.name}?"
    buttons: list[tuple[str, QMessageBox.ButtonRole, RecoveryAnswer]] = [
        ("Take up", Role.AcceptRole, "take up"),
        ("Look", Role.ActionRole, "look"),
        ("Keep for later", Role.ActionRole, "keep"),
        ("Discard", Role.DestructiveRole, "discard"),
    ]
    return ask(message_box(parent, icon, asked, explained(offer)), buttons, "Take up") or "cancel"


def explained(offer: Offer) -> str:
    """When the work was noted, where its file is and what came of that, and what would change."""
    when = offer.when.astimezone().strftime("%Y-%m-%d %H:%M")
    lines = [f"The program ended before it was saved; it was noted on {when}."]
    if offer.path is not None:
        lines.append(f"In {visible(str(offer.path.parent))}")
    lines.append(_FILE_NOW[offer.file_now])
    if offer.changes:
        lines += ["", *(visible(change) for change in offer.changes)]
    else:
        lines += ["", "It holds nothing that the file lacks."]
    return "\n".join(lines)
