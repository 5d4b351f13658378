"""Pictures of the open plan: to a file, and to the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from lambdaplanner.errors import PlannerError
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.export import ExportOptions, export_plan, picture_of


class Pictures:
    """Exports what the command line would export of the same plan."""

    def __init__(self, bridge: Bridge, documents: Documents, dialogs: Dialogs) -> None:
        self._bridge = bridge
        self._documents = documents
        self._dialogs = dialogs

    def export(self) -> None:
        """Asks for a file and draws the whole plan there."""
        suggestion = (self._documents.path or Path.home() / "plan").with_suffix(".png")
        path = self._dialogs.picture_path(suggestion)
        if path is None:
            return
        try:
            export_plan(self._bridge.session.plan, self._documents.text, path, ExportOptions())
        except (PlannerError, OSError) as error:
            self._dialogs.problems(f"{path.name} could not be written.", [str(error)])
            return
        self._bridge.told.emit("ok", f"Exported {path.name}, with the plan inside")

    def copy(self) -> None:
        """Puts the picture of the whole plan on the clipboard."""
        data = picture_of(self._bridge.session.plan, self._documents.text, ExportOptions())
        QApplication.clipboard().setImage(QImage.fromData(data))
        self._bridge.told.emit("ok", "Copied the diagram as a picture")
