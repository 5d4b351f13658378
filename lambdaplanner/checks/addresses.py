"""Checks of addresses that AWS refuses: blocks beside blocks, IPv6, fixed addresses."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.placing import overlaps
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import Block, address, block

VPC_BLOCKS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
SUBNET_SIZING = "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html"

TEN, SEVENTEEN, NINETEEN = block("10.0.0.0/8"), block("172.16.0.0/12"), block("192.168.0.0/16")
BENCHMARK, DEFAULT_VPC = block("198.19.0.0/16"), block("172.31.0.0/16")
LOW_TEN, FIRST_TEN = block("10.0.0.0/15"), block("10.0.0.0/16")
PRIVATE = (TEN, SEVENTEEN, NINETEEN)
REFUSED: tuple[tuple[Block, tuple[Block, ...]], ...] = (
    (TEN, (SEVENTEEN, NINETEEN, BENCHMARK)),
    (SEVENTEEN, (TEN, NINETEEN, DEFAULT_VPC, BENCHMARK)),
    (NINETEEN, (TEN, SEVENTEEN, BENCHMARK)),
    (BENCHMARK, PRIVATE),
)
"""Where the first block of a VPC lies -> where no further one of it may (AWS.md 2.1)."""


@check(
    "NET-020", "error", "A VPC's further block is refused beside its first", reference=VPC_BLOCKS
)
def refused_beside(view: PlanAnalysis) -> Iterator[Draft]:
    """AWS keeps the private ranges apart: a VPC of one of them takes no block of another; public
    ones and 100.64.0.0/10 go with all.
    """
    for vpc in view.of(Vpc):
        blocks = [block(text) for text in vpc.cidrs]
        for place, further in enumerate(blocks[1:], 1):
            beside = _refuser(blocks[:place], further)
            if beside is not None:
                yield Draft(
                    about=(vpc.id,),
                    message=f'VPC "{vpc.id}" has {beside}, and AWS refuses {further} beside it.',
                    fix="Choose a block of the same private range, or of 100.64.0.0/10.",
                )


def _refuser(earlier: list[Block], further: Block) -> Block | None:
    """Of the blocks that a VPC has the one beside which AWS refuses a further one: the first by
    its range, any in 10.0.0.0/15 where the whole of 10.0.0.0/16 is to come.
    """
    if any(one.overlaps(further) for one in earlier):
        return None  # NET-019 says so
    first = earlier[0]
    ranges = next((row for home, row in REFUSED if home.covers(first)), (*PRIVATE, BENCHMARK))
    if any(stranger.overlaps(further) for stranger in ranges):
        return first
    if further == FIRST_TEN:
        return next((one for one in earlier if LOW_TEN.covers(one)), None)
    return None


@check("NET-024", "error", "An IPv6 block is not one that AWS takes", reference=VPC_BLOCKS)
def ipv6_blocks(view: PlanAnalysis) -> Iterator[Draft]:
    """A VPC's is a /44 to /60 and a subnet's a /44 to /64, in steps of 4; a subnet's lies in its
    VPC's, and overlaps no other's.
    """
    for vpc in view.of(Vpc):
        if vpc.ipv6_cidr and not _step(block(vpc.ipv6_cidr), 60):
            yield Draft(
                about=(vpc.id,),
                message=f'VPC "{vpc.id}" has the IPv6 block {vpc.ipv6_cidr}; AWS takes /44 to /60 '
                "in steps of 4.",
                fix="Choose a /56, which is what AWS gives.",
            )
        blocks: dict[str, Block] = {}
        for name in view.subnets_of(vpc.id):
            text = view.subnet(name).ipv6_cidr
            if text is None:
                continue
            blocks[name] = block(text)
            outer = block(vpc.ipv6_cidr) if vpc.ipv6_cidr else None
            if not _step(blocks[name], 64):
                yield Draft(
                    about=(name,),
                    message=f'Subnet "{name}" has the IPv6 block {text}; AWS takes /44 to /64 in '
                    "steps of 4.",
                    fix="Choose a /64 of its VPC's block.",
                )
            if outer is None or not outer.covers(blocks[name]):
                yield Draft(
                    about=(name, vpc.id),
                    message=f'Subnet "{name}" has the IPv6 block {text}, which is not in that of '
                    f'VPC "{vpc.id}" ({vpc.ipv6_cidr or "it has none"}).',
                    fix="Choose a /64 of its VPC's block, or give the VPC one.",
                )
        for inner, other in overlaps(blocks):
            yield Draft(
                about=(inner, other),
                message=f'Subnets "{other}" and "{inner}" overlap in IPv6 ({blocks[inner]}).',
                fix=f'Give "{inner}" a block that no other subnet uses.',
            )


def _step(own: Block, longest: int) -> bool:
    return own.version == 6 and 44 <= own.prefix <= longest and own.prefix % 4 == 0


@check("NET-027", "error", "A fixed address cannot be had", reference=SUBNET_SIZING)
def fixed_addresses(view: PlanAnalysis) -> Iterator[Draft]:
    """It must lie in a subnet of the workload, not among the five that AWS keeps, and be nobody
    else's in the VPC.
    """
    holders: dict[tuple[str, str], str] = {}
    for workload in view.of(Workload):
        if workload.private_ip is None:
            continue
        wanted = address(workload.private_ip)
        homes = [view.subnet(name) for name in workload.subnets]
        home = next((place for place in homes if block(place.cidr).holds(wanted)), None)
        if home is None:
            yield _fixed(workload, (workload.id,), "lies in none of its subnets")
            continue
        if _kept(home, wanted.value):
            yield _fixed(workload, (workload.id, home.id), f'is one that AWS keeps of "{home.id}"')
        other = holders.setdefault((home.vpc, str(wanted)), workload.id)
        if other != workload.id:
            yield _fixed(workload, (workload.id, other), f'is also that of "{other}"')


def _kept(subnet: Subnet, value: int) -> bool:
    own = block(subnet.cidr)
    return value - own.first < 4 or value == own.last


def _fixed(workload: Workload, about: tuple[str, ...], why: str) -> Draft:
    return Draft(
        about=about,
        message=f'The private address {workload.private_ip} of "{workload.id}" {why}.',
        fix="Choose a free address of its subnet, or leave it out.",
    )
