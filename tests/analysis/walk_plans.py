"""Plans of shapes that make a walk long: chains, rings, meshes and stars of transit gateways,
chains of private NAT gateways, long lists of rules, of entries and of routes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import yaml

from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan

ZONES = "abcdefghijklmnop"
Sections = dict[str, Any]


def plan_of(sections: Sections) -> Plan:
    """The plan that sections make."""
    return read_text(text_of(sections), where="a shape").plan


def text_of(sections: Sections) -> str:
    """The same as a file has it."""
    return yaml.safe_dump({"lambdaplanner": 1, **sections}, sort_keys=False)


def chain(
    hubs: int,
    subnets: int,
    *,
    tables: int = 1,
    ring: bool = False,
    acls: bool = False,
    denying: bool = True,
    ends: int = 1,
) -> Sections:
    """VPCs joined one to the next by transit gateways, every second one in zones of its own. The
    first and the last thing stand in so many subnets (`ends`).
    """
    vpcs = hubs if ring else hubs + 1
    plan = _vpcs(vpcs, subnets, ends, tables=tables, foreign_zones=True)
    if acls:
        _guard(plan, vpcs, subnets, denying=denying)
    for v in range(vpcs):
        routes = {} if not ring and v == hubs else {"0.0.0.0/0": f"t{v}"}
        if v and not ring:
            routes["10.20.0.0/16"] = f"t{v - 1}"
        for t in range(tables):
            plan["route_tables"][f"r{v}-{t}"] = {"vpc": f"v{v}", "routes": routes}
    for h in range(hubs):
        one, other = f"v{h}", f"v{(h + 1) % vpcs}"
        routes = {"0.0.0.0/0": other, **({} if ring else {"10.20.0.0/16": one})}
        plan["transit_gateways"][f"t{h}"] = {
            **_attached((one, other), subnets),
            "route_tables": {"default": {"propagate": [], "routes": routes}},
        }
    return plan


def mesh(vpcs: int, subnets: int, *, ends: int = 1, foreign_zones: bool = True) -> Sections:
    """Every two VPCs joined by a transit gateway of their own."""
    plan = _vpcs(vpcs, subnets, ends, foreign_zones=foreign_zones)
    for v in range(vpcs):
        routes = {f"10.{20 + w}.0.0/16": _between(v, w) for w in range(vpcs) if w != v}
        plan["route_tables"][f"r{v}-0"] = {"vpc": f"v{v}", "routes": routes}
    for v, w in combinations(range(vpcs), 2):
        plan["transit_gateways"][_between(v, w)] = _attached((f"v{v}", f"v{w}"), subnets)
    _promise_all(plan, vpcs)
    return plan


def star(vpcs: int, subnets: int, *, ends: int = 1, foreign_zones: bool = True) -> Sections:
    """One transit gateway for all; the first VPC has the way out to the internet."""
    plan = _vpcs(vpcs, subnets, ends, foreign_zones=foreign_zones)
    for v in range(1, vpcs):
        plan["route_tables"][f"r{v}-0"] = {"vpc": f"v{v}", "routes": {"0.0.0.0/0": "hub"}}
    home = {"10.0.0.0/8": "hub"}
    plan["route_tables"]["r0-0"] = {"vpc": "v0", "routes": {"0.0.0.0/0": "nat", **home}}
    plan["route_tables"]["public"] = {"vpc": "v0", "routes": {"0.0.0.0/0": "igw", **home}}
    plan["subnets"]["out"] = {
        "vpc": "v0",
        "az": "us-east-1a",
        "cidr": "10.20.255.0/24",
        "route_table": "public",
    }
    plan["internet_gateways"] = {"igw": {"vpc": "v0"}}
    plan["nat_gateways"] = {"nat": {"subnet": "out"}}
    names = tuple(f"v{v}" for v in range(vpcs))
    spread = {"propagate": list(names), "routes": {"0.0.0.0/0": "v0"}}
    plan["transit_gateways"]["hub"] = {
        **_attached(names, subnets),
        "route_tables": {"default": spread},
    }
    _promise_all(plan, vpcs)
    return plan


def private_nats(vpcs: int, subnets: int, *, ends: int = 1, foreign_zones: bool = True) -> Sections:
    """VPCs in a chain, each sending on by a private NAT gateway in every zone."""
    plan = _vpcs(vpcs, subnets, ends, foreign_zones=foreign_zones)
    plan["nat_gateways"] = {}
    for v in range(vpcs):
        last = v == vpcs - 1
        back = {f"10.{20 + v - 1}.0.0/16": f"t{v - 1}"} if v else {}
        for s in range(subnets):
            place = plan["subnets"][f"v{v}-{s}"]
            place["route_table"] = f"r{v}-{s}"
            forth = {} if last else {"10.0.0.0/8": f"n{v}-{s}"}
            plan["route_tables"][f"r{v}-{s}"] = {"vpc": f"v{v}", "routes": {**forth, **back}}
            if last:
                continue
            plan["subnets"][f"v{v}-nat-{s}"] = {
                **place,
                "cidr": f"10.{20 + v}.{100 + s}.0/24",
                "route_table": f"rn{v}",
            }
            plan["nat_gateways"][f"n{v}-{s}"] = {
                "subnet": f"v{v}-nat-{s}",
                "connectivity": "private",
            }
        plan["route_tables"][f"rn{v}"] = {
            "vpc": f"v{v}",
            "routes": {**({} if last else {"10.0.0.0/8": f"t{v}"}), **back},
        }
    for h in range(vpcs - 1):
        plan["transit_gateways"][f"t{h}"] = {
            **_attached((f"v{h}", f"v{h + 1}"), subnets),
            "route_tables": {
                "default": {
                    "propagate": [f"v{h}", f"v{h + 1}"],
                    "routes": {"10.0.0.0/8": f"v{h + 1}"},
                }
            },
        }
    return plan


def with_long_lists(plan: Sections, *, rules: int, entries: int, routes: int) -> Sections:
    """The same with so many rules in each group, entries in each ACL (one for each VPC) and routes
    in each table; of the rules and entries the last ones let through what matters.
    """
    for vpc in plan["vpcs"]:
        lists = {
            side: {
                **{n: {"action": "deny", "cidr": f"172.16.{n}.0/24"} for n in range(1, entries)},
                30000: {"action": "allow"},
            }
            for side in ("inbound", "outbound")
        }
        plan.setdefault("network_acls", {})[f"acl-{vpc}"] = {"vpc": vpc, **lists}
    for place in plan["subnets"].values():
        place["network_acl"] = f"acl-{place['vpc']}"
    for group in plan["security_groups"].values():
        few = [{"protocol": "tcp", "ports": 7, "cidr": f"172.17.{n}.0/24"} for n in range(1, rules)]
        group["inbound"] = [*few, *group["inbound"]]
    for name, table in plan["route_tables"].items():
        target = next(iter(table["routes"].values()), None)
        if target is not None:
            more = {f"172.{18 + n // 256}.{n % 256}.0/24": target for n in range(routes)}
            plan["route_tables"][name] = {**table, "routes": {**table["routes"], **more}}
    return plan


def _vpcs(vpcs: int, subnets: int, ends: int, *, tables: int = 1, foreign_zones: bool) -> Sections:
    """VPCs with a subnet in each zone, something to ask from in the first and to in the last."""
    last = vpcs - 1
    plan: Sections = {
        "vpcs": {f"v{v}": {"cidr": f"10.{20 + v}.0.0/16"} for v in range(vpcs)},
        "subnets": {},
        "route_tables": {},
        "transit_gateways": {},
        "workloads": {
            "sender": {"type": "ec2", "subnets": _names(0, ends)},
            "last": {"type": "ec2", "subnets": _names(last, ends), "security_groups": ["open"]},
        },
        "security_groups": {"open": {"vpc": f"v{last}", "inbound": [{"cidr": "10.0.0.0/8"}]}},
        "expectations": [{"from": "sender", "to": "last", "expect": "reachable"}],
    }
    for v in range(vpcs):
        for s in range(subnets):
            plan["subnets"][f"v{v}-{s}"] = {
                "vpc": f"v{v}",
                "az": f"us-east-1{ZONES[s]}{'x' * (v % 2) if foreign_zones else ''}",
                "cidr": f"10.{20 + v}.{s}.0/24",
                "route_table": f"r{v}-{s % tables}",
            }
    return plan


def _guard(plan: Sections, vpcs: int, subnets: int, *, denying: bool) -> None:
    """An ACL for each subnet, where asked one that keeps out an address of the first VPC."""
    plan["network_acls"] = {}
    for v in range(vpcs):
        for s in range(subnets):
            kept_out = {"action": "deny", "cidr": f"10.20.0.{64 + 2 * s + v}/32"}
            plan["network_acls"][f"acl{v}-{s}"] = {
                "vpc": f"v{v}",
                "inbound": {**({90: kept_out} if denying else {}), 100: {"action": "allow"}},
                "outbound": {100: {"action": "allow"}},
            }
            plan["subnets"][f"v{v}-{s}"]["network_acl"] = f"acl{v}-{s}"


def _promise_all(plan: Sections, vpcs: int) -> None:
    """A function and a database in every VPC, and a promise for every two."""
    plan["functions"] = {}
    for v in range(vpcs):
        subnets = plan["workloads"]["sender" if v == 0 else "last"]["subnets"]
        places = [f"v{v}-{number}" for number in range(len(subnets))]
        plan["security_groups"][f"g{v}"] = {"vpc": f"v{v}", "inbound": [{"cidr": "10.0.0.0/8"}]}
        plan["functions"][f"f{v}"] = {
            "role_policies": ["AWSLambdaVPCAccessExecutionRole"],
            "subnets": places,
            "security_groups": [f"g{v}"],
        }
        plan["workloads"][f"d{v}"] = {
            "type": "rds",
            "subnets": places,
            "security_groups": [f"g{v}"],
        }
    plan["expectations"] += [
        {"from": f"f{v}", "to": f"d{w}", "expect": "reachable"}
        for v in range(vpcs)
        for w in range(vpcs)
    ]


def _names(vpc: int, count: int) -> list[str]:
    return [f"v{vpc}-{number}" for number in range(count)]


def _attached(vpcs: tuple[str, ...], subnets: int) -> Sections:
    places = {v: {"subnets": [f"{v}-{s}" for s in range(subnets)]} for v in vpcs}
    return {"attachments": places}


def _between(one: int, other: int) -> str:
    low, high = sorted((one, other))
    return f"t{low}-{high}"


def shapes() -> Iterator[tuple[str, Sections]]:
    """Every shape at a size that nobody's plan has, by name."""
    yield "chain of 8 hubs, 16 subnets", chain(8, 16, ends=16)
    yield "ring of 8 hubs, 16 subnets", chain(8, 16, ring=True, ends=16)
    yield "chain, 16 tables", chain(8, 16, tables=16, ends=16)
    yield "chain, 16 tables and ACLs", chain(8, 16, tables=16, acls=True, denying=False, ends=16)
    yield "chain, ACLs that differ", chain(8, 16, tables=16, acls=True, ends=1)
    yield "mesh of 8 VPCs, 16 subnets", mesh(8, 16, ends=16)
    yield "mesh in the same zones", mesh(8, 16, ends=16, foreign_zones=False)
    yield "star of 12 VPCs, 16 subnets", star(12, 16, ends=16)
    yield "star in the same zones", star(12, 16, ends=16, foreign_zones=False)
    yield "private NAT gateways, 6 VPCs of 6", private_nats(6, 6, ends=6)
    yield "private NAT gateways, same zones", private_nats(6, 6, ends=6, foreign_zones=False)
    long = {"rules": 120, "entries": 40, "routes": 500}
    yield "star, long lists", with_long_lists(star(6, 6, ends=6), **long)
    yield "chain, long lists", with_long_lists(chain(6, 6, ends=6), **long)
