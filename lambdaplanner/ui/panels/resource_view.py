"""The inspector's page for one thing of the plan: header, facts, form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from lambdaplanner.kinds import KINDS, kind_of
from lambdaplanner.kinds.function import Function
from lambdaplanner.model.fields import Ref
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.records import FieldInfo, Resource, fields_of
from lambdaplanner.ui.panels.concurrency import ConcurrencyEditor, SubnetBar
from lambdaplanner.ui.panels.fact_list import FactList
from lambdaplanner.ui.panels.facts import Fact, facts_of
from lambdaplanner.ui.panels.field_editors import LineField
from lambdaplanner.ui.panels.field_rules import command_for
from lambdaplanner.ui.panels.form import RecordForm, editor_for
from lambdaplanner.ui.panels.parts import ElidedLabel, Glyph, column, divider, label, retint, row
from lambdaplanner.ui.panels.row_line import Row
from lambdaplanner.ui.panels.surroundings import Surroundings
from lambdaplanner.ui.panels.untold_rows import UntoldRows
from lambdaplanner.ui.panels.words import (
    SEVERITY,
    Word,
    icon_of_resource,
    stopped,
    title_of_resource,
)
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_ID = FieldInfo(
    "id", "id", "Id", "Unique in the plan; renaming it renames every mention", Ref(()), ""
)
_FINDINGS_SHOWN = 3


class ResourceView(QWidget):
    """One thing. Forms are built once for each kind and reused.

    Signals:
        connect_wanted: the guided attachment of this function is asked for.
    """

    connect_wanted = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._id = ""
        self._drafts: dict[str, dict[str, str]] = {}
        self._forms: dict[type[Any], RecordForm] = {}
        self._around = Surroundings(bridge, theme, self.current, self._make_editor)
        self.glyph = Glyph("info", theme, size=24)
        self.kind: QLabel = label("", "caption")
        self.title = ElidedLabel("", "title")
        self.id_field = LineField(_ID)
        self.id_field.offer = self._rename
        self.id_field.left.connect(self.seal)
        self.id_reason: QLabel = label("", "error", wrap=True)
        self.id_reason.hide()
        self.id_field.judged.connect(self._on_id_judged)
        self.label_field = LineField(fields_of(Resource)[0])
        self.label_field.setPlaceholderText("The id")
        self.label_field.offer = lambda value: self.put("label", value)
        self.label_field.left.connect(self.seal)
        self.facts = FactList(bridge, theme)
        self.untold = UntoldRows(bridge, theme)
        self.bar = SubnetBar(theme)
        self.connect_button = QPushButton()
        self.connect_button.clicked.connect(lambda: self.connect_wanted.emit(self._id))
        self.trace_button = QPushButton("Trace to internet")
        self.trace_button.clicked.connect(lambda: bridge.ask(self._id, "internet"))
        self._forms_column = column()
        self._lay_out()

    def _lay_out(self) -> None:
        layout = column(self, spacing=12)
        head = column(spacing=0)
        head.addWidget(self.title)
        head.addWidget(self.kind)
        top = row(self.glyph, spacing=10)
        top.addLayout(head, 1)
        layout.addLayout(top)
        names = QGridLayout()
        names.setHorizontalSpacing(10)
        names.setVerticalSpacing(6)
        names.setColumnMinimumWidth(0, 112)
        names.setColumnStretch(1, 1)
        for line, (text, field) in enumerate((("Id", self.id_field), ("Label", self.label_field))):
            title = label(text, "muted")
            title.setBuddy(field)
            names.addWidget(title, line * 2, 0)
            names.addWidget(field, line * 2, 1)
        names.addWidget(self.id_reason, 1, 1)
        layout.addLayout(names)
        layout.addWidget(self.facts)
        layout.addWidget(self.untold)
        layout.addWidget(self.bar)
        layout.addLayout(row(self.connect_button, self.trace_button, 1))
        layout.addWidget(divider())
        layout.addLayout(self._forms_column)
        layout.addStretch(1)

    def current(self) -> Resource | None:
        """The thing that is shown."""
        return self._bridge.session.plan.find(self._id)

    @property
    def form(self) -> RecordForm | None:
        """The form that is shown."""
        resource = self.current()
        return self._forms.get(type(resource)) if resource is not None else None

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Goes on showing the same thing, with what was typed, after it got another id."""
        self._id = renamed.get(self._id, self._id)
        self._drafts = {renamed.get(name, name): texts for name, texts in self._drafts.items()}

    def leave(self) -> None:
        """Takes what was typed and not confirmed; what cannot be taken is kept for when the thing
        is shown again."""
        form = self.form
        if form is None:
            return
        self.id_field.flush()
        form.flush()
        drafts = form.drafts()
        if drafts:
            self._drafts[self._id] = drafts
            text = next(iter(drafts.values()))
            self._bridge.told.emit(
                "warning", f"{self._id}: {text} was not taken; it is kept in the form."
            )
        else:
            self._drafts.pop(self._id, None)
        self.seal()

    def forget(self) -> None:
        """Forgets what was typed: another plan is open."""
        self._drafts.clear()
        self._id = ""

    def show_resource(self, resource: Resource) -> None:
        """Shows a thing: another one, or the same as it is now."""
        fresh = resource.id != self._id
        self._id = resource.id
        kind = kind_of(resource)
        self.glyph.show_icon(icon_of_resource(resource), f"{kind.tone}.accent")
        self.kind.setText(title_of_resource(resource))
        self.title.setText(resource.title)
        self.id_field.show_value(resource.id, force=fresh)
        self.label_field.show_value(resource.label, force=fresh)
        form = self._form_of(resource)
        for other in self._forms.values():
            other.setVisible(other is form)
        concurrency = form.editors.get("concurrency")
        form.show_record(resource, fresh=fresh)
        if isinstance(concurrency, ConcurrencyEditor) and isinstance(resource, Function):
            concurrency.show_function(resource)
        if fresh:
            for name, text in self._drafts.get(resource.id, {}).items():
                form.editors[name].show_draft(text)
        attached = isinstance(resource, Function) and resource.attached
        self.connect_button.setText("Change attachment..." if attached else "Connect to VPC...")
        own = isinstance(resource, Function) and not resource.managed
        self.connect_button.setVisible(own)
        self.trace_button.setVisible(resource.kind in ENDS)
        if fresh:
            self.refresh_facts()

    def refresh_facts(self) -> None:
        """Brings verdicts and findings up to date."""
        resource = self.current()
        if resource is None or self.isHidden():
            return
        live = self._bridge.live
        facts = facts_of(self._bridge.session.plan, live, resource)
        about = [f for f in live.findings() if resource.id in f.about and not f.acknowledged]
        for finding in about[:_FINDINGS_SHOWN]:
            word = SEVERITY[finding.severity]
            facts.append(
                Fact(Word(word.tone, f"{word.text} {finding.id}"), stopped(finding.message))
            )
        if len(about) > _FINDINGS_SHOWN:
            facts.append(
                Fact(None, f"{len(about) - _FINDINGS_SHOWN} more in the list of findings.")
            )
        self.facts.show_facts(facts)
        self.untold.show_of(resource.id)
        row_ = live.capacity().subnets.get(resource.id) if resource.kind == "subnet" else None
        self.bar.setVisible(row_ is not None)
        if row_ is not None:
            self.bar.show_subnet("Addresses", row_)

    def put(self, field: str, value: Any) -> str:
        """Gives a field a value; the reason why not, "" where it was taken."""
        resource = self.current()
        if resource is None:
            return ""
        title = next(info.title for info in fields_of(type(resource)) if info.name == field)
        command = command_for(resource, field, value)
        return refusal(self._bridge, f"Change {title}", command, (resource.id, field))

    def seal(self) -> None:
        """Ends the undo step that typing has been joining."""
        self._bridge.session.seal()

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        self._around.theme = theme
        self.untold.set_theme(theme)
        retint(self, theme)

    def warm(self) -> bool:
        """Makes one form ahead, for an idle moment; whether there may be more to make."""
        for slug, kind in KINDS.items():
            if kind.model not in self._forms:
                self._make_form(kind.model, slug).hide()
                return True
        return False

    def _form_of(self, resource: Resource) -> RecordForm:
        form = self._forms.get(type(resource))
        return form or self._make_form(type(resource), resource.kind)

    def _make_form(self, model: type[Any], slug: str) -> RecordForm:
        instead: dict[str, Callable[[FieldInfo], Any]] = {}
        if model is Function:
            instead["concurrency"] = self._make_concurrency
        form = RecordForm(
            model,
            slug,
            self._around,
            self.put,
            self.seal,
            instead=instead,
        )
        self._forms[model] = form
        self._forms_column.addWidget(form)
        return form

    def _make_concurrency(self, info: FieldInfo) -> ConcurrencyEditor:
        return ConcurrencyEditor(info, self._bridge, self._theme)

    def _make_editor(self, info: FieldInfo, field: str, row_: Row) -> Any:
        resource = self.current()
        kind = resource.kind if resource else ""
        return editor_for(info, kind, self._around.within(row_), field)

    def _rename(self, new_id: Any) -> str:
        old_id = self._id
        if not new_id:
            return "an id is due here"
        return refusal(self._bridge, f"Rename {old_id}", lambda edit: edit.rename(old_id, new_id))

    def _on_id_judged(self, _tone: str, text: str) -> None:
        self.id_reason.setText(text)
        self.id_reason.setVisible(bool(text))


def refusal(bridge: Bridge, text: str, command: Any, merge: Any = None) -> str:
    """Runs an edit; the reason why it was refused, "" where it was not."""
    reasons: list[str] = []

    def note(_tone: str, reason: str) -> None:
        reasons.append(reason)

    bridge.told.connect(note)
    try:
        done = bridge.do(text, command, merge=merge)
    finally:
        bridge.told.disconnect(note)
    return "" if done else (reasons[-1] if reasons else "the plan cannot take this")
