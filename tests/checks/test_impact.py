"""What changes between two states of a plan."""

from __future__ import annotations

from collections.abc import Callable

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import Impact, compare
from lambdaplanner.model.edit import Edit
from tests.checks.cases import plan_with

DATABASE = {
    "workloads": "{db: {type: rds, subnets: [private-a], security_groups: [db-sg], port: 5432}}",
    "security_groups": "{sg: {vpc: main}, db-sg: {vpc: main, inbound: [{security_group: sg}]}}",
    "expectations": "[{from: f, to: internet, expect: reachable}]",
}


def impact_of(command: Callable[[Edit], object], **sections: str) -> Impact:
    """What a command changes, told the change set and not told it: the same."""
    plan = plan_with(**{**DATABASE, **sections})
    copy = plan.copy()
    edit = Edit(copy)
    command(edit)
    before, after = PlanAnalysis(plan), PlanAnalysis(copy)
    found = compare(before, after)
    assert compare(before, after, edit.changes) == found
    return found


def verdicts(found: Impact) -> dict[str, tuple[str | None, str | None]]:
    return {f"{c.source} > {c.target}": (c.before, c.after) for c in found.verdicts}


def test_nothing_differs_where_nothing_changed() -> None:
    assert not impact_of(lambda _: None)


def test_a_nat_gateway_that_goes_takes_the_internet_along() -> None:
    found = impact_of(lambda edit: edit.remove("nat"))

    assert verdicts(found) == {
        "f > internet": ("reachable", "unreachable"),
        "db > internet": ("reachable", "unreachable"),
    }
    (broken,) = found.expectations
    assert broken.before is not None
    assert broken.after is not None
    assert (broken.before.ok, broken.after.ok) == (True, False)
    assert "NET-001" in {finding.id for finding in found.new}
    assert found.gone == ()


def test_a_group_that_closes_is_felt_by_its_own_things_only() -> None:
    found = impact_of(lambda edit: edit.update("db-sg", inbound=()))
    assert verdicts(found) == {"f > db": ("reachable", "unreachable")}


def test_a_function_that_is_taken_out_has_no_verdict_any_more() -> None:
    found = impact_of(lambda edit: edit.remove("f"))
    assert verdicts(found)["f > db"] == ("reachable", None)
    assert [(c.function, c.before, c.after) for c in found.capacity] == [("f", "ok", None)]


def test_a_target_that_no_longer_fits_is_said() -> None:
    found = impact_of(lambda edit: edit.update("f", concurrency=900))
    assert [(c.function, c.before, c.after) for c in found.capacity] == [("f", "ok", "exhausted")]
    assert {finding.id for finding in found.new} == {"LAM-007"}
    assert found.verdicts == ()
