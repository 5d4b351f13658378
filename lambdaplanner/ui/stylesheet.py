"""The application's style sheet, in pixels, filled with the colours of a theme.

Widgets ask for a special look by property: ``kind="primary|danger|quiet|tile"`` on buttons,
``role="title|section|caption|muted|error|code"`` and ``tone="ok|warning|error|info|muted"`` on
labels, ``role="card|divider"`` on frames, ``role="boxed"`` on lists, ``invalid="true"`` on fields.
`theme.mark` sets them, and the fonts of labels: a sheet reaches no weight of a variable font.
"""

from __future__ import annotations

from functools import cache
from string import Template

from lambdaplanner import assets
from lambdaplanner.ui.theme_colours import Colours, StateColours, by_name


@cache
def _sheet() -> Template:
    return Template(_BASE + _BUTTONS + _FIELDS + _CHOICES + _LISTS + _MENUS + _PARTS)


def stylesheet(colours: Colours, *, dark: bool) -> str:
    """The whole sheet for one set of colours."""
    names = {name: _css(value) for name, value in by_name(colours).items() if "." not in name}
    names["menu"] = colours.raised if dark else colours.surface
    names["field"] = colours.window if dark else colours.surface
    names["icons"] = assets.icon_folder().as_posix()
    names["error"] = colours.states["error"].solid
    names["error_soft"] = colours.states["error"].soft
    names["error_text"] = colours.states["error"].foreground
    return _sheet().substitute(names) + "".join(
        _state_rules(name, look) for name, look in colours.states.items()
    )


def _state_rules(name: str, look: StateColours) -> str:
    return (
        f'QLabel[tone="{name}"] {{ color: {look.foreground}; background: {look.soft};'
        f" border-radius: 9px; padding: 2px 9px; min-height: 16px; }}\n"
        f'QFrame[role="card"][tone="{name}"] {{ background: {look.soft};'
        f" border: 1px solid {look.solid}; }}\n"
        f'QProgressBar[tone="{name}"]::chunk {{ background: {look.solid}; }}\n'
    )


def _css(value: str) -> str:
    if len(value) != 9:
        return value
    alpha, red, green, blue = (int(value[at : at + 2], 16) for at in (1, 3, 5, 7))
    return f"rgba({red}, {green}, {blue}, {alpha / 255:.3f})"


_BASE = """
QWidget { color: $text; }
QMainWindow, QDialog, QMessageBox, QWizard { background: $window; }
QMainWindow::separator { background: $divider; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $focus; }
QSplitter::handle { background: $divider; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $focus; }
QToolTip { color: $tooltip_text; background: $tooltip; border: 1px solid $tooltip;
  border-radius: 6px; padding: 5px 8px; font-size: 12px; }
QLabel { background: transparent; }
QLabel:disabled, QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QLabel[role="section"], QLabel[role="muted"], QLabel[role="caption"] { color: $muted; }
QLabel[role="error"] { color: $error_text; }
QFrame[role="card"] { background: $surface; border: 1px solid $divider; border-radius: 8px; }
QFrame[role="divider"] { background: $divider; border: none; min-height: 1px; max-height: 1px; }
QScrollArea, QStackedWidget { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QGroupBox { border: none; margin-top: 24px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; left: 0; top: 2px; color: $text; }
"""

