"""Whole stories with the real window: mouse, keys, files; what a person sees after each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from pytestqt.qtbot import QtBot

from lambdaplanner.formats.plan_file import open_plan
from lambdaplanner.formats.templates import templates
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.state.offer import Offer
from lambdaplanner.ui.dialogs import Conflict, Difference, Unsaved
from lambdaplanner.ui.recovery_dialog import RecoveryAnswer
from lambdaplanner.ui.subject import ExportOptions, Subject
from lambdaplanner.ui.workbench import Workbench
from tests.windows import MakeBench


class Answers:
    """Dialogs that answer at once, and remember what they were asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path: Path | None = folder / "p.yaml"
        self.unsaved_answer: Unsaved = "discard"
        self.conflict: Conflict = "cancel"
        self.asked: list[str] = []
        self.recovery: RecoveryAnswer = "take up"

    def open_path(self, _folder: Path) -> Path | None:
        return self.path

    def save_path(self, _suggestion: Path) -> Path | None:
        return self.path

    def picture_path(self, _suggestion: Path) -> Path | None:
        return self.folder / "p.png"

    def picture_options(self, _subject: Subject, _settings: QSettings) -> ExportOptions | None:
        return ExportOptions()

    def recover(self, offer: Offer) -> RecoveryAnswer:
        self.asked.append(f"recover {offer.name}")
        return self.recovery

    def unsaved(self, name: str) -> Unsaved:
        self.asked.append(f"unsaved {name}")
        return self.unsaved_answer

    def changed_on_disk(self, name: str, difference: Difference) -> Conflict:
        self.difference = difference()
        self.asked.append(f"changed {name}")
        return self.conflict

    def problems(self, title: str, lines: Sequence[str]) -> None:
        self.asked += [title, *lines]

    def not_saved(self, title: str, lines: Sequence[str]) -> bool:
        self.asked += [title, *lines]
        return False


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    return Answers(tmp_path)


@pytest.fixture
def bench(make_bench: MakeBench, answers: Answers) -> Iterator[Workbench]:
    made = make_bench(answers)
    yield made
    answers.unsaved_answer = "discard"
    made.window.close()


def point(bench: Workbench, x: float, y: float) -> QPoint:
    """Where a point of the diagram is on the canvas widget."""
    return bench.view.mapFromScene(x, y)


def middle(bench: Workbench, name: str, across: float = 0.5, down: float = 0.5) -> QPoint:
    """Where a thing is on the canvas widget."""
    rect = bench.view.canvas.absolute_rect(name)
    assert rect is not None
    return point(bench, rect.x + rect.width * across, rect.y + rect.height * down)


