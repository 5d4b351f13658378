"""Every key that the format has opens, is in the schema, and is written as it was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.formats.schema import plan_schema
from lambdaplanner.kinds import KINDS
from lambdaplanner.model.records import fields_of

PLAN = """\
lambdaplanner: 1
name: Orders service
description: Order intake, one region
region: eu-west-1
settings:
  capacity_model: hyperplane
  connections_per_environment: 20
  hyperplane_enis_per_vpc: 400
  account_concurrency: 2000
  quotas: {routes_per_table: 900}
  block_public_access: ingress
vpcs:
  main:
    label: Main
    origin: vpc-0ab
    cidr: 10.0.0.0/16
    secondary_cidrs: [10.2.0.0/16]
    ipv6_cidr: 2001:db8:0:100::/56
    dns_support: false
    dns_hostnames: false
    region: eu-west-1
    account: '1234'
    public_access: bidirectional
  shared: {cidr: 10.1.0.0/16, region: us-east-1, account: shared-services, public_access: egress}
internet_gateways:
  igw: {vpc: main}
egress_only_internet_gateways:
  eigw: {vpc: main}
subnets:
  public-a: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-rt}
  private-a:
    vpc: main
    az: euw1-az1
    cidr: 10.0.16.0/20
    ipv6_cidr: 2001:db8:0:101::/64
    route_table: private-a-rt
    network_acl: tight
    reserved_ips: 12
    public_access: egress
  firewall-a: {vpc: main, cidr: 10.0.1.0/28}
nat_gateways:
  nat-a: {subnet: public-a, connectivity: private, elastic_ips: 0}
  nat-r: {vpc: main, mode: regional}
route_tables:
  public-rt:
    vpc: main
    main: true
    routes: {0.0.0.0/0: igw, 10.9.0.0/16: blackhole, 10.8.0.0/16: outside, partners: inspect-a}
    propagate: [vgw]
  private-a-rt: {vpc: main, routes: {0.0.0.0/0: nat-a, aws:s3: s3, 10.7.0.0/16: router}}
  edge: {vpc: main, gateway: igw, routes: {10.0.16.0/20: inspect-a}}
virtual_private_gateways:
  vgw: {vpc: main, networks: [office]}
external_networks:
  office: {cidrs: [192.168.0.0/16]}
prefix_lists:
  partners: [203.0.113.0/24]
security_groups:
  db-sg: {vpc: main, inbound: [{protocol: tcp, ports: 5432, security_group: fn-sg}]}
  fn-sg:
    vpc: main
    default: true
    also_in: [shared]
    inbound: []
    outbound:
    - {protocol: tcp, ports: 443, cidr: 0.0.0.0/0, description: public APIs}
    - {protocol: udp, ports: 1024-65535, prefix_list: partners}
    - {protocol: icmp, prefix_list: aws:s3}
network_acls:
  tight:
    vpc: main
    default: true
    inbound: {100: {action: allow, protocol: tcp, ports: 1024-65535, cidr: 0.0.0.0/0}}
    outbound: {100: {action: deny}}
endpoints:
  s3: {vpc: main, service: s3, type: gateway, route_tables: [private-a-rt]}
  secrets:
    vpc: main
    service: s3
    type: interface
    subnets: [private-a]
    security_groups: [fn-sg]
    private_dns: false
    region: us-east-1
    inbound_resolver_only: true
  inspect-a: {vpc: main, type: firewall, subnets: [firewall-a]}
peerings:
  to-shared: {vpcs: [main, shared]}
transit_gateways:
  hub:
    security_group_referencing: true
    attachments:
      main: {subnets: [private-a], route_table: spokes, label: Main, origin: tgw-attach-1}
      office: {route_table: edge}
      other-hub: {route_table: edge}
    route_tables:
      spokes: {propagate: [main], routes: {0.0.0.0/0: office, 10.4.0.0/16: blackhole}}
      edge: {propagate: [main], routes: {10.5.0.0/16: outside}, label: Edge, origin: tgw-rtb-1}
  other-hub: {attachments: {hub: {}}}
functions:
  orders:
    memory_mb: 512
    timeout_s: 30
    concurrency: 800
    role_policies: [AWSLambdaVPCAccessExecutionRole, ec2:CreateNetworkInterface]
    subnets: [private-a]
    security_groups: [fn-sg]
    connections_per_environment: 4
    ipv6: true
  managed: {capacity_provider: pool}
capacity_providers:
  pool: {subnets: [private-a, public-a], security_groups: [fn-sg], instances: 6}
workloads:
  router: {type: ec2, subnets: [public-a], forwards: router}
  web:
    type: ec2
    subnets: [private-a]
    security_groups: [db-sg]
    public_ip: true
    private_ip: 10.0.16.20
    ipv6: true
    public_address: 198.51.100.7
    port: 8443
    forwards: nat
    ips: 3
expectations:
- {from: orders, to: internet, port: 443, protocol: udp, ip: 6, expect: reachable}
acknowledged:
- {finding: NAT-003, about: [nat-a], reason: one zone is enough until launch, until: 2027-06-30}
unknown:
- {about: orders, of: subnets, why: exported by another stack}
notes:
  n1: {text: Second zone comes in Q3}
observed:
  private-a: {available: 247, lambda: 2}
"""
SPARED = {("note", "label"), ("note", "origin")}


def written(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every scalar of a document and where it stands."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from written(part, (*path, str(key)))
    elif isinstance(value, list):
        for part in value:
            yield from written(part, (*path, "[]"))
    else:
        yield path, str(value)


def test_the_plan_opens_and_all_of_it_is_written_again() -> None:
    plan = read_text(PLAN, where="plan.yaml").plan
    text = plan_text(plan)
    before, after = (yaml.load(one, Loader=yaml.BaseLoader) for one in (PLAN, text))
    assert sorted(written(after)) == sorted(written(before))
    assert plan_text(read_text(text, where="plan.yaml").plan) == text


@pytest.mark.parametrize("slug", list(KINDS))
def test_the_plan_shows_every_key_and_the_schema_has_it(slug: str) -> None:
    kind = KINDS[slug]
    shown = yaml.load(PLAN, Loader=yaml.BaseLoader)[kind.section].values()
    schema = plan_schema()["properties"][kind.section]["additionalProperties"]
    for info in fields_of(kind.model):
        if kind.short or info.key in ("label", "origin", "id"):
            continue
        assert info.key in schema["properties"], info.key
        assert any(info.key in entry for entry in shown), f"{kind.section}: {info.key}"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("ip: 6", "ip: 5", "4 or 6 is due here"),
        ("instances: 6", "instances: many", "whole number"),
        ("capacity_provider: pool", "capacity_provider: pol", 'did you mean "pool"'),
        ("public_address: 198.51.100.7", "public_address: 2001:db8::1", "IPv4 address is due"),
    ],
)
def test_what_cannot_be_understood_is_told(old: str, new: str, said: str) -> None:
    with pytest.raises(Exception, match=said):
        read_text(PLAN.replace(old, new), where="plan.yaml")
