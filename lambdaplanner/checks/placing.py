"""Checks of addresses: blocks of VPCs and subnets, and what takes their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.cidr import Block, block

SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"
VPC_BLOCKS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
LARGEST, SMALLEST = 16, 28
_NEVER = tuple(
    block(text) for text in ("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4")
)


@check(
    "NET-005",
    "error",
    "A subnet's block is not one that AWS takes",
    reference=SUBNET_SIZING,
)
def subnet_blocks(view: PlanAnalysis) -> Iterator[Draft]:
    """A subnet must be /16 to /28, lie inside one block of its VPC, and overlap no other subnet of
    it.
    """
    for subnet in view.of(Subnet):
        own = block(subnet.cidr)
        vpc = view.vpc(subnet.vpc)
        if not LARGEST <= own.prefix <= SMALLEST:
            yield Draft(
                about=(subnet.id,),
                message=f'Subnet "{subnet.id}" is a /{own.prefix}; AWS makes subnets from /16 to '
                "/28.",
                fix="Give it a prefix length from 16 to 28.",
            )
        if not any(block(text).covers(own) for text in vpc.cidrs):
            yield Draft(
                about=(subnet.id, vpc.id),
                message=f'Subnet "{subnet.id}" ({subnet.cidr}) lies outside the blocks of VPC '
                f'"{vpc.id}" '
                f"({', '.join(vpc.cidrs)}).",
                fix=f'Choose a block inside {vpc.cidr}, or add a secondary block to "{vpc.id}".',
            )
    for vpc in view.of(Vpc):
        subnets = {name: block(view.subnet(name).cidr) for name in view.subnets_of(vpc.id)}
        for inner, outer in overlaps(subnets):
            yield Draft(
                about=(inner, outer),
                message=f'Subnets "{outer}" ({subnets[outer]}) and "{inner}" ({subnets[inner]}) '
                "overlap "
                f"by {min(subnets[inner].size, subnets[outer].size):,} addresses.",
                fix=f'Give "{inner}" a block that no other subnet of "{vpc.id}" uses.',
            )


def overlaps(blocks: dict[str, Block]) -> Iterator[tuple[str, str]]:
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


@check("NET-019", "error", "A VPC's block is not one that AWS takes", reference=VPC_BLOCKS)
def vpc_blocks(view: PlanAnalysis) -> Iterator[Draft]:
    """A block of a VPC must be /16 to /28, lie outside AWS's forbidden ranges, and overlap no
    other block of it.
    """
    for vpc in view.of(Vpc):
        for text in vpc.cidrs:
            yield from _vpc_block(vpc, block(text))
        for twice in sorted({text for text in vpc.cidrs if vpc.cidrs.count(text) > 1}):
            yield Draft(
                about=(vpc.id,),
                message=f'VPC "{vpc.id}" has the block {twice} twice.',
                fix="Take the secondary one out.",
            )
        for one, other in overlaps({text: block(text) for text in dict.fromkeys(vpc.cidrs)}):
            yield Draft(
                about=(vpc.id,),
                message=f'The blocks {other} and {one} of VPC "{vpc.id}" overlap.',
                fix=f"Take {one} out, or choose another block.",
            )


def _vpc_block(vpc: Vpc, own: Block) -> Iterable[Draft]:
    if not LARGEST <= own.prefix <= SMALLEST:
        yield Draft(
            about=(vpc.id,),
            message=f'VPC "{vpc.id}" has the block {own}; AWS makes blocks from /16 to /28.',
            fix="Give it a prefix length from 16 to 28, and secondary blocks for more addresses.",
        )
    for never in _NEVER:
        if own.overlaps(never):
            yield Draft(
                about=(vpc.id,),
                message=f'VPC "{vpc.id}" has the block {own}, which overlaps {never}; AWS '
                "refuses that.",
                fix="Choose a block from 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or "
                "100.64.0.0/10.",
            )


@check(
    "NET-018",
    "error",
    "A subnet has more addresses used than usable",
    reference=SUBNET_SIZING,
    reads="amounts",
)
def overfull_subnets(view: PlanAnalysis) -> Iterator[Draft]:
    """Interfaces take one address each; AWS keeps five of every subnet, and refuses an interface
    without one.
    """
    for subnet in view.of(Subnet):
        row = view.ledger[subnet.id]
        if row.free >= 0:
            continue
        takers = sorted(row.used_by, key=lambda taker: -taker[1])[:3]
        named = ", ".join(
            f"{count:,} reserved" if name == subnet.id else f'{count:,} by "{name}"'
            for name, count in takers
        )
        yield Draft(
            about=(subnet.id, *(name for name, _ in takers if name != subnet.id)),
            message=f'Subnet "{subnet.id}" has {row.usable:,} usable addresses, but {row.used:,} '
            "are used "
            f"({named}): {-row.free:,} too many.",
            fix=f"Make the subnet larger than /{block(subnet.cidr).prefix}, or move things to "
            "another one.",
        )
