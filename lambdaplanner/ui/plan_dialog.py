"""The plan's own settings: name, region, capacity model, quotas, and what the design promises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog, QPushButton, QTabWidget, QWidget

from lambdaplanner.model.document import Expectation, PlanInfo, Settings
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import ENDS, PathEnd
from lambdaplanner.model.quotas import Quotas
from lambdaplanner.model.records import FieldInfo, fields_of
from lambdaplanner.model.structures import Rows
from lambdaplanner.ui.panels.ends import end_options
from lambdaplanner.ui.panels.form import RecordForm, editor_for
from lambdaplanner.ui.panels.parts import column, label, retint, row, scrolled
from lambdaplanner.ui.panels.reference_editors import Option, RefField
from lambdaplanner.ui.panels.resource_view import refusal
from lambdaplanner.ui.panels.row_editors import RowsEditor
from lambdaplanner.ui.panels.row_frame import same
from lambdaplanner.ui.panels.row_line import Column, Row
from lambdaplanner.ui.panels.surroundings import Surroundings
from lambdaplanner.ui.panels.words import Word, sentence
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_PROMISES = FieldInfo(
    "expectations",
    "expectations",
    "Expectations",
    "Checked live and by the check command",
    Rows(Expectation),
    (),
)
_NARROW = {"port": 76, "protocol": 78, "ip": 56, "expect": 150}


class PlanDialog(QDialog):
    """Stands beside the window and does not block it; every change is live and one undo step."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setWindowTitle("Plan settings")
        self.setModal(False)
        self.resize(760, 560)
        self._around = Surroundings(bridge, theme, lambda: None, self._make_editor)
        self.info_form = RecordForm(
            PlanInfo, "plan", self._around, self._put_info, self._seal, without=("settings",)
        )
        self.settings_form = RecordForm(
            Settings, "plan", self._around, self._put_setting, self._seal, without=("quotas",)
        )
        self.quotas_form = RecordForm(Quotas, "plan", self._around, self._put_quota, self._seal)
        self.expectations = self._make_expectations(theme)
        self.reason = label("", "error", wrap=True)
        self.tabs = QTabWidget()
        self.tabs.addTab(self._page(self.info_form), "Plan")
        self.tabs.addTab(
            self._page(
                self.settings_form,
                "Assumptions and quotas. AWS can change them, so each one is yours to set.",
            ),
            "Capacity",
        )
        self.tabs.addTab(
            self._page(
                self.quotas_form,
                "What AWS allows until somebody asks for more. Findings judge by these numbers.",
            ),
            "Network quotas",
        )
        self.tabs.addTab(
            self._page(
                self.expectations,
                "What the design promises. A broken promise shows among the findings and fails "
                "the check.",
                self.reason,
            ),
            "Expectations",
        )
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        layout = column(self, spacing=10, edge=14)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(row(1, close))
        bridge.changed.connect(self._on_changed)
        bridge.analysed.connect(self._refresh_promises)
        bridge.replaced.connect(self._on_replaced)
        self.refresh(fresh=True)

    def _page(self, content: QWidget, words: str = "", *more: QWidget) -> QWidget:
        page = QWidget()
        inner = column(page, spacing=12, edge=14)
        if words:
            inner.addWidget(label(words, "muted", wrap=True))
        for part in (content, *more):
            inner.addWidget(part)
        inner.addStretch(1)
        return scrolled(page)

    def _make_editor(self, info: FieldInfo, _field: str, row_: Row) -> Any:
        return editor_for(info, "plan", self._around.within(row_))

    def _make_expectations(self, theme: Theme) -> RowsEditor:
        columns = tuple(self._column(info, theme) for info in fields_of(Expectation))
        made = RowsEditor(
            _PROMISES,
            columns,
            theme,
            noun="expectation",
            start=_start,
            remark=self._state,
            empty="Nothing is promised yet. Say what must be reachable, and what must not.",
        )
        made.offer = self._put_promises
        made.left.connect(self._seal)
        made.judged.connect(lambda _tone, text: self._say(text))
        return made

    def _say(self, text: str) -> None:
        self.reason.setText(text)
        self.reason.setVisible(bool(text))

    def _column(self, info: FieldInfo, theme: Theme) -> Column:
        def make(_row: Row) -> Any:
            if not isinstance(info.spec, PathEnd):
                made = editor_for(info, "plan", self._around)
                if info.name == "port":
                    made.setPlaceholderText("auto")
                return made
            field = RefField(info, self._ends, theme, free_text=info.spec.parse)
            field.line().setPlaceholderText(info.title)
            return field

        return Column(
            title=info.title,
            make=make,
            get=lambda one: getattr(one, info.name),
            put=same(info.name),
            width=_NARROW.get(info.name, 0),
        )

    def _ends(self) -> list[Option]:
        return end_options(self._bridge.session.plan)

    def _state(self, promise: Expectation) -> Word | None:
        rows = self._bridge.session.plan.expectations
        results = self._bridge.live.expectations()
        if promise not in rows or len(results) != len(rows):
            return None
        result = results[rows.index(promise)]
        if result.ok:
            return Word("ok", "Holds.")
        if result.verdict is None:
            return Word("error", sentence(result.problem))
        return Word("error", f"Broken: it is {result.verdict}.")

    def _put_info(self, field: str, value: Any) -> str:
        def command(edit: Edit) -> None:
            edit.set_info(**{field: value})

        return refusal(self._bridge, f"Change {field} of the plan", command, ("plan", field))

    def _put_setting(self, field: str, value: Any) -> str:
        title = next(info.title for info in fields_of(Settings) if info.name == field)

        def command(edit: Edit) -> None:
            edit.set_settings(**{field: value})

        return refusal(self._bridge, f"Change {title}", command, ("plan", field))

    def _put_quota(self, field: str, value: Any) -> str:
        title = next(info.title for info in fields_of(Quotas) if info.name == field)

        def command(edit: Edit) -> None:
            quotas = edit.plan.info.settings.quotas
            edit.set_settings(quotas=replace(quotas, **{field: value}))

        return refusal(self._bridge, f"Change the quota: {title}", command, ("plan", field))

    def _put_promises(self, rows: Any) -> str:
        missing = [name for one in rows for name in (one.source, one.target) if self._unknown(name)]
        if missing:
            return f'no function or workload is called "{missing[0]}"'
        return refusal(
            self._bridge,
            "Change the expectations",
            lambda edit: edit.set_expectations(tuple(rows)),
            ("plan", "expectations"),
        )

    def _unknown(self, name: str) -> bool:
        mentions = list(PathEnd().references(name))
        found = self._bridge.session.plan.find(name)
        return bool(mentions) and (found is None or found.kind not in ENDS)

    def _seal(self) -> None:
        self._bridge.session.seal()

    def _on_changed(self, _changes: object) -> None:
        self.refresh()

    def _on_replaced(self) -> None:
        self.refresh(fresh=True)

    def refresh(self, *, fresh: bool = False) -> None:
        """Shows the plan as it is now."""
        plan = self._bridge.session.plan
        self.info_form.show_record(plan.info, fresh=fresh)
        self.settings_form.show_record(plan.info.settings, fresh=fresh)
        self.quotas_form.show_record(plan.info.settings.quotas, fresh=fresh)
        self.expectations.show_value(plan.expectations, force=fresh)

    def _refresh_promises(self) -> None:
        self.expectations.show_value(self._bridge.session.plan.expectations)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._around.theme = theme
        retint(self, theme)


def _start(_rows: tuple[Any, ...]) -> dict[str, Any]:
    return {"protocol": "tcp", "expect": "reachable"}
