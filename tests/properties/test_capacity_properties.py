"""Capacity against brute force and networkx."""

from __future__ import annotations

import dataclasses
from itertools import product

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis import fitting
from lambdaplanner.analysis.address_models import even_shares
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.fitting import Question, extremes, fit
from lambdaplanner.analysis.spreading import Spread
from lambdaplanner.formats.document import plan_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import INFO, Change, ChangeSet
from lambdaplanner.model.plan import Plan
from tests.effort import examples

NAMES = ("s0", "s1", "s2")


@st.composite
def small_plans(draw: st.DrawFn) -> tuple[Plan, dict[str, int]]:
    """Up to three functions over up to three subnets with a handful of free addresses each."""
    count = draw(st.integers(1, 3))
    free = {name: draw(st.integers(-2, 5)) for name in NAMES[:count]}
    things: list[Vpc | Subnet | Function] = [Vpc(id="main", cidr="10.0.0.0/16")]
    for place, name in enumerate(free):
        things.append(
            Subnet(
                id=name,
                vpc="main",
                az="eu-west-1a",
                cidr=f"10.0.{place}.0/28",
                reserved_ips=11 - free[name],
            )
        )
    for place in range(draw(st.integers(1, 3))):
        ways = draw(st.lists(st.sampled_from(list(free)), unique=True, max_size=count))
        target = draw(st.integers(0, 6))
        things.append(Function(id=f"f{place}", concurrency=target, subnets=tuple(ways)))
    return plan_of(things), free


def spreads(target: int, ways: int) -> list[tuple[int, ...]]:
    return [parts for parts in product(range(target + 1), repeat=ways) if sum(parts) == target]


def some_spread_fits(functions: list[tuple[int, tuple[str, ...]]], free: dict[str, int]) -> bool:
    """Every spread of every function, tried one after the other."""
    if not functions:
        return True
    (target, ways), *rest = functions
    for parts in spreads(target, len(ways)):
        left = dict(free)
        for name, part in zip(ways, parts, strict=True):
            left[name] -= part
        fits = all(left[name] >= 0 for name, part in zip(ways, parts, strict=True) if part)
        if fits and some_spread_fits(rest, left):
            return True
    return False


def attached(plan: Plan) -> list[Function]:
    return [f for f in plan.ordered("function") if f.subnets]


def together(plan: Plan, one: Function) -> list[Function]:
    """The functions joined to one by shared subnets."""
    found = [one]
    for member in found:
        found += [
            f for f in attached(plan) if f not in found and set(f.subnets) & set(member.subnets)
        ]
    return found


@examples(150)
@given(small_plans())
def test_verdicts_agree_with_brute_force(case: tuple[Plan, dict[str, int]]) -> None:
    plan, free = case
    answer = assess(plan)
    room = {name: max(0, count) for name, count in free.items()}
    demand = dict.fromkeys(free, 0)
    for f in attached(plan):
        for name, share in even_shares(f.concurrency, f.subnets):
            demand[name] += share
    assert {name: s.demand for name, s in answer.subnets.items()} == demand
    for f in attached(plan):
        if not f.concurrency or all(demand[name] <= room[name] for name in f.subnets):
            expected = "ok"
        elif some_spread_fits([(o.concurrency, o.subnets) for o in together(plan, f)], room):
            expected = "uneven"
        else:
            expected = "exhausted"
        assert answer.functions[f.id].verdict == expected


@examples(100)
@given(small_plans())
def test_the_most_is_the_most(case: tuple[Plan, dict[str, int]]) -> None:
    plan, free = case
    answer = assess(plan)
    room = {name: max(0, count) for name, count in free.items()}
    for f in attached(plan):
        others = [(o.concurrency, o.subnets) for o in attached(plan) if o is not f]
        if not some_spread_fits(others, room):
            continue
        most = answer.functions[f.id].max_concurrency
        assert some_spread_fits([(most, f.subnets), *others], room)
        assert not some_spread_fits([(most + 1, f.subnets), *others], room)


@examples(100)
@given(small_plans())
def test_the_suggested_prefix_is_the_longest_that_suffices(
    case: tuple[Plan, dict[str, int]],
) -> None:
    plan, _ = case
    for name, found in assess(plan).functions.items():
        if found.suggested_prefix is None:
            assert found.verdict == "ok"
            continue
        assert with_prefix(plan, name, found.suggested_prefix) == "ok"
        if found.suggested_prefix < 28:
            assert with_prefix(plan, name, found.suggested_prefix + 1) != "ok"


def with_prefix(plan: Plan, name: str, prefix: int) -> str:
    """The verdict on a function once each of its subnets has that size."""
    mine = plan.resource(name).subnets  # type: ignore[attr-defined]
    things = []
    for place, thing in enumerate(
        sorted((plan.resource(i) for i in plan), key=lambda r: plan.order(r.id))
    ):
        if isinstance(thing, Subnet) and thing.id in mine:
            thing = Subnet(
                id=thing.id,
                vpc="main",
                az=thing.az,
                cidr=f"10.{place}.0.0/{prefix}",
                reserved_ips=thing.reserved_ips,
            )
        things.append(thing)
    return assess(plan_of(things)).functions[name].verdict


