"""Pictures of the open plan: to a file, and to the clipboard."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QElapsedTimer, QIODevice, QMimeData, QSettings, Qt
from PySide6.QtGui import QImage, QImageReader, QStandardItemModel
from PySide6.QtWidgets import QApplication, QProgressDialog

from lambdaplanner.errors import PlannerError
from lambdaplanner.formats.reasons import what_happened, what_to_do
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.dialogs import Dialogs
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.export import export_plan, fitting, picture_of
from lambdaplanner.ui.picture.png import Progress
from lambdaplanner.ui.plain import plain_label
from lambdaplanner.ui.subject import ExportOptions, PathAsked, Subject
from lambdaplanner.visible import visible

_PATIENCE_MS = 1000
MOST_COPIED_PIXELS = 48_000_000
"""What a clipboard takes and programs paste: 192 MB once it is unpacked."""


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
        """Asks what the picture shall be like and where it goes, and draws it there."""
        plan, subject = self._bridge.session.plan, self._subject()
        options = self._dialogs.picture_options(subject, self._settings)
        if options is None:
            return
        suggestion = (self._documents.path or Path.home() / "plan").with_suffix(".png")
        path = self._dialogs.picture_path(suggestion)
        if path is None:
            return
        progress = _Progress(path.name)
        try:
            made = export_plan(plan, self._documents.text, path, options, progress, subject)
        except Exception as error:
            told = [what_happened(error), "Nothing was written.", what_to_do(error)]
            self._dialogs.problems(f"{path.name} could not be written.", told)
            return
        finally:
            progress.close()
        inside = ", with the plan inside" if options.with_plan and path.suffix != ".pdf" else ""
        done = f"Exported {path.name}{inside}" if made else "The export was stopped"
        self._bridge.told.emit("ok" if made else "info", done)

    def _subject(self) -> Subject:
        """The plan as the window has it, with what is selected and asked there."""
        bridge = self._bridge
        chosen = tuple(bridge.session.diagram.boxes_of(bridge.session.selection.ids))
        asked = bridge.question
        question = None if asked is None else PathAsked(*asked)
        return Subject(bridge.session.plan, bridge.live, chosen, question)

    def copy(self) -> None:
        """Puts the whole plan on the clipboard as PNG, SVG and YAML at once, so that each program
        takes what it can; the pixels are fewer where they would be too many for a clipboard. Says
        what was copied, or why nothing was.
        """
        progress = _Progress("the picture")
        try:
            copied = self._flavours(progress)
        except (PlannerError, MemoryError) as error:
            self._bridge.told.emit("error", f"Nothing was copied: {error or 'memory is full'}.")
            return
        finally:
            progress.close()
        if copied is None:
            self._bridge.told.emit("info", "The copy was stopped; the clipboard is as it was.")
        elif copied.image.isNull():
            text = "Nothing was copied: the picture is too large. Export it to a file."
            self._bridge.told.emit("error", text)
        else:
            self._bridge.told.emit(*_offered(copied))

    def _flavours(self, progress: Progress) -> Copied | None:
        """All that goes to the clipboard; None where `progress` stopped it."""
        plan, text = self._bridge.session.plan, self._documents.text
        subject = Subject(plan, self._bridge.live)
        options = fitting(plan, MOST_COPIED_PIXELS, subject)
        png = picture_of(plan, text, options, progress, subject=subject)
        if png is None:
            return None
        svg = picture_of(plan, text, options, ending=".svg", subject=subject)
        smaller = options.scale < ExportOptions().scale
        return Copied(read_image(png), png, svg or b"", text, smaller=smaller)


class Copied(NamedTuple):
    """One plan in the forms that programs paste."""

    image: QImage
    png: bytes
    svg: bytes
    text: str
    smaller: bool

    def mime(self) -> QMimeData:
        """The same for a clipboard; what can show pixels finds them first."""
        data = _made_by_qt()
        data.setImageData(self.image)
        data.setData("image/png", self.png)
        data.setData("image/svg+xml", self.svg)
        data.setText(self.text)
        return data


def _made_by_qt() -> QMimeData:
    """Empty, and no Python object: the clipboard keeps its data until after Python's own end, where
    one made here ends the process with a fault.
    """
    model = QStandardItemModel(1, 1)
    data = model.mimeData([model.index(0, 0)])
    data.clear()
    return data


def _offered(copied: Copied) -> tuple[str, str]:
    """Puts it on the clipboard, and says what is there then: a clipboard may refuse."""
    clipboard = QApplication.clipboard()
    clipboard.setMimeData(copied.mime())
    there = clipboard.mimeData()
    if there is None or there.text() != copied.text or not there.hasImage():
        return "error", "Nothing was copied: the clipboard did not take it. Export it to a file."
    size = f"{copied.image.width():,} x {copied.image.height():,} pixels"
    smaller = ", made smaller to fit; Export has all" if copied.smaller else ""
    return "ok", f"Copied the diagram as a picture of {size}{smaller}, as SVG and as YAML"


def read_image(data: bytes) -> QImage:
    """The pixels of a PNG of any size that memory holds; a null image where it holds not enough."""
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    before = QImageReader.allocationLimit()
    QImageReader.setAllocationLimit(0)  # it is our own picture, bounded where it is drawn
    try:
        return QImageReader(buffer, b"png").read()
    finally:
        QImageReader.setAllocationLimit(before)


class _Progress:
    """Shows itself where a picture takes over a second, and can be stopped then."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._dialog: QProgressDialog | None = None
        self._clock = QElapsedTimer()
        self._clock.start()

    def __call__(self, done: float) -> bool:
        if self._dialog is None and self._clock.elapsed() > _PATIENCE_MS:
            self._dialog = QProgressDialog("", "Stop", 0, 100)
            self._dialog.setLabel(plain_label())
            self._dialog.setLabelText(f"Drawing {visible(self._name)}")
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
