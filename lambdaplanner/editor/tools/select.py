"""The tool that is there when no other is: select, move, resize, draw a marquee, start a line at a
port.
"""

from __future__ import annotations

from lambdaplanner.commands.links import can_start
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.tools.connecting import Connecting
from lambdaplanner.editor.tools.marquee import Marquee
from lambdaplanner.editor.tools.pressed import PressedBox, PressedEmpty
from lambdaplanner.editor.tools.resizing import Resizing
from lambdaplanner.editor.tools.tool import Gesture, Tool

LINE_PIXELS = 6.0


class SelectTool(Tool):
    """Click selects, Shift+click toggles, Alt+click goes below; a container is held by title and
    border, or once selected.
    """

    name = "select"

    def begin(self, event: PointerEvent, /) -> Gesture | None:
        session, hits = self.session, self.session.hits
        session.transient.show(hover=None)
        x, y, zoom = event.x, event.y, event.zoom
        only = session.selection.only
        if only is not None and only in hits.rects:
            grip = hits.grip_at(only, x, y, zoom)
            if grip is not None:
                return Resizing(session, event, only, grip)
        ports = session.transient.ports
        if ports is not None and hits.port_at(ports, x, y, zoom) is not None:
            return Connecting(session, ports)
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
            session.transient.show(hover=line, ports=None)
            return
        if box != session.transient.hover or box != ports:
            session.transient.show(hover=box, ports=box if self._joinable(box) else None)

    def _joinable(self, box: str) -> bool:
        return can_start(self.session.plan, box)
