"""What is to be drawn, as values: the display list that every canvas, picture and test shares.

A `Diagram` holds boxes (nested by `parent`) and lines between them. It knows no Qt, no plan and no
AWS: colours, icons and badges are names. The canvas paints it, the export paints it, hit tests
search it, tests compare it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lambdaplanner.model.interfaces import group_ends, interface_id, made_ends

Tone = Literal["ok", "warning", "error", "info", "muted", "unknown"]
"""What a state means; never shown by colour alone, each has a shape of its own too."""

BoxShape = Literal["container", "leaf", "note"]
LineStyle = Literal["route", "attachment", "tunnel", "association", "peering"]


class Rect(NamedTuple):
    """A rectangle in scene units (1 unit = 1 pixel at 100 %)."""

    x: float
    y: float
    width: float
    height: float


class Point(NamedTuple):
    """A point in scene units."""

    x: float
    y: float


class Badge(NamedTuple):
    """A small state mark: a glyph for its tone and a short text such as ``internet`` or ``no
    route``.
    """

    tone: Tone
    text: str
    tooltip: str = ""


class Meter(NamedTuple):
    """Addresses as a bar: `used` by other things, `demand` of the functions, out of `total`; all
    counts.
    """

    used: int
    demand: int
    total: int
    text: str
    tone: Tone


ROW = 14
"""Height of a leaf's line under the second one, in scene units."""
_UNDER_ROWS = 10


def rows_height(rows: int) -> int:
    """How much higher so many lines make a card: whole steps of the grid."""
    return -(-(ROW * rows + _UNDER_ROWS) // 8) * 8 if rows else 0


class Heading(NamedTuple):
    """Words over a column of a container's contents, and the column, relative to the container."""

    text: str
    rect: Rect
    at_right: bool = False
    """Whether the words stand over the right end of the column, clear of lines in the middle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One thing on the canvas. `rect` is relative to the top left of `parent` (absolute where there
    is none).
    """

    id: str
    kind: str
    """Slug of its kind: names the icon (``resources/icons/<kind>.svg``)."""
    parent: str | None
    rect: Rect
    shape: BoxShape
    title: str
    subtitle: str = ""
    detail: str = ""
    """A container's last line: what there is no room for beside the rest."""
    tone: str = "neutral"
    """Colour name in the theme: region, service, vpc, public, private, isolated, network, security,
    compute, data, note.
    """
    tag: str = ""
    """A word beside a container's title that says what colour says: ``Public subnet``."""
    badges: tuple[Badge, ...] = ()
    meter: Meter | None = None
    managed: bool = False
    """Made by AWS, not by the user (interfaces, the service VPC): drawn dashed, neither deleted nor
    renamed.
    """
    locked: bool = False
    """No hand moves or resizes it."""
    rows: tuple[str, ...] = ()
    """A leaf's lines under the second one."""
    members: tuple[str, ...] = ()
    """The things of the plan that a card drawn for several stands for; drawn as a pile."""
    headings: tuple[Heading, ...] = ()
    """The columns in it, from left to right: a VPC's availability zones."""
    origin: Point = Point(0.0, 0.0)
    """Where its children's placements count from, relative to its top left: not (0, 0) for the
    region alone.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A connector between two boxes, with its absolute orthogonal way from border to border."""

    id: str
    source: str
    target: str
    style: LineStyle
    points: tuple[Point, ...]
    label: str = ""
    tone: str = "neutral"
    """Colour name in the theme, or a `Tone` where the line itself has a verdict."""
    arrow: bool = True
    implied: bool = False
    """It holds because nobody said otherwise, as a subnet's association with the main table."""
    label_rect: Rect | None = None
    """Where the label's pill lies; None where it has none."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Everything to paint. Boxes come parents first and, among siblings, from back to front."""

    boxes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    folded: Mapping[str, str] = field(default_factory=dict)
    """The card that shows it, by things and interfaces that have no box of their own."""

    def box_of(self, thing: str) -> str | None:
        """The box that shows a thing, or what AWS makes and answers name; None where none does."""
        name = drawn_id(thing)
        name = self.folded.get(name, name)
        return name if name in self.boxes else None

    def boxes_of(self, things: Iterable[str]) -> dict[str, None]:
        """The boxes that show things, in their order and each once."""
        found = (self.box_of(thing) for thing in things)
        return dict.fromkeys(name for name in found if name is not None)

    def meant(self, names: Iterable[str]) -> tuple[str, ...]:
        """What boxes stand for: of a card of several its members, in a subnet their interfaces; all
        else for itself.
        """
        found: dict[str, None] = {}
        for name in names:
            ends = group_ends(name)
            box = self.boxes.get(name)
            if ends is None or box is None:
                found[name] = None
            elif ends[1]:
                found.update(dict.fromkeys(interface_id(one, ends[1]) for one in box.members))
            else:
                found.update(dict.fromkeys(box.members))
        return tuple(found)


def drawn_id(thing: str) -> str:
    """The id of the box that shows a thing: ``main-rt:VPC`` and its like have only the VPC's."""
    _, colon, rest = thing.partition(":")
    return rest if colon and not made_ends(thing) else thing


@dataclass(frozen=True, slots=True)
class Highlight:
    """A path shown on the canvas: what lies on it, what blocks it, and everything else dimmed."""

    boxes: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    blocked: frozenset[str] = frozenset()
    """Boxes that stop the path."""
    dim_others: bool = True
