"""VPCs, their subnets and the gateways that are attached to them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from netaddr import AddrFormatError, IPNetwork, spanning_cidr

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import named
from lambdaplanner.importing.aws.objects import Object, at, flag, rows, state, text
from lambdaplanner.importing.aws.scope import blocks_of
from lambdaplanner.importing.found import Thing, To

_ALIVE = {"available", "active", "pending", "modifying", "in-use", "attached", "attaching", ""}


def read_vpcs(account: Account) -> None:
    """VPCs, also those that are only named."""
    for vpc, region in account.vpcs.items():
        one = account.dump.of("Vpcs").get(vpc, {})
        fields, unknown = _block_fields(account, vpc, one)
        if not fields:
            account.skip("Vpcs", vpc, "no file tells its block, nor any subnet of it", "unknown")
            continue
        thing = account.add("vpcs", "Vpcs", vpc, one, fields, unknown=unknown)
        if region != account.region:
            fields["region"] = region
        if account.several_accounts:
            owner = text(one, "OwnerId") or account.dump.place("Vpcs", vpc).account
            fields["account"] = account.choices.shown_account(owner) or None
        if text(one, "InstanceTenancy") == "dedicated":
            account.found.leave_out(
                "tenancy", vpc, "dedicated: Lambda functions cannot attach to it", "none"
            )
        _dns(account, vpc, thing)


def _block_fields(account: Account, vpc: str, one: Object) -> tuple[dict[str, Any], dict[str, str]]:
    blocks = blocks_of(account.dump, vpc)
    fields: dict[str, Any] = {}
    unknown: dict[str, str] = {}
    if not blocks:
        blocks = _local_blocks(account, vpc)
        if blocks:
            account.found.derive(vpc, "cidr", "the local route of its route tables", blocks[0])
    if not blocks:
        inner = (
            text(each, "CidrBlock")
            for _, each in account.objects("Subnets")
            if text(each, "VpcId") == vpc
        )
        blocks = _spanned(inner)
        unknown["cidr"] = "no file tells it; this covers the subnets that are known"
    if not blocks:
        return {}, {}
    fields["cidr"] = blocks[0]
    fields["secondary_cidrs"] = blocks[1:] or None
    fields["ipv6_cidr"] = ipv6_block(one) or None
    return fields, unknown


def ipv6_block(one: Object) -> str:
    """The first IPv6 block that is associated with a VPC or a subnet."""
    for row in rows(one, "Ipv6CidrBlockAssociationSet"):
        where = state(row, "Ipv6CidrBlockState", "State")
        if where in ("associated", ""):
            return text(row, "Ipv6CidrBlock")
    return ""


def _local_blocks(account: Account, vpc: str) -> list[str]:
    found: list[str] = []
    for _, table in account.objects("RouteTables"):
        if text(table, "VpcId") == vpc:
            found += [
                text(route, "DestinationCidrBlock")
                for route in rows(table, "Routes")
                if text(route, "GatewayId") == "local"
                and text(route, "Origin") in ("CreateRouteTable", "")
            ]
    return list(dict.fromkeys(block for block in found if block))


def _spanned(blocks: Iterable[str]) -> list[str]:
    networks = []
    for block in blocks:
        try:
            networks.append(IPNetwork(block).cidr)
        except (AddrFormatError, ValueError):
            continue
    if not networks:
        return []
    return [str(networks[0] if len(networks) == 1 else spanning_cidr(networks))]


def _dns(account: Account, vpc: str, thing: Thing) -> None:
    told = {
        "dns_support": _attribute(account, vpc, "EnableDnsSupport"),
        "dns_hostnames": _attribute(account, vpc, "EnableDnsHostnames"),
    }
    proved = any(
        text(one, "VpcId") == vpc
        and flag(one, "PrivateDnsEnabled") is True
        and state(one) in _ALIVE
        for one in account.dump.of("VpcEndpoints").values()
    )
    missing = [key for key, value in told.items() if value is None]
    thing.fields.update({key: value for key, value in told.items() if value is not None})
    if missing and proved:
        account.found.derive(
            vpc, ", ".join(missing), "an endpoint with private DNS needs both", value=True
        )
        thing.fields.update(dict.fromkeys(missing, True))
    elif missing:
        why = "no describe-vpc-attribute tells it"
        account.found.assume(vpc, ", ".join(missing), True, why)


def _attribute(account: Account, vpc: str, key: str) -> bool | None:
    for name, value in named(account.dump, key, "VpcId"):
        if name == vpc or (not text(value, "VpcId") and name.endswith(vpc)):
            return flag(value, key, "Value")
    return flag(account.dump.of("Vpcs").get(vpc, {}), key)


def read_subnets(account: Account) -> None:
    """Subnets of the VPCs in scope."""
    for name, one in account.objects("Subnets"):
        if not text(one, "CidrBlock"):
            account.skip(
                "Subnets", name, "it has no IPv4 block, which a plan cannot say", "unknown"
            )
            continue
        zone = text(one, "AvailabilityZone") or text(one, "AvailabilityZoneId")
        if account.several_accounts:
            zone = text(one, "AvailabilityZoneId") or zone
        fields = {
            "vpc": To(text(one, "VpcId")),
            "az": zone or None,
            "cidr": text(one, "CidrBlock"),
            "ipv6_cidr": ipv6_block(one) or None,
        }
        unknown = {} if zone else {"az": "no file tells it"}
        account.add("subnets", "Subnets", name, one, fields, unknown=unknown)
        _shared(account, name, one)
    if account.several_accounts:
        account.found.assume(
            "", "az", "zone ids", "zone names differ between the accounts of the import"
        )


def _shared(account: Account, name: str, one: Object) -> None:
    owner = text(one, "OwnerId")
    own = text(account.dump.of("Vpcs").get(text(one, "VpcId"), {}), "OwnerId")
    if owner and own and owner != own:
        account.found.leave_out(
            "sharing", name, "a shared subnet; interfaces of other accounts count as reserved"
        )


def read_gateways(account: Account) -> None:
    """Internet, egress-only and virtual private gateways that are attached."""
    for section, key, attachments in (
        ("internet_gateways", "InternetGateways", "Attachments"),
        ("egress_only_internet_gateways", "EgressOnlyInternetGateways", "Attachments"),
        ("virtual_private_gateways", "VpnGateways", "VpcAttachments"),
    ):
        for name, one in account.dump.of(key).items():
            ends = [text(row, "VpcId") for row in rows(one, attachments) if state(row) in _ALIVE]
            here = [vpc for vpc in ends if vpc in account.vpcs]
            if here:
                account.add(section, key, name, one, {"vpc": To(here[0])})
            else:
                why = "its VPC is not here" if ends else "it is detached"
                account.skip(key, name, why)


_GONE = {"deleted", "deleting", "failed"}


def read_nat_gateways(account: Account) -> None:
    """NAT gateways that are there, zonal and regional."""
    for name, one in account.dump.of("NatGateways").items():
        if state(one) in _GONE:
            account.skip("NatGateways", name, f"its state is {state(one)}")
            continue
        subnet = text(one, "SubnetId")
        vpc = text(one, "VpcId")
        if vpc not in account.vpcs and subnet not in account.made:
            account.skip("NatGateways", name, "its VPC is not here")
            continue
        fields: dict[str, Any] = {"subnet": To(subnet)} if subnet else {}
        if state(one, "AvailabilityMode") == "regional" or not subnet:
            fields = {"vpc": To(vpc), "mode": "regional"}
        public = state(one, "ConnectivityType") != "private"
        fields["connectivity"] = None if public else "private"
        if public and isinstance(at(one, "NatGatewayAddresses"), list):
            fields["elastic_ips"] = _elastic_ips(one, regional="mode" in fields)
        account.add("nat_gateways", "NatGateways", name, one, fields)


def _elastic_ips(one: Object, *, regional: bool) -> int:
    held = [row for row in rows(one, "NatGatewayAddresses") if text(row, "AllocationId")]
    if not regional:
        return len(held)
    zones: dict[str, int] = {}
    for row in held:
        zone = text(row, "AvailabilityZone") or text(row, "AvailabilityZoneId")
        zones[zone] = zones.get(zone, 0) + 1
    return max(zones.values(), default=0)
