"""Whatever a plan does not know, what it says for sure holds: taken out of a plan and said to be
unknown, routes, rules, groups and ACLs make nothing reachable, and nothing unreachable that is not.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import judged_on
from tests.analysis.reach_plans import plan_from
from tests.effort import examples
from tests.properties.packet_worlds import worlds
from tests.properties.test_packets import QUESTIONS

Sections = dict[str, Any]


def some_of(draw: st.DrawFn, found: Any) -> Any:
    """A part of a list or a mapping."""
    if isinstance(found, dict):
        return {key: value for key, value in found.items() if draw(st.booleans())}
    return [row for row in found if draw(st.booleans())]


def forget(draw: st.DrawFn, sections: Sections) -> None:
    """Takes something out of a plan, and says that it is not known."""
    kind = draw(st.sampled_from(("routes", "rules", "acl", "groups", "hub", "vpc acl", "zone")))
    if kind == "routes":
        name = draw(st.sampled_from(sorted(sections["route_tables"])))
        table = sections["route_tables"][name]
        table["routes"] = some_of(draw, table.get("routes", {}))
        row = (name, "routes")
    elif kind == "rules":
        name = draw(st.sampled_from(sorted(sections["security_groups"])))
        group = sections["security_groups"][name]
        group["inbound"] = some_of(draw, group.get("inbound", []))
        group["outbound"] = some_of(draw, group.get("outbound") or [])
        row = (name, "rules")
    elif kind == "acl" and sections.get("network_acls"):
        name = draw(st.sampled_from(sorted(sections["network_acls"])))
        acl = sections["network_acls"][name]
        for side in ("inbound", "outbound"):
            acl[side] = some_of(draw, acl.get(side, {}))
        row = (name, "rules")
    elif kind == "groups":
        section = draw(st.sampled_from(("functions", "workloads")))
        name = draw(st.sampled_from(sorted(sections[section])))
        thing = sections[section][name]
        if not thing.get("security_groups"):
            return
        thing["security_groups"] = some_of(draw, thing["security_groups"])
        row = (name, "security_groups")
    elif kind == "hub" and sections.get("transit_gateways"):
        name = draw(st.sampled_from(sorted(sections["transit_gateways"])))
        row = (name, draw(st.sampled_from(("routes", "attachments"))))
    elif kind == "vpc acl":
        vpc = draw(st.sampled_from(sorted(sections["vpcs"])))
        for subnet in sections["subnets"].values():
            if subnet["vpc"] == vpc:
                subnet.pop("network_acl", None)
        row = (vpc, "network_acl")
    elif kind == "zone":
        name = draw(st.sampled_from(sorted(sections["subnets"])))
        sections["subnets"][name].pop("az")
        row = (name, "az")
    else:
        return
    unknown = sections.setdefault("unknown", [])
    if {"about": row[0], "of": row[1]} not in unknown:
        unknown.append({"about": row[0], "of": row[1]})


@st.composite
def forgotten(draw: st.DrawFn) -> tuple[Sections, Sections, Sections]:
    """A network, the same of which less is known, and of which still less is."""
    whole = draw(worlds())
    less = deepcopy(whole)
    for _ in range(draw(st.integers(1, 2))):
        forget(draw, less)
    least = deepcopy(less)
    forget(draw, least)
    return whole, less, least


def verdict_of(sections: Sections, question: tuple[str, str]) -> str:
    network = compile_network(plan_from(sections))
    told = reach(network, *question, port=443).verdict
    assert judged_on(network, *question, 443).verdict == told
    return told


@examples(150)
@given(forgotten(), st.sampled_from(QUESTIONS))
def test_what_is_sure_stays_when_more_is_known(
    plans: tuple[Sections, Sections, Sections], question: tuple[str, str]
) -> None:
    known, less, least = (verdict_of(sections, question) for sections in plans)
    for before, after in ((least, less), (less, known), (least, known)):
        if before in ("reachable", "unreachable"):
            assert after == before


@examples(60)
@given(worlds(), st.data(), st.sampled_from(QUESTIONS))
def test_nothing_outside_makes_anything_reachable(
    sections: Sections, data: st.DataObject, question: tuple[str, str]
) -> None:
    """A route that leaves the plan may lead anywhere, so what is sure with it is sure without."""
    away = deepcopy(sections)
    name = data.draw(st.sampled_from(sorted(away["route_tables"])))
    table = away["route_tables"][name]
    table["routes"] = dict.fromkeys(table.get("routes", {}), "outside")
    before, after = verdict_of(away, question), verdict_of(sections, question)
    if before in ("reachable", "unreachable"):
        assert after == before
