"""Free blocks by arithmetic, against netaddr and against trying every block."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from netaddr import IPNetwork, IPSet

from lambdaplanner.model.blocks import gaps, halves, next_free
from lambdaplanner.model.cidr import Block, block

SPACE = block("10.0.0.0/24")


def inside(places: list[tuple[int, int]], space: Block = SPACE) -> list[Block]:
    """Aligned blocks by an address in a space and a prefix length."""
    return [Block(4, space.first + (low >> 32 - p << 32 - p), p) for low, p in places]


places = st.lists(st.tuples(st.integers(0, 255), st.integers(24, 32)), max_size=12)


@given(places, st.integers(24, 32))
def test_the_first_gap_is_free_aligned_and_first(taken: list[tuple[int, int]], prefix: int) -> None:
    blocks = inside(taken)
    found = next_free([SPACE], blocks, prefix)
    busy = IPSet(IPNetwork(str(one)) for one in blocks)
    options = [
        net for net in IPNetwork("10.0.0.0/24").subnet(prefix) if busy.isdisjoint(IPSet(net))
    ]
    assert (str(found) if found else None) == (str(options[0]) if options else None)


def test_a_block_larger_than_the_space_is_none() -> None:
    assert next_free([block("10.0.0.0/24")], [], 16) is None


def test_versions_do_not_meet() -> None:
    found = next_free([block("fd00::/48")], [block("0.0.0.0/0")], 64)
    assert str(found) == "fd00::/64"


@given(places)
def test_gaps_are_exactly_what_is_free(taken: list[tuple[int, int]]) -> None:
    found = gaps([SPACE], inside(taken))
    addresses = [value for one in found for value in range(one.first, one.last + 1)]
    busy = {value for one in inside(taken) for value in range(one.first, one.last + 1)}
    assert len(addresses) == len(set(addresses))
    assert set(addresses) == set(range(SPACE.first, SPACE.last + 1)) - busy


@given(places)
def test_gaps_are_the_maximal_free_blocks_the_largest_first(taken: list[tuple[int, int]]) -> None:
    blocks = inside(taken)
    every = [Block(4, n, p) for p in range(24, 33) for n in range(*_starts(p))]
    free = [one for one in every if not any(one.overlaps(other) for other in blocks)]
    maximal = [one for one in free if not any(o.covers(one) and o != one for o in free)]
    found = gaps([SPACE], blocks)
    assert set(found) == set(maximal)
    assert all((a.prefix, a.first) < (b.prefix, b.first) for a, b in pairwise(found))


def _starts(prefix: int) -> tuple[int, int, int]:
    return SPACE.first, SPACE.last + 1, 1 << (32 - prefix)


@given(places)
def test_the_largest_gap_is_the_largest_block_that_can_be_had(taken: list[tuple[int, int]]) -> None:
    blocks = inside(taken)
    found = gaps([SPACE], blocks)
    largest = next((p for p in range(24, 33) if next_free([SPACE], blocks, p)), None)
    assert (found[0].prefix if found else None) == largest


def test_two_spaces_that_adjoin_are_not_one() -> None:
    spaces = [block("10.0.0.0/25"), block("10.0.0.128/25")]
    assert gaps(spaces, []) == tuple(spaces)


def test_spaces_that_overlap_count_once() -> None:
    found = gaps([block("10.0.0.64/26"), SPACE], [block("10.0.0.128/25")])
    assert [str(one) for one in found] == ["10.0.0.0/25"]


def test_a_space_that_something_larger_takes_has_no_gap() -> None:
    assert gaps([SPACE], [block("10.0.0.0/8")]) == ()


def test_halves() -> None:
    assert [str(half) for half in halves(block("10.0.0.0/31"))] == ["10.0.0.0/32", "10.0.0.1/32"]