_BUTTONS = """
QPushButton { background: $raised; border: 1px solid $outline; border-radius: 6px;
  padding: 5px 12px; min-height: 18px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border: 2px solid $focus; padding: 4px 11px; }
QPushButton:disabled { color: $disabled; background: $window; border-color: $divider; }
QPushButton:default, QPushButton[kind="primary"] { color: $on_accent; background: $accent;
  border-color: $accent; }
QPushButton:default:hover, QPushButton[kind="primary"]:hover { background: $accent_hover;
  border-color: $accent_hover; }
QPushButton:default:pressed, QPushButton[kind="primary"]:pressed { background: $accent_pressed;
  border-color: $accent_pressed; }
QPushButton:default:focus, QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton:default:disabled, QPushButton[kind="primary"]:disabled { color: $disabled;
  background: $pressed; border-color: $pressed; }
QPushButton[kind="danger"] { color: $error_text; background: $error_soft;
  border-color: $error_soft; }
QPushButton[kind="danger"]:hover { border-color: $error; }
QPushButton[kind="danger"]:focus { border: 2px solid $error; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent;
  color: $accent_text; }
QPushButton[kind="quiet"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:focus { border: 2px solid $focus; }
QPushButton[kind="tile"] { background: $surface; border: 1px solid $divider;
  border-radius: 8px; padding: 0; }
QPushButton[kind="tile"]:hover { background: $hover; border-color: $outline; }
QPushButton[kind="tile"]:focus { border: 2px solid $focus; }
QPushButton::menu-indicator { image: url("$icons/control-chevron-down.svg"); width: 14px;
  subcontrol-position: right center; right: 6px; }
QToolBar { background: $surface; border: none; border-bottom: 1px solid $divider;
  padding: 5px 8px; spacing: 2px; }
QToolBar::separator:horizontal { background: $divider; width: 1px; margin: 5px 6px; }
QToolBar::separator:vertical { background: $divider; height: 1px; margin: 6px 5px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_soft; color: $accent_text; }
QToolButton:focus { border: 1px solid $focus; }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton::menu-button { border: none; width: 16px; border-top-right-radius: 6px;
  border-bottom-right-radius: 6px; }
QToolButton::menu-button:hover { background: $pressed; }
QToolButton::menu-arrow, QToolButton::menu-indicator {
  image: url("$icons/control-chevron-down.svg"); width: 12px; height: 12px; }
QToolBarExtension { qproperty-icon: url("$icons/control-more.svg"); }
"""

# Numbers stand right: Qt ignores the left padding of a styled spin box.
_FIELDS = """
QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit { background: $field;
  border: 1px solid $outline; border-radius: 6px; padding: 4px 8px;
  selection-background-color: $accent; selection-color: $on_accent;
  placeholder-text-color: $placeholder; }
QLineEdit, QAbstractSpinBox, QComboBox { min-height: 20px; }
QLineEdit:hover, QAbstractSpinBox:hover, QComboBox:hover { border-color: $placeholder; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on, QPlainTextEdit:focus,
QTextEdit:focus { border: 2px solid $focus; padding: 3px 7px; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled,
QTextEdit:disabled { color: $disabled; background: $window; border-color: $divider; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $window;
  border-color: $divider; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"],
QPlainTextEdit[invalid="true"], QTextEdit[invalid="true"] { border: 1px solid $error;
  background: $error_soft; }
QLineEdit[invalid="true"]:focus, QAbstractSpinBox[invalid="true"]:focus,
QComboBox[invalid="true"]:focus, QPlainTextEdit[invalid="true"]:focus,
QTextEdit[invalid="true"]:focus { border: 2px solid $error; }
QAbstractItemView QLineEdit, QAbstractItemView QAbstractSpinBox, QAbstractItemView QComboBox {
  border-radius: 0; padding: 0 6px; min-height: 0; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; padding: 0; margin: 0;
  min-height: 0; background: transparent; }
QAbstractSpinBox { qproperty-alignment: "AlignRight | AlignVCenter"; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px;
  subcontrol-origin: border; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin: 2px 2px 0 0;
  border-top-right-radius: 4px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin: 0 2px 2px 0;
  border-bottom-right-radius: 4px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed {
  background: $pressed; }
QAbstractSpinBox::up-arrow { image: url("$icons/control-chevron-up.svg"); width: 11px;
  height: 11px; }
QAbstractSpinBox::down-arrow { image: url("$icons/control-chevron-down.svg"); width: 11px;
  height: 11px; }
QComboBox { padding-right: 24px; }
QComboBox:focus, QComboBox:on { padding-right: 23px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-origin: border;
  subcontrol-position: center right; }
QComboBox::down-arrow { image: url("$icons/control-chevron-down.svg"); width: 14px;
  height: 14px; }
QComboBox QAbstractItemView { background: $menu; border: 1px solid $outline; border-radius: 0;
  padding: 4px; outline: none; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 8px; border-radius: 5px; }
"""

_CHOICES = """
QCheckBox, QRadioButton { spacing: 8px; padding: 2px; border: 1px solid transparent;
  border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator,
QGroupBox::indicator { width: 14px; height: 14px; border: 1px solid $placeholder;
  border-radius: 4px; background: $field; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked,
QGroupBox::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/control-check.svg"); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
  background: $accent; border-color: $accent; image: url("$icons/control-dash.svg"); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent;
  image: url("$icons/control-dot.svg"); }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $pressed;
  border-color: $pressed; }
QSlider { min-height: 22px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $meter_track; }
QSlider::sub-page:horizontal { height: 4px; border-radius: 2px; background: $accent; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
  background: #ffffff; border: 1px solid $accent; }
QSlider::handle:horizontal:hover { background: $accent_soft; }
QSlider::handle:horizontal:pressed { background: $accent; }
QSlider::handle:horizontal:focus { border: 3px solid $focus; width: 10px; height: 10px; }
QSlider::sub-page:horizontal:disabled { background: $disabled; }
QSlider::handle:horizontal:disabled { background: $window; border-color: $disabled; }
QProgressBar { background: $meter_track; border: none; border-radius: 3px; max-height: 6px;
  min-height: 6px; color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
"""

