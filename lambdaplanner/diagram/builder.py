"""From a plan and its answers to what is drawn, from scratch or from one state to the next.

`build` and a `DiagramBuilder` that followed every change say the same; boxes and lines that did not
change stay the very same objects, so that a canvas finds by identity what to paint again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import TypeVar

from lambdaplanner.diagram.arrangement import Arrangement, Shifts
from lambdaplanner.diagram.connections import Connection, connections_of
from lambdaplanner.diagram.faces import Face, face_of
from lambdaplanner.diagram.folding import folds_of
from lambdaplanner.diagram.items import Box, Diagram, Heading, Rect
from lambdaplanner.diagram.line_book import LineBook
from lambdaplanner.diagram.pages import AIM
from lambdaplanner.diagram.structure import (
    REGION,
    Node,
    Structure,
    internet_in_use,
    structure_of,
)
from lambdaplanner.diagram.structure_changes import (
    StructureChanges,
    is_structural,
    structure_changes,
    takes_places,
)
from lambdaplanner.diagram.verdicts import NO_VERDICTS, Verdicts
from lambdaplanner.diagram.zone_headings import zone_headings
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import INFO, ChangeSet
from lambdaplanner.model.plan import Plan

V = TypeVar("V")


def build(
    plan: Plan,
    verdicts: Verdicts = NO_VERDICTS,
    *,
    spread: frozenset[str] = frozenset(),
    aspect: float = AIM,
) -> Diagram:
    """Everything to draw of a plan, with as many answers as there are; things in `spread` by
    themselves, however many there are like them.

    `aspect`: the width by height that automatic places aim at for the picture, such as 16 / 9.
    """
    return DiagramBuilder(plan, aspect=aspect).update(None, verdicts, spread=spread)


class DiagramBuilder:
    """Follows one plan. Give it every change set that the plan took, in order, also several as one
    (`ChangeSet.then`).
    """

    def __init__(self, plan: Plan, *, aspect: float = AIM) -> None:
        self._plan = plan
        self._structure = Structure()
        self._connections: Mapping[str, Connection] = {}
        self._arrangement = Arrangement(aspect)
        self._lines = LineBook()
        self._faces: dict[str, Face] = {}
        self._headings: dict[str, tuple[Heading, ...]] = {}
        """By VPC."""
        self._verdicts = NO_VERDICTS
        self._spread: frozenset[str] = frozenset()
        self.diagram = Diagram()
        """What the last update gave."""
        self.touched: frozenset[str] | None = None
        """Boxes and lines that the last update changed; None where any came, went or changed its
        order.
        """

    @property
    def settled(self) -> bool:
        """Whether every line has its proper way."""
        return self._lines.settled

    @property
    def rough(self) -> bool:
        """Whether lines still have the rough ways of a first diagram, and nothing moved since."""
        return self._lines.rough

    def update(
        self,
        changes: ChangeSet | None,
        verdicts: Verdicts = NO_VERDICTS,
        *,
        settled: bool = True,
        roughly: bool = False,
        spread: frozenset[str] | None = None,
    ) -> Diagram:
        """The diagram after `changes`; None where the plan is as it was, or was never looked at.

        Not `settled`: a hand moves boxes, and this is not the last of it. Lines only follow their
        ends then; the first update without it gives what a build from scratch would. `spread` are
        things to be drawn by themselves from now on (None: the same as before). The first diagram
        may be made `roughly`: `settle_some` then gives its lines their proper ways.
        """
        before, self._verdicts = self._verdicts, verdicts
        respread = spread is not None and spread != self._spread
        self._spread = self._spread if spread is None else spread
        placed = changes.ids("placement") if changes else []
        anew: Set[str] = frozenset()
        faces: set[str] = set()
        shifts: Shifts = {}
        if self._stale(changes, respread=respread):
            found, shifts = self._restructure(placed, roughly=roughly)
            anew = found.nodes
            faces = found.nodes | found.seats | self._headed(found.containers | shifts.keys())
        elif placed or (settled and not self._lines.settled):
            shifts = self._arrangement.update(placed, self._plan.placements)
            self._lines.update(self._connections, self._arrangement, shifts, settled=settled)
            faces |= self._headed(shifts.keys())
        if changes is not None:
            faces |= self._repainted(changes)
        faces |= self._judged(before, verdicts)
        said = self._structure.nodes.keys() & set(placed)
        return self._redraw(faces, anew | said, shifts)

    def settle_some(self, most: int) -> Diagram:
        """The diagram with proper ways for some of the lines that have rough ones."""
        self._lines.settle_some(self._arrangement, most)
        return self._redraw((), frozenset(), {})

    def _stale(self, changes: ChangeSet | None, *, respread: bool) -> bool:
        """Whether there are other boxes or lines than before."""
        structure = self._structure
        if not structure.nodes or (changes is not None and is_structural(changes)):
            return True
        if respread:
            return True
        if changes is not None and takes_places(changes):
            drawn = INTERNET in structure.nodes
            return drawn != internet_in_use(self._plan) or structure.folds != folds_of(
                self._plan, self._spread
            )
        return False

    def _restructure(
        self, placed: Iterable[str], *, roughly: bool
    ) -> tuple[StructureChanges, Shifts]:
        """Takes up what came, went or belongs elsewhere."""
        before, plan = self._structure, self._plan
        structure = self._structure = structure_of(plan, before, self._spread)
        found = structure_changes(before, structure)
        shifts = self._arrangement.follow(structure, found.containers, placed, plan.placements)
        self._connections = connections_of(plan, structure)
        self._lines.update(self._connections, self._arrangement, shifts, roughly=roughly)
        for name in found.gone:
            del self._faces[name]
            self._headings.pop(name, None)
        return found, shifts

    def _headed(self, containers: Iterable[str]) -> set[str]:
        """Renews the headings of VPCs; gives the boxes that look different by that."""
        structure, rects = self._structure, self._arrangement.rects
        stale: set[str] = set()
        for name in containers:
            if name not in structure.nodes or structure.nodes[name].kind != Vpc.kind:
                continue
            before = self._headings.get(name)
            after = self._headings[name] = zone_headings(structure, name, rects)
            if after != before:
                stale.add(name)
            if bool(after) != bool(before):
                stale.update(one for one in structure.children[name] if one in structure.seats)
        return stale

    def _redraw(self, faces: Iterable[str], anew: Set[str], shifts: Shifts) -> Diagram:
        """The diagram with the boxes that are new, moved, or have something else to say."""
        nodes, known, old = self._structure.nodes, self._faces, self.diagram.boxes
        stale = {name for container in shifts.values() for name in container if name in nodes}
        stale |= anew
        for name in faces:
            face = self._face(nodes[name])
            if face != known.get(name) or name in self._headings:
                known[name] = face
                stale.add(name)
        if shifts and REGION in old and old[REGION].origin != self._arrangement.origin(REGION):
            stale.update((REGION, *self._structure.children[REGION]))
        fresh = {
            name: box
            for name in stale
            if (box := self._box(nodes[name], old.get(name))) is not old.get(name)
        }
        return self._show(fresh)

    def _show(self, fresh: Mapping[str, Box]) -> Diagram:
        nodes, old, lines = self._structure.nodes, self.diagram, self._lines.lines
        boxes = old.boxes
        ordered = list(nodes) == list(boxes)
        if not ordered:
            boxes = {name: fresh.get(name) or boxes[name] for name in nodes}
        elif fresh:
            boxes = {**boxes, **fresh}
        if ordered and (lines is old.lines or list(lines) == list(old.lines)):
            drawn = lines is not old.lines and [
                name for name, line in lines.items() if line is not old.lines[name]
            ]
            self.touched = frozenset((*fresh, *(drawn or ())))
        else:
            self.touched = None
        if boxes is not old.boxes or lines is not old.lines:
            self.diagram = Diagram(boxes, lines, self._structure.folded)
        return self.diagram

    def _face(self, node: Node) -> Face:
        headed = bool(self._headings.get(node.parent))
        return face_of(node, self._plan, self._structure, self._verdicts, headed=headed)

    def _box(self, node: Node, old: Box | None) -> Box:
        face = self._faces[node.id]
        place = self._plan.placements.get(node.id)
        origin = self._arrangement.origin(node.parent)
        rect = self._arrangement.rects[node.id]
        box = Box(
            id=node.id,
            kind=node.kind,
            parent=node.parent or None,
            rect=Rect(rect.x + origin.x, rect.y + origin.y, rect.width, rect.height),
            shape=node.shape,
            title=face.title,
            subtitle=face.subtitle,
            detail=face.detail,
            tone=face.tone,
            tag=face.tag,
            badges=face.badges,
            rows=node.rows,
            members=node.members,
            headings=self._headings.get(node.id, ()),
            meter=face.meter,
            managed=face.managed,
            locked=place is not None and place.locked,
            origin=self._arrangement.origin(node.id),
        )
        return old if old is not None and old == box else box

    def _repainted(self, changes: ChangeSet) -> set[str]:
        """Boxes that may say something else after a change that moved nothing."""
        structure, plan = self._structure, self._plan
        found: set[str] = {REGION} if INFO in changes else set()
        for name in changes.ids("resource"):
            found.update(structure.boxes_of(name))
            resource = plan.find(name)
            if resource is not None and resource.kind == "security-group":
                for user in plan.mentions_of(name):
                    found.update(structure.boxes_of(user.source))
        return found & structure.nodes.keys()

    def _judged(self, before: Verdicts, now: Verdicts) -> set[str]:
        """Boxes that may say something else by other answers."""
        structure = self._structure
        functions = _differing(before.internet, now.internet)
        found = (
            functions | _differing(before.tiers, now.tiers) | _differing(before.marks, now.marks)
        )
        if before.capacity is not now.capacity:
            old, new = before.capacity, now.capacity
            found |= _differing(old.subnets if old else {}, new.subnets if new else {})
            found |= _differing(old.functions if old else {}, new.functions if new else {})
        for name in functions:
            found.update(structure.interfaces.get(name, ()))
        return {structure.card_of(name) for name in found} & structure.nodes.keys()


def _differing(before: Mapping[str, V], now: Mapping[str, V]) -> set[str]:
    """Keys whose values are not the same."""
    if before is now:
        return set()
    found = {
        key
        for key, value in now.items()
        if before.get(key) is not value and before.get(key) != value
    }
    return found | (before.keys() - now.keys())
