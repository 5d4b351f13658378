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


class RuleMet(NamedTuple):
    """The first rule of a security group that let something pass."""

    side: Literal["inbound", "outbound"]
    rule: str
    """The rule as a person writes it: ``tcp 5432 from function-sg``."""

    def __str__(self) -> str:
        return f"allows {self.rule}"


class RouteTaken(NamedTuple):
    """The route that won."""

    destination: str
    """As it is written: a CIDR, or the id of a prefix list."""
    target: str

    def __str__(self) -> str:
        return f"{self.destination} -> {self.target}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One thing that a packet meets."""

    id: str
    kind: str
    by: RuleMet | RouteTaken | str = ""
    """What decided there: a route or a rule, else an association or a fact in words."""
    translation: Translation | None = None
    """Where an address changes here: which, from what, to what."""

    @property
    def detail(self) -> str:
        """What decided, in words."""
        return str(self.by)

    def turned(self) -> Hop:
        """The hop as a reply meets it."""
        changed = self.translation
        return self if changed is None else replace(self, translation=changed.turned())


def turned(hops: Sequence[Hop]) -> tuple[Hop, ...]:
    """The hops as a reply meets them."""
    return tuple(hop.turned() for hop in reversed(hops))
