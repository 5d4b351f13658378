"""Where larger subnets could stand: free blocks of the suggested size in a function's VPC."""

from __future__ import annotations

from dataclasses import dataclass

from lambdaplanner.analysis.answers import CapacityAnswer
from lambdaplanner.kinds.address_space import spaces_of, subnet_blocks
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.blocks import next_free
from lambdaplanner.model.cidr import Block
from lambdaplanner.model.plan import Plan

LONGEST_PREFIX = 28
"""AWS makes no smaller subnet (aws.md 2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """The next free blocks for a function whose target does not fit as it stands."""

    prefix: int
    """The size that would do, given to each of its subnets: the answer's `suggested_prefix`."""
    blocks: tuple[str, ...]
    """One block of that size for each of its subnets, in the order listed; fewer where the VPC has
    no room for all. A subnet cannot be resized: these would be new ones beside it.
    """
    subnets: int
    """How many there should be."""
    fits: int | None
    """The shortest prefix of which there is one for each; `prefix` where that has room, None where
    not even the smallest subnets have.
    """


def rooms(plan: Plan, answer: CapacityAnswer, *, without_az: str | None = None) -> dict[str, Room]:
    """For every function of a capacity answer that wants larger subnets, where those could stand.

    Each function is answered for itself: two may be offered the same blocks. `without_az` as in the
    question that was answered.
    """
    found: dict[str, Room] = {}
    known: dict[tuple[tuple[str, ...], int], Room] = {}
    for name, capacity in answer.functions.items():
        prefix = capacity.suggested_prefix
        if prefix is None:
            continue
        key = (_homes(plan, name, without_az), prefix)
        if key not in known:
            known[key] = _room(plan, *key)
        found[name] = known[key]
    return found


def _homes(plan: Plan, function_id: str, without_az: str | None) -> tuple[str, ...]:
    """The VPC of each of a function's subnets that remain."""
    function = plan.resource(function_id)
    assert isinstance(function, Function)
    subnets = (plan.resource(name) for name in function.subnets)
    return tuple(s.vpc for s in subnets if isinstance(s, Subnet) and s.az != without_az)


def _room(plan: Plan, homes: tuple[str, ...], prefix: int) -> Room:
    blocks = _placed(plan, homes, prefix)
    fits: int | None = prefix
    if len(blocks) < len(homes):
        smaller = range(prefix + 1, LONGEST_PREFIX + 1)
        fits = next((p for p in smaller if len(_placed(plan, homes, p)) == len(homes)), None)
    return Room(prefix=prefix, blocks=tuple(map(str, blocks)), subnets=len(homes), fits=fits)


def _placed(plan: Plan, homes: tuple[str, ...], prefix: int) -> list[Block]:
    given: list[Block] = []
    taken = {vpc: subnet_blocks(plan, vpc) for vpc in homes}
    for vpc_id in homes:
        vpc = plan.resource(vpc_id)
        assert isinstance(vpc, Vpc)
        found = next_free(spaces_of(vpc), taken[vpc_id], prefix)
        if found is not None:
            taken[vpc_id].append(found)
            given.append(found)
    return given
