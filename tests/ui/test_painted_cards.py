"""Painted cards of findings: every one is listed, and spots work as buttons do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QDesktopServices, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from lambdaplanner.model.edit import Edit
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.card_layout import laid_out
from lambdaplanner.ui.panels.findings_panel import FindingsPanel
from lambdaplanner.ui.panels.heights import Heights
from lambdaplanner.ui.theme import DARK, LIGHT
from tests.card_hand import Card, card_of, cards_of
from tests.ui.panel_world import NETWORK, make_bridge

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MANY = 400
ROLE = Qt.ItemDataRole


def panel_of(qtbot: QtBot, text: str = NETWORK) -> tuple[Bridge, FindingsPanel]:
    bridge = make_bridge(text)
    panel = FindingsPanel(bridge, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(900, 500)
    panel.show()
    panel.activateWindow()
    QTest.qWaitForWindowActive(panel)
    return bridge, panel


def crowded() -> str:
    """So many broken promises, told in one, two or three lines."""
    ends = [("trapped", "internet"), ("trapped", "db"), (f"{'long-' * 9}name", "internet")]
    asked = [(*ends[at % 3], 1000 + at) for at in range(MANY)]
    rows = [f"- {{from: {a}, to: {b}, port: {p}, expect: reachable}}\n" for a, b, p in asked]
    long = f"  {'long-' * 9}name: {{}}"
    return "".join([NETWORK.replace("  loose: {}", f"  loose: {{}}\n{long}"), *rows])


def spoken(card: Card, panel: FindingsPanel, role: ROLE = ROLE.AccessibleTextRole) -> str:
    return str(panel.rows.index(card.place).data(role))


def hover(panel: FindingsPanel, where: QPoint) -> None:
    QTest.mouseMove(panel.view.viewport(), where)


def test_heights_are_found_by_place_and_by_pixel() -> None:
    heights = Heights()
    assert (heights.at(5), heights.total) == (-1, 0)
    heights.fill([10, 20, 30])
    assert [heights.top(place) for place in range(3)] == [0, 10, 30]
    assert [heights.at(y) for y in (-4, 0, 9, 10, 29, 30, 59, 99)] == [0, 0, 0, 1, 1, 2, 2, 2]
    assert not heights.correct(1, 20)
    assert heights.correct(1, 5)
    assert (heights.top(2), heights.total) == (15, 45)


def test_all_findings_are_listed_and_only_what_is_seen_is_made(qtbot: QtBot) -> None:
    _, panel = panel_of(qtbot, crowded())
    assert len(panel.shown) > MANY * 2 // 3
    assert panel.rows.rowCount() == len(panel.shown)
    assert len(panel.view.findChildren(QWidget)) < 20
    assert not panel.empty.isVisible()


def test_each_card_of_a_long_list_can_be_walked_to(qtbot: QtBot) -> None:
    _, panel = panel_of(qtbot, crowded())
    last = len(panel.shown) - 1
    panel.step(-1)
    card = cards_of(panel)[last]
    assert panel.view.viewport().rect().contains(card.rect.adjusted(0, 0, 0, -8))
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_Home)
    assert cards_of(panel)[0].rect.top() == 4
    qtbot.keyClick(panel.view, Qt.Key.Key_PageDown)
    assert panel.view.currentIndex().row() > 1
    qtbot.keyClick(panel.view, Qt.Key.Key_End)
    assert panel.view.currentIndex().row() == last
    qtbot.keyClick(panel.view, Qt.Key.Key_Up)
    assert panel.view.currentIndex().row() == last - 1
    assert cards_of(panel)[last - 1].in_sight


def test_scrolling_leaves_what_is_seen_where_it_is(qtbot: QtBot) -> None:
    """Heights that were only guessed turn out otherwise; no card jumps."""
    _, panel = panel_of(qtbot, crowded())
    bar = panel.view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for by in (-37, -200, -61, 50):
        seen = panel.view.visible_places()
        middle = seen[len(seen) // 2]
        before = panel.view.rect_of(middle)
        bar.setValue(bar.value() - by)
        assert panel.view.rect_of(middle) == before.translated(0, by)


def test_a_spot_works_by_the_keyboard_alone(qtbot: QtBot) -> None:
    bridge, panel = panel_of(qtbot)
    revealed: list[str] = []
    bridge.reveal_wanted.connect(revealed.append)
    card = card_of(panel, "LAM-002")
    panel.view.setFocus()
    panel.view.go_to(card.place)
    assert spoken(card, panel) == f"Error LAM-002: {card.shown.message}"
    assert "Fix, AWS page, Acknowledge." in spoken(card, panel, ROLE.AccessibleDescriptionRole)
    for _ in range(3):
        qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert spoken(card, panel) == "Acknowledge LAM-002: Live with it, for a reason"
    qtbot.keyClick(panel.view, Qt.Key.Key_Right)
    assert spoken(card, panel) == "Show trapped on the canvas"
    qtbot.keyClick(panel.view, Qt.Key.Key_Space)
    assert revealed == ["trapped"]
    qtbot.keyClick(panel.view, Qt.Key.Key_Left)
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    form = panel.view.form(card.place)
    assert form is not None
    assert form.reason.hasFocus()
    qtbot.keyClicks(form.reason, "a reason")
    qtbot.keyClick(form.reason, Qt.Key.Key_Tab)
    assert form.until.hasFocus()
    qtbot.keyClick(form.until, Qt.Key.Key_Backtab)
    assert form.reason.hasFocus()
    qtbot.keyClick(form.reason, Qt.Key.Key_Escape)
    assert panel.view.form(card.place) is None
    assert panel.view.hasFocus()


def test_tab_goes_through_all_spots_of_all_cards_and_back(qtbot: QtBot) -> None:
    _, panel = panel_of(qtbot)
    panel.acknowledged.setFocus()
    qtbot.keyClick(panel.acknowledged, Qt.Key.Key_Tab)
    assert panel.view.hasFocus()
    stops = [(card.place, at) for card in cards_of(panel) for at in range(-1, len(card.face.spots))]

    def here() -> tuple[int, int]:
        place = panel.view.currentIndex().row()
        in_hand = panel.rows.in_hand
        return in_hand if in_hand is not None else (place, -1)

    met = [here()]
    for _ in stops[1:]:
        qtbot.keyClick(panel.view, Qt.Key.Key_Tab)
        met.append(here())
    assert met == stops
    for stop in reversed(stops[:-1]):
        qtbot.keyClick(panel.view, Qt.Key.Key_Backtab)
        assert here() == stop
    qtbot.keyClick(panel.view, Qt.Key.Key_Backtab)
    assert not panel.view.hasFocus()


def test_the_pointer_finds_spots_and_their_tips(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, panel = panel_of(qtbot)
    card = card_of(panel, "LAM-002")
    view = panel.view
    where = card.where("Fix")
    plain = view.grab().toImage()
    hover(panel, where)
    assert view.viewport().cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert view.grab().toImage() != plain
    tips: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _where, text, _view: tips.append(text))
    for text in ("Fix", "trapped", ""):
        spot = card.where(text)
        event = QHelpEvent(QHelpEvent.Type.ToolTip, spot, view.mapToGlobal(spot))
        QApplication.sendEvent(view.viewport(), event)
    assert tips == ["Show the ways to mend this", "Show trapped on the canvas", ""]
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    card.click("AWS page")
    assert opened == [card.shown.reference]


def test_a_press_that_is_let_go_elsewhere_does_nothing(qtbot: QtBot) -> None:
    bridge, panel = panel_of(qtbot)
    wanted: list[object] = []
    bridge.fix_wanted.connect(wanted.append)
    card = card_of(panel, "LAM-002")
    left, port = Qt.MouseButton.LeftButton, panel.view.viewport()
    fix, beside = card.where("Fix"), card.where()
    qtbot.mousePress(port, left, pos=fix)
    qtbot.mouseRelease(port, left, pos=beside)
    assert wanted == []
    qtbot.mousePress(port, left, pos=fix)
    qtbot.mouseRelease(port, left, pos=fix)
    assert len(wanted) == 1


def test_a_menu_offers_what_the_spots_do(qtbot: QtBot) -> None:
    bridge, panel = panel_of(qtbot)
    wanted: list[object] = []
    bridge.fix_wanted.connect(wanted.append)
    panel.view.setFocus()
    panel.view.go_to(card_of(panel, "LAM-002").place)
    menu = panel.view.menu_of(panel.view.currentIndex().row())
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts[:4] == ["Fix", "AWS page", "Acknowledge", "Show trapped on the canvas"]
    menu.actions()[0].trigger()
    assert len(wanted) == 1
    menu.close()


def test_what_is_typed_stays_while_other_findings_come_and_go(qtbot: QtBot) -> None:
    bridge, panel = panel_of(qtbot)
    form = card_of(panel, "LAM-002").form("Acknowledge")
    qtbot.keyClicks(form.reason, "half a rea")
    other = card_of(panel, "LAM-001").form("Acknowledge")
    assert other is not form
    bridge.do("x", lambda edit: edit.update("orders", role_policies=()))
    bridge.settle()
    card = card_of(panel, "LAM-002")
    assert panel.view.form(card.place) is form
    assert form.reason.text() == "half a rea"
    room = card.rect
    panel.view.scrollTo(panel.rows.index(card.place))
    assert card.rect.contains(QRect(form.pos(), form.size()))
    assert room.height() > 150

    def mend(edit: Edit) -> None:
        edit.update("trapped", subnets=("private-a",))

    bridge.do("x", mend)
    bridge.settle()
    assert all(one.id != "LAM-002" for one in panel.shown)
    assert not form.isVisible()


def test_a_narrow_card_puts_its_buttons_below(qtbot: QtBot) -> None:
    _, panel = panel_of(qtbot)
    face = card_of(panel, "LAM-002").face
    wide, narrow = laid_out(face, 800), laid_out(face, 300)
    assert wide.places[0].rect.top() < wide.pill.bottom()
    assert narrow.places[0].rect.top() > narrow.pill.bottom()
    for layout, width in ((wide, 800), (narrow, 300)):
        assert all(place.rect.right() < width for place in layout.places)
        tops = [rect.top() for rect in layout.texts]
        assert tops == sorted(tops)
        assert layout.height > layout.texts[-1].bottom()


def test_another_theme_is_painted_at_once(qtbot: QtBot) -> None:
    _, panel = panel_of(qtbot)
    corner = cards_of(panel)[0].where()
    light = panel.view.grab().toImage().pixelColor(corner)
    panel.set_theme(DARK)
    assert panel.view.grab().toImage().pixelColor(corner) == DARK.colour("surface") != light
