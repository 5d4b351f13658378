"""A hand on the canvas, for tests: presses, drags and keys in the words of a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from lambdaplanner.commands import things
from lambdaplanner.diagram.items import Diagram, Rect
from lambdaplanner.editor import hand
from lambdaplanner.editor.pointer import KeyEvent, Modifier, PointerEvent
from lambdaplanner.editor.session import Request
from lambdaplanner.editor.tools.place import PlaceTool
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from tests.editor.drawing import draw


class Hand:
    """One session whose diagram is drawn anew after every step, and where the pointer is."""

    def __init__(
        self,
        plan: Plan | None = None,
        zoom: float = 1.0,
        drawn: Callable[[Plan], Diagram] = draw,
    ) -> None:
        self.plan = plan or Plan()
        self.editing = hand.Hand(self.plan)
        self.session = self.editing.session
        self.zoom = zoom
        self._drawn = drawn
        self.x = self.y = 0.0
        self.told: list[tuple[str, str]] = []
        self.requests: list[Request] = []
        self.session.told.subscribe(lambda tone, words: self.told.append((tone, words)))
        self.session.requests.subscribe(self.requests.append)
        self.look()

    def look(self) -> None:
        """Shows the plan as it is now."""
        self.session.show(self._drawn(self.plan))

    def add(
        self, kind: str, container: str | None = None, x: int = 0, y: int = 0, variant: str = ""
    ) -> str:
        """Puts a thing into the plan without the hand."""
        place = Placement(x, y)
        made = self.session.do(
            "Add", lambda edit: things.add(edit, kind, container, place, variant=variant)
        )
        self.look()
        return made

    def put(self, kind: str, variant: str, x: float, y: float) -> str | None:
        """Places a thing of a kind at a point; gives its id, None where it cannot stand there."""
        return PlaceTool(self.session, kind, variant).put(x, y)

    def thing(self, name: str) -> Any:
        """A thing of the plan, whatever its kind."""
        return self.plan.resource(name)

    def rect(self, box: str) -> Rect:
        """Where a box is seen."""
        return self.session.hits.rects[box]

    def at(self, box: str) -> tuple[float, float]:
        """A place to take hold of a box: the title of a container, the middle of anything else."""
        rect = self.rect(box)
        if self.session.diagram.boxes[box].shape == "container":
            return rect.x + 100, rect.y + 16
        return rect.x + rect.width / 2, rect.y + rect.height / 2

    def body(self, box: str) -> tuple[float, float]:
        """A place inside of a container where nothing else is."""
        rect = self.rect(box)
        return rect.x + rect.width - 20, rect.y + rect.height - 20

    def press(self, where: str | tuple[float, float], *held: Modifier, clicks: int = 1) -> Self:
        """Presses the left button on a box, or at a point."""
        self.x, self.y = self.at(where) if isinstance(where, str) else where
        self._point("press", held, clicks)
        return self

    def drag(self, dx: float, dy: float, *held: Modifier) -> Self:
        """Moves on by some units, in two steps."""
        for part in (0.5, 0.5):
            self.x, self.y = self.x + dx * part, self.y + dy * part
            self._point("move", held)
        return self

    def drag_to(self, where: str | tuple[float, float], *held: Modifier) -> Self:
        """Moves on to a box, or to a point."""
        x, y = self.at(where) if isinstance(where, str) else where
        return self.drag(x - self.x, y - self.y, *held)

    def release(self, *held: Modifier) -> Self:
        """Lets the button go."""
        self._point("release", held)
        return self

    def click(self, where: str | tuple[float, float], *held: Modifier) -> Self:
        """Presses and lets go."""
        return self.press(where, *held).release(*held)

    def hover(self, where: str | tuple[float, float]) -> Self:
        """Moves without a button."""
        self.x, self.y = self.at(where) if isinstance(where, str) else where
        self._point("hover", ())
        return self

    def key(self, name: str, *held: Modifier) -> bool:
        """Presses a key."""
        used = self.editing.key(KeyEvent(key=name, modifiers=frozenset(held)))
        self.look()
        return used

    def _point(self, kind: str, held: tuple[Modifier, ...], clicks: int = 1) -> None:
        down = kind in ("press", "move")
        self.session.pointer(
            PointerEvent(
                kind=kind,  # type: ignore[arg-type]
                x=self.x,
                y=self.y,
                button="left" if kind in ("press", "release") else "",
                buttons=frozenset({"left"}) if down else frozenset(),
                modifiers=frozenset(held),
                click_count=clicks,
                zoom=self.zoom,
            )
        )
        self.look()

    @property
    def state(self) -> str:
        """What the tool is doing."""
        return self.session.tool.state

    @property
    def selected(self) -> Any:
        """What is selected."""
        return self.session.selection.ids

    @property
    def steps(self) -> list[str]:
        """The labels of what can be undone."""
        return self.session.history.labels[0]
