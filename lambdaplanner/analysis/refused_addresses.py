"""Addresses that AWS does not give: kept or doubled ones, any in a full subnet, public ones of
what never has one (aws.md 2.2, 2.3, 2.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.ledger import LedgerRow
from lambdaplanner.analysis.refusal import PUBLIC, ROOM, ROOM_FOR_LAMBDA, Part, Refusal
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.workload import NEVER_PUBLIC, TYPES, Workload
from lambdaplanner.model.cidr import address, block

NO_ADDRESS = "ENI_ADDRESS_RESTRICTION"
_NAMED = 3


def fixed_addresses(plan: Addressing) -> Iterator[Refusal]:
    """In no subnet of the workload, among the five that AWS keeps, or somebody else's in the VPC
    as well.
    """
    holders: dict[tuple[str, int], str] = {}
    subnets = plan.of(Subnet)
    for workload in plan.of(Workload).values():
        if workload.private_ip is None:
            continue
        wanted = address(workload.private_ip)
        home = next((s for s in workload.subnets if block(subnets[s].cidr).holds(wanted)), None)
        if home is None:
            yield _fixed(workload, (workload.id,), "lies in none of its subnets")
            continue
        if _kept(subnets[home], wanted.value):
            yield _fixed(workload, (workload.id, home), f'is one that AWS keeps of "{home}"')
        other = holders.setdefault((subnets[home].vpc, wanted.value), workload.id)
        if other != workload.id:
            why = f'is also that of "{other}"'
            yield _fixed(workload, (workload.id, other), why, ((workload.id,), (other,)))


def _kept(subnet: Subnet, value: int) -> bool:
    own = block(subnet.cidr)
    return value - own.first < 4 or value == own.last


def _fixed(
    workload: Workload, about: tuple[str, ...], why: str, takes: tuple[Part, ...] = ()
) -> Refusal:
    return Refusal(
        "NET-027",
        "",
        NO_ADDRESS,
        about,
        f'The private address {workload.private_ip} of "{workload.id}" {why}.',
        "Choose a free address of its subnet, or leave it out.",
        takes or ((workload.id,),),
    )


def full_subnets(plan: Addressing) -> Iterator[Refusal]:
    """Where more is used than there is, nobody knows which interfaces AWS made first, so none is
    sure; where nothing is left, Lambda makes none.
    """
    functions: dict[str, list[str]] = {}
    for function in plan.of(Function).values():
        for name in () if function.managed else function.subnets:
            functions.setdefault(name, []).append(function.id)
    for name, row in plan.ledger.items():
        if row.free < 0:
            yield _overfull(plan, name, row)
        elif row.free == 0 and name in functions:
            yield _full(name, functions[name])


def _overfull(plan: Addressing, name: str, row: LedgerRow) -> Refusal:
    takers = sorted(row.used_by, key=lambda taker: (-taker[1], taker[0]))[:_NAMED]
    named = ", ".join(
        f"{count:,} reserved" if taker == name else f'{count:,} by "{taker}"'
        for taker, count in takers
    )
    prefix = block(plan.of(Subnet)[name].cidr).prefix
    return Refusal(
        "NET-018",
        name,
        NO_ADDRESS,
        (name, *(taker for taker, _ in takers if taker != name)),
        f'Subnet "{name}" has {row.usable:,} usable addresses, but {row.used:,} are used '
        f"({named}): {-row.free:,} too many.",
        f"Make the subnet larger than /{prefix}, or move things to another one.",
        ((name, ROOM),),
    )


def _full(name: str, functions: list[str]) -> Refusal:
    named = ", ".join(f'"{function}"' for function in functions[:_NAMED])
    more = f" and {len(functions) - _NAMED} more" if len(functions) > _NAMED else ""
    return Refusal(
        "NET-018",
        name,
        NO_ADDRESS,
        (name, *functions[:_NAMED]),
        f'Subnet "{name}" has no free address left for the interface of {named}{more}.',
        "Make the subnet larger, or move things to another one.",
        ((name, ROOM_FOR_LAMBDA),),
    )


def public_addresses(plan: Addressing) -> Iterator[Refusal]:
    """A cache, a mount target, a database proxy, a search domain has private addresses only."""
    for workload in plan.of(Workload).values():
        if workload.wants_public_address and workload.type in NEVER_PUBLIC:
            noun = TYPES[workload.type]
            yield Refusal(
                "NET-031",
                workload.id,
                "IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS",
                (workload.id,),
                f'"{workload.id}" has a public address on the plan, but AWS gives none to its type '
                f"({noun}).",
                "Leave the public address out, and let who needs it come in over a VPN, a peering "
                "or a load balancer.",
                ((workload.id, PUBLIC),),
            )
