"""What stands on the card of a finding: words, and spots that do something."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from lambdaplanner.model.plan import Plan
from lambdaplanner.ui.panels.acknowledging import note_words
from lambdaplanner.ui.panels.shown_findings import BROKEN, Shown, problem_of
from lambdaplanner.ui.panels.words import SEVERITY, Word, called, icon_of_id, stopped

Look = Literal["tool", "quiet", "link"]
_LINKS = 6
"""So many things that a finding is about are named."""


class Spot(NamedTuple):
    """A place on a card that does something: `does` is `fix`, `page`, `acknowledge`, `change`,
    `reopen` or `link`."""

    does: str
    text: str
    tip: str
    look: Look
    icon: str = ""
    tint: str = "muted"
    """The colour of the icon."""
    name: str = ""
    """What a link leads to."""


class Paragraph(NamedTuple):
    """Words below the head of a card, and the colour that they have."""

    text: str
    colour: str


class Face(NamedTuple):
    """All that a card says. Spots are buttons first, links last."""

    state: Word
    id: str
    paragraphs: tuple[Paragraph, ...]
    note: str
    spots: tuple[Spot, ...]
    spoken: str
    """For a screen reader: what is wrong."""
    remedy: str
    """For a screen reader: what to do, and what can be done here."""

    @property
    def buttons(self) -> tuple[Spot, ...]:
        """What stands in the head."""
        return tuple(spot for spot in self.spots if spot.look != "link")

    @property
    def links(self) -> tuple[Spot, ...]:
        """What it is about."""
        return tuple(spot for spot in self.spots if spot.look == "link")


def face_of(shown: Shown, plan: Plan, today: date) -> Face:
    """The card of a finding."""
    word = SEVERITY[shown.severity]
    state = Word("muted", "Acknowledged") if shown.acknowledged else word
    texts = [Paragraph(stopped(shown.message), "disabled" if shown.acknowledged else "text")]
    if shown.fix:
        texts.append(Paragraph(stopped(shown.fix), "muted"))
    note = "" if shown.note is None else note_words(shown.note, today)
    spots = (*_buttons(shown), *(_link(plan, name) for name in shown.about[:_LINKS]))
    doing = ", ".join(spot.text for spot in spots if spot.look != "link")
    remedy = " ".join(text for text in (stopped(shown.fix), note, stopped(doing)) if text)
    spoken = f"{word.text} {shown.id}: {shown.message}"
    return Face(state, shown.id, tuple(texts), note, spots, spoken, remedy)


def _buttons(shown: Shown) -> list[Spot]:
    made: list[Spot] = []
    if problem_of(shown) is not None:
        word = "Mend" if shown.id == BROKEN else "Fix"
        made.append(
            Spot("fix", word, "Show the ways to mend this", "tool", "fix", "accent_text"),
        )
    if shown.reference:
        made.append(Spot("page", "AWS page", shown.reference, "quiet"))
    if shown.id == BROKEN:
        return made
    if shown.acknowledged:
        made.append(Spot("change", "Change", "Change reason and day", "tool", "edit"))
        made.append(Spot("reopen", "Show again", "Show it again", "tool", "undo"))
    else:
        made.append(Spot("acknowledge", "Acknowledge", "Live with it, for a reason", "tool", "ok"))
    return made


def _link(plan: Plan, name: str) -> Spot:
    text, icon = called(plan, name), icon_of_id(plan, name)
    return Spot("link", text, f"Show {text} on the canvas", "link", icon, "accent_text", name)
