"""What of each subnet's addresses nothing on the plan explains."""

from __future__ import annotations

from collections import Counter

from netaddr import IPNetwork

from lambdaplanner.formats.document import SECTION_KINDS
from lambdaplanner.importing.assembled import Assembled
from lambdaplanner.importing.found import Addresses, Found, LeftOut
from lambdaplanner.kinds.subnet import RESERVED_ADDRESSES, Subnet
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import references_of


def account(found: Found, result: Assembled, plan: Plan | None) -> None:
    """Sets `reserved_ips` so that the ledger's free addresses are AWS's count and the addresses of
    Lambda's interfaces that imported functions explain; `plan` is the plan without.
    """
    if plan is None:
        return
    subnets = plan.of("subnet")
    counts = counted(plan)
    for key, said in found.addresses.items():
        name = result.ids.get(key)
        if name is not None and name in subnets:
            _reserve(result, counts[name], subnets[name], said)
    order = result.sections["subnets"]
    result.observed = {name: result.observed[name] for name in order if name in result.observed}


def counted(plan: Plan) -> Counter[str]:
    """The addresses that the plan's things take in each subnet, `reserved_ips` apart."""
    found: Counter[str] = Counter()
    for kind in SECTION_KINDS.values():
        if kind.slug == Subnet.kind:
            continue
        for thing in plan.of(kind.slug).values():
            named = {to.target for to in references_of(thing)}
            for subnet in named & plan.of(Subnet.kind).keys():
                found[subnet] += kind.addresses(thing, subnet)
    return found


def _reserve(result: Assembled, taken: int, subnet: Subnet, said: Addresses) -> None:
    usable = IPNetwork(subnet.cidr).size - RESERVED_ADDRESSES
    available, rest = said.available, said.strangers
    if available is not None and not 0 <= available <= usable:
        _note(result, subnet, f"AWS's count of {available} free addresses cannot be")
        available = None
    if available is not None:
        rest = usable - available - said.functions - taken
        result.observed[subnet.id] = {"available": available, "lambda": said.functions}
    if rest < 0:
        _note(result, subnet, f"the plan's things take {-rest} more addresses than AWS has given")
    result.sections["subnets"][subnet.id]["reserved_ips"] = max(0, rest)


def _note(result: Assembled, subnet: Subnet, why: str) -> None:
    result.left_out.append(LeftOut(kind="address count", name=subnet.id, why=why))
