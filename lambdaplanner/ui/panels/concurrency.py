"""The concurrency target of a function: a field, a slider, and what both do to its subnets while
they move."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QSlider, QWidget

from lambdaplanner.analysis.answers import SubnetCapacity
from lambdaplanner.kinds.function import Function
from lambdaplanner.model.document import MODELS
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.records import FieldInfo
from lambdaplanner.ui.panels.facts import capacity_sentence
from lambdaplanner.ui.panels.field_editors import LineField, Offer, nobody_asked
from lambdaplanner.ui.panels.meter import Meter, meter_text
from lambdaplanner.ui.panels.parts import ElidedLabel, Pill, column, label, row
from lambdaplanner.ui.panels.words import CAPACITY, MODEL_TITLES, sentence
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import Theme, mark

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

STEPS = 1000
_BEND = 4.5
"""How much finer the slider is at its low end."""


def sensible_maximum(*numbers: int) -> int:
    """Where the slider ends: 1, 2 or 5 times a power of ten, twice what matters or more."""
    wanted = max(1000, *(2 * number for number in numbers))
    power = 10 ** int(math.log10(wanted))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= wanted)


def value_at(position: int, maximum: int) -> int:
    """The target at a position of the slider, rounded to two digits as a hand can aim."""
    exact = maximum * math.expm1(_BEND * position / STEPS) / math.expm1(_BEND)
    if exact < 100:
        return round(exact)
    unit = 10 ** (int(math.log10(exact)) - 1)
    return min(maximum, round(exact / unit) * unit)


def position_of(value: int, maximum: int) -> int:
    """Where the slider stands for a target."""
    share = min(1.0, value / maximum)
    return round(STEPS * math.log1p(share * math.expm1(_BEND)) / _BEND)


class _Slider(QSlider):
    """A slider that the wheel does not move in passing."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SubnetBar(QWidget):
    """One subnet: name, bar, numbers."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.name = ElidedLabel()
        self.meter = Meter(theme)
        self.numbers: QLabel = label("", "caption", wrap=True)
        layout = column(self, spacing=3)
        layout.addWidget(self.name)
        layout.addWidget(self.meter)
        layout.addWidget(self.numbers)

    def show_subnet(self, name: str, found: SubnetCapacity) -> None:
        """Shows the ledger of a subnet."""
        self.name.setText(f"{name}  {found.cidr}")
        self.meter.show_row(found)
        self.numbers.setText(meter_text(found))
        mark(self.numbers, role="error" if found.headroom < 0 else "caption")


class ConcurrencyEditor(QWidget):
    """Field and slider; one drag of the slider is one undo step."""

    judged = Signal(str, str)
    left = Signal()

    def __init__(self, info: FieldInfo, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.info = info
        self.offer: Offer = nobody_asked
        self._bridge = bridge
        self._theme = theme
        self._function: Function | None = None
        self._maximum = 1000
        self.field = LineField(info)
        self.field.offer = self._on_field
        self.field.judged.connect(self.judged)
        self.field.left.connect(self.left)
        self.field.setMaximumWidth(110)
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setSingleStep(8)
        self.slider.setPageStep(60)
        self.slider.setAccessibleName("Concurrency target")
        self.slider.setToolTip("Drag to see at once what fits")
        self.slider.valueChanged.connect(self._on_slide)
        self.slider.sliderReleased.connect(self._on_released)
        self.slider.left.connect(self.left)
        self.maximum: QLabel = label("", "caption")
        self.pill = Pill(theme)
        self.bars: list[SubnetBar] = []
        self._bar_column = column(spacing=8)
        self.models: dict[str, tuple[Pill, QLabel]] = {}
        layout = column(self, spacing=8)
        layout.addLayout(row(self.field, label("invocations", "muted"), 1, self.pill))
        layout.addLayout(row(self.slider, self.maximum))
        layout.addLayout(self._bar_column)
        self._models = self._make_models()
        layout.addWidget(self._models)
        self.setFocusProxy(self.field)
        bridge.analysed.connect(self.refresh_answers)

    def _make_models(self) -> QWidget:
        holder = QWidget()
        layout = column(holder, spacing=6)
        layout.addWidget(label("The whole plan under each model", "section"))
        for model in MODELS:
            pill = Pill(self._theme)
            title = label(MODEL_TITLES[model])
            reason = label("", "caption", wrap=True)
            layout.addLayout(row(title, 1, pill))
            layout.addWidget(reason)
            self.models[model] = (pill, reason)
        return holder

    @property
    def wrong(self) -> bool:
        """Whether the field holds text that was not taken."""
        return self.field.wrong

    @property
    def draft(self) -> str | None:
        """Text in the field that was not taken."""
        return self.field.draft

    def show_draft(self, text: str) -> None:
        """Brings back text that was not taken, with its reason."""
        self.field.show_draft(text)

    def flush(self) -> None:
        """Offers what was typed."""
        self.field.flush()

    def show_function(self, function: Function) -> None:
        """Whose target it is."""
        fresh = self._function is None or self._function.id != function.id
        self._function = function
        if fresh:
            self.refresh_answers()

    def show_value(self, value: Any, *, force: bool = False) -> None:
        """Shows the plan's target; the scale stays while the slider is held."""
        self.field.show_value(value, force=force)
        if self.slider.isSliderDown():
            return
        quota = self._bridge.session.plan.info.settings.account_concurrency
        self._maximum = sensible_maximum(value or 0, quota // 2)
        self.maximum.setText(f"{self._maximum:,}")
        self._place_slider(value or 0)

    def _place_slider(self, value: int) -> None:
        if value_at(self.slider.value(), self._maximum) == value:
            return
        self.slider.blockSignals(True)
        self.slider.setValue(position_of(value, self._maximum))
        self.slider.blockSignals(False)

    def _on_field(self, value: Any) -> str:
        return self.offer(value)

    def _on_slide(self, position: int) -> None:
        function = self._function
        if function is None:
            return
        value = value_at(position, self._maximum)

        def command(edit: Edit) -> None:
            edit.update(function.id, concurrency=value)

        self._bridge.do("Set concurrency", command, merge=(function.id, "concurrency"))
        if not self.slider.isSliderDown() and not self.slider.hasFocus():
            self._bridge.session.seal()

    def _on_released(self) -> None:
        self._bridge.session.seal()
        found = self._bridge.session.plan.find(self._function.id if self._function else None)
        if isinstance(found, Function):
            self.show_value(found.concurrency)

    def refresh_answers(self) -> None:
        """Brings verdicts and bars up to date."""
        function = self._function
        if function is None or function.id not in self._bridge.session.plan:
            return
        answer = self._bridge.live.capacity()
        found = answer.functions.get(function.id)
        if found is not None:
            self.pill.show_word(CAPACITY[found.verdict])
            self.pill.setToolTip(plain_tip(capacity_sentence(found)))
        current = self._bridge.session.plan.find(function.id)
        names = [n for n in getattr(current, "subnets", ()) if n in answer.subnets]
        self._show_bars([(name, answer.subnets[name]) for name in names])
        for model, (pill, reason) in self.models.items():
            if model in answer.models:
                pill.show_word(CAPACITY[answer.models[model]])
            reason.setText(sentence(answer.reasons.get(model, "")))

    def _show_bars(self, subnets: list[tuple[str, SubnetCapacity]]) -> None:
        while len(self.bars) < len(subnets):
            bar = SubnetBar(self._theme)
            self.bars.append(bar)
            self._bar_column.addWidget(bar)
        for place, bar in enumerate(self.bars):
            bar.setVisible(place < len(subnets))
            if place < len(subnets):
                bar.show_subnet(*subnets[place])

    def retint(self, theme: Theme) -> None:
        self._theme = theme
