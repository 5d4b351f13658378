"""A layout that puts parts side by side and goes on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

from lambdaplanner.ui.panels.parts import label, row


class Flow(QLayout):
    """Parts from left to right, wrapped; those that like to grow share what a line leaves over."""

    def __init__(self, parent: QWidget | None = None, *, spacing: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item in line)
            if move:
                self._place_line(line, QRect(rect.x(), y, rect.width(), height))
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        """What stands in which line."""
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            needed = item.sizeHint().width() + self.spacing()
            if not lines or needed > room + self.spacing():
                lines.append([])
                room = width
            lines[-1].append(item)
            room -= needed
        return lines

    def _place_line(self, line: list[QLayoutItem], room: QRect) -> None:
        wide = [min(item.sizeHint().width(), room.width()) for item in line]
        over = room.width() - sum(wide) - self.spacing() * (len(line) - 1)
        growing = [at for at, item in enumerate(line) if _grows(item)]
        for at in growing if over > 0 else ():
            wide[at] += over // len(growing)
        x = room.x()
        for item, width in zip(line, wide, strict=True):
            height = item.sizeHint().height()
            top = room.y() + (room.height() - height) // 2
            item.setGeometry(QRect(x, top, width, height))
            x += width + self.spacing()


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def captioned(text: str, *parts: QWidget) -> QWidget:
    """Parts that stand behind a word and stay together; the first one grows."""
    made = QWidget()
    line = row(label(text, "muted"), *parts)
    line.setStretch(1, 1)
    made.setLayout(line)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made
