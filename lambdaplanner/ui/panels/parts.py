"""What all panels are made of: labels, glyphs, icon buttons, pills, cards."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lambdaplanner.ui import fonts, icons
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.words import Word
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

EDGE = 12
"""Distance of a panel's content from its border, pixels."""


def retint(root: QWidget, theme: Theme) -> None:
    """Gives every part below `root` that has colours of its own, beside what the style sheet gives,
    those of another theme: parts with a method `retint`."""
    for part in root.findChildren(QWidget):
        take = getattr(part, "retint", None)
        if take is not None:
            take(theme)


def label(
    text: str = "",
    role: str = "",
    *,
    tone: str = "",
    wrap: bool = False,
    selectable: bool = False,
) -> QLabel:
    """A label that takes its text literally."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(40)
    if selectable:
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    properties: dict[str, str | bool] = {}
    if role:
        properties["role"] = role
    if tone:
        properties["tone"] = tone
    if properties:
        mark(made, **properties)
    return made


class ElidedLabel(QLabel):
    """One line that ends in dots where there is no room; the whole text is its tooltip."""

    def __init__(self, text: str = "", role: str = "", *, grows: bool = True) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        wide = QSizePolicy.Policy.Ignored if grows else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        if role:
            mark(self, role=role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(plain_tip(text))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        room, right = self.contentsRect(), Qt.TextElideMode.ElideRight
        shown = self.fontMetrics().elidedText(self.text(), right, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)


class Glyph(QWidget):
    """One icon, in a colour of the theme."""

    def __init__(self, name: str, theme: Theme, colour: str = "muted", size: int = 18) -> None:
        super().__init__()
        self._name = name
        self._theme = theme
        self._colour = colour
        self._side = size
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, colour: str) -> None:
        """Shows another drawing."""
        if (name, colour) != (self._name, self._colour):
            self._name, self._colour = name, colour
            self.update()

    def retint(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        tint = self._theme.hex(self._colour)
        painter.drawPixmap(0, 0, icons.sprite(self._name, tint, self._side, ratio))


class IconButton(QToolButton):
    """A button with an icon, named by its tooltip."""

    def __init__(
        self, name: str, tip: str, theme: Theme, *, text: str = "", colour: str = "muted"
    ) -> None:
        super().__init__()
        self._name = name
        self._colour = colour
        self.setToolTip(plain_tip(tip))
        # Who names a button by voice says what stands on it.
        self.setAccessibleName(text or tip)
        self.setAccessibleDescription(tip if text else "")
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if text:
            self.setText(text)
            self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.retint(theme)

    def retint(self, theme: Theme) -> None:
        self.setIcon(icons.icon(self._name, theme, self._colour, "accent_text"))


class Pill(QWidget):
    """A state as glyph and word on a soft ground; never by colour alone."""

    def __init__(self, theme: Theme, word: Word | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._word = word or Word("muted", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._font = fonts.application_font(12, fonts.MEDIUM)
        self.show_word(self._word)

    @property
    def word(self) -> Word:
        """What it shows."""
        return self._word

    def show_word(self, word: Word) -> None:
        """Shows another state."""
        self._word = word
        self.setAccessibleName(word.text)
        self.updateGeometry()
        self.update()

    def retint(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        wide = QFontMetricsF(self._font).horizontalAdvance(self._word.text)
        return QSize(round(wide) + 33, 22)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @guarded
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, tone = self._theme, self._word.tone
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(f"{tone}.soft"))
        painter.drawRoundedRect(QRectF(self.rect()), 11, 11)
        glyph = "blocked" if tone == "muted" else tone
        sprite = icons.sprite(glyph, theme.hex(f"{tone}.solid"), 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(6, 4), sprite)
        painter.setFont(self._font)
        painter.setPen(theme.colour(f"{tone}.foreground"))
        place = QRectF(24, 0, self.width() - 24, self.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._word.text)


class Card(QFrame):
    """A framed block with a column inside."""

    def __init__(self, tone: str = "") -> None:
        super().__init__()
        mark(self, role="card")
        if tone:
            mark(self, tone=tone)
        self.column = column(self, spacing=6)
        self.column.setContentsMargins(12, 10, 12, 10)


def divider() -> QFrame:
    """A thin line."""
    line = QFrame()
    mark(line, role="divider")
    return line


def row(*parts: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Parts side by side; a number is stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made


def column(parent: QWidget | None = None, *, spacing: int = 8, edge: int = 0) -> QVBoxLayout:
    """A column without borders of its own."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(edge, edge, edge, edge)
    made.setSpacing(spacing)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    area.setWidget(content)
    return area


def emptied(layout: QLayout) -> None:
    """Takes everything out of a layout, for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            emptied(inner)


def height_at(widget: QWidget, width: int) -> int:
    """How high what a layout holds is at a width, also before it is shown."""
    layout = widget.layout()
    assert layout is not None
    layout.invalidate()
    if layout.hasHeightForWidth():
        return layout.totalHeightForWidth(width)
    return layout.totalSizeHint().height()
