"""Help in the window: the guide, every shortcut, and what this program is."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSignalBlocker, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from lambdaplanner import __version__, assets
from lambdaplanner.ui.actions import ACTIONS, MENUS
from lambdaplanner.ui.theme import Theme
from lambdaplanner.ui.third_party import library_pages

GUIDE = {
    "guide": "Guide",
    "format": "The plan file",
    "checks": "Checks",
    "aws": "AWS facts",
    "glossary": "Glossary",
}
"""The guide's pages that the window shows, by the names of their files."""

GESTURES = (
    ("Pan", "wheel, Space and drag, middle button, right button and drag"),
    ("Zoom at the pointer", "Ctrl and wheel, pinch"),
    ("Add to the selection", "Shift and click"),
    ("Select what lies below", "Alt and click"),
    (
        "Select by a frame",
        "drag on empty space: to the right what is inside, to the left what it touches",
    ),
    ("Duplicate", "Alt and drag"),
    ("Move without snapping", "Ctrl while dragging"),
    ("Keep the container", "Alt while dragging"),
    ("Nudge", "arrows by 1, Shift and arrows by 8"),
    ("Next, previous, into, out", "Tab, Shift+Tab, Enter, Shift+Enter"),
    ("Cancel", "Esc: everything is as it was"),
)


class HelpDialog(QDialog):
    """Help beside the window: the pages of the guide, with a list to choose from, or one page
    that stands alone. Links between the guide's pages are followed in the same dialog.
    """

    def __init__(self, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser = QTextBrowser(self)
        self.browser.setOpenExternalLinks(True)
        self.pages = QListWidget(self)
        self.pages.setProperty("role", "boxed")
        self.pages.setAccessibleName("Pages of the guide")
        self.pages.setFixedWidth(140)
        self.pages.addItems([GUIDE[name] for name in GUIDE])
        self.pages.currentRowChanged.connect(self._show_row)
        self.browser.sourceChanged.connect(self._shown)
        self._lay_out()
        self._single = "" if page in GUIDE else page
        if self._single:
            self.pages.hide()
            self._show_single()
        else:
            self.pages.setCurrentRow(list(GUIDE).index(page))
        self.browser.setFocus()

    def set_theme(self, _theme: Theme) -> None:
        """Reads the page anew, since links have taken the colour of the palette then; the reader
        stays at the same place.
        """
        bar = self.browser.verticalScrollBar()
        place = bar.value()
        if self._single:
            self._show_single()
        else:
            self.browser.reload()
            self._give_air()
        bar.setValue(place)

    def _show_single(self) -> None:
        title, html = SINGLE[self._single]
        self.browser.setHtml(html())
        self.setWindowTitle(title)
        self._give_air()

    def _lay_out(self) -> None:
        self.resize(960, 680)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        beside = QHBoxLayout()
        beside.addWidget(self.pages)
        beside.addWidget(self.browser, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(beside)
        layout.addWidget(buttons)

    def _show_row(self, row: int) -> None:
        if row >= 0:
            path = assets.guide_path(list(GUIDE)[row])
            self.browser.setSource(QUrl.fromLocalFile(str(path)))

    def _shown(self, source: QUrl) -> None:
        """Also after a link and after going back: the list says which page is shown."""
        name = source.fileName().removesuffix(".md")
        with QSignalBlocker(self.pages):
            self.pages.setCurrentRow(list(GUIDE).index(name) if name in GUIDE else -1)
        self.setWindowTitle(GUIDE.get(name, "Guide"))
        self._give_air()

    def _give_air(self) -> None:
        document = self.browser.document()
        document.setDocumentMargin(20)
        if self.pages.currentRow() >= 0:
            _space_paragraphs(document)


def _space_paragraphs(document: QTextDocument) -> None:
    """Markdown comes without any room between paragraphs; those in tables and lists stay close."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        cursor.setPosition(block.position())
        close = cursor.currentTable() or form.nonBreakableLines() or not block.text()
        if not close:
            form.setTopMargin(16 if form.headingLevel() else 0)
            form.setBottomMargin(3 if block.textList() else 8)
            cursor.setBlockFormat(form)
        block = block.next()
    cursor.endEditBlock()


def shortcuts_page() -> str:
    """Every action with its keys, by menu, and the gestures of the mouse."""
    parts = []
    for menu in MENUS:
        rows = [
            (row.text.rstrip("."), ", ".join(row.keys))
            for row in ACTIONS
            if row.menu == menu and row.keys
        ]
        parts.append(_table(menu, rows))
    parts.append(_table("Mouse and canvas", list(GESTURES)))
    return "".join(parts)


def _table(title: str, rows: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<tr><td width="240">{escape(text)}</td><td><b>{escape(keys)}</b></td></tr>'
        for text, keys in rows
    )
    return f'<h3>{escape(title)}</h3><table cellspacing="6">{lines}</table>'


def about_page() -> str:
    """The version, and whose work it stands on."""
    return (
        f"<h2>Lambda Planner {escape(__version__)}</h2>"
        "<p>Draw the VPCs around your Lambda functions, and know at once what reaches what, "
        "and what fits.</p>"
        "<p>It plans; it deploys nothing and holds no credentials. "
        "It is no product of Amazon Web Services.</p>"
        f"<h3>Made with</h3>{library_pages()}"
    )


SINGLE = {
    "shortcuts": ("Shortcuts", shortcuts_page),
    "about": ("About Lambda Planner", about_page),
}
"""Pages that stand alone: the title, and what makes the page."""
