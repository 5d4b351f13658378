"""Checks of a function's attachment: zones, role, groups, limits and room."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import named, shared
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.role_policies import ACTIONS, VPC_ACCESS_POLICY
from lambdaplanner.kinds.security_group import SecurityGroup

VPC_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"
QUOTAS_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
SUBNETS_AT_MOST, GROUPS_AT_MOST = 16, 5
MEMORY_MB = (128, 10_240)
TIMEOUT_S = (1, 900)
MANAGED_TIMEOUT_S = (1, 5_400)
"""Of a managed instance (aws.md 1.9)."""


@check(
    "LAM-001",
    "warning",
    "An attached function stands in one availability zone only",
    reference="https://docs.aws.amazon.com/config/latest/developerguide/lambda-vpc-multi-az-check.html",
)
def single_zone(view: PlanAnalysis) -> Iterator[Draft]:
    """When that zone fails the function has no interface left; two zones cost nothing more. One
    finding where many functions stand in the same subnets.
    """

    def say(_subnets: frozenset[str], names: list[str]) -> Draft:
        subnets = view.plan.of(Function.kind)[names[0]].subnets
        alone = len(names) == 1
        are, them, they = ("is", "it", "it") if alone else ("are", "them", "they")
        return Draft(
            about=(*names, *subnets),
            message=f"{named(names)} {are} attached to subnets of one zone only, "
            f"{view.subnet(subnets[0]).az}: without that zone {they} cannot run.",
            fix=f"Attach {them} to a private subnet of a second zone as well.",
        )

    yield from shared(_in_one_zone(view), say)


def _in_one_zone(view: PlanAnalysis) -> Iterator[tuple[frozenset[str], str]]:
    for function in view.attached:
        zones = view.places(function).zones
        if len(zones) == 1 and zones[0]:
            yield frozenset(function.subnets), function.id


@check(
    "LAM-005",
    "error",
    "The execution role may not create network interfaces",
    reference=VPC_PAGE + "#configuration-vpc-permissions",
)
def role_without_interfaces(view: PlanAnalysis) -> Iterator[Draft]:
    """Lambda uses the function's own role to create its interface; without the right, the
    attachment is refused. A policy of one's own, or one that nobody knows, may hold it: then this
    is a warning. One finding where many functions lack the same.
    """

    yield from shared(_without_interfaces(view), _lacking)
    yield from shared(_with_untold_roles(view), _role_untold)


def _lacking(policies: tuple[str, ...] | None, names: list[str]) -> Draft:
    """`policies` are those of which nobody knows what they allow; None where the right is refused
    for sure.
    """
    alone = len(names) == 1
    are, role = ("is", "its execution role") if alone else ("are", "their execution roles")
    begins = f"{named(names)} {are} attached to a VPC"
    whose = "its role" if alone else "their roles"
    if policies is None:
        return Draft(
            about=tuple(names),
            message=f"{begins}, but {role} {'has' if alone else 'have'} no policy that lets Lambda "
            "create the network interface.",
            fix=f"Add the managed policy {VPC_ACCESS_POLICY} to {whose}.",
        )
    said = f"{begins}; whether {role} {'lets' if alone else 'let'} Lambda create the network"
    holds = "it holds" if alone else "they hold"
    return Draft(
        about=tuple(names),
        message=f"{said} interface, what is written of {'it' if alone else 'them'} "
        f"({', '.join(policies)}) does not tell.",
        fix=f"See that {holds} {', '.join(ACTIONS)}, or add the managed policy "
        f"{VPC_ACCESS_POLICY}.",
        severity="warning",
    )


def _without_interfaces(view: PlanAnalysis) -> Iterator[tuple[tuple[str, ...] | None, str]]:
    for function in view.attached:
        if function.interface_rights != "allowed" and not _is_untold(view, function):
            known = function.interface_rights == "refused"
            yield None if known else function.role_policies, function.id


def _is_untold(view: PlanAnalysis, function: Function) -> bool:
    return view.network.doubts.of(function.id, "role_policies") is not None


def _with_untold_roles(view: PlanAnalysis) -> Iterator[tuple[str, str]]:
    """AWS refuses an attachment loudly, so nothing leans on what nobody told of a role."""
    for function in view.attached:
        if function.interface_rights != "allowed" and _is_untold(view, function):
            yield "untold", function.id


def _role_untold(_key: str, names: list[str]) -> Draft:
    alone = len(names) == 1
    are, role, let = (
        ("is", "its execution role", "lets") if alone else ("are", "their execution roles", "let")
    )
    return Draft(
        about=tuple(names),
        message=f"{named(names)} {are} attached to a VPC; whether {role} {let} Lambda create the "
        "network interface, nobody told.",
        fix=f"See that {'it holds' if alone else 'they hold'} {', '.join(ACTIONS)}.",
        severity="info",
    )


@check(
    "LAM-006",
    "error",
    "A function's subnets and security groups do not go together",
    reference="https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html",
)
def attachment_limits(view: PlanAnalysis) -> Iterator[Draft]:
    """Subnets and groups must be of one VPC, at most 16 subnets and 5 groups."""
    yield from refused(view, "LAM-006")
    for function in view.attached:
        yield from _too_many(function)


def _too_many(function: Function) -> Iterator[Draft]:
    for names, what, most in (
        (function.subnets, "subnets", SUBNETS_AT_MOST),
        (function.security_groups, "security groups", GROUPS_AT_MOST),
    ):
        if len(names) > most:
            yield Draft(
                about=(function.id,),
                message=f'Function "{function.id}" has {len(names)} {what}; AWS takes at most '
                f"{most}.",
                fix=f"Take {len(names) - most} of them away.",
            )


@check(
    "LAM-010",
    "error",
    "A function's security groups do not let out what it needs",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
)
def no_way_out_of_the_groups(view: PlanAnalysis) -> Iterator[Draft]:
    """No rule out at all, or none for a target that an expectation says it reaches."""
    for function in view.attached:
        groups = view.groups(function)
        if groups and not any(group.outbound_rules for group in groups):
            named = ", ".join(f'"{group.id}"' for group in groups)
            yield Draft(
                about=(function.id, *(group.id for group in groups)),
                message=f'Function "{function.id}" can send nothing: its security groups ({named}) '
                "have no outbound rule.",
                fix="Add an outbound rule for each target, such as tcp 443 to 0.0.0.0/0.",
            )
            continue
        yield from _needed_but_kept_in(view, function, groups)


def _needed_but_kept_in(
    view: PlanAnalysis, function: Function, groups: list[SecurityGroup]
) -> Iterator[Draft]:
    own = {group.id for group in groups}
    for row, kept in view.kept_in(function.id):
        port = "" if kept.port is None else f" {kept.port}"
        yield Draft(
            about=(function.id, *(name for name in kept.at if name in own)),
            message=f'Function "{function.id}" is expected to reach {row.target}, but its '
            f"security groups let {'not all' if kept.partly else 'no'} {kept.protocol}{port} out "
            "to it.",
            fix=kept.fix,
            severity="warning" if kept.partly else None,
        )


@check(
    "LAM-021",
    "error",
    "A function has values that AWS refuses",
    reference=QUOTAS_PAGE,
    reads="amounts",
)
def values_beyond_limits(view: PlanAnalysis) -> Iterator[Draft]:
    """Memory is 128 to 10,240 MB, the timeout 1 to 900 seconds; of a function on a capacity
    provider, which has no subnets and groups of its own, up to 5,400 seconds.
    """
    for function in view.of(Function):
        for value, (least, most), said in (
            (function.memory_mb, MEMORY_MB, f"{function.memory_mb:,} MB of memory"),
            (
                function.timeout_s,
                timeout_limits(function),
                f"a timeout of {function.timeout_s:,} seconds",
            ),
        ):
            if not least <= value <= most:
                yield Draft(
                    about=(function.id,),
                    message=f'Function "{function.id}" has {said}; '
                    f"AWS takes {least:,} to {most:,}.",
                    fix=f"Choose a value from {least:,} to {most:,}.",
                )
        if function.managed and (function.subnets or function.security_groups):
            yield Draft(
                about=(function.id, function.capacity_provider or ""),
                message=f'Function "{function.id}" runs on capacity provider '
                f'"{function.capacity_provider}", and has subnets or security groups of its own; '
                "AWS takes one of the two.",
                fix="Take its subnets and security groups away; its packets leave from those of "
                "the provider.",
            )


def timeout_limits(function: Function) -> tuple[int, int]:
    """The shortest and the longest timeout that AWS gives a function, in seconds."""
    return MANAGED_TIMEOUT_S if function.managed else TIMEOUT_S