def click(qtbot: QtBot, bench: Workbench, where: QPoint) -> None:
    qtbot.mouseClick(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def drag(qtbot: QtBot, bench: Workbench, start: QPoint, end: QPoint) -> None:
    port = bench.view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for part in (0.3, 0.6, 1.0):
        qtbot.mouseMove(port, start + (end - start) * part)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def open_template(bench: Workbench, name: str) -> None:
    bench.documents.new_from(next(t for t in templates() if t.name == name))


def badges(bench: Workbench, name: str) -> list[str]:
    bench.bridge.settle()
    return [badge.text for badge in bench.presenter.diagram.boxes[name].badges]


def test_the_brief_is_drawn_from_an_empty_canvas(bench: Workbench, qtbot: QtBot) -> None:
    """Every step by mouse on palette tool and canvas; each sentence of the brief seen to hold."""
    plan = bench.session.plan

    def place(kind: str, x: float, y: float, variant: str = "") -> str:
        before = set(bench.session.plan)
        bench.bridge.start_placing(kind, variant)
        click(qtbot, bench, point(bench, x, y))
        (made,) = set(bench.session.plan) - before
        return made

    def place_in(kind: str, container: str, across: float, down: float, variant: str = "") -> str:
        rect = bench.view.canvas.absolute_rect(container)
        assert rect is not None
        x, y = rect.x + rect.width * across, rect.y + rect.height * down
        return place(kind, x, y, variant)

    vpc = place("vpc", 700, 200)
    bench.view.fit_all()
    public = place_in("subnet", vpc, 0.1, 0.15)
    private = place_in("subnet", vpc, 0.1, 0.6)
    igw = place_in("internet-gateway", vpc, 0.7, 0.3)
    nat = place_in("nat-gateway", public, 0.3, 0.6)
    assert plan.resource(nat).subnet == public  # type: ignore[attr-defined]

    def connect(source: str, target: str) -> None:
        bench.bridge.hand.choose_tool("connect")
        drag(qtbot, bench, middle(bench, source, 0.5, 0.08), middle(bench, target))
        bench.bridge.hand.choose_tool("select")

    connect(public, igw)
    connect(private, nat)
    bench.bridge.settle()
    boxes = bench.presenter.diagram.boxes
    assert boxes[public].tag == "Public subnet"
    assert boxes[private].tag == "Private subnet"

    bench.view.fit_all()
    function = place_in("function", "region", 0.02, 0.97)
    assert "internet" in badges(bench, function)
    bench.bridge.do(
        "Connect", lambda edit: edit.update(function, subnets=(private,), role_policies=())
    )
    bench.bridge.ask(function, "internet", 443)
    answer = bench.bridge.answer
    assert answer is not None
    assert [o.code for p in answer.paths for o in p.obstacles] == ["LAMBDA_ROLE_LACKS_ENI_ACCESS"]
    bench.bridge.do(
        "Policy",
        lambda edit: edit.update(function, role_policies=("AWSLambdaVPCAccessExecutionRole",)),
    )
    bench.bridge.settle()
    assert bench.bridge.answer is not None
    assert bench.bridge.answer.verdict == "reachable"
    assert f"eni:{function}@{private}" in bench.presenter.diagram.boxes


def test_everything_can_be_undone_and_redone(bench: Workbench, qtbot: QtBot) -> None:
    open_template(bench, "brief-network")
    before = bench.documents.text
    click(qtbot, bench, middle(bench, "nat"))
    qtbot.keyClick(bench.view, Qt.Key.Key_Delete)
    assert "nat" not in bench.session.plan
    assert "no internet" in badges(bench, "attached")
    assert bench.window.windowTitle().startswith("A function in a VPC[*]")
    assert bench.window.isWindowModified()

    qtbot.keyClick(bench.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.documents.text == before
    assert "internet" in badges(bench, "attached")
    qtbot.keyClick(bench.window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert "nat" not in bench.session.plan


def test_a_drag_is_one_step_and_escape_leaves_no_trace(bench: Workbench, qtbot: QtBot) -> None:
    open_template(bench, "brief-network")
    start = middle(bench, "database")
    drag(qtbot, bench, start, start + QPoint(24, 16))
    assert bench.session.history.labels[0] == ["Move database"]
    placed = bench.session.plan.placements["database"]

    port = bench.view.viewport()
    start = middle(bench, "database")
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(port, start + QPoint(40, 40))
    qtbot.mouseMove(port, start + QPoint(60, 60))
    qtbot.keyClick(bench.view, Qt.Key.Key_Escape)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=start + QPoint(60, 60))
    assert bench.session.plan.placements["database"] == placed
    assert bench.session.history.labels == (["Move database"], [])


def test_save_open_and_the_question_before_anything_is_lost(
    bench: Workbench, answers: Answers, tmp_path: Path
) -> None:
    open_template(bench, "brief-network")
    assert bench.documents.save()
    path = tmp_path / "p.yaml"
    assert open_plan(path).plan.info.name == "A function in a VPC"
    assert bench.window.windowTitle() == "p.yaml[*] - Lambda Planner"

    bench.bridge.do("Add", lambda edit: edit.add(Vpc(id="other", cidr="10.9.0.0/16")))
    answers.unsaved_answer = "cancel"
    assert not bench.documents.new()
    assert "other" in bench.session.plan
    answers.unsaved_answer = "save"
    assert bench.documents.new()
    assert "other" in open_plan(path).plan
    assert bench.documents.open(path)
    assert bench.documents.recent()[0] == path.resolve()


def test_a_file_changed_by_somebody_else_is_not_overwritten(
    bench: Workbench, answers: Answers, tmp_path: Path
) -> None:
    open_template(bench, "brief-network")
    bench.documents.save()
    path = tmp_path / "p.yaml"
    theirs = path.read_text() + "# theirs\n"
    path.write_text(theirs)
    bench.bridge.do("Add", lambda edit: edit.add(Vpc(id="other", cidr="10.9.0.0/16")))

    assert not bench.documents.save()
    assert path.read_text() == theirs
    assert answers.asked[-1] == "changed p.yaml"
    answers.conflict = "overwrite"
    assert bench.documents.save()
    assert "other" in open_plan(path).plan


def test_a_broken_file_shows_every_problem_and_keeps_the_plan(
    bench: Workbench, answers: Answers, tmp_path: Path
) -> None:
    open_template(bench, "brief-network")
    path = tmp_path / "broken.yaml"
    path.write_text("lambdaplanner: 1\nvpcs: {a: {cidr: x}, b: {cidr: y}}\n")

    assert not bench.documents.open(path)
    assert answers.asked[0] == "broken.yaml has 2 problems."
    assert len(answers.asked) == 3
    assert "attached" in bench.session.plan


def test_the_exported_picture_opens_as_the_plan(bench: Workbench, tmp_path: Path) -> None:
    open_template(bench, "two-zones")
    bench.pictures.export()
    path = tmp_path / "p.png"
    assert bench.documents.open(path)
    assert "private-b" in bench.session.plan
    assert bench.documents.path is None


def test_window_and_command_line_make_the_same_picture(
    bench: Workbench, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from lambdaplanner.cli import main

    open_template(bench, "brief-network")
    bench.documents.save()
    bench.pictures.export()
    assert main(["export", str(tmp_path / "p.yaml"), str(tmp_path / "cli.png")]) == 0
    capsys.readouterr()
    assert (tmp_path / "cli.png").read_bytes() == (tmp_path / "p.png").read_bytes()


def test_tracing_shows_the_path_on_the_canvas_and_in_the_panel(
    bench: Workbench, qtbot: QtBot
) -> None:
    open_template(bench, "public-subnet-trap")
    click(qtbot, bench, middle(bench, "trapped", 0.5, 0.3))
    qtbot.keyClick(bench.view, Qt.Key.Key_P)
    bench.bridge.settle()

    highlight = bench.session.transient.highlight
    assert highlight is not None
    assert {"trapped", "vpc-to-vpc-nat", "eni:trapped@public"} <= highlight.boxes
    assert "igw" in highlight.blocked
    assert bench.window.docks["trace"].isVisible()


def test_theme_switch_reaches_canvas_and_panels(bench: Workbench) -> None:
    open_template(bench, "brief-network")
    bench.toggle_theme()
    assert bench.theme.dark
    image = bench.view.viewport().grab().toImage()
    assert image.pixelColor(3, 3).lightness() < 80
    bench.toggle_theme()
    image = bench.view.viewport().grab().toImage()
    assert image.pixelColor(3, 3).lightness() > 200


def test_keys_typed_into_a_field_stay_there(bench: Workbench, qtbot: QtBot) -> None:
    open_template(bench, "brief-network")
    click(qtbot, bench, middle(bench, "attached", 0.5, 0.3))
    from PySide6.QtWidgets import QLineEdit

    field = next(f for f in bench.inspector.findChildren(QLineEdit) if f.isVisible())
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "vhc")
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "vh"
    assert bench.tool_name == "select"
    assert "attached" in bench.session.plan
