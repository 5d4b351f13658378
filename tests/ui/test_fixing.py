"""Fix this: ways found one by one, their preview, one undo step; findings, paths and keys lead
there.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.offers import Search, found_in, tried
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.role_policies import VPC_ACCESS_POLICY
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.announcement import Announcement
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.fix_dialog import FixDialog
from lambdaplanner.ui.panels.findings_panel import FindingsPanel
from lambdaplanner.ui.panels.trace_panel import TracePanel
from lambdaplanner.ui.problems import FindingProblem, Problem
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.card_hand import card_of, cards_of
from tests.ui.panel_world import labels_done, make_bridge, thing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


def opened(qtbot: QtBot, bridge: Bridge, problem: Problem) -> FixDialog:
    dialog = FixDialog(bridge, LIGHT, problem)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def found(bridge: Bridge, check: str, about: str) -> FindingProblem:
    bridge.settle()
    return FindingProblem(
        next(f for f in bridge.live.findings() if f.id == check and about in f.about)
    )


def without_policy(bridge: Bridge) -> FindingProblem:
    bridge.do("x", lambda edit: edit.update("orders", role_policies=()))
    return found(bridge, "LAM-005", "orders")


def blocked(bridge: Bridge, qtbot: QtBot, source: str = "trapped") -> Problem:
    """What keeps a function from the internet, as the path panel asks to have it mended."""
    panel = TracePanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    bridge.ask(source, "internet")
    bridge.settle()
    wanted: list[Problem] = []
    bridge.fix_wanted.connect(wanted.append)
    qtbot.mouseClick(panel.views[0].obstacles[0].fix, Qt.MouseButton.LeftButton)
    (problem,) = wanted
    return problem


def names(dialog: FixDialog) -> list[str]:
    return [way.offer.fix.label for way in dialog.ways]


def told(dialog: FixDialog) -> dict[str, list[str]]:
    return {
        view.section.title.text: [line.line.text for line in view.lines]
        for view in dialog.preview.impact.sections
    }


def test_ways_are_looked_for_while_the_window_stays_at_work(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, without_policy(bridge))
    assert dialog.state.text() == "Looking for ways ..."
    assert not dialog.apply.isEnabled()
    qtbot.waitUntil(lambda: dialog.settled)
    assert names(dialog) == [f"Add {VPC_ACCESS_POLICY} to the role of orders"]
    assert dialog.state.text() == "1 way, tried on a copy of the plan."
    assert dialog.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith("Recommended.")
    assert [edit.text() for edit in dialog.preview.edits] == ["Changes Lambda function orders"]
    assert told(dialog)["Gets better"][-1] == "This finding is gone."
    assert thing(bridge, "orders").role_policies == ()


def test_enter_applies_the_way_as_one_step_and_shows_what_it_touched(
    qtbot: QtBot, bridge: Bridge
) -> None:
    dialog = opened(qtbot, bridge, without_policy(bridge))
    qtbot.waitUntil(lambda: dialog.settled)
    done: list[str] = []
    revealed: list[str] = []
    bridge.did.connect(done.append)
    bridge.reveal_wanted.connect(revealed.append)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert thing(bridge, "orders").role_policies == (VPC_ACCESS_POLICY,)
    assert labels_done(bridge) == ["x", f"Add {VPC_ACCESS_POLICY} to the role of orders"]
    assert done == [f"Add {VPC_ACCESS_POLICY} to the role of orders"]
    assert revealed == ["orders"]
    bridge.session.undo()
    assert thing(bridge, "orders").role_policies == ()


def test_escape_leaves_the_plan_alone(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, without_policy(bridge))
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.settled
    assert labels_done(bridge) == ["x"]


def test_an_obstacle_is_mended_from_its_card(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, blocked(bridge, qtbot))
    qtbot.waitUntil(lambda: dialog.settled)
    assert "private-a" in names(dialog)[0]
    assert told(dialog)["Gets better"][:2] == [
        "Promise kept: trapped to the internet, tcp 443, would be reachable.",
        "trapped to the internet, tcp 443: reachable.",
    ]
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    bridge.settle()
    answer = bridge.answer
    assert answer is not None
    assert answer.verdict == "reachable"


def test_arrows_choose_another_way_with_its_own_preview(qtbot: QtBot, bridge: Bridge) -> None:
    def replace_gateway(edit: Edit) -> None:
        edit.remove("nat")
        edit.add(
            Subnet(
                id="public-b",
                vpc="main",
                az="eu-west-1b",
                cidr="10.0.3.0/24",
                route_table="public-rt",
            )
        )
        edit.add(NatGateway(id="spare", subnet="public-b"))

    bridge.do("x", replace_gateway)
    dialog = opened(qtbot, bridge, blocked(bridge, qtbot, "orders"))
    qtbot.waitUntil(lambda: dialog.settled)
    assert len(dialog.ways) > 1
    first = [edit.text() for edit in dialog.preview.edits]
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.settled)
    assert dialog.list.currentRow() == 1
    qtbot.keyClick(dialog.list, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: dialog.settled)
    assert [edit.text() for edit in dialog.preview.edits] != first
    qtbot.keyClick(dialog.list, Qt.Key.Key_Home)
    assert [edit.text() for edit in dialog.preview.edits] == first
    assert dialog.settled, "what was found once is kept"


def test_the_preview_follows_the_plan(qtbot: QtBot, bridge: Bridge) -> None:
    dialog = opened(qtbot, bridge, blocked(bridge, qtbot))
    qtbot.waitUntil(lambda: dialog.settled)
    before = names(dialog)
    bridge.do("y", lambda edit: edit.update("private-a", route_table="public-rt"))
    assert not dialog.apply.isEnabled()
    assert dialog.state.text() == "Looking for ways ..."
    bridge.settle()
    qtbot.waitUntil(lambda: dialog.settled)
    assert dialog.ways
    assert names(dialog) != before
    bridge.do("z", lambda edit: edit.update("trapped", subnets=("private-b",)))
    bridge.settle()
    qtbot.waitUntil(lambda: dialog.settled)
    assert dialog.reason.text() == "This is no longer found: there is nothing to mend."
    assert not dialog.apply.isEnabled()
    dialog.set_theme(DARK)


def test_what_no_edit_mends_is_said_in_one_sentence(qtbot: QtBot, bridge: Bridge) -> None:
    problem = without_policy(bridge)

    class Hopeless(FindingProblem):
        def ways(self, view: PlanAnalysis) -> Search:
            assert found_in(super().ways(view))
            return iter(())

    dialog = opened(qtbot, bridge, Hopeless(problem.finding))
    qtbot.waitUntil(lambda: dialog.settled)
    assert dialog.reason.isVisible()
    assert dialog.reason.text().startswith("No edit")
    assert dialog.cancel.text() == "Close"
    assert not dialog.apply.isEnabled()


def test_a_finding_card_offers_its_fix(qtbot: QtBot, bridge: Bridge) -> None:
    without_policy(bridge)
    panel = FindingsPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    wanted: list[Problem] = []
    bridge.fix_wanted.connect(wanted.append)
    card = card_of(panel, "LAM-005")
    panel.view.go_to(card.place, card.face.spots.index(card.spot("Fix")))
    spoken = panel.rows.index(card.place).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Fix LAM-005: Show the ways to mend this"
    card.click("Fix")
    assert [problem.name for problem in wanted] == ["LAM-005"]


def test_the_finding_in_mind_is_the_one_at_hand(qtbot: QtBot, bridge: Bridge) -> None:
    def strip(edit: Edit) -> None:
        for name in ("orders", "trapped"):
            edit.update(name, role_policies=())

    bridge.do("x", strip)
    bridge.settle()
    panel = FindingsPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.show()

    def in_mind() -> str:
        problem = panel.problem_in_mind()
        return "" if problem is None else f"{problem.name}: {problem.message}"

    bridge.select(["trapped"])
    assert in_mind().startswith("trapped to internet")
    bridge.select(["orders"])
    assert in_mind().startswith("orders to internet")
    place = next(
        place
        for place, one in enumerate(panel.shown)
        if one.id == "LAM-005" and "orders" in one.about
    )
    for _ in range(place + 1):
        panel.step(1)
    assert in_mind().startswith('LAM-005: Function "orders"')
    bridge.select(["trapped"])
    assert in_mind().startswith("trapped to internet")
    calm = next(name for name in bridge.session.plan if not panel.problems_about(name))
    bridge.select([calm])
    assert in_mind().startswith('LAM-005: Function "orders"'), "it was jumped to last"
    assert [p.name for p in panel.problems_about("orders")].count("LAM-005") == 1


def test_a_broken_promise_is_mended_as_a_whole(qtbot: QtBot, bridge: Bridge) -> None:
    """Two things keep the function from the database: its group, and the role."""

    def cut(edit: Edit) -> None:
        edit.update("orders", role_policies=())
        edit.update("db-sg", inbound=())
        edit.set_expectations(
            (Expectation(source="orders", target="db", port=None, expect="reachable"),)
        )

    bridge.do("x", cut)
    bridge.settle()
    panel = FindingsPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    wanted: list[Problem] = []
    bridge.fix_wanted.connect(wanted.append)
    cards_of(panel)[0].click("Mend")
    dialog = opened(qtbot, bridge, wanted[0])
    qtbot.waitUntil(lambda: dialog.settled)
    assert {edit.text().partition(" ")[2] for edit in dialog.preview.edits} >= {
        "Lambda function orders",
        "security group db-sg",
    }
    assert told(dialog)["Gets better"][0].startswith("Promise kept: orders to db, tcp 5432")
    before = len(labels_done(bridge))
    qtbot.mouseClick(dialog.apply, Qt.MouseButton.LeftButton)
    bridge.settle()
    assert all(row.ok for row in bridge.live.expectations())
    assert len(labels_done(bridge)) == before + 1


def test_a_question_is_mended_from_the_path_panel(qtbot: QtBot, bridge: Bridge) -> None:
    panel = TracePanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    bridge.ask("orders", "internet")
    assert not panel.mend.isVisible()
    bridge.ask("db", "orders")
    wanted: list[Problem] = []
    bridge.fix_wanted.connect(wanted.append)
    qtbot.mouseClick(panel.mend, Qt.MouseButton.LeftButton)
    dialog = opened(qtbot, bridge, wanted[0])
    qtbot.waitUntil(lambda: dialog.settled)
    assert dialog.reason.text().startswith("No edit mends this: functions are invoked")


def test_the_first_way_that_harms_nothing_is_recommended(qtbot: QtBot, bridge: Bridge) -> None:
    class Two(FindingProblem):
        """The way that is there, after one that takes a database's way to the internet."""

        def ways(self, view: PlanAnalysis) -> Search:
            real = list(found_in(super().ways(view)))

            def command(edit: Edit) -> None:
                real[0].fix.command(edit)
                edit.update("private-rt", routes=())

            bad = tried(view, Fix(slug="bad", label="Cut all off", command=command))
            assert bad is not None
            yield bad
            yield from real

    dialog = opened(qtbot, bridge, Two(without_policy(bridge).finding))
    qtbot.waitUntil(lambda: dialog.settled)
    spoken = [
        dialog.list.item(place).data(Qt.ItemDataRole.AccessibleTextRole) for place in range(2)
    ]
    assert spoken[0] == "Cut all off. Something else gets worse."
    assert spoken[1].endswith("Recommended.")
    assert dialog.list.currentRow() == 1, "chosen as long as nobody chose another"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Up)
    titles = [view.section.title.text for view in dialog.preview.impact.sections]
    assert titles[0] == "Gets worse"
    assert "no longer reachable" in " ".join(told(dialog)["Gets worse"])


