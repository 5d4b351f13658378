"""Nothing moves by itself: what an edit would make the automatic layout move, besides what the edit
is about, keeps the place where it is seen; what must make room does.

The places are written into the plan with the edit's own step, so that the window, a picture of the
saved file and the next opening show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from lambdaplanner.commands.layout import place_all
from lambdaplanner.diagram.builder import DiagramBuilder
from lambdaplanner.diagram.items import Box, Diagram, Point
from lambdaplanner.diagram.structure import REGION, SERVICE
from lambdaplanner.editor.hit_test import HitTest
from lambdaplanner.editor.rooms import Moves, ways_made
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import followed, group_ends, interface_id
from lambdaplanner.model.plan import Plan

_FOLLOWING = frozenset({REGION, INTERNET})
"""The frame around everything, and what stands over it above the first gateway."""
_ROUNDS = 8
"""What gives way may push on what is around it, container by container."""


def differs(before: Diagram, after: Diagram) -> bool:
    """Whether any box of both stands elsewhere, is another size, or is new."""
    old = before.boxes
    return any(
        (was := old.get(name)) is not box and (was is None or was.rect != box.rect)
        for name, box in after.boxes.items()
    )


def held(
    plan: Plan,
    before: Diagram,
    after: Diagram,
    without: Collection[str] = (),
    renamed: Mapping[str, str] | None = None,
) -> Moves:
    """The places that keep boxes where they are seen in their containers; nothing for what has a
    place, is among `without`, is new or went elsewhere.
    """
    former = {new: old for old, new in (renamed or {}).items()}
    moves: Moves = {}
    for name, box in after.boxes.items():
        old = before.boxes.get(_former(name, former)) or _same_card(before, after, box)
        if old is None or old is box or name in _FOLLOWING:
            continue
        if name in plan.placements or name in without:
            continue
        if box.parent is not None and _former(box.parent, former) != old.parent:
            continue
        was, now = _seat(before, old), _seat(after, box)
        if was != now:
            moves[name] = _place(box, after, was)
    return moves


def _same_card(before: Diagram, after: Diagram, box: Box) -> Box | None:
    """The card of several things that another is called by now, since the first of them left."""
    ends = group_ends(box.id)
    if ends is None:
        return None
    first, subnet = ends
    name = before.folded.get(interface_id(first, subnet) if subnet else first, "")
    return None if name in after.boxes else before.boxes.get(name)


def _former(name: str, former: Mapping[str, str]) -> str:
    if not former:
        return name
    return followed(name, former)


def _seat(diagram: Diagram, box: Box) -> Point:
    """Where a box stands in its container. The Lambda service VPC widens to the left, so there the
    right border is what counts.
    """
    x, y = box.rect.x, box.rect.y
    if box.parent is None:
        return Point(x, y)
    around = diagram.boxes[box.parent]
    if box.id == SERVICE:
        x += box.rect.width
    if box.parent == SERVICE:
        return Point(x - around.rect.width, y)
    return Point(x - around.origin.x, y - around.origin.y)


def _place(box: Box, after: Diagram, seat: Point) -> Placement:
    x = seat.x
    if box.id == SERVICE:
        x -= box.rect.width
    if box.parent == SERVICE:
        x += after.boxes[SERVICE].rect.width
    return Placement(round(x), round(seat.y))


def settle(
    plan: Plan,
    names: Sequence[str],
    before: HitTest,
    look: Callable[[], HitTest],
    take: Callable[[Moves], None],
    renamed: Mapping[str, str] | None = None,
) -> None:
    """Holds what an edit would move and makes room for what it is about, `names`; `look` gives what
    is seen now, `take` writes places.
    """
    after = look()
    if not differs(before.diagram, after.diagram):
        return
    moves = held(plan, before.diagram, after.diagram, names, renamed)
    if moves:
        take(moves)
    for _ in range(_ROUNDS):
        moves = ways_made(plan, before, look(), names)
        if not moves:
            return
        take(moves)


def still(plan: Plan, before: Diagram) -> ChangeSet:
    """Writes the places that go with what was done to a plan since `before`, where nobody looks at
    it; gives them.
    """
    builder = DiagramBuilder(plan)
    builder.update(None)
    written = ChangeSet()

    def take(moves: Moves) -> None:
        nonlocal written
        edit = Edit(plan)
        place_all(moves)(edit)
        written = written.then(edit.changes)
        builder.update(edit.changes)

    came = [name for name in plan if name not in before.boxes]
    settle(plan, came, HitTest(before), lambda: HitTest(builder.diagram), take)
    return written
