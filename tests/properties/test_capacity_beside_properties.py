"""What more targets and more addresses do to verdicts, and what stands beside them, against brute
force.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.address_models import even_shares
from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.analysis.capacity import VERDICTS, assess
from lambdaplanner.analysis.nat_ports import nat_ports
from lambdaplanner.analysis.room import rooms
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.worst_zone import worst_zone
from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.internet_gateway import InternetGateway
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import block
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource
from tests.effort import examples

NAMES = ("s0", "s1", "s2", "s3")
ZONES = ("a", "b", "c", "a")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Up to four functions over four scarce subnets in three zones, some with groups of their own
    and many connections.
    """
    things: list[Resource] = [
        Vpc(id="main", cidr="10.0.0.0/24"),
        *(SecurityGroup(id=name, vpc="main") for name in "xy"),
    ]
    for place, name in enumerate(NAMES):
        taken = draw(st.integers(0, 12))
        cidr = f"10.0.0.{32 * place}/28"
        things.append(Subnet(id=name, vpc="main", az=ZONES[place], cidr=cidr, reserved_ips=taken))
    for place in range(draw(st.integers(1, 4))):
        ways = draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))
        things.append(
            Function(
                id=f"f{place}",
                concurrency=draw(st.integers(0, 14)),
                memory_mb=draw(st.sampled_from((128, 1536, 3072, 6144))),
                connections_per_environment=draw(st.sampled_from((1, 1000))),
                subnets=tuple(ways),
                security_groups=tuple(draw(st.lists(st.sampled_from("xy"), unique=True))),
            )
        )
    return plan_of(things)


models = st.sampled_from(MODELS)


def things_of(plan: Plan) -> list[Resource]:
    return [plan.resource(name) for name in sorted(plan, key=plan.order)]


def no_better(after: CapacityAnswer, before: CapacityAnswer) -> bool:
    """Whether every verdict of `after` is as bad as before, or worse."""
    return all(
        VERDICTS.index(found.verdict) >= VERDICTS.index(before.functions[name].verdict)
        for name, found in after.functions.items()
    )


@examples(150)
@given(plans(), models, st.integers(0, 3), st.integers(1, 200))
def test_a_higher_target_never_improves_a_verdict(
    plan: Plan, model: str, place: int, more: int
) -> None:
    functions = plan.ordered("function")
    raised = functions[place % len(functions)]
    before = assess(plan, model=model)
    after = assess(plan, model=model, concurrency={raised.id: raised.concurrency + more})
    assert no_better(after, before)
    assert VERDICTS.index(after.verdict) >= VERDICTS.index(before.verdict)


@examples(150)
@given(plans(), models, st.sampled_from(NAMES))
def test_a_free_address_more_never_makes_it_worse(plan: Plan, model: str, name: str) -> None:
    roomier = plan_of(
        replace(thing, reserved_ips=max(0, thing.reserved_ips - 1))
        if isinstance(thing, Subnet) and thing.id == name
        else thing
        for thing in things_of(plan)
    )
    assert no_better(assess(plan, model=model), assess(roomier, model=model))


@examples(150)
@given(plans(), st.sampled_from(("per-invocation", "eni-per-3gb")))
def test_the_bottleneck_is_a_minimum_cut(plan: Plan, model: str) -> None:
    """The subnets named are what keeps the targets from fitting: of all sets of subnets none lacks
    more addresses for the functions that can go nowhere else.
    """
    answer = assess(plan, model=model)
    free = {name: max(0, row.free) for name, row in answer.subnets.items()}
    wanting = [
        (frozenset(function.subnets), answer.functions[function.id].demand)
        for function in plan.ordered("function")
        if function.subnets
    ]

    def lack(cut: frozenset[str]) -> int:
        """Addresses that functions confined to these subnets want beyond what is there."""
        return sum(d for way, d in wanting if way <= cut) - sum(free[name] for name in cut)

    for function in plan.ordered("function"):
        found = answer.functions[function.id]
        if found.verdict != "exhausted":
            continue
        joined = _joined(frozenset(function.subnets), wanting)
        every = [
            frozenset(cut)
            for size in range(1, len(joined) + 1)
            for cut in combinations(sorted(joined), size)
        ]
        assert lack(frozenset(found.bottleneck)) == max(map(lack, every)) > 0


def _joined(own: frozenset[str], wanting: list[tuple[frozenset[str], int]]) -> frozenset[str]:
    """The subnets of all functions that share some with each other, from these on."""
    while True:
        more = own.union(*(way for way, _ in wanting if way & own))
        if more == own:
            return own
        own = more


