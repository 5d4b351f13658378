"""Checks of room for the concurrency targets: what does not fit, and what fits only just."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from lambdaplanner.analysis.answers import FunctionCapacity
from lambdaplanner.analysis.capacity_question import ask
from lambdaplanner.analysis.hyperplane_model import OUT_OF_INTERFACES, Interfaces
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import named, shared
from lambdaplanner.kinds.function import Function
from lambdaplanner.model.cidr import block

ENIS = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis"
_BLOCKS_NAMED = 3
TODAY = "hyperplane"
"""The model that AWS uses today."""


@check(
    "LAM-007",
    "error",
    "Functions' subnets are short of addresses for their concurrency",
    reference=ENIS,
    reads="amounts",
)
def out_of_addresses(view: PlanAnalysis) -> Iterator[Draft]:
    """Judged by the plan's capacity model: no spread over the subnets carries the concurrency
    targets. One finding for all functions that lack the same addresses. What fits the plan's model
    and not the one that AWS uses today (hyperplane) is a warning. Where the quota of interfaces is
    what is missing, LAM-008 says so.
    """
    answer = view.capacity()
    short = _short(answer.functions)
    for names in _by_shortage(short):
        yield _shortage(view, {name: short[name] for name in names})
    if answer.model == TODAY or answer.models.get(TODAY) != "exhausted":
        return
    question = ask(view.plan, rows=view.ledger)
    today = Interfaces(question)
    late = _short(
        {
            asked.id: today.function(asked)
            for asked in question.functions
            if asked.id not in short and today.verdict(asked) == "exhausted"
        }
    )
    for names in _by_shortage(late):
        yield _short_today(view, {name: late[name] for name in names}, today.demand)


def _short(functions: Mapping[str, FunctionCapacity]) -> dict[str, FunctionCapacity]:
    return {
        name: found
        for name, found in functions.items()
        if found.verdict == "exhausted" and found.error != OUT_OF_INTERFACES
    }


def _by_shortage(functions: Mapping[str, FunctionCapacity]) -> Iterable[list[str]]:
    """The functions that lack the addresses of the same subnets, together."""
    together: dict[frozenset[str], list[str]] = {}
    for name, found in functions.items():
        together.setdefault(frozenset(found.bottleneck), []).append(name)
    return together.values()


def _shortage(
    view: PlanAnalysis,
    short: Mapping[str, FunctionCapacity],
    names: Collection[str] | None = None,
) -> Draft:
    """What is said of functions that lack the same addresses; `names` are those to tell it of,
    where somebody lives with it for the others.
    """
    told = [name for name in short if names is None or name in names]
    answer = view.capacity()
    first, found = next(iter(short.items()))
    bottleneck = found.bottleneck
    would = f"would fail with {found.error} (model {answer.model})"
    fix = _either(_larger(view, list(short)), "add subnets", "lower the target")
    if len(short) == 1:
        room = f"its subnets have room for {found.max_concurrency:,} at most"
        said = room if found.shortfall else "its subnets are too full with those of others"
        message = (
            f'Function "{first}" is to run {found.concurrency:,} times at once, but {said}: '
            f"invocations {would}."
        )
    else:
        wanted = sum(one.demand for one in short.values())
        if answer.model == TODAY:
            wanted = sum(answer.subnets[name].demand for name in bottleneck)
        free = sum(max(0, answer.subnets[name].free) for name in bottleneck)
        message = (
            f"{_among(told, short)} {wanted:,} addresses of {', '.join(bottleneck)}, and {free:,} "
            f"are free; who gets them is not decided, and invocations of each {would}."
        )
        fix = _either(_larger(view, list(short)), "add subnets", "lower the targets together")
    return Draft(
        about=(*told, *bottleneck),
        message=message,
        fix=fix,
        members=tuple(told),
        apart=lambda names: [_shortage(view, short, names)],
    )


def _among(told: Sequence[str], short: Collection[str]) -> str:
    """Some of the functions that want the same addresses, and how many others do."""
    others = len(short) - len(told)
    if not others:
        return f"{named(told)} want"
    whose = "another function" if others == 1 else f"{others} other functions"
    return f"{named(told)} {'wants' if len(told) == 1 else 'want'}, together with {whose},"


def _short_today(
    view: PlanAnalysis,
    short: Mapping[str, FunctionCapacity],
    demand: Mapping[str, int],
    names: Collection[str] | None = None,
) -> Draft:
    told = [name for name in short if names is None or name in names]
    bottleneck = next(iter(short.values())).bottleneck
    parts = [f"{demand[name]:,} in {name} ({view.ledger[name].free:,} free)" for name in bottleneck]
    fits = "fits" if len(told) == 1 else "fit"
    needs = "its interfaces need" if len(short) == 1 else "their interfaces need"
    if len(told) < len(short):
        needs = f"the interfaces of all {len(short)} functions there need"
    error = next(iter(short.values())).error
    return Draft(
        about=(*told, *bottleneck),
        message=f"{named(told)} {fits} the model {view.capacity().model}, but not what AWS does "
        f"today (hyperplane): {needs} {', '.join(parts)}, so that invocations would fail with "
        f"{error}.",
        fix="Let functions share sets of security groups, or use larger subnets.",
        severity="warning",
        members=tuple(told),
        apart=lambda names: [_short_today(view, short, demand, names)],
    )


def _larger(view: PlanAnalysis, functions: Sequence[str]) -> str:
    """To give functions larger subnets, and where those could stand; empty where none would do."""
    rooms = {name: room for name in functions if (room := view.rooms.get(name)) is not None}
    if not rooms:
        return ""
    whose = "its" if len(functions) == 1 else "their"
    prefix = min(room.prefix for room in rooms.values())
    advice = f"give each of {whose} subnets a /{prefix} or larger"
    places = dict(place for room in rooms.values() for place in room.places)
    wanted = {name for of, room in rooms.items() for name in small_subnets(view, of, room.prefix)}
    if len(places) < len(wanted):
        return f"{advice} ({whose} VPC has room for {len(places)} of {len(wanted)})"
    rest = len(places) - _BLOCKS_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    drawn = ", ".join(f"{name} as {cidr}" for name, cidr in list(places.items())[:_BLOCKS_NAMED])
    return f"{advice} (one address plan: {drawn}{more})"


def small_subnets(view: PlanAnalysis, function_id: str, prefix: int) -> list[str]:
    """The subnets of a function that are smaller than a size."""
    function = view.plan.resource(function_id)
    assert isinstance(function, Function)
    return [name for name in function.subnets if block(view.subnet(name).cidr).prefix > prefix]


def _either(*ways: str) -> str:
    """A sentence of what can be done; empty ways are left out."""
    *others, last = (way for way in ways if way)
    said = ", or ".join([", ".join(others), last] if others else [last])
    return f"{said[:1].upper()}{said[1:]}."


@check(
    "LAM-022",
    "warning",
    "A function's concurrency fits with nothing to spare",
    reference="https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-enis",
    reads="amounts",
)
def fits_badly(view: PlanAnalysis) -> Iterator[Draft]:
    """It fits only if Lambda does not spread evenly, or with no room for interfaces that are being
    replaced. One finding where many functions share the subnets that are full then.
    """

    def say(cause: tuple[str, tuple[str, ...]], names: list[str]) -> Draft:
        verdict, subnets = cause
        said = _uneven(view, names, subnets) if verdict == "uneven" else _tight(names, subnets)
        return Draft(
            about=(*names, *subnets),
            message=said,
            fix=_either(_larger(view, names), f"lower the target{'' if len(names) == 1 else 's'}"),
        )

    functions = view.capacity().functions.items()
    badly = ((name, found) for name, found in functions if found.verdict in ("uneven", "tight"))
    yield from shared((((f.verdict, tuple(f.bottleneck)), name) for name, f in badly), say)


def _uneven(view: PlanAnalysis, names: Sequence[str], subnets: Sequence[str]) -> str:
    ends = f"if Lambda does not spread them evenly: {', '.join(subnets)} would be full."
    if len(names) > 1:
        return f"{named(names)}: their invocations fit only {ends}"
    count = view.capacity().functions[names[0]].concurrency
    return f"{named(names)}: its {count:,} invocations fit only {ends}"


def _tight(names: Sequence[str], subnets: Sequence[str]) -> str:
    """What has no room is the subnets, however many stand in them."""
    room = "no room for interfaces that are being replaced"
    return f"{named(names)}: {', '.join(subnets)} has {room}."