@pytest.fixture
def announcement(qtbot: QtBot) -> Announcement:
    host = QWidget()
    qtbot.addWidget(host)
    host.resize(700, 300)
    host.show()
    return Announcement(host, LIGHT)


def test_what_was_done_is_said_with_the_way_back(qtbot: QtBot, announcement: Announcement) -> None:
    assert not announcement.isVisible()
    announcement.say("Done: Add it")
    host = announcement.parentWidget()
    assert host is not None
    assert host.rect().contains(announcement.geometry())
    assert announcement.text.text() == "Done: Add it"
    with qtbot.waitSignal(announcement.undo_wanted):
        qtbot.mouseClick(announcement.undo, Qt.MouseButton.LeftButton)
    host.resize(400, 200)
    assert host.rect().contains(announcement.geometry())
    qtbot.keyClick(announcement, Qt.Key.Key_Escape)
    assert not announcement.isVisible()
    announcement.say("Again")
    announcement.set_theme(DARK)
    qtbot.mouseClick(announcement.close_button, Qt.MouseButton.LeftButton)
    assert not announcement.isVisible()


def test_a_search_that_fails_says_so(qtbot: QtBot, bridge: Bridge) -> None:
    class Failing(FindingProblem):
        def ways(self, _view: PlanAnalysis) -> Search:
            yield None
            raise ZeroDivisionError

    dialog = FixDialog(bridge, LIGHT, Failing(without_policy(bridge).finding))
    qtbot.addWidget(dialog)
    with pytest.raises(ZeroDivisionError):
        dialog.settle()
    dialog.settle()
    assert dialog.settled
    assert dialog.state.text() == "The search failed, and was not finished."
    assert not dialog.apply.isEnabled()


