"""A list at the pointer of what may be added there: type to narrow it down, Enter adds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListWidget, QListWidgetItem

from lambdaplanner.commands.links import can_connect
from lambdaplanner.commands.places import called
from lambdaplanner.editor import quick_add
from lambdaplanner.editor.quick_add import Offer
from lambdaplanner.editor.session import Request
from lambdaplanner.editor.spots import places_at
from lambdaplanner.kinds import kind_named
from lambdaplanner.ui import icons
from lambdaplanner.ui.desk import Desk
from lambdaplanner.ui.panels.parts import column, label
from lambdaplanner.ui.panels.words import icon_of, sentence
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import mark

_WIDTH = 260
_ROW = 28
_MOST_ROWS = 11
_OFFER = Qt.ItemDataRole.UserRole
_TO_LIST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


def open_quick_add(desk: Desk, request: Request) -> QuickAdd | None:
    """Opens the list at the pointer; where nothing may be added, says so instead."""
    session = desk.session
    found = quick_add.offers(session, request.x, request.y, request.id)
    if not found:
        desk.tell("warning", sentence(_nothing(desk, request)))
        return None
    popup = QuickAdd(desk, request, found)
    popup.open_at(QPoint(request.screen_x, request.screen_y))
    return popup


def _nothing(desk: Desk, request: Request) -> str:
    """Why there is nothing to offer."""
    session = desk.session
    if request.id is None:
        return "nothing can be added here"
    places = places_at(session.hits, request.x, request.y)
    if places and places[0] in session.plan:
        reason = can_connect(session.plan, request.id, places[0])
        if reason is not None:
            return reason
    return f"nothing that {called(session.plan, request.id)} is connected to can stand here"


class QuickAdd(QFrame):
    """The list. It goes when something is chosen, with Esc, and by a click elsewhere."""

    def __init__(self, desk: Desk, request: Request, found: list[Offer]) -> None:
        super().__init__(desk.window, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("quick-add")
        self.setAccessibleName("Add here")
        mark(self, role="card")
        self._desk = desk
        self._request = request
        self._found = found
        self.search = QLineEdit()
        self.search.setPlaceholderText("Type to search")
        self.search.setAccessibleName("What to add")
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._take_current)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("What may be added here")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(20, 20))
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.itemClicked.connect(self._take)
        self.empty = label("Nothing is called that.", "muted", wrap=True)
        layout = column(self, spacing=6, edge=8)
        title = "Add here"
        if request.id is not None:
            title = f"Add here, connected to {called(desk.session.plan, request.id)}"
        for part in (label(title, "caption", wrap=True), self.search, self.empty, self.list):
            layout.addWidget(part)
        self.setFixedWidth(_WIDTH)
        self.list.setFixedHeight(_ROW * min(len(found), _MOST_ROWS) + 6)
        self._fill("")

    def open_at(self, where: QPoint) -> None:
        """Shows the list with its corner at a point of the screen, moved in where it would leave
        it.
        """
        self.adjustSize()
        screen = QGuiApplication.screenAt(where) or QGuiApplication.primaryScreen()
        area = screen.availableGeometry()
        left = min(where.x(), area.right() - self.width())
        top = min(where.y(), area.bottom() - self.height())
        self.move(max(left, area.left()), max(top, area.top()))
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fill(self, text: str) -> None:
        theme = self._desk.theme
        self.list.clear()
        for offer in quick_add.matching(self._found, text):
            name = f"{offer.kind}-{offer.variant}" if offer.variant else offer.kind
            tone = kind_named(offer.kind).tone
            item = QListWidgetItem(
                icons.icon(icon_of(name), theme, f"{tone}.accent"), offer.title, self.list
            )
            item.setSizeHint(QSize(0, _ROW))
            item.setToolTip(plain_tip(kind_named(offer.kind).description))
            item.setData(_OFFER, offer)
        self.list.setCurrentRow(0)
        self.empty.setVisible(self.list.count() == 0)

    def _take_current(self) -> None:
        """Adds by the keyboard: it is at the new thing then, which is brought into view."""
        item = self.list.currentItem()
        made = self._take(item) if item is not None else ""
        if made:
            self._desk.session.passing.show(focus=made)
            self._desk.view.reveal(made)
            self._desk.view.follow_keyboard()

    def _take(self, item: QListWidgetItem) -> str:
        offer: Offer = item.data(_OFFER)
        request, session = self._request, self._desk.session
        self.close()
        made = quick_add.put(session, Offer(*offer), request.x, request.y, request.id)
        self._desk.view.setFocus()
        return made

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the field keeps the focus; Tab stays here."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _TO_LIST:
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            event.accept()
            return
        super().keyPressEvent(event)
