"""VPC endpoints, and what Block Public Access says."""

from __future__ import annotations

import re
from typing import Any

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.objects import Object, each, flag, rows, state, text, texts
from lambdaplanner.importing.found import To

_GONE = {"deleted", "deleting", "rejected", "failed", "expired"}
_TYPES = {"gateway": "gateway", "interface": "interface", "gatewayloadbalancer": "firewall"}
_SERVICE = re.compile(r"com\.amazonaws\.([a-z]{2}(?:-[a-z]+)+-\d)\.(.+)")


def read_endpoints(account: Account) -> None:
    """Gateway, interface and Gateway Load Balancer endpoints."""
    for name, one in account.objects("VpcEndpoints"):
        kind = _TYPES.get(text(one, "VpcEndpointType").lower() or "gateway")
        if state(one) in _GONE:
            account.skip("VpcEndpoints", name, f"its state is {state(one)}")
        elif kind is None:
            why = f"a plan has no {text(one, 'VpcEndpointType')} endpoints"
            account.skip("VpcEndpoints", name, why, "less")
        else:
            account.add("endpoints", "VpcEndpoints", name, one, _fields(account, one, kind))
    if not account.dump.told("VpcEndpoints"):
        for vpc in account.vpcs:
            why = "no describe-vpc-endpoints in the import"
            account.found.assume(vpc, "endpoints", "none beside those that routes name", why)


def _fields(account: Account, one: Object, kind: str) -> dict[str, Any]:
    vpc = text(one, "VpcId")
    fields: dict[str, Any] = {"vpc": To(vpc), "type": kind}
    if kind != "firewall":
        named = _SERVICE.fullmatch(text(one, "ServiceName"))
        fields["service"] = named.group(2) if named else text(one, "ServiceName")
        if named and named.group(1) != account.vpcs[vpc]:
            fields["region"] = named.group(1)
    if kind == "gateway":
        fields["route_tables"] = [To(name) for name in texts(one, "RouteTableIds")]
        return fields
    fields["subnets"] = [To(name) for name in texts(one, "SubnetIds")]
    if kind == "interface":
        fields["security_groups"] = [To(name) for name in each(rows(one, "Groups"), "GroupId")]
        fields["private_dns"] = flag(one, "PrivateDnsEnabled") is True
        only = flag(one, "DnsOptions", "PrivateDnsOnlyForInboundResolverEndpoint")
        if only:
            fields["inbound_resolver_only"] = True
    return fields


_BLOCKS = {"block-bidirectional": "bidirectional", "block-ingress": "ingress"}


def read_public_access(account: Account) -> None:
    """VPC Block Public Access and the exclusions from it."""
    options = account.dump.singles.get("VpcBlockPublicAccessOptions", [])
    if not options:
        why = "no describe-vpc-block-public-access-options in the import"
        account.found.assume("", "block_public_access", "off", why)
    for _, value in options:
        mode = text(value, "VpcBlockPublicAccessOptions", "InternetGatewayBlockMode")
        account.found.settings["block_public_access"] = _BLOCKS.get(mode, "off")
    for name, one in account.dump.of("VpcBlockPublicAccessExclusions").items():
        target = text(one, "ResourceArn").rpartition("/")[2]
        mode = text(one, "InternetGatewayExclusionMode").removeprefix("allow-")
        thing = account.made.get(target)
        gone = state(one).startswith(("delete", "disable"))
        if thing is None or gone or mode not in ("bidirectional", "egress"):
            account.skip("VpcBlockPublicAccessExclusions", name, "what it is about is not here")
        else:
            thing.fields["public_access"] = mode
            account.found.derive(target, "public_access", f"the exclusion {name}")
