"""Security groups and their rules, inline or as resources of their own."""

from __future__ import annotations

from typing import Any

from lambdaplanner.importing.found import Thing, To
from lambdaplanner.importing.packets import packets
from lambdaplanner.importing.template.network_rows import vpc_named
from lambdaplanner.importing.template.reading import Reading, Resource, Row
from lambdaplanner.importing.template.values import ABSENT, Reference, Unknown, Value
from lambdaplanner.kinds.aws_services import managed_list
from lambdaplanner.model.cidr import read_block

GROUP = "AWS::EC2::SecurityGroup"
DEFAULT_GROUP = "DefaultSecurityGroup"
_RESTRICTED = "Custom::VpcRestrictDefaultSG"
_NOBODY = ("127.0.0.1/32", "255.255.255.255/32")
"""Where a template allows nothing out, since CloudFormation takes an empty list for none given."""
_ENDS = {
    "inbound": ("SourceSecurityGroupId", "SourceSecurityGroupName", "SourcePrefixListId"),
    "outbound": ("DestinationSecurityGroupId", "", "DestinationPrefixListId"),
}


def _group(resource: Resource) -> None:
    thing = resource.add("security_groups", (resource.text("GroupName"),), vpc=vpc_named(resource))
    if name := resource.text("GroupName"):
        resource.reading.things.setdefault(f"group name {name}", thing)


def _inline(resource: Resource) -> None:
    thing = resource.reading.things[resource.origin]
    for side, name in (("inbound", "SecurityGroupIngress"), ("outbound", "SecurityGroupEgress")):
        if resource.get(name) is ABSENT:
            continue
        rules, why = resource.parts(name)
        thing.fields.setdefault(side, [])
        if why:
            thing.unknown.setdefault("rules", why)
        for rule in rules:
            _add(resource.reading, thing, side, rule)


def _ingress(resource: Resource) -> None:
    _alone(resource, "inbound")


def _egress(resource: Resource) -> None:
    _alone(resource, "outbound")


def _alone(resource: Resource, side: str) -> None:
    reading = resource.reading
    group = resource.get("GroupId")
    thing = group_of(reading, group)
    if thing is None and (name := resource.text("GroupName")):
        thing = reading.things.get(f"group name {name}")
    if thing is None:
        resource.leave_out("its security group is not here", "less")
        return
    thing.fields.setdefault(side, [])
    if resource.doubt:
        thing.unknown.setdefault("rules", resource.doubt)
    _add(reading, thing, side, resource)


def group_of(reading: Reading, value: Value) -> Thing | None:
    """The group that a value mentions; a VPC's default group becomes a thing by that."""
    if isinstance(value, Reference) and value.attribute == DEFAULT_GROUP:
        return default_group(reading, value)
    return reading.thing(reading.to(value))


def default_group(reading: Reading, value: Reference) -> Thing:
    """The default group of a VPC: written out where something cannot be said without it."""
    name = f"{reading.origin(value.stack, value.logical)}.{DEFAULT_GROUP}"
    if name in reading.things:
        return reading.things[name]
    closed = _restricted(reading, value)
    vpc = To(reading.origin(value.stack, value.logical))
    fields: dict[str, Any] = {"vpc": vpc, "default": True}
    fields |= {"outbound": []} if closed else {"inbound": [{"security_group": To(name)}]}
    return reading.add(
        Thing(
            section="security_groups",
            source_kind=GROUP,
            origin=(name,),
            names=(f"{value.logical}-default",),
            fields=fields,
        )
    )


def groups(resource: Resource, *names: str) -> tuple[list[To], str]:
    """The groups that a resource has; none where it has the VPC's default one alone and AWS's own
    rules are in that.
    """
    reading = resource.reading
    values, why = resource.values(*names)
    defaults = [one for one in values if isinstance(one, Reference) and _is_default(one)]
    if len(defaults) == len(values) and not why:
        for one in defaults:
            if _restricted(reading, one):
                default_group(reading, one)
        return [], ""
    for one in defaults:
        default_group(reading, one)
    found = [reading.to(one) for one in values]
    doubt = next((one.why for one in found if isinstance(one, Unknown)), "")
    return [one for one in found if isinstance(one, To)], why or doubt


