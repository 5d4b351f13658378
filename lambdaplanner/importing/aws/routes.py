"""Route tables: what each route leads to, and what serves a subnet."""

from __future__ import annotations

from typing import Any

from netaddr import AddrFormatError, IPNetwork

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.objects import Object, rows, state, text
from lambdaplanner.importing.aws.scope import blocks_of
from lambdaplanner.importing.found import Thing, To
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE

_TARGETS = (
    *("NatGatewayId", "EgressOnlyInternetGatewayId", "TransitGatewayId"),
    *("VpcPeeringConnectionId", "LocalGatewayId", "CarrierGatewayId", "CoreNetworkArn"),
    *("OdbNetworkArn", "GatewayId", "InstanceId", "NetworkInterfaceId"),
)
_PROPAGATED = "EnableVgwRoutePropagation"
LOCAL = "local"


def read_route_tables(account: Account) -> None:
    """Route tables, and the table of each subnet."""
    served = _associate(account)
    for name, one in account.objects("RouteTables"):
        vpc = text(one, "VpcId")
        main = any(row.get("Main") is True for row in rows(one, "Associations"))
        fields: dict[str, Any] = {"vpc": To(vpc), "main": True if main else None}
        table = Thing(
            section="route_tables", source_kind="route table", origin=(name,), fields=fields
        )
        routes = _routes(account, table, one)
        if main and not routes and not table.unknown and _unused(account, vpc, served):
            account.skip("RouteTables", name, "the main table has no routes, and no subnet uses it")
            continue
        fields["routes"] = routes or None
        _edge(account, name, one, fields)
        account.add(
            "route_tables",
            "RouteTables",
            name,
            one,
            fields,
            unknown=table.unknown,
            comments=table.comments,
        )
    _say_what_is_missing(account, served)


def _associate(account: Account) -> dict[str, str]:
    """The table of each subnet that names one."""
    served: dict[str, str] = {}
    for name, one in account.objects("RouteTables"):
        for row in rows(one, "Associations"):
            subnet = text(row, "SubnetId")
            if subnet and state(row, "AssociationState", "State") in ("associated", ""):
                served[subnet] = name
    for subnet, table in served.items():
        if subnet in account.made:
            account.made[subnet].fields["route_table"] = To(table)
    if account.dump.told("RouteTables"):
        for thing in account.found.things:
            if thing.section == "subnets":
                thing.fields.setdefault("route_table", None)
    return served


def _unused(account: Account, vpc: str, served: dict[str, str]) -> bool:
    return all(
        name in served for name, one in account.objects("Subnets") if text(one, "VpcId") == vpc
    )


def _say_what_is_missing(account: Account, served: dict[str, str]) -> None:
    mains = {
        text(one, "VpcId")
        for _, one in account.objects("RouteTables")
        if any(row.get("Main") is True for row in rows(one, "Associations"))
    }
    for vpc in account.vpcs:
        if (
            vpc not in mains
            and vpc in account.made
            and (not account.dump.told("RouteTables") or not _unused(account, vpc, served))
        ):
            why = "no describe-route-tables in the import"
            if account.dump.told("RouteTables"):
                why = "its main table is in no file"
            account.made[vpc].unknown["route_tables"] = why


def _edge(account: Account, name: str, one: Object, fields: dict[str, Any]) -> None:
    for row in rows(one, "Associations"):
        gateway = text(row, "GatewayId")
        if gateway:
            account.found.derive(name, "gateway", f"it is the edge table of {gateway}", gateway)
            fields["gateway"] = To(gateway)


def _routes(account: Account, table: Thing, one: Object) -> dict[Any, Any]:
    name = table.origin[0]
    found: dict[Any, Any] = {}
    ordered = sorted(
        rows(one, "Routes"),
        key=lambda row: (text(row, "Origin") == _PROPAGATED, _destination(row)),
    )
    for row in ordered:
        destination = _destination(row)
        target = next((text(row, key) for key in _TARGETS if text(row, key)), "")
        if not destination:
            table.unknown.setdefault("routes", "a route has no destination that is read")
        if not destination or _is_local(account, table, destination, target):
            continue
        if state(row) == "filtered":
            account.found.leave_out(
                "route", f"{name} {destination}", "it is filtered: AWS does not use it"
            )
            continue
        key: Any = To(destination) if destination.startswith("pl-") else destination
        if key in found:
            why = "a static route to the same destination wins over the propagated one"
            account.found.leave_out("route", f"{name} {destination}", why)
            continue
        if destination.startswith("pl-") and _by_endpoint(account, table, destination, target):
            continue
        found[key] = _target(account, table, row, destination, target)
    _propagation(account, name, one)
    return _sorted(found)


def _destination(row: Object) -> str:
    keys = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
    return next((text(row, key) for key in keys if text(row, key)), "")


