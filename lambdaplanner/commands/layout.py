"""Where boxes stand: moving, nudging, resizing. No answer depends on any of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from lambdaplanner.model.changes import Change, ChangeSet, Key
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement, Spot
from lambdaplanner.model.interfaces import line_key

Command = Callable[[Edit], None]


def place_all(placements: Mapping[str, Placement | None]) -> Command:
    """Puts each thing in its place; None leaves the place to the automatic layout."""

    def command(edit: Edit) -> None:
        changes = {}
        for name, placement in placements.items():
            key = Key("placement", name)
            old = edit.plan.value(key)
            changes[key] = Change(old, None if placement is None else placement.saying(old))
        edit.write(ChangeSet(changes))

    return command


def say_all(placements: Mapping[str, Placement]) -> Command:
    """Gives things their places with all that these say beside: locked, collapsed, in front."""

    def command(edit: Edit) -> None:
        keys = {Key("placement", name): placement for name, placement in placements.items()}
        edit.write(ChangeSet({k: Change(edit.plan.value(k), new) for k, new in keys.items()}))

    return command


def in_front(
    names: Collection[str], seen: Mapping[str, Placement], siblings: Collection[str], *, back: bool
) -> Command:
    """Paints things in front of all their siblings, or behind them; `seen` is where they stand."""

    def command(edit: Edit) -> None:
        places = edit.plan.placements
        levels = [
            places[name].above if name in places else 0 for name in siblings if name not in names
        ] or [0]
        above = min(levels) - 1 if back else max(levels) + 1
        say_all({name: (places.get(name) or seen[name])._replace(above=above) for name in names})(
            edit
        )

    return command


def bend(source: str, target: str, points: Sequence[Spot]) -> Command:
    """Leads the line between two boxes through points, in the region's coordinates; through none:
    it finds its own way.
    """

    def command(edit: Edit) -> None:
        key = Key("bends", line_key(source, target))
        edit.write(ChangeSet({key: Change(edit.plan.value(key), tuple(points) or None)}))

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
