"""Where everything stands, kept from one state of a plan to the next: only containers that changed
are arranged anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.diagram.arranging import Arranged, Inside, fixed_size
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.leaf_grids import arrange_service, arrange_subnet
from lambdaplanner.diagram.pages import AIM
from lambdaplanner.diagram.rect_index import RectIndex
from lambdaplanner.diagram.region_rows import arrange_region, place_internet, place_region
from lambdaplanner.diagram.structure import PLANE, REGION, SERVICE, Node, Structure
from lambdaplanner.diagram.vpc_rows import arrange_vpc
from lambdaplanner.kinds import Size
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.model.geometry import Placement


class Shift(NamedTuple):
    """A box's rectangle in its container before and after; None where it was or is not there."""

    old: Rect | None
    new: Rect | None


Shifts = dict[str, dict[str, Shift]]
"""What moved, by container and box."""


def merged(first: Shifts, later: Shifts) -> Shifts:
    """Both as one; what is back where it was is left out."""
    if not first:
        return later
    whole = dict(first)
    for container, moved in later.items():
        known = first.get(container, {})
        both = {
            name: Shift(known[name].old, shift.new) if name in known else shift
            for name, shift in moved.items()
        }
        whole[container] = {
            name: shift for name, shift in {**known, **both}.items() if shift.old != shift.new
        }
    return whole


_ARRANGE: Mapping[str, Callable[[Inside], Arranged]] = {
    "subnet": arrange_subnet,
    "vpc": arrange_vpc,
    SERVICE: arrange_service,
    REGION: arrange_region,
}
_ORIGIN = Point(0, 0)
_NO_RECTS: Mapping[str, Rect] = {}


def _holds(node: Node) -> bool:
    return node.shape == "container"


def _up_to_three(structure: Structure) -> int:
    """How many VPCs there are; what stands in one depends on that while they are few."""
    nodes = structure.nodes
    return min(3, sum(nodes[name].kind == "vpc" for name in structure.children[REGION]))


