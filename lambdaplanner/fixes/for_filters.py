"""Fixes for findings about security groups and network ACLs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.acls import covers, risks_of
from lambdaplanner.checks.filtering import lets_all_out, risk_of
from lambdaplanner.checks.registry import Finding
from lambdaplanner.fixes.building import free_id
from lambdaplanner.fixes.registry import Fix, mends, subject
from lambdaplanner.fixes.steps import updating
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.rules import ALL
from lambdaplanner.kinds.security_group import SecurityGroup, SecurityGroupRule
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange


@mends("SG-001")
def only_the_own_vpc(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The VPC's own block in place of everybody; or no such rule."""
    group = subject(view, finding, SecurityGroup)
    home = view.vpc(group.vpc).cidr
    narrowed = tuple(replace(rule, cidr=home) if risk_of(rule) else rule for rule in group.inbound)
    yield Fix(
        slug="only-own-vpc",
        label=f"Let only {home} in by these rules of {group.title}",
        command=updating(group.id, inbound=tuple(dict.fromkeys(narrowed))),
    )
    yield Fix(
        slug="remove-rules",
        label=f"Take these rules out of {group.title}",
        command=updating(group.id, inbound=tuple(r for r in group.inbound if not risk_of(r))),
    )


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

    def command(edit: Edit) -> None:
        for name in names:
            port = getattr(edit.plan.resource(name), "port", None)
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


@mends("SG-004")
def a_block_in_place_of_a_group(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The other VPC's block, or no such rule."""
    group = subject(view, finding, SecurityGroup)
    other = view.plan.resource(finding.about[1])
    assert isinstance(other, SecurityGroup)
    home = view.vpc(other.vpc).cidr

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

    for slug, label, cidr in (
        ("name-the-block", f"Name {home} in place of {other.title} in {group.title}", home),
        ("remove-rules", f"Take the rules for {other.title} out of {group.title}", None),
    ):
        yield Fix(
            slug=slug,
            label=label,
            command=updating(
                group.id,
                inbound=changed(group.inbound, cidr),
                outbound=changed(group.outbound, cidr),
            ),
        )


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


@mends("ACL-002")
def closed_to_everybody(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """The VPC's own block in place of everybody; or no such entry."""
    acl = subject(view, finding, NetworkAcl)
    home = view.vpc(acl.vpc).cidr
    wrong = risks_of(acl)
    yield Fix(
        slug="only-own-vpc",
        label=f"Let only {home} in by these entries of {acl.title}",
        command=updating(
            acl.id,
            inbound=tuple(replace(e, cidr=home) if e in wrong else e for e in acl.inbound),
        ),
    )
    yield Fix(
        slug="remove-entries",
        label=f"Take these entries out of {acl.title}",
        command=updating(acl.id, inbound=tuple(e for e in acl.inbound if e not in wrong)),
    )


@mends("ACL-003")
def without_dead_entries(view: PlanAnalysis, finding: Finding) -> Iterator[Fix]:
    """Without the entries that never decide."""
    acl = subject(view, finding, NetworkAcl)
    yield Fix(
        slug="remove-entries",
        label=f"Take the entries that never decide out of {acl.title}",
        command=updating(acl.id, inbound=_alive(acl.inbound), outbound=_alive(acl.outbound)),
    )


def _alive(entries: tuple[AclEntry, ...]) -> tuple[AclEntry, ...]:
    ordered = sorted(entries, key=lambda entry: entry.number)
    return tuple(
        entry
        for place, entry in enumerate(ordered)
        if not any(covers(e, entry) for e in ordered[:place])
    )
