"""Whether one end reaches the other: the question, the verdict, and each path hop by hop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.analysis.ends import said_ip
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.fields import Choice, Integer
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.choice_editors import ChoiceField
from lambdaplanner.ui.panels.ends import end_field, end_options, read_end
from lambdaplanner.ui.panels.field_editors import LineField
from lambdaplanner.ui.panels.flow import Flow, captioned
from lambdaplanner.ui.panels.parts import (
    EDGE,
    IconButton,
    Pill,
    column,
    emptied,
    label,
    retint,
    row,
    scrolled,
)
from lambdaplanner.ui.panels.path_advice import PathAdvice
from lambdaplanner.ui.panels.path_view import PathView
from lambdaplanner.ui.panels.reference_editors import Option, RefField
from lambdaplanner.ui.panels.version_field import VersionField
from lambdaplanner.ui.panels.words import REACH, called, count, taken_for_granted
from lambdaplanner.ui.problems import PromiseProblem
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_PATHS_UNFOLDED = 2
_CALM = (
    "Choose where a connection starts and where it should end. The answer follows the packet "
    "hop by hop, there and back, "
    "names everything that blocks it, and stays up to date while you edit."
)
_END = "A function, a workload, internet, or an address"


class TracePanel(QWidget):
    """The question and its answer."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._answer: Answer | None = None
        self._stale = False
        self._views: list[PathView] = []
        self.advice = PathAdvice(bridge, self)
        self.source = self._end("From", "from")
        self.target = self._end("To", "to")
        port = FieldInfo(
            "port", "port", "Port", "Left out: the target's own, else 443", Integer(0, 65535), None
        )
        self.port = LineField(port)
        self.port.setPlaceholderText("auto")
        self.port.setFixedWidth(72)
        self.protocol = ChoiceField(
            FieldInfo("protocol", "protocol", "Protocol", "", Choice(("tcp", "udp", "icmp")), "tcp")
        )
        self.protocol.show_value("tcp")
        self.ip = VersionField()
        self.swap = QPushButton("Swap")
        self.swap.setToolTip("Ask the other way round")
        self.swap.clicked.connect(self.swap_ends)
        self.follow = QCheckBox("Follow selection")
        self.follow.setToolTip("Start at the function or workload that is selected")
        self.promise = QPushButton("Promise this")
        self.promise.setToolTip(
            "Make the answer an expectation: the plan then says so when it is no longer true"
        )
        self.promise.clicked.connect(self.promise_answer)
        self.mend = IconButton(
            "fix", "Show the ways to make it reachable", theme, text="Mend", colour="accent_text"
        )
        self.mend.clicked.connect(self._want_mended)
        self.clear = IconButton("control-close", "Forget the question", theme)
        self.clear.clicked.connect(bridge.clear_question)
        self.pill = Pill(theme)
        self.summary: QLabel = label("", wrap=True)
        self.reason: QLabel = label("", "error", wrap=True)
        self.calm: QLabel = label(_CALM, "muted", wrap=True)
        self._lay_out()
        self._connect()
        self._show()

    def _end(self, title: str, key: str) -> RefField:
        made = RefField(end_field(title, key, _END), self._ends, self._theme, free_text=read_end)
        made.line().setPlaceholderText(f"{title}: function, workload, internet, address")
        return made

    def _lay_out(self) -> None:
        ask = QWidget()
        ask.setContentsMargins(EDGE, 8, EDGE, 0)
        flow = Flow(ask, spacing=8)
        for part in (
            captioned("From", self.source, self.swap),
            captioned("to", self.target, self.protocol, self.port, self.ip),
            self.follow,
        ):
            flow.addWidget(part)
        self._verdict = QWidget()
        line = row(self.pill, self.summary, self.mend, self.promise, self.clear)
        line.setStretch(1, 1)
        line.setContentsMargins(EDGE, 0, EDGE, 0)
        self._verdict.setLayout(line)
        content = QWidget()
        self._list = column(content, spacing=8)
        self._list.setContentsMargins(EDGE, 2, EDGE, EDGE)
        self._area = scrolled(content)
        for words in (self.calm, self.reason):
            words.setContentsMargins(EDGE, 0, EDGE, 0)
        self.calm.setContentsMargins(EDGE, 10, EDGE, 10)
        layout = column(self, spacing=8)
        layout.addWidget(ask)
        for part in (self.reason, self.calm, self._verdict):
            layout.addWidget(part)
        layout.addWidget(self._area, 1)
        layout.addStretch(0)

    def _connect(self) -> None:
        for field in (self.source, self.target, self.port, self.protocol, self.ip):
            field.offer = self._take
            field.judged.connect(self._on_judged)
        self._bridge.asked.connect(self._show)
        self._bridge.selected.connect(self._on_selected)
        self._bridge.replaced.connect(self._on_replaced)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)

    @property
    def views(self) -> list[PathView]:
        """The paths that are shown."""
        return self._views

    def _ends(self) -> list[Option]:
        return end_options(self._bridge.session.plan, services=True)

    def _take(self, _value: object) -> str:
        """Any part of the question changed: asks again as soon as both ends are known."""
        self._ask()
        return ""

    def _ask(self) -> None:
        source = self.source.line().text().strip()
        target = self.target.line().text().strip()
        if source and target:
            port = self.port.text().strip()
            number = int(port) if port.isdecimal() else None
            protocol = self.protocol.currentData()
            self._bridge.ask(source, target, number, protocol, self.ip.version)

    def swap_ends(self) -> None:
        """Asks the other way round."""
        source, target = self.source.line().text(), self.target.line().text()
        self.source.show_value(target, force=True)
        self.target.show_value(source, force=True)
        self._ask()

    def promise_answer(self) -> None:
        """Makes the answer that is shown an expectation; one undo step."""
        answer = self._bridge.answer
        if answer is None or answer.verdict == "unknown":
            return
        asked = self._bridge.question
        port = asked[2] if asked is not None else answer.port
        new = Expectation(
            source=answer.source,
            target=answer.target,
            port=port,
            protocol=answer.protocol,
            ip=answer.ip,
            expect=answer.verdict,
        )

        def command(edit: Edit) -> None:
            kept = tuple(one for one in edit.plan.expectations if one.asked != new.asked)
            edit.set_expectations((*kept, new))

        if self._bridge.do(f"Promise {new.source} to {new.target}", command):
            self._bridge.told.emit("ok", f"The plan now promises: {new.expect}.")
            self._show_promise()

    def _want_mended(self) -> None:
        if self._bridge.answer is not None:
            self._bridge.fix_wanted.emit(
                PromiseProblem.of_question(self._bridge.live.view, self._bridge.answer)
            )

    def _on_selected(self) -> None:
        ids = tuple(self._bridge.session.selection.ids)
        found = self._bridge.session.plan.find(ids[0]) if len(ids) == 1 else None
        if found is None or not self.follow.isChecked() or found.kind not in ENDS:
            return
        self.source.show_value(found.id)
        if not self.target.line().text() or self.target.line().text() == found.id:
            self.target.show_value("internet", force=True)
        self._ask()

    def _on_judged(self, tone: str, text: str) -> None:
        self.reason.setText(text if tone == "error" else "")
        self.reason.setVisible(tone == "error")

    def _on_replaced(self) -> None:
        """Another plan has other ends."""
        for field in (self.source, self.target, self.port):
            field.show_value(None, force=True)
        self.protocol.show_value("tcp")
        self.ip.show_version(None)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fill_paths()

    def _fill_paths(self) -> None:
        """Shows the paths, now or when somebody looks."""
        if self._stale and self.isVisible():
            self._stale = False
            self._show_paths(self._answer.paths if self._answer is not None else ())

    def _show(self) -> None:
        question = self._bridge.question
        answer = self._bridge.answer
        if question is not None:
            source, target, port, protocol = question
            self.source.show_value(source)
            self.target.show_value(target)
            self.port.show_value(port)
            self.protocol.show_value(protocol)
            self.ip.show_version(self._bridge.ip)
        senseless = question is not None and answer is None
        self.reason.setVisible(senseless)
        if senseless:
            self.reason.setText(
                "There is no answer: an end is not in the plan, or the question makes no sense."
            )
        self.calm.setVisible(answer is None)
        self._verdict.setVisible(answer is not None)
        self._area.setVisible(answer is not None)
        if answer != self._answer or answer is None:
            self._answer, self._stale = answer, True
            self._fill_paths()
        if answer is not None:
            self._show_verdict(answer)

    def _show_verdict(self, answer: Answer) -> None:
        self.pill.show_word(REACH[answer.verdict])
        plan = self._bridge.session.plan
        port = "" if answer.port is None else f" {answer.port}"
        ends = (
            f"{called(plan, answer.source)} to {called(plan, answer.target)}, "
            f"{answer.protocol}{port}{said_ip(answer.ip)}"
        )
        good = sum(path.verdict == "reachable" for path in answer.paths)
        ways = f": {good} of {count(len(answer.paths), 'path')}" if len(answer.paths) > 1 else ""
        self.summary.setText(ends + ways + taken_for_granted(answer.assumes))
        self.mend.setVisible(answer.verdict != "reachable")
        self._show_promise()

    def _show_promise(self) -> None:
        answer, question = self._bridge.answer, self._bridge.question
        if answer is None or question is None:
            return
        promised = ((one.asked, one.expect) for one in self._bridge.session.plan.expectations)
        known = ((*question, answer.ip), answer.verdict) in promised
        self.promise.setEnabled(not known and answer.verdict != "unknown")
        self.promise.setText("Promised" if known else "Promise this")

    def _show_paths(self, paths: tuple[PathAnswer, ...]) -> None:
        folded = {(v.path.via, v.path.into): v.unfolded for v in self._views}
        emptied(self._list)
        self._views = []
        worst = sorted(paths, key=lambda path: path.verdict == "reachable")
        for place, path in enumerate(worst):
            unfolded = folded.get((path.via, path.into), place < _PATHS_UNFOLDED)
            view = PathView(path, self._bridge, self._theme, unfolded=unfolded)
            self._list.addWidget(view)
            self._views.append(view)
        self._list.addStretch(1)
        self.advice.look_for(self._answer, self._views)
