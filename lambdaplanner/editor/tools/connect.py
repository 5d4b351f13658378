"""The tool that draws lines from wherever it is pressed."""

from __future__ import annotations

from functools import partial

from lambdaplanner.commands.links import can_start
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.tools.connecting import Connecting
from lambdaplanner.editor.tools.pressed import PressedHandle
from lambdaplanner.editor.tools.tool import Tool


class ConnectTool(Tool):
    """Press on a thing, drag to another."""

    name = "connect"
    cursor = "cross"

    def begin(self, event: PointerEvent, /) -> Gesture | None:
        source = self._source(event)
        if source is None:
            return None
        draw = partial(Connecting, self.session, source)
        return PressedHandle(self.session, event, source, draw, lambda _press: None)

    def _source(self, event: PointerEvent) -> str | None:
        """The topmost box where a line can begin."""
        stack = self.session.hits.boxes_at(event.x, event.y)
        return next((box for box in stack if can_start(self.session.plan, box)), None)

    def hover(self, event: PointerEvent) -> None:
        source = self._source(event)
        self.session.passing.show(hover=source, ports=source)
