"""What is best done about the obstacles of the question that is shown, found in idle moments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.fixes.advice import searched_for_advice
from lambdaplanner.ui.stepper import Stepper

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge
    from lambdaplanner.ui.panels.path_view import PathView

_AFTER_MS = 250
"""How long nobody has edited before it is looked for: no work for between two keys."""


class PathAdvice(QObject):
    """Looks for the first way to mend a question, anew whenever the plan changes, and says at each
    obstacle what it does there.
    """

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._answer: Answer | None = None
        self._views: Sequence[PathView] = ()
        self._steps = Stepper(self)
        self._steps.stepped.connect(self._on_step)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_AFTER_MS)
        self._wait.timeout.connect(self._begin)
        bridge.changed.connect(self._again)
        bridge.analysed.connect(self._again)

    def look_for(self, answer: Answer | None, views: Sequence[PathView]) -> None:
        """Looks, a moment later, for what mends this, for the views of its paths; for nothing where
        nothing blocks.
        """
        blocked = answer is not None and answer.verdict != "reachable"
        self._answer = answer if blocked else None
        self._views = views
        self._again()

    def settle(self) -> None:
        """Finds now what the next idle moments would; for pictures and tests."""
        if self._wait.isActive():
            self._wait.stop()
            self._begin()
        self._steps.finish()

    def _again(self) -> None:
        self._steps.stop()
        if self._answer is None:
            self._wait.stop()
        else:
            self._wait.start()

    def _begin(self) -> None:
        """Only for the answer as it is now: after an edit the next one comes by itself, once
        somebody looks.
        """
        bridge = self._bridge
        if self._answer is not None and bridge.settled and bridge.answer == self._answer:
            self._steps.start(searched_for_advice(bridge.live.view, self._answer))

    def _on_step(self, told: Answer | None) -> None:
        if told is None:
            return
        by_way = {(path.via, path.into): path for path in told.paths}
        for view in self._views:
            view.advise(by_way[view.path.via, view.path.into])
