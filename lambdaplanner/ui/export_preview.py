"""The picture to be, small, with the size that it will have."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lambdaplanner.errors import PlannerError
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.png import pixel_size
from lambdaplanner.ui.plain import plain_label
from lambdaplanner.ui.subject import ExportOptions, Subject

_REST_MS = 60
_SIDE = QSize(440, 330)
_MOST_BOXES = 4000
"""Beyond this a preview would take longer than people wait for one."""
_SQUARE = 8


class ExportPreview(QWidget):
    """Draws what the options ask for, a moment after they stop changing."""

    def __init__(self, subject: Subject) -> None:
        super().__init__()
        self._subject = subject
        self._options = ExportOptions()
        self.sheet = _Sheet()
        self.measured = plain_label()
        self.measured.setWordWrap(True)
        themes.mark(self.measured, role="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.sheet, 1)
        layout.addWidget(self.measured)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self.show_now)

    def show_soon(self, options: ExportOptions) -> None:
        """Takes these options; what is drawn follows."""
        self._options = options
        self._resting.start()

    def show_now(self) -> None:
        """Draws; what cannot be drawn is said instead."""
        self._resting.stop()
        subject, options = self._subject, self._options
        try:
            diagram = subject.diagram(options)
            composition = Composition(
                diagram,
                themes.THEMES[options.theme],
                subject.picture_options(options),
                highlight=subject.highlight(options),
            )
        except PlannerError as error:
            self.sheet.show_picture(QImage())
            self.measured.setText(str(error))
            return
        self.measured.setText(_measures(composition))
        if len(diagram.boxes) <= _MOST_BOXES:
            self.sheet.show_picture(self._drawn(composition))

    def _drawn(self, composition: Composition) -> QImage:
        ratio = self.devicePixelRatioF()
        room = self.sheet.size() * ratio
        page = QSize(round(composition.width), round(composition.height))
        size = page.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        image = QImage(size.expandedTo(QSize(1, 1)), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(image.width() / composition.width, image.height() / composition.height)
        composition.paint(painter)
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image


def _measures(composition: Composition) -> str:
    width, height = pixel_size(composition)
    megabytes = width * height * 4 / 1_000_000
    inches = composition.width / 96, composition.height / 96
    paper = f"{inches[0] * 25.4:,.0f} x {inches[1] * 25.4:,.0f} mm"
    return f"PNG: {width:,} x {height:,} pixels, {megabytes:,.0f} MB unpacked. PDF: {paper}."


class _Sheet(QWidget):
    """Shows an image in its middle, on squares where it is transparent."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setMinimumSize(_SIDE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")

    def show_picture(self, image: QImage) -> None:
        """Shows another one; an empty one takes it away."""
        self.image = image
        self.update()

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.image.isNull():
            return
        size = self.image.deviceIndependentSize()
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        where = QRectF(round(left), round(top), size.width(), size.height())
        painter = QPainter(self)
        painter.save()
        painter.setClipRect(where)
        _squares(painter, where)
        painter.restore()
        painter.drawImage(where.topLeft(), self.image)
        painter.setPen(self.palette().mid().color())
        painter.drawRect(where.adjusted(0, 0, -1, -1))


def _squares(painter: QPainter, where: QRectF) -> None:
    painter.fillRect(where, QColor("#ffffff"))
    for row in range(int(where.height()) // _SQUARE + 1):
        for column in range(row % 2, int(where.width()) // _SQUARE + 1, 2):
            x, y = where.left() + column * _SQUARE, where.top() + row * _SQUARE
            painter.fillRect(QRectF(x, y, _SQUARE, _SQUARE), QColor("#dcdfe6"))
