"""Where the rules on network ACLs are silent, and which of them speaks of which subnet."""

from __future__ import annotations

import pytest

from tests.checks.cases import found, plan_with
from tests.checks.network_cases import acl

WEB_IN = (
    "{100: {action: allow, protocol: tcp, ports: 443, cidr: 0.0.0.0/0}, "
    "110: {action: allow, protocol: tcp, ports: 1024-65535, cidr: 0.0.0.0/0}}"
)
WEB_OUT = WEB_IN
SHUT = "{100: {action: allow, protocol: tcp, ports: 443, cidr: 0.0.0.0/0}}"
BESIDE = "{w: {type: rds, subnets: [private-a], security_groups: [sg]}}"


def behind_the_function(inbound: str, outbound: str) -> dict[str, str]:
    sections = acl(inbound, outbound)
    moved = sections["subnets"].replace(", network_acl: acl", "")
    moved = moved.replace("10.0.1.0/24,", "10.0.1.0/24, network_acl: acl,")
    return {**sections, "subnets": moved}


@pytest.mark.parametrize(
    ("inbound", "outbound"),
    [
        (WEB_IN, WEB_OUT),
        ("{}", "{}"),
        ("{100: {action: allow}}", "{100: {action: allow}}"),
        ("{100: {action: allow, protocol: udp, ports: 53}}", "{}"),
        (
            "{90: {action: deny, cidr: 203.0.113.0/24}, 100: {action: allow}}",
            "{90: {action: deny, cidr: 203.0.113.0/24}, 100: {action: allow}}",
        ),
        ("{100: {action: allow, cidr: 0.0.0.0/0}}", "{100: {action: allow}}"),
    ],
)
def test_replies_pass(inbound: str, outbound: str) -> None:
    assert found(plan_with(**acl(inbound, outbound)), "ACL-001") == []


def test_ipv6_counts_where_a_subnet_has_it() -> None:
    sections = acl("{100: {action: allow}}", "{100: {action: allow, cidr: 0.0.0.0/0}}")
    assert found(plan_with(**sections), "ACL-001") == []
    dual = sections["subnets"].replace("10.0.0.0/24,", "10.0.0.0/24, ipv6_cidr: '2600:1f18::/64',")
    (finding,) = found(plan_with(**{**sections, "subnets": dual}), "ACL-001")
    assert "lets requests in, but not all of their replies out" in finding.message


def test_of_functions_only_the_function_is_spoken_of() -> None:
    plan = plan_with(**behind_the_function(SHUT, "{100: {action: allow}}"))
    assert found(plan, "ACL-001") == []
    assert len(found(plan, "LAM-016")) == 1


def test_what_is_asked_beside_a_function_must_answer() -> None:
    sections = behind_the_function(WEB_IN, SHUT)
    assert found(plan_with(**sections), "ACL-001") == []
    (finding,) = found(plan_with(**sections, workloads=BESIDE), "ACL-001")
    assert finding.about == ("acl", "private-a")
