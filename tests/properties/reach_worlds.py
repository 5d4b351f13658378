"""Random small worlds for questions of reachability, as sections of a plan file."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.analysis.reach_plans import ROLE

ZONES = ("a", "b")
SUBNETS = ("a0", "a1", "a2", "b0", "b1")
BLOCKS = (
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.1.0.0/16",
    "10.2.0.0/16",
    "10.1.1.0/24",
    "10.1.1.0/25",
    "203.0.113.0/24",
)
GROUPS = {"a": ("ga", "ha"), "b": ("gb", "hb")}
TARGETS = ("igw-a", "igw-b", "nat-a", "nat-b", "pcx", "blackhole")


def vpc_of(subnet: str) -> str:
    return subnet[0]


@st.composite
def rules(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Rules of a security group."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        rule: dict[str, Any] = draw(
            st.sampled_from(
                [
                    {},
                    {"protocol": "tcp", "ports": 443},
                    {"protocol": "tcp", "ports": "1-1024"},
                    {"protocol": "udp"},
                ]
            )
        )
        far = draw(
            st.sampled_from(
                [("cidr", b) for b in BLOCKS]
                + [("security_group", g) for gs in GROUPS.values() for g in gs]
            )
        )
        found.append({**rule, far[0]: far[1]})
    return found


@st.composite
def entries(draw: st.DrawFn) -> dict[int, dict[str, Any]]:
    """Entries of a network ACL; often all is allowed at the end."""
    found: dict[int, dict[str, Any]] = {}
    for number in range(10, 10 + draw(st.integers(0, 2))):
        entry: dict[str, Any] = {"action": draw(st.sampled_from(["allow", "deny"]))}
        ports = draw(st.sampled_from([None, "443", "1024-65535", "20000-30000", "0-65535"]))
        if ports:
            entry |= {"protocol": "tcp", "ports": ports}
        entry["cidr"] = draw(st.sampled_from(BLOCKS))
        found[number] = entry
    if draw(st.integers(0, 3)):
        found[99] = {"action": "allow"}
    return found


@st.composite
def table(draw: st.DrawFn, subnet: str, public: bool) -> dict[str, Any]:
    """A route table that mostly makes sense, with a route or two that may not."""
    vpc = vpc_of(subnet)
    kind = "public" if public else draw(st.sampled_from(["private", "private", "public", "closed"]))
    routes = {"private": {"0.0.0.0/0": f"nat-{vpc}"}, "public": {"0.0.0.0/0": f"igw-{vpc}"}}.get(
        kind, {}
    )
    if draw(st.integers(0, 2)):
        routes["10.2.0.0/16" if vpc == "a" else "10.1.0.0/16"] = "pcx"
    if draw(st.integers(0, 2)) == 0:
        routes |= draw(
            st.dictionaries(st.sampled_from(BLOCKS), st.sampled_from(TARGETS), max_size=2)
        )
    routes.pop("10.1.0.0/16" if vpc == "a" else "10.2.0.0/16", None)
    return {"vpc": vpc, "routes": routes}


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Two VPCs with subnets, tables, ACLs, groups, NAT gateways, a peering; fn in one of them, db
    anywhere.
    """
    stands = draw(st.sampled_from(SUBNETS[:3]))
    tables = {f"rt-{name}": draw(table(name, name == stands)) for name in SUBNETS}
    acls = {
        f"acl-{vpc}": {"vpc": vpc, "inbound": draw(entries()), "outbound": draw(entries())}
        for vpc in "ab"
    }
    subnets: dict[str, Any] = {}
    for name in SUBNETS:
        vpc = vpc_of(name)
        third = int(name[1])
        subnets[name] = {
            "vpc": vpc,
            "az": "z",
            "cidr": f"10.{1 if vpc == 'a' else 2}.{third}.0/24",
            "route_table": f"rt-{name}",
        }
        if draw(st.integers(0, 3)) == 0:
            subnets[name]["network_acl"] = f"acl-{vpc}"
    groups: dict[str, Any] = {}
    for vpc, names in GROUPS.items():
        for name in names:
            groups[name] = {"vpc": vpc, "inbound": draw(rules())}
            if draw(st.booleans()):
                groups[name]["inbound"].append({"cidr": "10.0.0.0/8"})
            if draw(st.integers(0, 3)) == 0:
                groups[name]["outbound"] = draw(rules())
    homes = draw(st.lists(st.sampled_from(SUBNETS[:3]), min_size=1, max_size=2, unique=True))
    place = draw(st.sampled_from(SUBNETS))
    return {
        "vpcs": {"a": {"cidr": "10.1.0.0/16"}, "b": {"cidr": "10.2.0.0/16"}},
        "internet_gateways": {"igw-a": {"vpc": "a"}, "igw-b": {"vpc": "b"}},
        "subnets": subnets,
        "nat_gateways": {
            "nat-a": {
                "subnet": stands,
                "connectivity": draw(st.sampled_from(["public", "public", "private"])),
            },
            "nat-b": {"subnet": draw(st.sampled_from(SUBNETS[3:]))},
        },
        "route_tables": tables,
        "security_groups": groups,
        "network_acls": acls,
        "peerings": {"pcx": {"vpcs": ["a", "b"]}},
        "functions": {
            "fn": {
                "role_policies": ROLE,
                "subnets": homes,
                "security_groups": [draw(st.sampled_from(GROUPS["a"]))],
            }
        },
        "workloads": {
            "db": {
                "type": "alb",
                "subnets": [place],
                "security_groups": [draw(st.sampled_from(GROUPS[vpc_of(place)]))],
            }
        },
    }
