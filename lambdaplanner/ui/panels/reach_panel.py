"""One end against all: what it can reach, and who can reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from lambdaplanner.analysis.survey import INTERNET, Reached, reach_from, reach_into
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.function import Function
from lambdaplanner.model.interfaces import owner_of
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.ends import end_field, end_options
from lambdaplanner.ui.panels.flow import Flow, captioned
from lambdaplanner.ui.panels.parts import (
    EDGE,
    ElidedLabel,
    IconButton,
    Pill,
    column,
    label,
    retint,
    row,
)
from lambdaplanner.ui.panels.reach_list import ReachList
from lambdaplanner.ui.panels.reach_models import Entry, entries_of
from lambdaplanner.ui.panels.reference_editors import Option, RefField
from lambdaplanner.ui.panels.words import REACH, called, sentence
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_CALM = (
    "Choose a function, a workload or the internet, here or on the canvas: everything that it "
    "can reach, and everything that can reach it."
)
_NOBODY_ENTERS = "Nothing can open a connection to a function."


class ReachPanel(QWidget):
    """Follows the selection and every edit; computes only while somebody looks.

    Signals:
        path_wanted: the path of the question that is shown shall be seen.
    """

    path_wanted = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._subject = ""
        self._mine = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self.refresh)
        info = end_field("Of", "end", "A function, a workload or the internet")
        self.subject = RefField(info, self._ends, theme)
        self.subject.line().setPlaceholderText("Function, workload or internet")
        self.subject.offer = self._take
        self.subject.judged.connect(lambda _tone, text: self._say(text))
        self.subject.setMinimumWidth(200)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Filter by name, kind or port")
        self.search.setAccessibleName("Filter the ends")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.verdicts: dict[str, IconButton] = {}
        for verdict, word in REACH.items():
            button = IconButton(
                word.tone,
                f"Show what is {word.text.lower()}",
                theme,
                text=word.text,
                colour=f"{word.tone}.solid",
            )
            button.setCheckable(True)
            button.setChecked(True)
            button.toggled.connect(lambda _on: self._filter())
            self.verdicts[verdict] = button
        self.onward = ReachList("Can reach", theme)
        self.inward = ReachList("Can be reached by", theme)
        self.onward_count = ElidedLabel("", "caption")
        self.inward_count = ElidedLabel("", "caption")
        self.reason: QLabel = label("", "error", wrap=True)
        self.calm: QLabel = label(_CALM, "muted", wrap=True)
        self.pill = Pill(theme)
        self.question = ElidedLabel("", "")
        self.show_path = QPushButton("Show the path")
        self.show_path.setToolTip("Follow it hop by hop")
        mark(self.show_path, kind="quiet")
        self.show_path.clicked.connect(self.path_wanted)
        self._lay_out()
        self._connect()
        self._say("")
        self.refresh()

    def _lay_out(self) -> None:
        ask = QWidget()
        ask.setContentsMargins(EDGE, 8, EDGE, 0)
        flow = Flow(ask, spacing=8)
        for part in (captioned("Of", self.subject), self.search, *self.verdicts.values()):
            flow.addWidget(part)
        self._lists = QWidget()
        sides = row(spacing=14)
        for title, number, part in (
            ("Can reach", self.onward_count, self.onward),
            ("Can be reached by", self.inward_count, self.inward),
        ):
            side = column(spacing=4)
            head = row(label(title, "section"), number)
            head.setStretch(1, 1)
            side.addLayout(head)
            side.addWidget(part, 1)
            sides.addLayout(side, 1)
        self._answer = QWidget()
        line = row(self.pill, self.question, self.show_path)
        line.setStretch(1, 1)
        self._answer.setLayout(line)
        inner = column(self._lists, spacing=6)
        inner.setContentsMargins(EDGE, 0, EDGE, 8)
        inner.addLayout(sides, 1)
        inner.addWidget(self._answer)
        for words in (self.reason, self.calm):
            words.setContentsMargins(EDGE, 4, EDGE, 4)
        layout = column(self, spacing=6)
        layout.addWidget(ask)
        layout.addWidget(self.reason)
        layout.addWidget(self.calm)
        layout.addWidget(self._lists, 1)
        layout.addStretch(0)

    def _connect(self) -> None:
        for part in (self.onward, self.inward):
            part.looked_at.connect(self._ask)
            part.chosen.connect(self._reveal)
        bridge = self._bridge
        bridge.analysed.connect(self._later)
        bridge.selected.connect(self._on_selected)
        bridge.replaced.connect(self._on_replaced)
        bridge.renamed.connect(self._on_renamed)
        bridge.asked.connect(self._show_question)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)

    @property
    def end(self) -> str:
        """The end that is held against all others; empty where none was chosen yet."""
        return self._subject

    def settle(self) -> None:
        """Computes now what the next idle moment would; for pictures and tests."""
        if self._idle.isActive():
            self._idle.stop()
            self.refresh()

    def refresh(self) -> None:
        """Brings both lists up to date, if somebody sees them."""
        if not self.isVisible():
            return
        plan, end = self._bridge.session.plan, self._subject
        if end and end != INTERNET and end not in plan:
            end = self._subject = ""
        self.subject.show_value(end or None)
        self.calm.setVisible(not end)
        self._lists.setVisible(bool(end))
        if end:
            self._survey(plan, end)
        self._show_question()

    def _survey(self, plan: Plan, end: str) -> None:
        network = self._bridge.live.network
        onward: tuple[Reached, ...] = ()
        inward: tuple[Reached, ...] = ()
        try:
            onward, inward = reach_from(network, end), reach_into(network, end)
        except QuestionError as error:
            self._say(sentence(str(error)))
        self.onward.rows.show_entries(entries_of(plan, onward, inward=False))
        self.inward.rows.show_entries(entries_of(plan, inward, inward=True))
        self.onward_count.setText(_tally(self.onward))
        entered = isinstance(plan.find(end), Function)
        self.inward_count.setText(_NOBODY_ENTERS if entered else _tally(self.inward))

    def _say(self, reason: str) -> None:
        self.reason.setText(reason)
        self.reason.setVisible(bool(reason))

    def _filter(self) -> None:
        verdicts = [verdict for verdict, button in self.verdicts.items() if button.isChecked()]
        for part in (self.onward, self.inward):
            part.rows.filter(self.search.text(), verdicts)
        self._show_question()

    def _later(self) -> None:
        """Once the event loop is idle, if somebody looks; else when it is shown."""
        if self.isVisible():
            self._idle.start()

    def _ends(self) -> list[Option]:
        return end_options(self._bridge.session.plan)

    def _take(self, value: object) -> str:
        self._choose(str(value or ""))
        return ""

    def _choose(self, end: str) -> None:
        if end != self._subject:
            self._subject = end
            for part in (self.onward, self.inward):
                part.rows.close_fold()
            self._later()

    def _on_selected(self) -> None:
        """The selection of one end is another question; others leave the last one."""
        name = self._bridge.session.selection.only
        if self._mine or name is None:
            return
        name = owner_of(name)
        plan = self._bridge.session.plan
        if name == INTERNET or any(name in plan.of(kind) for kind in ENDS):
            self._choose(name)

    def _on_renamed(self, renamed: dict[str, str]) -> None:
        self._subject = renamed.get(self._subject, self._subject)

    def _on_replaced(self) -> None:
        self._subject = ""
        self._later()

    def _ask(self, entry: Entry) -> None:
        row_ = entry.row
        asked = (row_.source, row_.target, None, row_.protocol)
        if self._bridge.question != asked:
            self._bridge.ask(*asked)

    def _reveal(self, entry: Entry) -> None:
        """Shows the other end on the canvas; the lists stay with the end that was chosen."""
        self._ask(entry)
        self._mine = True
        self._bridge.reveal(entry.end)
        self._mine = False

    def _show_question(self) -> None:
        """Marks the row of the question that the path panel shows, and says its answer."""
        question, answer = self._bridge.question, self._bridge.answer
        source, target = question[:2] if question is not None else ("", "")
        shown = answer is not None and self._subject in (source, target)
        port = answer.port if answer is not None else None
        self.onward.mark_end(target if shown and source == self._subject else "", port)
        self.inward.mark_end(source if shown and target == self._subject else "", port)
        self._answer.setVisible(shown)
        if shown and answer is not None:
            plan = self._bridge.session.plan
            asked = answer.protocol if port is None else f"{answer.protocol} {port}"
            self.pill.show_word(REACH[answer.verdict])
            self.question.setText(f"{called(plan, source)} to {called(plan, target)}, {asked}")

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()


def _tally(part: ReachList) -> str:
    """How many rows have which verdict, in words."""
    tally = part.rows.tally()
    total = sum(tally.values())
    partial = f", {tally['partial']:,} partial" if tally["partial"] else ""
    unknown = f", {tally['unknown']:,} not known" if tally["unknown"] else ""
    return f"{tally['reachable']:,} of {total:,}{partial}{unknown}"
