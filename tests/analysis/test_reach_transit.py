"""Transit gateways: zones, the ACLs of attachment subnets, what a detour loses."""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from tests.analysis.reach_plans import ROLE, found, hops_of, path_of, plan_from, route_table

ALLOW: dict[int, Any] = {100: {"action": "allow"}}
OPEN = [{"cidr": "0.0.0.0/0"}]


def subnet(vpc: str, az: str, cidr: str, table: str, **more: str) -> dict[str, str]:
    return {"vpc": vpc, "az": az, "cidr": cidr, "route_table": table, **more}


def hub(**changes: Any) -> dict[str, Any]:
    """`fn` in a, `db` in b, whose attachment stands in the very subnet of `db`."""
    sections: dict[str, Any] = {
        "vpcs": {"a": {"cidr": "10.1.0.0/16"}, "b": {"cidr": "10.2.0.0/16"}},
        "subnets": {
            "a1": subnet("a", "z1", "10.1.1.0/24", "a-rt"),
            "b1": subnet("b", "z1", "10.2.1.0/24", "b-rt"),
            "b2": subnet("b", "z2", "10.2.2.0/24", "b-rt"),
            "b3": subnet("b", "z3", "10.2.3.0/24", "b-rt"),
        },
        "route_tables": {
            "a-rt": route_table({"10.2.0.0/16": "tgw"}, "a"),
            "b-rt": route_table({"10.1.0.0/16": "tgw"}, "b"),
        },
        "transit_gateways": {
            "tgw": {"attachments": {"a": {"subnets": ["a1"]}, "b": {"subnets": ["b1"]}}}
        },
        "security_groups": {
            "fn-sg": {"vpc": "a"},
            "open-sg": {"vpc": "b", "inbound": OPEN},
            "named-sg": {"vpc": "b", "inbound": [{"security_group": "fn-sg"}]},
        },
        "functions": {
            "fn": {"role_policies": ROLE, "subnets": ["a1"], "security_groups": ["fn-sg"]}
        },
        "workloads": {"db": {"type": "rds", "subnets": ["b1"], "security_groups": ["open-sg"]}},
    }
    for name, things in changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    return sections


def asked(sections: dict[str, Any], source: str = "fn", target: str = "db") -> Answer:
    return reach(compile_network(plan_from(sections)), source, target)


def test_an_acl_around_attachment_and_target_judges_only_what_leaves() -> None:
    """What goes into the transit gateway meets its outbound and its inbound rules, what comes out
    of it neither (https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html).
    """
    place = subnet("b", "z1", "10.2.1.0/24", "b-rt", network_acl="acl")
    replies = {100: {"action": "allow", "protocol": "tcp", "ports": "1024-65535"}}
    acl = {"vpc": "b", "inbound": replies, "outbound": replies}
    sections = hub(network_acls={"acl": acl}, subnets={"b1": place})
    path = path_of(asked(sections))
    assert hops_of(path)[5:7] == ["tgw", "open-sg"]
    assert [hop.id for hop in path.return_hops][2:4] == ["acl", "b-rt"]

    sections["network_acls"]["acl"] = {"vpc": "b", "inbound": {}, "outbound": ALLOW}
    assert found(asked(sections)) == [("acl", "SUBNET_ACL_RESTRICTION", "return")]
    sections["network_acls"]["acl"] = {"vpc": "b", "inbound": ALLOW, "outbound": {}}
    assert found(asked(sections)) == [("acl", "SUBNET_ACL_RESTRICTION", "return")]


def test_an_attachment_subnets_outbound_rules_judge_what_goes_on_to_other_subnets() -> None:
    shut = {"vpc": "b", "inbound": ALLOW, "outbound": {}}
    place = subnet("b", "z1", "10.2.1.0/24", "b-rt", network_acl="acl")
    db = {"type": "rds", "subnets": ["b3"], "security_groups": ["open-sg"]}
    sections = hub(network_acls={"acl": shut}, subnets={"b1": place}, workloads={"db": db})
    sections["subnets"]["b3"]["az"] = "z1"
    assert ("acl", "SUBNET_ACL_RESTRICTION", "forward") in found(asked(sections))


@pytest.mark.parametrize("exits", [["b2", "b3"], ["b3", "b2"]])
def test_without_an_attachment_in_the_zone_any_other_may_be_taken(exits: list[str]) -> None:
    """Nobody knows which: where they differ, the path is partial, in whatever order they stand."""
    shut = {"vpc": "b", "inbound": {}, "outbound": {}}
    place = subnet("b", "z3", "10.2.3.0/24", "b-rt", network_acl="acl")
    sections = hub(network_acls={"acl": shut}, subnets={"b3": place})
    sections["transit_gateways"]["tgw"]["attachments"] = {
        "a": {"subnets": ["a1"]},
        "b": {"subnets": exits},
    }
    sections["subnets"]["b1"]["az"] = "z2"
    answer = asked(sections)
    assert answer.verdict == "partial"
    assert found(answer) == [("acl", "SUBNET_ACL_RESTRICTION", "forward")]


