"""Cards of many in the window: the inspector lists them, the canvas shows where a member is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lambdaplanner.editor.session import Request
from lambdaplanner.ui.context_menu import context_menu
from lambdaplanner.ui.workbench import Workbench
from tests.diagram.plans import crowd, plan_of
from tests.diagram.test_folding import HUB
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path), shown=False)
    made.bridge.open(crowd(7))
    made.bridge.settle()
    yield made
    made.session.mark_saved()


def test_what_is_folded_is_shown_by_its_card(bench: Workbench) -> None:
    bench.bridge.reveal("fn-3")
    assert bench.view.canvas.overlay.selection == {"group:fn-0"}
    bench.bridge.select(["eni:fn-3@one"])
    assert bench.view.canvas.overlay.selection == {"group:fn-0@one"}


def test_the_inspector_lists_a_card_and_spreads_it_out(bench: Workbench) -> None:
    bench.bridge.select(["group:fn-0@one"])
    page = bench.inspector.many_view
    assert page.title.text() == "7 functions, sg-0"
    assert page.counts.text() == "They share one network interface in one."
    page.spread.click()
    assert {"fn-3", "eni:fn-3@one"} <= bench.view.canvas.diagram.boxes.keys()
    assert "group:fn-0" not in bench.view.canvas.diagram.boxes
    bench.session.gather("fn-3")
    assert "group:fn-0" in bench.view.canvas.diagram.boxes


def test_the_menu_offers_both_ways(bench: Workbench) -> None:
    menu = context_menu(bench, Request("menu", "group:fn-0"))
    spread = next(a for a in menu.actions() if a.text() == "Show 7 Lambda functions one by one")
    spread.trigger()
    menu.close()
    menu = context_menu(bench, Request("menu", "eni:fn-3@two"))
    gather = next(a for a in menu.actions() if a.text() == "Show 7 Lambda functions as one card")
    gather.trigger()
    menu.close()
    assert "group:fn-0@two" in bench.view.canvas.diagram.boxes


def test_the_tether_of_a_card_is_explained(bench: Workbench) -> None:
    bench.bridge.select(["tunnel:vpc-to-vpc-nat->group:fn-0@one"])
    assert bench.inspector.derived_view.isVisibleTo(bench.inspector)
    assert bench.inspector.derived_view.text()


def test_a_hub_shows_all_its_routes_and_its_tables_alone_again(bench: Workbench) -> None:
    bench.bridge.open(plan_of(HUB))
    bench.bridge.settle()
    before = bench.view.canvas.diagram.boxes["hub"].rect.height
    menu = context_menu(bench, Request("menu", "hub"))
    next(a for a in menu.actions() if a.text() == "Show all its routes").trigger()
    menu.close()
    assert bench.view.canvas.diagram.boxes["hub"].rect.height > before
    menu = context_menu(bench, Request("menu", "hub"))
    next(a for a in menu.actions() if a.text() == "Show its tables alone").trigger()
    menu.close()
    assert bench.view.canvas.diagram.boxes["hub"].rect.height == before
