"""Why a capacity model says what it says, in words."""

from __future__ import annotations

from lambdaplanner.analysis.address_models import ENI_PER_3GB
from lambdaplanner.analysis.answers import CapacityVerdict, FunctionCapacity
from lambdaplanner.analysis.capacity_question import CapacityQuestion, Model

_RULES = {
    "per-invocation": "Every concurrent invocation holds an address of its own",
    "eni-per-3gb": "An interface is shared by as many invocations as 3 GB of memory hold",
    "hyperplane": "All functions with the same subnet and set of security groups share an "
    "interface, "
    "and each carries 65,000 connections",
}
_OUTCOMES: dict[CapacityVerdict, str] = {
    "ok": "which fits",
    "tight": "which fits, but leaves too few for interfaces that are being replaced",
    "uneven": "which fits only if they are not spread evenly",
    "exhausted": "which does not fit",
}


NO_SUBNET = "no subnet left"
"""What is said of a function all of whose subnets are gone."""


def most_of(found: FunctionCapacity) -> int | str:
    """How many invocations a function has room for, in a cell of a table; words where that is no
    number, or not one of its addresses.
    """
    if found.stranded:
        return NO_SUBNET
    if found.contended:
        return "not decided"
    return f"{found.most:,} (account)" if found.limited_by_account else found.most


def fate_of(found: FunctionCapacity) -> str:
    """What becomes of invocations that find no room, in a cell of a table; empty where all do."""
    return NO_SUBNET if found.stranded else found.error or ""


def reason_of(name: str, question: CapacityQuestion, model: Model, verdict: CapacityVerdict) -> str:
    """Why a model says so: its rule, and what that makes of this plan."""
    attached = [asked for asked in question.functions if asked.attached]
    if not attached:
        return f"{_RULES[name]}; no function is attached, so none takes an address."
    stranded = sum(1 for asked in attached if not asked.subnets)
    if stranded:
        lost = "1 function is" if stranded == 1 else f"{stranded} functions are"
        return f"{_RULES[name]}; {lost} left with no subnet at all."
    wanted = sum(model.demand.values())
    free = sum(question.free[subnet] for subnet in model.demand)
    invocations = sum(asked.concurrency for asked in attached)
    said = (
        f"{_RULES[name]}: {invocations:,} {_plural(invocations, 'invocation')} "
        f"need{'s' if invocations == 1 else ''} {wanted:,} "
        f"{_plural(wanted, 'address', 'addresses')} and {free:,} {_plural(free, 'is', 'are')} "
        f"free, {_outcome(model, verdict, wanted <= free)}."
    )
    if name == ENI_PER_3GB.slug and verdict == "ok":
        return said + _other_reading(question)
    return said


def _outcome(model: Model, verdict: CapacityVerdict, enough: bool) -> str:
    """What comes of it; `enough` says whether there would be addresses for all somewhere."""
    if verdict != "exhausted":
        return _OUTCOMES[verdict]
    quota = model.beyond_quota()
    if quota:
        return f"but {quota} that the quota allows"
    return "but not where they are wanted" if enough else _OUTCOMES[verdict]


def _other_reading(question: CapacityQuestion) -> str:
    """What the formula before 2019 says where it is read for each subnet (aws.md 1.4).

    AWS's page can be read either way: so many addresses in all of a function's subnets together,
    which is what the model counts, or in each of them. Told only where that makes a difference.
    """
    wanted: dict[str, int] = {}
    for asked in question.functions:
        needed = ENI_PER_3GB.needed(asked.concurrency, asked)
        for subnet in asked.subnets:
            wanted[subnet] = wanted.get(subnet, 0) + needed
    short = [name for name, count in wanted.items() if count > question.free[name]]
    if not short:
        return ""
    first = max(short, key=lambda name: wanted[name] - question.free[name])
    return (
        " Read as a number for each subnet, as some read the formula, it does not fit: "
        f"{first} would need {wanted[first]:,}, and {question.free[first]:,} "
        f"{_plural(question.free[first], 'is', 'are')} free."
    )


def _plural(count: int, one: str, many: str = "") -> str:
    return one if count == 1 else many or f"{one}s"
