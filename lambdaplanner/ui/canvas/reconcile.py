"""Brings a tree from one diagram to the next by touching only what differs, and says where to
repaint.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import compress
from operator import is_not
from typing import TypeVar

from lambdaplanner.diagram.items import Box, Diagram, Line
from lambdaplanner.ui.canvas.grid import Bounds
from lambdaplanner.ui.canvas.tree import DiagramTree, Place, line_bounds

Value = TypeVar("Value", Box, Line)


def reconcile(
    tree: DiagramTree, diagram: Diagram, touched: Collection[str] | None = None
) -> list[Bounds]:
    """Makes `tree` show `diagram`; gives the bounds of the plane that look different now.

    Finds by itself what differs. `touched` spares the search through everything: the caller's word
    that nothing but these boxes and lines differs, and that no box or line came, went or changed
    its order. Where one of them did come or go, the word is not taken.
    """
    if touched is not None and _only_values(tree.diagram, diagram, touched):
        return _touch(tree, diagram, touched)
    old = tree.diagram
    dirty: list[Bounds] = []
    tree.diagram = diagram
    reordered = _boxes(tree, old.boxes, diagram.boxes, dirty)
    same = _same_keys(old.lines, diagram.lines)
    changed = _changed(old.lines, diagram.lines, same)
    gone = [] if same else [line for key, line in old.lines.items() if key not in diagram.lines]
    _lines(tree, old.lines, changed, gone, dirty)
    if reordered:
        _sort(tree)
        _rehome(tree)
    return dirty


def _only_values(old: Diagram, new: Diagram, touched: Collection[str]) -> bool:
    sizes = len(old.boxes) == len(new.boxes) and len(old.lines) == len(new.lines)
    return sizes and all(
        (key in old.boxes and key in new.boxes) or (key in old.lines and key in new.lines)
        for key in touched
    )


def _touch(tree: DiagramTree, diagram: Diagram, touched: Collection[str]) -> list[Bounds]:
    """As `reconcile` of two diagrams that hold nothing but what was touched."""
    old = tree.diagram
    boxes = {key: old.boxes[key] for key in touched if key in old.boxes}
    lines = {key: old.lines[key] for key in touched if key in old.lines}
    dirty: list[Bounds] = []
    tree.diagram = diagram
    new_boxes = {key: diagram.boxes[key] for key in boxes}
    reordered = _boxes(tree, boxes, new_boxes, dirty)
    changed = _changed(lines, {key: diagram.lines[key] for key in lines}, same_keys=True)
    _lines(tree, lines, changed, (), dirty)
    if reordered:
        _sort(tree)
        _rehome(tree)
    return dirty


def _boxes(
    tree: DiagramTree, old: dict[str, Box], new: dict[str, Box], dirty: list[Bounds]
) -> bool:
    stale: dict[Place, None] = {}
    structure = False
    same = _same_keys(old, new)
    for key in [] if same else [key for key in reversed(old) if key not in new]:
        gone = tree.places.pop(key)
        dirty.append(gone.reach())
        _detach(tree, gone, stale)
        structure = True
    for key, box in _changed(old, new, same).items():
        place = tree.places.get(key)
        if place is None or not _same_seat(tree, place, box):
            if place is not None:
                dirty.append(place.reach())
                _detach(tree, place, stale)
            _attach(tree, box, place, stale)
            structure = True
        else:
            _swap(place, box, dirty)
            stale[place] = None
    _measure(tree, stale)
    dirty.extend(place.reach() for place in stale if place.box is not None and _alive(tree, place))
    return structure or not same


def _changed(old: dict[str, Value], new: dict[str, Value], same_keys: bool) -> dict[str, Value]:
    """What is new or different; without a Python step for values that stayed the same object."""
    if old is new:
        return {}
    if same_keys:
        other = compress(new.items(), map(is_not, old.values(), new.values()))
        return {key: value for key, value in other if value != old[key]}
    find = old.get
    return {
        key: value
        for key, value in new.items()
        if (before := find(key)) is not value and before != value
    }


def _same_keys(old: dict[str, Value], new: dict[str, Value]) -> bool:
    """Whether both hold the same keys in the same order."""
    return old is new or (len(old) == len(new) and list(old) == list(new))


def _same_seat(tree: DiagramTree, place: Place, box: Box) -> bool:
    parent = tree.places.get(box.parent, tree.root) if box.parent else tree.root
    was = place.box
    return (
        place.parent is parent
        and was is not None
        and (was.shape == "container") == (box.shape == "container")
    )


def _swap(place: Place, box: Box, dirty: list[Bounds]) -> None:
    was = place.box
    assert was is not None
    dirty.append(place.reach())
    place.box = box
    same_size = was.rect[2:] == box.rect[2:]
    if not (same_size and _face(was) == _face(box)):
        place.redraw()
    elif place.parent is not None:
        place.parent.overview = None


def _face(box: Box) -> tuple[object, ...]:
    """All that a box shows, apart from where."""
    return (
        box.kind, box.shape, box.title, box.subtitle, box.detail, box.tone,
        box.tag, box.badges, box.meter, box.managed, box.members, box.headings, box.rows,
    )  # fmt: skip


def _detach(tree: DiagramTree, place: Place, stale: dict[Place, None]) -> None:
    parent = place.parent
    assert parent is not None
    assert place.box is not None
    seats = parent.containers if place.box.shape == "container" else parent.leaves
    if place in seats:
        seats.remove(place)
    tree.grid.drop(place)
    parent.overview = None
    if parent.box is not None:
        stale[parent] = None


def _attach(tree: DiagramTree, box: Box, place: Place | None, stale: dict[Place, None]) -> None:
    parent = tree.places.get(box.parent, tree.root) if box.parent else tree.root
    if place is None:
        place = tree.places[box.id] = Place(box, parent, 0)
    place.box, place.parent = box, parent
    place.redraw()
    (parent.containers if box.shape == "container" else parent.leaves).append(place)
    stale[place] = None


def _measure(tree: DiagramTree, stale: dict[Place, None]) -> None:
    """Renews the extents of what changed and of all around it, innermost first."""
    chain: dict[Place, int] = {}
    for place in stale:
        upward: list[Place] = []
        walk: Place | None = place
        while walk is not None and walk is not tree.root:
            upward.append(walk)
            walk = walk.parent
        chain.update({one: len(upward) - index for index, one in enumerate(upward)})
    for place in sorted(chain, key=chain.__getitem__, reverse=True):
        place.measure()
        if place.parent is tree.root and _alive(tree, place):
            reach = place.reach()
            tree.grid.put(place, reach)
            tree.root.extent = tree.root.extent.joined(reach)


def _alive(tree: DiagramTree, place: Place) -> bool:
    return place.box is not None and tree.places.get(place.box.id) is place


def _sort(tree: DiagramTree) -> None:
    for order, key in enumerate(tree.diagram.boxes):
        tree.places[key].order = order
    for place in (tree.root, *tree.places.values()):
        place.containers.sort(key=_rank)
        place.leaves.sort(key=_rank)


def _rank(place: Place) -> int:
    return place.order


def _lines(
    tree: DiagramTree,
    old: dict[str, Line],
    changed: dict[str, Line],
    gone: Iterable[Line],
    dirty: list[Bounds],
) -> None:
    inner: dict[Place, dict[str, Line]] = {}
    for line in gone:
        dirty.append(line_bounds(line))
        tree.drop_line(line)
    for key, line in changed.items():
        area = line_bounds(line)
        dirty.append(area)
        before = old.get(key)
        if before is None:
            tree.put_line(line)
            continue
        dirty.append(line_bounds(before))
        home = tree.home(line)
        if home is not tree.line_homes.get(key):
            tree.drop_line(before)
            tree.put_line(line)
        elif home is None:
            tree.line_grid.put(key, area)
        else:
            inner.setdefault(home, {})[key] = line
    for home, lines in inner.items():
        home.lines = [lines.get(one.id, one) for one in home.lines]
        home.redraw_lines()


def _rehome(tree: DiagramTree) -> None:
    """Boxes changed their containers, so lines that did not change may belong elsewhere."""
    for key, line in tree.diagram.lines.items():
        if tree.line_homes.get(key) is not tree.home(line):
            tree.drop_line(line)
            tree.put_line(line)
