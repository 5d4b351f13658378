"""Blocks that AWS refuses: of VPCs, of subnets, of IPv6 (aws.md 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.refusal import IPV6, Part, Refusal
from lambdaplanner.analysis.vpc_blocks import LARGEST, SMALLEST, standing_blocks, wrong_blocks
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import overlaps
from lambdaplanner.model.cidr import Block, block

OUTSIDE = "VPC_LOCAL_ROUTE_CIDR_RESTRICTION"


def vpc_blocks(plan: Addressing) -> Iterator[Refusal]:
    """Without its first block there is no VPC, without a further one no subnet in that."""
    for vpc in plan.of(Vpc).values():
        for place, wrong in wrong_blocks(vpc.cidrs):
            parts = [vpc.id] if place == 0 else _only_in(plan, vpc, vpc.cidrs[place])
            yield Refusal(
                wrong.check,
                vpc.id,
                OUTSIDE,
                (vpc.id,),
                wrong.message.format(vpc=vpc.id),
                wrong.fix,
                tuple((part,) for part in parts),
            )


def _only_in(plan: Addressing, vpc: Vpc, text: str) -> list[str]:
    """The subnets that lie in this block of a VPC, and in none that it has."""
    around, standing = block(text), [block(one) for one in standing_blocks(vpc)]
    return [
        name
        for name in plan.subnets_of(vpc.id)
        if around.covers(own := block(plan.of(Subnet)[name].cidr))
        and not any(one.covers(own) for one in standing)
    ]


def subnet_blocks(plan: Addressing) -> Iterator[Refusal]:
    """Too large, too small, in no block of the VPC, or over another subnet: of two that overlap
    the one made first is made.
    """
    for subnet in plan.of(Subnet).values():
        own = block(subnet.cidr)
        if not LARGEST <= own.prefix <= SMALLEST:
            yield _subnet(
                (subnet.id,),
                f'Subnet "{subnet.id}" is a /{own.prefix}; AWS makes subnets from /16 to /28.',
                "Give it a prefix length from 16 to 28.",
            )
        vpc = plan.of(Vpc)[subnet.vpc]
        if not any(block(text).covers(own) for text in vpc.cidrs):
            yield _subnet(
                (subnet.id, vpc.id),
                f'Subnet "{subnet.id}" ({subnet.cidr}) lies outside the blocks of VPC '
                f'"{vpc.id}" ({", ".join(vpc.cidrs)}).',
                f'Choose a block inside {vpc.cidr}, or add a secondary block to "{vpc.id}".',
            )
    for name in plan.of(Vpc):
        yield from _overlapping(plan, name)


def _overlapping(plan: Addressing, vpc: str) -> Iterator[Refusal]:
    subnets = {name: block(plan.of(Subnet)[name].cidr) for name in plan.subnets_of(vpc)}
    pairs = list(overlaps(subnets))
    refused = _made_later(subnets, pairs)
    for inner, outer in pairs:
        shared = min(subnets[inner].size, subnets[outer].size)
        yield _subnet(
            (inner, outer),
            f'Subnets "{outer}" ({subnets[outer]}) and "{inner}" ({subnets[inner]}) overlap by '
            f"{shared:,} addresses.",
            f'Give "{inner}" a block that no other subnet of "{vpc}" uses.',
            tuple((name,) for name in (inner, outer) if name in refused),
        )


def _made_later(blocks: dict[str, Block], pairs: list[tuple[str, str]]) -> set[str]:
    """Of things that overlap, in the order made, those that AWS refuses for one before them."""
    involved = {name for pair in pairs for name in pair}
    made: list[Block] = []
    refused: set[str] = set()
    for name, own in blocks.items():
        if name not in involved:
            continue
        if any(own.overlaps(other) for other in made):
            refused.add(name)
        else:
            made.append(own)
    return refused


def _subnet(
    about: tuple[str, ...], message: str, fix: str, takes: tuple[Part, ...] | None = None
) -> Refusal:
    parts = ((about[0],),) if takes is None else takes
    return Refusal("NET-005", "", OUTSIDE, about, message, fix, parts)


# IPv6 ---------------------------------------------------------------------------------------------


def ipv6_blocks(plan: Addressing) -> Iterator[Refusal]:
    """Of another size, outside of the VPC's, or over another subnet's."""
    for vpc in plan.of(Vpc).values():
        names = [name for name in plan.subnets_of(vpc.id) if plan.of(Subnet)[name].ipv6_cidr]
        if vpc.ipv6_cidr and not _step(block(vpc.ipv6_cidr), 60):
            yield _ipv6(
                (vpc.id,),
                f'VPC "{vpc.id}" has the IPv6 block {vpc.ipv6_cidr}; AWS takes /44 to /60 in steps '
                "of 4.",
                "Choose a /56, which is what AWS gives.",
                names,
            )
        blocks = {name: block(plan.of(Subnet)[name].ipv6_cidr or "") for name in names}
        for name, own in blocks.items():
            yield from _subnet_ipv6(vpc, name, own)
        pairs = list(overlaps(blocks))
        refused = _made_later(blocks, pairs)
        for inner, other in pairs:
            yield _ipv6(
                (inner, other),
                f'Subnets "{other}" and "{inner}" overlap in IPv6 ({blocks[inner]}).',
                f'Give "{inner}" a block that no other subnet uses.',
                [name for name in (inner, other) if name in refused],
            )


def _subnet_ipv6(vpc: Vpc, name: str, own: Block) -> Iterator[Refusal]:
    if not _step(own, 64):
        yield _ipv6(
            (name,),
            f'Subnet "{name}" has the IPv6 block {own}; AWS takes /44 to /64 in steps of 4.',
            "Choose a /64 of its VPC's block.",
            [name],
        )
    if vpc.ipv6_cidr is None or not block(vpc.ipv6_cidr).covers(own):
        yield _ipv6(
            (name, vpc.id),
            f'Subnet "{name}" has the IPv6 block {own}, which is not in that of VPC "{vpc.id}" '
            f"({vpc.ipv6_cidr or 'it has none'}).",
            "Choose a /64 of its VPC's block, or give the VPC one.",
            [name],
        )


def _ipv6(about: tuple[str, ...], message: str, fix: str, subnets: Iterable[str]) -> Refusal:
    parts = tuple((name, IPV6) for name in subnets)
    return Refusal("NET-024", "", "NO_IPV6_EGRESS", about, message, fix, parts)


def _step(own: Block, longest: int) -> bool:
    return own.version == 6 and 44 <= own.prefix <= longest and own.prefix % 4 == 0
