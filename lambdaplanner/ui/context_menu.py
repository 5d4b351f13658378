"""The menu of a right click: the verbs of what is under the pointer, or of the empty canvas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from lambdaplanner.analysis.survey import INTERNET
from lambdaplanner.commands.duplicate import can_duplicate
from lambdaplanner.commands.links import can_connect
from lambdaplanner.commands.things import can_remove, describe
from lambdaplanner.commands.unlink import can_disconnect
from lambdaplanner.diagram.folding import more_to_say
from lambdaplanner.diagram.structure import MANAGED_IDS
from lambdaplanner.editor.quick_add import offers, put
from lambdaplanner.editor.session import Request, Session
from lambdaplanner.model.interfaces import owner_of
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.ui import icons
from lambdaplanner.ui.desk import Desk
from lambdaplanner.ui.panels.words import called, icon_of
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.quick_add import open_quick_add

Ids = tuple[str, ...]
_MOST_PROBLEMS = 4
"""So many are offered at once; the panel of findings has them all."""
_ON_CANVAS = ("view.fit", "edit.select-all", "edit.tidy-all", "edit.plan")


def answer(desk: Desk, request: Request) -> None:
    """Opens what a session asks for at a point: the menu, or the list of what may be added."""
    if request.what == "menu":
        context_menu(desk, request)
    else:
        open_quick_add(desk, request)


def context_menu(desk: Desk, request: Request) -> QMenu:
    """Opens the menu at the pointer; it holds only what can be done."""
    menu = QMenu(desk.window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    session = desk.session
    if request.id not in session.diagram.lines:
        _offer_adding(desk, request, menu)
    menu.addSeparator()
    desk.window.refresh_actions()
    names: Iterable[str] = _ON_CANVAS
    if request.id is not None:
        _offer_fixing(desk, request.id, menu)
        _offer_owner(desk, request.id, menu)
        _offer_spreading(session, request.id, menu)
        chosen = session.selection.ids
        about = session.diagram.meant(chosen if request.id in chosen else (request.id,))
        names = [name for name, possible in _VERBS.items() if possible(session, tuple(about))]
    for name in names:
        action = desk.window.qt_actions[name]
        if action.isEnabled():
            menu.addAction(action)
    menu.popup(QPoint(request.screen_x, request.screen_y))
    return menu


def _can_trace(session: Session, ids: Ids) -> bool:
    return len(ids) == 1 and any(ids[0] in session.plan.of(kind) for kind in ENDS)


def _can_survey(session: Session, ids: Ids) -> bool:
    return _can_trace(session, ids) or ids == (INTERNET,)


def _can_attach(session: Session, ids: Ids) -> bool:
    return len(ids) == 1 and ids[0] in session.plan.of("function")


def _can_join(session: Session, ids: Ids) -> bool:
    pair = len(ids) == 2 and all(name in session.plan for name in ids)
    return pair and can_connect(session.plan, *ids) is None


def _can_rename(session: Session, ids: Ids) -> bool:
    return len(ids) == 1 and ids[0] in session.plan


def _can_duplicate(session: Session, ids: Ids) -> bool:
    boxes = [name for name in ids if name in session.plan]
    return bool(boxes) and can_duplicate(session.plan, boxes) is None


def _can_delete(session: Session, ids: Ids) -> bool:
    plan, lines = session.plan, session.diagram.lines
    return any(
        can_disconnect(plan, lines[name].source, lines[name].target) is None
        if name in lines
        else can_remove(plan, name) is None
        for name in ids
    )


def _can_fit(session: Session, ids: Ids) -> bool:
    return bool(session.diagram.boxes_of(ids))


def _can_stack(session: Session, ids: Ids) -> bool:
    boxes = session.diagram.boxes_of(ids)
    return bool(boxes) and MANAGED_IDS.isdisjoint(boxes)


def _can_tidy(session: Session, ids: Ids) -> bool:
    boxes = session.diagram.boxes_of(ids)
    inside = (inner for name in boxes for inner in session.hits.inside(name))
    return any(name in session.plan.placements for name in inside)


_VERBS: dict[str, Callable[[Session, Ids], bool]] = {
    "tool.trace": _can_trace,
    "tool.reach": _can_survey,
    "tool.attach": _can_attach,
    "tool.join": _can_join,
    "edit.rename": _can_rename,
    "edit.duplicate": _can_duplicate,
    "edit.delete": _can_delete,
    "edit.tidy": _can_tidy,
    "edit.front": _can_stack,
    "edit.back": _can_stack,
    "edit.lock": _can_stack,
    "view.fit-selection": _can_fit,
    "view.fit": lambda session, ids: not _can_fit(session, ids),
}
"""What may be done to things, by action, and whether it can be done to these."""


def _offer_owner(desk: Desk, name: str, menu: QMenu) -> None:
    """An interface is what AWS makes for something: that can be shown, and worked on."""
    prefix, _, rest = name.partition(":")
    owner = rest.partition("@")[0]
    if prefix == "eni" and owner in desk.session.plan:
        action = menu.addAction(f"Show {called(desk.session.plan, owner)}")
        action.triggered.connect(lambda: desk.bridge.reveal(owner))


def _offer_spreading(session: Session, name: str, menu: QMenu) -> None:
    """What is drawn as one card can be drawn one by one, and the other way round."""
    box = session.diagram.boxes.get(name)
    if box is not None and box.members:
        action = menu.addAction(f"Show {describe(session.plan, box.members)} one by one")
        action.triggered.connect(lambda: session.spread_out(name))
        return
    thing = owner_of(name)
    alike = session.gathered(thing)
    if more_to_say(session.plan, thing):
        action = menu.addAction("Show its tables alone" if alike else "Show all its routes")
        change = session.gather if alike else session.spread_out
        action.triggered.connect(lambda: change(thing))
    elif alike:
        action = menu.addAction(f"Show {describe(session.plan, alike)} as one card")
        action.triggered.connect(lambda: session.gather(thing))


def _offer_fixing(desk: Desk, name: str, menu: QMenu) -> None:
    """What may be mended at a thing."""
    problems = desk.findings.problems_about(name)[:_MOST_PROBLEMS]
    for problem in problems:
        action = menu.addAction(icons.icon("fix", desk.theme), f"Fix {problem.name}...")
        action.setToolTip(plain_tip(problem.message))
        mend = partial(desk.fix, problem)
        action.triggered.connect(lambda _checked=False, mend=mend: mend())
    if problems:
        menu.addSeparator()


def _offer_adding(desk: Desk, request: Request, menu: QMenu) -> None:
    """What may stand at this point, as a sub menu."""
    adding = menu.addMenu(icons.icon("plus", desk.theme), "Add here")
    session = desk.session
    box = session.diagram.boxes.get(request.id or "")
    on_leaf = box is not None and box.shape != "container"
    for offer in () if on_leaf else offers(session, request.x, request.y):
        name = f"{offer.kind}-{offer.variant}" if offer.variant else offer.kind
        action = adding.addAction(icons.icon(icon_of(name), desk.theme), offer.title)
        place = partial(put, session, offer, request.x, request.y)
        action.triggered.connect(lambda _checked=False, place=place: place())
    adding.menuAction().setVisible(not adding.isEmpty())