def test_escape_ends_a_search_that_is_under_way(qtbot: QtBot, bridge: Bridge) -> None:
    asked: list[int] = []

    class Endless(FindingProblem):
        def ways(self, view: PlanAnalysis) -> Search:
            while True:
                asked.append(len(view.plan))
                yield None

    dialog = opened(qtbot, bridge, Endless(without_policy(bridge).finding))
    qtbot.waitUntil(lambda: len(asked) > 3)
    assert not dialog.settled
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.settled
    assert not dialog.isVisible()
    before = len(asked)
    qtbot.wait(0)
    assert len(asked) == before


def test_no_way_of_an_older_plan_is_shown(qtbot: QtBot, bridge: Bridge) -> None:
    """An edit in the middle of a search drops it; what it had found is never seen again."""
    views: list[PlanAnalysis] = []

    class Slow(FindingProblem):
        def ways(self, view: PlanAnalysis) -> Search:
            views.append(view)
            yield from super().ways(view)
            while len(views) == 1:
                yield None

    dialog = opened(qtbot, bridge, Slow(without_policy(bridge).finding))
    qtbot.waitUntil(lambda: bool(dialog.ways))
    old = dialog.ways[0].offer.after
    bridge.do("x", lambda edit: edit.update("trapped", role_policies=()))
    assert dialog.list.count() == 0
    assert dialog.ways == []
    bridge.settle()
    qtbot.waitUntil(lambda: dialog.settled and bool(dialog.ways))
    assert views[-1] is bridge.live.view
    assert all(way.offer.after is not old for way in dialog.ways)
