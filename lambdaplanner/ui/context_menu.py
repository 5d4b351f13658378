"""The menu of a right click: the verbs of what is under the pointer, or of the empty canvas."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from lambdaplanner.commands.things import can_add
from lambdaplanner.editor.session import Request
from lambdaplanner.kinds import KINDS
from lambdaplanner.ui import icons

if TYPE_CHECKING:
    from lambdaplanner.ui.workbench import Workbench

_ON_THINGS = ("tool.trace", "tool.attach", "edit.rename", "edit.duplicate", "edit.delete")
_ON_CANVAS = ("view.fit", "edit.select-all", "edit.plan")


def context_menu(workbench: Workbench, request: Request) -> QMenu:
    """Opens the menu at the pointer."""
    menu = QMenu(workbench.window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _offer_adding(workbench, request, menu)
    menu.addSeparator()
    workbench.window.refresh_actions()
    for name in _ON_THINGS if request.id is not None else _ON_CANVAS:
        action = workbench.window.qt_actions[name]
        if action.isEnabled():
            menu.addAction(action)
    menu.popup(QPoint(request.screen_x, request.screen_y))
    return menu


def _offer_adding(workbench: Workbench, request: Request, menu: QMenu) -> None:
    """What may stand at this point, as a sub menu."""
    adding = menu.addMenu(icons.icon("plus", workbench.theme), "Add here")
    plan = workbench.session.plan
    for kind in KINDS.values():
        if not kind.addable or can_add(plan, kind.slug, request.id, "") is not None:
            continue
        variants = kind.labels or {"": kind.title}
        for variant, title in variants.items():
            name = f"{kind.slug}-{variant}" if variant else kind.slug
            action = adding.addAction(icons.icon(name, workbench.theme), title)
            place = partial(workbench.session.drop_kind, kind.slug, variant, request.x, request.y)
            action.triggered.connect(lambda _checked=False, place=place: place())
    adding.menuAction().setVisible(not adding.isEmpty())
