"""Everything that can be drawn: dragged onto the canvas, or armed by a click and placed by the next
one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QMimeData, QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QDrag, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QWidget

from lambdaplanner.kinds import KINDS, ResourceKind
from lambdaplanner.kinds.registry import GROUPS
from lambdaplanner.ui import fonts, icons
from lambdaplanner.ui.canvas.pointer import PALETTE_MIME
from lambdaplanner.ui.panels.parts import EDGE, column, label
from lambdaplanner.ui.panels.words import icon_of
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge


_ROW = QSize(0, 27)
"""Said aloud, since the view measures rows before the style sheet reaches it."""
_PAYLOAD = Qt.ItemDataRole.UserRole
_WORDS = Qt.ItemDataRole.UserRole + 1
_TONE = Qt.ItemDataRole.UserRole + 2


class Entry(NamedTuple):
    """One thing on offer."""

    kind: str
    variant: str
    title: str
    tip: str
    icon: str
    tone: str

    @property
    def payload(self) -> str:
        """What a drag carries."""
        return f"{self.kind}:{self.variant}" if self.variant else self.kind


def entries() -> list[tuple[str, list[Entry]]]:
    """Every kind that can be added, by group."""
    offered = sorted((row for row in KINDS.values() if row.addable), key=lambda row: row.rank)
    groups = {
        title: [entry for row in offered if row.group == title for entry in _entries_of(row)]
        for title in GROUPS
    }
    return [(title, group) for title, group in groups.items() if group]


def _entries_of(row: ResourceKind) -> list[Entry]:
    slug = row.slug
    if not row.labels:
        return [Entry(slug, "", row.title, row.description, icon_of(slug), row.tone)]
    return [
        Entry(
            slug,
            variant,
            title,
            f"{title}: an interface in each of its subnets.",
            icon_of(f"{slug}-{variant}"),
            row.tone,
        )
        for variant, title in row.labels.items()
    ]


class _Tree(QTreeWidget):
    """The list; a drag carries the kind, as the canvas expects it."""

    def startDrag(self, _actions: Qt.DropAction) -> None:
        item = self.currentItem()
        payload = item.data(0, _PAYLOAD) if item is not None else None
        if item is None or not payload:
            return
        drag = QDrag(self)
        drag.setMimeData(mime_data(payload))
        ratio = self.devicePixelRatioF()
        drag.setPixmap(item.icon(0).pixmap(QSize(32, 32), ratio))
        drag.setHotSpot(QPoint(16, 16))  # below the cursor stand the words about where it may go
        drag.exec(Qt.DropAction.CopyAction)


def mime_data(payload: str) -> QMimeData:
    """What a drag of this kind carries."""
    data = QMimeData()
    data.setData(PALETTE_MIME, QByteArray(payload.encode()))
    return data


class PalettePanel(QWidget):
    """The palette. The armed kind stays marked until it is placed or Esc lets it go."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._armed = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search")
        self.search.setAccessibleName("Search the palette")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._arm_first)
        self.tree = _Tree()
        self.tree.setAccessibleName("Things to add")
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setIndentation(10)
        self.tree.setIconSize(QSize(20, 20))
        self.tree.setDragEnabled(True)
        self.tree.setExpandsOnDoubleClick(False)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = label("Nothing is called that.", "muted", wrap=True)
        self.empty.hide()
        self.hint: QLabel = label("Drag onto the canvas, or click and place.", "caption", wrap=True)
        layout = column(self, spacing=8)
        layout.setContentsMargins(8, 10, 8, 10)
        self.empty.setContentsMargins(EDGE, 0, EDGE, 0)
        self.hint.setContentsMargins(6, 0, 6, 0)
        for part in (self.search, self.empty, self.tree, self.hint):
            layout.addWidget(part)
        self._fill()
        self.tree.itemClicked.connect(self._on_click)
        self.tree.activated.connect(self._on_activated)
        bridge.placing_wanted.connect(self._on_placing)

    def set_theme(self, theme: Theme) -> None:
        """Redraws the icons."""
        self._theme = theme
        for item in self._items():
            self._draw_icon(item)

    @property
    def armed(self) -> str:
        """What the next click on the canvas places; empty: nothing."""
        return self._armed

    def _fill(self) -> None:
        for title, group in entries():
            head = QTreeWidgetItem([title])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            head.setSizeHint(0, _ROW)
            head.setFont(0, fonts.application_font(12, fonts.SEMIBOLD))
            self.tree.addTopLevelItem(head)
            for entry in group:
                item = QTreeWidgetItem([entry.title])
                item.setSizeHint(0, _ROW)
                item.setData(0, _PAYLOAD, entry.payload)
                words = f"{entry.title} {entry.kind} {entry.variant} {entry.tip} {title}"
                item.setData(0, _WORDS, words.lower())
                item.setData(0, _TONE, (entry.icon, entry.tone))
                item.setToolTip(0, plain_tip(f"{entry.title}\n{entry.tip}"))
                head.addChild(item)
                self._draw_icon(item)
            head.setExpanded(True)

    def _heads(self) -> list[QTreeWidgetItem]:
        heads = (self.tree.topLevelItem(i) for i in range(self.tree.topLevelItemCount()))
        return [head for head in heads if head is not None]

    def _items(self) -> list[QTreeWidgetItem]:
        return _children(self._heads())

    def _draw_icon(self, item: QTreeWidgetItem) -> None:
        name, tone = item.data(0, _TONE)
        item.setIcon(0, icons.icon(name, self._theme, f"{tone}.accent"))

    def _filter(self, text: str) -> None:
        words = text.lower().split()
        found = False
        for item in self._items():
            fits = all(word in item.data(0, _WORDS) for word in words)
            item.setHidden(not fits)
            found = found or fits
        for head in self._heads():
            head.setHidden(all(item.isHidden() for item in _children([head])))
        self.empty.setVisible(not found)

    def _arm_first(self) -> None:
        first = next((item for item in self._items() if not item.isHidden()), None)
        if first is not None:
            self.tree.setCurrentItem(first)
            self._arm(first.data(0, _PAYLOAD))

    def _on_click(self, item: QTreeWidgetItem) -> None:
        payload = item.data(0, _PAYLOAD)
        if not payload:
            item.setExpanded(not item.isExpanded())
        elif payload == self._armed:
            self._bridge.start_placing("")
        else:
            self._arm(payload)

    def _on_activated(self, index: QModelIndex) -> None:
        payload = index.data(_PAYLOAD)
        if payload and payload != self._armed:
            self._arm(payload)

    def _arm(self, payload: str) -> None:
        kind, _, variant = payload.partition(":")
        self._bridge.start_placing(kind, variant)

    def _on_placing(self, kind: str, variant: str) -> None:
        self._armed = f"{kind}:{variant}" if variant else kind
        armed = next((i for i in self._items() if i.data(0, _PAYLOAD) == self._armed), None)
        if armed is not None:
            self.tree.setCurrentItem(armed)
            self.hint.setText(f"Click on the canvas to place: {armed.text(0)}. Esc lets it go.")
        else:
            self.tree.setCurrentIndex(QModelIndex())
            self.tree.clearSelection()
            self.hint.setText("Drag onto the canvas, or click and place.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._armed:
            self._bridge.start_placing("")
            event.accept()
            return
        super().keyPressEvent(event)


def _children(heads: list[QTreeWidgetItem]) -> list[QTreeWidgetItem]:
    found = (head.child(place) for head in heads for place in range(head.childCount()))
    return [item for item in found if item is not None]
