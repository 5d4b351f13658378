"""What lines do to one another: the tracks on which they run, and where their labels lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from lambdaplanner.diagram.arrangement import Arrangement, Shifts
from lambdaplanner.diagram.connections import Connection
from lambdaplanner.diagram.items import Point, Rect
from lambdaplanner.diagram.label_places import Labelled, LabelPlaces
from lambdaplanner.diagram.obstacles import title_of
from lambdaplanner.diagram.routing import Route, Router, Ways
from lambdaplanner.diagram.strands import Bundle
from lambdaplanner.diagram.structure import PLANE, REGION, SERVICE_NAT
from lambdaplanner.diagram.tracks import REACH, Run, Tracks
from lambdaplanner.diagram.ways import Frame, Points, frame
from lambdaplanner.diagram.zone_headings import words_of, zone_headings
from lambdaplanner.kinds.vpc import Vpc

_ON_CARD = 1_000.0
_ON_TITLE = 300.0
_OVERHANG = 104.0
"""How far boxes on the border of a container stand out of it."""


class Scene(NamedTuple):
    """All lines as they would run alone, and what they run among."""

    connections: Mapping[str, Connection]
    routes: Mapping[str, Route]
    homes: Mapping[str, set[str]]
    arrangement: Arrangement
    router: Router


def bundle_of(line: Connection) -> Bundle:
    """The lines that a line shares its track with: those of its style that meet at one end."""
    hub = SERVICE_NAT if SERVICE_NAT in (line.source, line.target) else line.target
    return line.style, hub


class SideBySide:
    """The tracks and labels of all lines, kept from one settled state to the next."""

    def __init__(self) -> None:
        self.labels: dict[str, Rect] = {}
        """Where labels lie, in the coordinates of each line's home."""
        self.leaning: dict[str, Ways] = {}
        """Areas that decided on the tracks of a line, in the coordinates of its home."""
        self._ways: dict[str, Points] = {}
        self._tracks = Tracks()
        self._places = LabelPlaces()
        self._at: dict[str, tuple[float, float]] = {}
        self._region = (0.0, 0.0)
        self._headings: dict[str, list[Rect]] = {}
        """The words over the zones of each VPC, relative to it."""

    def way(self, name: str, route: Route) -> Points:
        """The way of a line in the coordinates of its home."""
        return self._ways.get(name, route.points)

    def update(
        self, scene: Scene, stale: Iterable[str], gone: Iterable[str], shifts: Shifts
    ) -> set[str]:
        """Takes up new routes, lines that are no more, and what moved; gives the lines whose ways
        or labels did.
        """
        arrangement = scene.arrangement
        changed = {*stale, *self._in_moved_homes(scene)}
        runs = {name: self._run(scene, name) for name in scene.connections if name in changed}
        drawn = self._tracks.update(gone, runs, lambda name: self._run(scene, name))
        for name in gone:
            self._ways.pop(name, None)
            self.leaning.pop(name, None)
            self.labels.pop(name, None)
        for name in drawn:
            self._take(name, scene)
        for name in changed - self._tracks.crowded:
            self.leaning.pop(name, None)
        for name in self._tracks.crowded:
            self.leaning[name] = _areas(scene.routes[name].points)
        labelled = {
            name: Labelled(one.label, self._tracks.ways[name], bundle_of(one))
            for name, one in scene.connections.items()
            if one.label and name in self._tracks.ways
        }
        ways = {name: self._tracks.ways[name] for name in drawn}
        disturbed = self._disturbed(arrangement, shifts)
        crowd = _Crowd(arrangement, self._headings)
        moved = self._places.update(labelled, gone, ways, disturbed, crowd.price)
        for name in moved | (drawn & labelled.keys()):
            self._label(name, scene)
        return drawn | (moved & scene.connections.keys())

    def _in_moved_homes(self, scene: Scene) -> set[str]:
        nodes = scene.arrangement.structure.nodes
        found: set[str] = set()
        for home, lines in scene.homes.items():
            if lines and (home == PLANE or home in nodes):
                at = scene.arrangement.base(home)
                if self._at.get(home) != at:
                    self._at[home] = at
                    found |= {name for name in lines if name in self._tracks.ways}
        return found

    def _run(self, scene: Scene, name: str) -> Run:
        line, route = scene.connections[name], scene.routes[name]
        dx, dy = self._at[route.home]
        judge = scene.router.oracle(line)
        return Run(
            _moved(route.points, dx, dy),
            bundle_of(line),
            _frame_at(route.source_at, dx, dy),
            _frame_at(route.target_at, dx, dy),
            lambda points: judge(_moved(points, -dx, -dy)),
            bool(line.bends),
        )

    def _take(self, name: str, scene: Scene) -> None:
        """Keeps a line's way in the coordinates of its home."""
        route = scene.routes[name]
        dx, dy = self._at[route.home]
        way = self._tracks.ways[name]
        if way == _moved(route.points, dx, dy):
            self._ways.pop(name, None)
        else:
            self._ways[name] = _moved(way, -dx, -dy)

    def _label(self, name: str, scene: Scene) -> None:
        rect = self._places.rects.get(name)
        if rect is None:
            self.labels.pop(name, None)
        else:
            dx, dy = self._at[scene.routes[name].home]
            self.labels[name] = rect._replace(x=rect.x - dx, y=rect.y - dy)

    def _disturbed(self, arrangement: Arrangement, shifts: Shifts) -> list[Rect]:
        """The areas of the plane where boxes came, went or moved."""
        nodes = arrangement.structure.nodes
        found = []
        region = arrangement.base(REGION)
        if region != self._region:
            self._region = region
            found.append(Rect(-1e9, -1e9, 2e9, 2e9))
        for container, moved in shifts.items():
            found += self._reheaded(arrangement, container)
            if container == PLANE or container in nodes:
                x, y = arrangement.base(container)
                found += [
                    Rect(rect.x + x, rect.y + y, rect.width, rect.height)
                    for name, shift in moved.items()
                    if name != REGION
                    for rect in shift
                    if rect is not None
                ]
        return found

    def _reheaded(self, arrangement: Arrangement, container: str) -> list[Rect]:
        """Where words over zones came or went, now that things moved in a container."""
        structure = arrangement.structure
        node = structure.nodes.get(container)
        if node is None or node.kind != Vpc.kind:
            self._headings.pop(container, None)
            return []
        headings = zone_headings(structure, container, arrangement.rects)
        before, after = self._headings.get(container, []), [words_of(one) for one in headings]
        if before == after:
            return []
        self._headings[container] = after
        x, y = arrangement.base(container)
        return [rect._replace(x=rect.x + x, y=rect.y + y) for rect in (*before, *after)]


