"""Interfaces of a thing that fare as others of it do, so that one stands in for all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.kinship import homes_of, plain
from lambdaplanner.analysis.packets import Station

Place = str | None
"""The subnet of an interface."""

_FEW_PAIRS = 36
"""So many pairs of interfaces are looked at one by one where their tables differ."""


def pairs_of(
    ask: Ask, starts: Sequence[Station], goals: Sequence[Station]
) -> Iterator[tuple[Station, Station, tuple[Place, Place]]]:
    """Every interface of one thing with every one of another, and the first two subnets in which
    the same things fare as they do there.
    """
    by_table = len(starts) * len(goals) <= _FEW_PAIRS
    ends = [(goal, _homes(ask, goal, by_table=by_table)) for goal in goals]
    for station in starts:
        homes = _homes(ask, station, by_table=by_table)
        for goal, others in ends:
            # by which subnet packets come to their end is no matter at both ends, or at none
            told_apart = homes is None or others is None
            here = (station.subnet, goal.subnet)
            yield station, goal, here if told_apart else _first(here, homes or (), others or ())


def _first(
    here: tuple[Place, Place], near: tuple[Place, ...], far: tuple[Place, ...]
) -> tuple[Place, Place]:
    start, end = here
    if start == end:
        return (near[0], near[0]) if near == far else here
    if len(far) == 1:
        return next((name for name in near if name != end), start), end
    return near[0], next((name for name in far if name != near[0]), end)


def _homes(ask: Ask, station: Station, *, by_table: bool) -> tuple[Place, ...] | None:
    """The subnets in which it fares as in its own; None where others fare otherwise because of
    where it stands.
    """
    network, subnet = ask.network, station.subnet
    if subnet is None or ask.version != 4 or not plain(network, station.vpc):
        return None
    if station.addresses != network.free_addresses(subnet):
        return (subnet,)
    return homes_of(network, subnet, by_table=by_table) or (subnet,)


def standing_in(ask: Ask, station: Station, subnet: Place) -> Station:
    """The same interface in another subnet."""
    if subnet is None or subnet == station.subnet:
        return station
    return station._replace(subnet=subnet, addresses=ask.network.free_addresses(subnet))
