"""Look-ups and filters against netaddr and counting: longest prefix, rules of groups, entries
of ACLs.
"""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from netaddr import IPAddress, IPNetwork

from lambdaplanner.analysis.filters import (
    AclRule,
    Rule,
    judge_acl,
    judge_groups,
)
from lambdaplanner.analysis.ranges import (
    ANY_HOST,
    INTERNET,
    Range,
    Ranges,
    block_range,
    joined,
    meet,
    meet_all,
    minus,
    minus_all,
)
from lambdaplanner.analysis.routes import CompiledRoute, RoutingTable
from lambdaplanner.model.cidr import Block, block

FIRST = 0x0A000000
"""10.0.0.0; every block lies in 10.0.0.0/28, so that addresses can be counted."""
SPACE: Range = (FIRST, FIRST + 15)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """A block inside the space, or one around it."""
    prefix = draw(st.sampled_from([0, 8, 28, 29, 30, 31, 32]))
    address = FIRST + draw(st.integers(0, 15))
    return block(f"{IPAddress(address)}/{prefix}")


def numbers(ranges: Ranges) -> set[int]:
    return {n for low, high in ranges for n in range(low, high + 1)}


ranges_strategy = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 6)).map(lambda p: (p[0], p[0] + p[1])), max_size=5
).map(joined)


@given(ranges_strategy, ranges_strategy, st.tuples(st.integers(0, 40), st.integers(0, 9)))
def test_ranges_are_sets(one: Ranges, other: Ranges, part: tuple[int, int]) -> None:
    single = (part[0], part[0] + part[1])
    assert numbers(meet(one, single)) == numbers(one) & numbers((single,))
    assert numbers(minus(one, single)) == numbers(one) - numbers((single,))
    assert numbers(meet_all(one, other)) == numbers(one) & numbers(other)
    assert numbers(minus_all(one, other)) == numbers(one) - numbers(other)
    assert joined([*one, *other]) == joined([(n, n) for n in numbers(one) | numbers(other)])


@given(st.dictionaries(blocks(), st.sampled_from("abc"), max_size=6))
def test_the_longest_prefix_wins_for_every_address(routes: dict[Block, str]) -> None:
    table = RoutingTable("t", [CompiledRoute(b, target, str(b)) for b, target in routes.items()])
    pieces = table.pieces(4, (SPACE,))
    told = {
        value: won[0].target if won else None for ranges, won in pieces for value in numbers(ranges)
    }
    for value in range(SPACE[0], SPACE[1] + 1):
        fitting = [b for b in routes if IPAddress(value) in IPNetwork(str(b))]
        longest = max(fitting, key=lambda b: b.prefix, default=None)
        assert told[value] == (None if longest is None else routes[longest])
        assert [way.target for way in table.winners(4, value)] == [told[value]] * bool(longest)


@given(st.dictionaries(blocks(), st.sampled_from("abc"), max_size=6))
def test_only_a_default_route_leads_to_the_internet(routes: dict[Block, str]) -> None:
    table = RoutingTable("t", [CompiledRoute(b, target, str(b)) for b, target in routes.items()])
    winners = table.winners(4, ANY_HOST)
    default = block("0.0.0.0/0")
    assert [way.target for way in winners] == ([routes[default]] if default in routes else [])
    assert table.pieces(4, INTERNET) == [(INTERNET, winners)]


@given(st.lists(st.one_of(blocks(), st.sampled_from(["x", "y"])), max_size=5), st.booleans())
def test_groups_let_through_what_any_rule_names(fars: list[Block | str], known: bool) -> None:
    rules = [
        ("sg", Rule("tcp", None, (), far, far))
        if isinstance(far, str)
        else ("sg", Rule("tcp", None, ((4, block_range(far)),), None, str(far)))
        for far in fars
    ]
    claimed = frozenset({"x"})
    verdict = judge_groups(rules, 4, (SPACE,), claimed if known else frozenset(), claimed)
    everybody = known and "x" in fars
    allowed = {
        value
        for value in range(SPACE[0], SPACE[1] + 1)
        if everybody
        or any(IPAddress(value) in IPNetwork(str(f)) for f in fars if isinstance(f, Block))
    }
    assert numbers(verdict.denied) == numbers((SPACE,)) - allowed
    assert bool(verdict.group) == bool(allowed)
    if allowed != numbers((SPACE,)):
        assert verdict.unkept == ("x" if "x" in fars else "")


@st.composite
def acl_rules(draw: st.DrawFn) -> AclRule:
    low = draw(st.integers(0, 9))
    ports = draw(st.sampled_from([None, (low, low + 3)]))
    far = draw(st.one_of(st.none(), blocks()))
    where = None if far is None else ((4, block_range(far)),)
    return AclRule(
        draw(st.booleans()), draw(st.sampled_from(["all", "tcp", "udp"])), ports, where, ""
    )


@given(st.lists(acl_rules(), max_size=5))
def test_the_first_matching_entry_decides_for_every_address_and_port(rules: list[AclRule]) -> None:
    ports: Range = (0, 12)
    verdict = judge_acl(rules, 4, "tcp", (SPACE,), (ports,))
    boxes = {
        (a, p)
        for addresses, some in verdict.allowed
        for a in numbers(addresses)
        for p in numbers(some)
    }
    stopped = {
        (a, p)
        for addresses, some in verdict.denied
        for a in numbers(addresses)
        for p in numbers(some)
    }
    for address, port in product(range(SPACE[0], SPACE[1] + 1), range(13)):
        matching = (
            rule.allow
            for rule in rules
            if rule.protocol in ("all", "tcp")
            and (rule.ports is None or rule.ports[0] <= port <= rule.ports[1])
            and (rule.blocks is None or rule.blocks[0][1][0] <= address <= rule.blocks[0][1][1])
        )
        expected = next(matching, False)
        assert ((address, port) in boxes) == expected
        assert ((address, port) in stopped) == (not expected)