@examples(100)
@given(plans(), models)
def test_the_worst_zone_is_the_worst_of_all(plan: Plan, model: str) -> None:
    found = worst_zone(plan, model=model)
    attached = [function.id for function in plan.ordered("function") if function.subnets]
    if not attached:
        assert found is None
        return
    assert found is not None
    without = {
        zone: assess(plan, model=model, scenario=Scenario(without_zones=(zone,)))
        for zone in sorted(set(ZONES))
    }
    verdicts = {zone: VERDICTS.index(answer.verdict) for zone, answer in without.items()}
    assert VERDICTS.index(found.verdict) == verdicts[found.az] == max(verdicts.values())
    rows = without[found.az].functions
    assert {name: (loss.verdict, loss.shortfall) for name, loss in found.functions.items()} == {
        name: (rows[name].verdict, rows[name].shortfall)
        for name in attached
        if rows[name].verdict != "ok"
    }
    each = [loss.shortfall for loss in found.functions.values()]
    if model == "per-invocation":  # an address of another model carries more of one than another
        assert max(each, default=0) <= found.shortfall <= sum(each)


@examples(100)
@given(plans())
def test_the_worst_shortfall_is_what_the_largest_flow_leaves(plan: Plan) -> None:
    found = worst_zone(plan, model="per-invocation")
    if found is None:
        return
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(("source", "sink"))
    answer = assess(plan, model="per-invocation", scenario=Scenario(without_zones=(found.az,)))
    wanted = 0
    for function in plan.ordered("function"):
        if not function.subnets:
            continue
        wanted += function.concurrency
        graph.add_edge("source", f"f:{function.id}", capacity=function.concurrency)
        for name in function.subnets:
            if answer.subnets[name].az != found.az:
                graph.add_edge(f"f:{function.id}", f"s:{name}")
                free = max(0, answer.subnets[name].free)
                graph.add_edge(f"s:{name}", "sink", capacity=free)
    assert found.shortfall == wanted - nx.maximum_flow_value(graph, "source", "sink")


@examples(100)
@given(plans(), models)
def test_offered_blocks_are_free_and_make_it_fit(plan: Plan, model: str) -> None:
    answer = assess(plan, model=model)
    taken = {subnet.id: block(subnet.cidr) for subnet in plan.ordered("subnet")}
    promised: dict[str, str] = {}
    for name, room in rooms(plan, answer).items():
        assert all(promised.setdefault(subnet, cidr) == cidr for subnet, cidr in room.places)
        blocks = {subnet: block(text) for subnet, text in room.places}
        wanted = answer.functions[name].suggested_prefix
        assert wanted is not None
        assert all(one.prefix <= wanted < taken[subnet].prefix for subnet, one in blocks.items())
        assert all(block("10.0.0.0/24").covers(one) for one in blocks.values())
        assert not any(
            blocks[one].overlaps(taken[other])
            for one, other in product(blocks, taken)
            if one != other
        )
        if len(blocks) == room.subnets:
            assert room.fits == room.prefix
            assert _moved(plan, name, dict(room.places), model) == "ok"
        else:
            assert room.fits is None or room.fits >= room.prefix
    both = combinations(map(block, promised.values()), 2)
    assert not any(one.overlaps(other) for one, other in both)


def _moved(plan: Plan, name: str, new: dict[str, str], model: str) -> str:
    """The verdict once the function's subnets have these blocks instead of theirs."""
    moved = plan_of(
        replace(thing, cidr=new[thing.id])
        if isinstance(thing, Subnet) and thing.id in new
        else thing
        for thing in things_of(plan)
    )
    return assess(moved, model=model).functions[name].verdict


# NAT gateways ------------------------------------------------------------------------------------

TARGETS = ("nat0", "nat1", "regional", "igw", "blackhole", None)


