"""What a person does on the canvas, as values without Qt, in scene units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lambdaplanner.ui.canvas.hit_test import Part
from lambdaplanner.ui.canvas.states import Handle

Button = Literal["", "left", "right", "middle"]
Modifier = Literal["shift", "ctrl", "alt", "meta"]

PALETTE_MIME = "application/x-lambdaplanner-kind"
"""Drag data of the palette: the slug of a kind as UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointerEvent:
    """One step of the mouse. `hover`: a move with no button down; `menu`: a right click that did
    not pan.

    `box`, `line`, `handle` and `part` are what lies under the point, topmost first found; a
    handle goes before a box, a box before a line.
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
    """The part of `box` under the point."""
    screen_x: int = 0
    screen_y: int = 0
    """Pixels on the desktop, for menus."""
    zoom: float = 1.0

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
    repeated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DropEvent:
    """A kind from the palette over the canvas, or let go there."""

    step: Literal["move", "leave", "drop"]
    what: str
    x: float = 0.0
    y: float = 0.0
    box: str | None = None
    modifiers: frozenset[Modifier] = frozenset()
