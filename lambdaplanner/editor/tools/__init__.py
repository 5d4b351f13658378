"""Tools: what pointer and keys mean now. One file a tool or a gesture; none knows Qt."""

from __future__ import annotations

from lambdaplanner.editor.tools.connect import ConnectTool
from lambdaplanner.editor.tools.hand import HandTool
from lambdaplanner.editor.tools.select import SelectTool
from lambdaplanner.editor.tools.tool import Tool

TOOLS: dict[str, type[Tool]] = {tool.name: tool for tool in (SelectTool, HandTool, ConnectTool)}
