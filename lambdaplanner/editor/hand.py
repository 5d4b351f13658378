"""The hand at a session: which tool it takes up, what keys mean, what it drops from the palette.

The session knows no tool by name, so that tools may know the session.
"""

from __future__ import annotations

from lambdaplanner.editor import keys
from lambdaplanner.editor.pointer import DropEvent, KeyEvent
from lambdaplanner.editor.session import Session
from lambdaplanner.editor.tools.connect import ConnectTool
from lambdaplanner.editor.tools.hand import HandTool
from lambdaplanner.editor.tools.place import PlaceTool
from lambdaplanner.editor.tools.select import SelectTool
from lambdaplanner.editor.tools.tool import Tool
from lambdaplanner.model.plan import Plan

TOOLS: dict[str, type[Tool]] = {tool.name: tool for tool in (SelectTool, HandTool, ConnectTool)}
"""What the tool bar offers, by name."""


class Hand:
    """Edits one plan through a session of its own."""

    def __init__(self, plan: Plan) -> None:
        self.session = Session(plan, SelectTool)
        self._dropping: PlaceTool | None = None

    def choose_tool(self, name: str) -> None:
        """Takes up a tool: select, hand or connect."""
        self.session.use(TOOLS[name](self.session))

    def start_placing(self, kind: str, variant: str = "") -> None:
        """Takes up the tool that places a kind; an empty kind puts it down."""
        if kind:
            self.session.use(PlaceTool(self.session, kind, variant))
        else:
            self.session.put_tool_down()

    def key(self, event: KeyEvent) -> bool:
        """Takes a key pressed on the canvas; True where it was used."""
        return keys.pressed(self.session, event)

    def drop(self, event: DropEvent) -> bool:
        """Takes a kind dragged from the palette; True where it may be, or was, let go here."""
        kind, _, variant = event.what.partition(":")
        if event.step == "leave":
            self.session.passing.clear()
            return False
        placing = self._dropping
        if placing is None or (placing.kind, placing.variant) != (kind, variant):
            placing = self._dropping = PlaceTool(self.session, kind, variant)
        if event.step == "move":
            return placing.aim(event.x, event.y, free="ctrl" in event.modifiers)
        return placing.put(event.x, event.y, free="ctrl" in event.modifiers) is not None
