"""Where larger subnets could stand, in words."""

from __future__ import annotations

from lambdaplanner.analysis.room import Room

_NAMED = 3


def room_in_short(room: Room) -> str:
    """For a cell: ``/21: 10.0.8.0, 10.0.24.0``."""
    if len(room.blocks) < room.subnets:
        return f"/{room.prefix}, room for {len(room.blocks)} of {room.subnets}"
    return f"/{room.prefix}: {', '.join(block.partition('/')[0] for block in room.blocks)}"


def room_sentence(room: Room) -> str:
    """What would do, and where it is free."""
    would_do = f"A /{room.prefix} in each of its subnets would do"
    if len(room.places) == room.subnets:
        planned = [_planned(room, *place) for place in room.places[:_NAMED]]
        if room.subnets > _NAMED:
            planned.append(f"{room.subnets - _NAMED} more")
        *others, last = planned
        return f"{would_do}: {', '.join(others)} and {last}." if others else f"{would_do}: {last}."
    found = f"{would_do}, but its VPC has room for {len(room.blocks)} of {room.subnets}."
    if room.fits == room.prefix:
        return f"{found} Alone, with nothing else larger, it would fit."
    if room.fits is None:
        return f"{found} No smaller size has room for all either."
    return f"{found} A /{room.fits} each still fits."


def _planned(room: Room, subnet: str, block: str) -> str:
    """What Fix makes of one subnet."""
    return f"{subnet} {'widened to' if subnet in room.widened else 'moved to'} {block}"