def _is_default(value: Reference) -> bool:
    return value.attribute == DEFAULT_GROUP


def _restricted(reading: Reading, value: Reference) -> bool:
    rows = reading.resources(_RESTRICTED)
    return any(one.get("DefaultSecurityGroupId", DEFAULT_GROUP) == value for one in rows)


def _add(reading: Reading, thing: Thing, side: str, rule: Resource) -> None:
    """One rule as a row of a group."""
    end = _end(reading, side, rule)
    words = ("IpProtocol", "FromPort", "ToPort")
    why = next((why for word in words if (why := rule.why(word))), "")
    if isinstance(end, Unknown) or why:
        thing.unknown.setdefault("rules", end.why if isinstance(end, Unknown) else why)
        return
    if end is None:
        reading.found.leave_out("rule", thing.origin[0], "it names no other end", "less")
        return
    if end.get("cidr") in _NOBODY:
        return
    spoken = packets(*(rule.text(word) for word in words))
    if spoken is None:
        kind = f"rule for protocol {rule.text('IpProtocol')[:20]}"
        reading.found.leave_out(kind, thing.origin[0], "it cannot be expressed", "less")
        return
    row = {**spoken, **end}
    if row not in thing.fields[side]:
        thing.fields[side].append(row)


def _end(reading: Reading, side: str, rule: Resource) -> dict[str, Any] | Unknown | None:
    by_id, by_name, by_list = _ENDS[side]
    if rule.get("CidrIp", "CidrIpv6") is not ABSENT:
        block = rule.text("CidrIp", "CidrIpv6")
        try:
            return {"cidr": str(read_block(block)[0])}
        except ValueError:
            return Unknown(rule.why("CidrIp", "CidrIpv6") or "a rule's block is none")
    if rule.get(by_id) is not ABSENT:
        value = rule.get(by_id)
        group_of(reading, value)
        return _named("security_group", reading.to(value))
    if by_name and rule.get(by_name) is not ABSENT:
        name = rule.text(by_name)
        found = reading.things.get(f"group name {name}")
        named = To(found.origin[0]) if found is not None else To(name or "a group")
        return _named("security_group", reading.to(rule.get(by_name)) if not name else named)
    if rule.get(by_list) is not ABSENT:
        listed = rule.text(by_list)
        own = managed_list(listed.rpartition(".")[2]) if listed.startswith("com.") else ""
        return {"prefix_list": own} if own else _named("prefix_list", rule.to(by_list))
    return None


def _named(key: str, found: To | Unknown | None) -> dict[str, Any] | Unknown | None:
    return {key: found} if isinstance(found, To) else found


def everything_out(reading: Reading) -> None:
    """A group whose rules allow everything out says nothing of it; one that says nothing in a VPC
    with IPv6 allows all IPv4 for sure, of the rest AWS's own pages differ.
    """
    for thing in reading.found.things:
        if thing.section != "security_groups":
            continue
        vpc = reading.thing(thing.fields.get("vpc"))
        dual = vpc is not None and ("ipv6_cidr" in vpc.fields or "ipv6_cidr" in vpc.unknown)
        rows = thing.fields.get("outbound")
        if rows is None and dual and not thing.fields.get("default"):
            thing.fields["outbound"] = [{"cidr": "0.0.0.0/0"}]
        elif rows and {"cidr": "0.0.0.0/0"} in rows and (not dual or {"cidr": "::/0"} in rows):
            del thing.fields["outbound"]


FIRST: dict[str, Row] = {GROUP: _group}
THEN: dict[str, Row] = {
    GROUP: _inline,
    "AWS::EC2::SecurityGroupIngress": _ingress,
    "AWS::EC2::SecurityGroupEgress": _egress,
    _RESTRICTED: lambda _: None,
}
