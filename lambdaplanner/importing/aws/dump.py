"""All that files of AWS CLI JSON hold, by the top-level key that tells what it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from lambdaplanner.errors import QuestionError
from lambdaplanner.importing.aws.objects import Object, at, rows, text
from lambdaplanner.importing.found import Found, NotRead
from lambdaplanner.importing.loading import Document

MAX_THINGS = 200_000


@dataclass(frozen=True, slots=True)
class Source:
    """A list that some command prints: the key of its elements' names, and what they are."""

    id: str
    noun: str


SOURCES: dict[str, Source] = {
    "Vpcs": Source("VpcId", "VPC"),
    "Subnets": Source("SubnetId", "subnet"),
    "RouteTables": Source("RouteTableId", "route table"),
    "InternetGateways": Source("InternetGatewayId", "internet gateway"),
    "EgressOnlyInternetGateways": Source(
        "EgressOnlyInternetGatewayId", "egress-only internet gateway"
    ),
    "NatGateways": Source("NatGatewayId", "NAT gateway"),
    "VpnGateways": Source("VpnGatewayId", "virtual private gateway"),
    "NetworkAcls": Source("NetworkAclId", "network ACL"),
    "SecurityGroups": Source("GroupId", "security group"),
    "SecurityGroupVpcAssociations": Source("", "security group association"),
    "PrefixLists": Source("PrefixListId", "prefix list"),
    "ManagedPrefixLists": Source("PrefixListId", "prefix list"),
    "VpcEndpoints": Source("VpcEndpointId", "endpoint"),
    "VpcPeeringConnections": Source("VpcPeeringConnectionId", "peering connection"),
    "TransitGateways": Source("TransitGatewayId", "transit gateway"),
    "TransitGatewayVpcAttachments": Source(
        "TransitGatewayAttachmentId", "transit gateway attachment"
    ),
    "TransitGatewayAttachments": Source("TransitGatewayAttachmentId", "transit gateway attachment"),
    "TransitGatewayRouteTables": Source("TransitGatewayRouteTableId", "transit gateway table"),
    "VpcBlockPublicAccessExclusions": Source("ExclusionId", "public access exclusion"),
    "Functions": Source("FunctionName", "function"),
    "NetworkInterfaces": Source("NetworkInterfaceId", "network interface"),
    "Instances": Source("InstanceId", "instance"),
    "DBInstances": Source("DBInstanceIdentifier", "database"),
    "DBProxies": Source("DBProxyName", "database proxy"),
    "CacheClusters": Source("CacheClusterId", "cache cluster"),
    "CacheSubnetGroups": Source("CacheSubnetGroupName", "cache subnet group"),
    "DomainStatusList": Source("DomainName", "search domain"),
    "FileSystems": Source("FileSystemId", "file system"),
    "MountTargets": Source("MountTargetId", "mount target"),
    "LoadBalancers": Source("LoadBalancerArn", "load balancer"),
    "LoadBalancerDescriptions": Source("LoadBalancerName", "load balancer"),
    "Listeners": Source("ListenerArn", "listener"),
    "Addresses": Source("AllocationId", "elastic IP address"),
}
"""What is understood, by the key that tells it."""

SINGLE = {
    *("Configuration", "EnableDnsSupport", "EnableDnsHostnames", "AttachedPolicies"),
    *("VpcBlockPublicAccessOptions", "ReservedConcurrentExecutions", "AccountLimit"),
    *("ProvisionedConcurrencyConfigs", "PolicyDocument", "Entries", "Routes", "FunctionName"),
    *("TransitGatewayRouteTablePropagations", "Associations", "TransitGatewayStaticRoutes"),
    *("TransitGatewayPropagations", "LoadBalancerListeners", "Reservations", "Attributes"),
}
"""Keys that tell something of one thing, whose name stands beside them or in the file's name."""
_ENVELOPE = {"ResponseMetadata", "NextToken", "NextMarker", "Marker", "status_code"}
_REGION = re.compile(r"[a-z]{2}(?:-[a-z]+)+-\d")
_ACCOUNT = re.compile(r"\d{12}")


@dataclass(slots=True)
class Place:
    """What the file's folders tell."""

    region: str = ""
    account: str = ""


@dataclass(slots=True)
class Dump:
    """The objects of all files."""

    lists: dict[str, dict[str, Object]] = field(default_factory=dict)
    """Key -> name -> object; a key that is there was told, even where it holds nothing."""
    singles: dict[str, list[tuple[str, Object]]] = field(default_factory=dict)
    """Key -> (stem of the file's name, the document)."""
    places: dict[tuple[str, str], Place] = field(default_factory=dict)
    strange: dict[str, int] = field(default_factory=dict)
    """Lists that no answer needs, and how long they are."""

    def of(self, key: str) -> dict[str, Object]:
        """The objects of a list by name, in the order of the names."""
        return self.lists.get(key, {})

    def told(self, *keys: str) -> bool:
        """Whether a file told of any of these."""
        return any(key in self.lists or key in self.singles for key in keys)

    def place(self, key: str, name: str) -> Place:
        """Where the file of an object stood."""
        return self.places.get((key, name), Place())

    @property
    def empty(self) -> bool:
        """Whether no file is one of ours."""
        return not self.lists and not self.singles


