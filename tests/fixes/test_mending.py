"""Promises kept by edits: whole paths mended, and what should not be reachable cut."""

from __future__ import annotations

from typing import Any

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.report import judge_expectations
from lambdaplanner.fixes.aims import Asked
from lambdaplanner.fixes.mending import mend, ways_to_mend
from lambdaplanner.fixes.offers import Offer
from lambdaplanner.fixes.promises import for_expectation, why_not_kept
from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from tests.analysis.reach_plans import BASE, function, plan_from, route_table
from tests.effort import calls_of
from tests.found.plans import found


def promising(*rows: tuple[str, str, str], **changes: Any) -> Plan:
    """The base plan with changes and expectations."""
    sections = {name: dict(things) for name, things in BASE.items()}
    for name, things in changes.items():
        sections[name] = {**sections.get(name, {}), **things}
    expectations = [{"from": a, "to": b, "expect": expect} for a, b, expect in rows]
    return plan_from({**sections, "expectations": expectations})


def offers_of(plan: Plan) -> list[Offer]:
    """What is offered for the first broken promise."""
    view = PlanAnalysis(plan)
    row = next(row for row in judge_expectations(view) if not row.ok)
    return list(for_expectation(view, row))


def broken(plan: Plan) -> list[str]:
    return [row.target for row in judge_expectations(PlanAnalysis(plan)) if not row.ok]


BLOCKED_EVERYWHERE: dict[str, Any] = {
    "functions": {"fn": function(subnets=["data"], role_policies=[])},
    "security_groups": {"fn-sg": {"vpc": "main", "outbound": []}},
    "network_acls": {
        "acl": {
            "vpc": "main",
            "inbound": {100: {"action": "allow", "protocol": "tcp", "ports": "1024-30000"}},
            "outbound": {},
        }
    },
    "subnets": {
        "data": {
            "vpc": "main",
            "az": "b",
            "cidr": "10.0.2.0/24",
            "route_table": "data-rt",
            "network_acl": "acl",
        }
    },
}


def test_everything_on_the_way_is_cleared_as_one_edit() -> None:
    plan = promising(("fn", "internet", "reachable"), **BLOCKED_EVERYWHERE)

    mended = mend(PlanAnalysis(plan), "fn", "internet")

    assert mended is not None
    assert mended.fix.slug == "clear-path"
    steps = mended.fix.label.split("; ")
    assert [step.split()[0] for step in steps] == ["Add", "Route", "Allow", "Allow", "Allow"]
    edit = Edit(plan)
    mended.fix.command(edit)
    assert broken(plan) == []
    edit.roll_back()
    assert broken(plan) == ["internet"]


def test_several_ways_begin_differently() -> None:
    view = PlanAnalysis(promising(functions={"fn": function(subnets=["data"])}))
    ways = list(ways_to_mend(view, Asked("fn", "internet", "tcp", None)))
    assert [way.fix.slug for way in ways] == ["route-to-nat-gateway", "add-nat-gateway"]
    assert all(way.after.internet("fn").verdict == "reachable" for way in ways)


def test_what_is_well_or_makes_no_sense_needs_no_mending() -> None:
    view = PlanAnalysis(promising())
    assert mend(view, "fn", "internet") is None
    assert mend(view, "fn", "nobody") is None
    assert mend(view, "web", "fn") is None


def test_no_promise_is_broken_to_keep_another() -> None:
    """With a rule by group the other function would get in as well."""
    plan = promising(
        ("fn", "db", "reachable"),
        ("other", "db", "unreachable"),
        functions={"other": function(subnets=["public"])},
        security_groups={"db-sg": {"vpc": "main"}},
    )

    first = offers_of(plan)[0]

    assert first.fix.label == "Allow inbound tcp 5432 from 10.0.1.0/24 in db-sg"
    assert broken(first.after.plan) == []


