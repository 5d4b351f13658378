"""What analysis says: frozen values that explain themselves, the same for window, command line and
tests.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lambdaplanner.analysis.hops import Hop
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.scaling import ramp_seconds

Verdict = Literal["reachable", "partial", "unreachable", "unknown"]
RANK: dict[Verdict, int] = {"unreachable": 0, "unknown": 1, "partial": 2, "reachable": 3}
"""How much gets through, as far as anybody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAnswer:
    """The way from one source subnet into one target subnet (None where that end is in none)."""

    via: str | None
    into: str | None
    verdict: Verdict
    hops: tuple[Hop, ...]
    return_hops: tuple[Hop, ...]
    obstacles: tuple[Obstacle, ...]
    assumes: tuple[str, ...] = ()
    """What had to be taken for granted, because it is not on the plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one question of reachability."""

    source: str
    target: str
    protocol: str
    port: int | None
    verdict: Verdict
    paths: tuple[PathAnswer, ...]
    ip: int | None = None
    """The version of IP, where the question names one."""

    @property
    def assumes(self) -> tuple[str, ...]:
        """What any of its paths takes for granted."""
        return tuple(dict.fromkeys(said for path in self.paths for said in path.assumes))


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
    quota: int | None = None
    """What the account may run at once; where addresses allow more, this is the limit."""
    stranded: bool = False
    """Whether no subnet is left to it, as where a zone is gone."""
    contended: bool = False
    """Whether it has none of its addresses for sure: others are short of the same ones, and nothing
    says who gets them.
    """

    @property
    def most(self) -> int:
        """The most that can run at once: as addresses or the account's quota allow."""
        return self.max_concurrency if self.quota is None else min(self.max_concurrency, self.quota)

    @property
    def limited_by_account(self) -> bool:
        """Whether the account's quota allows less than the addresses."""
        return self.most < self.max_concurrency

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
