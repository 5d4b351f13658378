"""Blocks as integers, against netaddr."""

from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from netaddr import IPAddress, IPNetwork

from lambdaplanner.model import cidr

Version = Literal[4, 6]
ADDRESSES: st.SearchStrategy[tuple[Version, int]] = st.one_of(
    st.tuples(st.just(4), st.integers(0, 2**32 - 1)),
    st.tuples(st.just(6), st.integers(0, 2**128 - 1)),
)


@st.composite
def networks(draw: st.DrawFn) -> IPNetwork:
    version, value = draw(ADDRESSES)
    prefix = draw(st.integers(0, 32 if version == 4 else 128))
    return IPNetwork((value, prefix), version=version)


@given(networks())
def test_blocks_read_as_netaddr_reads_them(network: IPNetwork) -> None:
    block, had_host_bits = cidr.read_block(str(network))
    assert str(block) == str(network.cidr)
    assert had_host_bits == (network.ip != network.network)
    assert (block.first, block.last, block.size) == (network.first, network.last, network.size)
    assert cidr.block(str(block)) == block


@given(networks(), networks())
def test_covering_and_overlapping(one: IPNetwork, other: IPNetwork) -> None:
    a, b = cidr.read_block(str(one))[0], cidr.read_block(str(other))[0]
    assert a.covers(b) == (other.cidr in one.cidr)
    assert a.overlaps(b) == (other.cidr in one.cidr or one.cidr in other.cidr)
    assert a.overlaps(b) == b.overlaps(a)


@given(networks(), ADDRESSES)
def test_holding(network: IPNetwork, address: tuple[Version, int]) -> None:
    version, value = address
    block = cidr.read_block(str(network))[0]
    assert block.holds(cidr.Address(version, value)) == (IPAddress(value, version) in network)


@given(ADDRESSES)
def test_addresses_come_back(address: tuple[Version, int]) -> None:
    version, value = address
    text = str(IPAddress(value, version))
    assert cidr.read_address(text) == address
    assert str(cidr.address(text)) == text


@pytest.mark.parametrize(
    "text", ["", "10.0.0", "10.0.0.256", "010.0.0.1", "1", "0x0a.0.0.1", "10.0.0.1 ", "::g", "a:b"]
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="is not an IP address"):
        cidr.read_address(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("10.0.0.0", "write 10.0.0.0/32"),
        ("::1", "write ::1/128"),
        ("ten", "is not a CIDR block"),
        ("10.0.0.300/24", "is not a CIDR block"),
        ("10.0.0.0/33", "no prefix length from 0 to 32"),
        ("10.0.0.0/-1", "no prefix length"),
        ("10.0.0.0/024", "no prefix length"),
        ("fd00::/129", "no prefix length from 0 to 128"),
    ],
)
def test_what_is_no_block(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        cidr.read_block(text)


@given(st.integers(1, 2**32))
def test_suggested_prefix_is_the_longest_that_holds(addresses: int) -> None:
    prefix = cidr.suggested_prefix(addresses)
    assert cidr.Block(4, 0, prefix).size >= addresses
    assert prefix == 32 or cidr.Block(4, 0, prefix + 1).size < addresses
