"""The menu of a right click: the verbs of what is under the pointer, or of the empty canvas."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from lambdaplanner.editor.quick_add import offers, put
from lambdaplanner.editor.session import Request
from lambdaplanner.ui import icons
from lambdaplanner.ui.panels.words import icon_of
from lambdaplanner.ui.quick_add import open_quick_add

if TYPE_CHECKING:
    from lambdaplanner.ui.workbench import Workbench

_ON_THINGS = (
    "tool.trace",
    "tool.reach",
    "tool.attach",
    "edit.rename",
    "edit.duplicate",
    "edit.delete",
)
_MOST_PROBLEMS = 4
"""So many are offered at once; the panel of findings has them all."""
_ON_CANVAS = ("view.fit", "edit.select-all", "edit.plan")


def answer(workbench: Workbench, request: Request) -> None:
    """Opens what a session asks for at a point: the menu, or the list of what may be added."""
    if request.what == "menu":
        context_menu(workbench, request)
    else:
        open_quick_add(workbench, request)


def context_menu(workbench: Workbench, request: Request) -> QMenu:
    """Opens the menu at the pointer."""
    menu = QMenu(workbench.window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _offer_adding(workbench, request, menu)
    menu.addSeparator()
    if request.id is not None:
        _offer_fixing(workbench, request.id, menu)
    workbench.window.refresh_actions()
    for name in _ON_THINGS if request.id is not None else _ON_CANVAS:
        action = workbench.window.qt_actions[name]
        if action.isEnabled():
            menu.addAction(action)
    menu.popup(QPoint(request.screen_x, request.screen_y))
    return menu


def _offer_fixing(workbench: Workbench, name: str, menu: QMenu) -> None:
    """What may be mended at a thing."""
    problems = workbench.findings.problems_about(name)[:_MOST_PROBLEMS]
    for problem in problems:
        action = menu.addAction(icons.icon("fix", workbench.theme), f"Fix {problem.name}...")
        action.setToolTip(problem.message)
        mend = partial(workbench.fixing.open, problem)
        action.triggered.connect(lambda _checked=False, mend=mend: mend())
    if problems:
        menu.addSeparator()


def _offer_adding(workbench: Workbench, request: Request, menu: QMenu) -> None:
    """What may stand at this point, as a sub menu."""
    adding = menu.addMenu(icons.icon("plus", workbench.theme), "Add here")
    session = workbench.session
    box = session.diagram.boxes.get(request.id or "")
    on_leaf = box is not None and box.shape != "container"
    for offer in () if on_leaf else offers(session, request.x, request.y):
        name = f"{offer.kind}-{offer.variant}" if offer.variant else offer.kind
        action = adding.addAction(icons.icon(icon_of(name), workbench.theme), offer.title)
        place = partial(put, session, offer, request.x, request.y)
        action.triggered.connect(lambda _checked=False, place=place: place())
    adding.menuAction().setVisible(not adding.isEmpty())
