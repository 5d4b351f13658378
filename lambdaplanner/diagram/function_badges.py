"""The state marks of functions and their interfaces: of one, and counted on the card of many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lambdaplanner.analysis.answers import Answer, FunctionCapacity, Verdict
from lambdaplanner.analysis.capacity_reasons import NO_SUBNET
from lambdaplanner.analysis.reach import verdict_of
from lambdaplanner.diagram.items import Badge, Tone
from lambdaplanner.diagram.verdicts import Verdicts
from lambdaplanner.kinds.function import Function

_INTERNET: dict[Verdict, tuple[Tone, str]] = {
    "reachable": ("ok", "internet"),
    "partial": ("warning", "internet: some subnets"),
    "unreachable": ("error", "no internet"),
    "unknown": ("unknown", "internet: not known"),
}
_NO_ROLE = "The role has no policy that lets Lambda create its interfaces"
_NAMED = 8
"""So many functions are named in what the pointer is told of a count."""


def function_badges(function: Function, verdicts: Verdicts) -> tuple[Badge, ...]:
    """Whether it reaches the internet, may have interfaces, and has addresses for them."""
    badges = []
    answer = verdicts.internet.get(function.id)
    if answer is not None:
        tone, text = _INTERNET[answer.verdict]
        badges.append(Badge(tone, text, "\n".join(_reasons(answer))))
    if _lacks_role(function, verdicts):
        badges.append(Badge("error", "role", _NO_ROLE))
    capacity = verdicts.capacity and verdicts.capacity.functions.get(function.id)
    if capacity and capacity.verdict != "ok":
        badges.append(_capacity(capacity))
    return tuple(badges)


def interface_badges(function: Function, subnet: str, verdicts: Verdicts) -> tuple[Badge, ...]:
    """Whether what leaves by the interface in that subnet reaches the internet."""
    found = _through(function, subnet, verdicts)
    if found is None:
        return ()
    verdict, reasons = found
    tone, text = _INTERNET[verdict]
    return (Badge(tone, "internet: in part" if verdict == "partial" else text, reasons),)


def group_badges(functions: Sequence[Function], verdicts: Verdicts) -> tuple[Badge, ...]:
    """The marks of functions that share a card, counted: `18 internet`, `2 not`."""
    answers = [(one.title, verdicts.internet.get(one.id)) for one in functions]
    judged = [
        (title, answer.verdict, " ".join(_reasons(answer))) for title, answer in answers if answer
    ]
    badges = _counted_internet(judged)
    without = [one.title for one in functions if _lacks_role(one, verdicts)]
    if without:
        told = f"{_NO_ROLE}: {_named(without)}"
        badges.append(Badge("error", f"{len(without):,} role", told))
    return (*badges, *_counted_capacity(functions, verdicts))


def group_interface_badges(
    functions: Sequence[Function], subnet: str, verdicts: Verdicts
) -> tuple[Badge, ...]:
    """The same for the interface that they share in a subnet."""
    found = [(one.title, _through(one, subnet, verdicts)) for one in functions]
    return tuple(_counted_internet([(title, *judged) for title, judged in found if judged]))


def _through(function: Function, subnet: str, verdicts: Verdicts) -> tuple[Verdict, str] | None:
    """What is known of the way through one subnet: the verdict, and what stands against it."""
    answer = verdicts.internet.get(function.id)
    paths = [path for path in answer.paths if path.via == subnet] if answer else []
    if not paths:
        return None
    worst = verdict_of([path.verdict for path in paths])
    reasons = dict.fromkeys(obstacle.message for path in paths for obstacle in path.obstacles)
    return worst, "\n".join(reasons)


def _counted_internet(judged: Sequence[tuple[str, Verdict, str]]) -> list[Badge]:
    """Titles, verdicts and reasons as a count for each verdict."""
    badges = []
    for verdict, (tone, text) in _INTERNET.items():
        names = [title for title, found, _ in judged if found == verdict]
        if not names:
            continue
        if verdict == "partial":
            text = "in part"
        elif verdict == "unreachable" and len(names) < len(judged):
            text = "not"
        reasons = dict.fromkeys(reason for _, found, reason in judged if found == verdict)
        told = "\n".join((_named(names), *(one for one in reasons if one)))
        badges.append(Badge(tone, f"{len(names):,} {text}", told))
    return badges


def _counted_capacity(functions: Iterable[Function], verdicts: Verdicts) -> list[Badge]:
    known = verdicts.capacity.functions if verdicts.capacity else {}
    found: dict[tuple[Tone, str], list[str]] = {}
    for one in functions:
        capacity = known.get(one.id)
        if capacity is not None and capacity.verdict != "ok":
            exhausted = capacity.verdict == "exhausted"
            mark: tuple[Tone, str] = (
                ("error", "no addresses") if exhausted else ("warning", capacity.verdict)
            )
            found.setdefault(mark, []).append(one.title)
    return [
        Badge(tone, f"{len(names):,} {text}", _named(names))
        for (tone, text), names in found.items()
    ]


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _reasons(answer: Answer) -> Iterable[str]:
    return dict.fromkeys(o.message for path in answer.paths for o in path.obstacles)


def _lacks_role(function: Function, verdicts: Verdicts) -> bool:
    untold = any(row.of == "role_policies" for row in verdicts.unknown.get(function.id, ()))
    return function.attached and not function.may_create_interfaces and not untold


def _capacity(capacity: FunctionCapacity) -> Badge:
    """What a function lacks in addresses."""
    most = f"at most {capacity.max_concurrency:,}"
    if capacity.verdict != "exhausted":
        return Badge("warning", capacity.verdict, f"{most} fit")
    text = f"{capacity.shortfall:,} short" if capacity.shortfall else "no addresses"
    if capacity.stranded:
        return Badge("error", NO_SUBNET, NO_SUBNET)
    if capacity.contended:
        return Badge("error", text, f"{capacity.error}: who gets the addresses is not decided")
    told = f"{capacity.error}: " if capacity.error else ""
    return Badge("error", text, f"{told}{most} of {capacity.concurrency:,} fit")
