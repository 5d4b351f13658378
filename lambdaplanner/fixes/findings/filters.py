"""Fixes for findings about security groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.filtering import lets_all_out, risk_of
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.parts.allowing import rule as rule_for
from lambdaplanner.fixes.parts.allowing import sharers, unused_groups
from lambdaplanner.fixes.parts.building import free_id
from lambdaplanner.fixes.parts.services import HTTPS
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import for_each, updating
from lambdaplanner.fixes.wording import said
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import Block, block, read_address
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange


@mends("SG-001")
def only_the_own_vpc(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The VPC's own block in place of everybody; or no such rule."""
    group = subject(view, finding, SecurityGroup)
    risky = [rule for rule in group.inbound if risk_of(rule)]
    homes = {rule.cidr: home_like(view, group.vpc, rule.cidr) for rule in risky}
    opened = " and ".join(dict.fromkeys(risk_of(rule) for rule in risky))
    if all(homes.values()):
        narrowed = (
            replace(rule, cidr=homes[rule.cidr]) if rule in risky else rule
            for rule in group.inbound
        )
        yield Fix(
            slug="only-own-vpc",
            label=f"Let only {' and '.join(str(home) for home in homes.values())} in to {opened} "
            f"in {group.title}",
            command=updating(group.id, inbound=tuple(dict.fromkeys(narrowed))),
        )
    yield Fix(
        slug="remove-rules",
        label=f"Take the rules that let everybody in to {opened} out of {group.title}",
        command=updating(group.id, inbound=tuple(r for r in group.inbound if not risk_of(r))),
    )


def home_like(view: PlanAnalysis, vpc: str, cidr: str | None) -> str | None:
    """The block of a VPC of the same IP version as a block; None where it has none."""
    own = view.vpc(vpc)
    return own.ipv6_cidr if cidr is not None and block(cidr).version == 6 else own.cidr


