"""What AWS refuses for want of addresses comes and goes while a plan is edited, and one end against
all says what each question says.
"""

from __future__ import annotations

from datetime import date

import pytest

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import reach_from, reach_into
from lambdaplanner.checks.report import report
from lambdaplanner.editor.live import Live
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.edit import Edit
from tests.found.asking import text_of
from tests.found.test_refused import DB, FAULTS, full

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("thing", "field", "value"), [("priv-a", "reserved_ips", 11), ("db", "ips", 4)]
)
def test_answers_follow_the_last_address(thing: str, field: str, value: int) -> None:
    plan = read_text(full(3, DB), where="full").plan
    live = Live(plan, today=lambda: TODAY)
    assert live.question("orders", "internet").verdict == "reachable"
    before = getattr(plan.resource(thing), field)
    for amount, verdict in ((value, "unreachable"), (before, "reachable")):
        draft = Edit(plan)
        draft.update(thing, **{field: amount})
        plan.announce(draft.changes)
        assert live.question("orders", "internet").verdict == verdict
        assert live.findings() == report(plan, TODAY).findings
        assert any(one.id == "NET-018" for one in live.findings()) is (verdict != "reachable")


def test_an_amount_that_lacks_nothing_drops_no_answer() -> None:
    plan = read_text(full(3, DB), where="room").plan
    live = Live(plan, today=lambda: TODAY)
    known = live.network
    draft = Edit(plan)
    draft.update("db", ips=2)
    plan.announce(draft.changes)
    assert live.network is known


@pytest.mark.parametrize("name", sorted({fault.name for fault in FAULTS}))
def test_one_against_all_says_the_same(name: str) -> None:
    network = compile_network(read_text(text_of(name), where=name).plan)
    for fault in FAULTS:
        if fault.name == name and fault.source != "internet":
            rows = reach_from(network, fault.source)
        elif fault.name == name:
            rows = reach_into(network, fault.target)
        else:
            continue
        for row in rows:
            answer = reach(network, row.source, row.target, port=row.port)
            assert row.verdict == answer.verdict, row
