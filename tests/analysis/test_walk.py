"""How far a walk goes: what it follows grows with the plan, and not with the number of ways through
it. Steps are counted, not time.
"""

from __future__ import annotations

from typing import Any

import pytest

from lambdaplanner.analysis import subnet_ways
from lambdaplanner.analysis.asking import Ask
from lambdaplanner.analysis.forwarding import HANDLERS
from lambdaplanner.analysis.internet import bare_trip
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.packets import Trip
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.replies import round_trips
from lambdaplanner.analysis.stations import THE_INTERNET, workload_station
from lambdaplanner.analysis.survey import judged_on, reach_among
from lambdaplanner.analysis.travel import Journey
from lambdaplanner.analysis.walk import MANY_STEPS
from lambdaplanner.checks.report import report
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.kinds.workload import Workload
from tests.analysis import walk_plans
from tests.analysis.walk_plans import Sections, plan_of
from tests.found.plans import found


def chain(hubs: int, subnets: int, **options: Any) -> Network:
    return compile_network(plan_of(walk_plans.chain(hubs, subnets, **options)))


def between(network: Network, source: str, target: str) -> tuple[Journey, Trip]:
    """A walk from the first subnet of one thing to the first of another, yet to be made."""
    ask = Ask(network, "tcp", 443, 4)
    workloads = network.of(Workload)
    start, goal = (
        workload_station(network, workloads[name], workloads[name].subnets[0], 4)
        for name in (source, target)
    )
    return ask.towards(goal), Trip(ask.packet(start, goal), start, start.vpc, start.subnet)


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
    network = chain(8, 16, tables=16, acls=True)
    assert steps(network) <= 2 * MANY_STEPS
    journey, sent = between(network, "sender", "last")
    leaves = round_trips(journey, sent)
    assert any(leaf.not_blocked for leaf in leaves)
    assert journey.walk.steps <= 3 * MANY_STEPS


@pytest.mark.parametrize("tables", [1, 3, 16])
def test_tables_and_acls_that_let_pass_alike_are_followed_once(tables: int) -> None:
    """The number of subnets, and of the tables and ACLs that they have, is no matter."""
    for acls in (False, True):
        network = chain(8, 16, tables=tables, acls=acls, denying=False)
        journey, sent = between(network, "sender", "last")
        assert all(leaf.not_blocked or leaf.merged for leaf in round_trips(journey, sent))
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


@pytest.mark.parametrize("foreign_zones", [False, True])
@pytest.mark.parametrize("vpcs", [4, 8])
def test_private_nat_gateways_that_do_the_same_are_followed_once(
    vpcs: int, foreign_zones: bool
) -> None:
    """slow-nat-chain: six in each VPC, and packets hidden behind one in each are told apart by
    nothing.
    """
    plan = plan_of(walk_plans.private_nats(vpcs, 6, foreign_zones=foreign_zones))
    network = compile_network(plan)
    journey, sent = between(network, "sender", "last")
    assert all(leaf.not_blocked for leaf in round_trips(journey, sent) if not leaf.merged)
    assert journey.walk.steps <= 12 * vpcs


def test_private_nat_gateways_that_lead_nowhere_come_to_an_end() -> None:
    """Every one of them is named by something in the way, and each history is another one."""
    sections = walk_plans.private_nats(6, 6)
    sections["route_tables"]["r5-0"]["routes"] = {}
    for number in range(6):
        sections["subnets"][f"v5-{number}"]["route_table"] = "r5-0"
    network = compile_network(plan_of(sections))
    journey, sent = between(network, "sender", "last")
    assert not any(leaf.not_blocked for leaf in round_trips(journey, sent))
    assert journey.walk.steps <= 4 * MANY_STEPS


# pairs of interfaces ------------------------------------------------------------------------------


class Counted:
    """How many ways between two subnets are walked for verdicts."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.walks = 0
        walking = subnet_ways._walked  # noqa: SLF001

        def counted(*arguments: Any) -> Any:
            self.walks += 1
            return walking(*arguments)

        monkeypatch.setattr(subnet_ways, "_walked", counted)


MANY_PAIRS: dict[str, tuple[Sections, int]] = {
    "chain": (walk_plans.chain(8, 16, ends=16), 1),
    "ring": (walk_plans.chain(8, 16, ring=True, ends=16), 1),
    "a table for each subnet": (walk_plans.chain(8, 16, tables=16, ends=16), 1),
    "and an ACL": (walk_plans.chain(8, 16, tables=16, acls=True, denying=False, ends=16), 1),
    "mesh": (walk_plans.mesh(4, 16, ends=16), 1),
    "mesh in the same zones": (walk_plans.mesh(4, 16, ends=16, foreign_zones=False), 1),
    "star": (walk_plans.star(4, 16, ends=16), 1),
    "private NAT gateways": (walk_plans.private_nats(4, 12, ends=12), 1),
    "long lists": (
        walk_plans.with_long_lists(
            walk_plans.star(4, 6, ends=6), rules=120, entries=40, routes=500
        ),
        1,
    ),
}


@pytest.mark.parametrize("name", MANY_PAIRS)
def test_interfaces_that_fare_alike_are_judged_once(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sections, walks = MANY_PAIRS[name]
    network = compile_network(plan_of(sections))
    counted = Counted(monkeypatch)
    assert judged_on(network, "sender", "last", 443).verdict == "reachable"
    assert counted.walks == walks


def test_promises_between_many_vpcs_walk_once_for_every_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """64 promises over 256 pairs of interfaces each; inside a VPC within a subnet and across;
    the one between workloads comes from other ports."""
    plan = plan_of(walk_plans.mesh(8, 16, ends=16))
    counted = Counted(monkeypatch)
    assert all(row.ok for row in report(plan).expectations)
    assert counted.walks <= 8 * 7 + 8 * 2 + 1


@pytest.mark.parametrize("odd", ["route", "entry", "rule", "address"])
def test_one_that_fares_otherwise_is_judged_by_itself(odd: str) -> None:
    """A route, an entry or a rule about one of sixteen subnets, or a fixed address in it."""
    sections = walk_plans.chain(2, 16, ends=16)
    cidr = sections["subnets"]["v0-7"]["cidr"]
    if odd == "route":
        hub = sections["transit_gateways"]["t1"]
        hub["route_tables"]["default"]["routes"][cidr] = "blackhole"
    elif odd == "entry":
        sections["network_acls"] = {
            "acl": {
                "vpc": "v2",
                "inbound": {1: {"action": "deny", "cidr": cidr}, 2: {"action": "allow"}},
                "outbound": {2: {"action": "allow"}},
            }
        }
        for number in range(16):
            sections["subnets"][f"v2-{number}"]["network_acl"] = "acl"
    elif odd == "rule":
        near = [name["cidr"] for n, name in sections["subnets"].items() if n.startswith("v0-")]
        rules = [{"cidr": block} for block in near if block != cidr]
        sections["security_groups"]["open"]["inbound"] = rules
    else:
        sections["security_groups"]["open"]["inbound"] = [{"cidr": "10.20.0.0/21"}]
    network = compile_network(plan_of(sections))
    answer = reach(network, "sender", "last", port=443)
    assert answer.verdict == "partial"
    assert judged_on(network, "sender", "last", 443).verdict == "partial"
    (row,) = reach_among(network, [("sender", "last")], port=443)
    assert row.verdict == "partial"
