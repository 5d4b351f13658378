"""Transit gateways: attachments, tables, associations, propagations, routes."""

from __future__ import annotations

from typing import Any

from lambdaplanner.importing.found import Thing, To
from lambdaplanner.importing.template.network_rows import vpc_named
from lambdaplanner.importing.template.reading import Reading, Resource, Row
from lambdaplanner.importing.template.values import ABSENT
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE
from lambdaplanner.model.cidr import read_block

_GATEWAY = "AWS::EC2::TransitGateway"
_ATTACHMENTS = ("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment")
_TABLE = "AWS::EC2::TransitGatewayRouteTable"
_ASSOCIATION = "AWS::EC2::TransitGatewayRouteTableAssociation"
_PROPAGATION = "AWS::EC2::TransitGatewayRouteTablePropagation"
_ROUTE = "AWS::EC2::TransitGatewayRoute"
_DEFAULT = "default"
_NO = "disable"


def _gateway(resource: Resource) -> None:
    thing = resource.add("transit_gateways", attachments={})
    if resource.text("SecurityGroupReferencingSupport").lower() == "enable":
        thing.fields["security_group_referencing"] = True


def _attachment(resource: Resource) -> None:
    gateway = resource.reading.thing(resource.to("TransitGatewayId"))
    vpc = vpc_named(resource)
    if gateway is None:
        resource.leave_out("its transit gateway is not here", "less")
        return
    if not isinstance(vpc, To):
        gateway.unknown.setdefault("attachments", resource.why("VpcId") or "it names no VPC")
        return
    subnets, why = resource.tos("SubnetIds")
    gateway.fields["attachments"][vpc] = {"subnets": subnets, "origin": resource.origin}
    if why or resource.doubt:
        gateway.unknown.setdefault("attachments", why or resource.doubt)


def settle_tables(reading: Reading) -> None:
    """The tables of each transit gateway; none are written where the default one serves all."""
    for resource in reading.resources(_GATEWAY):
        gateway = reading.things[resource.origin]
        own = [
            one
            for one in reading.resources(_TABLE)
            if one.get("TransitGatewayId") == resource.itself
        ]
        associates = resource.text("DefaultRouteTableAssociation") != _NO
        propagates = resource.text("DefaultRouteTablePropagation") != _NO
        if own or not (associates and propagates):
            gateway.fields["route_tables"] = {}
            _write_tables(gateway, own, associates=associates, propagates=propagates)


def _write_tables(
    gateway: Thing, own: list[Resource], *, associates: bool, propagates: bool
) -> None:
    attachments: dict[To, dict[str, Any]] = gateway.fields["attachments"]
    names: dict[str, dict[str, Any]] = {one.logical: {"propagate": [], "routes": {}} for one in own}
    gateway.fields["route_tables"] = names
    for one in own:
        _associations(gateway, one, names[one.logical])
    loose = [row for row in attachments.values() if "route_table" not in row]
    if associates or propagates:
        names[_DEFAULT] = {"propagate": list(attachments) if propagates else [], "routes": {}}
    if associates:
        for row in loose:
            row["route_table"] = _DEFAULT


def _associations(gateway: Thing, table: Resource, row: dict[str, Any]) -> None:
    reading = table.reading
    attachments: dict[To, dict[str, Any]] = gateway.fields["attachments"]
    for one in reading.resources(_ASSOCIATION, _PROPAGATION, _ROUTE):
        if one.get("TransitGatewayRouteTableId") != table.itself:
            continue
        if one.doubt:
            gateway.unknown.setdefault("routes", one.doubt)
        target = _attached(reading, one)
        if one.kind == _ROUTE:
            _route(gateway, one, row, target)
        elif target not in attachments:
            one.leave_out("its attachment is not here", "less")
        elif one.kind == _ASSOCIATION:
            attachments[target]["route_table"] = table.logical
        else:
            row["propagate"].append(target)


def _route(gateway: Thing, route: Resource, row: dict[str, Any], target: To | None) -> None:
    try:
        block = str(read_block(route.text("DestinationCidrBlock"))[0])
    except ValueError:
        why = route.why("DestinationCidrBlock") or "a route has no destination"
        gateway.unknown.setdefault("routes", why)
        return
    known = target in gateway.fields["attachments"]
    row["routes"][block] = target if known else OUTSIDE
    if route.truth("Blackhole"):
        row["routes"][block] = BLACKHOLE


def _attached(reading: Reading, row: Resource) -> To | None:
    """The VPC of the attachment that a row names."""
    attachment = reading.resource(row.get("TransitGatewayAttachmentId"))
    if attachment is None or attachment.kind not in _ATTACHMENTS:
        return None
    vpc = vpc_named(attachment)
    return vpc if isinstance(vpc, To) and attachment.get("VpcId") is not ABSENT else None


def _settled_later(_resource: Resource) -> None:
    """Read with the gateway's tables."""


FIRST: dict[str, Row] = {_GATEWAY: _gateway}
THEN: dict[str, Row] = {
    **dict.fromkeys(_ATTACHMENTS, _attachment),
    **dict.fromkeys((_TABLE, _ASSOCIATION, _PROPAGATION, _ROUTE), _settled_later),
}
