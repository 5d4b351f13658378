"""Where two states of what passes over the diagram look different."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.editor.transient import Transient
from lambdaplanner.ui.canvas.grid import Bounds, bounds_around, bounds_of
from lambdaplanner.ui.canvas.tree import DiagramTree, reach_of

_TAG = (510.0, 60.0)
_GUIDE = 80.0
"""Room of words beside the cursor, and of a measure beside a guide, pixels."""
_ONE_BOX = ("hover", "focus", "ports")


def differing(
    before: Transient, after: Transient, tree: DiagramTree, zoom: float
) -> Iterator[Bounds]:
    """What is to be painted anew between the two; a path is another matter, as it dims the rest."""
    for key in _marked_anew(before, after):
        bounds = reach_of(tree, key)
        if bounds is not None:
            yield bounds
    for name in ("drop", "tag", "marquee", "guides", "rubber", "ghosts"):
        if getattr(before, name) != getattr(after, name):
            yield from _covered(name, before, zoom)
            yield from _covered(name, after, zoom)


def _marked_anew(before: Transient, after: Transient) -> set[str]:
    found = set(before.lit ^ after.lit)
    for name in _ONE_BOX:
        found |= {getattr(before, name)} ^ {getattr(after, name)}
    if before.drop != after.drop:
        found |= {state.drop.box for state in (before, after) if state.drop and state.drop.box}
    return {key for key in found if key}


def _covered(name: str, state: Transient, zoom: float) -> Iterator[Bounds]:
    """What one part of it covers, boxes aside."""
    if name == "drop" and state.drop is not None:
        yield _words(state.drop.x, state.drop.y, zoom)
    elif name == "tag" and state.tag is not None:
        yield _words(state.tag.x, state.tag.y, zoom)
    elif name == "marquee" and state.marquee is not None:
        yield bounds_of(state.marquee)
    elif name == "rubber" and state.rubber is not None and state.rubber.points:
        yield bounds_around(state.rubber.points)
    elif name == "guides":
        for guide in state.guides:
            yield bounds_around((guide.start, guide.end)).grown(_GUIDE / zoom)
    elif name == "ghosts":
        yield from (bounds_of(ghost.box.rect) for ghost in state.ghosts)


def _words(x: float, y: float, zoom: float) -> Bounds:
    wide, high = _TAG[0] / zoom, _TAG[1] / zoom
    return Bounds(x - wide, y - high, x + wide, y + high)
