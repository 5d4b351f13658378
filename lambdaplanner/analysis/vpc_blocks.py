"""Which of a VPC's blocks AWS takes, and why not the others (aws.md 2.1)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import Block, block

LARGEST, SMALLEST = 16, 28
_NEVER = tuple(
    block(text) for text in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4")
)
TEN, SEVENTEEN, NINETEEN = block("10.0.0.0/8"), block("172.16.0.0/12"), block("192.168.0.0/16")
BENCHMARK, DEFAULT_VPC = block("198.19.0.0/16"), block("172.31.0.0/16")
LOW_TEN, FIRST_TEN = block("10.0.0.0/15"), block("10.0.0.0/16")
PRIVATE = (TEN, SEVENTEEN, NINETEEN)
APART: tuple[tuple[Block, tuple[Block, ...]], ...] = (
    (TEN, (SEVENTEEN, NINETEEN, BENCHMARK)),
    (SEVENTEEN, (TEN, NINETEEN, DEFAULT_VPC, BENCHMARK)),
    (NINETEEN, (TEN, SEVENTEEN, BENCHMARK)),
    (BENCHMARK, PRIVATE),
)
"""Where the first block of a VPC lies -> where no further one of it may (aws.md 2.1)."""


def widest(text: str) -> Block:
    """The widest block around one that a VPC could have."""
    own = block(text)
    apart = 32 - LARGEST
    return own if own.prefix <= LARGEST else Block(4, own.first >> apart << apart, LARGEST)


class Wrong(NamedTuple):
    """Why a block of a VPC is refused: the check that says so, the sentence (of `{vpc}`), what to
    do.
    """

    check: str
    message: str
    fix: str


@lru_cache(maxsize=1 << 12)
def wrong_blocks(cidrs: tuple[str, ...]) -> tuple[tuple[int, Wrong], ...]:
    """The IPv4 blocks of a VPC that AWS refuses, by their places; one may be wrong in several
    ways.
    """
    found: list[tuple[int, Wrong]] = []
    standing: list[str] = []
    for place, text in enumerate(cidrs):
        reasons = list(_wrong(text, standing))
        found += [(place, reason) for reason in reasons]
        if not reasons:
            standing.append(text)
    return tuple(found)


def _wrong(text: str, earlier: list[str]) -> Iterator[Wrong]:
    own = block(text)
    if not LARGEST <= own.prefix <= SMALLEST:
        yield Wrong(
            "NET-019",
            f'VPC "{{vpc}}" has the block {own}; AWS makes blocks from /16 to /28.',
            "Give it a prefix length from 16 to 28, and secondary blocks for more addresses.",
        )
    for never in _NEVER:
        if own.overlaps(never):
            yield Wrong(
                "NET-019",
                f'VPC "{{vpc}}" has the block {own}, which overlaps {never}; AWS refuses that.',
                "Choose a block from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.",
            )
    if text in earlier:
        yield Wrong(
            "NET-019", f'VPC "{{vpc}}" has the block {own} twice.', "Take the secondary one out."
        )
        return
    shared = next((one for one in earlier if block(one).overlaps(own)), None)
    if shared is not None:
        yield Wrong(
            "NET-019",
            f'The blocks {shared} and {text} of VPC "{{vpc}}" overlap.',
            f"Take {text} out, or choose another block.",
        )
        return
    beside = _refuser([block(one) for one in earlier], own) if earlier else None
    if beside is not None:
        yield Wrong(
            "NET-020",
            f'VPC "{{vpc}}" has {beside}, and AWS refuses {own} beside it.',
            f"Take {own} out, or choose a block of the same private range, or of 100.64.0.0/10.",
        )


def _refuser(earlier: list[Block], further: Block) -> Block | None:
    """Of the blocks that a VPC has the one beside which AWS refuses a further one: the first by
    its range, any in 10.0.0.0/15 where the whole of 10.0.0.0/16 is to come.
    """
    first = earlier[0]
    ranges = next((row for home, row in APART if home.covers(first)), (*PRIVATE, BENCHMARK))
    if any(stranger.overlaps(further) for stranger in ranges):
        return first
    if further == FIRST_TEN:
        return next((one for one in earlier if LOW_TEN.covers(one)), None)
    return None


def standing_blocks(vpc: Vpc) -> tuple[str, ...]:
    """The IPv4 blocks that a VPC has: those written, less further ones that AWS refuses. Its first
    one stays, right or wrong: without it there is no VPC.
    """
    wrong = {place for place, _ in wrong_blocks(vpc.cidrs)}
    return tuple(t for place, t in enumerate(vpc.cidrs) if place == 0 or place not in wrong)