@st.composite
def natted(draw: st.DrawFn) -> Plan:
    """Private subnets whose default routes lead here and there, and functions over them."""
    things: list[Resource] = [
        Vpc(id="main", cidr="10.0.0.0/16"),
        InternetGateway(id="igw", vpc="main"),
        RouteTable(id="out", vpc="main", routes=(Route(destination="0.0.0.0/0", target="igw"),)),
        Subnet(id="p0", vpc="main", az="a", cidr="10.0.0.0/24", route_table="out"),
        Subnet(id="p1", vpc="main", az="b", cidr="10.0.1.0/24", route_table="out"),
        NatGateway(id="nat0", subnet="p0"),
        NatGateway(id="nat1", subnet="p1", connectivity="private", elastic_ips=2),
        NatGateway(id="regional", vpc="main", mode="regional"),
    ]
    for place, name in enumerate(NAMES):
        target = draw(st.sampled_from(TARGETS))
        routes = () if target is None else (Route(destination="0.0.0.0/0", target=target),)
        things.append(RouteTable(id=f"rt{place}", vpc="main", routes=routes))
        things.append(
            Subnet(
                id=name,
                vpc="main",
                az=ZONES[place],
                cidr=f"10.0.{16 * (place + 1)}.0/20",
                route_table=f"rt{place}",
            )
        )
    for place in range(draw(st.integers(0, 4))):
        things.append(
            Function(
                id=f"f{place}",
                concurrency=draw(st.integers(0, 50_000)),
                connections_per_environment=draw(st.sampled_from((1, 7))),
                subnets=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4))),
            )
        )
    return plan_of(things)


def exact(plan: Plan) -> dict[tuple[str, str], Fraction]:
    """The load of every gateway in every zone, straight from the routes."""
    loads: dict[tuple[str, str], Fraction] = {}
    for function in plan.ordered("function"):
        for name in function.subnets:
            subnet = plan.resource(name)
            assert isinstance(subnet, Subnet)
            table = plan.resource(subnet.route_table or "")
            assert isinstance(table, RouteTable)
            for route in table.routes:
                if route.target not in ("igw", "blackhole"):
                    zone = {"nat0": "a", "nat1": "b"}.get(route.target, subnet.az)
                    each = function.concurrency * (function.connections_per_environment or 0)
                    share = Fraction(each, len(function.subnets))
                    key = (route.target, zone)
                    loads[key] = loads.get(key, Fraction(0)) + share
    return loads


def rounded(load: Fraction) -> int:
    return -(-load.numerator // load.denominator)


@examples(100)
@given(natted())
def test_ports_are_the_exact_sums_rounded_up_once(plan: Plan) -> None:
    loads = exact(plan)
    for name, found in nat_ports(plan).items():
        own = {zone: load for (nat, zone), load in loads.items() if nat == name}
        assert found.connections == rounded(max(own.values(), default=Fraction(0)))
        if found.regional:
            assert dict(found.zones) == {zone: rounded(load) for zone, load in own.items()}
        assert (found.verdict == "ok") == (found.connections <= found.ports)
        carried = (found.addresses_needed - 1) * 55_000
        assert carried < max(1, found.connections) <= carried + 55_000
        assert found.gateways_needed * found.most >= found.addresses_needed
        assert (found.gateways_needed - 1) * found.most < found.addresses_needed


@examples(100)
@given(natted())
def test_ports_add_up_over_functions(plan: Plan) -> None:
    """Each function alone loads a gateway as it does beside the others."""
    whole = nat_ports(plan)
    functions = [function.id for function in plan.ordered("function")]
    alone = {
        name: nat_ports(plan, concurrency={other: 0 for other in functions if other != name})
        for name in functions
    }
    for gateway, found in whole.items():
        for name, connections in found.functions:
            assert dict(alone[name][gateway].functions)[name] == connections
        parts = [alone[name][gateway] for name in functions]
        if not found.regional:
            together = sum(part.connections for part in parts)
            assert found.connections <= together <= found.connections + len(functions)


@examples(60)
@given(natted(), st.sampled_from("abc"))
def test_without_a_zone_every_connection_is_carried_or_accounted_for(plan: Plan, zone: str) -> None:
    found = nat_ports(plan, scenario=Scenario(without_zones=(zone,)))
    kept = plan_of(
        replace(
            thing,
            subnets=tuple(n for n in thing.subnets if ZONES[NAMES.index(n)] != zone),
        )
        if isinstance(thing, Function)
        else thing
        for thing in things_of(plan)
    )
    before = nat_ports(kept)
    gone = {"a": "nat0", "b": "nat1"}.get(zone)
    for name, ports in found.items():
        if name == gone:
            assert (ports.verdict, ports.connections, ports.ports) == ("gone", 0, 0)
            assert ports.stranded == before[name].functions
        else:
            assert ports.stranded == ()
            assert ports.functions == before[name].functions
            assert ports.connections == before[name].connections


@given(st.integers(0, 100_000), st.integers(1, 16))
def test_even_shares_are_even(count: int, ways: int) -> None:
    shares = [share for _, share in even_shares(count, tuple(map(str, range(ways))))]
    assert sum(shares) == count
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)
