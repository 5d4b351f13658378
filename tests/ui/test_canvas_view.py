"""The canvas in a window: real mouse, wheel and key events, and what is painted where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QRegion,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.diagram.items import Diagram, Highlight, Rect
from lambdaplanner.editor.pointer import DropEvent, KeyEvent, PointerEvent
from lambdaplanner.editor.transient import DropTarget, Ghost, Transient
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.canvas import sprites
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.pointer import PALETTE_MIME
from lambdaplanner.ui.canvas.scene import CanvasScene
from lambdaplanner.ui.canvas.screen import ScreenPainter
from lambdaplanner.ui.canvas.title_editor import TitleEditor
from lambdaplanner.ui.canvas.tree import DiagramTree
from lambdaplanner.ui.canvas.view import CanvasView
from tests.benchmarks.diagrams import diagram, moved

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(qtbot: QtBot) -> CanvasView:
    scene = CanvasScene(themes.LIGHT)
    made = CanvasView(scene)
    scene.setParent(made)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    qtbot.waitExposed(made)
    scene.show_diagram(diagram(40))
    made.fit_boxes(frozenset({"c0"}))
    made.zoom_to(1.0)
    return made


@pytest.fixture
def pointed(view: CanvasView) -> list[PointerEvent]:
    seen: list[PointerEvent] = []
    view.pointed.connect(seen.append)
    return seen


def _pixel(view: CanvasView, key: str, dx: float = 10, dy: float = 10) -> QPoint:
    rect = view.canvas.absolute_rect(key)
    assert rect is not None
    return view.mapFromScene(QPointF(rect.x + dx, rect.y + dy))


def _picture(view: CanvasView) -> QImage:
    """What the window shows once every sprite is there."""
    for _ in range(100):
        QApplication.processEvents()
        picture = view.viewport().grab().toImage()
        if view.canvas.painted_completely:
            QApplication.processEvents()
            return picture
    raise AssertionError("the canvas never got done painting")


def test_a_click_says_what_lies_under_it(view: CanvasView, pointed: list[PointerEvent]) -> None:
    QTest.mouseClick(view.viewport(), LEFT, NONE, _pixel(view, "c0-5"))
    press, release = pointed[-2:]
    assert (press.kind, press.box, press.button, press.part) == ("press", "c0-5", "left", "body")
    assert release.kind == "release"
    where = view.canvas.absolute_rect("c0-5")
    assert where is not None
    assert (press.x, press.y) == pytest.approx((where.x + 10, where.y + 10), abs=1)


def test_a_double_click_counts_two(view: CanvasView, pointed: list[PointerEvent]) -> None:
    at = _pixel(view, "c0-5")
    QTest.mouseClick(view.viewport(), LEFT, NONE, at)
    QTest.mouseDClick(view.viewport(), LEFT, NONE, at)
    assert max(event.click_count for event in pointed if event.kind == "press") >= 2


def test_modifiers_go_along(view: CanvasView, pointed: list[PointerEvent]) -> None:
    held = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.AltModifier
    QTest.mousePress(view.viewport(), LEFT, held, _pixel(view, "c0-5"))
    assert pointed[-1].shift
    assert pointed[-1].alt
    assert not pointed[-1].ctrl
    QTest.mouseRelease(view.viewport(), LEFT, held, _pixel(view, "c0-5"))


def test_a_single_container_has_grips(view: CanvasView, pointed: list[PointerEvent]) -> None:
    view.canvas.set_selection(["c0"])
    QTest.mouseMove(view.viewport(), _pixel(view, "c0", 0, 260))
    QTest.mouseMove(view.viewport(), _pixel(view, "c0", 1, 260))
    assert pointed[-1].kind == "hover"
    assert pointed[-1].handle == "w"
    view.canvas.set_selection(["c0-1"])
    assert view.canvas.handle_at(20, 70, 1.0) is None


def test_a_short_right_click_is_a_menu_and_a_long_one_pans(
    view: CanvasView, pointed: list[PointerEvent]
) -> None:
    right, at = Qt.MouseButton.RightButton, _pixel(view, "c0-5")
    QTest.mouseClick(view.viewport(), right, NONE, at)
    assert [event.kind for event in pointed][-1] == "menu"
    assert pointed[-1].box == "c0-5"
    before, count = view.visible_rect(), len(pointed)
    QTest.mousePress(view.viewport(), right, NONE, at)
    QTest.mouseMove(view.viewport(), at + QPoint(40, 25))
    QTest.mouseRelease(view.viewport(), right, NONE, at + QPoint(40, 25))
    after = view.visible_rect()
    assert (before.x - after.x, before.y - after.y) == pytest.approx((40, 25), abs=1)
    assert not [event for event in pointed[count:] if event.kind in ("press", "menu")]


def test_space_and_middle_button_pan(view: CanvasView, pointed: list[PointerEvent]) -> None:
    at = _pixel(view, "c0-5")
    for button, space in ((Qt.MouseButton.MiddleButton, False), (LEFT, True)):
        before = view.visible_rect()
        if space:
            QTest.keyPress(view, Qt.Key.Key_Space)
        QTest.mousePress(view.viewport(), button, NONE, at)
        QTest.mouseMove(view.viewport(), at + QPoint(-30, 10))
        QTest.mouseRelease(view.viewport(), button, NONE, at + QPoint(-30, 10))
        if space:
            QTest.keyRelease(view, Qt.Key.Key_Space)
        assert view.visible_rect().x - before.x == pytest.approx(30, abs=1)
    assert not [event for event in pointed if event.kind == "press"]


def test_a_drag_at_the_border_goes_on(
    view: CanvasView, pointed: list[PointerEvent], qtbot: QtBot
) -> None:
    before, at = view.visible_rect(), _pixel(view, "c0-5")
    QTest.mousePress(view.viewport(), LEFT, NONE, at)
    border = QPoint(view.viewport().width() - 3, at.y())
    QTest.mouseMove(view.viewport(), border)
    qtbot.waitUntil(lambda: view.visible_rect().x > before.x + 60)
    moves = [event.x for event in pointed if event.kind == "move"]
    QTest.mouseRelease(view.viewport(), LEFT, NONE, border)
    assert moves == sorted(moves)
    assert moves[-1] > moves[0] + 40


def _wheel(view: CanvasView, at: QPoint, turn: int, held: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        QPoint(),
        QPoint(0, turn),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


@pytest.mark.parametrize("turn", [120, -120, 360, -360])
def test_ctrl_wheel_keeps_the_point_under_the_cursor(view: CanvasView, turn: int) -> None:
    at = QPoint(220, 140)
    fixed = view.mapToScene(at)
    _wheel(view, at, turn, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.2 ** (turn / 120))
    now = view.mapToScene(at)
    assert (now.x(), now.y()) == pytest.approx((fixed.x(), fixed.y()), abs=1.5 / view.zoom)


def test_the_wheel_scrolls_and_shift_sideways(view: CanvasView) -> None:
    before = view.visible_rect()
    _wheel(view, QPoint(50, 50), -120, NONE)
    assert view.visible_rect().y > before.y
    assert view.visible_rect().x == before.x
    _wheel(view, QPoint(50, 50), -120, Qt.KeyboardModifier.ShiftModifier)
    assert view.visible_rect().x > before.x


def test_fit_all_shows_everything(view: CanvasView) -> None:
    view.canvas.show_diagram(diagram(500))
    view.fit_all()
    seen, content = view.visible_rect(), view.canvas.content_rect()
    assert content is not None
    assert seen.x <= content.x
    assert seen.y <= content.y
    assert seen.x + seen.width >= content.x + content.width
    assert seen.y + seen.height >= content.y + content.height


def test_reveal_brings_a_far_box_into_view_without_zooming(view: CanvasView) -> None:
    view.canvas.show_diagram(diagram(500))
    view.zoom_to(1.0)
    view.reveal("c20-10")
    seen, box = view.visible_rect(), view.canvas.absolute_rect("c20-10")
    assert box is not None
    assert seen.x <= box.x <= seen.x + seen.width - box.width
    assert seen.y <= box.y <= seen.y + seen.height - box.height
    assert view.zoom == 1.0


def test_keys_are_offered_and_left_to_the_window_when_unused(view: CanvasView) -> None:
    seen: list[KeyEvent] = []

    def use(event: KeyEvent) -> bool:
        seen.append(event)
        return event.key == "Esc"

    view.on_key = use
    QTest.keyClick(view, Qt.Key.Key_Escape)
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert [event.key for event in seen] == ["Esc", "Left"]
    assert seen[1].modifiers == {"shift"}


def test_a_palette_drag_is_told_and_decided_by_the_tool(view: CanvasView) -> None:
    seen: list[DropEvent] = []

    def decide(event: DropEvent) -> bool:
        seen.append(event)
        return event.box == "c0"

    view.on_drop = decide
    data = QMimeData()
    data.setData(PALETTE_MIME, b"function")
    at = QPointF(_pixel(view, "c0", 8, 200))
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, NONE, QEvent.Type.Drop)
    view.dropEvent(event)
    assert event.isAccepted()
    assert (seen[0].step, seen[0].what, seen[0].box) == ("drop", "function", "c0")


@pytest.mark.parametrize(
    ("key", "expected"), [(Qt.Key.Key_Return, "renamed"), (Qt.Key.Key_Escape, None)]
)
def test_a_title_is_edited_in_place(view: CanvasView, key: Qt.Key, expected: str | None) -> None:
    got: list[str | None] = []
    view.edit_title("c0-2", got.append)
    editor = view.viewport().findChild(TitleEditor)
    assert editor is not None
    assert editor.text() == view.canvas.diagram.boxes["c0-2"].title
    editor.setText("renamed")
    QTest.keyClick(editor, key)
    assert got == [expected]


_Change = Callable[[CanvasScene], None]


def _moved(scene: CanvasScene) -> None:
    scene.update_diagram(moved(scene.diagram, "c0", 33, 17))


def _retitled(scene: CanvasScene) -> None:
    shown = scene.diagram
    boxes = {**shown.boxes, "c0-3": replace(shown.boxes["c0-3"], title="other", tone="data")}
    scene.update_diagram(Diagram(boxes, shown.lines))


def _removed(scene: CanvasScene) -> None:
    shown = scene.diagram
    boxes = {key: box for key, box in shown.boxes.items() if key != "c0-3"}
    lines = {k: one for k, one in shown.lines.items() if "c0-3" not in (one.source, one.target)}
    scene.update_diagram(Diagram(boxes, lines))


def _decorated(scene: CanvasScene) -> None:
    scene.set_selection(["c0"])
    scene.set_selection(["c0-1", "l0-3"])
    ghost = Ghost(replace(scene.diagram.boxes["c0-1"], rect=Rect(300, 300, 168, 56)))
    state = Transient(
        hover="c0-2",
        ports="c0-2",
        focus="c0-4",
        marquee=Rect(0, 0, 300, 200),
        drop=DropTarget("c0", False, "not here", 100, 100),
        ghosts=(ghost,),
    )
    scene.show_passing(state)
    drop = DropTarget("c0", True, "here", 140, 120)
    scene.show_passing(replace(state, marquee=Rect(20, 20, 100, 90), drop=drop))


def _highlighted(scene: CanvasScene) -> None:
    path = Highlight(frozenset({"c0-1"}), frozenset({"l0-1"}), frozenset({"c0-5"}))
    scene.show_passing(Transient(highlight=path))


@pytest.mark.parametrize("change", [_moved, _retitled, _removed, _decorated, _highlighted])
def test_what_looks_different_is_repainted(view: CanvasView, change: _Change) -> None:
    before = _picture(view)
    watch = _PaintedRegion()
    view.viewport().installEventFilter(watch)
    change(view.canvas)
    QApplication.processEvents()
    view.viewport().removeEventFilter(watch)
    after = _picture(view)
    assert before != after
    kept = before.copy()
    painter = QPainter(kept)
    painter.setClipRegion(watch.region)
    painter.drawImage(0, 0, after)
    painter.end()
    assert kept == after


class _PaintedRegion(QObject):
    """Adds up what a widget was told to repaint."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_a_gesture_that_ends_leaves_no_trace(view: CanvasView) -> None:
    before = _picture(view)
    _decorated(view.canvas)
    QApplication.processEvents()
    watch = _PaintedRegion()
    decorated = _picture(view)
    view.viewport().installEventFilter(watch)
    view.canvas.set_selection([])
    view.canvas.show_passing(Transient())
    QApplication.processEvents()
    view.viewport().removeEventFilter(watch)
    painter = QPainter(decorated)
    painter.setClipRegion(watch.region)
    painter.drawImage(0, 0, before)
    painter.end()
    assert decorated == before


