"""Security groups, network ACLs and prefix lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import named
from lambdaplanner.importing.aws.objects import Object, each, flag, number, rows, state, tag, text
from lambdaplanner.importing.aws.vpcs import ipv6_block
from lambdaplanner.importing.found import To, mentions
from lambdaplanner.importing.packets import PROTOCOLS
from lambdaplanner.kinds.aws_services import LIST_WEIGHTS

_PORTS = ("tcp", "udp")
_ALL_4, _ALL_6 = "0.0.0.0/0", "::/0"
_ECHO = {4: (-1, 8), 6: (-1, 128)}
_LAST = 32767


def read_groups(account: Account) -> None:
    """Security groups of the VPCs in scope; AWS's default ones only where they matter."""
    named_groups = _named(account)
    for name, one in account.objects("SecurityGroups"):
        vpc = text(one, "VpcId")
        inbound = _rules(account, name, one, "IpPermissions")
        outbound = _rules(account, name, one, "IpPermissionsEgress")
        default = text(one, "GroupName") == "default"
        open_out = _everything_out(account, vpc, outbound)
        if default and name not in named_groups and open_out and _from_itself(name, inbound):
            account.skip("SecurityGroups", name, "AWS's own default group, which nothing uses")
            continue
        fields: dict[str, Any] = {"vpc": To(vpc), "inbound": inbound or None}
        fields["outbound"] = None if open_out else outbound
        if default:
            fields["default"] = True
        account.add(
            "security_groups",
            "SecurityGroups",
            name,
            one,
            fields,
            names=(_tag_or_name(one),),
        )
    _associate(account)


def _tag_or_name(one: Object) -> str:
    return tag(one, "Name") or text(one, "GroupName")


def _named(account: Account) -> set[str]:
    """Groups that something imported has, or a rule names."""
    found = {to.name for thing in account.found.things for to in mentions(thing.fields)}
    for own, one in account.objects("SecurityGroups"):
        for key in ("IpPermissions", "IpPermissionsEgress"):
            for permission in rows(one, key):
                pairs = each(rows(permission, "UserIdGroupPairs"), "GroupId")
                found.update(name for name in pairs if name != own)
    return found


def _everything_out(account: Account, vpc: str, rules: list[Any]) -> bool:
    plain = [rule.get("cidr") if rule.keys() == {"cidr"} else None for rule in rules]
    if None in plain:
        return False
    has_ipv6 = bool(ipv6_block(account.dump.of("Vpcs").get(vpc, {})))
    return set(plain) == {_ALL_4, _ALL_6} or (set(plain) == {_ALL_4} and not has_ipv6)


def _from_itself(name: str, rules: list[Any]) -> bool:
    return rules == [{"security_group": To(name)}]


def _associate(account: Account) -> None:
    for name, one in account.dump.of("SecurityGroupVpcAssociations").items():
        group = account.made.get(text(one, "GroupId"))
        vpc = text(one, "VpcId")
        if group is not None and vpc in account.vpcs and state(one) == "associated":
            if group.fields["vpc"] != To(vpc):
                group.fields.setdefault("also_in", []).append(To(vpc))
        else:
            account.skip("SecurityGroupVpcAssociations", name[:60], "one of its ends is not here")


