"""A form for the fields of one record class, built once and shown for one record after another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from lambdaplanner.model.fields import Boolean, Choice, Integer, Ref, Text
from lambdaplanner.model.records import FieldInfo, fields_of
from lambdaplanner.model.structures import Keyed, Many, Rows
from lambdaplanner.ui.panels.choice_editors import ChoiceField, Switch
from lambdaplanner.ui.panels.field_editors import LineField, TextBlock
from lambdaplanner.ui.panels.list_editors import ListEditor, PolicyEditor
from lambdaplanner.ui.panels.parts import label
from lambdaplanner.ui.panels.reference_editors import RefField
from lambdaplanner.ui.panels.reference_lists import ManyRefEditor
from lambdaplanner.ui.panels.surroundings import Surroundings
from lambdaplanner.ui.panels.tables import table_editor
from lambdaplanner.ui.plain import plain_tip
from lambdaplanner.ui.theme import mark

Put = Callable[[str, Any], str]
"""Gives a field a value; answers with the reason why not, "" where it was taken."""

_LABEL_WIDTH = 112
_UNIT_WIDTH = 66
_NOUNS = {
    "subnets": "subnet",
    "security_groups": "security group",
    "route_tables": "route table",
    "vpcs": "VPC",
    "propagate": "VPC",
    "secondary_cidrs": "CIDR block",
    "entries": "CIDR block",
}


def editor_for(info: FieldInfo, kind: str, around: Surroundings, field: str = "") -> Any:
    """The widget for one field; `field` is the owner's field where the record is a row in it."""
    spec = info.spec
    nothing = info.nothing or "None"
    if isinstance(spec, Rows | Keyed):
        return table_editor(info, around)
    if isinstance(spec, Many):
        return _editor_of_many(info, around, nothing)
    if isinstance(spec, Ref):
        options = around.options(field or info.name, spec.kinds, spec.words)
        return RefField(info, options, around.theme, nothing=nothing)
    if isinstance(spec, Choice):
        return ChoiceField(info)
    if isinstance(spec, Boolean):
        return Switch(info)
    if isinstance(spec, Text) and spec.multiline:
        return TextBlock(info)
    if (kind, info.name) == ("subnet", "az"):
        return RefField(info, around.zones, around.theme, free_text=spec.parse)
    made = LineField(info)
    if info.default is None:
        made.setPlaceholderText(nothing)
    return made


def _editor_of_many(info: FieldInfo, around: Surroundings, nothing: str) -> Any:
    spec = info.spec
    assert isinstance(spec, Many)
    noun = _NOUNS.get(info.name, "entry")
    if isinstance(spec.item, Ref):
        options = around.options(info.name, spec.item.kinds)
        words = nothing if nothing != "None" else ""
        return ManyRefEditor(info, noun, options, around.describe, around.theme, nothing=words)
    if info.name == "role_policies":
        return PolicyEditor(info, around.theme)
    return ListEditor(info, noun, around.theme)


class RecordForm(QWidget):
    """Labels, editors and, below each editor, the reason why what stands there is not taken."""

    def __init__(
        self,
        model: type[Any],
        kind: str,
        around: Surroundings,
        put: Put,
        left: Callable[[], None],
        *,
        without: tuple[str, ...] = (),
        instead: dict[str, Callable[[FieldInfo], Any]] | None = None,
    ) -> None:
        super().__init__()
        self.model = model
        self._put = put
        self._left = left
        self.editors: dict[str, Any] = {}
        self._infos = {info.name: info for info in fields_of(model)}
        self.reasons: dict[str, QLabel] = {}
        self._parts: dict[str, list[QWidget]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        for info in fields_of(model):
            if info.name not in without and not info.remark:
                own = (instead or {}).get(info.name)
                editor = own(info) if own else editor_for(info, kind, around)
                self._add(info, editor, wide=own is not None)

    def _add(self, info: FieldInfo, editor: Any, *, wide: bool) -> None:
        wide = wide or isinstance(info.spec, Many | Rows | Keyed) or isinstance(editor, TextBlock)
        title = label(info.title, wrap=not wide)
        mark(title, role="section" if wide else "muted")
        title.setToolTip(plain_tip(info.help))
        reason = label("", "error", wrap=True)
        reason.hide()
        line = self._grid.rowCount()
        if wide:
            if line > 1:
                title.setContentsMargins(0, 6, 0, 0)
            self._grid.addWidget(title, line, 0, 1, 2)
            self._grid.addWidget(editor, line + 1, 0, 1, 2)
            self._grid.addWidget(reason, line + 2, 0, 1, 2)
        else:
            title.setMaximumWidth(_LABEL_WIDTH)
            self._grid.addWidget(title, line, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(self._with_unit(info, editor), line, 1)
            self._grid.addWidget(reason, line + 1, 1)
        title.setBuddy(editor)
        editor.offer = lambda value, name=info.name: self._put(name, value)
        editor.judged.connect(lambda tone, text, one=reason: _show_reason(one, tone, text))
        editor.left.connect(self._left)
        self.editors[info.name] = editor
        self.reasons[info.name] = reason
        self._parts[info.name] = [title, editor]

    def _with_unit(self, info: FieldInfo, editor: Any) -> QWidget:
        unit = info.spec.unit if isinstance(info.spec, Integer) else ""
        if not unit:
            return editor  # type: ignore[no-any-return]
        holder = QWidget()
        line = QGridLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(editor, 0, 0)
        tail = label(unit, "muted")
        tail.setMinimumWidth(_UNIT_WIDTH)
        line.addWidget(tail, 0, 1)
        line.setColumnStretch(0, 1)
        return holder

    def show_record(
        self,
        record: Any,
        *,
        fresh: bool = False,
    ) -> None:
        """Shows a record; `fresh` where it is another one than before, so that nothing typed is
        kept."""
        for name, editor in self.editors.items():
            editor.show_value(getattr(record, name), force=fresh)
            shown = self._infos[name].matters_in(record)
            for part in self._parts[name]:
                holder = part.parentWidget()
                target = holder if part is editor and holder is not self and holder else part
                if target.isHidden() == shown:
                    target.setVisible(shown)
            if not shown:
                self.reasons[name].hide()

    def flush(self) -> None:
        """Offers what was typed and not yet confirmed."""
        for editor in self.editors.values():
            editor.flush()

    def drafts(self) -> dict[str, str]:
        """Text that was not taken, by field."""
        return {name: editor.draft for name, editor in self.editors.items() if editor.draft}


def _show_reason(reason: QLabel, tone: str, text: str) -> None:
    mark(reason, role="error" if tone == "error" else "muted")
    reason.setText(text)
    reason.setVisible(bool(text))
