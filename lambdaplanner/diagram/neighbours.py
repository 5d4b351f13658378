"""An order in which things that belong together follow one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_EXACT = 8
_SWEEPS = 8


def in_line(names: Sequence[str], pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The names in an order in which the members of pairs stand close: the best one of up to eight,
    a good one of more; as they come where nothing is paired.
    """
    peers: dict[str, list[str]] = {}
    for one, other in pairs:
        peers.setdefault(one, []).append(other)
        peers.setdefault(other, []).append(one)
    paired = [name for name in names if name in peers]
    if len(paired) < 3:
        return _together(names, paired)
    order = _best(paired, peers) if len(paired) <= _EXACT else _good(paired, peers)
    return [*order, *(name for name in names if name not in peers)]


def _together(names: Sequence[str], paired: list[str]) -> list[str]:
    """As they come, the second of two right after the first."""
    if len(paired) < 2:
        return list(names)
    first, second = paired
    rest = [name for name in names if name != second]
    rest.insert(rest.index(first) + 1, second)
    return rest


def _best(names: list[str], peers: dict[str, list[str]]) -> list[str]:
    """The least sum of distances, by what is cut between every two that follow one another."""
    bits = {name: 1 << at for at, name in enumerate(names)}
    near = [sum(bits[peer] for peer in set(peers[name])) for name in names]
    whole = (1 << len(names)) - 1
    costs: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for chosen in range(1, whole + 1):
        inside = [at for at in range(len(names)) if chosen >> at & 1]
        cut = sum((near[at] & ~chosen).bit_count() for at in inside)
        costs[chosen] = min(
            (costs[chosen & ~(1 << at)][0] + cut, (*costs[chosen & ~(1 << at)][1], at))
            for at in inside
        )
    return [names[at] for at in costs[whole][1]]


def _good(names: list[str], peers: dict[str, list[str]]) -> list[str]:
    """Each at the middle of its peers, some times over."""
    order = names
    for _ in range(_SWEEPS):
        at = {name: place for place, name in enumerate(order)}
        middle = {
            name: (at[name] + sum(at[peer] for peer in peers[name])) / (1 + len(peers[name]))
            for name in order
        }
        order = sorted(order, key=lambda name: (middle[name], at[name]))
    return order