def _sorted(found: dict[Any, Any]) -> dict[Any, Any]:
    return dict(sorted(found.items(), key=lambda pair: _wide_first(pair[0])))


def _wide_first(destination: Any) -> tuple[Any, ...]:
    if isinstance(destination, To):
        return (2, 0, 0, destination.name)
    try:
        block = IPNetwork(destination)
    except (AddrFormatError, ValueError):
        return (3, 0, 0, destination)
    return (0 if block.version == 4 else 1, int(block.first), block.prefixlen, destination)


def _is_local(account: Account, table: Thing, destination: str, target: str) -> bool:
    """Whether it is the route that AWS makes inside a VPC, which no plan writes."""
    if target == LOCAL:
        return True
    vpc = table.fields["vpc"].name
    return not target and destination in blocks_of(account.dump, vpc)


def _by_endpoint(account: Account, table: Thing, destination: str, target: str) -> bool:
    """Whether the route is a gateway endpoint's own: its `route_tables` say the same."""
    if not target.startswith("vpce-"):
        return False
    if target in account.dump.of("VpcEndpoints"):
        return True
    service = _service(account, destination)
    if not service or account.dump.told("VpcEndpoints"):
        table.unknown.setdefault("routes", f"the endpoint {target} is in no file")
        return True
    made = account.made.get(target)
    if made is None:
        fields = {
            "vpc": table.fields["vpc"],
            "service": service,
            "type": "gateway",
            "route_tables": [],
        }
        made = account.add("endpoints", "VpcEndpoints", target, {}, fields)
        account.found.derive(target, "endpoints", f"a route of {table.origin[0]}")
    made.fields["route_tables"].append(To(table.origin[0]))
    return True


def _service(account: Account, prefix_list: str) -> str:
    for key in ("PrefixLists", "ManagedPrefixLists"):
        name = text(account.dump.of(key).get(prefix_list, {}), "PrefixListName")
        if name.startswith("com.amazonaws."):
            return name.split(".", 3)[-1] if name.count(".") > 2 else ""
    return ""


def _target(account: Account, table: Thing, row: Object, destination: str, target: str) -> Any:
    if state(row) == BLACKHOLE:
        table.comments.append(f"{destination}: {target or 'its target is gone'}")
        return BLACKHOLE
    if text(row, "Origin") == _PROPAGATED:
        table.comments.append(f"{destination}: propagated")
    if target.startswith(("igw-", "eigw-")):
        return To(_gateway(account, table, target, destination))
    if target.startswith("nat-") and not _nat_here(account, target):
        table.unknown.setdefault("routes", f"{target} is in no file")
    instance = text(row, "InstanceId") or _instance_of(account, text(row, "NetworkInterfaceId"))
    if instance:
        return (
            To(instance)
            if _forwards(account, table, destination)
            else _outside(table, destination, instance)
        )
    if not target or target.startswith("eni-"):
        return _outside(table, destination, target or "no target")
    return To(target)


def _outside(table: Thing, destination: str, target: str) -> str:
    table.comments.append(f"{destination}: {target}")
    return OUTSIDE


def _nat_here(account: Account, nat: str) -> bool:
    one = account.dump.of("NatGateways").get(nat)
    return one is not None and state(one) not in ("deleted", "deleting", "failed")


def _gateway(account: Account, table: Thing, target: str, destination: str) -> str:
    """An active route proves that its internet gateway is attached."""
    if target not in account.made:
        key = "InternetGateways" if target.startswith("igw-") else "EgressOnlyInternetGateways"
        section = "internet_gateways"
        if target.startswith("eigw-"):
            section = f"egress_only_{section}"
        one = account.dump.of(key).get(target, {})
        account.add(section, key, target, one, {"vpc": table.fields["vpc"]})
        account.found.derive(
            target, section, f"the active route {destination} of {table.origin[0]}"
        )
    return target


def _forwards(account: Account, table: Thing, destination: str) -> bool:
    """A route inside the VPC's own block is a changed local route, which a plan cannot say."""
    try:
        block = IPNetwork(destination)
        return not any(
            block in IPNetwork(own)
            for own in blocks_of(account.dump, table.fields["vpc"].name)
            if IPNetwork(own).version == block.version
        )
    except (AddrFormatError, ValueError):
        return True


def _instance_of(account: Account, interface: str) -> str:
    one = account.dump.of("NetworkInterfaces").get(interface, {})
    return text(one, "Attachment", "InstanceId")


def _propagation(account: Account, name: str, one: Object) -> None:
    propagating = rows(one, "PropagatingVgws")
    propagated = any(text(row, "Origin") == _PROPAGATED for row in rows(one, "Routes"))
    if propagating and not propagated:
        gateway = text(propagating[0], "GatewayId")
        account.found.leave_out(
            "propagation", f"{name} {gateway}", "it has propagated no route so far", "less"
        )