class _Crowd:
    """What boxes and titles make of an area."""

    def __init__(self, arrangement: Arrangement, headings: Mapping[str, list[Rect]]) -> None:
        self._arrangement = arrangement
        self._headings = headings
        self._nodes = arrangement.structure.nodes

    def price(self, area: Rect) -> float:
        """What it costs to cover an area."""
        frame_ = Frame(area.x, area.y, area.x + area.width, area.y + area.height)
        return self._within(PLANE, frame_, 0.0, 0.0)

    def _within(self, container: str, area: Frame, x: float, y: float) -> float:
        """The same of what stands in a container whose children count from (x, y)."""
        arrangement, total = self._arrangement, 0.0
        left, top = area.left - x - _OVERHANG, area.top - y - _OVERHANG
        right, bottom = area.right - x + _OVERHANG, area.bottom - y + _OVERHANG
        for name in arrangement.index(container).touching(left, top, right, bottom):
            node, rect = self._nodes[name], arrangement.rects[name]
            box = frame(rect, x, y)
            if node.shape != "container":
                if _meet(box, area):
                    return _ON_CARD
                continue
            title = title_of(node.kind, box)
            words = [frame(rect, box.left, box.top) for rect in self._headings.get(name, ())]
            if any(_meet(one, area) for one in (*words, *([title] if title else ()))):
                total += _ON_TITLE
            origin = arrangement.origin(name)
            total += self._within(name, area, box.left + origin.x, box.top + origin.y)
            if total >= _ON_CARD:
                break
        return total


def _meet(one: Frame, other: Frame) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def _areas(points: Points) -> Ways:
    """Around each stretch, as far as it may be moved: two corners each."""
    return tuple(
        (
            Point(min(a.x, b.x) - REACH, min(a.y, b.y) - REACH),
            Point(max(a.x, b.x) + REACH, max(a.y, b.y) + REACH),
        )
        for a, b in pairwise(points)
    )


def _moved(points: Points, dx: float, dy: float) -> Points:
    return tuple([Point(x + dx, y + dy) for x, y in points]) if dx or dy else points


def _frame_at(box: Frame, dx: float, dy: float) -> Frame:
    return Frame(box.left + dx, box.top + dy, box.right + dx, box.bottom + dy)
