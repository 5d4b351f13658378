"""Which subnets of a VPC stand in one row.

Siblings do: `app-a`, `app-b` and `app-c` have one name but for the zone, and stay side by side when
a route of one is taken away for a moment. So do those of one zone that share a route table, and
what is in one zone alone joins a row of its tier that has nothing there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lambdaplanner.diagram.structure import Node, SubnetSeat
from lambdaplanner.kinds.topology import TIERS

_LETTER = re.compile(r"(.+?)[-_.](?:az[-_.]?)?([a-z])")
_LETTER_AND_NUMBER = re.compile(r"(.+?)[-_.](?:\d?([a-z]))[-_.](\d{1,2})")
_NUMBER = re.compile(r"(.+?)[-_.]?(?:az[-_.]?)?\d{1,2}")


class Group(NamedTuple):
    """Subnets of one row, in the order made."""

    tier: int
    nodes: list[Node]


def sibling_rows(subnets: Iterable[Node], seats: Mapping[str, SubnetSeat]) -> list[Group]:
    """The rows from the top: public ones first, and in the order made."""
    waiting: dict[object, list[Node]] = {}
    for node in subnets:
        waiting.setdefault(_family(node, seats[node.id]), []).append(node)
    rows: list[Group] = []
    single: dict[object, list[Node]] = {}
    for nodes in waiting.values():
        if len({seats[node.id].zone for node in nodes}) > 1:
            rows.append(Group(_tier(nodes, seats), nodes))
        else:
            seat = seats[nodes[0].id]
            single.setdefault((seat.table, seat.tier), []).extend(nodes)
    rows.sort(key=lambda row: row.tier)
    for nodes in single.values():
        _join(rows, Group(_tier(nodes, seats), nodes), seats)
    return sorted(rows, key=lambda row: row.tier)


def _family(node: Node, seat: SubnetSeat) -> tuple[str, str]:
    """The name without the zone. Of those that only count, a tier has a family each."""
    name, zone = node.id, seat.zone
    if zone and len(name) > len(zone) and name.endswith(zone):
        return name[: -len(zone)].rstrip("-_."), ""
    letter = _LETTER.fullmatch(name)
    if letter is not None:
        own = zone.endswith(letter[2])
        return letter[1], "" if own else seat.tier
    both = _LETTER_AND_NUMBER.fullmatch(name)
    if both is not None and zone.endswith(both[2]):
        return f"{both[1]}-{both[3]}", ""
    number = _NUMBER.fullmatch(name)
    return number[1] if number else name, seat.tier


def _tier(nodes: list[Node], seats: Mapping[str, SubnetSeat]) -> int:
    """The tier of most; of as many, the more public one."""
    counted = Counter(TIERS.index(seats[node.id].tier) for node in nodes)
    return min(counted, key=lambda tier: (-counted[tier], tier))


def _join(rows: list[Group], group: Group, seats: Mapping[str, SubnetSeat]) -> None:
    """Puts a group into the first row of its tier with none of its zones, else in a new one."""
    zones = {seats[node.id].zone for node in group.nodes}
    for row in rows:
        if row.tier == group.tier and zones.isdisjoint(seats[node.id].zone for node in row.nodes):
            row.nodes.extend(group.nodes)
            return
    rows.append(group)
