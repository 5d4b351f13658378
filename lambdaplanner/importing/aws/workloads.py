"""Everything else that has addresses in subnets: instances, databases, load balancers ..."""

from __future__ import annotations

from collections import Counter
from typing import Any

from lambdaplanner.importing.aws import spots
from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.interfaces import Census, addresses
from lambdaplanner.importing.aws.objects import (
    Object,
    each,
    rows,
    tag,
    text,
)
from lambdaplanner.importing.aws.spots import Spot
from lambdaplanner.importing.found import To, mentions
from lambdaplanner.kinds.workload import ADDRESSES


def read_workloads(account: Account, found: Census) -> None:
    """One workload each, in the subnets where its interfaces stand."""
    for spot in spots.instances(account):
        _add(account, spot, Counter(spot.more.pop("counts")), told=True)
    for listed in (
        spots.databases(account),
        spots.proxies(account),
        spots.caches(account),
        spots.domains(account),
        spots.file_systems(account),
        spots.balancers(account),
        spots.classic(account),
    ):
        for spot in listed:
            taken = _taken(account, found, spot)
            _add(account, spot, taken, told=bool(taken))
    _strange_databases(account, found)


def _taken(account: Account, found: Census, spot: Spot) -> Counter[str]:
    if spot.type != "rds":
        return found.owned.get(spot.origin, Counter())
    taken: Counter[str] = Counter()
    databases = account.dump.of("DBInstances")
    for _, one in found.databases:
        fits = [name for name, database in databases.items() if _fits(one, database)]
        if fits == [spot.name]:
            taken[text(one, "SubnetId")] += addresses(one)
    return taken


def _fits(interface: Object, database: Object) -> bool:
    groups = set(each(rows(database, "VpcSecurityGroups"), "VpcSecurityGroupId"))
    subnets = each(rows(database, "DBSubnetGroup", "Subnets"), "SubnetIdentifier")
    return text(interface, "SubnetId") in subnets and groups == set(
        each(rows(interface, "Groups"), "GroupId")
    )


def _strange_databases(account: Account, found: Census) -> None:
    databases = account.dump.of("DBInstances")
    for name, one in found.databases:
        fits = [each_ for each_, database in databases.items() if _fits(one, database)]
        if len(fits) != 1 or fits[0] not in account.made:
            found.strangers.append((name, "", one))


def _add(account: Account, spot: Spot, taken: Counter[str], *, told: bool) -> None:
    here = [subnet for subnet in spot.subnets if subnet in account.made]
    standing = [subnet for subnet in here if taken[subnet]] if told else here
    if not standing:
        account.skip(spot.key, spot.name, "it stands in no subnet that is here")
        return
    if not told:
        why = "no interface of it was dumped: it may stand in any subnet of its group"
        account.found.assume(spot.origin, "subnets", standing, why)
    fields: dict[str, Any] = {
        "type": spot.type,
        "subnets": [To(subnet) for subnet in standing],
        "security_groups": [To(group) for group in spot.groups],
        "port": spot.port,
        "public_ip": spot.public,
        **spot.more,
    }
    least = min((taken[subnet] for subnet in standing), default=0)
    if told and least != ADDRESSES.get(spot.type, 1):
        fields["ips"] = least
    account.add(
        "workloads",
        spot.key,
        spot.name,
        spot.one,
        fields,
        origin=spot.origin,
        names=_names(spot),
    )


def _names(spot: Spot) -> tuple[str, ...]:
    own = "" if spot.type == "ec2" else spot.more.pop("called", "") or spot.name
    return (tag(spot.one, "Name"), own)


def note_forwarding(account: Account) -> None:
    """No file says whether an instance that a route leads to translates addresses."""
    for thing in account.found.things:
        if thing.section != "route_tables":
            continue
        for to in mentions(thing.fields.get("routes")):
            made = account.made.get(to.name)
            if made is not None and made.section == "workloads":
                made.unknown["forwards"] = "no file says whether it translates addresses"
