"""Help in the window: pages of the guide, the list, links, and pages that stand alone."""

from __future__ import annotations

from typing import Any, cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.help_pages import GUIDE, SINGLE, HelpDialog


def shown(qtbot: QtBot, page: str) -> HelpDialog:
    dialog = HelpDialog(page)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def chosen(dialog: HelpDialog) -> str:
    item = dialog.pages.currentItem()
    return item.text() if item is not None else ""


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("guide", "How Lambda networking works"),
        ("aws", "1.1 The planning rule and AWS today"),
        ("format", "Scalars are what the field says"),
        ("checks", "LAM-002: A function in a public subnet"),
    ],
)
def test_a_page_of_the_guide_is_shown_beside_the_list(qtbot: QtBot, page: str, words: str) -> None:
    dialog = shown(qtbot, page)
    assert words in dialog.browser.toPlainText()
    assert chosen(dialog) == dialog.windowTitle() == GUIDE[page]


@pytest.mark.parametrize("row", range(len(GUIDE)))
def test_the_list_leads_to_each_page(qtbot: QtBot, row: int) -> None:
    dialog = shown(qtbot, "checks")
    dialog.pages.setCurrentRow(row)
    assert dialog.browser.source().fileName() == f"{list(GUIDE)[row]}.md"
    assert dialog.windowTitle() == list(GUIDE.values())[row]
    assert dialog.browser.document().documentMargin() == 20


def test_a_link_leads_to_another_page_and_back(qtbot: QtBot) -> None:
    dialog = shown(qtbot, "aws")
    dialog.browser.setSource(QUrl("checks.md"))
    assert chosen(dialog) == dialog.windowTitle() == "Checks"
    assert "LAM-002" in dialog.browser.toPlainText()
    dialog.browser.backward()
    assert chosen(dialog) == dialog.windowTitle() == "AWS facts"


@pytest.mark.parametrize("page", GUIDE)
def test_nothing_but_text_of_a_page_is_shown(qtbot: QtBot, page: str) -> None:
    dialog = shown(qtbot, page)
    text = dialog.browser.toPlainText()
    assert "<!--" not in text
    assert "](" not in text


@pytest.mark.parametrize(
    ("page", "words"), [("shortcuts", "Mouse and canvas"), ("about", "Made with")]
)
def test_a_single_page_stands_alone(qtbot: QtBot, page: str, words: str) -> None:
    dialog = shown(qtbot, page)
    assert words in dialog.browser.toPlainText()
    assert not dialog.pages.isVisible()
    assert dialog.windowTitle() == SINGLE[page][0]


def link_colours(dialog: HelpDialog) -> set[str]:
    found = set()
    block = dialog.browser.document().begin()
    while block.isValid():
        forms = [piece.fragment().charFormat() for piece in cast("Any", block)]
        found |= {form.foreground().color().name() for form in forms if form.isAnchor()}
        block = block.next()
    return found


@pytest.mark.parametrize("page", ["aws", "about"])
def test_links_take_the_colour_of_the_theme_while_the_page_stays(
    qtbot: QtBot, qapp: QApplication, page: str
) -> None:
    themes.apply(qapp, themes.LIGHT)
    dialog = shown(qtbot, page)
    bar = dialog.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    themes.apply(qapp, themes.DARK)
    dialog.set_theme(themes.DARK)
    colour = dialog.palette().link().color()
    assert link_colours(dialog) == {QColor(colour).name()}
    assert bar.value() == before
    themes.apply(qapp, themes.LIGHT)
