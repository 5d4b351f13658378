"""CIDR blocks and addresses as integers; netaddr reads and writes them, hot paths only compare
numbers.

`Block` is the value of analysis. Records and files keep plain canonical strings; `block(text)` is
cached, so that turning a record's string into numbers costs one dictionary look-up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BITS = {4: 32, 6: 128}
_DOTTED = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}", re.ASCII)
_COLONS = re.compile(r"[0-9A-Fa-f:]+(?::[0-9.]+)?", re.ASCII)
_PREFIX = re.compile(r"0|[1-9][0-9]{0,2}", re.ASCII)


class Address(NamedTuple):
    """One address: IP version (4 or 6) and its value."""

    version: int
    value: int

    def __str__(self) -> str:
        from netaddr import IPAddress

        return str(IPAddress(self.value, 4 if self.version == 4 else 6))


class Block(NamedTuple):
    """A canonical CIDR block: IP version, first address, prefix length."""

    version: int
    first: int
    prefix: int

    @property
    def size(self) -> int:
        """How many addresses the block has."""
        return 1 << (_BITS[self.version] - self.prefix)

    @property
    def last(self) -> int:
        """The value of its last address."""
        return self.first + self.size - 1

    def holds(self, address: Address) -> bool:
        """Whether the address lies in this block."""
        return address.version == self.version and self.first <= address.value <= self.last

    def covers(self, other: Block) -> bool:
        """Whether every address of `other` lies in this block."""
        return (
            self.version == other.version
            and self.prefix <= other.prefix
            and self.first <= other.first <= self.last
        )

    def overlaps(self, other: Block) -> bool:
        """Whether the two blocks share an address: one then covers the other."""
        return self.covers(other) or other.covers(self)

    def __str__(self) -> str:
        return f"{Address(self.version, self.first)}/{self.prefix}"


ANY_IPV4 = Block(4, 0, 0)
ANY_IPV6 = Block(6, 0, 0)


def read_address(text: str) -> Address:
    """The address written in `text`.

    Raises ValueError, with one sentence for a person, where it is none.
    """
    from netaddr import INET_PTON, AddrFormatError, IPAddress

    if not (_DOTTED.fullmatch(text) or (":" in text and _COLONS.fullmatch(text))):
        raise ValueError(f'"{text}" is not an IP address, such as 10.0.0.5')
    try:
        parsed = IPAddress(text, flags=INET_PTON)
    except (AddrFormatError, ValueError) as error:
        raise ValueError(f'"{text}" is not an IP address, such as 10.0.0.5') from error
    return Address(6 if ":" in text else 4, int(parsed))


def read_block(text: str) -> tuple[Block, bool]:
    """The CIDR block written in `text`, canonical as AWS makes it, and whether host bits were set.

    Raises ValueError, with one sentence for a person, where it is none.
    """
    address_text, slash, prefix_text = text.partition("/")
    if not slash:
        try:
            single = read_address(text)
        except ValueError:
            raise ValueError(f'"{text}" is not a CIDR block, such as 10.0.0.0/16') from None
        raise ValueError(
            f'"{text}" has no prefix length; '
            f"for this one address write {text}/{_BITS[single.version]}"
        )
    try:
        address = read_address(address_text)
    except ValueError:
        raise ValueError(f'"{text}" is not a CIDR block, such as 10.0.0.0/16') from None
    bits = _BITS[address.version]
    if not _PREFIX.fullmatch(prefix_text) or int(prefix_text) > bits:
        raise ValueError(f'"{text}" has no prefix length from 0 to {bits}')
    prefix = int(prefix_text)
    first = address.value >> (bits - prefix) << (bits - prefix)
    return Block(address.version, first, prefix), first != address.value


@lru_cache(maxsize=1 << 16)
def block(text: str) -> Block:
    """The block of a canonical string from a record. Raises ValueError where it is none."""
    return read_block(text)[0]


@lru_cache(maxsize=1 << 14)
def address(text: str) -> Address:
    """The address of a string from a record. Raises ValueError where it is none."""
    return read_address(text)


def suggested_prefix(addresses: int) -> int:
    """The longest IPv4 prefix whose block has at least `addresses` addresses."""
    return 32 - max(0, (addresses - 1).bit_length())
