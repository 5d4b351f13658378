"""Databases, caches, load balancers and tasks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lambdaplanner.importing.found import Thing, To
from lambdaplanner.importing.template.group_rows import groups
from lambdaplanner.importing.template.reading import Resource, Row
from lambdaplanner.importing.template.values import ABSENT, Unknown

_RDS, _CACHE, _LB = "AWS::RDS::", "AWS::ElastiCache::", "AWS::ElasticLoadBalancing"
_MOUNT = "AWS::EFS::MountTarget"
_NOT_PLACED = "nobody tells its subnets"


def workload(
    resource: Resource,
    kind: str,
    subnets: tuple[list[To], str],
    named: tuple[list[To], str] = ([], ""),
    names: tuple[str, ...] = (),
    **fields: Any,
) -> Thing | None:
    """A workload; one that stands in no subnet that is known is left out."""
    known, why = subnets
    if not known:
        resource.leave_out(why or _NOT_PLACED, "unknown" if why else "less")
        return None
    thing = resource.add(
        "workloads", names, type=kind, subnets=subnets, security_groups=named, **fields
    )
    if resource.get("SubnetMappings") is not ABSENT and why:
        thing.unknown["subnets"] = why
    return thing


def _subnet_group(resource: Resource, name: str, *properties: str) -> tuple[list[To], str]:
    """The subnets of a group of subnets that a property names."""
    if resource.get(name) is ABSENT:
        return [], ""
    group = resource.reading.resource(resource.get(name))
    if group is None:
        wanted = resource.text(name).lower()
        group = next((one for one in _groups(resource) if _called(one) == wanted), None)
    if group is None:
        return [], resource.why(name) or "its subnet group is in no file"
    return group.tos(*properties)


def _groups(resource: Resource) -> Iterator[Resource]:
    return resource.reading.resources(
        f"{_RDS}DBSubnetGroup", f"{_CACHE}SubnetGroup", "AWS::DAX::SubnetGroup"
    )


def _called(group: Resource) -> str:
    return group.text("DBSubnetGroupName", "CacheSubnetGroupName", "SubnetGroupName").lower()


def _database(resource: Resource) -> None:
    reading = resource.reading
    cluster = reading.resource(resource.get("DBClusterIdentifier"))
    owner = (
        cluster
        if cluster is not None and resource.get("DBSubnetGroupName") is ABSENT
        else (resource)
    )
    filtering = resource
    if cluster is not None and resource.get("VPCSecurityGroups") is ABSENT:
        filtering = cluster
    workload(
        resource,
        "rds",
        _subnet_group(owner, "DBSubnetGroupName", "SubnetIds"),
        groups(filtering, "VPCSecurityGroups", "VpcSecurityGroupIds"),
        (resource.text("DBInstanceIdentifier"),),
        port=_port(resource, "Port") or (_port(cluster, "Port") if cluster is not None else None),
        public_ip=resource.truth("PubliclyAccessible") or None,
    )


def _cluster(resource: Resource) -> None:
    if resource.reading.naming(resource.itself, "DBClusterIdentifier", f"{_RDS}DBInstance"):
        resource.leave_out("its instances stand for it")
        return
    workload(
        resource,
        "rds",
        _subnet_group(resource, "DBSubnetGroupName", "SubnetIds"),
        groups(resource, "VpcSecurityGroupIds"),
        (resource.text("DBClusterIdentifier"),),
        port=_port(resource, "Port"),
    )


def _proxy(resource: Resource) -> None:
    workload(
        resource,
        "rds-proxy",
        resource.tos("VpcSubnetIds"),
        groups(resource, "VpcSecurityGroupIds"),
        (resource.text("DBProxyName"),),
    )


def _cache(resource: Resource) -> None:
    subnets = resource.tos("SubnetIds")
    if resource.get("SubnetIds") is ABSENT:
        subnets = _subnet_group(resource, "CacheSubnetGroupName", "SubnetIds")
    names = ("ClusterName", "ReplicationGroupId", "ServerlessCacheName")
    workload(
        resource,
        "elasticache",
        subnets,
        groups(resource, "VpcSecurityGroupIds", "SecurityGroupIds"),
        (resource.text(*names),),
        port=_port(resource, "Port"),
    )


def _search(resource: Resource) -> None:
    options = resource.part("VPCOptions")
    workload(
        resource,
        "opensearch",
        options.tos("SubnetIds"),
        groups(options, "SecurityGroupIds"),
        (resource.text("DomainName"),),
    )


def _file_system(resource: Resource) -> None:
    """A file system stands where its mount targets do."""
    subnets: list[To] = []
    named: list[To] = []
    why = doubt = ""
    for target in resource.reading.naming(resource.itself, "FileSystemId", _MOUNT):
        found = target.to("SubnetId")
        subnets += [found] if isinstance(found, To) else []
        why = why or (found.why if isinstance(found, Unknown) else "") or target.doubt
        more, unknown = groups(target, "SecurityGroups")
        named += more
        doubt = doubt or unknown
    placed = (list(dict.fromkeys(subnets)), why)
    workload(resource, "efs", placed, (list(dict.fromkeys(named)), doubt))


def _balancer(resource: Resource) -> None:
    kind = {"": "alb", "application": "alb", "network": "nlb"}.get(resource.text("Type").lower())
    if kind is None:
        resource.leave_out("a Gateway Load Balancer cannot be expressed", "less")
        return
    subnets, why = resource.tos("Subnets")
    mappings, doubt = resource.parts("SubnetMappings")
    for mapping in mappings:
        more, unknown = mapping.tos("SubnetId")
        subnets += more
        doubt = doubt or unknown
    ports = [
        _port(one, "Port")
        for one in resource.reading.naming(resource.itself, "LoadBalancerArn", f"{_LB}V2::Listener")
    ]
    workload(
        resource,
        kind,
        (subnets, why or doubt),
        groups(resource, "SecurityGroups"),
        (resource.text("Name"),),
        port=next((port for port in ports if port), None),
        public_ip=True if _faces_internet(resource) else None,
    )


def _classic(resource: Resource) -> None:
    listeners = resource.parts("Listeners")[0]
    workload(
        resource,
        "generic",
        resource.tos("Subnets"),
        groups(resource, "SecurityGroups"),
        (resource.text("LoadBalancerName"),),
        port=_port(listeners[0], "LoadBalancerPort") if listeners else None,
        public_ip=True if _faces_internet(resource) else None,
    )


def _faces_internet(resource: Resource) -> bool:
    """AWS's default is to face the internet; of a scheme that nobody tells the lesser is taken."""
    scheme = resource.text("Scheme").lower()
    return scheme == "internet-facing" or (not scheme and not resource.why("Scheme"))


