"""Verdicts against single packets in an independent simulator, in networks of three VPCs."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import cycle, islice, product
from typing import Any, NamedTuple

from hypothesis import given, note
from hypothesis import strategies as st
from netaddr import IPNetwork

from lambdaplanner.analysis.answers import PathAnswer
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from tests.analysis.reach_plans import plan_from
from tests.effort import examples
from tests.properties.packet_network import NO_GROUPS
from tests.properties.packet_trips import HOST, Interface, Packet, Trips
from tests.properties.packet_worlds import worlds

OFFICE_HOSTS = ("172.30.0.1", "172.30.127.255", "172.30.128.0", "172.30.255.254")
OFFSETS = (4, 127, 128, 254)
WIDE = (1024, 19999, 20000, 30000, 30001, 32767, 32768, 60999, 61000, 65535)
NARROW = (32768, 45000, 60999)
QUESTIONS = (
    ("fn", "internet"),
    ("fn", "db"),
    ("fn", "web"),
    ("web", "db"),
    ("db", "web"),
    ("web", "internet"),
    ("internet", "web"),
    ("db", "203.0.113.9"),
    ("fn", "office"),
    ("web", "office"),
    ("office", "db"),
    ("office", "web"),
)
TOLD = {"reachable": {True}, "unreachable": {False}, "partial": {True, False}}


class Trial(NamedTuple):
    """One packet of a path, and what the NAT gateways on its way happen to choose."""

    source: Interface | None
    """None: a host of the internet, or of the office."""
    goal: Interface | str
    sport: int
    nat_offset: int
    nat_port: int
    choice: int
    host: str = HOST


def record_of(sections: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {**sections["functions"], **sections["workloads"]}[name]
    return found


def interfaces(sections: dict[str, Any], name: str, subnet: str) -> list[Interface]:
    """What the thing's interface in this subnet may be."""
    record, place = record_of(sections, name), sections["subnets"][subnet]
    groups = tuple(record.get("security_groups", ()))
    if not groups and record.get("type") == "nlb":
        groups = (NO_GROUPS,)
    block = IPNetwork(place["cidr"])
    public = bool(record.get("public_ip"))
    return [Interface(name, place["vpc"], subnet, str(block[n]), groups, public) for n in OFFSETS]


def trials(sections: dict[str, Any], source: str, target: str, path: PathAnswer) -> Iterator[Trial]:
    """Every combination, in an order that shows differences soon."""
    sources: list[Interface | None] = [None]
    if source not in ("internet", "office"):
        assert path.via is not None
        sources = list(interfaces(sections, source, path.via))
    goals: list[Interface | str] = [HOST if target == "internet" else target]
    if target == "office":
        goals = list(OFFICE_HOSTS)
    if target in ("db", "web"):
        goals = list(interfaces(sections, target, record_of(sections, target)["subnets"][0]))
    narrow = source in ("db", "web") and record_of(sections, source)["type"] not in ("alb", "nlb")
    found = list(product(sources, goals, NARROW if narrow else WIDE, OFFSETS[1:3], WIDE, (0, 1)))
    random.Random(1).shuffle(found)
    hosts = cycle(OFFICE_HOSTS if source == "office" else (HOST,))
    return (Trial(*each)._replace(host=next(hosts)) for each in found)


def told_hops(path: PathAnswer) -> str:
    return " ".join(hop.id for hop in (*path.hops, *path.return_hops))


def fate(sections: dict[str, Any], trial: Trial) -> bool:
    made = Trips(sections, trial.nat_offset, trial.nat_port, trial.choice)
    goal = trial.goal
    ip = goal.ip if isinstance(goal, Interface) else goal
    if trial.source is None:
        assert isinstance(goal, Interface)
        packet = Packet(trial.host, ip, "tcp", trial.sport, 443)
        outside = trial.host == HOST
        return made.from_internet(goal, packet) if outside else made.from_network(goal, packet)
    return made.request(trial.source, goal, Packet(trial.source.ip, ip, "tcp", trial.sport, 443))


@examples(120)
@given(worlds(), st.sampled_from(QUESTIONS))
def test_packets_fare_as_the_verdict_says(
    sections: dict[str, Any], question: tuple[str, str]
) -> None:
    answer = reach(compile_network(plan_from(sections)), *question, port=443)
    for path in answer.paths:
        told = TOLD[path.verdict]
        waiting = trials(sections, *question, path)
        fates: set[bool] = set()
        for trial in islice(waiting, 60):
            came = fate(sections, trial)
            fates.add(came)
            if came not in told:
                note(f"{path.via} to {path.into}: {path.verdict}, but {came}: {trial}")
                note(told_hops(path))
                break
        while fates < told and (further := next(waiting, None)) is not None:
            fates.add(fate(sections, further))
        assert fates == told, [(o.at, o.code, o.direction, o.message) for o in path.obstacles]