def test_a_group_that_one_of_two_gateways_hides_stays_hidden() -> None:
    """From a over `tgw`, which keeps no references, through c, over `far`, which does."""
    sections = hub(
        vpcs={"c": {"cidr": "10.3.0.0/16"}},
        subnets={"c1": subnet("c", "z1", "10.3.1.0/24", "c-rt")},
        transit_gateways={
            "tgw": {
                "attachments": {
                    "a": {"subnets": ["a1"], "route_table": "t"},
                    "c": {"subnets": ["c1"], "route_table": "t"},
                },
                "route_tables": {"t": {"propagate": ["a"], "routes": {"10.2.0.0/16": "c"}}},
            },
            "far": {
                "attachments": {
                    "b": {"subnets": ["b1"], "route_table": "t"},
                    "c": {"subnets": ["c1"], "route_table": "t"},
                },
                "route_tables": {"t": {"propagate": ["b"], "routes": {"10.1.0.0/16": "c"}}},
                "security_group_referencing": True,
            },
        },
        route_tables={
            "b-rt": route_table({"10.1.0.0/16": "far"}, "b"),
            "c-rt": route_table({"10.1.0.0/16": "tgw", "10.2.0.0/16": "far"}, "c"),
        },
    )
    assert asked(sections).verdict == "reachable"
    sections["workloads"]["db"]["security_groups"] = ["named-sg"]
    assert found(asked(sections)) == [("named-sg", "SG_REFERENCING_SUPPORT", "forward")]
    sections["transit_gateways"]["tgw"]["security_group_referencing"] = True
    assert asked(sections).verdict == "reachable"


def test_an_egress_only_gateway_serves_its_own_vpc_alone() -> None:
    """No transit gateway lends it to another VPC: it knows the addresses of its own."""
    sections = hub(
        vpcs={
            "a": {"cidr": "10.1.0.0/16", "ipv6_cidr": "2600:1f18:a::/56"},
            "b": {"cidr": "10.2.0.0/16", "ipv6_cidr": "2600:1f18:b::/56"},
        },
        egress_only_internet_gateways={"eigw": {"vpc": "b"}},
        subnets={"a1": subnet("a", "z1", "10.1.1.0/24", "a-rt", ipv6_cidr="2600:1f18:a::/64")},
        route_tables={
            "a-rt": route_table({"::/0": "tgw"}, "a"),
            "b-rt": route_table({"::/0": "eigw", "2600:1f18:a::/56": "tgw"}, "b"),
        },
    )
    sections["functions"]["fn"]["ipv6"] = True
    sections["transit_gateways"]["tgw"] = {
        "attachments": {
            "a": {"subnets": ["a1"], "route_table": "t"},
            "b": {"subnets": ["b1"], "route_table": "t"},
        },
        "route_tables": {"t": {"propagate": ["a", "b"], "routes": {"::/0": "b"}}},
    }
    assert found(asked(sections, target="2606:4700::1")) == [("eigw", "NO_IPV6_EGRESS", "forward")]


def test_a_public_address_is_worth_nothing_behind_a_transit_gateway() -> None:
    """A packet that takes the way round by the gateway, back into its own VPC and to the internet
    gateway: only what an interface of the VPC sends there itself is translated for sure.
    """
    sections = hub(
        internet_gateways={"igw": {"vpc": "b"}},
        workloads={
            "web": {
                "type": "ec2",
                "subnets": ["b2"],
                "security_groups": ["open-sg"],
                "public_ip": True,
            }
        },
        route_tables={
            "b-rt": route_table({"0.0.0.0/0": "tgw"}, "b"),
            "out-rt": route_table({"0.0.0.0/0": "igw"}, "b"),
        },
        subnets={
            "b1": subnet("b", "z2", "10.2.1.0/24", "out-rt"),
            "b2": subnet("b", "z2", "10.2.2.0/24", "b-rt"),
        },
        transit_gateways={
            "tgw": {
                "attachments": {"b": {"subnets": ["b1"], "route_table": "t"}},
                "route_tables": {"t": {"routes": {"0.0.0.0/0": "b"}}},
            }
        },
    )
    outward = asked(sections, "web", "internet")
    assert found(outward) == [("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "forward")]
    assert "brought" in path_of(outward).obstacles[0].message
    inward = asked(sections, "internet", "web")
    assert found(inward) == [("igw", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS", "return")]


def test_subnets_of_other_vpcs_attach_nothing() -> None:
    """AWS takes none of them."""
    sections = hub()
    sections["transit_gateways"]["tgw"]["attachments"]["b"]["subnets"] = ["a1"]
    assert ("tgw", "TGW_RTB_BAD_STATE_ROUTE", "forward") in found(asked(sections))
    sections = hub()
    sections["transit_gateways"]["tgw"]["attachments"]["a"]["subnets"] = ["b1"]
    assert ("tgw", "TGW_ROUTE_AZ_RESTRICTION", "forward") in found(asked(sections))
