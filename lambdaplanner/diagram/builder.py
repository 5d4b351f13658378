"""From a plan and its answers to what is drawn, from scratch or from one state to the next.

`build` and a `DiagramBuilder` that followed every change say the same; boxes and lines that did not
change stay the very same objects, so that a canvas finds by identity what to paint again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from lambdaplanner.diagram.arrangement import Arrangement, Shifts
from lambdaplanner.diagram.connections import Connection, connections_of
from lambdaplanner.diagram.faces import Face, face_of
from lambdaplanner.diagram.items import Box, Diagram, Rect
from lambdaplanner.diagram.line_book import LineBook
from lambdaplanner.diagram.structure import REGION, Node, Structure, skeleton, structure_of
from lambdaplanner.diagram.verdicts import NO_VERDICTS, Verdicts
from lambdaplanner.model.changes import INFO, ChangeSet
from lambdaplanner.model.plan import Plan

V = TypeVar("V")


def build(plan: Plan, verdicts: Verdicts = NO_VERDICTS) -> Diagram:
    """Everything to draw of a plan, with as many answers as there are."""
    return DiagramBuilder(plan).update(None, verdicts)


class DiagramBuilder:
    """Follows one plan. Give it every change set that the plan took, in order, also several as one
    (`ChangeSet.then`).
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._structure = Structure()
        self._connections: Mapping[str, Connection] = {}
        self._arrangement = Arrangement()
        self._lines = LineBook()
        self._faces: dict[str, Face] = {}
        self._verdicts = NO_VERDICTS
        self._drawn_nodes: Mapping[str, Node] = {}
        self.diagram = Diagram()
        """What the last update gave."""

    def update(self, changes: ChangeSet | None, verdicts: Verdicts = NO_VERDICTS) -> Diagram:
        """The diagram after `changes`; None where the plan is as it was, or was never looked at."""
        before, self._verdicts = self._verdicts, verdicts
        if not self._structure.nodes or (changes is not None and _structural(changes)):
            return self._rebuild()
        faces: set[str] = set()
        shifts: Shifts = {}
        if changes is not None:
            faces = self._repainted(changes)
            placed = changes.ids("placement")
            if placed:
                shifts = self._arrangement.update(placed, self._plan.placements)
                self._lines.update(self._connections, self._arrangement, shifts)
        faces |= self._judged(before, verdicts)
        return self._redraw(faces, shifts)

    def _rebuild(self) -> Diagram:
        self._structure = structure_of(self._plan)
        shifts = self._arrangement.rebuild(self._structure, self._plan.placements)
        self._connections = connections_of(self._plan, self._structure)
        self._lines.update(self._connections, self._arrangement, shifts)
        old, old_nodes, old_faces = self.diagram.boxes, self._drawn_nodes, self._faces
        nodes = self._drawn_nodes = self._structure.nodes
        faces = self._faces = {name: self._face(node) for name, node in nodes.items()}
        moved = {name for container in shifts.values() for name in container}
        boxes = {}
        for name, node in nodes.items():
            same = name not in moved and old_nodes.get(name) == node
            if same and old_faces[name] == faces[name] and not self._follows_origin(name):
                boxes[name] = old[name]
            else:
                boxes[name] = self._box(node, old.get(name))
        self.diagram = Diagram(boxes, self._lines.lines)
        return self.diagram

    def _redraw(self, faces: Iterable[str], shifts: Shifts) -> Diagram:
        nodes = self._structure.nodes
        stale = {name for container in shifts.values() for name in container}
        for name in faces:
            face = self._face(nodes[name])
            if face != self._faces[name]:
                self._faces[name] = face
                stale.add(name)
        old = self.diagram.boxes
        if shifts and old[REGION].origin != self._arrangement.origin(REGION):
            stale.update(name for name in nodes if self._follows_origin(name))
        fresh = {
            name: box
            for name in stale
            if (box := self._box(nodes[name], old[name])) is not old[name]
        }
        if fresh or self._lines.lines is not self.diagram.lines:
            self.diagram = Diagram({**old, **fresh} if fresh else old, self._lines.lines)
        return self.diagram

    def _follows_origin(self, name: str) -> bool:
        """Whether a box looks different when the region's frame moves around its contents."""
        return name == REGION or self._structure.nodes[name].parent == REGION

    def _face(self, node: Node) -> Face:
        return face_of(node, self._plan, self._structure, self._verdicts)

    def _box(self, node: Node, old: Box | None) -> Box:
        face = self._faces[node.id]
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
            tone=face.tone,
            tag=face.tag,
            badges=face.badges,
            meter=face.meter,
            managed=face.managed,
            origin=self._arrangement.origin(node.id),
        )
        return old if old is not None and old == box else box

    def _repainted(self, changes: ChangeSet) -> set[str]:
        """Boxes that may say something else after a change that moved nothing."""
        structure = self._structure
        found: set[str] = {REGION} if INFO in changes else set()
        for name in changes.ids("resource"):
            found.add(name)
            found.update(structure.interfaces.get(name, ()))
            if self._plan.resource(name).kind == "security-group":
                for names in structure.interfaces.values():
                    found.update(names)
        return found

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
        return found & structure.nodes.keys()


def _structural(changes: ChangeSet) -> bool:
    """Whether a change adds or removes a box or a line, or puts one into another container."""
    for key, (old, new) in changes.items():
        if key.facet == "order":
            return True
        if key.facet == "resource" and (
            old is None or new is None or skeleton(old) != skeleton(new)
        ):
            return True
    return False


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
