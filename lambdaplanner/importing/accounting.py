"""What of each subnet's addresses nothing on the plan explains."""

from __future__ import annotations

from netaddr import IPNetwork

from lambdaplanner.formats.document import SECTION_KINDS
from lambdaplanner.importing.assembled import Assembled, plan_of
from lambdaplanner.importing.found import Addresses, Found, LeftOut
from lambdaplanner.kinds.subnet import RESERVED_ADDRESSES, Subnet
from lambdaplanner.model.plan import Plan


def account(found: Found, result: Assembled) -> None:
    """Sets `reserved_ips` so that the ledger's free addresses are AWS's count and the addresses of
    Lambda's interfaces that imported functions explain.
    """
    plan = plan_of(result) if found.addresses else None
    if plan is None:
        return
    subnets = plan.of("subnet")
    for key, said in found.addresses.items():
        name = result.ids.get(key)
        if name is not None and name in subnets:
            _reserve(result, plan, subnets[name], said)
    order = result.sections["subnets"]
    result.observed = {name: result.observed[name] for name in order if name in result.observed}


def counted(plan: Plan, subnet: str) -> int:
    """The addresses that the plan's things take in a subnet, `reserved_ips` apart."""
    return sum(
        kind.addresses(thing, subnet)
        for kind in SECTION_KINDS.values()
        if kind.slug != "subnet"
        for thing in plan.of(kind.slug).values()
    )


def _reserve(result: Assembled, plan: Plan, subnet: Subnet, said: Addresses) -> None:
    usable = IPNetwork(subnet.cidr).size - RESERVED_ADDRESSES
    available, rest = said.available, said.strangers
    if available is not None and not 0 <= available <= usable:
        _note(result, subnet, f"AWS's count of {available} free addresses cannot be")
        available = None
    if available is not None:
        rest = usable - available - said.functions - counted(plan, subnet.id)
        result.observed[subnet.id] = {"available": available, "lambda": said.functions}
    if rest < 0:
        _note(result, subnet, f"the plan's things take {-rest} more addresses than AWS has given")
    result.sections["subnets"][subnet.id]["reserved_ips"] = max(0, rest)


def _note(result: Assembled, subnet: Subnet, why: str) -> None:
    result.left_out.append(LeftOut(kind="address count", name=subnet.id, why=why))
