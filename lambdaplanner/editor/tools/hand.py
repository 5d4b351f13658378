"""The hand: dragging pans, which is the view's own; nothing else happens."""

from __future__ import annotations

from lambdaplanner.editor.tools.tool import Tool


class HandTool(Tool):
    """Leaves every press to the view."""

    name = "hand"
    cursor = "hand"
