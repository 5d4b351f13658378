"""What a session knows of the tool in hand: that it takes the mouse, and may be in a gesture."""

from __future__ import annotations

from typing import Protocol

from lambdaplanner.editor.pointer import PointerEvent


class Gesture(Protocol):
    """What goes on from press to release, as one small state."""

    name: str

    def move(self, event: PointerEvent, /) -> Gesture:
        """Follows the pointer; gives the gesture that goes on (another one where a press becomes a
        drag).
        """

    def release(self, event: PointerEvent, /) -> None:
        """Ends it where the pointer is."""

    def cancel(self) -> None:
        """Ends it as if it had never begun."""


class HeldTool(Protocol):
    """What pointer and keys mean now."""

    @property
    def name(self) -> str:
        """Its name in the tool bar."""

    @property
    def cursor(self) -> str:
        """The pointer's shape while nothing is under way."""

    @property
    def gesture(self) -> Gesture | None:
        """What is under way between press and release."""

    @property
    def state(self) -> str:
        """What it is doing: ``idle``, or the name of its gesture."""

    def pointer(self, event: PointerEvent, /) -> None:
        """Takes one step of the mouse."""

    def cancel(self) -> bool:
        """Ends what is under way as if it had never begun; whether there was something."""
