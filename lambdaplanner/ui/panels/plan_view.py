"""The inspector's pages for no thing of the plan: the plan itself, several things, and what AWS
makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from lambdaplanner.diagram.items import Box
from lambdaplanner.kinds import KINDS
from lambdaplanner.model.document import PlanInfo
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.records import FieldInfo, fields_of
from lambdaplanner.ui.panels.derived import explain
from lambdaplanner.ui.panels.fact_list import FactList, Links
from lambdaplanner.ui.panels.facts import plan_facts
from lambdaplanner.ui.panels.form import RecordForm, editor_for
from lambdaplanner.ui.panels.parts import (
    Card,
    ElidedLabel,
    Glyph,
    column,
    divider,
    emptied,
    label,
    retint,
    row,
)
from lambdaplanner.ui.panels.resource_view import refusal
from lambdaplanner.ui.panels.row_line import Row
from lambdaplanner.ui.panels.surroundings import Surroundings
from lambdaplanner.ui.panels.words import called, icon_of, kind_of_id, nouns
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge

_LISTED = 60


class PlanView(QWidget):
    """Name, region, counts, capacity model, expectations.

    Signals:
        settings_wanted: the plan's settings are asked for.
    """

    settings_wanted = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        around = Surroundings(bridge, theme, lambda: None, self._make_editor)
        self._around = around
        self.form = RecordForm(
            PlanInfo, "plan", around, self._put, self._seal, without=("settings",)
        )
        self.counts: QLabel = label("", "muted", wrap=True)
        self.facts = FactList(bridge, theme)
        self.expectations: QLabel = label("", wrap=True)
        self.model: QLabel = label("", "muted", wrap=True)
        self.settings = QPushButton("Settings and expectations...")
        self.settings.clicked.connect(self.settings_wanted)
        self.title = ElidedLabel("Plan", "title")
        layout = column(self, spacing=12)
        layout.addLayout(row(Glyph("region", theme, "region.accent", 24), self.title, spacing=10))
        layout.addWidget(self.counts)
        layout.addWidget(self.form)
        layout.addWidget(divider())
        layout.addWidget(label("Capacity", "section"))
        layout.addWidget(self.facts)
        layout.addWidget(self.model)
        layout.addWidget(label("Expectations", "section"))
        layout.addWidget(self.expectations)
        layout.addLayout(row(self.settings, 1))
        layout.addWidget(divider())
        layout.addWidget(
            label("Select something on the canvas to see and change it.", "muted", wrap=True)
        )
        layout.addStretch(1)

    def _seal(self) -> None:
        self._bridge.session.seal()

    def _make_editor(self, info: FieldInfo, _field: str, row_: Row) -> Any:
        return editor_for(info, "plan", self._around.within(row_))

    def _put(self, field: str, value: Any) -> str:
        title = next(info.title for info in fields_of(PlanInfo) if info.name == field)

        def command(edit: Edit) -> None:
            edit.set_info(**{field: value})

        return refusal(
            self._bridge, f"Change {title.lower()} of the plan", command, ("plan", field)
        )

    def refresh(self, *, fresh: bool = False) -> None:
        """Shows the plan as it is now."""
        plan = self._bridge.session.plan
        self.title.setText(plan.info.name or "Untitled plan")
        self.form.show_record(plan.info, fresh=fresh)
        words = [nouns(len(plan.of(slug)), slug) for slug in KINDS if plan.of(slug)]
        self.counts.setText(
            ", ".join(words) or "Nothing is drawn yet. Drag something from the palette."
        )
        self.refresh_answers()

    def refresh_answers(self) -> None:
        """Brings verdicts up to date."""
        plan, live = self._bridge.session.plan, self._bridge.live
        self.facts.show_facts(plan_facts(live.capacity()))
        self.model.setText(f"Model: {plan.info.settings.capacity_model}")
        results = live.expectations()
        broken = sum(not row_.ok for row_ in results)
        if not results:
            text = "None yet: say what must be reachable and what must not."
        elif broken:
            text = f"{broken} of {len(results)} broken."
        else:
            text = "It holds." if len(results) == 1 else f"All {len(results)} hold."
        self.expectations.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._around.theme = theme
        retint(self, theme)


class DerivedView(QWidget):
    """What AWS makes, explained."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.glyph = Glyph("info", theme, "network.accent", 24)
        self.title = ElidedLabel("", "title")
        self.name: QLabel = label("", "caption", wrap=True)
        self._card = Card()
        self.links = Links(bridge, theme)
        layout = column(self, spacing=12)
        head = column(spacing=0)
        head.addWidget(self.title)
        head.addWidget(self.name)
        top = row(self.glyph, spacing=10)
        top.addLayout(head, 1)
        layout.addLayout(top)
        layout.addWidget(self._card)
        layout.addWidget(self.links)
        layout.addStretch(1)

    def show_id(self, name: str) -> None:
        """Explains what stands behind an id that no thing of the plan has."""
        plan = self._bridge.session.plan
        found = explain(plan, name)
        icon = "connect" if "->" in name else icon_of(kind_of_id(plan, name))
        self.glyph.show_icon(icon, "network.accent")
        self.title.setText(found.title)
        self.name.setText("Connection" if "->" in name else "Made by AWS")
        emptied(self._card.column)
        for text in found.paragraphs:
            self._card.column.addWidget(label(text, wrap=True, selectable=True))
        self.links.show_names(found.links)

    def text(self) -> str:
        """All that it says, for screen readers and tests."""
        return " ".join(part.text() for part in self._card.findChildren(QLabel))

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)


class ManyView(QWidget):
    """Several things: which, and how many of each kind."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.title = ElidedLabel("", "title")
        self.counts: QLabel = label("", "muted", wrap=True)
        self.links = Links(bridge, theme)
        self.more: QLabel = label("", "caption")
        self.spread = QPushButton("Show one by one")
        self.spread.clicked.connect(self._spread)
        self._card = ""
        layout = column(self, spacing=10)
        for part in (self.title, self.counts, self.links, self.more):
            layout.addWidget(part)
        layout.addLayout(row(self.spread, 1))
        layout.addStretch(1)

    def show_ids(self, names: tuple[str, ...]) -> None:
        """Lists these things."""
        self._list(f"{len(names)} selected", names)
        self.spread.hide()

    def show_card(self, card: Box) -> None:
        """Lists what is drawn as one card."""
        self._list(card.title, card.members)
        if card.managed:
            where = called(self._bridge.session.plan, card.parent or "")
            self.counts.setText(f"They share one network interface in {where}.")
        self._card = card.id
        self.spread.show()

    def _spread(self) -> None:
        session = self._bridge.session
        if self._card in session.diagram.boxes:
            session.spread_out(self._card)

    def _list(self, title: str, names: tuple[str, ...]) -> None:
        plan = self._bridge.session.plan
        self.title.setText(title)
        kinds: dict[str, int] = {}
        for name in names:
            kinds[kind_of_id(plan, name)] = kinds.get(kind_of_id(plan, name), 0) + 1
        words = [nouns(number, kind) for kind, number in kinds.items()]
        self.counts.setText(", ".join(words))
        self.links.show_names(names[:_LISTED])
        self.more.setText(f"and {len(names) - _LISTED} more" if len(names) > _LISTED else "")

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        self._theme = theme
        retint(self, theme)
