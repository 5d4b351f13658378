"""What to imagine: zones and NAT gateways that are gone, and how much more is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLabel, QSlider, QWidget

from lambdaplanner.analysis.scenario import MOST_TIMES, Scenario
from lambdaplanner.ui.panels.flow import Flow
from lambdaplanner.ui.panels.parts import column, label, row
from lambdaplanner.ui.plain import plain_tip

_HUNDREDTHS = 100
_TENTHS = 10
_LEAST, _MOST = 5, 100
"""Of the slider, in tenths."""


class Factor(QDoubleSpinBox):
    """A factor, without noughts at its end; the wheel turns it only where the keyboard is."""

    def textFromValue(self, value: float) -> str:
        return f"{value:g}"

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Checks(QWidget):
    """Names to tick, side by side.

    Signals:
        changed: another set is ticked.
    """

    changed = Signal()

    def __init__(self, title: str, tip: str) -> None:
        super().__init__()
        self._tip = tip
        self._title = title
        self.boxes: dict[str, QCheckBox] = {}
        self.setAccessibleName(title)
        self._flow = Flow(spacing=10)
        layout = column(self, spacing=4)
        layout.addWidget(label(title, "section"))
        layout.addLayout(self._flow)

    def show_names(self, names: Mapping[str, str]) -> None:
        """Offers these (id to name); those that are ticked stay so."""
        self.setVisible(bool(names))
        if {name: box.text() for name, box in self.boxes.items()} == names:
            return
        ticked = set(self.ticked)
        for box in self.boxes.values():
            self._flow.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for name, text in names.items():
            box = QCheckBox(text)
            box.setAccessibleName(f"{self._title} {text}")
            box.setToolTip(plain_tip(self._tip))
            box.setChecked(name in ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            self._flow.addWidget(box)
            self.boxes[name] = box
        widest = max((box.sizeHint().width() for box in self.boxes.values()), default=0)
        for box in self.boxes.values():
            box.setMinimumWidth(widest)

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Goes on meaning the same things after some got other ids."""
        self.boxes = {renamed.get(name, name): box for name, box in self.boxes.items()}

    @property
    def ticked(self) -> tuple[str, ...]:
        """The ids that are ticked."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def tick(self, names: Iterable[str]) -> None:
        """Ticks these and no others; tells nobody."""
        wanted = set(names)
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(name in wanted)
            box.blockSignals(False)


class ScenarioForm(QWidget):
    """The whole choice.

    Signals:
        changed: another scenario was chosen; while the slider is dragged, only once it is let go.
        moved: the slider moves; `scenario` follows, and what comes of it may wait.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.zones = Checks("Without zone", "Imagine that this zone is gone")
        self.nats = Checks("Without NAT gateway", "Imagine that this gateway fails")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(_LEAST, _MOST)
        self.slider.setSingleStep(1)
        self.slider.setPageStep(_TENTHS)
        self.slider.setAccessibleName("Times the concurrency, from 0.5 to 10")
        self.slider.setToolTip("What every concurrency target is multiplied with")
        self.field = Factor()
        self.field.setRange(0.1, MOST_TIMES)
        self.field.setDecimals(2)
        self.field.setSingleStep(0.5)
        self.field.setFixedWidth(92)
        self.field.setKeyboardTracking(False)
        self.field.setAccessibleName("Times the concurrency")
        self.unit: QLabel = label("times", "muted")
        self._times = Fraction(1)
        self._show_times()
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.sliderReleased.connect(self.changed)
        self.field.valueChanged.connect(self._on_field)
        for part in (self.zones, self.nats):
            part.changed.connect(self.changed)
        layout = column(self, spacing=12)
        layout.addWidget(self.zones)
        growth = column(spacing=2)
        growth.addWidget(label("Concurrency of every function", "section"))
        line = row(self.slider, self.field, self.unit)
        line.setStretch(0, 1)
        growth.addLayout(line)
        layout.addLayout(growth)
        layout.addWidget(self.nats)
        layout.addStretch(1)

    @property
    def scenario(self) -> Scenario:
        """What is chosen."""
        return Scenario(
            without_zones=self.zones.ticked, without_nats=self.nats.ticked, times=self._times
        )

    def offer(self, zones: Iterable[str], nats: Mapping[str, str]) -> None:
        """Offers the zones and gateways (id to name) of a plan."""
        self.zones.show_names({zone: zone for zone in zones})
        self.nats.show_names(nats)

    def show_scenario(self, scenario: Scenario) -> None:
        """Shows a scenario as the one that is chosen; tells nobody."""
        self.zones.tick(scenario.without_zones)
        self.nats.tick(scenario.without_nats)
        self._times = scenario.times
        self._show_times()

    def _on_slider(self, tenths: int) -> None:
        self._times = Fraction(tenths, _TENTHS)
        self._show_times()
        if self.slider.isSliderDown():
            self.moved.emit()
        else:
            self.changed.emit()

    def _on_field(self, value: float) -> None:
        self._times = Fraction(round(value * _HUNDREDTHS), _HUNDREDTHS)
        self._show_times()
        self.changed.emit()

    def _show_times(self) -> None:
        for part in (self.slider, self.field):
            part.blockSignals(True)
        self.slider.setValue(round(self._times * _TENTHS))
        self.field.setValue(float(self._times))
        for part in (self.slider, self.field):
            part.blockSignals(False)
