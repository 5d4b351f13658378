"""Every action of the table is reached as a menu reaches it, and something comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from lambdaplanner.commands.links import can_connect
from lambdaplanner.formats.plan_file import plan_text
from lambdaplanner.model.geometry import Placement
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.actions import ACTIONS, Action
from lambdaplanner.ui.workbench import Workbench
from tests.found.plans import found
from tests.ui.test_story import Answers
from tests.windows import MakeBench

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


@pytest.fixture
def bench(make_bench: MakeBench, tmp_path: Path, qapp: QApplication) -> Iterator[Workbench]:
    made = make_bench(Answers(tmp_path))
    plan = tmp_path / "shop.yaml"
    plan.write_bytes(found("shop", "window").read_bytes())
    made.start(plan)
    made.view.setFocus()
    made.bridge.select(["orders"])
    made.bridge.settle()
    yield made
    answers = made.dialogs
    assert isinstance(answers, Answers)
    answers.unsaved_answer = "discard"
    made.window.close()
    themes.apply(qapp, themes.LIGHT)


def edited(bench: Workbench) -> None:
    bench.bridge.do("Tune", lambda edit: edit.update("orders", concurrency=7))


def undone(bench: Workbench) -> None:
    edited(bench)
    bench.undo()


def placed(bench: Workbench) -> None:
    bench.bridge.do("Move", lambda edit: edit.place("orders", Placement(40, 40)))


def spare_subnet(bench: Workbench) -> str:
    plan = bench.session.plan
    names = (name for name in plan.of("subnet") if can_connect(plan, "orders", name) is None)
    return next(names)


BEFORE: dict[str, Callable[[Workbench], object]] = {
    "edit.undo": edited,
    "edit.redo": undone,
    "file.save": edited,
    "edit.tidy": placed,
    "edit.tidy-all": placed,
    "tool.join": lambda bench: bench.bridge.select(["orders", spare_subnet(bench)]),
    "tool.select": lambda bench: bench.bridge.hand.choose_tool("hand"),
    "tool.fix": lambda bench: bench.step_finding(1),
    "view.actual": lambda bench: bench.view.zoom_to(0.5),
    "view.fit": lambda bench: bench.view.zoom_to(1.0),
}
"""What has to be there first, so that an action has something to do."""


def observed(bench: Workbench, folder: Path) -> tuple[Any, ...]:
    """What a person could see a difference in."""
    bench.bridge.settle()
    window, view = bench.window, bench.view
    answers = bench.dialogs
    assert isinstance(answers, Answers)
    clipboard = QGuiApplication.clipboard().mimeData()
    middle = view.mapToScene(view.viewport().rect().center())
    return (
        plan_text(bench.session.plan),
        bench.documents.path,
        {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".ini"},
        tuple(bench.session.selection.ids),
        bench.tool_name,
        window.isVisible(),
        window.status_text.text(),
        {name: dock.isVisible() for name, dock in window.docks.items()},
        {name for name, dock in window.docks.items() if dock.panel and dock.panel.isVisible()},
        (round(view.transform().m11(), 3), round(middle.x()), round(middle.y())),
        bench.theme.dark,
        QApplication.focusWidget(),
        sorted(one.windowTitle() for one in QApplication.topLevelWidgets() if one.isVisible()),
        tuple(answers.asked),
        tuple(clipboard.formats()) if clipboard is not None else (),
    )


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_something_comes_of_it(bench: Workbench, tmp_path: Path, action: Action) -> None:
    QGuiApplication.clipboard().clear()
    BEFORE.get(action.id, lambda _bench: None)(bench)
    bench.window.refresh_actions()
    before = observed(bench, tmp_path)
    offered = bench.window.qt_actions[action.id]
    assert offered.isEnabled()

    offered.trigger()

    assert observed(bench, tmp_path) != before
