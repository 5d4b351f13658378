"""Instances, databases, caches, load balancers ... as their lists tell them, one form for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import arn_part
from lambdaplanner.importing.aws.interfaces import addresses
from lambdaplanner.importing.aws.objects import (
    Object,
    at,
    each,
    flag,
    number,
    rows,
    state,
    text,
    texts,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A workload as its list tells it."""

    key: str
    name: str
    origin: str
    type: str
    one: Object
    subnets: list[str]
    """Those that it may stand in."""
    groups: list[str]
    port: int | None = None
    public: bool | None = None
    more: dict[str, Any] = field(default_factory=dict)


_OVER = {"terminated", "shutting-down"}


def instances(account: Account) -> Iterable[Spot]:
    """EC2 instances that run or can be started."""
    for name, one in account.dump.of("Instances").items():
        if state(one, "State", "Name") in _OVER or not text(one, "SubnetId"):
            account.skip("Instances", name, "it has ended, or stands in no subnet")
            continue
        interfaces = rows(one, "NetworkInterfaces") or [one]
        counts: Counter[str] = Counter()
        for interface in interfaces:
            counts[text(interface, "SubnetId")] += max(1, addresses(interface))
        groups = each(
            [group for interface in interfaces for group in rows(interface, "Groups")]
            + rows(one, "SecurityGroups"),
            "GroupId",
        )
        public = bool(text(one, "PublicIpAddress")) or any(
            text(interface, "Association", "PublicIp") for interface in interfaces
        )
        more: dict[str, Any] = {"counts": counts}
        if len(interfaces) == 1 and text(one, "PrivateIpAddress"):
            more["private_ip"] = text(one, "PrivateIpAddress")
        yield Spot(
            key="Instances",
            name=name,
            origin=name,
            type="ec2",
            one=one,
            subnets=list(counts),
            groups=groups,
            public=public or None,
            more=more,
        )


def databases(account: Account) -> Iterable[Spot]:
    """RDS database instances."""
    for name, one in account.dump.of("DBInstances").items():
        yield Spot(
            key="DBInstances",
            name=name,
            origin=f"rds:{name}",
            type="rds",
            one=one,
            subnets=each(rows(one, "DBSubnetGroup", "Subnets"), "SubnetIdentifier"),
            groups=each(rows(one, "VpcSecurityGroups"), "VpcSecurityGroupId"),
            port=number(one, "Endpoint", "Port"),
            public=flag(one, "PubliclyAccessible") or None,
        )


def proxies(account: Account) -> Iterable[Spot]:
    """RDS proxies."""
    ports = {"mysql": 3306, "postgresql": 5432, "sqlserver": 1433}
    for name, one in account.dump.of("DBProxies").items():
        yield Spot(
            key="DBProxies",
            name=name,
            origin=f"rds-proxy:{name}",
            type="rds-proxy",
            one=one,
            subnets=texts(one, "VpcSubnetIds"),
            groups=texts(one, "VpcSecurityGroupIds"),
            port=ports.get(text(one, "EngineFamily").lower()),
        )


def caches(account: Account) -> Iterable[Spot]:
    """ElastiCache clusters, in the subnets of their groups."""
    groups = account.dump.of("CacheSubnetGroups")
    for name, one in account.dump.of("CacheClusters").items():
        inside = groups.get(text(one, "CacheSubnetGroupName"), {})
        nodes = rows(one, "CacheNodes")
        port = number(one, "ConfigurationEndpoint", "Port")
        if port is None and nodes:
            port = number(nodes[0], "Endpoint", "Port")
        yield Spot(
            key="CacheClusters",
            name=name,
            origin=f"elasticache:{name}",
            type="elasticache",
            one=one,
            subnets=each(rows(inside, "Subnets"), "SubnetIdentifier"),
            groups=each(rows(one, "SecurityGroups"), "SecurityGroupId"),
            port=port,
        )
    for name in groups:
        account.skip("CacheSubnetGroups", name, "it only says where clusters may stand")


def domains(account: Account) -> Iterable[Spot]:
    """OpenSearch domains inside a VPC."""
    for name, one in account.dump.of("DomainStatusList").items():
        yield Spot(
            key="DomainStatusList",
            name=name,
            origin=f"opensearch:{name}",
            type="opensearch",
            one=one,
            subnets=texts(one, "VPCOptions", "SubnetIds"),
            groups=texts(one, "VPCOptions", "SecurityGroupIds"),
        )


def file_systems(account: Account) -> Iterable[Spot]:
    """EFS file systems by their mount targets."""
    targets = account.dump.of("MountTargets")
    systems = account.dump.of("FileSystems")
    for name in sorted(systems.keys() | {text(one, "FileSystemId") for one in targets.values()}):
        ours = [one for one in targets.values() if text(one, "FileSystemId") == name]
        groups = [group for one in ours for group in texts(one, "SecurityGroups")]
        yield Spot(
            key="FileSystems",
            name=name,
            origin=f"efs:{name}",
            type="efs",
            one=systems.get(name, {}),
            subnets=each(ours, "SubnetId"),
            groups=list(dict.fromkeys(groups)),
            more={"called": text(systems.get(name, {}), "Name")},
        )


def balancers(account: Account) -> Iterable[Spot]:
    """Application and Network Load Balancers, at their first listener's port."""
    listeners: dict[str, list[int]] = {}
    for one in account.dump.of("Listeners").values():
        port = number(one, "Port")
        if port is not None:
            listeners.setdefault(text(one, "LoadBalancerArn"), []).append(port)
    for _, value in account.dump.singles.get("LoadBalancerListeners", []):
        for row in rows(value, "LoadBalancerListeners"):
            found = [number(each_, "Port") for each_ in rows(row, "Listeners")]
            known = [port for port in found if port is not None]
            listeners.setdefault(text(row, "LoadBalancerArn"), []).extend(known)
    for name, one in account.dump.of("LoadBalancers").items():
        short = {"network": "nlb", "application": "alb"}.get(text(one, "Type"))
        if short is None:
            account.skip("LoadBalancers", name, "a plan has no such load balancers", "none")
            continue
        path = arn_part(one, "LoadBalancerArn", 5).removeprefix("loadbalancer/")
        own = text(one, "LoadBalancerName") or name
        ports = sorted(listeners.get(name, []))
        yield Spot(
            key="LoadBalancers",
            name=name,
            origin=f"elb:{path or own}",
            type=short,
            one=one,
            subnets=each(rows(one, "AvailabilityZones"), "SubnetId"),
            groups=texts(one, "SecurityGroups"),
            port=ports[0] if ports else None,
            public=text(one, "Scheme") == "internet-facing" or None,
            more={"called": own},
        )


def classic(account: Account) -> Iterable[Spot]:
    """Classic load balancers."""
    for name, one in account.dump.of("LoadBalancerDescriptions").items():
        ports = [
            number(at(row, "Listener"), "LoadBalancerPort")
            for row in rows(one, "ListenerDescriptions")
        ]
        yield Spot(
            key="LoadBalancerDescriptions",
            name=name,
            origin=f"elb:{name}",
            type="alb",
            one=one,
            subnets=texts(one, "Subnets"),
            groups=texts(one, "SecurityGroups"),
            port=next((port for port in ports if port is not None), None),
            public=text(one, "Scheme") == "internet-facing" or None,
        )
