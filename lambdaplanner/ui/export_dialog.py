"""What a picture shall be like, asked in one small dialog that shows how large it becomes."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QWidget,
)

from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.export import size_of
from lambdaplanner.ui.plain import plain_label
from lambdaplanner.ui.subject import ExportOptions

_KEY = "export/"
_THEMES = (("Light", "light"), ("Dark", "dark"))


class ExportDialog(QDialog):
    """Asks for the options; remembers the last choices."""

    def __init__(self, plan: Plan, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._settings = settings
        self.setWindowTitle("Export the diagram")
        self.scale = QDoubleSpinBox(minimum=0.25, maximum=16, singleStep=0.5, decimals=2)
        self.scale.setSuffix(" x")
        self.dpi = QSpinBox(minimum=0, maximum=2400, singleStep=24)
        self.dpi.setSpecialValueText("As large as on the screen")
        self.dpi.setSuffix(" dpi")
        self.margin = QSpinBox(minimum=0, maximum=2000, singleStep=8)
        self.theme = QComboBox()
        for title, name in _THEMES:
            self.theme.addItem(title, name)
        self.transparent = QCheckBox("Transparent ground")
        self.verdicts = QCheckBox("Verdicts and capacity bars")
        self.with_plan = QCheckBox("The plan inside, so that the picture opens as a plan")
        self.measured = plain_label()
        themes.mark(self.measured, role="muted")
        self._lay_out()
        self._restore()
        self.scale.valueChanged.connect(self._measure)
        self.margin.valueChanged.connect(self._measure)
        self._measure()

    def options(self) -> ExportOptions:
        """What was chosen."""
        return ExportOptions(
            scale=self.scale.value(),
            dpi=self.dpi.value() or None,
            transparent=self.transparent.isChecked(),
            theme=str(self.theme.currentData()),
            margin=self.margin.value(),
            with_plan=self.with_plan.isChecked(),
            verdicts=self.verdicts.isChecked(),
        )

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(20, 20, 20, 16)
        form.setVerticalSpacing(10)
        rows = (
            ("Scale", self.scale),
            ("Resolution", self.dpi),
            ("Margin", self.margin),
            ("Theme", self.theme),
        )
        for title, field in rows:
            form.addRow(title, field)
            field.setAccessibleName(title)
        for box in (self.transparent, self.verdicts, self.with_plan):
            form.addRow(box)
        form.addRow(self.measured)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        accept = buttons.addButton("Export...", QDialogButtonBox.ButtonRole.AcceptRole)
        themes.mark(accept, kind="primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _restore(self) -> None:
        fresh = ExportOptions()
        self.scale.setValue(self._number("scale", fresh.scale))
        self.dpi.setValue(round(self._number("dpi", 0)))
        self.margin.setValue(round(self._number("margin", fresh.margin)))
        theme = str(self._settings.value(_KEY + "theme", fresh.theme))
        self.theme.setCurrentIndex(max(0, self.theme.findData(theme)))
        self.transparent.setChecked(self._switch("transparent", fresh.transparent))
        self.verdicts.setChecked(self._switch("verdicts", fresh.verdicts))
        self.with_plan.setChecked(self._switch("with_plan", fresh.with_plan))

    def _number(self, name: str, fresh: float) -> float:
        try:
            return float(str(self._settings.value(_KEY + name, fresh)))
        except ValueError:
            return fresh

    def _switch(self, name: str, fresh: bool) -> bool:
        return str(self._settings.value(_KEY + name, fresh)).lower() == "true"

    def _measure(self) -> None:
        width, height = size_of(self._plan, self.options())
        megabytes = width * height * 4 / 1_000_000
        self.measured.setText(f"{width:,} x {height:,} pixels, {megabytes:,.0f} MB unpacked")

    def accept(self) -> None:
        options = self.options()
        for name in ("scale", "margin", "theme", "transparent", "verdicts", "with_plan"):
            self._settings.setValue(_KEY + name, getattr(options, name))
        self._settings.setValue(_KEY + "dpi", self.dpi.value())
        super().accept()
