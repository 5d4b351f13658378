"""What is different between two structures: what to arrange, to say and to draw again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lambdaplanner.diagram.structure import PLANE, REGION, Structure, skeleton
from lambdaplanner.kinds.registry import INTERNET
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.geometry import Placement


class StructureChanges(NamedTuple):
    """From one structure to the next."""

    nodes: set[str]
    """Boxes that are new, or other than they were."""
    gone: set[str]
    """Boxes that are no more."""
    seats: set[str]
    """Subnets with another zone, tier or table."""
    containers: set[str]
    """Containers in which anything may have to move."""


def structure_changes(old: Structure, new: Structure) -> StructureChanges:
    """Compares; boxes that stayed the same object cost next to nothing."""
    before = old.nodes
    nodes = {
        name
        for name, node in new.nodes.items()
        if (was := before.get(name)) is not node and was != node
    }
    gone = before.keys() - new.nodes.keys()
    seats = _differing(old.seats, new.seats)
    containers = {name for name, inside in new.children.items() if old.children.get(name) != inside}
    for name in nodes:
        containers.add(new.nodes[name].parent)
        if new.nodes[name].shape == "container":
            containers.add(name)
    for name in seats | _differing(old.tables, new.tables):
        if name in new.nodes:
            containers.add(new.nodes[name].parent)
    online = (INTERNET in old.nodes) != (INTERNET in new.nodes)
    if online or _differing(old.joins, new.joins) or _homes(old) != _homes(new):
        containers.add(REGION)
    containers.discard(PLANE)
    return StructureChanges(nodes, set(gone), seats & new.nodes.keys(), containers)


def _homes(structure: Structure) -> list[str]:
    """The VPCs of the internet gateways."""
    return [structure.nodes[name].parent for name in structure.gateways]


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> set[str]:
    """Keys of either whose values are not the same."""
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}


def is_structural(changes: ChangeSet) -> bool:
    """Whether a change adds or removes a box or a line, or puts one into another container."""
    for key, (old, new) in changes.items():
        if key.facet in ("order", "bends"):
            return True
        if key.facet == "placement" and _level(old) != _level(new):
            return True
        if key.facet == "resource" and (
            old is None or new is None or skeleton(old) != skeleton(new)
        ):
            return True
    return False


def _level(place: Placement | None) -> int:
    return place.above if place is not None else 0


def takes_places(changes: ChangeSet) -> bool:
    """Whether anything was placed by hand, or is no longer."""
    return any(
        key.facet == "placement" and (old is None) != (new is None)
        for key, (old, new) in changes.items()
    )
