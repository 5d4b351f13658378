"""What keys mean on the canvas: one table."""

from __future__ import annotations

from collections.abc import Callable

from lambdaplanner.editor import verbs
from lambdaplanner.editor.pointer import KeyEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.snapping import GRID

Verb = Callable[[Session], object]


def pressed(session: Session, event: KeyEvent) -> bool:
    """Does what a key means; whether it means something now."""
    name = "+".join((*(m for m in ("ctrl", "alt", "shift") if m in event.modifiers), event.key))
    verb = KEYS.get(name)
    if verb is None or "meta" in event.modifiers:
        return False
    if session.tool.gesture is not None and event.key != "Esc":
        return True
    return bool(verb(session))


def _escape(session: Session) -> bool:
    """Ends the gesture, else lets the tool go, else goes out of the container."""
    if session.tool.cancel():
        return True
    if session.tool.name != "select":
        session.put_tool_down()
        return True
    return verbs.step_out(session)


def _edit(session: Session) -> bool:
    only = session.selection.only
    if only is None or only not in session.plan:
        return False
    session.request("edit", id=only)
    return True


def _nudge(dx: int, dy: int) -> Verb:
    return lambda session: verbs.nudge(session, dx, dy)


_WAYS = {"Left": (-1, 0), "Right": (1, 0), "Up": (0, -1), "Down": (0, 1)}

KEYS: dict[str, Verb] = {
    "Esc": _escape,
    "Del": verbs.delete_selected,
    "Backspace": verbs.delete_selected,
    "ctrl+D": lambda session: bool(verbs.duplicate_selected(session)),
    "F2": _edit,
    "Tab": lambda session: verbs.walk(session, 1),
    "shift+Tab": lambda session: verbs.walk(session, -1),
    "shift+Backtab": lambda session: verbs.walk(session, -1),
    "Backtab": lambda session: verbs.walk(session, -1),
    "Return": verbs.step_in,
    "Enter": verbs.step_in,
    "shift+Return": verbs.step_out,
    "shift+Enter": verbs.step_out,
    **{key: _nudge(dx, dy) for key, (dx, dy) in _WAYS.items()},
    **{f"shift+{key}": _nudge(dx * GRID, dy * GRID) for key, (dx, dy) in _WAYS.items()},
}
