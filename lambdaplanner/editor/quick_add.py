"""What may be added at a point, all of it or only what a line from somewhere can lead to; a few
letters narrow it down.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lambdaplanner.commands.links import can_connect, connect, links_kinds
from lambdaplanner.commands.places import called
from lambdaplanner.commands.things import add
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.tools.place import PlaceTool
from lambdaplanner.editor.trial import scratch
from lambdaplanner.errors import EditError
from lambdaplanner.kinds import KINDS
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.plan import Plan


class Offer(NamedTuple):
    """One thing that may be added: its kind and variant, how it is called, where it would stand
    (None: the region).
    """

    kind: str
    variant: str
    title: str
    container: str | None


def offers(session: Session, x: float, y: float, source: str | None = None) -> list[Offer]:
    """What may stand at a point; with a `source`, only what can be connected from it there. The
    plan is not touched.
    """
    found = []
    for kind in KINDS.values():
        if not kind.addable or (source and not _may_join(session.plan, source, kind.slug)):
            continue
        for variant, title in (kind.labels or {"": kind.title}).items():
            container, reason = PlaceTool(session, kind.slug, variant).home(x, y)
            if reason is None:
                found.append(Offer(kind.slug, variant, title, container))
    if source is None or not found:
        return found
    trial = scratch(session.plan)
    return [offer for offer in found if _joins(trial, source, offer)]


def _may_join(plan: Plan, source: str, kind: str) -> bool:
    thing = plan.find(source)
    return thing is not None and links_kinds(thing.kind, kind)


def _joins(trial: Plan, source: str, offer: Offer) -> bool:
    edit = Edit(trial)
    try:
        new_id = add(edit, offer.kind, offer.container, variant=offer.variant)
        return _is_joined(trial, source, new_id) or can_connect(trial, source, new_id) is None
    except EditError:
        return False
    finally:
        edit.roll_back()


def _is_joined(plan: Plan, source: str, new_id: str) -> bool:
    """Whether the place where it was added joins it already, as a function in a subnet is."""
    return any(link.source == new_id for link in plan.mentions_of(source))


def matching(found: Iterable[Offer], text: str) -> list[Offer]:
    """The offers that hold every word typed; those that begin with it come first."""
    words = text.lower().split()

    def haystack(offer: Offer) -> str:
        kind = KINDS[offer.kind]
        return f"{offer.title} {kind.title} {kind.slug} {offer.variant} {kind.stem}".lower()

    fitting = [offer for offer in found if all(word in haystack(offer) for word in words)]
    start = " ".join(words)
    return sorted(fitting, key=lambda offer: not haystack(offer).startswith(start))


def put(session: Session, offer: Offer, x: float, y: float, source: str | None = None) -> str:
    """Adds what was chosen at the point, joins it to the source, and selects it: one step to undo.
    Gives its id; "" where it cannot be after all (the reason is told).
    """
    said: list[str] = []

    def join(edit: Edit, new_id: str) -> None:
        if source is not None and can_connect(edit.plan, source, new_id) is None:
            said.append(connect(edit, source, new_id))

    label = f"Add {KINDS[offer.kind].noun}"
    if source is not None:
        label += f" connected to {called(session.plan, source)}"
    new_id = PlaceTool(session, offer.kind, offer.variant).put(x, y, then=join, label=label)
    for sentence in said:
        session.say("ok", sentence)
    return new_id or ""
