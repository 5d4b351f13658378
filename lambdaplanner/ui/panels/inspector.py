"""What is selected, and everything about it that can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.interfaces import followed
from lambdaplanner.ui.panels.parts import EDGE, column
from lambdaplanner.ui.panels.plan_view import DerivedView, ManyView, PlanView
from lambdaplanner.ui.panels.resource_view import ResourceView
from lambdaplanner.ui.panels.steady_area import SteadyArea
from lambdaplanner.ui.theme import Theme

if TYPE_CHECKING:
    from lambdaplanner.ui.bridge import Bridge


class InspectorPanel(QWidget):
    """One page of four: the plan, one thing, several things, something that AWS makes.

    Signals:
        connect_wanted: the guided attachment of a function is asked for, with its id.
        settings_wanted: the plan's settings are asked for.
    """

    connect_wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self.plan_view = PlanView(bridge, theme)
        self.resource_view = ResourceView(bridge, theme)
        self.derived_view = DerivedView(bridge, theme)
        self.many_view = ManyView(bridge, theme)
        self._pages = (self.plan_view, self.resource_view, self.derived_view, self.many_view)
        content = QWidget()
        inner = column(content)
        inner.setContentsMargins(EDGE + 2, EDGE, EDGE + 2, EDGE + 6)
        for page in self._pages:
            page.hide()
            inner.addWidget(page)
        self._area = SteadyArea(content)
        column(self).addWidget(self._area)
        self.setMinimumWidth(280)
        self._shown: QWidget | None = None
        self._ids: tuple[str, ...] = ()
        self.resource_view.connect_wanted.connect(self.connect_wanted)
        self.plan_view.settings_wanted.connect(self.settings_wanted)
        bridge.renamed.connect(self._on_renamed)
        bridge.selected.connect(self._on_selected)
        bridge.changed.connect(self._on_changed)
        bridge.replaced.connect(self._on_replaced)
        bridge.analysed.connect(self._on_analysed)
        self._show(fresh=True)

    def set_theme(self, theme: Theme) -> None:
        """Redraws what does not follow the style sheet."""
        for page in self._pages:
            page.set_theme(theme)

    def warm(self) -> bool:
        """Makes one form ahead, for an idle moment; whether there are more to make."""
        return self.resource_view.warm()

    def _on_selected(self) -> None:
        ids = tuple(self._bridge.session.selection.ids)
        if ids == self._ids:
            return
        if self._shown is self.resource_view:
            self.resource_view.leave()
        self._show(fresh=True)

    def _on_changed(self, changes: ChangeSet) -> None:
        if any(key.facet != "placement" for key in changes):
            with self._area.steady():
                self._show(fresh=False)

    def _on_renamed(self, renamed: dict[str, str]) -> None:
        self._ids = tuple(followed(name, renamed) for name in self._ids)
        self.resource_view.follow(renamed)

    def _on_replaced(self) -> None:
        self.resource_view.forget()
        self._show(fresh=True)

    def _on_analysed(self) -> None:
        with self._area.steady():
            if self._shown is self.plan_view:
                self.plan_view.refresh_answers()
            else:
                self.resource_view.refresh_facts()

    def _show(self, *, fresh: bool) -> None:
        ids = tuple(self._bridge.session.selection.ids)
        resource = self._bridge.session.plan.find(ids[0]) if len(ids) == 1 else None
        card = self._bridge.session.diagram.boxes.get(ids[0]) if len(ids) == 1 else None
        if not ids:
            self._turn_to(self.plan_view)
            self.plan_view.refresh(fresh=fresh)
        elif resource is not None:
            self._turn_to(self.resource_view)
            self.resource_view.show_resource(resource)
        elif card is not None and card.members:
            self._turn_to(self.many_view)
            self.many_view.show_card(card)
        elif len(ids) == 1:
            self._turn_to(self.derived_view)
            self.derived_view.show_id(ids[0])
        else:
            self._turn_to(self.many_view)
            self.many_view.show_ids(self._bridge.session.meant())
        if ids != self._ids:
            self._area.verticalScrollBar().setValue(0)
        self._ids = ids

    def _turn_to(self, page: QWidget) -> None:
        if page is not self._shown:
            self._shown = page
            for one in self._pages:
                one.setVisible(one is page)