def test_nothing_else_fares_worse_for_it() -> None:
    """A way out for the web server by its subnet's routes would take the function's."""
    plan = promising(
        workloads={
            "web": {
                "type": "ec2",
                "subnets": ["private"],
                "security_groups": ["open-sg"],
                "public_ip": True,
            }
        }
    )
    mended = mend(PlanAnalysis(plan), "internet", "web")

    assert mended is not None
    assert mended.after.internet("fn").verdict == "reachable"


def test_the_smallest_cut_comes_first() -> None:
    plan = promising(("fn", "db", "unreachable"))

    first = offers_of(plan)[0]

    assert first.fix.label == "Remove the inbound rules of db-sg that let fn in"
    assert broken(first.after.plan) == []
    assert [c.target for c in _verdicts(plan, first)] == ["db"]


def _verdicts(plan: Plan, offer: Offer) -> list[Any]:
    from lambdaplanner.checks.impact import compare

    return list(compare(PlanAnalysis(plan), offer.after, offer.changes).verdicts)


def test_a_cut_spares_who_shares_the_rule() -> None:
    """Two functions come in by the same rule, and one of them should; an ACL tells them apart."""
    plan = promising(
        ("fn", "db", "unreachable"),
        ("other", "db", "reachable"),
        functions={"other": function(subnets=["public"])},
    )

    offers = offers_of(plan)

    assert [offer.fix.slug for offer in offers] == ["deny-in-acl"]
    assert broken(offers[0].after.plan) == []


def test_the_internet_is_cut_from_what_it_should_not_reach() -> None:
    plan = promising(("internet", "web", "unreachable"))

    slugs = {offer.fix.slug for offer in offers_of(plan)}

    assert {"take-public-address", "remove-inbound-rule"} <= slugs


def test_a_route_is_cut_where_nothing_smaller_can_be() -> None:
    plan = promising(("fn", "internet", "unreachable"), security_groups={"fn-sg": {"vpc": "main"}})

    (offer,) = offers_of(plan)

    assert offer.fix.slug == "remove-route"
    assert broken(offer.after.plan) == []


def test_what_cannot_be_kept_says_why() -> None:
    plan = promising(("web", "fn", "reachable"), ("fn", "db", "partial"))
    view = PlanAnalysis(plan)
    to_function, in_part = judge_expectations(view)

    assert list(for_expectation(view, to_function)) == []
    assert "functions are invoked" in why_not_kept(view, to_function)
    assert list(for_expectation(view, in_part)) == []
    assert why_not_kept(view, in_part).endswith("has to be drawn.")


def test_a_promise_that_holds_needs_nothing() -> None:
    view = PlanAnalysis(promising(("fn", "internet", "reachable")))
    assert list(for_expectation(view, judge_expectations(view)[0])) == []


def test_a_promise_that_nothing_can_cut_says_so() -> None:
    """The database's own subnet: no ACL between them, and the rule is needed for the other."""
    plan = promising(
        ("fn", "db", "unreachable"),
        ("other", "db", "reachable"),
        functions={
            "fn": function(subnets=["data"]),
            "other": function(subnets=["data"]),
        },
        route_tables={"data-rt": route_table({})},
    )
    view = PlanAnalysis(plan)
    row = judge_expectations(view)[0]

    assert list(for_expectation(view, row)) == []
    assert why_not_kept(view, row).startswith("No edit of this plan is known that cuts this")


def test_one_of_many_broken_promises_is_little_work() -> None:
    """Twelve functions that reach none of twelve databases: each of the 144 ways has two edits, and
    what it comes to is told for the whole plan.
    """
    view = PlanAnalysis(open_plan(found("slow-star-12x12")).plan)
    rows = [row for row in judge_expectations(view) if not row.ok][:12]

    def mend_all() -> None:
        for row in rows:
            assert next(for_expectation(view, row)).fix.slug == "clear-path"

    assert calls_of(mend_all) / len(rows) < 30_000