@examples(100)
@given(small_plans(), st.sampled_from(["per-invocation", "eni-per-3gb", "hyperplane"]))
def test_more_free_addresses_never_make_it_worse(
    case: tuple[Plan, dict[str, int]], model: str
) -> None:
    plan, _ = case
    order = ("ok", "tight", "uneven", "exhausted")
    things = [plan.resource(i) for i in sorted(plan, key=plan.order)]
    roomier = plan_of(
        Subnet(id=t.id, vpc="main", az=t.az, cidr=t.cidr, reserved_ips=max(0, t.reserved_ips - 2))
        if isinstance(t, Subnet)
        else t
        for t in things
    )
    before, after = assess(plan, model=model), assess(roomier, model=model)
    for name, found in after.functions.items():
        assert order.index(found.verdict) <= order.index(before.functions[name].verdict)
    if len(attached(plan)) == 1:
        name = attached(plan)[0].id
        assert after.functions[name].max_concurrency >= before.functions[name].max_concurrency


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Competitions that one would not want to solve by hand."""
    subnets = draw(st.integers(1, 6))
    groups = draw(st.integers(1, 6))
    way = st.lists(st.integers(0, subnets - 1), unique=True, min_size=1).map(tuple)
    number = st.integers(0, 30)
    return Question(
        tuple(draw(way) for _ in range(groups)),
        tuple(draw(number) for _ in range(groups)),
        tuple(draw(number) for _ in range(subnets)),
    )


def maximum_flow(question: Question, targets: list[int]) -> int:
    graph: nx.DiGraph[object] = nx.DiGraph()
    for group, way in enumerate(question.ways):
        graph.add_edge("from", ("group", group), capacity=targets[group])
        for subnet in way:
            graph.add_edge(("group", group), ("subnet", subnet))
    for subnet, count in enumerate(question.free):
        graph.add_edge(("subnet", subnet), "to", capacity=count)
    return int(nx.maximum_flow_value(graph, "from", "to"))


@examples(200)
@given(questions())
def test_the_best_spread_is_a_maximum_flow(question: Question) -> None:
    best = fit(question)
    assert best.carried == maximum_flow(question, list(question.targets))
    assert best.complete == (best.carried == sum(question.targets))
    for group, given_out in enumerate(best.spread.given):
        assert set(given_out) <= set(question.ways[group])
        assert all(count > 0 for count in given_out.values())
        assert sum(given_out.values()) <= question.targets[group]
    assert all(left >= 0 for left in best.spread.slack)
    if not best.complete:
        confined = sum(
            target
            for way, target in zip(question.ways, question.targets, strict=True)
            if best.bottleneck >= set(way)
        )
        cut = sum(question.free[subnet] for subnet in best.bottleneck)
        assert cut + sum(question.targets) - confined == best.carried


@examples(200)
@given(questions())
def test_extremes_are_maximum_flows(question: Question) -> None:
    for group, found in enumerate(extremes(question)):
        targets = list(question.targets)
        targets[group] = 0
        assert found.without == maximum_flow(question, targets)
        targets[group] = 1_000_000
        assert found.unbounded == maximum_flow(question, targets)


@examples(100)
@given(questions())
def test_large_questions_are_answered_as_small_ones(question: Question) -> None:
    spread = Spread(question.ways, question.free)
    spread.share_evenly(question.targets)
    missing = {g: t - spread.carried(g) for g, t in enumerate(question.targets)}
    short = sum(missing.values())
    gained, cut = spread.push(missing, short)
    best = fitting.fit(question)
    assert sum(question.targets) - short + gained == best.carried
    if not best.complete:
        assert frozenset(cut or ()) == best.bottleneck


@st.composite
def shared_interfaces(draw: st.DrawFn) -> Plan:
    """Functions with many connections each, over subnets and sets of groups that some share."""
    things: list[Vpc | Subnet | SecurityGroup | Function] = [Vpc(id="main", cidr="10.0.0.0/16")]
    for place, name in enumerate(NAMES):
        taken = draw(st.integers(0, 11))
        things.append(
            Subnet(id=name, vpc="main", az="a", cidr=f"10.0.{place}.0/28", reserved_ips=taken)
        )
    things += [SecurityGroup(id="x", vpc="main"), SecurityGroup(id="y", vpc="main")]
    for place in range(draw(st.integers(1, 3))):
        things.append(
            Function(
                id=f"f{place}",
                concurrency=draw(st.integers(0, 400)),
                connections_per_environment=draw(st.sampled_from([700, 999, 1000])),
                subnets=tuple(draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1))),
                security_groups=tuple(draw(st.lists(st.sampled_from("xy"), unique=True))),
            )
        )
    plan = plan_of(things)
    quota = draw(st.integers(3, 20))
    chosen = dataclasses.replace(plan.info.settings, hyperplane_enis_per_vpc=quota)
    info = dataclasses.replace(plan.info, settings=chosen)
    plan.apply(ChangeSet({INFO: Change(plan.info, info)}))
    return plan


@examples(150)
@given(shared_interfaces())
def test_the_most_that_interfaces_carry(plan: Plan) -> None:
    for name, found in assess(plan, model="hyperplane").functions.items():
        most = found.max_concurrency

        def fits(count: int, name: str = name) -> bool:
            answer = assess(plan, model="hyperplane", concurrency={name: count})
            return answer.functions[name].verdict != "exhausted"

        assert fits(most) or most == 0
        assert not fits(most + 1)
        assert (found.verdict == "exhausted") == (found.shortfall > 0 or not fits(0))
