"""A small plan that has a thing of every kind, and a function that asks its way through most."""

from __future__ import annotations

EVERY_KIND = """
lambdaplanner: 1
name: Every kind
region: eu-west-1
vpcs:
  main: {cidr: 10.0.0.0/16, ipv6_cidr: 2600:1f18::/56}
  other: {cidr: 10.9.0.0/16}
internet_gateways:
  igw: {vpc: main}
egress_only_internet_gateways:
  eigw: {vpc: main}
subnets:
  public: {vpc: main, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-rt}
  private: {vpc: main, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: private-rt, network_acl: acl}
  far: {vpc: other, az: eu-west-1a, cidr: 10.9.0.0/24}
nat_gateways:
  nat: {subnet: public}
route_tables:
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  private-rt:
    vpc: main
    routes: {0.0.0.0/0: nat, 10.9.0.0/16: peer, 10.8.0.0/16: tgw, list: peer}
virtual_private_gateways:
  vgw: {vpc: main, networks: [office]}
external_networks:
  office: {cidrs: [192.168.0.0/16]}
prefix_lists:
  list: {entries: [10.9.0.0/24]}
security_groups:
  fn-sg: {vpc: main}
  db-sg:
    vpc: main
    inbound:
    - {protocol: tcp, ports: 5432, security_group: fn-sg}
network_acls:
  acl:
    vpc: main
    inbound: {100: {action: allow}}
    outbound: {100: {action: allow}}
endpoints:
  secrets: {vpc: main, service: secretsmanager, type: interface, subnets: [private]}
peerings:
  peer: {vpcs: [main, other]}
transit_gateways:
  tgw: {attachments: {main: {subnets: [private]}}}
capacity_providers:
  pool: {subnets: [private], security_groups: [fn-sg]}
functions:
  orders:
    concurrency: 10
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private]
    security_groups: [fn-sg]
workloads:
  db: {type: rds, subnets: [private], security_groups: [db-sg], port: 5432}
notes:
  note: {text: Read this}
expectations:
- {from: orders, to: db, expect: reachable}
"""
