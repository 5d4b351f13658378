"""Whether one end reaches the other: every pair of subnets, hop by hop there and back, with every
obstacle.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.answers import Answer, PathAnswer, Verdict
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.beyond import network_goal
from lambdaplanner.analysis.ends import End, read_end, read_port, read_version
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.network_paths import addresses_of, from_networks
from lambdaplanner.analysis.outside_paths import from_outside, one_after
from lambdaplanner.analysis.packets import Goal, Outside, Station
from lambdaplanner.analysis.pathless import (
    invoked_only,
    no_endpoint,
    not_attached,
    outside_only,
    source_unknown,
)
from lambdaplanner.analysis.paths import from_station, to_nobody
from lambdaplanner.analysis.services import way_to_service
from lambdaplanner.analysis.stations import (
    address_goal,
    endpoint_station,
    function_station,
    internet_goal,
    service_goal,
    service_hop,
    stands_in,
    workload_station,
)
from lambdaplanner.analysis.untold import (
    from_outside_to_untold,
    from_untold,
    leaning,
    to_untold,
    untold_subnets,
)
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import Workload


def reach(
    network: Network,
    source: str,
    target: str,
    *,
    port: int | None = None,
    protocol: str = "tcp",
    ip: int | None = None,
) -> Answer:
    """The answer to one question; the network keeps it.

    `port` left out is the target workload's, else 443; `ip` is 4 or 6, left out that of an end that
    is an address, else 4. Raises QuestionError where an end is unknown, or what is asked makes no
    sense.
    """
    key = ("reach", source, target, port, protocol, ip)
    asked = (port, protocol, ip)
    return network.readings.of(key, lambda: _answer(network, source, target, asked))


def _answer(
    network: Network, source: str, target: str, asked: tuple[int | None, str, int | None]
) -> Answer:
    source_end, target_end = read_end(network, source), read_end(network, target)
    if source_end.service is not None:
        raise QuestionError(
            f"{source} opens no connections", hint="ask from a function, a workload or the internet"
        )
    port = read_port(target_end, *asked[:2])
    ask = Ask(network, asked[1], port, read_version(source_end, target_end, asked[2]))
    paths = tuple(leaning(network, path) for path in _paths(ask, source_end, target_end))
    return Answer(
        source=source,
        target=target,
        protocol=ask.protocol,
        port=port,
        ip=asked[2],
        verdict=verdict_of([path.verdict for path in paths]),
        paths=paths,
    )


def verdict_of(verdicts: Sequence[Verdict]) -> Verdict:
    """Reachable if every path is, partial if some are, at least in part; else unknown if any is,
    else unreachable.
    """
    if all(verdict == "reachable" for verdict in verdicts):
        return "reachable"
    if any(verdict in ("reachable", "partial") for verdict in verdicts):
        return "partial"
    return "unknown" if "unknown" in verdicts else "unreachable"


def _paths(ask: Ask, source_end: End, target_end: End) -> Iterator[PathAnswer]:
    if target_end.function is not None:
        yield from _to_function(ask, source_end, target_end)
    elif target_end.seen and target_end.address is not None:
        yield from _as_the_internet_sees(ask, source_end, target_end)
    elif source_end.networks:
        goals = _goals_beyond(ask, target_end)
        yield from from_networks(ask, source_end, goals)
        if not goals:
            yield no_endpoint(ask, source_end, target_end)
    elif _is_inside(ask, source_end):
        for station in stations_of(ask, source_end):
            yield from _from_inside(ask, station, target_end)
        untold = untold_subnets(ask.network, source_end)
        if untold is not None:
            yield from_untold(ask, source_end, target_end.text, untold)
    elif source_end.function is not None or source_end.on_the_internet:
        yield from _from_the_internet(ask, source_end, target_end)
    else:
        yield source_unknown(ask, source_end.text)


def _as_the_internet_sees(ask: Ask, source_end: End, target_end: End) -> Iterator[PathAnswer]:
    """To a workload by its public address: out to the internet, and in again by its door."""
    address = target_end.address
    assert address is not None
    goals = [
        workload_station(ask.network, workload, name, ask.version)
        for workload in target_end.seen
        for name in workload.subnets
    ]
    if source_end.networks:
        out = from_networks(ask, source_end, (address_goal(address),))
    elif _is_inside(ask, source_end):
        starts = stations_of(ask, source_end)
        out = (from_station(ask, station, address_goal(address)) for station in starts)
    else:
        yield from (from_outside(ask, source_end, goal) for goal in goals)
        return
    for left in out:
        for goal in goals:
            yield one_after(left, from_outside(ask, End(text="internet"), goal))


def _is_inside(ask: Ask, end: End) -> bool:
    """Whether an end stands in a VPC, were it one that nobody told."""
    if end.function is None:
        return bool(end.workloads)
    return end.function.attached or untold_subnets(ask.network, end) is not None


def stations_of(ask: Ask, end: End) -> list[Station]:
    """The interfaces of an end; where its fixed address was asked for, only the one that has it."""
    key = ("stations", end.text, ask.version)
    return ask.network.readings.of(key, lambda: _stations(ask, end))


def _stations(ask: Ask, end: End) -> list[Station]:
    network, version = ask.network, ask.version
    network.readings.note((end.text,))
    if end.function is not None:
        names = end.function.subnets
        return [function_station(network, end.function, name, version) for name in names]
    return [
        workload_station(network, workload, name, version)
        for workload in end.workloads
        for name in workload.subnets
        if end.address is None or stands_in(network, workload, name)
    ]


def _to_function(ask: Ask, source_end: End, target_end: End) -> Iterator[PathAnswer]:
    function = target_end.function
    assert function is not None
    places: Sequence[str | None] = function.subnets or (None,)
    inside = _is_inside(ask, source_end)
    starts: Sequence[Station | None] = stations_of(ask, source_end) if inside else ()
    starts = starts or (None,)
    for start in starts:
        for into in places:
            yield invoked_only(ask, source_end, start, function.id, into)


def _from_inside(ask: Ask, station: Station, target_end: End) -> Iterator[PathAnswer]:
    if target_end.service is not None:
        way = way_to_service(ask.network, station, target_end.service, ask.version)
        for goal in way.goals:
            yield from_station(ask, station, goal, way)
        for endpoint in way.empty:
            yield to_nobody(ask, station, endpoint)
        if way.untold is not None:
            yield to_untold(ask, station, target_end.text, way.untold)
        return
    for goal in _goals(ask, station, target_end):
        yield from_station(ask, station, goal)
    untold = untold_subnets(ask.network, target_end)
    if untold is not None:
        yield to_untold(ask, station, target_end.text, untold)


def _goals(ask: Ask, station: Station, target_end: End) -> Sequence[Goal]:
    if target_end.networks:
        return _network_goals(ask, target_end)
    if target_end.address is not None and not target_end.workloads:
        return (address_goal(target_end.address),)
    if not target_end.workloads:
        return (internet_goal(ask.version),)
    stations = stations_of(ask, target_end)
    if target_end.address is None or len(target_end.workloads) == 1:
        return stations
    return _meant(ask, station, stations, target_end.workloads)


def _goals_beyond(ask: Ask, target_end: End) -> Sequence[Goal]:
    """What an external network may be bound for: of AWS's services the interface endpoints."""
    network = ask.network
    if target_end.workloads:
        return stations_of(ask, target_end)
    if target_end.networks:
        return _network_goals(ask, target_end)
    if target_end.service is None:
        return (_outside(ask, target_end),)
    hop = service_hop(target_end.service)
    endpoints = (e for e in network.of(Endpoint).values() if e.is_interface)
    return tuple(
        endpoint_station(network, endpoint, name, hop, ask.version)
        for endpoint in endpoints
        if endpoint.serves(target_end.service, network.region_of(endpoint.vpc))
        for name in endpoint.subnets
        if network.of(Subnet)[name].vpc == endpoint.vpc
    )


