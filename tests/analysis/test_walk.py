"""How far a walk goes: what it follows grows with the plan, and not with the number of ways through
it. Steps are counted, not time.
"""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.forwarding import HANDLERS
from lambdaplanner.analysis.internet import bare_trip
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.replies import round_trips
from lambdaplanner.analysis.stations import THE_INTERNET, workload_station
from lambdaplanner.analysis.travel import Journey
from lambdaplanner.analysis.walk import MOST_STEPS
from lambdaplanner.formats.plan_file import open_plan, read_text
from lambdaplanner.kinds.workload import Workload
from tests.found.plans import found

ZONES = "abcdefghijklmnop"


def chain(
    hubs: int,
    subnets: int,
    *,
    tables: int = 1,
    ring: bool = False,
    acls: bool = False,
    denying: bool = True,
) -> Network:
    """VPCs joined one to the next by transit gateways, every second one in zones of its own."""
    vpcs = hubs if ring else hubs + 1
    plan: dict[str, Any] = {
        "lambdaplanner": 1,
        "vpcs": {f"v{v}": {"cidr": f"10.{20 + v}.0.0/16"} for v in range(vpcs)},
        "subnets": {},
        "route_tables": {},
        "transit_gateways": {},
        "workloads": {
            "sender": {"type": "ec2", "subnets": ["v0-0"]},
            "last": {"type": "ec2", "subnets": [f"v{vpcs - 1}-0"], "security_groups": ["open"]},
        },
        "security_groups": {"open": {"vpc": f"v{vpcs - 1}", "inbound": [{"cidr": "10.0.0.0/8"}]}},
    }
    if acls:
        plan["network_acls"] = {
            f"acl{v}-{s}": {
                "vpc": f"v{v}",
                "inbound": {
                    **({90: denied(f"10.20.0.{64 + 2 * s + v}/32")} if denying else {}),
                    100: {"action": "allow"},
                },
                "outbound": {100: {"action": "allow"}},
            }
            for v in range(vpcs)
            for s in range(subnets)
        }
    for v in range(vpcs):
        for s in range(subnets):
            plan["subnets"][f"v{v}-{s}"] = {
                "vpc": f"v{v}",
                "az": f"us-east-1{ZONES[s]}{'x' * (v % 2)}",
                "cidr": f"10.{20 + v}.{s}.0/24",
                "route_table": f"r{v}-{s % tables}",
                **({"network_acl": f"acl{v}-{s}"} if acls else {}),
            }
        for t in range(tables):
            routes = {} if not ring and v == hubs else {"0.0.0.0/0": f"t{v}"}
            if v and not ring:
                routes["10.20.0.0/16"] = f"t{v - 1}"
            plan["route_tables"][f"r{v}-{t}"] = {"vpc": f"v{v}", "routes": routes}
    for h in range(hubs):
        ends = f"v{h}", f"v{(h + 1) % vpcs}"
        routes = {"0.0.0.0/0": ends[1]}
        if not ring:
            routes["10.20.0.0/16"] = ends[0]
        plan["transit_gateways"][f"t{h}"] = {
            "attachments": {v: {"subnets": [f"{v}-{s}" for s in range(subnets)]} for v in ends},
            "route_tables": {"default": {"propagate": [], "routes": routes}},
        }
    return compile_network(read_text(yaml.safe_dump(plan, sort_keys=False), where="a chain").plan)


def denied(cidr: str) -> dict[str, str]:
    return {"action": "deny", "cidr": cidr}


def steps(network: Network) -> int:
    journey = Journey(network, THE_INTERNET, HANDLERS)
    assert round_trips(journey, bare_trip(network, "v0-0"))
    return journey.walk.steps


@pytest.mark.parametrize("ring", [False, True])
@pytest.mark.parametrize(("tables", "a_hub"), [(1, 6), (4, 24), (16, 96)])
def test_steps_grow_with_the_hubs(ring: bool, tables: int, a_hub: int) -> None:
    """Each table of each VPC is followed a few times: there, back, and behind what stopped."""
    for hubs in (2, 4, 8):
        assert steps(chain(hubs, 16, tables=tables, ring=ring)) <= a_hub * (hubs + 1)


def test_subnets_of_one_table_are_followed_once() -> None:
    assert steps(chain(6, 16)) == steps(chain(6, 2))


def test_filters_that_divide_packets_anew_come_to_an_end() -> None:
    """Each way lets other addresses through, so that none is like another."""
    assert steps(chain(8, 8, acls=True)) <= 2 * MOST_STEPS


@pytest.mark.parametrize("tables", [1, 3, 16])
def test_tables_and_acls_that_let_pass_alike_are_followed_once(tables: int) -> None:
    """The number of subnets, and of the tables and ACLs that they have, is no matter."""
    for acls in (False, True):
        network = chain(8, 16, tables=tables, acls=acls, denying=False)
        ask = Ask(network, "tcp", 443, 4)
        workloads = network.of(Workload)
        start, goal = (
            workload_station(network, workloads[name], workloads[name].subnets[0], 4)
            for name in ("sender", "last")
        )
        journey = ask.towards(goal)
        sent = Trip(ask.packet(start, goal), start, start.vpc, start.subnet)
        assert all(leaf.alive or leaf.merged for leaf in round_trips(journey, sent))
        assert journey.walk.steps <= 20 + 16 + tables


@pytest.mark.parametrize("tables", [1, 4])
def test_a_long_chain_still_leads_to_its_end(tables: int) -> None:
    answer = reach(chain(8, 16, tables=tables), "sender", "last", port=443)
    assert answer.verdict == "reachable"
    hubs = [hop.id for hop in answer.paths[0].hops if hop.kind == "transit-gateway"]
    assert hubs == [f"t{number}" for number in range(8)]


def test_a_ring_is_told_once() -> None:
    """slow-tgw-chain: three subnets a VPC, six hubs in a ring."""
    network = compile_network(open_plan(found("slow-tgw-chain")).plan)
    (path,) = reach(network, "orders", "internet").paths
    assert path.verdict == "unreachable"
    assert [(o.code, o.at) for o in path.obstacles] == [("NO_PATH", "r0")]
    journey = Journey(network, THE_INTERNET, HANDLERS)
    round_trips(journey, bare_trip(network, "v0-0"))
    assert journey.walk.steps <= 18
