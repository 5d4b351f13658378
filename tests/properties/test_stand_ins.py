"""Where one subnet stands in for others, the verdict is that of looking at each."""

from __future__ import annotations

import os
import random
from itertools import product
from typing import Any

import pytest
import yaml

from lambdaplanner.analysis.alike import Followed
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import reach_among
from lambdaplanner.formats.plan_file import read_text
from tests.properties.transit_worlds import a_world

WORLDS = int(os.environ.get("LAMBDAPLANNER_WORLDS", "60"))


def network_of(sections: dict[str, Any]) -> Network:
    text = yaml.safe_dump({"lambdaplanner": 1, **sections}, sort_keys=False)
    return compile_network(read_text(text, where="a world").plan)


def pairs(sections: dict[str, Any]) -> list[tuple[str, str]]:
    ends = [*sections["functions"], *sections["workloads"]]
    return [(one, other) for one, other in product(ends, sections["workloads"]) if one != other]


def test_verdicts_are_those_of_every_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same worlds in every run, and enough of every verdict among them."""
    found: dict[str, int] = {}
    for seed in range(WORLDS):
        sections = a_world(random.Random(seed))
        network = network_of(sections)
        rows = list(reach_among(network, pairs(sections), port=443))
        with monkeypatch.context() as patched:
            patched.setattr(Followed, "stands_for", lambda *_: False)
            bare = network_of(sections)
            for row in rows:
                whole = reach(bare, row.source, row.target, port=443).verdict
                assert row.verdict == whole, (seed, row)
                found[whole] = found.get(whole, 0) + 1
    assert all(found[verdict] > 10 for verdict in ("reachable", "partial", "unreachable"))


def test_nobody_stands_in_where_an_end_tells_zones_apart() -> None:
    """A route inside the goal's VPC leads astray what comes by another zone than the goal's: both
    senders are alike, but not for this goal.
    """
    vpcs = ("v0", "v1")
    tables = {
        "r0": {"vpc": "v0", "routes": {"10.1.0.0/16": "hub", "10.0.0.0/24": "blackhole"}},
        "r1": {"vpc": "v1", "routes": {"10.0.0.0/16": "hub"}},
    }
    places = {
        f"v{vpc}{zone}": {
            "vpc": f"v{vpc}",
            "az": f"us-east-1{zone}",
            "cidr": f"10.{vpc}.{number}.0/24",
            "route_table": f"r{vpc}",
        }
        for vpc in (0, 1)
        for number, zone in enumerate("ab")
    }
    network = network_of(
        {
            "vpcs": {"v0": {"cidr": "10.0.0.0/16"}, "v1": {"cidr": "10.1.0.0/16"}},
            "subnets": places,
            "route_tables": tables,
            "transit_gateways": {
                "hub": {"attachments": {v: {"subnets": [f"{v}a", f"{v}b"]} for v in vpcs}}
            },
            "security_groups": {"g": {"vpc": "v0", "inbound": [{"cidr": "10.0.0.0/8"}]}},
            "workloads": {
                "near": {"type": "ec2", "subnets": ["v1a", "v1b"]},
                "far": {"type": "ec2", "subnets": ["v0a"], "security_groups": ["g"]},
            },
        }
    )
    answer = reach(network, "near", "far", port=443)
    assert [path.verdict for path in answer.paths] == ["reachable", "unreachable"]
    (row,) = reach_among(network, [("near", "far")], port=443)
    assert row.verdict == answer.verdict == "partial"