def is_dump(value: Any) -> bool:
    """Whether a document is something that the AWS CLI prints."""
    inner = _opened(value)
    keys = inner.keys() if isinstance(inner, dict) else set()
    return bool(keys & (SOURCES.keys() | SINGLE)) and "Resources" not in keys


def collected(documents: Iterable[Document], found: Found) -> Dump:
    """Everything in the documents; what is none of ours, and what contradicts, is noted."""
    dump = Dump()
    total = 0
    for document in documents:
        value = _opened(document.value)
        if not isinstance(value, dict) or not _take(dump, document.file, value, found):
            found.not_read.append(NotRead(document.file, "it holds no key of ours"))
        total += (
            sum(len(part) for part in value.values() if isinstance(part, list))
            if isinstance(value, dict)
            else 0
        )
        if total > MAX_THINGS:
            raise QuestionError(
                f"there are more than {MAX_THINGS:,} things", hint="choose one region"
            )
    for key, strange in sorted(dump.strange.items()):
        for _ in range(strange):
            found.leave_out(key, "", "nothing of the network depends on it")
    for key, objects in dump.lists.items():
        dump.lists[key] = dict(sorted(objects.items()))
    return dump


def _opened(value: Any) -> Any:
    """Without an envelope."""
    if isinstance(value, dict) and "data" in value and "status_code" in value:
        return value["data"]
    return value


def _take(dump: Dump, file: str, value: Object, found: Found) -> bool:
    taken = False
    for key, part in value.items():
        if key in SOURCES and isinstance(part, list):
            dump.lists.setdefault(key, {})
            for one in rows(value, key):
                _put(dump, file, key, one, found)
            taken = True
        elif key == "Reservations" and isinstance(part, list):
            dump.lists.setdefault("Instances", {})
            for one in (one for group in rows(value, key) for one in rows(group, "Instances")):
                _put(dump, file, "Instances", one, found)
            taken = True
        elif key == "Configuration" and text(part, "FunctionName"):
            dump.lists.setdefault("Functions", {})
            _put(dump, file, "Functions", part, found)
            reserved = at(value, "Concurrency")
            if isinstance(reserved, dict):
                row = {**reserved, "FunctionName": text(part, "FunctionName")}
                dump.singles.setdefault("ReservedConcurrentExecutions", []).append(("", row))
            taken = True
        elif key in SINGLE and key not in ("FunctionName", "Configuration"):
            dump.singles.setdefault(key, []).append((PurePath(file).stem, value))
            taken = True
        elif key not in _ENVELOPE and key[:1].isupper() and isinstance(part, list):
            dump.strange[key] = dump.strange.get(key, 0) + len(part)
            taken = True
    if not taken and text(value, "FunctionName") and "MemorySize" in value:
        dump.lists.setdefault("Functions", {})
        _put(dump, file, "Functions", value, found)
        taken = True
    return taken


def _put(dump: Dump, file: str, key: str, one: Object, found: Found) -> None:
    source = SOURCES[key]
    name = text(one, source.id) if source.id else json.dumps(one, sort_keys=True)
    if key == "LoadBalancers" and not name:
        name = text(one, "LoadBalancerName")
    if key == "Addresses" and not name:
        name = text(one, "PublicIp")
    if key == "Functions" and text(one, "Version") not in ("", "$LATEST"):
        name = f"{name}:{text(one, 'Version')}"
    if not name:
        found.leave_out(source.noun, "", f"it has no {source.id}", "unknown")
        return
    place = _place(file)
    # Several regions and accounts may have functions of one name.
    if key == "Functions":
        place = Place(
            place.region or arn_part(one, "FunctionArn", 3),
            place.account or arn_part(one, "FunctionArn", 4),
        )
        name = _own_name(dump, name, place)
    old = dump.lists[key].get(name, {})
    if any(old.get(part, value) != value for part, value in one.items()):
        found.leave_out(
            source.noun, name, "two files tell of it differently; the later by name counts"
        )
        old = {}
    # Two commands may tell different things of one object.
    dump.lists[key][name] = {**old, **one}
    dump.places[(key, name)] = place


def _own_name(dump: Dump, name: str, place: Place) -> str:
    old = dump.places.get(("Functions", name))
    if old is None or (old.region, old.account) == (place.region, place.account):
        return name
    return f"{name}@{place.account}-{place.region}"


def arn_part(one: Object, key: str, part: int) -> str:
    """A part of an ARN: 3 the region, 4 the account; "" where there is none."""
    parts = text(one, key).split(":")
    return parts[part] if len(parts) > part and parts[0] == "arn" else ""


def _place(file: str) -> Place:
    place = Place()
    for part in PurePath(file).parts[:-1]:
        if _REGION.fullmatch(part):
            place.region = part
        elif _ACCOUNT.fullmatch(part):
            place.account = part
    return place


def region_of_zone(zone: str) -> str:
    """The region of a zone's name: eu-west-1 of eu-west-1a, and of a local zone."""
    match = _REGION.match(zone)
    return match.group() if match else ""


def named(dump: Dump, key: str, *own: str) -> Iterator[tuple[str, Object]]:
    """The documents under a single key with the name of what they tell of: it stands in one of the
    keys `own`, else in the file's name.
    """
    for stem, value in dump.singles.get(key, []):
        name = next((text(value, part) for part in own if text(value, part)), "")
        yield (name or stem, value)
