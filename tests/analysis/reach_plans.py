"""Small plans for questions of reachability: the brief's network as sections, to replace and to
add to.
"""

from __future__ import annotations

from typing import Any

import yaml

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan

ROLE = ["AWSLambdaVPCAccessExecutionRole"]

BASE: dict[str, Any] = {
    "vpcs": {"main": {"cidr": "10.0.0.0/16"}},
    "internet_gateways": {"igw": {"vpc": "main"}},
    "subnets": {
        "public": {"vpc": "main", "az": "a", "cidr": "10.0.0.0/24", "route_table": "public-rt"},
        "private": {"vpc": "main", "az": "a", "cidr": "10.0.1.0/24", "route_table": "private-rt"},
        "data": {"vpc": "main", "az": "b", "cidr": "10.0.2.0/24", "route_table": "data-rt"},
    },
    "nat_gateways": {"nat": {"subnet": "public"}},
    "route_tables": {
        "public-rt": {"vpc": "main", "routes": {"0.0.0.0/0": "igw"}},
        "private-rt": {"vpc": "main", "routes": {"0.0.0.0/0": "nat"}},
        "data-rt": {"vpc": "main"},
    },
    "security_groups": {
        "fn-sg": {"vpc": "main"},
        "db-sg": {
            "vpc": "main",
            "inbound": [{"protocol": "tcp", "ports": 5432, "security_group": "fn-sg"}],
        },
        "open-sg": {"vpc": "main", "inbound": [{"cidr": "0.0.0.0/0"}]},
    },
    "functions": {
        "fn": {"role_policies": ROLE, "subnets": ["private"], "security_groups": ["fn-sg"]},
        "lone": {},
    },
    "workloads": {
        "db": {"type": "rds", "subnets": ["data"], "security_groups": ["db-sg"], "port": 5432},
        "web": {
            "type": "ec2",
            "subnets": ["public"],
            "security_groups": ["open-sg"],
            "public_ip": True,
        },
    },
}


def plan_with(**changes: Any) -> Plan:
    """The base plan, each section updated by one of `changes`; a value of None takes a thing
    out.
    """
    sections = {name: dict(things) for name, things in BASE.items()}
    for name, things in changes.items():
        section = sections.setdefault(name, {})
        for key, value in things.items():
            if value is None:
                section.pop(key, None)
            else:
                section[key] = value
    return plan_from(sections)


def plan_from(sections: dict[str, Any]) -> Plan:
    """A plan of exactly these sections."""
    text = yaml.safe_dump({"lambdaplanner": 1, **sections}, sort_keys=False)
    return read_text(text, where="a test").plan


def network_with(**changes: Any) -> Network:
    """The base plan with changes, compiled."""
    return compile_network(plan_with(**changes))


def ask(
    source: str, target: str, port: Any = None, protocol: Any = "tcp", **changes: Any
) -> Answer:
    """The answer to a question about the base plan with changes."""
    return reach(network_with(**changes), source, target, port=port, protocol=protocol)


def path_of(answer: Answer) -> PathAnswer:
    """The only path of an answer."""
    (path,) = answer.paths
    return path


def hops_of(path: PathAnswer) -> list[str]:
    """The ids of the hops, in order."""
    return [hop.id for hop in path.hops]


def found(answer: Answer) -> list[tuple[str, str, str]]:
    """Where, what and in which direction things block, over all paths."""
    return [(o.at, o.code, o.direction) for path in answer.paths for o in path.obstacles]


def blocked(answer: Answer) -> set[tuple[str, str]]:
    """Where and what blocks, the direction left aside."""
    return {(at, code) for at, code, _ in found(answer)}


def route_table(routes: dict[str, str], vpc: str = "main") -> dict[str, Any]:
    """A route table."""
    return {"vpc": vpc, "routes": routes}


def function(**fields: Any) -> dict[str, Any]:
    """A function that may be attached; in the private subnet unless said otherwise."""
    return {
        "role_policies": ROLE,
        "subnets": ["private"],
        "security_groups": ["fn-sg"],
        **fields,
    }
