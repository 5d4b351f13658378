"""Sets of addresses or ports as sorted, disjoint ranges of integers.

Analysis judges sets, not samples: "any free address of this subnet" goes through routes and
filters whole, and comes out whole, in part, or not at all.
"""

from __future__ import annotations

from lambdaplanner.model.cidr import Address, Block

GLOBAL_PREFIX = 3
A_GLOBAL_IPV6 = 0x2 << 124
"""Of 2000::/3, in which all public IPv6 addresses are, and its first address."""
_FIRST_GLOBAL = Address(6, A_GLOBAL_IPV6)

Range = tuple[int, int]
"""First and last number, both included."""

Ranges = tuple[Range, ...]
"""Sorted and disjoint; empty where nothing is left."""

ANY_HOST = 1 << 32
"""Stands for a public host that no block narrower than 0.0.0.0/0 names, or, over IPv6, none
narrower than 2000::/3, which has all of them: what `internet` means in a question. As an IPv6
address it is nobody's.
"""

ANY_SERVICE = ANY_HOST + 1
"""Stands for the public addresses of an AWS service: 0.0.0.0/0 holds them all, and which narrower
blocks hold them a plan does not say.
"""

INTERNET: Ranges = ((ANY_HOST, ANY_HOST),)
A_SERVICE: Ranges = ((ANY_SERVICE, ANY_SERVICE),)
ALL_PORTS: Range = (0, 65535)


def block_range(block: Block) -> Range:
    """The addresses of a block; 0.0.0.0/0 holds `ANY_HOST` and `ANY_SERVICE` too, and so do the
    blocks of IPv6 that begin at :: and hold 2000::/3.
    """
    if block.prefix == 0 and block.version == 4:
        return (0, ANY_SERVICE)
    if block.version == 6 and block.first <= ANY_HOST <= block.last and not holds_all_public(block):
        return (min(ANY_SERVICE + 1, block.last), block.last)
    return (block.first, block.last)


def everywhere(version: int) -> Ranges:
    """Every address of a version of IP."""
    return ((0, ANY_SERVICE if version == 4 else (1 << 128) - 1),)


def block_ranges(block: Block) -> Ranges:
    """The same for 2000::/3 too, which holds them without what is between."""
    own = block_range(block)
    apart = block.version == 6 and block.first and holds_all_public(block)
    return ((ANY_HOST, ANY_SERVICE), own) if apart else (own,)


def holds_all_public(block: Block) -> bool:
    """Whether a block has every public address of IPv6."""
    return block.version == 6 and block.prefix <= GLOBAL_PREFIX and block.holds(_FIRST_GLOBAL)


def meet(ranges: Ranges, other: Range) -> Ranges:
    """What of `ranges` lies in `other`."""
    first, last = other
    if len(ranges) == 1:
        low, high = ranges[0]
        if first <= low and high <= last:
            return ranges
    return tuple(
        (low if low > first else first, high if high < last else last)
        for low, high in ranges
        if low <= last and first <= high
    )


def minus(ranges: Ranges, other: Range) -> Ranges:
    """What of `ranges` lies outside of `other`."""
    first, last = other
    left: list[Range] = []
    for low, high in ranges:
        if high < first or last < low:
            left.append((low, high))
            continue
        if low < first:
            left.append((low, first - 1))
        if last < high:
            left.append((last + 1, high))
    return tuple(left)


def meet_all(ranges: Ranges, others: Ranges) -> Ranges:
    """What of `ranges` lies in any of `others`, which are sorted and disjoint."""
    return tuple(part for other in others for part in meet(ranges, other))


def minus_all(ranges: Ranges, others: Ranges) -> Ranges:
    """What of `ranges` lies in none of `others`."""
    for other in others:
        ranges = minus(ranges, other)
    return ranges


def joined(ranges: list[Range]) -> Ranges:
    """The same numbers, sorted, with neighbours put together."""
    result: list[Range] = []
    for low, high in sorted(ranges):
        if result and low <= result[-1][1] + 1:
            if high > result[-1][1]:
                result[-1] = (result[-1][0], high)
        else:
            result.append((low, high))
    return tuple(result)


def _block(version: int, *parts: tuple[int, int]) -> Ranges:
    bits = 32 if version == 4 else 128
    return tuple((first, first + (1 << (bits - prefix)) - 1) for first, prefix in parts)


RFC1918 = _block(4, (0x0A000000, 8), (0xAC100000, 12), (0xC0A80000, 16))
RFC6598 = _block(4, (0x64400000, 10))
_NEVER_PUBLIC = joined(
    [
        *RFC1918,
        *RFC6598,
        *_block(4, (0, 8), (0x7F000000, 8), (0xA9FE0000, 16), (0xE0000000, 3)),
    ]
)
PUBLIC = minus_all(((0, ANY_HOST - 1),), _NEVER_PUBLIC)
"""Every IPv4 address that a host on the internet can have."""

PUBLIC_IPV6 = _block(6, (A_GLOBAL_IPV6, GLOBAL_PREFIX))
"""Every IPv6 address that a host on the internet can have."""


def is_public(address: Address) -> bool:
    """Whether a host with this address can stand on the internet.

    By AWS's lists, not by a library's idea of private: the documentation ranges stand for public
    hosts (aws.md 15).
    """
    point: Ranges = ((address.value, address.value),)
    if address.version == 6:
        return bool(meet_all(point, PUBLIC_IPV6))
    return not meet_all(point, _NEVER_PUBLIC)
