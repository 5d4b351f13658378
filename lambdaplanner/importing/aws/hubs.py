"""What joins VPCs: peering connections and transit gateways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import named
from lambdaplanner.importing.aws.objects import Object, at, each, rows, state, text, texts
from lambdaplanner.importing.found import Thing, To
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE

_TABLE = re.compile(r"tgw-rtb-[0-9a-z]+")
_ALIVE = {"available", "active", "pending", "modifying", ""}


def read_peerings(account: Account) -> None:
    """Active peering connections; a VPC at the other end that no file tells becomes one of which
    nothing is known but its blocks.
    """
    for name, one in account.dump.of("VpcPeeringConnections").items():
        ends = [at(one, "RequesterVpcInfo") or {}, at(one, "AccepterVpcInfo") or {}]
        ours = [end for end in ends if text(end, "VpcId") in account.vpcs]
        if state(one, "Status", "Code") != "active":
            why = f"its state is {state(one, 'Status', 'Code') or 'unknown'}"
            account.skip("VpcPeeringConnections", name, why, "none")
            continue
        if not ours:
            account.skip("VpcPeeringConnections", name, "neither of its VPCs is here")
            continue
        for end in ends:
            _other_end(account, name, end)
        vpcs = [To(text(end, "VpcId")) for end in ends]
        account.add("peerings", "VpcPeeringConnections", name, one, {"vpcs": vpcs})


def _other_end(account: Account, peering: str, end: Object) -> None:
    vpc = text(end, "VpcId")
    if vpc in account.made or not vpc:
        return
    blocks = [text(end, "CidrBlock"), *each(rows(end, "CidrBlockSet"), "CidrBlock")]
    blocks = list(dict.fromkeys(block for block in blocks if block))
    if not blocks:
        return
    fields: dict[str, Any] = {"cidr": blocks[0], "secondary_cidrs": blocks[1:] or None}
    fields["ipv6_cidr"] = next(iter(each(rows(end, "Ipv6CidrBlockSet"), "Ipv6CidrBlock")), None)
    region, owner = text(end, "Region"), text(end, "OwnerId")
    if region and region != account.region:
        fields["region"] = region
    if owner and account.found.accounts and owner not in account.found.accounts:
        fields["account"] = account.choices.shown_account(owner)
    why = f"only the peering connection {peering} tells of it"
    account.add("vpcs", "Vpcs", vpc, {}, fields, unknown={"subnets": why})
    account.found.derive(vpc, "vpcs", f"the other end of {peering}", blocks[0])


def read_transit_gateways(account: Account) -> None:
    """Transit gateways with the attachments of imported VPCs, and their route tables."""
    for name, one in account.dump.of("TransitGateways").items():
        attachments = dict(_attachments(account, name))
        if state(one) not in _ALIVE or not attachments:
            why = "no VPC of the import is attached to it"
            account.skip("TransitGateways", name, why if state(one) in _ALIVE else "it is gone")
            continue
        fields: dict[str, Any] = {"attachments": attachments}
        if text(one, "Options", "SecurityGroupReferencingSupport") == "enable":
            fields["security_group_referencing"] = True
        thing = account.add("transit_gateways", "TransitGateways", name, one, fields)
        _tables(account, name, one, thing)
    _count_the_rest(account)


def _vpc_attachments(account: Account) -> dict[str, Object]:
    """Every attachment of a VPC by id, whichever list tells of it."""
    found: dict[str, Object] = {}
    for name, one in account.dump.of("TransitGatewayAttachments").items():
        if text(one, "ResourceType") in ("vpc", "") and text(one, "ResourceId"):
            found[name] = {**one, "VpcId": text(one, "ResourceId")}
    for name, one in account.dump.of("TransitGatewayVpcAttachments").items():
        found[name] = {**found.get(name, {}), **one}
    return found


def _attachments(account: Account, gateway: str) -> Iterator[tuple[To, dict[str, Any]]]:
    for name, one in _vpc_attachments(account).items():
        vpc = text(one, "VpcId")
        if text(one, "TransitGatewayId") != gateway or state(one) not in _ALIVE:
            continue
        if vpc not in account.made:
            continue
        row: dict[str, Any] = {"subnets": [To(each_) for each_ in texts(one, "SubnetIds")]}
        table = _association(account, name, one)
        if table:
            row["route_table"] = table
        yield To(vpc), row


def _association(account: Account, name: str, one: Object) -> str:
    table = text(one, "Association", "TransitGatewayRouteTableId")
    if table:
        return table
    for own, value in _told(account, "Associations"):
        if any(text(row, "TransitGatewayAttachmentId") == name for row in value):
            return own
    return ""


def _told(account: Account, key: str) -> Iterator[tuple[str, list[Object]]]:
    """The rows that answers hold about one transit gateway table each."""
    for name, value in named(account.dump, key, "TransitGatewayRouteTableId"):
        inner = rows(value, key)
        nested = [row for row in inner if text(row, "TransitGatewayRouteTableId")]
        if nested and key.startswith("TransitGateway"):
            for row in nested:
                lists = [part for part in row.values() if isinstance(part, list)]
                flat = [each_ for part in lists for each_ in part if isinstance(each_, dict)]
                yield text(row, "TransitGatewayRouteTableId"), flat or [row]
        else:
            said = _TABLE.search(name)
            yield (said.group() if said else name), inner


def _tables(account: Account, name: str, one: Object, thing: Thing) -> None:
    ours = [
        table
        for table, row in account.dump.of("TransitGatewayRouteTables").items()
        if text(row, "TransitGatewayId") == name and state(row) in _ALIVE
    ]
    routes = {
        own: found
        for key in ("Routes", "TransitGatewayStaticRoutes")
        for own, found in _told(account, key)
    }
    propagated = {
        own: found
        for key in ("TransitGatewayRouteTablePropagations", "TransitGatewayPropagations")
        for own, found in _told(account, key)
    }
    told = [table for table in ours if table in routes or table in propagated]
    if not told and _only_default(one, ours):
        _use_default(thing)
        return
    missing = [table for table in ours if table not in routes or table not in propagated]
    loose = [to.name for to, row in thing.fields["attachments"].items() if "route_table" not in row]
    if loose and ours and not missing:
        thing.unknown["routes"] = f"the table that {loose[0]} is associated with is in no file"
    if missing or not ours:
        which = missing[0] if missing else "its tables"
        thing.unknown["routes"] = f"the routes of {which} are in no file"
    thing.fields["route_tables"] = {
        table: _table(account, routes.get(table, []), propagated.get(table, []), table)
        for table in ours
    } or None
    if not ours:
        _use_default(thing)


def _only_default(one: Object, tables: list[str]) -> bool:
    """Whether all that there is is the one table that attachments get by themselves."""
    options = at(one, "Options") or {}
    default = text(options, "AssociationDefaultRouteTableId")
    return (
        text(options, "DefaultRouteTableAssociation") == "enable"
        and text(options, "DefaultRouteTablePropagation") == "enable"
        and len(tables) == 1
        and default in ("", tables[0])
        and text(options, "PropagationDefaultRouteTableId") in ("", tables[0])
    )


def _use_default(thing: Thing) -> None:
    for row in thing.fields["attachments"].values():
        row.pop("route_table", None)
    thing.fields["route_tables"] = None


def _table(
    account: Account, routes: list[Object], propagated: list[Object], table: str
) -> dict[str, Any]:
    attached = _vpc_attachments(account)
    vpcs = {name: text(one, "VpcId") for name, one in attached.items()}
    propagate = [
        To(vpc)
        for row in propagated
        for vpc in [vpcs.get(text(row, "TransitGatewayAttachmentId"), text(row, "ResourceId"))]
        if vpc in account.made and state(row) in ("enabled", "enabling", "")
    ]
    found: dict[str, Any] = {}
    for row in routes:
        destination = text(row, "DestinationCidrBlock")
        if not destination or (text(row, "Type") == "propagated" and _joined(row, vpcs, account)):
            continue
        if state(row) == BLACKHOLE:
            found[destination] = BLACKHOLE
        else:
            here = _joined(row, vpcs, account)
            found[destination] = To(here[0]) if here else OUTSIDE
    return {
        "origin": table,
        "propagate": sorted(propagate, key=lambda to: to.name),
        "routes": dict(sorted(found.items())),
    }


def _joined(row: Object, vpcs: dict[str, str], account: Account) -> list[str]:
    names = [
        vpcs.get(text(end, "TransitGatewayAttachmentId"), text(end, "ResourceId"))
        for end in rows(row, "TransitGatewayAttachments")
    ]
    return [name for name in names if name in account.made]


def _count_the_rest(account: Account) -> None:
    for key in ("TransitGatewayVpcAttachments", "TransitGatewayAttachments"):
        for name, one in account.dump.of(key).items():
            vpc = text(one, "VpcId") or text(one, "ResourceId")
            if (
                vpc not in account.made
                or state(one) not in _ALIVE
                or (text(one, "TransitGatewayId") not in account.made)
            ):
                account.skip(key, name, "what it attaches is not here")
    for name, one in account.dump.of("TransitGatewayRouteTables").items():
        if text(one, "TransitGatewayId") not in account.made:
            account.skip("TransitGatewayRouteTables", name, "its transit gateway is not here")
