"""Where larger subnets could stand: one address plan for all that is short, so that no block is
promised twice. The findings tell it, and Fix carries it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario
from lambdaplanner.kinds.address_space import spaces_of, subnet_blocks
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import Block, block
from lambdaplanner.model.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The blocks that the address plan has for a function whose target does not fit."""

    prefix: int
    """The size that would do, given to each of its subnets: the answer's `suggested_prefix`."""
    places: tuple[tuple[str, str], ...]
    """(subnet, block) for each subnet that is smaller than that, in the order listed; fewer where
    the VPC has no room for all. Larger than `prefix` where another function wants more of a subnet
    that both share. AWS resizes no subnet: one that stands already is made anew.
    """
    subnets: int
    """How many there should be."""
    fits: int | None
    """The shortest prefix of which there is one for each; `prefix` where that has room if
    nothing else grows, None where none larger than what they have is there.
    """
    widened: tuple[str, ...] = ()
    """Those of its subnets whose block lies around the one that they have."""

    @property
    def blocks(self) -> tuple[str, ...]:
        """The blocks alone."""
        return tuple(found for _, found in self.places)


def rooms(
    plan: Plan, answer: CapacityAnswer, *, scenario: Scenario = AS_PLANNED
) -> dict[str, Room]:
    """For every function of a capacity answer that wants larger subnets, where those could stand.

    `scenario` as in the question that was answered.
    """
    wanted = {
        name: capacity.suggested_prefix
        for name, capacity in answer.functions.items()
        if capacity.suggested_prefix is not None
    }
    short = {name: _short(plan, name, prefix, scenario) for name, prefix in wanted.items()}
    sizes: dict[str, int] = {}
    for name, prefix in wanted.items():
        for subnet in short[name]:
            sizes[subnet.id] = min(prefix, sizes.get(subnet.id, prefix))
    placed = _placed(plan, sizes)
    known: dict[tuple[tuple[str, ...], int], int | None] = {}
    found: dict[str, Room] = {}
    for name, prefix in wanted.items():
        subnets = short[name]
        key = (tuple(subnet.id for subnet in subnets), prefix)
        if key not in known:
            known[key] = _fitting(plan, *key)
        found[name] = _room(prefix, subnets, placed, known[key])
    return found


def block_for(plan: Plan, subnet: Subnet, prefix: int, given: Iterable[Block] = ()) -> Block | None:
    """A block of this size for a subnet that is drawn anew: around its own where that is free, else
    the next free one of its VPC; `given` is promised to others.
    """
    vpc = plan.resource(subnet.vpc)
    assert isinstance(vpc, Vpc)
    spaces, own = spaces_of(vpc), block(subnet.cidr)
    taken = [*(one for one in subnet_blocks(plan, subnet.vpc) if one != own), *given]
    around = Block(4, own.first - own.first % Block(4, 0, prefix).size, prefix)
    fits = any(s.covers(around) for s in spaces) and not any(around.overlaps(t) for t in taken)
    return around if fits else next_free(spaces, taken, prefix)


def _short(plan: Plan, function_id: str, prefix: int, scenario: Scenario) -> tuple[Subnet, ...]:
    """The subnets of a function that remain and are smaller than they should be."""
    function = plan.resource(function_id)
    assert isinstance(function, Function)
    subnets = (plan.resource(name) for name in function.subnets)
    return tuple(
        s
        for s in subnets
        if isinstance(s, Subnet)
        and s.az not in scenario.without_zones
        and block(s.cidr).prefix > prefix
    )


def _placed(plan: Plan, sizes: dict[str, int]) -> dict[str, Block]:
    """A block for each of these subnets, the largest first, none of them given twice."""
    found: dict[str, Block] = {}
    given: dict[str, list[Block]] = {}
    for name in sorted(sizes, key=lambda name: sizes[name]):
        subnet = plan.resource(name)
        assert isinstance(subnet, Subnet)
        others = given.setdefault(subnet.vpc, [])
        place = block_for(plan, subnet, sizes[name], others)
        if place is not None:
            found[name] = place
            others.append(place)
    return found


def _fitting(plan: Plan, names: tuple[str, ...], prefix: int) -> int | None:
    owns = [block(subnet.cidr).prefix for subnet in map(plan.of(Subnet.kind).__getitem__, names)]
    sizes = range(prefix, min(owns, default=prefix))
    return next(
        (p for p in sizes if len(_placed(plan, dict.fromkeys(names, p))) == len(names)), None
    )


def _room(
    prefix: int, subnets: tuple[Subnet, ...], placed: dict[str, Block], fits: int | None
) -> Room:
    there = [(subnet, placed[subnet.id]) for subnet in subnets if subnet.id in placed]
    return Room(
        prefix=prefix,
        places=tuple((subnet.id, str(place)) for subnet, place in there),
        subnets=len(subnets),
        fits=prefix if len(there) == len(subnets) else fits,
        widened=tuple(s.id for s, place in there if place.covers(block(s.cidr))),
    )
