"""The canonical form, line by line."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from lambdaplanner.formats.yaml_writer import WIDTH, write, write_entry, write_item

CANONICAL = """\
lambdaplanner: 1
name: "1.10"
description: Longer than a line in braces may be, \
and still one line, because texts are never folded anywhere
vpcs:
  main: {cidr: 10.0.0.0/16, dns_hostnames: false}
  "no": {ipv6_cidr: 2001:db8::/56}
prefix_lists:
  office: [203.0.113.0/24, "::/0"]
route_tables:
  public:
    vpc: main
    routes: {0.0.0.0/0: igw, "::/0": igw, 2001:db8::/32: blackhole}
security_groups:
  closed: {vpc: main, outbound: []}
  open:
    vpc: main
    inbound:
    - {protocol: tcp, ports: 443, cidr: 0.0.0.0/0, description: "public, and: more"}
    - {protocol: tcp, ports: 1024-65535, security_group: closed}
network_acls:
  tight:
    vpc: main
    inbound:
      100: {action: allow, ports: 443}
functions:
  orders:
    memory_mb: 512
    concurrency: 800
    role_policies: [AWSLambdaVPCAccessExecutionRole, AWSLambdaBasicExecutionRole]
    subnets: [private-a, private-b]
    ipv6: true
expectations:
- {from: orders, to: internet, port: 443, expect: reachable}
notes:
  n1: {text: "two\\nlines"}
layout:
  main: [0, 0, 960, 640]
  orders: [-40, 20]
"""


WORKED_EXAMPLE = """\
lambdaplanner: 1
name: The brief's network
description: One function in a customer VPC with internet through a NAT gateway, \
one with Lambda's default networking
region: eu-west-1
vpcs:
  customer: {cidr: 10.0.0.0/16}
internet_gateways:
  igw: {vpc: customer}
subnets:
  public: {vpc: customer, az: eu-west-1a, cidr: 10.0.0.0/24, route_table: public-routes}
  private: {vpc: customer, az: eu-west-1a, cidr: 10.0.1.0/24, route_table: private-routes}
nat_gateways:
  nat: {subnet: public}
route_tables:
  public-routes:
    vpc: customer
    routes: {0.0.0.0/0: igw}
  private-routes:
    vpc: customer
    routes: {0.0.0.0/0: nat}
security_groups:
  function-sg: {vpc: customer}
  database-sg:
    vpc: customer
    inbound:
    - {protocol: tcp, ports: 5432, security_group: function-sg}
functions:
  attached:
    memory_mb: 512
    concurrency: 200
    role_policies: [AWSLambdaVPCAccessExecutionRole]
    subnets: [private]
    security_groups: [function-sg]
  unattached: {concurrency: 50}
workloads:
  database: {type: rds, subnets: [private], security_groups: [database-sg], port: 5432}
expectations:
- {from: attached, to: internet, port: 443, expect: reachable}
- {from: attached, to: database, expect: reachable}
- {from: unattached, to: internet, port: 443, expect: reachable}
- {from: unattached, to: database, expect: unreachable}
- {from: internet, to: database, expect: unreachable}
"""


@pytest.mark.parametrize("text", [CANONICAL, WORKED_EXAMPLE], ids=["everything", "example"])
def test_the_canonical_form_is_a_fixed_point(text: str) -> None:
    assert write(yaml.safe_load(text)) == text


@pytest.mark.parametrize("extra", [0, 1])
def test_a_line_in_braces_has_at_most_a_hundred_columns(extra: int) -> None:
    room = WIDTH - len("  a: {b: , c: d}") + extra
    text = write({"s": {"a": {"b": "x" * room, "c": "d"}}})
    assert text.count("\n") == 2 + 2 * extra
    assert max(map(len, text.splitlines())) <= WIDTH


def test_long_lists_take_a_line_an_item() -> None:
    ids = [f"private-subnet-{number}" for number in range(12)]
    text = write({"s": {"a": {"subnets": ids}, "p": ids}})
    assert text.startswith(
        "s:\n  a:\n    subnets:\n    - private-subnet-0\n    - private-subnet-1\n"
    )
    assert "  p:\n  - private-subnet-0\n" in text
    assert yaml.safe_load(text) == {"s": {"a": {"subnets": ids}, "p": ids}}


def test_items_that_are_too_deep_for_braces_are_blocks() -> None:
    value = {"finding": "X", "about": {"a": {"b": 1}}}
    assert write_item(value, 2) == "  - finding: X\n    about:\n      a: {b: 1}\n"


def test_entries_at_other_indents() -> None:
    assert write_entry("a", {"b": {"c": 1}}, 4) == "    a:\n      b: {c: 1}\n"
    assert write_entry("a", "b", 0) == "a: b\n"


def test_empty_sections_are_said() -> None:
    assert write({"vpcs": {}, "expectations": []}) == "vpcs: {}\nexpectations: []\n"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("yes", '"yes"'),
        ("22:22", '"22:22"'),
        ("2026-11-23", '"2026-11-23"'),
        ("0x1F", '"0x1F"'),
        ("~", '"~"'),
        ("", '""'),
        ("10.0.0.0/16", "10.0.0.0/16"),
        ("arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/*"),
        ("it's", "it's"),
        ("a#b", "a#b"),
        ("a #b", '"a #b"'),
        ("fe80::", '"fe80::"'),
        ("tab\there", '"tab\\there"'),
        ("caf\xe9", "caf\xe9"),
        ("half \ud800", '"half \ufffd"'),
        (True, "true"),
        (-1, "-1"),
    ],
)
def test_scalars_are_plain_where_that_is_safe(value: Any, written: str) -> None:
    assert write({"name": value}) == f"name: {written}\n"


@pytest.mark.parametrize("value", [None, 1.5, {1}, {"a": {"b": None}}, ["a", 2.5]])
def test_what_a_plan_cannot_hold_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be written"):
        write({"s": {"a": value}})
