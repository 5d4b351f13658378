"""The common value of all sources: what a reader found, said in words of the plan, with mentions of
other things by the source's own names.

A reader fills `Found`; `assembly` makes ids, follows the mentions and writes the sections of a
plan. A reader never needs to know which id a thing gets, nor whether what it mentions was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Effect = Literal["none", "less", "unknown"]
"""What leaving something out does to answers: none can differ, the plan allows less than AWS, or
answers are unknown.
"""


@dataclass(frozen=True, slots=True)
class To:
    """A mention of a thing, by any of the names that its source has for it."""

    name: str


@dataclass(slots=True, kw_only=True)
class Thing:
    """One entry of a plan to be."""

    section: str
    """Of the plan: ``subnets``."""
    source_kind: str
    """The source's own word, in the singular: ``route table``, ``AWS::EC2::Subnet``."""
    origin: tuple[str, ...]
    """As the plan's `origin` has it: the AWS id bare, ``cfn:Logical``, ``tf:address``; never
    empty.
    """
    keys: tuple[str, ...] = ()
    """Further names by which others mention it; its origins are such names by themselves."""
    names: tuple[str, ...] = ()
    """Wishes for its id, best first: tag Name, name, logical id. Empty ones count for nothing."""
    given_id: str = ""
    """The tag ``lambdaplanner:id`` or its like: an id that a plan gave before."""
    logical_id: str = ""
    """The tag ``aws:cloudformation:logical-id`` of what a stack made."""
    fields: dict[str, Any] = field(default_factory=dict)
    """Everything that the source states, by the plan's keys: texts, numbers, booleans, `To`, lists
    and mappings of these (a mapping's key may be a `To`). None: stated to be absent.
    """
    unknown: dict[str, str] = field(default_factory=dict)
    """What the source does not say: the key, and why."""
    comments: list[str] = field(default_factory=list)
    """What stands behind the entry in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A thing of the source that the plan does not hold, and what that does to answers."""

    kind: str
    name: str
    """Its name in the source; "" where it has none."""
    why: str
    effect: Effect = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A value that follows from others (`derived`), or is taken for granted (`assumed`)."""

    about: str
    """The source's name of the thing (one of its keys); "" is the whole plan."""
    of: str
    value: Any = None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What was reported of a subnet's addresses."""

    available: int | None = None
    """AWS's own count of free ones."""
    functions: int = 0
    """Addresses of Lambda's interfaces that imported functions explain."""
    strangers: int = 0
    """Addresses of interfaces that nothing imported owns."""


@dataclass(frozen=True, slots=True)
class NotRead:
    """A file that gave nothing, and why."""

    file: str
    why: str


@dataclass(slots=True, kw_only=True)
class Found:
    """All that a source told."""

    kind: str
    """``aws-cli``, ``cloudformation``, ``terraform``."""
    region: str = ""
    things: list[Thing] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    derived: list[Remark] = field(default_factory=list)
    assumed: list[Remark] = field(default_factory=list)
    addresses: dict[str, Addresses] = field(default_factory=dict)
    """By the subnet's key."""
    pairs: list[Mapping[str, Any]] = field(default_factory=list)
    """Lambda's interfaces, a row each pair of a subnet and a set of groups: ``subnet`` (key),
    ``groups``, ``predicted``, ``found``.
    """
    files: int = 0
    accounts: tuple[str, ...] = ()
    not_read: list[NotRead] = field(default_factory=list)
    within: frozenset[str] | None = None
    """Origins of the VPCs that were asked for; None: all that there is. A merge only removes what
    belongs to them.
    """

    def leave_out(self, kind: str, name: str, why: str, effect: Effect = "none") -> None:
        """Notes a thing that the plan will not hold."""
        self.left_out.append(LeftOut(kind=kind, name=name, why=why, effect=effect))

    def derive(self, about: str, of: str, why: str, value: Any = None) -> None:
        """Notes a value that follows from what was read."""
        self.derived.append(Remark(about=about, of=of, why=why, value=value))

    def assume(self, about: str, of: str, value: Any, why: str) -> None:
        """Notes a value that was taken for granted."""
        self.assumed.append(Remark(about=about, of=of, value=value, why=why))


def mentions(value: Any) -> Iterator[To]:
    """Every mention in a field's value, however deep."""
    if isinstance(value, To):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from mentions(key)
            yield from mentions(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from mentions(part)
