"""One finding, or one broken expectation, as a card."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton

from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import ExpectationResult, acknowledged
from lambdaplanner.fixes.offers import fixable
from lambdaplanner.model.document import Acknowledgement
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.painting import guarded
from lambdaplanner.ui.panels.acknowledging import AcknowledgementForm, note_words
from lambdaplanner.ui.panels.fact_list import Links
from lambdaplanner.ui.panels.parts import Card, IconButton, Pill, label, row
from lambdaplanner.ui.panels.words import SEVERITY, Word, stopped
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.problems import FindingProblem, Problem, PromiseProblem
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

BROKEN = "Expectation"
"""What stands in place of a check's id where a promise is broken."""
_CAUSES_NAMED = 3
"""Of what breaks a promise, on its card; the path has all."""


class Shown(NamedTuple):
    """A finding as the list shows it."""

    id: str
    severity: str
    about: tuple[str, ...]
    message: str
    fix: str
    reference: str
    acknowledged: bool
    origin: Finding | ExpectationResult
    """What it is shown for."""
    note: Acknowledgement | None = None
    """What somebody wrote about it, though its day may be over."""


def shown_of(
    findings: Iterable[Finding],
    expectations: Iterable[ExpectationResult],
    plan: Plan | None = None,
) -> list[Shown]:
    """Broken promises first, then the findings in their order, each with the note about it that
    the plan has."""
    notes = () if plan is None else plan.acknowledged
    broken = [_broken(one) for one in expectations if not one.ok]
    return [
        *broken,
        *(
            Shown(
                f.id,
                f.severity,
                f.about,
                f.message,
                f.fix,
                f.reference,
                f.acknowledged,
                f,
                next((n for n in notes if plan and acknowledged(plan, f, [n])), None),
            )
            for f in findings
        ),
    ]


def _broken(one: ExpectationResult) -> Shown:
    port = "" if one.port is None else f" {one.port}"
    asked = f"{one.source} to {one.target}, {one.protocol}{port}"
    if one.verdict is None:
        message = f"{asked}: {one.problem}"
    else:
        state = f"{asked} should be {one.expect}, and is {one.verdict}."
        message = " ".join((state, *_causes(one)))
    fix = "Follow the path to see what decides, or change what the plan promises."
    return Shown(BROKEN, "error", (one.source, one.target), message, fix, "", False, one)


def _causes(one: ExpectationResult) -> list[str]:
    """What keeps a promise from holding, as `check` tells it."""
    told = list(dict.fromkeys(stopped(obstacle.message) for obstacle in one.obstacles))
    rest = len(told) - _CAUSES_NAMED
    return told if rest <= 1 else [*told[:_CAUSES_NAMED], f"{rest} more stand in the way."]


def problem_of(shown: Shown) -> Problem | None:
    """What may be mended of it; None where no edit could."""
    origin = shown.origin
    if isinstance(origin, ExpectationResult):
        return PromiseProblem(origin) if origin.verdict is not None else None
    if fixable(origin) and not shown.acknowledged:
        return FindingProblem(origin)
    return None


class FindingCard(Card):
    """Severity, id, what is wrong, what to do, what it is about; click or Enter jumps there.

    Signals:
        chosen: it was clicked, or Enter was pressed on it.
        acknowledge_wanted: somebody decided to live with it, for the reason given, until the day
            given ("": for good).
        reopen_wanted: it is to be shown again.
        fix_wanted: ways to mend it are asked for.
        reference_wanted: AWS's page is asked for.
    """

    chosen = Signal()
    acknowledge_wanted = Signal(str, str)
    reopen_wanted = Signal()
    fix_wanted = Signal()
    reference_wanted = Signal()

    def __init__(self, shown: Shown, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.shown = shown
        self._theme = theme
        self._current = False
        word = SEVERITY[shown.severity]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{word.text} {shown.id}: {shown.message}")
        state = Word("muted", "Acknowledged") if shown.acknowledged else word
        self.column.setSpacing(5)
        self.form = AcknowledgementForm(shown.note, bridge.live.today)
        self.form.hide()
        self.form.taken.connect(self.acknowledge_wanted)
        self.reason_field = self.form.reason
        buttons = self._buttons(theme)
        for button in buttons:
            button.setAccessibleName(f"{button.text()} {shown.id}")
        id_label = label(shown.id, "code")
        links = Links(bridge, theme, shown.about[:6])
        self.column.addLayout(row(Pill(theme, state), id_label, 1, *buttons, spacing=8))
        self.message: QLabel = label(stopped(shown.message), wrap=True, selectable=False)
        self.column.addWidget(self.message)
        if shown.fix:
            self.column.addWidget(label(stopped(shown.fix), "muted", wrap=True))
        if shown.about:
            self.column.addWidget(links)
        if shown.note is not None:
            self.note: QLabel = label(note_words(shown.note, bridge.live.today), wrap=True)
            self.column.addWidget(self.note)
        self.column.addWidget(self.form)
        if shown.acknowledged:
            self.message.setEnabled(False)

    def _buttons(self, theme: Theme) -> list[QAbstractButton]:
        made: list[QAbstractButton] = []
        if problem_of(self.shown) is not None:
            word = "Mend" if self.shown.id == BROKEN else "Fix"
            self.fix = IconButton(
                "fix", "Show the ways to mend this", theme, text=word, colour="accent_text"
            )
            self.fix.clicked.connect(self.fix_wanted)
            made.append(self.fix)
        if self.shown.reference:
            page = QPushButton("AWS page")
            page.setToolTip(plain_tip(self.shown.reference))
            mark(page, kind="quiet")
            page.clicked.connect(self.reference_wanted)
            made.append(page)
        if self.shown.id == BROKEN:
            return made
        if self.shown.acknowledged:
            self.acknowledge = IconButton("undo", "Show it again", theme, text="Show again")
            self.acknowledge.clicked.connect(self.reopen_wanted)
            self.change = IconButton("edit", "Change reason and day", theme, text="Change")
            self.change.clicked.connect(self._ask_reason)
            made.append(self.change)
        else:
            self.acknowledge = IconButton(
                "ok", "Live with it, for a reason", theme, text="Acknowledge"
            )
            self.acknowledge.clicked.connect(self._ask_reason)
        made.append(self.acknowledge)
        return made

    def _ask_reason(self) -> None:
        self.form.show()
        self.reason_field.setFocus()

    def set_current(self, current: bool) -> None:
        """Marks it as the one that was jumped to."""
        if current != self._current:
            self._current = current
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus()
            self.chosen.emit()
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not self.form.has_keyboard:
                self.chosen.emit()
        elif event.key() == Qt.Key.Key_Escape and self.form.isVisible():
            self.form.hide()
            self.setFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def retint(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self._current or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = "focus" if self.hasFocus() else "selection"
        painter.setPen(QPen(self._theme.colour(colour), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
