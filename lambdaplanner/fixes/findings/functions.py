"""Fixes for findings about functions: where they are attached, and what guards them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.attachments import (
    GROUPS_AT_MOST,
    MEMORY_MB,
    SUBNETS_AT_MOST,
    timeout_limits,
)
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.attachment import detach
from lambdaplanner.fixes.aims import Asked
from lambdaplanner.fixes.obstacles.groups import allow_in_a_group
from lambdaplanner.fixes.obstacles.moving import into_private_subnets, said_functions
from lambdaplanner.fixes.parts.allowing import allow, rule, unused_groups
from lambdaplanner.fixes.parts.building import free_id, said_subnets, working_nats
from lambdaplanner.fixes.registry import Fix, Met, mended_by_promises, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.topology import EVERYTHING, serves_zone
from lambdaplanner.model.edit import Edit


@mended_by_promises("LAM-002", "LAM-004", "LAM-010", "END-001")
def what_it_is_to_reach(view: PlanAnalysis, finding: Finding) -> Iterator[Asked]:
    """The promises about its function that fail."""
    functions = view.plan.of(Function.kind)
    for name in finding.about:
        for _, answer in view.expected_of(name) if name in functions else ():
            if answer.verdict != "reachable":
                yield Asked(answer.source, answer.target, answer.protocol, answer.port)


@mended_by_promises("LAM-004")
def the_internet(view: PlanAnalysis, finding: Finding) -> Iterator[Asked]:
    """What a function reaches from some of its subnets only, promised or not."""
    if view.internet(finding.about[0]).verdict == "partial":
        yield Asked(finding.about[0], "internet", "tcp", None)


def _fits_zones(view: PlanAnalysis, table: RouteTable, subnets: list[str]) -> bool:
    """Whether a table does not lead subnets to a NAT gateway of another zone where their own zone
    has one.
    """
    nat = view.plan.find(next((r.target for r in table.routes if r.destination == EVERYTHING), ""))
    zones = [view.subnet(name).az for name in subnets]
    if not isinstance(nat, NatGateway) or all(serves_zone(view.plan, nat, z) for z in zones):
        return True
    others = working_nats(view.plan, table.vpc)
    return not any(serves_zone(view.plan, one, zone) for one in others for zone in zones)


# public subnets -----------------------------------------------------------------------------------


@mends("LAM-002", "LAM-003", together=True)
def out_of_public_subnets(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Into private subnets, or out of the public ones where others are left."""
    functions, wrong = _standing_in(view, finding)
    if wrong:
        yield from into_private_subnets(view, functions, wrong)
        yield from _without(view, functions, wrong)


def _standing_in(view: PlanAnalysis, finding: Finding) -> tuple[list[Function], list[str]]:
    """The functions of a finding, and the subnets that it says all of them stand in."""
    known = view.plan.of(Function.kind)
    functions = [known[name] for name in finding.subjects]
    wrong = [name for name in finding.about if all(name in one.subnets for one in functions)]
    return functions, wrong


