"""Help in the window: the guide, every shortcut, and what this program is."""

from __future__ import annotations

from html import escape

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from lambdaplanner import __version__, assets
from lambdaplanner.ui.actions import ACTIONS, MENUS
from lambdaplanner.ui.theme import Theme
from lambdaplanner.ui.third_party import library_pages

TITLES = {"guide": "Guide", "shortcuts": "Shortcuts", "about": "About Lambda Planner"}
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
    """One page of help."""

    def __init__(self, page: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(TITLES[page])
        self.resize(760, 640)
        self.browser = QTextBrowser(self)
        self.browser.setOpenExternalLinks(True)
        self.browser.document().setDocumentMargin(20)
        if page == "guide":
            self.browser.setMarkdown(assets.text("guide/guide.md"))
        else:
            self.browser.setHtml(shortcuts_page() if page == "shortcuts" else about_page())
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(self.browser)
        layout.addWidget(buttons)
        del theme


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
