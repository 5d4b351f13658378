"""What a person does on the canvas, as values without Qt, in scene units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Button = Literal["", "left", "right", "middle"]
Modifier = Literal["shift", "ctrl", "alt", "meta"]
Part = Literal["body", "title", "border", "badge", "meter"]
Handle = Literal["n", "ne", "e", "se", "s", "sw", "w", "nw", "port-n", "port-e", "port-s", "port-w"]
"""A grip: eight to resize, four to draw a line from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerEvent:
    """One step of the mouse. `hover`: a move with no button down; `menu`: a right click that did
    not pan.
    """

    kind: Literal["press", "move", "release", "hover", "leave", "menu"]
    x: float
    y: float
    button: Button = ""
    """The one that went down or up."""
    buttons: frozenset[Button] = frozenset()
    """Those held down now."""
    modifiers: frozenset[Modifier] = frozenset()
    click_count: int = 1
    """2 on the second press of a double click, 3 on the third."""
    box: str | None = None
    line: str | None = None
    handle: Handle | None = None
    part: Part | None = None
    """What the canvas found under the point, for cursors; tools look for themselves."""
    screen_x: int = 0
    screen_y: int = 0
    """Pixels on the desktop, for menus."""
    zoom: float = 1.0
    """Screen pixels a scene unit, so that thresholds are right at every zoom."""

    @property
    def shift(self) -> bool:
        """Whether Shift is held."""
        return "shift" in self.modifiers

    @property
    def ctrl(self) -> bool:
        """Whether Ctrl (Cmd on a Mac) is held."""
        return "ctrl" in self.modifiers

    @property
    def alt(self) -> bool:
        """Whether Alt is held."""
        return "alt" in self.modifiers


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEvent:
    """A key pressed while the canvas has the focus. `key` is Qt's portable name: ``Esc``, ``Left``,
    ``A``.
    """

    key: str
    text: str = ""
    modifiers: frozenset[Modifier] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DropEvent:
    """A kind from the palette over the canvas, or let go there. `what` is a slug, or
    ``slug:variant``.
    """

    step: Literal["move", "leave", "drop"]
    what: str
    x: float = 0.0
    y: float = 0.0
    box: str | None = None
    modifiers: frozenset[Modifier] = frozenset()
