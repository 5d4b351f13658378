"""Free room: where a new thing comes to stand without covering anything, and what gives way to a
container that grew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from lambdaplanner.diagram.items import Rect
from lambdaplanner.diagram.structure import REGION
from lambdaplanner.editor.hit_test import HitTest, encloses, overlaps
from lambdaplanner.editor.snapping import GRID
from lambdaplanner.editor.spots import inner_area, on_border, placement_of
from lambdaplanner.kinds import kind_of
from lambdaplanner.model.changes import ChangeSet, Key
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan

GAP = 16
_CLEAR = 8
_WITHIN = 16
"""Between what stands in a container and its border."""
_NEAREST = 60
"""So many neighbours are looked at for a place beside them."""

Moves = dict[str, Placement | None]


def free_place(wanted: Rect, taken: Sequence[Rect], within: Rect | None = None) -> Rect:
    """The rectangle at the place nearest to the wanted one where it covers nothing of `taken`; in
    the area `within` where there is room, else below or to the right of it.
    """
    if not any(overlaps(wanted, rect, _CLEAR) for rect in taken):
        return wanted
    near = sorted(taken, key=lambda rect: _distance(wanted, rect))[:_NEAREST]
    xs = {wanted.x, *(x for r in near for x in (r.x - wanted.width - GAP, r.x + r.width + GAP))}
    ys = {wanted.y, *(y for r in near for y in (r.y - wanted.height - GAP, r.y + r.height + GAP))}
    if within is not None:
        xs, ys = {x for x in xs if x >= within.x}, {y for y in ys if y >= within.y}
    places = [wanted._replace(x=x, y=y) for x in xs for y in ys]
    places.sort(key=lambda place: (not _holds(within, place), _distance(wanted, place)))
    for place in places:
        if not any(overlaps(place, rect, _CLEAR) for rect in taken):
            return place
    return wanted._replace(y=max(rect.y + rect.height for rect in taken) + GAP)


def neighbours(hits: HitTest, container: str | None, without: Collection[str] = ()) -> list[Rect]:
    """The rectangles of what stands in a container (None: the region)."""
    names = hits.children.get(container or REGION, [])
    if container is None:
        names = [*names, *(name for name in hits.children.get(None, []) if name != REGION)]
    return [hits.rects[name] for name in names if name not in without]


def arrivals(plan: Plan, changes: ChangeSet) -> list[str]:
    """The things that an edit added, or put into another container."""
    found = []
    for key, (old, new) in changes.items():
        if key.facet != "resource" or new is None or key.id not in plan:
            continue
        if old is None or kind_of(old).home(old)[:1] != kind_of(new).home(new)[:1]:
            found.append(key.id)
    return [name for name in found if name not in changes.renamed.values()]


def unplace(edit: Edit, names: Iterable[str]) -> None:
    """Takes away places that count from a container in which the things no longer stand."""
    for name in names:
        if Key("placement", name) not in edit.changes and name in edit.plan.placements:
            edit.place(name, None)


def ways_made(plan: Plan, before: HitTest, after: HitTest, names: Sequence[str]) -> Moves:
    """Places that end what an edit covers: what has no place of its own steps aside, and what
    stands in the way of a container that grew around the named things gives way. Empty where
    nothing is covered that was not before.
    """
    came = [name for name in after.rects if name not in before.rects]
    known = list(dict.fromkeys([*(name for name in names if name in after.rects), *came]))
    known += [name for name in after.rects if name not in known and _resized(before, after, name)]
    chain = dict.fromkeys(box for name in known for box in (name, *after.ancestors(name)))
    parents = dict.fromkeys(after.diagram.boxes[name].parent for name in chain)
    aside: dict[str, Rect] = {}
    for parent in parents:
        for name in after.children[parent]:
            if name in plan.placements or _resized(before, after, name):
                continue  # what grew pushes on what is around it
            if _newly_covered(before, after, name):
                aside.update(_aside(plan, after, name, aside))
    if aside:
        return {name: _moved(plan, after, name, rect) for name, rect in aside.items()}
    for container in chain:
        found = _grown(plan, before, after, container, known)
        if found:
            return found
    for container in chain:
        found = _given_way(plan, before, after, container)
        if found:
            return found
    return {}


def _resized(before: HitTest, after: HitTest, name: str) -> bool:
    """Whether a container is another size than it was, also one beside those that hold more."""
    old, new = before.rects.get(name), after.rects[name]
    return old is not None and (old.width, old.height) != (new.width, new.height)


def _newly_covered(before: HitTest, after: HitTest, name: str) -> bool:
    covered = after.covered(name)
    return bool(covered) and (name not in before.rects or bool(covered - before.covered(name)))


def _aside(plan: Plan, hits: HitTest, name: str, moved: Mapping[str, Rect]) -> dict[str, Rect]:
    """Free room for a box, beside those that moved already."""
    parent = hits.diagram.boxes[name].parent
    if parent is None:
        return {}
    taken = [*neighbours(hits, parent, {name, *moved}), *moved.values()]
    if name in plan and kind_of(plan.resource(name)).on_border:
        room = on_border(hits.rects[name], hits.rects[parent], taken)
        return {} if room == hits.rects[name] else {name: room}
    if not _gives_way(plan, hits, parent, name):
        return {}
    room = free_place(hits.rects[name], taken, inner_area(hits.rects[parent]))
    return {} if room == hits.rects[name] else {name: room}


def _grown(
    plan: Plan, before: HitTest, after: HitTest, container: str, names: Sequence[str]
) -> Moves:
    """A size that a hand gave, where something that came or grew stands beyond it."""
    placed = plan.placements.get(container)
    if placed is None or placed.width is None or placed.height is None:
        return {}
    around = after.rects[container]
    inner = [
        rect
        for name in after.children.get(container, ())
        if _gives_way_inside(plan, name)
        and ((rect := after.rects[name]) != before.rects.get(name) or name in names)
        and overlaps(rect, around)
    ]
    width = max([placed.width, *(_after(r.x + r.width - around.x) for r in inner)])
    height = max([placed.height, *(_after(r.y + r.height - around.y) for r in inner)])
    if (width, height) == (placed.width, placed.height):
        return {}
    return {container: placed._replace(width=width, height=height)}


def _after(end: float) -> int:
    return -(-round(end + _WITHIN) // GRID) * GRID


def _gives_way_inside(plan: Plan, name: str) -> bool:
    found = plan.find(name)
    return found is None or not (kind_of(found).on_border or kind_of(found).floats)


def _given_way(plan: Plan, before: HitTest, after: HitTest, container: str) -> Moves:
    """What stood clear of a container and is covered by it now moves on, and so on."""
    parent = after.diagram.boxes[container].parent
    old, new = before.rects.get(container), after.rects[container]
    if parent is None or old is None or (new.width, new.height) == (old.width, old.height):
        return {}
    rects = {
        name: after.rects[name]
        for name in after.children[parent]
        if name in before.rects and name != container and _gives_way(plan, after, parent, name)
    }
    firm = [
        after.rects[name]
        for name in after.children[parent]
        if name != container and name not in rects and not overlaps(after.rects[name], new)
    ]
    moved: dict[str, Rect] = {}
    waiting = [(old, new)]
    while waiting:
        old, new = waiting.pop(0)
        for name, rect in rects.items():
            if name in moved or not overlaps(new, rect) or overlaps(old, before.rects[name]):
                continue
            moved[name] = free_place(_pushed(old, new, rect), [new, *firm, *moved.values()])
            waiting.append((rect, moved[name]))
    return {name: _moved(plan, after, name, rect) for name, rect in moved.items()}


def _moved(plan: Plan, hits: HitTest, name: str, to: Rect) -> Placement:
    rect = hits.rects[name]
    return placement_of(plan, hits, name).moved(round(to.x - rect.x), round(to.y - rect.y))


def _gives_way(plan: Plan, hits: HitTest, parent: str, name: str) -> bool:
    """Whether a box may be moved on: not what stands across the border, and no note."""
    found = plan.find(name)
    floats = found is not None and kind_of(found).floats
    return not floats and encloses(hits.rects[parent], hits.rects[name])


def _pushed(old: Rect, new: Rect, rect: Rect) -> Rect:
    """A rectangle moved off one that grew: to the side on which it was clear of it before, and as
    far from it as it was.
    """
    wider = new.x + new.width - old.x - old.width
    higher = new.y + new.height - old.y - old.height
    right = rect._replace(x=max(new.x + new.width + GAP, rect.x + wider))
    below = rect._replace(y=max(new.y + new.height + GAP, rect.y + higher))
    was_right, was_below = rect.x >= old.x + old.width, rect.y >= old.y + old.height
    if was_right != was_below:
        return right if was_right else below
    return right if right.x - rect.x < below.y - rect.y else below


def _holds(within: Rect | None, place: Rect) -> bool:
    return within is None or encloses(within, place)


def _distance(one: Rect, other: Rect) -> float:
    """How far the middles are apart, squared."""
    dx = one.x + one.width / 2 - other.x - other.width / 2
    dy = one.y + one.height / 2 - other.y - other.height / 2
    return dx * dx + dy * dy