@mends("LAM-004", "LAM-013", together=True)
def subnets_alike(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The routes of the good ones for the bad ones, or out of those."""
    functions, wrong = _standing_in(view, finding)
    function = functions[0]
    good = [name for name in function.subnets if name not in wrong]
    if finding.id == "LAM-004":
        tables = [
            table
            for name in good
            if (table := view.table(name)) is not None and _fits_zones(view, table, wrong)
        ]
        if tables:
            yield Fix(
                slug="share-route-table",
                label=f"Give {said_subnets(view.plan, wrong)} the route table {tables[0].title}",
                command=updating(*wrong, route_table=tables[0].id),
            )
        yield from into_private_subnets(view, functions, wrong)
    else:
        yield Fix(
            slug="switch-ipv6-off",
            label=f"Let {said_functions(functions)} use IPv4 only",
            command=updating(*finding.subjects, ipv6=False),
        )
    yield from _without(view, functions, wrong)


def _without(
    view: PlanAnalysis, functions: Sequence[Function], wrong: Sequence[str]
) -> Iterator[Fix]:
    def command(edit: Edit) -> None:
        for function in functions:
            for name in wrong:
                detach(edit, function.id, name)

    if all(set(wrong) < set(function.subnets) for function in functions):
        yield Fix(
            slug="detach",
            label=f"Detach {said_functions(functions)} from {said_subnets(view.plan, list(wrong))}",
            command=command,
        )


@mends("LAM-006")
def what_goes_together(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Only what is of the function's first VPC, and not more of it than AWS takes."""
    function = subject(view, finding, Function)
    home = view.subnet(function.subnets[0]).vpc
    subnets = [name for name in function.subnets if view.subnet(name).vpc == home]
    groups = [group.id for group in view.groups(function) if group.vpc == home]
    yield Fix(
        slug="keep-one-vpc",
        label=f"Keep of {function.title} only what is of VPC {home}, as much as AWS takes",
        command=lambda edit: edit.update(
            function.id,
            subnets=tuple(subnets[:SUBNETS_AT_MOST]),
            security_groups=tuple(groups[:GROUPS_AT_MOST]),
        ),
    )


# groups and replies -------------------------------------------------------------------------------


@mends("LAM-010")
def let_out(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Every rule out that its promises need, as one edit; without one, tcp 443 to everywhere."""
    function = subject(view, finding, Function)
    for choice in range(_MOST_CHOICES):
        yield from _all_let_out(view, function, choice)
    group = next((name for name in finding.about[1:] if name in view.plan), None)
    if group is not None:
        yield Fix(
            slug="allow-https-out",
            label=f"Allow outbound tcp 443 to 0.0.0.0/0 in {group}",
            command=lambda edit: allow(edit, group, "outbound", rule("tcp", 443, cidr="0.0.0.0/0")),
        )


_MOST_CHOICES = 3
"""Sorts of rules that would do for one packet: by group, by block ..."""


def _all_let_out(view: PlanAnalysis, function: Function, choice: int) -> Iterator[Fix]:
    """One sort of rule for each promise that the function's groups keep in."""
    steps: dict[str, Fix] = {}
    for _, answer in view.expected_of(function.id):
        drafts = [fix for met in _kept_in(answer) for fix in allow_in_a_group(view, met)]
        ours = [fix for fix in dict.fromkeys(drafts, None) if fix.slug == "allow-in-group"]
        if ours:
            fix = ours[min(choice, len(ours) - 1)]
            steps.setdefault(fix.label, fix)
    if steps:
        yield Fix(
            slug="allow-in-group",
            label="; ".join(steps),
            command=lambda edit: [fix.command(edit) for fix in steps.values()],
        )


def _kept_in(answer: Answer) -> Iterator[Met]:
    """The first place in an answer where the sender's own groups let nothing out."""
    for path in answer.paths:
        for one in path.obstacles:
            stop = one.stop
            if stop is not None and stop.side == "outbound" and stop.station is not None:
                yield Met(answer, path, one)
                return


@mends("LAM-011")
def no_inbound_rules(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Nothing meets them."""
    group = finding.about[0]
    yield Fix(
        slug="remove-inbound-rules",
        label=f"Take the inbound rules of {group} out",
        command=updating(group, inbound=()),
    )


@mends("LAM-014")
def back_to_default_networking(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Detached, it has the internet by Lambda's own VPC."""
    function = subject(view, finding, Function)
    yield Fix(
        slug="detach",
        label=f"Detach {function.title} from its VPC",
        command=lambda edit: detach(edit, function.id),
    )


@mends("LAM-017", together=True)
def a_group_of_its_own(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A group that lets everything out, as the default one did, and nothing in: one that guards
    nothing yet, else a new one. Many get one together: with one for each, each would need an
    interface of its own.
    """
    function = subject(view, finding, Function)
    functions = [view.plan.of(Function.kind)[name] for name in finding.subjects]
    whom, alone = said_functions(functions), len(functions) == 1
    vpc = view.places(function).vpcs[0]
    for group in unused_groups(view.plan, vpc):
        if not group.inbound and group.outbound is None:
            yield Fix(
                slug="use-security-group",
                label=f"Give {whom} the security group {group.title}, which guards nothing yet",
                command=updating(*finding.subjects, security_groups=(group.id,)),
            )

    def made(edit: Edit) -> None:
        new_id = free_id(edit, f"{function.id if alone else 'functions'}-sg", "sg")
        edit.add(SecurityGroup(id=new_id, vpc=vpc))
        for name in finding.subjects:
            edit.update(name, security_groups=(new_id,))

    yield Fix(
        slug="add-security-group",
        label=f"Give {whom} a security group of {'its' if alone else 'their'} own",
        command=made,
    )


@mends("LAM-018")
def resolver_on(_view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The attribute of the VPC."""
    vpc = finding.about[0]
    yield Fix(
        slug="switch-dns-on",
        label=f"Switch DNS support of {vpc} on",
        command=updating(vpc, dns_support=True),
    )


@mends("LAM-021")
def within_limits(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The nearest values that AWS takes."""
    function = subject(view, finding, Function)
    memory = min(max(function.memory_mb, MEMORY_MB[0]), MEMORY_MB[1])
    least, most = timeout_limits(function)
    timeout = min(max(function.timeout_s, least), most)
    if function.managed and (function.subnets or function.security_groups):
        yield Fix(
            slug="leave-it-to-the-provider",
            label=f"Take the subnets and security groups of {function.title} away",
            command=updating(function.id, subnets=(), security_groups=()),
        )
    yield Fix(
        slug="clamp",
        label=f"Give {function.title} {memory:,} MB of memory and a timeout of {timeout:,} s",
        command=updating(function.id, memory_mb=memory, timeout_s=timeout),
    )
