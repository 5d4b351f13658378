"""Random VPCs joined by peerings and transit gateways, open to each other but for their routes:
what NET-007 calls lost is lost, and nothing that is offered to be built takes a way away.
"""

from __future__ import annotations

from itertools import permutations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.ranges import block_range
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import raw_findings
from lambdaplanner.checks.returning import unanswered
from lambdaplanner.fixes.offers import for_finding
from lambdaplanner.model.cidr import block
from tests.analysis.reach_plans import plan_from
from tests.effort import examples

VPCS = {"a": 1, "b": 2, "c": 3}
SUBNETS = tuple(f"{vpc}{number}" for vpc in VPCS for number in (0, 1))
DESTINATIONS = (
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.0.0/14",
    *(f"10.{number}.0.0/16" for number in VPCS.values()),
    *(f"10.{number}.{third}.0/24" for number in VPCS.values() for third in (0, 1)),
    "far",
)
TARGETS = ("ab", "bc", "hub", "hub", "small-hub", "blackhole")
BUILDING = ("retarget-route", "route-back", "narrow-route", "attach-zone", "add-peering")
"""Ways of mending that make something; those that take something away do what they say."""


@st.composite
def table(draw: st.DrawFn, vpc: str, most: int) -> dict[str, Any]:
    routes = draw(
        st.dictionaries(st.sampled_from(DESTINATIONS), st.sampled_from(TARGETS), max_size=most)
    )
    own = f"10.{VPCS[vpc]}."
    return {"vpc": vpc, "routes": {to: way for to, way in routes.items() if own not in to}}


@st.composite
def hub(draw: st.DrawFn) -> dict[str, Any]:
    some_vpc = st.sampled_from(tuple(VPCS))
    wide = draw(st.none() | some_vpc)
    default = draw(st.none() | some_vpc)
    return {
        "attachments": {
            vpc: {
                "subnets": [f"{vpc}0", f"{vpc}1"][: draw(st.integers(1, 2))],
                "route_table": draw(st.sampled_from(("one", "two"))),
            }
            for vpc in VPCS
        },
        "route_tables": {
            "one": {
                "propagate": draw(st.lists(some_vpc, unique=True)),
                "routes": {} if default is None else {"0.0.0.0/0": default},
            },
            "two": {
                "propagate": list(VPCS),
                "routes": {} if wide is None else {"10.0.0.0/8": wide},
            },
        },
    }


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """Three VPCs of two subnets each, a host in every subnet."""
    own_table = {name: draw(st.integers(0, 4)) > 0 for name in SUBNETS}
    tables = {f"t-{name}": draw(table(name[0], 3)) for name in SUBNETS}
    tables |= {f"main-{vpc}": {**draw(table(vpc, 1)), "main": True} for vpc in VPCS}
    return {
        "vpcs": {vpc: {"cidr": f"10.{number}.0.0/16"} for vpc, number in VPCS.items()},
        "subnets": {
            name: {
                "vpc": name[0],
                "az": f"z{name[1]}",
                "cidr": f"10.{VPCS[name[0]]}.{name[1]}.0/24",
                **({"route_table": f"t-{name}"} if own_table[name] else {}),
            }
            for name in SUBNETS
        },
        "prefix_lists": {"far": ["10.2.0.0/16", "10.3.1.0/24"]},
        "route_tables": tables,
        "security_groups": {
            f"g-{vpc}": {"vpc": vpc, "inbound": [{"cidr": "10.0.0.0/8"}]} for vpc in VPCS
        },
        "peerings": {"ab": {"vpcs": ["a", "b"]}, "bc": {"vpcs": ["b", "c"]}},
        "transit_gateways": {
            "hub": draw(hub()),
            "small-hub": {"attachments": {"a": {"subnets": ["a0"]}, "b": {"subnets": ["b0"]}}},
        },
        "workloads": {
            f"w-{name}": {
                "type": "ec2",
                "subnets": [name],
                "security_groups": [f"g-{name[0]}"],
                "port": 80,
            }
            for name in SUBNETS
        },
    }


@examples(150)
@given(worlds())
def test_what_has_no_way_back_reaches_nobody(sections: dict[str, Any]) -> None:
    view = PlanAnalysis(plan_from(sections))
    for found in unanswered(view):
        homes = [name for name in SUBNETS if view.table(name) is found.table]
        assert homes
        for near in homes:
            for far in (name for peer in found.peers for name in view.subnets_of(peer)):
                wanted = block(view.subnet(far).cidr)
                pieces = view.network.table_of(near).pieces(4, (block_range(wanted),))
                ways = [won[0].target if won else None for _, won in pieces]
                if ways == [found.join] and any(w.block.overlaps(wanted) for w in found.ways):
                    assert view.question(f"w-{near}", f"w-{far}").verdict == "unreachable"


@examples(25)
@given(worlds(), st.integers(0, 1_000_000))
def test_what_builds_takes_no_way_away(sections: dict[str, Any], choice: int) -> None:
    view = PlanAnalysis(plan_from(sections))
    found = [f for f in raw_findings(view) if f.id in ("NET-001", "NET-007", "NET-008", "NET-009")]
    if not found:
        return
    before = reaching(view)
    for offer in for_finding(view, found[choice % len(found)]):
        if offer.fix.slug in BUILDING or offer.fix.slug.startswith("route-over"):
            assert before <= reaching(offer.after), offer.fix.label


def reaching(view: PlanAnalysis) -> set[tuple[str, str]]:
    pairs = permutations([f"w-{name}" for name in SUBNETS], 2)
    return {pair for pair in pairs if view.question(*pair).verdict == "reachable"}
