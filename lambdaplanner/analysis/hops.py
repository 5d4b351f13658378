"""What a packet meets on its way, one thing after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Direction = Literal["forward", "return"]


class Translation(NamedTuple):
    """What a hop makes of one address of a packet, in words: ``an address of 10.0.1.0/24`` becomes
    ``elastic IP of nat``.
    """

    end: Literal["source", "target"]
    before: str
    after: str

    def turned(self) -> Translation:
        """The same association, met by the reply."""
        return Translation("target" if self.end == "source" else "source", self.after, self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One thing that a packet meets. `detail` is the rule, route or association that
    decided there.
    """

    id: str
    kind: str
    detail: str = ""
    translation: Translation | None = None
    """Where an address changes here: which, from what, to what."""

    def turned(self) -> Hop:
        """The hop as a reply meets it."""
        changed = self.translation
        return self if changed is None else replace(self, translation=changed.turned())


def turned(hops: Sequence[Hop]) -> tuple[Hop, ...]:
    """The hops as a reply meets them."""
    return tuple(hop.turned() for hop in reversed(hops))