def _service(resource: Resource) -> None:
    network = resource.part("NetworkConfiguration").part("AwsvpcConfiguration")
    if resource.get("NetworkConfiguration") is ABSENT:
        resource.leave_out("its tasks have no interfaces of their own", "less")
        return
    public = network.text("AssignPublicIp").upper() == "ENABLED"
    workload(
        resource,
        "fargate",
        network.tos("Subnets"),
        groups(network, "SecurityGroups"),
        (resource.text("ServiceName"),),
        public_ip=True if public else None,
    )


def _port(resource: Resource, name: str) -> int | None:
    text = resource.text(name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None


def _of_another(_resource: Resource) -> None:
    """Read with what it belongs to."""


THEN: dict[str, Row] = {
    f"{_RDS}DBInstance": _database,
    f"{_RDS}DBCluster": _cluster,
    f"{_RDS}DBProxy": _proxy,
    f"{_CACHE}CacheCluster": _cache,
    f"{_CACHE}ReplicationGroup": _cache,
    f"{_CACHE}ServerlessCache": _cache,
    "AWS::OpenSearchService::Domain": _search,
    "AWS::Elasticsearch::Domain": _search,
    "AWS::EFS::FileSystem": _file_system,
    _MOUNT: _of_another,
    f"{_LB}V2::LoadBalancer": _balancer,
    f"{_LB}::LoadBalancer": _classic,
    "AWS::ECS::Service": _service,
}
