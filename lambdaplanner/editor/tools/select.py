"""The tool that is there when no other is: select, move, resize, draw a marquee, start a line at a
port.
"""

from __future__ import annotations

from functools import partial

from lambdaplanner.commands.links import can_start
from lambdaplanner.editor.gesture import Gesture
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.tools.connecting import Connecting
from lambdaplanner.editor.tools.marquee import Marquee
from lambdaplanner.editor.tools.pressed import PressedBox, PressedEmpty, PressedHandle
from lambdaplanner.editor.tools.reconnecting import Reconnecting
from lambdaplanner.editor.tools.resizing import Resizing
from lambdaplanner.editor.tools.tool import Tool

LINE_PIXELS = 6.0


class SelectTool(Tool):
    """Click selects, Shift+click toggles, Alt+click goes below; a container is held by title and
    border, or once selected.
    """

    name = "select"

    def begin(self, event: PointerEvent, /) -> Gesture | None:
        session = self.session
        session.passing.show(hover=None)
        return self._on_handle(event) or self._on_content(event)

    def _on_handle(self, event: PointerEvent) -> Gesture | None:
        """What a press on a grip or on the start of a line begins, once it becomes a drag."""
        session, hits = self.session, self.session.hits
        x, y, zoom = event.x, event.y, event.zoom
        only, ports = session.selection.only, session.transient.ports
        if only is not None and only in hits.rects:
            grip = hits.grip_at(only, x, y, zoom)
            if grip is not None:
                resize = partial(Resizing, session, event, only, grip)
                return PressedHandle(session, event, only, resize, self._on_content)
        line = hits.diagram.lines.get(only or "")
        end = None if line is None else hits.line_end_at(line, x, y, zoom)
        if line is not None and end is not None and end in self.session.line_ends():
            lead = partial(Reconnecting, session, line, end)
            return PressedHandle(session, event, line.id, lead, self._on_content)
        if ports is not None and hits.port_at(ports, x, y, zoom) is not None:
            connect = partial(Connecting, session, ports)
            return PressedHandle(session, event, ports, connect, self._on_content)
        return None

    def _on_content(self, event: PointerEvent) -> Gesture | None:
        session, hits = self.session, self.session.hits
        x, y, zoom = event.x, event.y, event.zoom
        box = hits.box_at(x, y)
        held = box is not None and self._held(box, event)
        if not held:
            line = hits.line_at(x, y, LINE_PIXELS / zoom)
            if line is not None:
                return PressedBox(session, event, line)
            return PressedEmpty(session, event, Marquee)
        assert box is not None
        if event.click_count == 2 and not event.modifiers:
            session.selection.set((box,))
            if box in session.plan:
                session.request("edit", id=box, x=x, y=y)
            elif hits.diagram.boxes[box].members:
                session.spread_out(box)
            return None
        return PressedBox(session, event, box)

    def _held(self, box: str, event: PointerEvent) -> bool:
        """Whether a press takes hold of a box, or goes through to the empty space in it."""
        hits = self.session.hits
        if hits.diagram.boxes[box].shape != "container":
            return True
        if hits.part_at(box, event.x, event.y, event.zoom) != "body":
            return True
        return box in self.session.selection or event.ctrl

    def hover(self, event: PointerEvent) -> None:
        session, hits = self.session, self.session.hits
        x, y, zoom = event.x, event.y, event.zoom
        ports = session.transient.ports
        if ports is not None and hits.port_at(ports, x, y, zoom) is not None:
            return
        box = hits.box_at(x, y)
        if box is not None and not self._held(box, event):
            box = None
        if box is None:
            line = hits.line_at(x, y, LINE_PIXELS / zoom)
            session.passing.show(hover=line, ports=None)
            return
        if box != session.transient.hover or box != ports:
            session.passing.show(hover=box, ports=box if self._joinable(box) else None)

    def _joinable(self, box: str) -> bool:
        session = self.session
        return can_start(session.plan, box) and not session.takes_no_line(box)