class Arrangement:
    """The rectangle of every box relative to its container's `base`: its top left, but for the
    region, whose frame moves around its contents, a fixed point.
    """

    def __init__(self, aim: float = AIM) -> None:
        self.aim = aim
        """The wanted width by height of the picture."""
        self.structure = Structure()
        self.rects: dict[str, Rect] = {}
        self._arranged: dict[str, Arranged] = {}
        self._indexes: dict[str, RectIndex] = {}
        self._plane: dict[str, Rect] = {}
        self._vpcs = 0
        self._placements: Mapping[str, Placement] = {}

    def follow(
        self,
        structure: Structure,
        containers: Iterable[str],
        moved: Iterable[str],
        placements: Mapping[str, Placement],
    ) -> Shifts:
        """Goes to another structure, in which `containers` hold other things than before or things
        of another kind, and the placements of `moved` are other ones; gives what moved.
        """
        self.structure = structure
        nodes = structure.nodes
        shifts: Shifts = {}
        for gone in [name for name in self._arranged if name not in structure.children]:
            before = self._arranged.pop(gone).rects
            self._settle(gone, before, _NO_RECTS, shifts)
        stale = {name: self._depth(name) for name in containers if name in nodes}
        if self._vpcs != (vpcs := _up_to_three(structure)):
            self._vpcs = vpcs
            stale |= {name: 1 for name in structure.children[REGION] if nodes[name].kind == "vpc"}
        return self._arranged_anew(stale, moved, placements, shifts)

    def update(self, moved: Iterable[str], placements: Mapping[str, Placement]) -> Shifts:
        """Arranges again what the placements of `moved` touch; gives what moved."""
        return self._arranged_anew({}, moved, placements, {})

    def _arranged_anew(
        self,
        stale: dict[str, int],
        moved: Iterable[str],
        placements: Mapping[str, Placement],
        shifts: Shifts,
    ) -> Shifts:
        """Arranges the containers in `stale`, by depth, and what follows from that."""
        self._placements = placements
        nodes = self.structure.nodes
        for name in moved:
            node = nodes.get(name)
            if node is None:
                continue
            if node.shape == "container":
                stale[name] = self._depth(name)
            if node.parent != PLANE:
                stale[node.parent] = self._depth(node.parent)
        levels: dict[int, dict[str, None]] = {}
        for name, depth in stale.items():
            levels.setdefault(depth, {})[name] = None
        for depth in range(max(levels, default=0), -1, -1):
            for name in levels.get(depth, ()):
                before = self._arranged.get(name)
                self._arrange(name, shifts)
                after = self._arranged[name]
                told = before is None or after[1:] != before[1:]
                if told and nodes[name].parent != PLANE:
                    levels.setdefault(depth - 1, {})[nodes[name].parent] = None
        self._arrange_plane(shifts)
        return shifts

    def origin(self, container: str) -> Point:
        """Where placements of a container's children count from, relative to its top left."""
        arranged = self._arranged.get(container)
        return _ORIGIN if arranged is None else arranged.origin

    def base(self, container: str) -> tuple[float, float]:
        """Where the rectangles of a container's children count from in the plane."""
        x = y = 0.0
        nodes, rects = self.structure.nodes, self.rects
        while container != PLANE:
            rect, origin = rects[container], self._arranged[container].origin
            x += rect.x + origin.x
            y += rect.y + origin.y
            container = nodes[container].parent
        return x, y

    def index(self, container: str) -> RectIndex:
        """A container's children where a search finds them."""
        found = self._indexes.get(container)
        if found is None:
            rects = self._plane if container == PLANE else self._arranged[container].rects
            found = self._indexes[container] = RectIndex(rects)
        return found

    def _depth(self, name: str) -> int:
        depth = 0
        while (name := self.structure.nodes[name].parent) != PLANE:
            depth += 1
        return depth

    def _arrange(self, name: str, shifts: Shifts) -> None:
        structure = self.structure
        node = structure.nodes[name]
        children = [structure.nodes[child] for child in structure.children[name]]
        sizes = {child.id: self._size(child) for child in children}
        known = {child.id: self._arranged[child.id] for child in children if _holds(child)}
        inside = Inside(node, children, sizes, self._placements, structure, self.aim, known)
        before = self._arranged.get(name)
        after = self._arranged[name] = _ARRANGE[node.kind](inside)
        self._settle(name, before.rects if before else _NO_RECTS, after.rects, shifts)

    def _size(self, node: Node) -> Size:
        if node.shape == "container":
            return self._arranged[node.id].size
        return fixed_size(self._placements.get(node.id)) or node.size

    def _arrange_plane(self, shifts: Shifts) -> None:
        region = self._arranged[REGION]
        frame = place_region(region, self._placements)
        before, self._plane = self._plane, {REGION: frame}
        self.rects[REGION] = frame
        if INTERNET in self.structure.nodes:
            size = self.structure.nodes[INTERNET].size
            self._plane[INTERNET] = place_internet(
                region, frame, self._gateway_middle(), self._placements, size
            )
        self._settle(PLANE, before, self._plane, shifts)

    def _gateway_middle(self) -> float | None:
        """The middle of the first internet gateway in the plane."""
        for name in self.structure.gateways[:1]:
            rect = self.rects[name]
            return self.base(self.structure.nodes[name].parent)[0] + rect.x + rect.width / 2
        return None

    def _settle(
        self, container: str, before: Mapping[str, Rect], after: Mapping[str, Rect], shifts: Shifts
    ) -> None:
        """Takes over a container's rectangles and notes which differ."""
        found: dict[str, Shift] = {}
        for name, rect in after.items():
            old = before.get(name)
            if old != rect:
                found[name] = Shift(old, rect)
                self.rects[name] = rect
        if len(before) != len(after) or before.keys() != after.keys():
            for name in before.keys() - after.keys():
                found[name] = Shift(before[name], None)
                node = self.structure.nodes.get(name)
                if node is None:
                    self.rects.pop(name, None)
                elif node.parent in self._arranged:
                    arranged = self._arranged[node.parent].rects
                    self.rects[name] = arranged.get(name, self.rects[name])
        if found:
            shifts[container] = found
            self._indexes.pop(container, None)
