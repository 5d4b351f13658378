"""Between the session, which knows no Qt, and the widgets: changes become signals, answers come one
tick later.

An edit is announced at once (`changed`), so that the canvas follows the hand; what it means is
computed when the event loop is next idle (`analysed`), so that ten edits in one tick cost one
analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.editor.hand import Hand
from lambdaplanner.editor.live import Live
from lambdaplanner.errors import EditError, QuestionError
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.imagining import Imagining


class Bridge(QObject):
    """What the panels are given.

    Signals:
        replaced: another plan was opened.
        renamed: things got other ids (new ids by the old ones); comes before the selection
            follows and before `changed`, so that what goes by an id goes on meaning the same thing.
        changed: the plan changed, with the change set.
        analysed: the answers belong to the plan as it is now.
        selected: the selection changed.
        asked: the question of the path panel, or its answer, changed.
        told: something to tell the user: tone, sentence.
        reveal_wanted: show this thing on the canvas.
        fix_wanted: look for ways to mend this problem.
        did: something was done for the user that they may want to take back: what.
        placing_wanted: kind and variant that the next click on the canvas places; empty: none.
    """

    replaced = Signal()
    renamed = Signal(object)
    changed = Signal(object)
    analysed = Signal()
    selected = Signal()
    asked = Signal()
    told = Signal(str, str)
    reveal_wanted = Signal(str)
    fix_wanted = Signal(object)
    did = Signal(str)
    placing_wanted = Signal(str, str)

    def __init__(self, plan: Plan, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._analyse)
        self._unsubscribe: Callable[[], None] = lambda: None
        self._question: tuple[str, str, int | None, str] | None = None
        self._ip: int | None = None
        self.answer: Answer | None = None
        self.imagining = Imagining(lambda: self.session.plan, self)
        self._adopt(plan)

    def open(self, plan: Plan) -> None:
        """Shows another plan, with a fresh history."""
        self._idle.stop()
        self._unsubscribe()
        self.live.close()
        self._question = None
        self.answer = None
        self._adopt(plan)
        self.imagining.clear()
        self.replaced.emit()
        self.selected.emit()
        self.asked.emit()
        self._analyse()

    def do(self, label: str, command: Callable[[Edit], Any], merge: Hashable | None = None) -> bool:
        """Runs an edit; an edit that the plan cannot take is told, and changes nothing."""
        try:
            self.session.do(label, command, merge=merge)
        except EditError as error:
            self.told.emit("error", str(error))
            return False
        return True

    def select(self, ids: Iterable[str]) -> None:
        """Selects these things."""
        self.session.selection.set(ids)

    def reveal(self, resource_id: str) -> None:
        """Selects a thing and brings it into view."""
        self.select([resource_id])
        self.reveal_wanted.emit(resource_id)

    def start_placing(self, kind: str, variant: str = "") -> None:
        """The next click on the canvas places a new thing of this kind; an empty kind ends it."""
        self.placing_wanted.emit(kind, variant)

    def ask(
        self,
        source: str,
        target: str,
        port: int | None = None,
        protocol: str = "tcp",
        ip: int | None = None,
    ) -> None:
        """Asks a question of reachability; its answer stays up to date while the plan changes."""
        self._question = (source, target, port, protocol)
        self._ip = ip
        self._answer()

    def clear_question(self) -> None:
        """Forgets the question, and the path on the canvas with it."""
        self._question = None
        self._answer()

    @property
    def question(self) -> tuple[str, str, int | None, str] | None:
        """Source, target, port and protocol of the question that is shown."""
        return self._question

    @property
    def ip(self) -> int | None:
        """The version of IP that the question names."""
        return self._ip

    @property
    def settled(self) -> bool:
        """Whether the answers belong to the plan as it is now."""
        return not self._idle.isActive()

    def settle(self) -> None:
        """Computes now what the next idle moment would; for pictures and tests."""
        if not self.settled:
            self._idle.stop()
            self._analyse()

    def _adopt(self, plan: Plan) -> None:
        # In this order: answers know of an edit before anybody hears of it who may ask for them.
        self.live = Live(plan)
        renaming = plan.subscribe(self._on_rename)
        self.hand = Hand(plan)
        self.session = self.hand.session
        ends = (
            renaming,
            plan.subscribe(self._on_change),
            self.session.selection.subscribe(self.selected.emit),
        )

        def unsubscribe() -> None:
            for end in ends:
                end()

        self._unsubscribe = unsubscribe

    def _on_rename(self, changes: ChangeSet) -> None:
        renamed = changes.renamed
        if not renamed:
            return
        if self._question is not None:
            source, target, port, protocol = self._question
            source, target = renamed.get(source, source), renamed.get(target, target)
            self._question = (source, target, port, protocol)
        self.imagining.follow(renamed)
        self.renamed.emit(renamed)

    def _on_change(self, changes: ChangeSet) -> None:
        self.changed.emit(changes)
        if any(key.facet != "placement" for key in changes):
            self._idle.start()

    def _analyse(self) -> None:
        self._answer(tell=False)
        self.imagining.keep_known()
        self.analysed.emit()

    def _answer(self, *, tell: bool = True) -> None:
        old = self.answer
        self.answer = None
        if self._question is not None:
            source, target, port, protocol = self._question
            try:
                self.answer = self.live.question(source, target, port, protocol, self._ip)
            except QuestionError as error:
                if tell:
                    self.told.emit("warning", str(error))
        if tell or self.answer != old:
            self.asked.emit()
