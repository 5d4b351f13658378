"""Pictures of the open plan: to a file, and to the clipboard."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QProgressDialog

from lambdaplanner.errors import PlannerError
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.export import ExportOptions, export_plan, picture_of

_PATIENCE_MS = 1000


class Pictures:
    """Exports what the command line would export of the same plan."""

    def __init__(
        self, bridge: Bridge, documents: Documents, dialogs: Dialogs, settings: QSettings
    ) -> None:
        self._bridge = bridge
        self._documents = documents
        self._dialogs = dialogs
        self._settings = settings

    def export(self) -> None:
        """Asks what the picture shall be like and where it goes, and draws the whole plan there."""
        plan = self._bridge.session.plan
        options = self._dialogs.picture_options(plan, self._settings)
        if options is None:
            return
        suggestion = (self._documents.path or Path.home() / "plan").with_suffix(".png")
        path = self._dialogs.picture_path(suggestion)
        if path is None:
            return
        progress = _Progress(path.name)
        try:
            made = export_plan(plan, self._documents.text, path, options, progress)
        except (PlannerError, OSError) as error:
            self._dialogs.problems(f"{path.name} could not be written.", [str(error)])
            return
        finally:
            progress.close()
        inside = ", with the plan inside" if options.with_plan and path.suffix != ".pdf" else ""
        done = f"Exported {path.name}{inside}" if made else "The export was stopped"
        self._bridge.told.emit("ok" if made else "info", done)

    def copy(self) -> None:
        """Puts the picture of the whole plan on the clipboard."""
        data = picture_of(self._bridge.session.plan, self._documents.text, ExportOptions())
        QApplication.clipboard().setImage(QImage.fromData(data))
        self._bridge.told.emit("ok", "Copied the diagram as a picture")


class _Progress:
    """Shows itself where a picture takes over a second, and can be stopped then."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._dialog: QProgressDialog | None = None
        self._clock = QElapsedTimer()
        self._clock.start()

    def __call__(self, done: float) -> bool:
        if self._dialog is None and self._clock.elapsed() > _PATIENCE_MS:
            self._dialog = QProgressDialog(f"Drawing {self._name}", "Stop", 0, 100)
            self._dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
            self._dialog.setMinimumDuration(0)
        if self._dialog is None:
            return True
        self._dialog.setValue(round(done * 100))
        QApplication.processEvents()
        return not self._dialog.wasCanceled()

    def close(self) -> None:
        """Takes it away."""
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