def test_a_small_change_repaints_little(view: CanvasView) -> None:
    _picture(view)
    watch = _PaintedRegion()
    view.viewport().installEventFilter(watch)
    _retitled(view.canvas)
    QApplication.processEvents()
    view.viewport().removeEventFilter(watch)
    painted = watch.region.boundingRect()
    assert 0 < painted.width() < 300
    assert 0 < painted.height() < 180


@pytest.mark.parametrize("zoom", [0.1, 0.25, 0.5, 1.0])
def test_frames_cut_short_end_in_the_picture_of_one_that_took_its_time(
    zoom: float, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    assert qapp is not None
    trees = {unhurried: DiagramTree() for unhurried in (True, False)}
    for tree in trees.values():
        tree.build(diagram(200))
    area = QRect(0, 0, 900, 640)

    def painted(painting: ScreenPainter, *, unhurried: bool) -> QImage:
        image = QImage(area.size(), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painting.paint(painter, trees[unhurried], area, zoom, (0, 0), unhurried=unhurried)
        painter.end()
        return image

    whole = painted(ScreenPainter(Look(themes.LIGHT)), unhurried=True)
    monkeypatch.setattr(sprites, "FRAME_SECONDS", -1.0)
    hurried = ScreenPainter(Look(themes.LIGHT))
    for _ in range(200):
        last = painted(hurried, unhurried=False)
        if hurried.complete:
            break
    assert hurried.complete
    assert last == whole


def test_another_theme_paints_other_grounds(view: CanvasView) -> None:
    at = QPoint(3, 3)
    light = QColor(_picture(view).pixel(at))
    view.canvas.set_theme(themes.DARK)
    dark = QColor(_picture(view).pixel(at))
    assert light == themes.LIGHT.colour("canvas")
    assert dark == themes.DARK.colour("canvas")


@pytest.mark.parametrize("zoom", [0.05, 0.2, 0.34, 0.36, 1.0, 2.5])
def test_every_zoom_paints_the_container(view: CanvasView, zoom: float) -> None:
    view.zoom_to(zoom)
    view.reveal("c0")
    picture = _picture(view)
    at = _pixel(view, "c0", 400, 260)
    ratio = picture.devicePixelRatio()
    found = QColor(picture.pixel(round(at.x() * ratio), round(at.y() * ratio)))
    assert found != themes.LIGHT.colour("canvas")
