"""Network interfaces: who owns each, and how many addresses that takes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.functions import attached
from lambdaplanner.importing.aws.objects import Object, each, number, rows, text, texts
from lambdaplanner.importing.found import Addresses

Pair = tuple[str, frozenset[str]]
"""A subnet and a set of security groups: functions that have both in common share interfaces."""
LAMBDA = "AWS Lambda VPC ENI"
_PREFIX_ADDRESSES = 16
_NAMES = re.compile(r"(?:[a-z]+-)?[0-9a-f]{8,}|\d{4,}|/[^/ ]+$")
_OWNERS = (
    (re.compile(r"ELB ((?:app|net|gwy)/[^/]+/\S+)"), "elb:{}"),
    (re.compile(r"ELB (\S+)$"), "elb:{}"),
    (re.compile(r"EFS mount target for (fs-\w+)"), "efs:{}"),
    (re.compile(r"ElastiCache (\S+)"), "elasticache:{}"),
    (re.compile(r"ES (\S+)"), "opensearch:{}"),
)
"""What a description tells of the owner."""


@dataclass(slots=True)
class Census:
    """The interfaces of a dump by who has them."""

    owned: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    """Owner's name -> subnet -> addresses."""
    functions: dict[Pair, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    """Lambda's interfaces and the addresses of each."""
    strangers: list[tuple[str, str, Object]] = field(default_factory=list)
    """Name, whom the description names as owner, and the interface, of all the others."""
    databases: list[tuple[str, Object]] = field(default_factory=list)


def census(account: Account) -> Census:
    """Every interface in an imported subnet, with one owner or none."""
    found = Census()
    endpoints = {
        interface: name
        for name, one in account.dump.of("VpcEndpoints").items()
        for interface in texts(one, "NetworkInterfaceIds")
    }
    for name, one in account.dump.of("NetworkInterfaces").items():
        subnet = text(one, "SubnetId")
        if subnet not in account.made:
            account.skip("NetworkInterfaces", name, "its subnet is not here")
            continue
        if is_lambda(one):
            groups = frozenset(each(rows(one, "Groups"), "GroupId"))
            found.functions[(subnet, groups)].append((name, addresses(one)))
        elif text(one, "Description").startswith("RDSNetworkInterface"):
            found.databases.append((name, one))
        else:
            owner = _owner(one) or endpoints.get(name, "")
            if owner:
                found.owned[owner][subnet] += addresses(one)
            found.strangers.append((name, owner, one))
    return found


def is_lambda(one: Object) -> bool:
    """Whether Lambda made it; a detached one says so in its description only."""
    return text(one, "InterfaceType") == "lambda" or text(one, "Description").startswith(LAMBDA)


def addresses(one: Object) -> int:
    """The IPv4 addresses that an interface takes of its subnet."""
    listed = len(rows(one, "PrivateIpAddresses")) or int(bool(text(one, "PrivateIpAddress")))
    return listed + _PREFIX_ADDRESSES * len(rows(one, "Ipv4Prefixes"))


def _owner(one: Object) -> str:
    instance = text(one, "Attachment", "InstanceId")
    if instance:
        return instance
    kind, said = text(one, "InterfaceType").lower().replace("_", ""), text(one, "Description")
    for word, prefix in (
        ("natgateway", "nat-"),
        ("transitgateway", "tgw-"),
        ("vpcendpoint", "vpce-"),
    ):
        named = re.search(rf"{prefix}(?:attach-)?\w+", said)
        if kind == word and named:
            return named.group()
    for pattern, name in _OWNERS:
        match = pattern.match(said)
        if match:
            return name.format(match.group(1))
    return ""


def settle(account: Account, found: Census) -> None:
    """Counts the addresses of each subnet, once everything that can own an interface is made."""
    pairs = _pairs(account)
    functions: Counter[str] = Counter()
    strangers: Counter[str] = Counter()
    for (subnet, groups), interfaces in found.functions.items():
        taken = sum(number_ for _, number_ in interfaces)
        if (subnet, groups) in pairs:
            functions[subnet] += taken
        else:
            strangers[subnet] += taken
            for name, _ in interfaces:
                _note(account, name, "lambda", LAMBDA, "no imported function has its groups there")
    for name, owner, one in found.strangers:
        if _is_owned(account, owner):
            continue
        strangers[text(one, "SubnetId")] += addresses(one)
        _note(
            account,
            name,
            text(one, "InterfaceType"),
            text(one, "Description"),
            "nothing imported owns it",
        )
    for subnet, one in account.objects("Subnets"):
        if subnet in account.made:
            account.found.addresses[subnet] = Addresses(
                available=number(one, "AvailableIpAddressCount"),
                functions=functions[subnet],
                strangers=strangers[subnet],
            )
    for pair in sorted(pairs | found.functions.keys(), key=lambda one: (one[0], sorted(one[1]))):
        account.found.pairs.append(
            {
                "subnet": pair[0],
                "groups": sorted(pair[1]),
                "predicted": int(pair in pairs),
                "found": len(found.functions.get(pair, [])),
            }
        )


def _pairs(account: Account) -> set[Pair]:
    found: set[Pair] = set()
    for name, one in account.dump.of("Functions").items():
        if name in account.made and attached(one):
            groups = frozenset(texts(one, "VpcConfig", "SecurityGroupIds"))
            subnets = texts(one, "VpcConfig", "SubnetIds")
            found.update((subnet, groups) for subnet in subnets if subnet in account.made)
    return found


def _is_owned(account: Account, owner: str) -> bool:
    if owner.startswith("tgw-attach-"):
        attachment = account.dump.of("TransitGatewayVpcAttachments").get(owner, {})
        owner = text(attachment, "TransitGatewayId")
    return owner in account.made


def _note(account: Account, name: str, kind: str, said: str, why: str) -> None:
    what = _NAMES.sub("*", said)[:60].strip() or "without a description"
    kind = kind or "interface"
    account.skip("NetworkInterfaces", name, f"{why} ({kind}: {what}); counted as reserved")
