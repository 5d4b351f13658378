"""What a picture shall be like, asked in one dialog that shows what becomes of it."""

from __future__ import annotations

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from lambdaplanner.checks.report import local_day
from lambdaplanner.counting import count
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.export_preview import ExportPreview
from lambdaplanner.ui.picture.page import NAMED_FITS
from lambdaplanner.ui.subject import ExportOptions, PathAsked, Subject
from lambdaplanner.visible import visible

_KEY = "export/"
_THEMES = (("Light", "light"), ("Dark", "dark"))
_KEPT = ("scale", "margin", "theme", "fit", "transparent", "title", "legend", "verdicts")
_MOST_PATHS = 24


class ExportDialog(QDialog):
    """Asks for the options; remembers the last choices, but not what was drawn."""

    def __init__(
        self, subject: Subject, settings: QSettings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle("Export the diagram")
        self.what = QComboBox()
        self.path = QComboBox()
        self.fit = QComboBox()
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
        self.title = QCheckBox("Title block: name, description, region, verdicts")
        self.dated = QCheckBox("Today's date in it")
        self.legend = QCheckBox("Legend of what is used")
        self.verdicts = QCheckBox("Verdicts and capacity bars")
        self.with_plan = QCheckBox("The plan inside, so that the picture opens as a plan")
        self.preview = ExportPreview(subject)
        self._fill_choices(subject)
        self._lay_out()
        self._restore()
        self._follow()
        self._show()

    def options(self) -> ExportOptions:
        """What was chosen."""
        return ExportOptions(
            scale=self.scale.value(),
            dpi=self.dpi.value() or None,
            fit=str(self.fit.currentData()),
            transparent=self.transparent.isChecked(),
            theme=str(self.theme.currentData()),
            margin=self.margin.value(),
            only=tuple(self.what.currentData()),
            path=self._asked[self.path.currentIndex()],
            legend=self.legend.isChecked(),
            title=self.title.isChecked(),
            day=local_day() if self.dated.isChecked() else None,
            with_plan=self.with_plan.isChecked(),
            verdicts=self.verdicts.isChecked(),
        )

    def _fill_choices(self, subject: Subject) -> None:
        self.what.addItem("Everything", [])
        if subject.selection:
            chosen = count(len(subject.selection), "thing")
            self.what.addItem(f"What is selected: {chosen}", list(subject.selection))
        for vpc in subject.plan.ordered("vpc"):
            self.what.addItem(f"VPC {visible(vpc.title)}", [vpc.id])
        self.fit.addItem("As large as the drawing", "")
        for name in NAMED_FITS:
            self.fit.addItem(name.upper(), name)
        self._asked = _paths(subject)
        self.path.addItem("None")
        for asked in self._asked[1:]:
            assert asked is not None
            port = f", {asked.protocol} {asked.port}" if asked.port is not None else ""
            self.path.addItem(visible(f"{asked.source} to {asked.target}{port}"))

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(9)
        rows = (
            ("What", self.what),
            ("Path", self.path),
            ("Page", self.fit),
            ("Scale", self.scale),
            ("Resolution", self.dpi),
            ("Margin", self.margin),
            ("Theme", self.theme),
        )
        for title, field in rows:
            form.addRow(title, field)
            field.setAccessibleName(title)
        for combo in (self.what, self.path):
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setMinimumContentsLength(24)
        for box in self._switches():
            form.addRow(box)
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addLayout(form)
        line.addWidget(self.preview, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 16)
        layout.setSpacing(16)
        layout.addLayout(line, 1)
        buttons = QDialogButtonBox()
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        self.accept_button = buttons.addButton("Export...", QDialogButtonBox.ButtonRole.AcceptRole)
        themes.mark(self.accept_button, kind="primary")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def _switches(self) -> tuple[QCheckBox, ...]:
        words = (self.title, self.dated, self.legend)
        return (*words, self.verdicts, self.transparent, self.with_plan)

    def _follow(self) -> None:
        for combo in (self.what, self.path, self.fit, self.theme):
            combo.currentIndexChanged.connect(self._show)
        for number in (self.scale, self.dpi, self.margin):
            number.valueChanged.connect(self._show)
        for box in self._switches():
            box.toggled.connect(self._show)

    def _show(self) -> None:
        self.dated.setEnabled(self.title.isChecked())
        self.preview.show_soon(self.options())

    def _restore(self) -> None:
        fresh = ExportOptions()
        self.scale.setValue(self._number("scale", fresh.scale))
        self.dpi.setValue(round(self._number("dpi", 0)))
        self.margin.setValue(round(self._number("margin", fresh.margin)))
        for combo, name, first in (
            (self.theme, "theme", fresh.theme),
            (self.fit, "fit", fresh.fit),
        ):
            combo.setCurrentIndex(max(0, combo.findData(self._settings.value(_KEY + name, first))))
        self.transparent.setChecked(self._switch("transparent", fresh.transparent))
        self.title.setChecked(self._switch("title", fresh.title))
        self.legend.setChecked(self._switch("legend", fresh.legend))
        self.verdicts.setChecked(self._switch("verdicts", fresh.verdicts))
        self.with_plan.setChecked(self._switch("with_plan", fresh.with_plan))

    def _number(self, name: str, fresh: float) -> float:
        try:
            return float(str(self._settings.value(_KEY + name, fresh)))
        except ValueError:
            return fresh

    def _switch(self, name: str, fresh: bool) -> bool:
        return str(self._settings.value(_KEY + name, fresh)).lower() == "true"

    def accept(self) -> None:
        options = self.options()
        for name in (*_KEPT, "with_plan"):
            self._settings.setValue(_KEY + name, getattr(options, name))
        self._settings.setValue(_KEY + "dpi", self.dpi.value())
        super().accept()


def _paths(subject: Subject) -> list[PathAsked | None]:
    """None, the question in hand, and what the plan promises."""
    asked = [] if subject.question is None else [subject.question]
    for row in subject.plan.expectations[:_MOST_PATHS]:
        asked.append(PathAsked(row.source, row.target, row.port, row.protocol))
    return [None, *dict.fromkeys(asked)]
