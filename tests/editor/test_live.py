"""What an edit makes stale, and what it leaves."""

from __future__ import annotations

from datetime import date

import pytest

from lambdaplanner.analysis import questions as questions_module
from lambdaplanner.analysis.ledger import Ledger
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.checks.report import report
from lambdaplanner.editor.live import Live
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.note import Note
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from tests.checks.cases import plan_with
from tests.checks.lambda_cases import LAMBDA_CASES
from tests.checks.network_cases import NETWORK_CASES
from tests.checks.rule_cases import CASES as RULE_CASES
from tests.checks.rule_cases import Case

TODAY = date(2026, 6, 1)


@pytest.fixture
def plan() -> Plan:
    return plan_with(
        expectations="[{from: f, to: internet, expect: reachable}]",
        workloads="{away: {type: ec2, subnets: [far], security_groups: [far-sg]}, "
        "db: {type: rds, subnets: [private-b], security_groups: [sg], ips: 0}}",
    )


@pytest.fixture
def live(plan: Plan) -> Live:
    return Live(plan, today=lambda: TODAY)


def edit(plan: Plan) -> Edit:
    return Edit(plan)


def done(draft: Edit) -> None:
    draft.plan.announce(draft.changes)


def test_a_place_changes_no_answer(plan: Plan, live: Live) -> None:
    before = (live.network, live.capacity(), live.findings(), live.revision)
    draft = edit(plan)
    draft.place("f", Placement(7, 7))
    done(draft)
    assert not live.stale
    after = (live.network, live.capacity(), live.findings(), live.revision)
    assert all(one is other for one, other in zip(before[:3], after[:3], strict=True))
    assert before[3] == after[3]


def test_a_target_changes_capacity_and_leaves_paths(plan: Plan, live: Live) -> None:
    network, answer, capacity = live.network, live.internet("f"), live.capacity()
    expectations = live.expectations()
    draft = edit(plan)
    draft.update("f", concurrency=503)
    done(draft)
    assert live.stale
    assert live.network is network
    assert live.internet("f") is answer
    assert live.expectations() is expectations
    assert live.capacity() is not capacity
    assert live.capacity().functions["f"].verdict == "exhausted"
    assert [finding.id for finding in live.findings()] == ["LAM-007"]
    assert not live.stale


def test_a_route_changes_paths(plan: Plan, live: Live) -> None:
    assert live.internet("f").verdict == "reachable"
    assert live.findings() == ()
    draft = edit(plan)
    draft.remove("nat")
    done(draft)
    assert live.internet("f").verdict == "unreachable"
    assert [row.ok for row in live.expectations()] == [False]
    assert [finding.id for finding in live.findings()] == ["NET-001"]


def finding_ids(live: Live) -> list[str]:
    return [finding.id for finding in live.findings()]


def test_a_check_of_both_follows_amounts_and_paths(plan: Plan, live: Live) -> None:
    assert finding_ids(live) == []
    draft = edit(plan)
    draft.update("f", connections_per_environment=1000, concurrency=120)
    done(draft)
    assert finding_ids(live) == ["NAT-008"]
    draft = edit(plan)
    draft.update("private-rt", routes=(Route(destination="203.0.113.0/24", target="igw"),))
    done(draft)
    assert "NAT-008" not in finding_ids(live)
    draft = edit(plan)
    draft.update("private-rt", routes=(Route(destination="0.0.0.0/0", target="nat"),))
    done(draft)
    assert finding_ids(live) == ["NAT-008"]
    draft = edit(plan)
    draft.update("f", concurrency=110)
    done(draft)
    assert finding_ids(live) == []
    draft = edit(plan)
    draft.update("f", concurrency=112)
    draft.update("nat", elastic_ips=2)
    done(draft)
    assert finding_ids(live) == []


JUDGED_BY_SETTINGS = [
    case
    for case in (*RULE_CASES, *LAMBDA_CASES, *NETWORK_CASES)
    if "settings" in case.bad or "settings" in case.good
]


@pytest.mark.parametrize(
    "case", JUDGED_BY_SETTINGS, ids=lambda case: f"{case.check}-{JUDGED_BY_SETTINGS.index(case)}"
)
def test_a_setting_changes_the_findings_that_it_judges(case: Case) -> None:
    for sections in (case.bad, case.good):
        wanted = plan_with(**sections)
        plan = plan_with(**{key: text for key, text in sections.items() if key != "settings"})
        live = Live(plan, today=lambda: TODAY)
        assert live.findings() == report(plan, TODAY).findings
        draft = edit(plan)
        draft.set_info(settings=wanted.info.settings)
        done(draft)
        assert live.findings() == report(wanted, TODAY).findings


def test_what_stands_beside_is_kept_while_it_holds(plan: Plan, live: Live) -> None:
    ports, loss, room = live.nat_ports(), live.worst_zone(), live.view.rooms
    draft = edit(plan)
    draft.add(Note(id="n", text="x"))
    done(draft)
    assert live.nat_ports() is ports
    draft = edit(plan)
    draft.update("sg", outbound=())
    done(draft)
    assert live.worst_zone() is loss
    assert live.view.rooms is room
    draft = edit(plan)
    draft.update("f", concurrency=300)
    done(draft)
    assert live.worst_zone() != loss
    assert live.nat_ports()["nat"].connections == 1500


def test_the_network_is_compiled_once_for_many_questions(
    plan: Plan, live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[Plan] = []

    def counting(of: Plan, rows: Ledger | None = None) -> object:
        compiled.append(of)
        return compile_network(of, rows)

    monkeypatch.setattr(questions_module, "compile_network", counting)
    for _ in range(3):
        live.internet("f")
        live.question("f", "10.0.1.9")
        live.findings()
        live.expectations()
    assert compiled == [plan]


def test_overrides_are_answered_beside_the_plan(live: Live) -> None:
    assert live.capacity({"f": 503}).verdict == "exhausted"
    assert live.capacity().verdict == "ok"
    assert live.capacity({"f": 502}).verdict == "ok"
    with pytest.raises(QuestionError):
        live.capacity({"nobody": 1})


def test_an_acknowledgement_marks_findings_at_once(plan: Plan, live: Live) -> None:
    draft = edit(plan)
    draft.update("f", role_policies=())
    done(draft)
    assert [f.acknowledged for f in live.findings()] == [False]
    draft = edit(plan)
    draft.set_acknowledged((Acknowledgement(finding="LAM-005"),))
    done(draft)
    assert [f.acknowledged for f in live.findings()] == [True]


def test_an_acknowledgement_ends_while_the_window_is_open(plan: Plan) -> None:
    days = [date(2026, 6, 1), date(2026, 6, 2)]
    live = Live(plan, today=lambda: days[0])
    draft = edit(plan)
    draft.update("f", role_policies=())
    draft.set_acknowledged((Acknowledgement(finding="LAM-005", until="2026-06-01"),))
    done(draft)
    assert [f.acknowledged for f in live.findings()] == [True]
    days.pop(0)
    assert [f.acknowledged for f in live.findings()] == [False]


def test_a_question_about_nothing_is_refused(live: Live) -> None:
    with pytest.raises(QuestionError):
        live.question("f", "no-such-thing")


def test_closed_it_follows_no_more(plan: Plan, live: Live) -> None:
    live.close()
    draft = edit(plan)
    draft.update("f", concurrency=503)
    done(draft)
    assert live.revision == 0