@mends("SG-002")
def only_what_is_expected(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A rule for each promise of what the group guards, where each has some."""
    group = subject(view, finding, SecurityGroup)
    rules: dict[SecurityGroupRule, None] = {}
    for name in sharers(view.plan, group.id):
        rows = view.expected_of(name)
        if not rows:
            return  # nobody knows what it needs
        for row, answer in rows:
            rules.update(dict.fromkeys(_towards(view, group, row.target, answer)))
    if rules:
        kept = tuple(rule for rule in group.outbound or () if not lets_all_out(rule))
        named = " and ".join(dict.fromkeys(said(rule) for rule in rules))
        yield Fix(
            slug="only-expected-out",
            label=f"Let {group.title} out only to what is expected: {named}",
            command=updating(group.id, outbound=tuple(dict.fromkeys((*kept, *rules)))),
        )


def _towards(
    view: PlanAnalysis, group: SecurityGroup, target: str, answer: Answer
) -> Iterator[SecurityGroupRule]:
    """What lets the packets of a promise out: to the target's group where that holds, else to the
    blocks it stands in.
    """
    thing = view.plan.find(target)
    far: list[dict[str, str]]
    if isinstance(thing, Workload):
        vpc = view.subnet(thing.subnets[0]).vpc
        known = vpc == group.vpc or view.network.peered(vpc, group.vpc)
        if known and thing.security_groups:
            far = [{"security_group": thing.security_groups[0]}]
        else:
            far = [{"cidr": view.subnet(name).cidr} for name in thing.subnets]
    elif target == "internet" or service_of(target) is not None:
        far = [{"cidr": "0.0.0.0/0"}]
    else:
        one = read_address(target)
        far = [{"cidr": str(Block(one.version, one.value, 32 if one.version == 4 else 128))}]
    for end in far:
        made = rule_for(answer.protocol, answer.port, **end)
        yield replace(made, description=f"For {target}")


@mends("SG-002")
def only_https_out(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Tcp 443 to everywhere and all inside the VPC, in place of everything."""
    group = subject(view, finding, SecurityGroup)
    kept = tuple(rule for rule in group.outbound or () if not lets_all_out(rule))
    https = SecurityGroupRule(protocol="tcp", ports=PortRange(443, 443), cidr="0.0.0.0/0")
    inside = SecurityGroupRule(cidr=view.vpc(group.vpc).cidr)
    yield Fix(
        slug="only-https-out",
        label=f"Let {group.title} out to tcp 443 and into its VPC only",
        command=updating(group.id, outbound=(*kept, https, inside)),
    )


@mends("SG-003")
def a_group_for_each(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """A group of its own for each, which lets in from the VPC on the port that it serves."""
    vpc = finding.about[-1]
    names = [n for n in finding.about[:-1] if not getattr(view.plan.find(n), "security_groups", 1)]

    yield from _made_for_them(view, vpc, names)

    def command(edit: Edit) -> None:
        for name in names:
            port = _served_port(edit.plan.resource(name))
            ports = None if port is None else PortRange(port, port)
            rule = SecurityGroupRule(
                protocol=ALL if ports is None else "tcp", ports=ports, cidr=view.vpc(vpc).cidr
            )
            new_id = free_id(edit, f"{name}-sg", "sg")
            edit.add(SecurityGroup(id=new_id, vpc=vpc, inbound=(rule,)))
            edit.update(name, security_groups=(new_id,))

    yield Fix(
        slug="add-security-groups",
        label=f"Give {' and '.join(names)} a security group of its own",
        command=command,
    )


def _served_port(thing: object) -> int | None:
    """The port that a workload serves, if it says so; endpoints serve HTTPS."""
    return HTTPS if isinstance(thing, Endpoint) else getattr(thing, "port", None)


def _made_for_them(view: PlanAnalysis, vpc: str, names: list[str]) -> Iterator[Fix]:
    """Groups that guard nothing yet and let in on the port that each serves."""
    chosen: dict[str, str] = {}
    for name in names:
        port = _served_port(view.plan.find(name))
        fitting = [
            group.id
            for group in unused_groups(view.plan, vpc)
            if group.id not in chosen.values()
            and any(one.ports == PortRange(port or 0, port or 0) for one in group.inbound)
        ]
        chosen.update({name: fitting[0]} if fitting else {})
    if chosen and len(chosen) == len(names):
        pairs = " and ".join(f"{name} the security group {one}" for name, one in chosen.items())
        yield Fix(
            slug="use-security-group",
            label=f"Give {pairs}, which guards nothing yet",
            command=for_each(
                names, lambda edit, name: edit.update(name, security_groups=(chosen[name],))
            ),
        )


@mends("SG-004")
def a_block_in_place_of_a_group(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """References over the transit gateway that joins the two; the other VPC's block; or no such
    rule.
    """
    group = subject(view, finding, SecurityGroup)
    other = view.plan.resource(finding.about[1])
    assert isinstance(other, SecurityGroup)
    home = view.vpc(other.vpc).cidr
    for hub in view.of(TransitGateway):
        if hub.attachment(group.vpc) and hub.attachment(other.vpc):
            yield Fix(
                slug="switch-on-referencing",
                label=f"Switch security group referencing of {hub.title} on",
                command=updating(hub.id, security_group_referencing=True),
            )

    def changed(
        rules: tuple[SecurityGroupRule, ...] | None, cidr: str | None
    ) -> tuple[SecurityGroupRule, ...] | None:
        if rules is None:
            return None
        made = (
            replace(rule, security_group=None, cidr=cidr)
            if rule.security_group == other.id
            else rule
            for rule in rules
            if cidr is not None or rule.security_group != other.id
        )
        return tuple(dict.fromkeys(made))

    named = f"Name {home} in place of {other.title} in {group.title}"
    ways = [("name-the-block", named, home)] if _told_apart(view, group.vpc, home) else []
    left_out = f"Take the rules for {other.title} out of {group.title}"
    for slug, label, cidr in (*ways, ("remove-rules", left_out, None)):
        yield Fix(
            slug=slug,
            label=label,
            command=updating(
                group.id,
                inbound=changed(group.inbound, cidr),
                outbound=changed(group.outbound, cidr),
            ),
        )


def _told_apart(view: PlanAnalysis, vpc: str, cidr: str) -> bool:
    """Whether a block names another VPC and not also this one."""
    return not any(block(own).overlaps(block(cidr)) for own in view.vpc(vpc).cidrs)


@mends("SG-006")
def joined_rules(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Each rule once; where one interface has too much, without one of its groups."""
    found = view.plan.resource(finding.about[0])
    if not isinstance(found, SecurityGroup):
        names: tuple[str, ...] = getattr(found, "security_groups", ())
        for name in names:
            left = tuple(other for other in names if other != name)
            yield Fix(
                slug="fewer-groups",
                label=f"Take the security group {name} from {found.title}",
                command=updating(found.id, security_groups=left),
            )
        return
    outbound = None if found.outbound is None else tuple(dict.fromkeys(found.outbound))
    yield Fix(
        slug="each-once",
        label=f"Keep each rule of {found.title} once",
        command=updating(found.id, inbound=tuple(dict.fromkeys(found.inbound)), outbound=outbound),
    )
