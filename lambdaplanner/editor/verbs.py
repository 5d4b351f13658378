"""What a person does to what is selected, for keys, menus and tool bar alike."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

from lambdaplanner.commands.duplicate import can_duplicate, duplicate
from lambdaplanner.commands.layout import move, tidy
from lambdaplanner.commands.links import can_connect, connect
from lambdaplanner.commands.places import called
from lambdaplanner.commands.things import (
    also_removed,
    can_remove,
    can_rename,
    describe,
    remove,
    rename,
)
from lambdaplanner.commands.unlink import can_disconnect, disconnect
from lambdaplanner.diagram.items import Line
from lambdaplanner.diagram.structure import REGION
from lambdaplanner.editor.hit_test import around
from lambdaplanner.editor.rooms import free_place, neighbours
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.spots import inner_area, placement_of
from lambdaplanner.errors import EditError
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement

_TOLD = 3
"""So many connections are told one by one when they are taken out."""
_OFF = 24
"""How far a copy would like to stand from its original."""


def undo(session: Session) -> None:
    """Takes the last step back, and says which."""
    label = session.history.undo_label
    session.undo()
    session.say("info", f"Undid: {label}")


def redo(session: Session) -> None:
    """Does the last undone step again, and says which."""
    label = session.history.redo_label
    session.redo()
    session.say("info", f"Redid: {label}")


def selected_boxes(session: Session) -> list[str]:
    """The boxes selected that no other selected one holds."""
    hits = session.hits
    chosen = {name for name in session.selection.ids if name in hits.rects}
    return [
        n for n in session.selection.ids if n in chosen and chosen.isdisjoint(hits.ancestors(n))
    ]


def delete_selected(session: Session) -> bool:
    """Deletes what is selected, lines too, as one step; what cannot go is told."""
    ids = session.meant()
    lines = [session.diagram.lines[name] for name in ids if name in session.diagram.lines]
    boxes = [name for name in ids if name not in session.diagram.lines]
    reasons = [reason for name in boxes if (reason := can_remove(session.plan, name))]
    boxes = [name for name in boxes if can_remove(session.plan, name) is None]
    for line in list(lines):
        reasons_against = (can_disconnect(session.plan, *ends) for ends in _joined(session, line))
        reason = next((one for one in reasons_against if one is not None), None)
        if reason is not None:
            reasons.append(reason)
            lines.remove(line)
    if not boxes and not lines:
        session.say("warning", reasons[0] if reasons else "")
        return False
    gone = also_removed(session.plan, boxes)

    def command(edit: Edit) -> str:
        pairs = [ends for line in lines for ends in _joined(session, line)]
        said = [disconnect(edit, *ends) for ends in pairs]
        remove(edit, boxes)
        more = f"; and {len(said) - _TOLD:,} more" if len(said) > _TOLD else ""
        return "; ".join(said[:_TOLD]) + more

    what = describe(session.plan, boxes) if boxes else "connection"
    try:
        said = session.do(f"Delete {what}", command)
    except EditError as error:
        session.say("warning", str(error))
        return False
    session.selection.clear()
    session.say("info", "; ".join(part for part in (said, gone) if part))
    return True


def _joined(session: Session, line: Line) -> list[tuple[str, str]]:
    """What a line joins, of a card that stands for several each of its members."""
    meant = session.diagram.meant
    return list(product(meant((line.source,)), meant((line.target,))))


def duplicate_selected(session: Session) -> list[str]:
    """Duplicates what is selected beside itself and selects the copies; gives their ids."""
    chosen = session.diagram.meant(selected_boxes(session))
    boxes = [name for name in chosen if name in session.plan]
    reason = can_duplicate(session.plan, boxes)
    if reason is not None:
        session.say("warning", reason)
        return []
    places = _beside(session, boxes)
    label = f"Duplicate {describe(session.plan, boxes)}"
    try:
        made = session.do(label, lambda edit: duplicate(edit, boxes, 0, 0, places))
    except EditError as error:
        session.say("warning", str(error))
        return []
    session.selection.set(made)
    return made


def _beside(session: Session, boxes: Iterable[str]) -> dict[str, Placement]:
    """Where copies come to stand: as their originals to one another, in free room near them."""
    hits = session.hits
    groups: dict[str | None, list[str]] = {}
    for name in boxes:
        if name not in hits.rects:
            continue
        groups.setdefault(hits.diagram.boxes[name].parent, []).append(name)
    places: dict[str, Placement] = {}
    for parent, names in groups.items():
        bounds = around(hits.rects[name] for name in names)
        if bounds is None:
            continue
        container = None if parent == REGION else parent
        area = None if container is None else inner_area(hits.rects[container])
        wanted = bounds._replace(x=bounds.x + _OFF, y=bounds.y + _OFF)
        room = free_place(wanted, neighbours(hits, container), area)
        dx, dy = round(room.x - bounds.x), round(room.y - bounds.y)
        for name in names:
            places[name] = placement_of(session.plan, hits, name).moved(dx, dy)
    return places


def nudge(session: Session, dx: int, dy: int) -> bool:
    """Moves what is selected by some units; strokes that follow each other are one step to undo."""
    boxes = [n for n in selected_boxes(session) if not session.diagram.boxes[n].locked]
    if not boxes:
        return False
    start = {name: placement_of(session.plan, session.hits, name) for name in boxes}
    label = f"Move {describe(session.plan, boxes)}"
    session.do(label, move(start, dx, dy), merge=("nudge", tuple(boxes)))
    return True


def tidy_selected(session: Session) -> bool:
    """Leaves the places of what is selected, and of all that is in it, to the automatic layout; all
    else stays where it is seen.
    """
    names = {inner for box in selected_boxes(session) for inner in session.hits.inside(box)}
    placed = sorted(names & _loose_places(session))
    if not placed:
        return False
    before, step = session.hits, session.next_gesture()
    session.do("Tidy", tidy(*placed), merge=step)
    session.make_room("Tidy", sorted(names), before, step)
    session.seal()
    return True


def tidy_everything(session: Session) -> bool:
    """Leaves all places to the automatic layout."""
    placed = sorted(_loose_places(session))
    if placed:
        session.do("Tidy everything", tidy(*placed))
    return bool(placed)


def _loose_places(session: Session) -> set[str]:
    """What was placed and is not locked there."""
    return {name for name, place in session.plan.placements.items() if not place.locked}


def select_all(session: Session) -> None:
    """Selects everything that a person made."""
    plan = session.plan
    session.selection.set(
        name
        for name, box in session.diagram.boxes.items()
        if name in plan or (box.members and not box.managed)
    )


def rename_to(session: Session, resource_id: str, new_id: str) -> bool:
    """Gives a thing another id; why it cannot be is told."""
    reason = can_rename(session.plan, resource_id, new_id)
    if reason is not None:
        session.say("error", reason)
        return False
    if new_id != resource_id:
        session.do(f"Rename {resource_id}", lambda edit: rename(edit, resource_id, new_id))
    return True


def connect_things(session: Session, source: str, target: str) -> bool:
    """Joins two things as a line drawn between them would; what was done, or why not, is told."""
    reason = can_connect(session.plan, source, target)
    if reason is not None:
        session.say("warning", reason)
        return False
    label = f"Connect {called(session.plan, source)} to {called(session.plan, target)}"
    session.say("ok", session.do(label, lambda edit: connect(edit, source, target)))
    return True


def walk(session: Session, step: int) -> bool:
    """Selects the next or previous sibling, in reading order; the first thing where nothing is
    selected.
    """
    hits = session.hits
    current = next(iter(session.selection.ids[-1:]), None)
    box = hits.diagram.boxes.get(current or "")
    siblings = _reading_order(session, hits.children.get(box.parent if box else None, ()))
    if not siblings:
        return False
    at = siblings.index(box.id) + step if box else (0 if step > 0 else -1)
    return _go_to(session, siblings[at % len(siblings)])


def step_in(session: Session) -> bool:
    """Selects the first thing in the selected container; of what holds nothing, the title is
    edited.
    """
    only = session.selection.only
    if only is None or only not in session.hits.rects:
        return False
    inner = _reading_order(session, session.hits.children.get(only, ()))
    if inner:
        return _go_to(session, inner[0])
    if only in session.plan:
        session.request("edit", id=only)
    elif session.diagram.boxes[only].members:
        session.spread_out(only)
    return True


def step_out(session: Session) -> bool:
    """Selects the container around what is selected; nothing where there is none."""
    only = session.selection.only
    box = session.diagram.boxes.get(only or "")
    if box is not None and box.parent is not None:
        return _go_to(session, box.parent)
    if not session.selection.ids:
        return False
    session.selection.clear()
    session.passing.show(focus=None)
    return True


def _go_to(session: Session, box_id: str) -> bool:
    session.selection.set((box_id,))
    session.passing.show(focus=box_id)
    return True


def _reading_order(session: Session, ids: Iterable[str]) -> list[str]:
    rects = session.hits.rects
    return sorted(ids, key=lambda name: (round(rects[name].y / 48), rects[name].x))
