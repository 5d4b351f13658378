"""The main window before and after the engine is there: menus and tool bar around the frame.

It is shown at once with an empty canvas; the workbench, which needs networkx and the analysis, is
loaded after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence
from PySide6.QtWidgets import QToolBar, QWidget

from lambdaplanner.ui import icons
from lambdaplanner.ui.actions import ACTIONS, MENUS, Action
from lambdaplanner.ui.frame import Frame
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.desk import Desk


class Shell(Frame):
    """The window of the program."""

    def __init__(self, canvas: QWidget, theme: Theme, settings: QSettings) -> None:
        super().__init__(canvas, theme, settings)
        self._desk: Desk | None = None
        self._may_close: Callable[[], bool] = lambda: True
        self._make_actions()
        self._make_tool_bar()

    def attach(self, desk: Desk, may_close: Callable[[], bool]) -> None:
        """Gives the actions something to act on; `may_close` asks about unsaved work."""
        self._desk = desk
        self._may_close = may_close
        self.refresh_actions()

    def refresh_actions(self) -> None:
        """Greys out what makes no sense now, ticks what is on, names what undo would take back."""
        desk = self._desk
        for row in ACTIONS:
            action = self.qt_actions[row.id]
            action.setEnabled(desk is not None and row.enabled(desk))
            if row.checked is not None and desk is not None:
                action.setChecked(row.checked(desk))
        if desk is not None:
            history = desk.session.history
            self._name("edit.undo", "Undo", history.undo_label)
            self._name("edit.redo", "Redo", history.redo_label)

    def set_theme(self, theme: Theme) -> None:
        """Redraws the icons of menus and tool bar."""
        self.theme = theme
        for row in ACTIONS:
            if row.icon:
                self.qt_actions[row.id].setIcon(icons.icon(row.icon, theme))

    def _make_actions(self) -> None:
        for name in MENUS:
            self.menus[name] = self.menuBar().addMenu(f"&{name}")
        for row in ACTIONS:
            action = self._make_action(row)
            menu = self.menus[row.menu]
            if row.separator:
                menu.addSeparator()
            menu.addAction(action)

    def _make_action(self, row: Action) -> QAction:
        action = QAction(row.text, self)
        action.setObjectName(row.id)
        action.setShortcuts([QKeySequence(key) for key in row.keys])
        action.setToolTip(plain_tip(f"{row.tip} ({row.keys[0]})" if row.keys else row.tip))
        action.setStatusTip(row.tip)
        action.setCheckable(row.checked is not None)
        if row.icon:
            action.setIcon(icons.icon(row.icon, self.theme))
        if row.canvas_only:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self._canvas.addAction(action)
        action.triggered.connect(lambda _checked=False, row=row: self._run(row))
        self.qt_actions[row.id] = action
        return action

    def _run(self, row: Action) -> None:
        if self._desk is not None:
            row.run(self._desk)
            self.refresh_actions()

    def _make_tool_bar(self) -> None:
        bar = QToolBar("Tools", self)
        bar.setObjectName("tool-bar")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        menu = ""
        for row in ACTIONS:
            if row.tool_bar:
                if menu and row.menu != menu:
                    bar.addSeparator()
                menu = row.menu
                bar.addAction(self.qt_actions[row.id])
        self.addToolBar(bar)
        self.tool_bar = bar

    def _name(self, action_id: str, word: str, label: str) -> None:
        self.qt_actions[action_id].setText(
            f"{word} {label[:1].lower()}{label[1:]}" if label else word
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()  # and so it stays where anything below fails
        if not self._may_close():
            return
        self.keep()
        event.accept()
