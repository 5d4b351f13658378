"""Checks of a function's way to the internet and to services."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import named, quoted, shared
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.function import Function

INTERNET_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html"
DIES_AT_GATEWAY = "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"
_THEY = "stand", "them", "they are"


_SHUT = "VPC_BLOCK_PUBLIC_ACCESS_ENABLED"


@check(
    "LAM-002",
    "error",
    "A function in a public subnet is expected to reach the internet",
    reference=INTERNET_PAGE,
)
def public_subnet_trap(view: PlanAnalysis) -> Iterator[Draft]:
    """A function's interface never gets a public address, so its packets die at the internet
    gateway.

    It needs the internet where an expectation says that it reaches something behind that gateway.
    """
    for function in view.attached:
        dying = _dying(view, function)
        if dying:
            via, gateway, target = dying
            yield Draft(
                about=(function.id, *via, gateway),
                message=f'Function "{function.id}" is to reach {target}, but its packets from '
                f"public subnet {quoted(via)} "
                f'die at internet gateway "{gateway}": a function\'s interface never has a '
                "public address.",
                fix="Attach it to private subnets whose default route leads to a NAT gateway.",
            )


@check("LAM-003", "warning", "A function stands in a public subnet", reference=INTERNET_PAGE)
def function_in_public_subnet(view: PlanAnalysis) -> Iterator[Draft]:
    """It gives no internet and no public address; where an expectation needs the internet, LAM-002
    says so. One finding where many functions stand in the same public subnets.
    """

    def say(cause: tuple[tuple[str, ...], str], names: list[str]) -> Draft:
        public, gives = cause
        stands, it, is_ = ("stands", "it", "it is") if len(names) == 1 else _THEY
        return Draft(
            about=(*names, *public),
            message=f"{named(names)} {stands} in public subnet {quoted(public)}, which gives {it} "
            f"{gives}.",
            fix=f"Attach {it} to private subnets; they need a NAT gateway only if {is_} to reach "
            "the internet.",
        )

    yield from shared(_in_public_subnets(view), say)


def _in_public_subnets(view: PlanAnalysis) -> Iterator[tuple[tuple[tuple[str, ...], str], str]]:
    """Each function with the public subnets that it stands in, and what those give it."""
    for function in view.attached:
        public = view.places(function).public
        if not public or _dying(view, function):
            continue
        gives = "neither internet nor a public address"
        if any(p.via in public and p.verdict != "unreachable" for p in _out(view, function)):
            gives = "no public address: what its routes send to an internet gateway is lost"
        yield (tuple(public), gives), function.id


def _out(view: PlanAnalysis, function: Function) -> tuple[PathAnswer, ...]:
    return view.internet_like(function).paths


def _dying(view: PlanAnalysis, function: Function) -> tuple[tuple[str, ...], str, str] | None:
    """The subnets whose packets die at a gateway, the gateway, and what they were to reach."""
    public = view.places(function).public
    if not public:
        return None
    for _, answer in view.expected_of(function.id):
        stops = [
            (path.via, obstacle.at)
            for path in answer.paths
            for obstacle in path.obstacles
            if obstacle.code == DIES_AT_GATEWAY and path.via in public
        ]
        if stops:
            via = tuple(dict.fromkeys(name for name, _ in stops if name is not None))
            return via, stops[0][1], _spoken(answer.target)
    return None


@check(
    "LAM-004",
    "error",
    "A function's subnets do not reach the same",
    reference=INTERNET_PAGE,
)
def mixed_subnets(view: PlanAnalysis) -> Iterator[Draft]:
    """Lambda spreads invocations over all attached subnets: those in the wrong one time out, now
    and then.
    """
    for function in view.attached:
        if len(function.subnets) < 2:
            continue
        for answer in _questions(view, function):
            bad = _failing(answer)
            if bad:
                yield _mixed(function, answer, bad)
                break


def _questions(view: PlanAnalysis, function: Function) -> Iterator[Answer]:
    untold = view.network.doubts.of(function.id, "role_policies")
    if function.may_create_interfaces or untold:  # else it reaches nothing from any subnet: LAM-005
        yield view.internet_like(function)
    for _, answer in view.expected_of(function.id, verdicts=frozenset(("partial",))):
        yield answer


def _failing(answer: Answer) -> list[str]:
    """The subnets from which it fails, where others do better; none where all are alike."""
    states: dict[str, set[str]] = {}
    for path in answer.paths:
        if path.via is not None:
            states.setdefault(path.via, set()).add(path.verdict)
    unsure = any("unknown" in found for found in states.values())
    if unsure or len({frozenset(found) for found in states.values()}) < 2:
        return []
    return [name for name, found in states.items() if "unreachable" in found] or [
        name for name, found in states.items() if found != {"reachable"}
    ]


def _mixed(function: Function, answer: Answer, bad: list[str]) -> Draft:
    stopped = (path for path in answer.paths if path.via in bad and path.verdict != "reachable")
    first = next((o for path in stopped for o in path.obstacles), None)
    share = round(100 * len(bad) / len(function.subnets))
    what, fix = "", "Give all its subnets the same routes, or detach it from those that differ."
    if first is not None and first.at not in (function.id, answer.target):
        what = f' ("{first.at}" is in the way)'
        fix = f"{first.fix} Or detach it from those subnets."
    return Draft(
        about=(function.id, *bad),
        message=f'Function "{function.id}" reaches {_spoken(answer.target)} from some of its '
        "subnets, "
        f"but not from {quoted(bad)}{what}: about {share} % of its invocations would "
        "time out, if Lambda spreads them evenly.",
        fix=fix,
    )


def _spoken(target: str) -> str:
    return "the internet" if target == "internet" else f'"{target}"'


@check(
    "NET-017",
    "error",
    "Block Public Access stands against a way to the internet",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html",
)
def public_access_blocked(view: PlanAnalysis) -> Iterator[Draft]:
    """An expectation wants the internet, and the account shuts it off, whatever routes say."""
    if view.plan.info.settings.block_public_access == "off":
        return
    told: set[tuple[str, str]] = set()
    for row in view.plan.expectations:
        if row.expect == "unreachable":
            continue
        with suppress(QuestionError):
            answer = view.question(row.source, row.target, row.port, row.protocol, row.ip)
            stops = (one for path in answer.paths for one in path.obstacles)
            for stop in (one for one in stops if one.code == _SHUT):
                end = row.source if row.source in view.plan else row.target
                if (end, stop.at) in told:
                    continue
                told.add((end, stop.at))
                yield Draft(
                    about=(end, stop.at),
                    message=f'"{row.source}" is to reach {_spoken(row.target)}, and Block Public '
                    f'Access stands against it at "{stop.at}".',
                    fix="Make the VPC or the subnet an exclusion (public_access), or switch the "
                    "setting.",
                )