_LISTS = """
QAbstractItemView { background: $surface; alternate-background-color: $window; border: none;
  outline: none; selection-background-color: $accent_soft; selection-color: $text; }
QListView[role="boxed"], QTreeView[role="boxed"], QTableView[role="boxed"] {
  border: 1px solid $divider; border-radius: 8px; }
QListView::item, QTreeView::item { min-height: 26px; padding: 1px 6px; color: $text; }
QListView::item { border-radius: 5px; margin: 0 4px; }
QTableView { gridline-color: $divider; }
QTableView::item { padding: 0 8px; border: none; }
QListView::item:hover, QTreeView::item:hover, QTableView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected,
QTreeView::branch:selected { background: $accent_soft; color: $text; }
QTreeView::branch:hover:!selected { background: $hover; }
QTableView::item:focus { border: 2px solid $focus; padding: 0 6px; }
QListView::item:disabled, QTreeView::item:disabled { color: $disabled; }
QTreeView::branch:has-children:closed { image: url("$icons/control-branch-closed.svg"); }
QTreeView::branch:has-children:open { image: url("$icons/control-branch-open.svg"); }
QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $divider; padding: 6px 8px; text-align: left; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url("$icons/control-chevron-up.svg"); width: 12px; }
QHeaderView::down-arrow { image: url("$icons/control-chevron-down.svg"); width: 12px; }
QTableCornerButton::section { background: $surface; border: none; }
"""

_MENUS = """
QMenuBar { background: $surface; padding: 2px 6px; border-bottom: 1px solid $divider; }
QMenuBar::item { background: transparent; padding: 5px 9px; border-radius: 5px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $menu; border: 1px solid $outline; padding: 5px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; margin: 0; }
QMenu::icon { padding-left: 10px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $disabled; background: transparent; }
QMenu::separator { height: 1px; background: $divider; margin: 5px 8px; }
QMenu::right-arrow { image: url("$icons/control-chevron-right.svg"); width: 14px; height: 14px;
  right: 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 8px; border-radius: 4px; }
QMenu::indicator:non-exclusive:unchecked { border: 1px solid $placeholder; }
QMenu::indicator:non-exclusive:checked { background: $accent; border: 1px solid $accent;
  image: url("$icons/control-check.svg"); }
QMenu::indicator:exclusive:checked { background: $accent; border: 1px solid $accent;
  border-radius: 8px; image: url("$icons/control-dot.svg"); }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 11px; }
QScrollBar:horizontal { height: 11px; }
QScrollBar::handle { background: $scroll; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px 2px 2px 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px 2px 2px 2px; }
QScrollBar::handle:hover { background: $scroll_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
"""

_PARTS = """
QDockWidget { titlebar-close-icon: url("$icons/control-close.svg");
  titlebar-normal-icon: url("$icons/control-float.svg"); }
QDockWidget > QWidget { background: $surface; }
QDockWidget::title { background: $surface; padding: 9px 12px; text-align: left;
  border-bottom: 1px solid $divider; }
QDockWidget::close-button, QDockWidget::float-button { border: none; border-radius: 4px;
  padding: 0; width: 18px; height: 18px; icon-size: 14px; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $pressed; }
QTabWidget::pane { border: none; border-top: 1px solid $divider; background: $surface; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none;
  border-bottom: 2px solid transparent; padding: 7px 4px 6px 4px; margin: 0 8px; }
QTabBar::tab:hover { color: $text; border-bottom-color: $outline; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { color: $accent_text; border-bottom-color: $focus; }
QTabBar::tab:disabled { color: $disabled; }
QTabBar::close-button { image: url("$icons/control-close.svg"); }
QStatusBar { background: $surface; border-top: 1px solid $divider; color: $muted; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; padding: 0 8px; }
QGraphicsView { background: $canvas; border: none; }
QScrollArea#start-page { background: $canvas; }
"""
