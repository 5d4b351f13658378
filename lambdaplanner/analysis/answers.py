"""What analysis says: frozen values that explain themselves, the same for window, command line and
tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from lambdaplanner.analysis.packets import Side, Stop

from lambdaplanner.analysis.scaling import ramp_seconds

Verdict = Literal["reachable", "partial", "unreachable"]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that blocks: the id of what decides, a code (AWS.md 9.2 or the project's own), and
    a way out.
    """

    at: str
    code: str
    direction: Direction
    message: str
    fix: str
    stop: Stop | None = field(default=None, compare=False, repr=False)
    """The packet that was stopped, and where it was then; what mends it starts from there."""

    def is_of_groups(self, thing_id: str, side: Side) -> bool:
        """Whether the rules of one direction of a thing's security groups are what blocks."""
        stop = self.stop
        return (
            stop is not None
            and stop.side == side
            and stop.station is not None
            and stop.station.id == thing_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAnswer:
    """The way from one source subnet into one target subnet (None where that end is in none)."""

    via: str | None
    into: str | None
    verdict: Verdict
    hops: tuple[Hop, ...]
    return_hops: tuple[Hop, ...]
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question of reachability."""

    source: str
    target: str
    protocol: str
    port: int | None
    verdict: Verdict
    paths: tuple[PathAnswer, ...]


CapacityVerdict = Literal["ok", "tight", "uneven", "exhausted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubnetCapacity:
    """The address ledger of one subnet; every number counts IPv4 addresses, `free` may
    be negative.
    """

    cidr: str
    az: str
    addresses: int
    reserved: int
    usable: int
    used: int
    free: int
    demand: int
    headroom: int
    used_by: tuple[tuple[str, int], ...] = ()
    """Who takes how many: (id, addresses), `reserved_ips` under the subnet's own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunctionCapacity:
    """Whether one function's concurrency target fits."""

    concurrency: int
    demand: int
    max_concurrency: int
    verdict: CapacityVerdict
    shortfall: int = 0
    error: str | None = None
    """What the function would get, `EC2ThrottledException`; None where it fits."""
    suggested_prefix: int | None = None
    bottleneck: tuple[str, ...] = ()
    """The subnets of the minimum cut."""

    @property
    def ramp_seconds(self) -> int:
        """Seconds from cold until the target runs at once, by Lambda's scaling rate alone."""
        return ramp_seconds(self.concurrency)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCapacity:
    """All concurrency targets, attached or not, against what the account may run at once."""

    concurrency: int
    quota: int

    @property
    def verdict(self) -> Literal["ok", "exceeded"]:
        """Whether the targets can all run at once; what is beyond the quota is throttled."""
        return "ok" if self.concurrency <= self.quota else "exceeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapacityAnswer:
    """The ledger and every function's verdict under one model, and the verdict under each."""

    model: str
    verdict: CapacityVerdict
    account: AccountCapacity
    """Changes no verdict: that quota is not about addresses, and can be raised."""
    subnets: dict[str, SubnetCapacity] = field(default_factory=dict)
    functions: dict[str, FunctionCapacity] = field(default_factory=dict)
    models: dict[str, CapacityVerdict] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    """For each model, in a sentence or two, why it says so."""
