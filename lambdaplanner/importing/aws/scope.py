"""Which regions, accounts and VPCs of a dump are imported."""

from __future__ import annotations

from collections import Counter

from netaddr import AddrFormatError, IPNetwork

from lambdaplanner.counting import count
from lambdaplanner.errors import QuestionError
from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import Dump, arn_part, region_of_zone
from lambdaplanner.importing.aws.objects import Object, flag, rows, state, tag, text, texts

_HAVE_VPC = (
    "Subnets",
    "RouteTables",
    "NatGateways",
    "NetworkAcls",
    "SecurityGroups",
    "VpcEndpoints",
    "NetworkInterfaces",
    "Instances",
)
"""Lists whose objects name their VPC, and prove that there is one."""


def choose(account: Account) -> None:
    """Sets regions and VPCs of an import.

    Raises QuestionError where there are networks in several regions and nobody chose, or where what
    was chosen is not there.
    """
    dump = account.dump
    regions = {vpc: _region(dump, vpc) for vpc in _all_vpcs(dump)}
    owners = {vpc: _owner(dump, vpc) for vpc in regions}
    account.regions = _chosen_regions(account, regions)
    account.region = account.regions[0] if account.regions else ""
    wanted = {
        vpc: region or account.region
        for vpc, region in sorted(regions.items())
        if (not region or region in account.regions)
        and (not account.choices.account or owners[vpc] in ("", account.choices.account))
    }
    account.vpcs = _without_default(account, _selected(account, wanted))
    for vpc in regions:
        if vpc not in wanted:
            account.skip("Vpcs", vpc, "it is in another region or account than was chosen")
    accounts = sorted({owners[vpc] for vpc in account.vpcs if owners[vpc]})
    account.several_accounts = len(accounts) > 1
    account.found.accounts = tuple(accounts)
    account.found.region = account.region or "us-east-1"
    if not account.region:
        account.found.assume("", "region", "us-east-1", "no file tells a region")


def _all_vpcs(dump: Dump) -> list[str]:
    found = set(dump.of("Vpcs"))
    for key in _HAVE_VPC:
        found.update(text(one, "VpcId") for one in dump.of(key).values())
    for one in dump.of("Functions").values():
        found.add(text(one, "VpcConfig", "VpcId"))
    return sorted(found - {""})


def _region(dump: Dump, vpc: str) -> str:
    found: Counter[str] = Counter()
    for key in ("Vpcs", "Subnets", "RouteTables", "Functions"):
        for name, one in dump.of(key).items():
            inner = text(one, "VpcConfig", "VpcId") if key == "Functions" else text(one, "VpcId")
            if inner != vpc:
                continue
            zone = text(one, "AvailabilityZone")
            place = region_of_zone(zone) or arn_part(one, "SubnetArn", 3)
            place = place or dump.place(key, name).region
            if place:
                found[place] += 1
    return min(found, key=lambda name: (-found[name], name)) if found else ""


def _owner(dump: Dump, vpc: str) -> str:
    one = dump.of("Vpcs").get(vpc, {})
    return text(one, "OwnerId") or dump.place("Vpcs", vpc).account


def _function_regions(dump: Dump) -> set[str]:
    return {dump.place("Functions", name).region for name in dump.of("Functions")} - {""}


def _chosen_regions(account: Account, regions: dict[str, str]) -> tuple[str, ...]:
    there = sorted({region for region in regions.values() if region})
    chosen = account.choices.regions
    for region in chosen:
        if region not in there and there and region not in _function_regions(account.dump):
            raise QuestionError(
                f"nothing of the import is in {region}", hint=f"there is {', '.join(there)}"
            )
    if chosen:
        return chosen
    busy = [region for region in there if _networks(account, region, regions)] or there
    if len(busy) > 1:
        what = "; ".join(
            f"{region} has {count(n, 'VPC')} ({', '.join(names[:5])})"
            for region in busy
            for names in [[vpc for vpc, own in regions.items() if own == region]]
            for n in [len(names)]
        )
        raise QuestionError(
            f"there are networks in {len(busy)} regions: {what}",
            hint="choose with --region, once for each",
        )
    if busy:
        return tuple(busy)
    functions = sorted(_function_regions(account.dump))
    return tuple(functions[:1])


