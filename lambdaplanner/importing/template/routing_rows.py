"""Route tables, routes, and what is associated with them."""

from __future__ import annotations

from lambdaplanner.importing.found import Thing, To
from lambdaplanner.importing.template.network_rows import vpc_named
from lambdaplanner.importing.template.reading import Reading, Resource, Row
from lambdaplanner.importing.template.values import ABSENT, Unknown
from lambdaplanner.kinds.route_table import OUTSIDE
from lambdaplanner.model.cidr import read_block

_TARGETS = (
    *("NatGatewayId", "GatewayId", "TransitGatewayId", "VpcPeeringConnectionId", "VpcEndpointId"),
    *("EgressOnlyInternetGatewayId", "InstanceId", "NetworkInterfaceId"),
)
_ELSEWHERE = ("CarrierGatewayId", "CoreNetworkArn", "LocalGatewayId", "OdbNetworkArn")
_DESTINATIONS = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")


def _table(resource: Resource) -> None:
    resource.add("route_tables", vpc=vpc_named(resource), routes={})


def _route(resource: Resource) -> None:
    table = resource.reading.thing(resource.to("RouteTableId"))
    if table is None:
        why = (
            resource.why("RouteTableId")
            if resource.reading.resource(resource.get("RouteTableId")) is None
            else ""
        )
        resource.leave_out(f"its route table is not here{f': {why}' if why else ''}", "unknown")
        doubt_others(resource, "RouteTableId", "route_tables", "routes")
        return
    if resource.doubt:
        table.unknown.setdefault("routes", resource.doubt)
    destination = _destination(resource)
    if isinstance(destination, Unknown):
        table.unknown.setdefault(
            "routes", f"a route whose destination is not told: {destination.why}"
        )
        return
    target = _target(resource, table, destination)
    if target is not None:
        routes = table.fields["routes"]
        if destination in routes and routes[destination] != target:
            table.unknown.setdefault("routes", "two routes have one destination")
        routes[destination] = target


def _destination(resource: Resource) -> str | To | Unknown:
    value = resource.get(*_DESTINATIONS)
    if value is ABSENT:
        return Unknown("it has none")
    if resource.get(*_DESTINATIONS[:2]) is ABSENT:
        found = resource.to(_DESTINATIONS[2])
        return found if found is not None else Unknown("it has none")
    if not isinstance(value, str):
        return Unknown(resource.why(*_DESTINATIONS))
    try:
        return str(read_block(value)[0])
    except ValueError:
        return Unknown("it is no block of addresses")


def _target(resource: Resource, table: Thing, destination: str | To) -> str | To | None:
    shown = destination.name if isinstance(destination, To) else destination
    reading = resource.reading
    if resource.text("GatewayId") == "local":
        return None
    found = resource.to(*_TARGETS)
    if isinstance(found, To):
        if resource.get(*_TARGETS[:6]) is ABSENT:
            return _machine(reading, resource, found)
        if resource.get("NatGatewayId") is not ABSENT and reading.thing(found) is None:
            table.unknown.setdefault("routes", f"{found.name} is in no file")
        return found
    elsewhere = next((name for name in _ELSEWHERE if resource.get(name) is not ABSENT), "")
    why = found.why if isinstance(found, Unknown) else elsewhere or "no target that is known"
    table.comments.append(f"{shown}: {why}")
    if resource.get("NatGatewayId") is not ABSENT:
        table.unknown.setdefault("routes", why)
    return OUTSIDE


def _machine(reading: Reading, resource: Resource, found: To) -> To:
    """An instance as target, or its interface: whether it forwards nobody tells, unless its
    source/destination check is on.
    """
    owner = reading.things.get(found.name)
    machine = reading.resource(resource.get("InstanceId", "NetworkInterfaceId"))
    if (
        owner is not None
        and machine is not None
        and not machine.truth("SourceDestCheck", default=True)
    ):
        owner.unknown.setdefault("forwards", "a template does not say what it does with packets")
    return found


def _association(resource: Resource) -> None:
    _associate(resource, "route_table", "RouteTableId")


def _acl_association(resource: Resource) -> None:
    _associate(resource, "network_acl", "NetworkAclId")


def _associate(resource: Resource, key: str, name: str) -> None:
    subnet = resource.reading.thing(resource.to("SubnetId"))
    if subnet is None:
        resource.leave_out("its subnet is not here", "unknown")
        doubt_others(resource, "SubnetId", "subnets", key)
        return
    other = resource.to(name)
    if isinstance(other, Unknown):
        subnet.unknown.setdefault(key, other.why)
    elif subnet.fields.get(key, other) != other:
        subnet.unknown.setdefault(key, "several associations name this subnet")
    elif other is not None:
        subnet.fields[key] = other
    if resource.doubt:
        subnet.unknown.setdefault(key, resource.doubt)


def _gateway_association(resource: Resource) -> None:
    table = resource.reading.thing(resource.to("RouteTableId"))
    gateway = resource.to("GatewayId")
    if table is None or not isinstance(gateway, To):
        resource.leave_out("its route table or its gateway is not here", "unknown")
        return
    table.fields["gateway"] = gateway
    if resource.doubt:
        table.unknown.setdefault("routes", resource.doubt)


def doubt_others(resource: Resource, name: str, section: str, key: str) -> None:
    """Where nobody knows which thing a property means, all that it mentions are in doubt, or else
    all that there are; but a parameter, or an export of others, names nothing of these templates.
    """
    found = resource.get(name)
    if not isinstance(found, Unknown) or found.name:
        return
    reading = resource.reading
    written = reading.world.written(resource.stack, resource.logical, name)
    named = {reading.origin(resource.stack.name, logical) for logical in _named(written)}
    every = [thing for thing in reading.found.things if thing.section == section]
    for thing in [one for one in every if one.origin[0] in named] or every:
        thing.unknown.setdefault(key, found.why)


def sort_routes(reading: Reading) -> None:
    """Routes by destination, lists last: the order of a template means nothing."""
    for thing in reading.found.things:
        if thing.section == "route_tables":
            thing.fields["routes"] = dict(sorted(thing.fields["routes"].items(), key=_place))
            thing.comments.sort()


def _place(route: tuple[str | To, str | To]) -> tuple[int, int, int, str]:
    destination = route[0]
    if isinstance(destination, To):
        return (9, 0, 0, destination.name)
    return (*read_block(destination)[0], "")


def _named(raw: object) -> list[str]:
    if isinstance(raw, dict):
        own = [raw["Ref"]] if isinstance(raw.get("Ref"), str) else []
        return own + [name for inner in raw.values() for name in _named(inner)]
    if isinstance(raw, list):
        return [name for inner in raw for name in _named(inner)]
    return []


FIRST: dict[str, Row] = {"AWS::EC2::RouteTable": _table}
THEN: dict[str, Row] = {
    "AWS::EC2::Route": _route,
    "AWS::EC2::SubnetRouteTableAssociation": _association,
    "AWS::EC2::SubnetNetworkAclAssociation": _acl_association,
    "AWS::EC2::GatewayRouteTableAssociation": _gateway_association,
}