def _network_goals(ask: Ask, end: End) -> tuple[Goal, ...]:
    """An external network as where packets are bound; of an address all networks that have it."""
    addresses = addresses_of(ask, end, end.networks[0])
    return (network_goal(ask.network, end.text, addresses, end.networks),)


def _meant(
    ask: Ask, station: Station, stations: list[Station], holders: tuple[Workload, ...]
) -> list[Station]:
    """Of several holders of one address the one in the same VPC, else the one that is reached,
    else the first.
    """
    by_holder = [[s for s in stations if s.id == holder.id] for holder in holders]
    for found in by_holder:
        if any(one.vpc == station.vpc for one in found):
            return found
    for found in by_holder:
        if any(from_station(ask, station, one).verdict != "unreachable" for one in found):
            return found
    return by_holder[0]


def _from_the_internet(ask: Ask, source_end: End, target_end: End) -> Iterator[PathAnswer]:
    """From a host of the internet, or from a function that is not attached to any VPC."""
    if target_end.workloads:
        private = target_end.address is not None
        for goal in stations_of(ask, target_end):
            if source_end.function is not None and (private or not goal.public):
                yield not_attached(ask, source_end.function.id, goal)
            else:
                yield from_outside(
                    ask, source_end, goal._replace(public=goal.public and not private)
                )
        untold = untold_subnets(ask.network, target_end)
        if untold is not None:
            yield from_outside_to_untold(ask, source_end.text, untold)
    else:
        yield outside_only(ask, source_end, _outside(ask, target_end))


def _outside(ask: Ask, target_end: End) -> Outside:
    if target_end.service is not None:
        return service_goal(target_end.service, ask.version)
    if target_end.networks:
        return network_goal(ask.network, target_end.text, (), target_end.networks)
    if target_end.address is not None:
        return address_goal(target_end.address)
    return internet_goal(ask.version)
