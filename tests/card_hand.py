"""A hand at the painted cards of findings: reads them and clicks their spots, as a person does."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from lambdaplanner.ui.panels.acknowledging import AcknowledgementForm
from lambdaplanner.ui.panels.card_face import Face, Spot
from lambdaplanner.ui.panels.findings_panel import FindingsPanel
from lambdaplanner.ui.panels.shown_findings import Shown


class Card:
    """One card of a panel."""

    def __init__(self, panel: FindingsPanel, place: int) -> None:
        self._view = panel.view
        self.place = place
        self.shown: Shown = panel.shown[place]

    @property
    def face(self) -> Face:
        """What stands on it."""
        return self._view.rows.face(self.place)

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.face.paragraphs[0].text

    @property
    def note(self) -> str:
        """Reason, day and days left."""
        return self.face.note

    @property
    def rect(self) -> QRect:
        """Where it stands in the viewport."""
        return self._view.visualRect(self._view.rows.index(self.place))

    @property
    def in_sight(self) -> bool:
        """Whether something of it is seen."""
        return self._view.viewport().rect().intersects(self.rect)

    def spot(self, text: str) -> Spot:
        """What is called so."""
        return next(spot for spot in self.face.spots if spot.text == text)

    def where(self, text: str = "") -> QPoint:
        """The middle of a spot in the viewport; without a text a place beside all of them."""
        view = self._view
        view.scrollTo(view.rows.index(self.place))
        if not text:
            return self.rect.topLeft() + QPoint(3, 3)
        spots = [spot.text for spot in self.face.spots]
        middle = view.itemDelegate().layout(self.place, view.row_width)  # type: ignore[attr-defined]
        rect: QRect = middle.places[spots.index(text)].rect
        return self.rect.topLeft() + rect.center()

    def click(self, text: str = "") -> None:
        """Clicks a spot, or the card beside all spots."""
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(self._view.viewport(), left, none, self.where(text))

    def form(self, text: str) -> AcknowledgementForm:
        """The form that a spot opens."""
        self.click(text)
        made = self._view.form(self.place)
        assert made is not None
        return made


def cards_of(panel: FindingsPanel) -> list[Card]:
    """All cards, in order."""
    return [Card(panel, place) for place in range(len(panel.shown))]


def card_of(panel: FindingsPanel, check: str) -> Card:
    """The first card with this id."""
    return next(card for card in cards_of(panel) if card.shown.id == check)
