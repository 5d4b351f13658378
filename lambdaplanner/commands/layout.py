"""Where boxes stand: moving, nudging, resizing. No answer depends on any of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lambdaplanner.model.changes import Change, ChangeSet, Key
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement

Command = Callable[[Edit], None]


def place_all(placements: Mapping[str, Placement | None]) -> Command:
    """Puts each thing in its place; None leaves the place to the automatic layout."""

    def command(edit: Edit) -> None:
        keys = {Key("placement", name): placement for name, placement in placements.items()}
        edit.write(ChangeSet({k: Change(edit.plan.value(k), new) for k, new in keys.items()}))

    return command


def move(start: Mapping[str, Placement], dx: int, dy: int) -> Command:
    """Puts things `dx`, `dy` scene units from where they stood at the start; never adds up, so a
    drag cannot drift.
    """
    return place_all({name: placement.moved(dx, dy) for name, placement in start.items()})


def resize(
    resource_id: str, placement: Placement, children: Mapping[str, Placement] | None = None
) -> Command:
    """Gives a box its rectangle; `children` are put so that they stay where they are seen when its
    corner moves.
    """
    return place_all({resource_id: placement, **(children or {})})


def tidy(*resource_ids: str) -> Command:
    """Leaves the places of these to the automatic layout."""
    return place_all(dict.fromkeys(resource_ids))