def _rules(account: Account, group: str, one: Object, key: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for permission in rows(one, key):
        for rule in _of_permission(account, group, permission):
            if rule not in found:
                found.append(rule)
    return found


def _of_permission(account: Account, group: str, one: Object) -> Iterator[dict[str, Any]]:
    protocol = PROTOCOLS.get(text(one, "IpProtocol"))
    if protocol is None:
        why = f"protocol {text(one, 'IpProtocol')}, which nothing can ask about"
        account.found.leave_out("rule", group, why)
        return
    for end, version in _ends(account, one):
        rule: dict[str, Any] = {}
        low, high = number(one, "FromPort"), number(one, "ToPort")
        if protocol == "icmp":
            wide = text(one, "IpProtocol") in ("icmpv6", "58")
            if low is not None and low not in _ECHO[6 if wide or version == 6 else 4]:
                account.found.leave_out("rule", group, f"ICMP type {low}, which is no echo")
                continue
        if protocol != "all":
            rule["protocol"] = protocol
        if protocol in _PORTS and (low is None or high is None):
            account.found.leave_out("rule", group, "no file tells its ports", "less")
            continue
        ports = _ports(low, high) if protocol in _PORTS else None
        if ports:
            rule["ports"] = ports
        yield {**rule, **end}


def _ports(low: int | None, high: int | None) -> str | int | None:
    if low is None or high is None or low < 0 or (low <= 0 and high >= 65535):
        return None
    return low if low == high else f"{low}-{high}"


def _ends(account: Account, one: Object) -> Iterator[tuple[dict[str, Any], int]]:
    for block in each(rows(one, "IpRanges"), "CidrIp"):
        yield {"cidr": block}, 4
    for block in each(rows(one, "Ipv6Ranges"), "CidrIpv6"):
        yield {"cidr": block}, 6
    for name in each(rows(one, "PrefixListIds"), "PrefixListId"):
        yield {"prefix_list": _list(account, name)}, 4
    for name in each(rows(one, "UserIdGroupPairs"), "GroupId"):
        yield {"security_group": To(name)}, 4


def _list(account: Account, name: str) -> Any:
    return own_list(account, name) or To(name)


def own_list(account: Account, name: str) -> str:
    """The plan's word for a list of AWS's own; "" where it is a customer's, or nobody tells."""
    for key in ("PrefixLists", "ManagedPrefixLists"):
        said = text(account.dump.of(key).get(name, {}), "PrefixListName")
        if said.startswith("com.amazonaws."):
            word = f"aws:{said.rpartition('.')[2]}"
            return word if word in LIST_WEIGHTS else ""
    return ""


def read_prefix_lists(account: Account) -> None:
    """Lists of customers that a rule or a route names."""
    wanted = {to.name for thing in account.found.things for to in mentions(thing.fields)}
    entries = {
        name: rows(value, "Entries")
        for name, value in named(account.dump, "Entries", "PrefixListId")
    }
    names = {*account.dump.of("ManagedPrefixLists"), *account.dump.of("PrefixLists")}
    used = {name for name in wanted if name.startswith("pl-")}
    for name in sorted(names | used):
        key = (
            "ManagedPrefixLists"
            if name in account.dump.of("ManagedPrefixLists")
            else ("PrefixLists")
        )
        one = account.dump.of(key).get(name, {})
        if name not in used:
            account.skip(key, name, "nothing names it")
            continue
        blocks = next((found for own, found in entries.items() if own.endswith(name)), None)
        unknown = {} if blocks is not None else {"entries": "no file tells its entries"}
        account.add(
            "prefix_lists",
            key,
            name,
            one,
            {"entries": each(blocks or [], "Cidr")},
            unknown=unknown,
            names=(_tag_or_name(one) or text(one, "PrefixListName"),),
        )


def read_acls(account: Account) -> None:
    """Network ACLs, and the one of each subnet; AWS's own default ones are not written."""
    for name, one in account.objects("NetworkAcls"):
        default = flag(one, "IsDefault") is True
        if default and _is_untouched(one):
            account.skip("NetworkAcls", name, "AWS's own default ACL, which allows everything")
            continue
        fields: dict[str, Any] = {"vpc": To(text(one, "VpcId"))}
        if default:
            fields["default"] = True
        for key, egress in (("inbound", False), ("outbound", True)):
            fields[key] = _entries(account, name, one, egress=egress) or None
        unknown = (
            {}
            if all(map(_is_whole, rows(one, "Entries")))
            else {"rules": "an entry lacks its number, direction, action, block or ports"}
        )
        account.add("network_acls", "NetworkAcls", name, one, fields, unknown=unknown)
        for subnet in each(rows(one, "Associations"), "SubnetId"):
            if subnet in account.made and not default:
                account.made[subnet].fields["network_acl"] = To(name)
    _say_what_is_missing(account)


def _is_untouched(one: Object) -> bool:
    return all(
        number(row, "RuleNumber") == _LAST
        or (
            number(row, "RuleNumber") in (100, 101)
            and text(row, "RuleAction") == "allow"
            and text(row, "Protocol") == "-1"
            and (text(row, "CidrBlock") or text(row, "Ipv6CidrBlock")) in (_ALL_4, _ALL_6)
        )
        for row in rows(one, "Entries")
    ) and {
        flag(row, "Egress")
        for row in rows(one, "Entries")
        if number(row, "RuleNumber") == 100 and text(row, "CidrBlock") == _ALL_4
    } == {True, False}


def _is_whole(row: Object) -> bool:
    """Whether an entry says all of itself; one that does not may deny anything."""
    place = number(row, "RuleNumber")
    if place == _LAST:
        return True
    ported = PROTOCOLS.get(text(row, "Protocol")) in _PORTS
    ports = (number(row, "PortRange", "From"), number(row, "PortRange", "To"))
    return (
        place is not None
        and flag(row, "Egress") is not None
        and text(row, "RuleAction") in ("allow", "deny")
        and bool(text(row, "Protocol"))
        and bool(text(row, "CidrBlock") or text(row, "Ipv6CidrBlock"))
        and not (ported and None in ports)
    )


def _entries(account: Account, name: str, one: Object, *, egress: bool) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for row in sorted(rows(one, "Entries"), key=lambda row: number(row, "RuleNumber") or 0):
        place = number(row, "RuleNumber")
        if flag(row, "Egress") is not egress or place is None or place == _LAST:
            continue
        protocol = PROTOCOLS.get(text(row, "Protocol"))
        kind = number(row, "IcmpTypeCode", "Type")
        if protocol is None or (protocol == "icmp" and kind not in (None, -1, 8, 128)):
            account.found.leave_out("rule", f"{name} {place}", "nothing can ask about its protocol")
            continue
        rule: dict[str, Any] = {"action": text(row, "RuleAction")}
        if protocol != "all":
            rule["protocol"] = protocol
        ports = _ports(number(row, "PortRange", "From"), number(row, "PortRange", "To"))
        if ports and protocol in _PORTS:
            rule["ports"] = ports
        rule["cidr"] = text(row, "CidrBlock") or text(row, "Ipv6CidrBlock") or None
        found[place] = rule
    return found


def _say_what_is_missing(account: Account) -> None:
    told = account.dump.told("NetworkAcls")
    covered = {
        subnet
        for _, one in account.objects("NetworkAcls")
        for subnet in each(rows(one, "Associations"), "SubnetId")
    }
    for thing in account.found.things:
        if thing.section == "subnets" and told:
            thing.fields.setdefault("network_acl", None)
    for vpc in account.vpcs:
        inside = [name for name, one in account.objects("Subnets") if text(one, "VpcId") == vpc]
        missing = [name for name in inside if name not in covered]
        if vpc not in account.made or (told and not missing):
            continue
        why = (
            f"the ACL of {missing[0]} is in no file"
            if told
            else ("no describe-network-acls in the import")
        )
        if account.choices.default_acls:
            account.found.assume(vpc, "network_acl", "AWS's own default ACL", why)
        else:
            account.made[vpc].unknown["network_acl"] = why
