"""The lines of a diagram, kept from one state to the next: only those that what moved can touch are
routed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from itertools import islice

from lambdaplanner.diagram.arrangement import Arrangement, Shift, Shifts, merged
from lambdaplanner.diagram.connections import Connection
from lambdaplanner.diagram.items import Line, Point
from lambdaplanner.diagram.label_places import Labelled, pill
from lambdaplanner.diagram.obstacles import passes
from lambdaplanner.diagram.routing import Route, Router
from lambdaplanner.diagram.side_by_side import Scene, SideBySide, bundle_of
from lambdaplanner.diagram.stretching import stretched
from lambdaplanner.diagram.structure import PLANE
from lambdaplanner.diagram.ways import Frame, Points, frame

_FEW = 12
"""So many lines find proper ways between two frames, even while a hand moves their ends."""
_PATIENCE = 20_000
"""From so many comparisons on, routing all lines of a container again costs no more than looking
which need it.
"""


class LineBook:
    """Every line with its way. Says the same whether it learnt of changes one by one or sees all
    for the first time.
    """

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self._connections: Mapping[str, Connection] = {}
        self._routes: dict[str, Route] = {}
        self._through: dict[str, set[str]] = {}
        """Lines by each box in their chains: they follow it."""
        self._around: dict[str, set[str]] = {}
        """Lines by each container whose boxes they had to avoid."""
        self._homes: dict[str, set[str]] = {}
        self._drawn_at: dict[str, tuple[float, float]] = {}
        self._owed: Shifts = {}
        """What moved since lines last had their proper ways."""
        self._unseen: Shifts = {}
        """What moved since lines last had tracks and labels; differs from that after a rough
        update.
        """
        self._gone: set[str] = set()
        self._loose: dict[str, Points] = {}
        """The ways of lines whose ends have moved since then."""
        self._beside = SideBySide()

    def update(
        self,
        connections: Mapping[str, Connection],
        arrangement: Arrangement,
        shifts: Shifts,
        *,
        settled: bool = True,
        roughly: bool = False,
    ) -> None:
        """Brings `lines` up to date with what moved; it becomes another dict if any line differs.

        `roughly`, where there were none: lines get ways that may run through and on something, and
        no tracks, until `settle_some` or the next settled update.

        Not `settled`: boxes are still on the move. Only lines that end in them follow then, the
        many on the way that they have; the next settled update gives all the ways that they would
        have from scratch.
        """
        moving, shifts = shifts, merged(self._owed, shifts)
        settled = settled or connections is not self._connections
        stale = self._unwanted(connections) if connections is not self._connections else set()
        fresh: dict[str, Line] = {}
        if settled:
            if shifts:
                stale |= self._touched(arrangement, shifts)
            stale |= self._loose.keys()
        else:
            stale |= self._ending_in(moving)
        stale &= connections.keys()
        roughly = roughly and not self._connections
        self._owed, self._loose = ({}, {}) if settled else (shifts, self._loose)
        rects, nodes = arrangement.rects, arrangement.structure.nodes
        router = Router(nodes, rects, arrangement.index, arrangement.origin)
        if stale:
            if roughly:
                self._unseen = shifts
                for name in connections:
                    route = router.route(connections[name], search=False)
                    self._enter(name, route)
                    self._loose[name] = route.points
            elif settled:
                for name in stale:
                    self._enter(name, router.route(connections[name]))
            elif len(stale) <= _FEW:
                for name in stale:
                    route = router.route(connections[name], search=False)
                    self._loose[name] = route.points
            else:
                self._stretch(stale, arrangement)
        if shifts or stale or self._gone:
            moved = self._moved_homes(arrangement)
            redrawn = stale.union(*(self._homes.get(home, ()) for home in moved))
            if settled and not roughly:
                scene = Scene(connections, self._routes, self._homes, arrangement, router)
                redrawn |= self._beside.update(
                    scene, stale, self._gone, merged(self._unseen, shifts)
                )
                self._gone, self._unseen = set(), {}
            fresh = {name: self._drawn(connections[name]) for name in redrawn}
        if connections is not self._connections:
            old = self.lines
            self.lines = {name: fresh.get(name) or old[name] for name in connections}
            self._connections = connections
        elif fresh:
            self.lines = {**self.lines, **fresh}

    def settle_some(self, arrangement: Arrangement, most: int) -> None:
        """Gives some of the lines that have rough ways their proper ones."""
        if self._owed:
            self.update(self._connections, arrangement, {})
            return
        connections = self._connections
        names = list(islice(self._loose, most))
        rects, nodes = arrangement.rects, arrangement.structure.nodes
        router = Router(nodes, rects, arrangement.index, arrangement.origin)
        for name in names:
            del self._loose[name]
            self._enter(name, router.route(connections[name]))
        scene = Scene(connections, self._routes, self._homes, arrangement, router)
        drawn = self._beside.update(scene, names, self._gone, self._unseen)
        self._gone, self._unseen = set(), {}
        fresh = {name: self._drawn(connections[name]) for name in drawn}
        self.lines = {**self.lines, **fresh}

    def _stretch(self, names: Iterable[str], arrangement: Arrangement) -> None:
        """Has lines follow their ends."""
        bases: dict[str, tuple[float, float]] = {}
        nodes, rects = arrangement.structure.nodes, arrangement.rects

        def end(name: str, home: tuple[float, float]) -> Frame:
            parent = nodes[name].parent
            at = bases.get(parent)
            if at is None:
                at = bases[parent] = arrangement.base(parent)
            return frame(rects[name], at[0] - home[0], at[1] - home[1])

        for name in names:
            route, connection = self._routes[name], self._connections[name]
            home = bases.get(route.home)
            if home is None:
                home = bases[route.home] = arrangement.base(route.home)
            source, target = end(connection.source, home), end(connection.target, home)
            kept = route._replace(points=self._beside.way(name, route))
            self._loose[name] = stretched(kept, source, target)

    @property
    def settled(self) -> bool:
        """Whether every line has its proper way."""
        return not self._owed and not self._loose

    @property
    def rough(self) -> bool:
        """Whether lines still have the rough ways of the first update, and nothing moved since."""
        return bool(self._loose) and not self._owed

    def _ending_in(self, shifts: Shifts) -> set[str]:
        """Lines that end in what moved."""
        through = self._through
        return set().union(
            *(through.get(name, _NONE) for moved in shifts.values() for name in moved)
        )

    def _unwanted(self, connections: Mapping[str, Connection]) -> set[str]:
        """Forgets lines that are no more; the new and those that join other things now."""
        before = self._connections
        for name in [name for name in before if name not in connections]:
            self._forget(name)
            self._gone.add(name)
        return {name for name, one in connections.items() if before.get(name) != one}

    def _touched(self, arrangement: Arrangement, shifts: Shifts) -> set[str]:
        """Lines that end in what moved, and lines that may run past it."""
        found = self._ending_in(shifts)
        for container, moved in shifts.items():
            passing = self._around.get(container, _NONE) - found
            if len(passing) * len(moved) > _PATIENCE:
                found |= passing
            elif passing:
                found |= self._past(container, moved.values(), passing, arrangement)
        return found

    def _past(
        self, container: str, moved: Iterable[Shift], passing: Set[str], arrangement: Arrangement
    ) -> Set[str]:
        areas = [rect for shift in moved for rect in shift if rect is not None]
        if container != PLANE and container not in arrangement.structure.nodes:
            return passing
        x, y = arrangement.base(container)
        found = set()
        known: dict[tuple[int, str], bool] = {}
        for name in passing:
            route = self._routes[name]
            shared, own = route.tried
            own += self._beside.leaning.get(name, ())
            key = (id(shared), route.home)
            touched = known.get(key)
            if touched is None or own:
                hx, hy = arrangement.base(route.home)
                if touched is None:
                    touched = known[key] = passes(shared, areas, x - hx, y - hy)
                touched = touched or passes(own, areas, x - hx, y - hy)
            if touched:
                found.add(name)
        return found

    def _enter(self, name: str, route: Route) -> None:
        before = self._routes.get(name)
        if before is not None:
            if (
                before.home == route.home
                and before.source_chain == route.source_chain
                and before.target_chain == route.target_chain
            ):
                self._routes[name] = route
                return
            self._forget(name)
        self._routes[name] = route
        through, around = self._through, self._around
        for key in route.source_chain + route.target_chain:
            through.setdefault(key, set()).add(name)
        for key in (route.home, *route.source_chain[1:], *route.target_chain[1:]):
            around.setdefault(key, set()).add(name)
        self._homes.setdefault(route.home, set()).add(name)

    def _forget(self, name: str) -> None:
        route = self._routes.pop(name, None)
        if route is not None:
            for key in route.source_chain + route.target_chain:
                self._through[key].discard(name)
            for key in (route.home, *route.source_chain[1:], *route.target_chain[1:]):
                self._around[key].discard(name)
            self._homes[route.home].discard(name)

    def _moved_homes(self, arrangement: Arrangement) -> list[str]:
        """The containers of lines that stand elsewhere now."""
        nodes = arrangement.structure.nodes
        moved = []
        for home, lines in self._homes.items():
            if not lines or (home != PLANE and home not in nodes):
                continue
            at = arrangement.base(home)
            if self._drawn_at.get(home) != at:
                self._drawn_at[home] = at
                moved.append(home)
        return moved

    def _drawn(self, connection: Connection) -> Line:
        name = connection.id
        route = self._routes[name]
        loose = self._loose.get(name)
        points = self._beside.way(name, route) if loose is None else loose
        dx, dy = self._drawn_at[route.home]
        label = ""
        rect = None
        if connection.label:
            if loose is None:
                rect = self._beside.labels.get(name)
            else:
                rect = pill(Labelled(connection.label, points, bundle_of(connection)))
            if rect is not None:
                label = connection.label
                rect = rect._replace(x=rect.x + dx, y=rect.y + dy)
        line = Line(
            id=name,
            source=connection.source,
            target=connection.target,
            style=connection.style,
            points=tuple([Point(x + dx, y + dy) for x, y in points]) if dx or dy else points,
            label=label,
            arrow=connection.arrow,
            implied=connection.implied,
            label_rect=rect,
        )
        old = self.lines.get(name)
        return old if old == line else line


_NONE: frozenset[str] = frozenset()
