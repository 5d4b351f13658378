"""What if a zone is gone, a NAT gateway fails, traffic doubles: what breaks, and what is left."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.analysis.whatif import Imagined, imagine, zones_of
from lambdaplanner.checks.impact import echoes_loss
from lambdaplanner.checks.registry import Finding
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.ui import fonts
from lambdaplanner.ui.comparing import Compared, comparing, comparing_amounts
from lambdaplanner.ui.panels.impact_view import ImpactView
from lambdaplanner.ui.panels.impact_words import Section, sections
from lambdaplanner.ui.panels.parts import (
    EDGE,
    Pill,
    column,
    label,
    retint,
    row,
    scrolled,
)
from lambdaplanner.ui.panels.scenario_form import ScenarioForm
from lambdaplanner.ui.panels.words import Word, count, sentence
from lambdaplanner.ui.stepper import Stepper
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_FORM_WIDTH = 360
_CALM = (
    "Imagine that a zone is gone, that a NAT gateway fails, or that more is asked of every "
    "function. What breaks stands here, and follows every edit; the plan itself stays as it is."
)
_TOLD_IN_NUMBERS = frozenset({"LAM-007", "LAM-022", "NAT-008"})
_NOTHING = "Nothing changes."


class WhatIfPanel(QWidget):
    """The scenario, and what comes of it; it never touches the plan."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._theme = theme
        self._view: PlanAnalysis = bridge.live.view
        self._imagined: Imagined | None = None
        self._known: tuple[Scenario, int] | None = None
        self._compared: Compared | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._imagine)
        self._comparing = Stepper(self)
        self._comparing.stepped.connect(self._on_compared)
        self._comparing.sliced.connect(self._show_compared)
        self._comparing.ended.connect(self._show_compared)
        self.form = ScenarioForm()
        self.form.changed.connect(lambda: bridge.imagining.choose(self.form.scenario))
        self.form.moved.connect(self._show_headline)
        self.pill = Pill(theme)
        self.headline: QLabel = label("", wrap=True)
        self.headline.setFont(fonts.application_font(15, fonts.SEMIBOLD))
        self.reset = QPushButton("As planned")
        self.reset.setToolTip("Imagine nothing")
        self.reset.clicked.connect(bridge.imagining.clear)
        self.state: QLabel = label("", "muted", wrap=True)
        self.stop = QPushButton("Stop")
        self.stop.clicked.connect(self._stop_or_go_on)
        self.impact = ImpactView(theme)
        self._lay_out()
        bridge.changed.connect(self._on_changed)
        bridge.analysed.connect(self.refresh)
        bridge.renamed.connect(self.form.nats.follow)
        bridge.imagining.changed.connect(self._follow)
        self.refresh()

    def _lay_out(self) -> None:
        form = scrolled(self.form)
        form.setFixedWidth(_FORM_WIDTH)
        self.form.setContentsMargins(EDGE, 10, EDGE, EDGE)
        outcome = QWidget()
        inner = column(outcome, spacing=8)
        inner.setContentsMargins(0, 10, EDGE, EDGE)
        head = row(self.headline, self.reset)
        head.setStretch(0, 1)
        head.setAlignment(self.reset, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(head)
        said = row(self.pill, self.state, self.stop)
        said.setStretch(1, 1)
        inner.addLayout(said)
        results = QWidget()
        found = column(results, spacing=8)
        found.setContentsMargins(0, 0, 4, 0)
        found.addWidget(self.impact)
        found.addStretch(1)
        inner.addWidget(scrolled(results), 1)
        line = row(form, outcome, spacing=10)
        line.setStretch(1, 1)
        self.setLayout(line)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)

    @property
    def settled(self) -> bool:
        """Whether what is shown belongs to the scenario and the plan as they are."""
        return not (self._idle.isActive() or self._comparing.running)

    def settle(self) -> None:
        """Finds everything now; for pictures and tests."""
        if self._idle.isActive():
            self._idle.stop()
            self._imagine()
        self._comparing.finish()

    def refresh(self) -> None:
        """Offers what the plan has, and imagines anew; while nobody looks, later."""
        if not self.isVisible():
            return
        plan = self._bridge.session.plan
        nats = {nat.id: nat.title for nat in plan.ordered(NatGateway.kind)}
        self.form.offer(zones_of(plan), nats)
        self._follow()

    def _follow(self) -> None:
        """Shows what is imagined, whoever chose it."""
        self.form.show_scenario(self._bridge.imagining.scenario)
        self._on_choice()

    def _on_changed(self, _changes: object) -> None:
        """Answers on the way belong to another plan; `analysed` follows."""
        if self._bridge.live.stale:
            self._comparing.stop()
            self._known = None

    def _on_choice(self) -> None:
        self._show_headline()
        if self.isVisible() and (self.form.scenario, self._bridge.live.revision) != self._known:
            self._comparing.stop()
            self._show_stop()
            self._idle.start()

    def _show_headline(self) -> None:
        scenario = self.form.scenario
        self.headline.setText(sentence(scenario.sentence).removesuffix("."))
        self.reset.setEnabled(bool(scenario))

    def _imagine(self) -> None:
        scenario = self.form.scenario
        self._view = self._bridge.live.view
        self._known = (scenario, self._bridge.live.revision)
        self._imagined = self._compared = None
        self._comparing.stop()
        if not scenario:
            self._show((), _CALM)
            return
        try:
            imagined = imagine(self._view.plan, scenario)
        except QuestionError as error:
            self._show((), sentence(str(error)))
            return
        self._imagined = imagined
        paths = scenario.without_zones or scenario.without_nats
        after = PlanAnalysis(imagined.plan)
        self._comparing.start((comparing if paths else comparing_amounts)(self._view, after))
        self.state.setText("Comparing ...")
        self._show_stop()

    def _on_compared(self, compared: Compared) -> None:
        self._compared = compared

    def _show_compared(self) -> None:
        """Shows what is known so far; laying out costs more than most steps, so once a slice."""
        imagined, compared = self._imagined, self._compared
        if imagined is None or compared is None:
            return
        before = self._view.plan
        scenario = self.form.scenario
        loss = scenario.loses
        impact = replace(
            compared.impact,
            new=tuple(one for one in compared.impact.new if _is_news(one, loss=loss)),
            gone=(),
            account=compared.impact.account if scenario.times != 1 else None,
        )
        found = sections(
            impact, before, imagined.plan, stranded=imagined.stranded, loss=loss, numbers=True
        )
        if compared.share < 1:
            self._show(found, f"Comparing every path: {compared.share:.0%} ...")
        else:
            self._show(found, "" if impact or impact.is_worse else _NOTHING, complete=True)

    def _stop_or_go_on(self) -> None:
        self._comparing.hold(not self._comparing.held)
        self._show_stop()
        if self._comparing.held:
            self.state.setText("Stopped: not every path is compared.")

    def _show_stop(self) -> None:
        """The button stands there as long as there is something to stop."""
        self.stop.setText("Go on" if self._comparing.held else "Stop")
        self.stop.setVisible(self._comparing.running)

    def _show(self, found: tuple[Section, ...], words: str, *, complete: bool = False) -> None:
        self.impact.show_sections(found)
        self.state.setText(words)
        worse = sum(len(part.lines) for part in found if part.title.tone == "error")
        bad = Word("error", f"{count(worse, 'thing')} {'gets' if worse == 1 else 'get'} worse")
        self.pill.show_word(bad if worse else Word("ok", "Holds"))
        self.pill.setVisible(worse > 0 or complete)
        self._show_stop()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not self.settled:
            self._idle.stop()
            self._comparing.stop()
            self._known = None

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()


def _is_news(finding: Finding, *, loss: bool) -> bool:
    """Whether a finding of a scenario says what no line above it does: not that what was imagined
    away is gone, and not what a function or a gateway lacks.
    """
    return finding.id not in _TOLD_IN_NUMBERS and not (loss and echoes_loss(finding))