def _networks(account: Account, region: str, regions: dict[str, str]) -> bool:
    vpcs = [vpc for vpc, own in regions.items() if own == region]
    unused = [vpc for vpc in vpcs if _unused_default(account.dump, vpc)]
    return len(unused) < len(vpcs)


def _selected(account: Account, vpcs: dict[str, str]) -> dict[str, str]:
    if not account.choices.vpcs:
        return vpcs
    chosen: set[str] = set()
    for wish in account.choices.vpcs:
        fitting = [vpc for vpc in vpcs if _is(account.dump.of("Vpcs").get(vpc, {}), vpc, wish)]
        if not fitting:
            raise QuestionError(
                f"there is no VPC {wish} in the import", hint=f"there is {', '.join(vpcs)}"
            )
        chosen.update(fitting)
    account.found.within = frozenset(chosen)
    for peering in account.dump.of("VpcPeeringConnections").values():
        if state(peering, "Status", "Code") == "active":
            ends = {text(peering, f"{end}VpcInfo", "VpcId") for end in ("Requester", "Accepter")}
            if ends & account.found.within:
                chosen |= ends & vpcs.keys()
    for vpc in vpcs.keys() - chosen:
        account.skip("Vpcs", vpc, "it was not chosen")
    return {vpc: region for vpc, region in vpcs.items() if vpc in chosen}


def _is(one: Object, vpc: str, wish: str) -> bool:
    return wish in (vpc, tag(one, "Name")) or _same_block(text(one, "CidrBlock"), wish)


def _same_block(one: str, other: str) -> bool:
    try:
        return IPNetwork(one) == IPNetwork(other)
    except (AddrFormatError, ValueError):
        return False


def _without_default(account: Account, vpcs: dict[str, str]) -> dict[str, str]:
    if account.choices.keep_default_vpc or account.choices.vpcs:
        return vpcs
    unused = [vpc for vpc in vpcs if _unused_default(account.dump, vpc)]
    if len(unused) == len(vpcs):
        return vpcs
    for vpc in unused:
        block = text(account.dump.of("Vpcs")[vpc], "CidrBlock")
        account.skip("Vpcs", vpc, f"the default VPC {block}, in which only AWS's own things stand")
    return {vpc: region for vpc, region in vpcs.items() if vpc not in unused}


def _unused_default(dump: Dump, vpc: str) -> bool:
    one = dump.of("Vpcs").get(vpc, {})
    if flag(one, "IsDefault") is not True:
        return False
    for key in (
        "NatGateways",
        "VpcEndpoints",
        "NetworkInterfaces",
        "Instances",
        "TransitGatewayVpcAttachments",
        "DBProxies",
        "LoadBalancers",
        "DomainStatusList",
    ):
        if any(_in(each, vpc) for each in dump.of(key).values()):
            return False
    users = (*dump.of("Functions").values(), *dump.of("DBInstances").values())
    if any(_in(each, vpc) for each in users):
        return False
    groups = [each for each in dump.of("SecurityGroups").values() if text(each, "VpcId") == vpc]
    acls = [each for each in dump.of("NetworkAcls").values() if text(each, "VpcId") == vpc]
    tables = [each for each in dump.of("RouteTables").values() if text(each, "VpcId") == vpc]
    peers = [
        text(each, f"{end}VpcInfo", "VpcId")
        for each in dump.of("VpcPeeringConnections").values()
        for end in ("Requester", "Accepter")
    ]
    return (
        all(text(each, "GroupName") == "default" for each in groups)
        and all(flag(each, "IsDefault") is True for each in acls)
        and len(tables) <= 1
        and vpc not in peers
    )


def _in(one: Object, vpc: str) -> bool:
    places = (
        text(one, "VpcId"),
        text(one, "VpcConfig", "VpcId"),
        text(one, "DBSubnetGroup", "VpcId"),
        text(one, "VPCOptions", "VPCId"),
    )
    return vpc in places or vpc in texts(one, "VpcIds")


def blocks_of(dump: Dump, vpc: str) -> list[str]:
    """Every IPv4 block of a VPC that files tell, the primary one first."""
    one = dump.of("Vpcs").get(vpc, {})
    found = [text(one, "CidrBlock")]
    for row in rows(one, "CidrBlockAssociationSet"):
        if state(row, "CidrBlockState", "State") in ("associated", ""):
            found.append(text(row, "CidrBlock"))
    return list(dict.fromkeys(block for block in found if block))
