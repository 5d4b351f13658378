"""The parts of the file menu that follow what is there: templates and recent files."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu

from lambdaplanner.formats.templates import templates
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.frame import Frame
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.visible import visible


def fill_file_menu(window: Frame, documents: Documents) -> None:
    """Adds *New from template* and *Open recent*."""
    menu = window.menus["File"]
    before = window.qt_actions["file.save"]
    start = window.sub_menu("New from template", menu, before)
    start.setToolTipsVisible(True)
    for template in templates():
        action = start.addAction(template.title)
        action.setToolTip(plain_tip(template.description))
        action.triggered.connect(lambda _checked=False, t=template: documents.new_from(t))
    recent = window.sub_menu("Open recent", menu, before)
    recent.aboutToShow.connect(lambda: _fill_recent(recent, documents))


def _fill_recent(menu: QMenu, documents: Documents) -> None:
    menu.clear()
    for path in documents.recent():
        action = menu.addAction(visible(str(path)).replace("&", "&&"))
        action.triggered.connect(lambda _checked=False, p=path: documents.open(p))
    if menu.isEmpty():
        menu.addAction("No file was opened yet").setEnabled(False)
