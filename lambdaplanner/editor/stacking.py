"""Who stands in front of whom, and what no hand moves."""

from __future__ import annotations

from lambdaplanner.commands.layout import in_front, say_all
from lambdaplanner.commands.things import describe
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.spots import placement_of
from lambdaplanner.editor.verbs import selected_boxes


def stack_selected(session: Session, *, back: bool = False) -> bool:
    """Puts what is selected in front of its siblings, or behind them, in one step to undo."""
    boxes = selected_boxes(session)
    if not boxes:
        return False
    hits = session.hits
    parents = {hits.diagram.boxes[name].parent for name in boxes}
    siblings = [name for parent in parents for name in hits.children.get(parent, ())]
    seen = {name: placement_of(session.plan, hits, name) for name in boxes}
    way = "Send to back" if back else "Bring to front"
    session.do(
        f"{way}: {describe(session.plan, boxes)}", in_front(boxes, seen, siblings, back=back)
    )
    return True


def all_locked(session: Session) -> bool:
    """Whether everything that is selected is locked."""
    boxes = selected_boxes(session)
    return bool(boxes) and all(session.diagram.boxes[name].locked for name in boxes)


def lock_selected(session: Session) -> bool:
    """Locks what is selected where it is seen, so that no hand moves it; unlocks what is locked."""
    boxes = selected_boxes(session)
    if not boxes:
        return False
    locked = not all_locked(session)
    places = {
        name: placement_of(session.plan, session.hits, name)._replace(locked=locked)
        for name in boxes
    }
    word = "Lock" if locked else "Unlock"
    session.do(f"{word} {describe(session.plan, boxes)}", say_all(places))
    return True
