"""Which blocks of some address space are free, by integer arithmetic: the next one, and all of
them.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lambdaplanner.model.cidr import Block


def next_free(spaces: Iterable[Block], taken: Iterable[Block], prefix: int) -> Block | None:
    """The first aligned block of this prefix length in `spaces` that overlaps none of `taken`."""
    ranges: list[tuple[int, int, int]] = []
    for one in taken:
        insort(ranges, (one.version, one.first, one.last))
    for space in spaces:
        if prefix < space.prefix:
            continue
        found = _first_gap(space, ranges, prefix)
        if found is not None:
            return found
    return None


def _first_gap(space: Block, ranges: Sequence[tuple[int, int, int]], prefix: int) -> Block | None:
    size = Block(space.version, 0, prefix).size
    start = space.first
    for version, first, last in ranges:
        if version != space.version or last < start:
            continue
        if first >= start + size:
            break
        start = -(-(last + 1) // size) * size
    return Block(space.version, start, prefix) if start + size - 1 <= space.last else None


def gaps(spaces: Iterable[Block], taken: Iterable[Block]) -> tuple[Block, ...]:
    """Every free address of `spaces` in as few aligned blocks as can be: the largest first, then by
    address.

    Each lies in one of the spaces, as a subnet must lie in one block of its VPC; of spaces that
    overlap, the larger one counts.
    """
    busy = tuple(taken)
    found: list[Block] = []
    for space in _apart(spaces):
        found += _free_in(space, busy)
    return tuple(sorted(found, key=lambda one: (-one.size, one.version, one.first)))


def overlaps(blocks: Mapping[str, Block]) -> Iterator[tuple[str, str]]:
    """Pairs that overlap, the one inside first; each with the nearest around it, in order of
    address.

    Blocks either nest or are apart, so one sorted sweep with the open ones on a stack finds all.
    """
    open_blocks: list[str] = []
    for name in sorted(blocks, key=lambda n: (blocks[n].first, blocks[n].prefix)):
        while open_blocks and blocks[open_blocks[-1]].last < blocks[name].first:
            open_blocks.pop()
        if open_blocks:
            yield name, open_blocks[-1]
        open_blocks.append(name)


def _apart(spaces: Iterable[Block]) -> list[Block]:
    """The spaces without those that lie in others."""
    found: list[Block] = []
    for space in sorted(spaces, key=lambda one: one.prefix):
        if not any(other.covers(space) for other in found):
            found.append(space)
    return found


def _free_in(space: Block, busy: tuple[Block, ...]) -> Iterator[Block]:
    near = tuple(one for one in busy if one.overlaps(space))
    if not near:
        yield space
    elif not any(one.covers(space) for one in near):
        for half in halves(space):
            yield from _free_in(half, near)


def halves(block: Block) -> tuple[Block, Block]:
    """The two blocks that a block of more than one address divides into."""
    prefix = block.prefix + 1
    low = Block(block.version, block.first, prefix)
    return low, Block(block.version, block.first + low.size, prefix)
