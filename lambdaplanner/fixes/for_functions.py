"""Fixes for findings about functions: where they are attached, and what guards them."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.attachments import (
    GROUPS_AT_MOST,
    MEMORY_MB,
    SUBNETS_AT_MOST,
    TIMEOUT_S,
)
from lambdaplanner.checks.registry import Finding
from lambdaplanner.commands.attachment import detach
from lambdaplanner.fixes.allowing import admit, allow, rule
from lambdaplanner.fixes.building import free_id, said_subnets
from lambdaplanner.fixes.moving import into_private_subnets
from lambdaplanner.fixes.registry import FOR_OBSTACLES, Fix, Met, mends, subject
from lambdaplanner.fixes.steps import for_each, updating
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange

ALL_REPLIES = PortRange(1024, 65535)


def by_obstacles(view: PlanAnalysis, answers: Iterator[Answer], at: str = "") -> Iterator[Fix]:
    """What clears the obstacles (at one thing, or any) of some answers."""
    for answer in answers:
        for path in answer.paths:
            for obstacle in path.obstacles:
                if at and obstacle.at != at:
                    continue
                for fixer in FOR_OBSTACLES.get(obstacle.code, ()):
                    yield from fixer(view, Met(answer, path, obstacle))


def expected(view: PlanAnalysis, function_id: str) -> Iterator[Answer]:
    """The answers to what is expected of a function, those that fail."""
    for _, answer in view.expected_of(function_id):
        if answer.verdict != "reachable":
            yield answer


# public subnets -----------------------------------------------------------------------------------


@mends("LAM-002", "LAM-003")
def out_of_public_subnets(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Into private subnets, or out of the public ones where others are left."""
    function = subject(view, finding, Function)
    wrong = [name for name in finding.about[1:] if name in function.subnets]
    if not wrong:
        return
    yield from into_private_subnets(view, function, wrong)
    yield from _without(view, function, wrong)


@mends("LAM-004", "LAM-013")
def subnets_alike(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The routes of the good ones for the bad ones, or out of those."""
    function = subject(view, finding, Function)
    wrong = [name for name in finding.about[1:] if name in function.subnets]
    good = [name for name in function.subnets if name not in wrong]
    if finding.id == "LAM-004":
        yield from by_obstacles(view, iter([view.internet(function.id)]))
        yield from by_obstacles(view, expected(view, function.id))
        tables = [table for name in good if (table := view.table(name)) is not None]
        if tables:
            yield Fix(
                slug="share-route-table",
                label=f"Give {said_subnets(view.plan, wrong)} the route table {tables[0].title}",
                command=updating(*wrong, route_table=tables[0].id),
            )
        yield from into_private_subnets(view, function, wrong)
    else:
        yield Fix(
            slug="switch-ipv6-off",
            label=f"Let {function.title} use IPv4 only",
            command=updating(function.id, ipv6=False),
        )
    yield from _without(view, function, wrong)


def _without(view: PlanAnalysis, function: Function, wrong: list[str]) -> Iterator[Fix]:
    if set(wrong) < set(function.subnets):
        yield Fix(
            slug="detach",
            label=f"Detach {function.title} from {said_subnets(view.plan, wrong)}",
            command=for_each(wrong, lambda edit, name: detach(edit, function.id, name)),
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
    """The rule that an expectation needs; without one, tcp 443 to everywhere."""
    function = subject(view, finding, Function)
    for name in finding.about[1:]:
        yield from by_obstacles(view, expected(view, function.id), name)
    group = next((name for name in finding.about[1:] if name in view.plan), None)
    if group is not None:
        yield Fix(
            slug="allow-https-out",
            label=f"Allow outbound tcp 443 to 0.0.0.0/0 in {group}",
            command=lambda edit: allow(edit, group, "outbound", rule("tcp", 443, cidr="0.0.0.0/0")),
        )
    yield from by_obstacles(view, expected(view, function.id))


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


@mends("LAM-016")
def let_replies_pass(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """An entry for tcp 1024-65535 from everywhere; or no ACL of one's own."""
    acl = finding.about[0]
    yield Fix(
        slug="allow-replies",
        label=f"Allow replies on tcp 1024-65535 in {acl}",
        command=lambda edit: admit(edit, acl, "inbound", "tcp", ALL_REPLIES, "0.0.0.0/0"),
    )
    subnets = [n for n in finding.about[1:] if isinstance(view.plan.find(n), Subnet)]
    yield Fix(
        slug="use-default-acl",
        label=f"Give {said_subnets(view.plan, subnets)} the default network ACL",
        command=updating(*subnets, network_acl=None),
    )


@mends("LAM-017")
def a_group_of_its_own(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A group that lets everything out, as the default one did, and nothing in."""
    function = subject(view, finding, Function)
    vpc = view.places(function).vpcs[0]

    def made(edit: Edit) -> None:
        new_id = free_id(edit, f"{function.id}-sg", "sg")
        edit.add(SecurityGroup(id=new_id, vpc=vpc))
        edit.update(function.id, security_groups=(new_id,))

    yield Fix(
        slug="add-security-group",
        label=f"Give {function.title} a security group of its own",
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
    timeout = min(max(function.timeout_s, TIMEOUT_S[0]), TIMEOUT_S[1])
    yield Fix(
        slug="clamp",
        label=f"Give {function.title} {memory:,} MB of memory and a timeout of {timeout:,} s",
        command=updating(function.id, memory_mb=memory, timeout_s=timeout),
    )
