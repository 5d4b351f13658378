"""What stands above the tables of the capacity panel: a card for each model, and one line on the
account and the worst zone."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QWidget

from lambdaplanner.analysis.answers import AccountCapacity
from lambdaplanner.analysis.worst_zone import WorstZone
from lambdaplanner.ui.panels.parts import Card, ElidedLabel, Glyph, Pill, label, row
from lambdaplanner.ui.panels.words import CAPACITY, MODEL_RULES, MODEL_TITLES
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark


class ModelCard(Card):
    """One model: choose it, its rule, its verdict, and why (in one line where it is low).

    Signals:
        chosen: the plan is to use this model.
    """

    chosen = Signal()

    def __init__(self, model: str, theme: Theme) -> None:
        super().__init__()
        self.choice = QRadioButton(MODEL_TITLES[model])
        says = f"{MODEL_RULES[model]} Verdicts and tables follow the chosen model."
        self.choice.setToolTip(plain_tip(says))
        self.choice.setAutoExclusive(False)
        self.choice.clicked.connect(self._on_click)
        self.pill = Pill(theme)
        self.rule: QLabel = label(MODEL_RULES[model], "caption", wrap=True)
        self.reason: QLabel = label("", wrap=True)
        self.short = ElidedLabel("", "muted")
        self.column.setSpacing(4)
        self.column.setContentsMargins(10, 6, 10, 6)
        self.column.addLayout(row(self.choice, 1, self.pill))
        for part in (self.rule, self.reason, self.short):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self.set_low(True)

    def set_low(self, low: bool) -> None:
        """Shows the reason in one line, or in full with the rule."""
        self.short.setVisible(low)
        self.rule.setVisible(not low)
        self.reason.setVisible(not low)

    def show_verdict(self, verdict: str, reason: str) -> None:
        """Shows what the model says, and why."""
        self.pill.show_word(CAPACITY[verdict])
        self.reason.setText(reason)
        self.short.setText(reason)

    def _on_click(self) -> None:
        self.choice.setChecked(True)
        self.chosen.emit()


class _State(QWidget):
    """A glyph and a sentence in one line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.glyph = Glyph("ok", theme, "ok.solid", 14)
        self.label = ElidedLabel("", "caption", grows=False)
        self.setLayout(row(self.glyph, self.label, spacing=6))

    def say(self, tone: str, text: str) -> None:
        """Shows a state and what it is about."""
        self.glyph.show_icon(tone, f"{tone}.solid")
        self.label.setText(text)
        self.setAccessibleName(text)


class CapacitySummary(QWidget):
    """The account's quota and the zone whose loss is worst.

    Signals:
        zone_wanted: show what remains without this zone.
    """

    zone_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._zone = ""
        self.account = _State(theme)
        self.loss = _State(theme)
        self.show_button = QPushButton("Show")
        mark(self.show_button, kind="quiet")
        self.show_button.setStyleSheet("QPushButton { padding: 0 6px; }")
        self.show_button.setToolTip("Show what remains without this zone; the plan stays as it is")
        self.show_button.clicked.connect(lambda: self.zone_wanted.emit(self._zone))
        self.setLayout(row(self.account, 1, self.loss, self.show_button, spacing=4))
        self.setFixedHeight(22)
        self.show_loss(None)

    def show_account(self, account: AccountCapacity) -> None:
        """Shows all targets against the account's quota."""
        if account.verdict == "ok":
            text = f"{account.concurrency:,} of the account's {account.quota:,} at once"
            self.account.say("ok", text)
        else:
            text = (
                f"{account.concurrency:,} wanted at once; the account's quota is {account.quota:,}"
            )
            self.account.say("warning", text)

    def show_loss(self, loss: WorstZone | None) -> None:
        """Shows the worst zone; nothing where there is none to speak of."""
        self.loss.setVisible(loss is not None)
        self.show_button.setVisible(loss is not None and loss.verdict != "ok")
        if loss is None:
            return
        self._zone = loss.az
        word = CAPACITY[loss.verdict]
        if loss.verdict == "ok":
            self.loss.say("ok", "Any one zone may go: every target keeps its addresses")
        else:
            short = f", {loss.shortfall:,} too many" if loss.shortfall else ""
            self.loss.say(word.tone, f"Worst without {loss.az}: {word.text.lower()}{short}")
