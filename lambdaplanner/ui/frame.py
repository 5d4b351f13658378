"""The window without its actions: docks and status bar around the canvas, and where the keyboard
is.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QEvent, QObject, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from lambdaplanner.ui import icons
from lambdaplanner.ui.docks import (
    BELOW,
    height_below,
    is_low,
    make_docks,
    restore_widths,
    save_widths,
    share_height,
    share_width,
)
from lambdaplanner.ui.plain import plain_label, plain_tip
from lambdaplanner.ui.theme import Theme, mark
from lambdaplanner.ui.typing_keys import TypingKeys

_FIRST_SIZE = QSize(1440, 900)
_FRAME = QSize(16, 48)
"""What a desktop puts around a window: borders and a title."""


class Frame(QMainWindow):
    """Canvas, docks and status bar.

    Signals:
        painted: the window has been painted for the first time.
        came_to_front: the window has become the active one.
    """

    painted = Signal()
    came_to_front = Signal()

    def __init__(self, canvas: QWidget, theme: Theme, settings: QSettings) -> None:
        super().__init__()
        self.theme = theme
        self._settings = settings
        self._is_new = True
        self._given = 0
        """The height of the panels below, as the program gave it last."""
        self.qt_actions: dict[str, QAction] = {}
        """What a user can do, by the ids of `ui.actions`."""
        self.menus: dict[str, QMenu] = {}
        self.setObjectName("shell")
        self.setWindowTitle("Lambda Planner")
        self.setWindowIcon(icons.application_icon())
        self.setDockOptions(
            QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks
        )
        self.setCentralWidget(canvas)
        # What a view wants grows with the diagram; the panels are to keep their sizes.
        canvas.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._canvas = canvas
        self.docks = make_docks(self)
        for dock in self.docks.values():
            dock.keyboard_freed.connect(lambda: canvas.setFocus(Qt.FocusReason.OtherFocusReason))
        for name in BELOW:
            if name != "findings":
                self.docks[name].visibilityChanged.connect(self._follow_below)
        self._make_status()
        self.setAcceptDrops(True)
        TypingKeys(canvas)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._bring_into_view)
        self.resize(self._first_size())
        self.installEventFilter(self)

    def put(self, name: str, widget: QWidget) -> None:
        """Fills a dock."""
        self.docks[name].put(widget)

    def show_dock(self, name: str) -> None:
        """Brings a dock to the front."""
        self.docks[name].show()
        self.docks[name].raise_()

    def give_room(self, *, little_to_tell: bool) -> None:
        """Gives the canvas the room that the findings do not need, and takes it back where they do;
        a height that a hand gave them stays.
        """
        if self.docks["findings"].is_seen and height_below(self.docks) == self._given:
            self._share_height(low=little_to_tell)

    def _share_height(self, *, low: bool = False) -> None:
        share_height(self, self.docks, low=low)
        self._given = height_below(self.docks)

    def _follow_below(self, on_top: bool) -> None:
        """Whoever takes up another panel wants to see more of it than a line."""
        if on_top and self.isVisible() and is_low(self.docks):
            self._share_height()

    def toggle_dock(self, name: str) -> None:
        """Shows a dock in front, or hides it where it already was."""
        if self.docks[name].is_seen:
            self.docks[name].hide()
        else:
            self.show_dock(name)

    def toggle_docks(self) -> None:
        """Hides every dock, or shows them all."""
        visible = any(dock.isVisible() for dock in self.docks.values())
        for dock in self.docks.values():
            dock.setVisible(not visible)

    def step_focus(self, step: int) -> None:
        """Takes the keyboard from canvas to panel to panel and around; hidden ones are left out."""
        panels = [d.panel for d in self.docks.values() if d.is_seen and d.panel is not None]
        stops: list[QWidget] = [self._canvas, *panels]
        here = self.focusWidget()
        at = next((i for i, stop in enumerate(stops) if here and stop.isAncestorOf(here)), 0)
        for distance in range(1, len(stops)):
            wanted = _first_stop(stops[(at + step * distance) % len(stops)])
            if wanted is not None:
                wanted.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def sub_menu(self, title: str, menu: QMenu, before: QAction) -> QMenu:
        """A new menu inside another one."""
        made = QMenu(title, menu)
        menu.insertMenu(before, made)
        return made

    def tell(self, text: str, *, at_once: bool = False) -> None:
        """One line in the status bar, plain at every tone: it is as wide as the window. `at_once`
        it is painted before anything else is done.
        """
        self.status_text.setText(text)
        if at_once:
            self.status_text.repaint()

    def warn(self, text: str) -> None:
        """A lasting line beside the passing one; an empty text takes it away."""
        self.status_warning.setText(text)
        self.status_warning.setToolTip(plain_tip(text))
        self.status_warning.setVisible(bool(text))

    def restore(self) -> None:
        """Puts docks and size as they were left."""
        geometry = self._settings.value("window/geometry")
        state = self._settings.value("window/state")
        if isinstance(geometry, QByteArray):
            self.restoreGeometry(geometry)
        if isinstance(state, QByteArray):
            self._is_new = not self.restoreState(state)
        restore_widths(self.docks, self._settings)
        given = str(self._settings.value("window/given-height", ""))
        self._given = int(given) if given.isdecimal() and len(given) < 6 else 0

    def refresh_actions(self) -> None:
        """Greys out what makes no sense now; what knows the actions does it."""

    def keep(self) -> None:
        """Remembers docks and size for the next window."""
        self._settings.setValue("window/geometry", self.saveGeometry())
        self._settings.setValue("window/state", self.saveState())
        self._settings.setValue("window/given-height", self._given)
        save_widths(self.docks, self._settings)

    def _first_size(self) -> QSize:
        """As large as is good, and never larger than the screen, with its frame."""
        return _FIRST_SIZE.boundedTo(self.screen().availableGeometry().size() - _FRAME)

    def _make_status(self) -> None:
        self.status_text = plain_label(self)
        self.status_warning = plain_label(self)
        mark(self.status_warning, tone="warning")
        self.status_warning.hide()
        self.status_summary = plain_label(self)
        self.status_zoom = plain_label(self)
        self.statusBar().addWidget(self.status_text, 1)
        self.statusBar().addPermanentWidget(self.status_warning)
        self.statusBar().addPermanentWidget(self.status_summary)
        self.statusBar().addPermanentWidget(self.status_zoom)

    def _bring_into_view(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scrolls to where the keyboard is; Qt itself does so only within one scroll area."""
        if now is None or not self.isAncestorOf(now) or not now.visibleRegion().isEmpty():
            return
        part = now.parentWidget()
        while part is not None:
            if isinstance(part, QScrollArea):
                part.ensureWidgetVisible(now)
            part = part.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not `event`, inside which everything is painted: see `painting`.
        if watched is self and event.type() == QEvent.Type.Paint:
            self.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_new:
            self._is_new = False
            self._share_height(low=True)  # nothing is open yet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            share_width(self, self.docks)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.came_to_front.emit()


def _first_stop(part: QWidget) -> QWidget | None:
    """Where the keyboard was last in a part of the window, else its first stop, else what can be
    scrolled in it.
    """

    def takes(widget: QWidget, policy: Qt.FocusPolicy = Qt.FocusPolicy.TabFocus) -> bool:
        return bool(widget.focusPolicy() & policy) and widget.isEnabled() and widget.isVisible()

    last = part.focusWidget()
    if last is not None and takes(last):
        return last
    parts = (part, *part.findChildren(QWidget))
    by_tab = (widget for widget in parts if takes(widget))
    by_click = (widget for widget in parts if takes(widget, Qt.FocusPolicy.ClickFocus))
    return next(by_tab, None) or next(by_click, None)
