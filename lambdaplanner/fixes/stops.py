"""Obstacles as those read them who mend them: where it was, and where else the same stands in the
way.
"""

from __future__ import annotations

from lambdaplanner.analysis.packets import Obstacle, Outside, Station, Stop
from lambdaplanner.fixes.registry import Met


def place_of(obstacle: Obstacle) -> tuple[str | None, ...]:
    """What tells an obstacle from others of its path: one ACL may stop a packet twice, where it
    leaves its subnet and where it enters another.
    """
    stop = obstacle.stop
    filtered = (
        (stop.side, stop.border, stop.station.interface if stop.station else None)
        if (stop)
        else (None, None, None)
    )
    return (obstacle.at, obstacle.code, obstacle.direction, *filtered)


def alike(met: Met) -> list[Stop]:
    """The stop of this obstacle, and those of the same kind on the other paths of its answer: what
    mends one subnet of a function and leaves the others is no help.
    """
    own = met.obstacle.stop
    if own is None:
        return []
    found = {_key(own): own}
    for path in met.answer.paths:
        for other in path.obstacles:
            same = (other.code, other.direction) == (met.obstacle.code, met.obstacle.direction)
            if same and other.stop is not None and other.stop.side == own.side:
                found.setdefault(_key(other.stop), other.stop)
    return list(found.values())


def _key(stop: Stop) -> tuple[object, ...]:
    goal = stop.goal
    return (
        stop.trip.vpc,
        stop.trip.subnet,
        stop.trip.sender.subnet,
        (goal.id, goal.subnet) if isinstance(goal, Station) else goal and goal.text,
        stop.station and stop.station.interface,
        stop.border,
    )


def origin_of(stop: Stop) -> Station:
    """Who began: the first sender behind every address translation."""
    return stop.trip.clients[0].station if stop.trip.clients else stop.trip.sender


def public_goal(stop: Stop) -> Outside | None:
    """The goal, where it is one that the internet has."""
    goal = stop.goal
    return goal if isinstance(goal, Outside) and goal.public else None
