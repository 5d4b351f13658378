# ruff: noqa: E501  # one row of the table is easier to read than five lines of it
"""Every action as one row: menus, tool bar, shortcuts, help page and tests read this table.

`run` gets the desk; `enabled` says whether it makes sense now. Shortcuts fire on canvas and
panels, never while a text field has the focus and would take the key itself (single letters are
bound to the canvas alone).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lambdaplanner.ui.desk import Desk

Run = Callable[["Desk"], object]
Question = Callable[["Desk"], bool]


def _always(_desk: Desk) -> bool:
    return True


def _something_selected(desk: Desk) -> bool:
    return bool(desk.session.selection.ids)


def _something_placed(desk: Desk) -> bool:
    return bool(desk.session.plan.placements)


def _tidy_everything(desk: Desk) -> None:
    from lambdaplanner.editor.verbs import tidy_everything

    tidy_everything(desk.session)


def _stack(desk: Desk, *, back: bool) -> None:
    from lambdaplanner.editor.stacking import stack_selected

    stack_selected(desk.session, back=back)


def _lock(desk: Desk) -> None:
    from lambdaplanner.editor.stacking import lock_selected

    lock_selected(desk.session)


def _two_selected(desk: Desk) -> bool:
    chosen = desk.session.selection.ids
    return len(chosen) == 2 and all(name in desk.session.plan for name in chosen)


def _one_selected(desk: Desk) -> bool:
    return len(desk.session.selection.ids) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that a user can do."""

    id: str
    menu: str
    text: str
    run: Run
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    enabled: Question = _always
    canvas_only: bool = False
    """Its keys work while the canvas has the focus, so that they can be typed elsewhere."""
    checked: Question | None = None
    """Where it is a switch: whether it is on."""
    tool_bar: bool = False
    separator: bool = False
    """A line stands above it in its menu."""


ACTIONS: tuple[Action, ...] = (
    Action(id="file.new", menu="File", text="New plan", keys=("Ctrl+N",), icon="new",
           tip="Start with an empty plan", run=lambda w: w.documents.new(), tool_bar=True),
    Action(id="file.open", menu="File", text="Open...", keys=("Ctrl+O",), icon="open",
           tip="Open a plan, or a picture with its plan inside", run=lambda w: w.documents.ask_open(), tool_bar=True),
    Action(id="file.unsaved", menu="File", text="Unsaved work...", tip="Look at work that windows which ended never saved",
           run=lambda w: w.recovery.offer_again(w.dialogs)),
    Action(id="file.save", menu="File", text="Save", keys=("Ctrl+S",), icon="save", separator=True,
           tip="Save the plan", run=lambda w: w.documents.save(), tool_bar=True),
    Action(id="file.save-as", menu="File", text="Save as...", keys=("Ctrl+Shift+S",),
           tip="Save the plan under another name", run=lambda w: w.documents.save_as()),
    Action(id="file.export", menu="File", text="Export...", keys=("Ctrl+Shift+E",), icon="export",
           tip="Draw the diagram as PNG, SVG or PDF: all of it, a VPC, or what is selected", run=lambda w: w.pictures.export(), tool_bar=True, separator=True),
    Action(id="file.copy-image", menu="File", text="Copy as picture", keys=("Ctrl+Shift+C", "Shift+Alt+C"),
           tip="Put the whole diagram on the clipboard: as PNG, as SVG and as YAML", run=lambda w: w.pictures.copy()),
    Action(id="file.close", menu="File", text="Quit", keys=("Ctrl+Q",), separator=True,
           tip="Close the window", run=lambda w: w.window.close()),
    Action(id="edit.undo", menu="Edit", text="Undo", keys=("Ctrl+Z",), icon="undo", tip="Take back the last change",
           run=lambda w: w.undo(), enabled=lambda w: bool(w.session.history.undo_label), tool_bar=True),
    Action(id="edit.redo", menu="Edit", text="Redo", keys=("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo",
           tip="Do the last undone change again", run=lambda w: w.redo(),
           enabled=lambda w: bool(w.session.history.redo_label), tool_bar=True),
    Action(id="edit.delete", menu="Edit", text="Delete", keys=("Del", "Backspace"), icon="delete", canvas_only=True,
           tip="Delete what is selected; routes to it become blackholes", run=lambda w: w.delete_selected(),
           enabled=_something_selected, separator=True),
    Action(id="edit.duplicate", menu="Edit", text="Duplicate", keys=("Ctrl+D",), canvas_only=True,
           tip="Duplicate what is selected, with what is in it", run=lambda w: w.duplicate_selected(),
           enabled=_something_selected),
    Action(id="edit.quick-add", menu="Edit", text="Add here...", keys=("N",), icon="plus", canvas_only=True,
           tip="List what may be added at the pointer; type to search", run=lambda w: w.session.request("quick-add", **w.view.place_in_mind())),
    Action(id="edit.rename", menu="Edit", text="Rename", keys=("F2",), icon="edit", tip="Give it another id, wherever it is mentioned",
           run=lambda w: w.rename_selected(), enabled=_one_selected),
    Action(id="edit.select-all", menu="Edit", text="Select all", keys=("Ctrl+A",), canvas_only=True,
           tip="Select everything", run=lambda w: w.select_all()),
    Action(id="edit.tidy", menu="Edit", text="Tidy", canvas_only=True, run=lambda w: w.tidy_selected(), enabled=_something_selected,
           tip="Leave the places of what is selected, and of what is in it, to the automatic layout"),
    Action(id="edit.tidy-all", menu="Edit", text="Tidy everything", enabled=_something_placed,
           run=_tidy_everything, tip="Leave all places to the automatic layout"),
    Action(id="edit.front", menu="Edit", text="Bring to front", keys=("Ctrl+Shift+F",), canvas_only=True, enabled=_something_selected,
           run=lambda w: _stack(w, back=False), tip="Paint it over what it overlaps", separator=True),
    Action(id="edit.back", menu="Edit", text="Send to back", keys=("Ctrl+Shift+B",), canvas_only=True, enabled=_something_selected,
           run=lambda w: _stack(w, back=True), tip="Paint it under what it overlaps"),
    Action(id="edit.lock", menu="Edit", text="Lock or unlock", keys=("Ctrl+L",), canvas_only=True, enabled=_something_selected,
           run=_lock, tip="Keep it where it is: no drag, arrow key or tidying moves it"),
    Action(id="edit.plan", menu="Edit", text="Plan settings", icon="settings", separator=True,
           tip="Name, region, capacity model, quotas and expectations", run=lambda w: w.show_plan_settings()),
    Action(id="tool.select", menu="Tools", text="Select", keys=("V",), icon="select", canvas_only=True,
           tip="Select, move and resize", run=lambda w: w.bridge.hand.choose_tool("select"),
           checked=lambda w: w.tool_name == "select", tool_bar=True),
    Action(id="tool.hand", menu="Tools", text="Hand", keys=("H",), icon="hand", canvas_only=True,
           tip="Drag the canvas; Space does it with any tool", run=lambda w: w.bridge.hand.choose_tool("hand"),
           checked=lambda w: w.tool_name == "hand", tool_bar=True),
    Action(id="tool.connect", menu="Tools", text="Connect", keys=("C",), icon="connect", canvas_only=True,
           tip="Drag from one thing to another: routes, attachments, groups", run=lambda w: w.bridge.hand.choose_tool("connect"),
           checked=lambda w: w.tool_name == "connect", tool_bar=True),
    Action(id="tool.join", menu="Tools", text="Connect the two selected", keys=("Shift+C",), canvas_only=True,
           tip="Join two things as a line from the first one selected to the second would", run=lambda w: w.connect_selected(),
           enabled=_two_selected),
    Action(id="tool.attach", menu="Tools", text="Connect function to VPC...", keys=("Ctrl+Shift+V",), icon="attach",
           tip="Policy, VPC, private subnets and security group, guided", run=lambda w: w.connect_function(),
           enabled=lambda w: bool(w.session.plan.of("function")), tool_bar=True, separator=True),
    Action(id="tool.trace", menu="Tools", text="Trace to internet", keys=("P",), icon="trace", canvas_only=True,
           tip="Show the selected function's or workload's way to the internet", run=lambda w: w.trace_selected(),
           enabled=_one_selected, tool_bar=True),
    Action(id="tool.reach", menu="Tools", text="Reach of this", keys=("R",), canvas_only=True,
           tip="List what the selected function or workload can reach, and who can reach it", run=lambda w: w.window.show_dock("reach"),
           enabled=_one_selected),
    Action(id="tool.next-finding", menu="Tools", text="Next finding", keys=("F8",), icon="findings",
           tip="Jump to the next finding", run=lambda w: w.step_finding(1)),
    Action(id="tool.previous-finding", menu="Tools", text="Previous finding", keys=("Shift+F8",),
           tip="Jump to the finding before", run=lambda w: w.step_finding(-1)),
    Action(id="tool.fix", menu="Tools", text="Fix this...", keys=("Ctrl+.", "Alt+Return"), icon="fix",
           tip="Show the ways to mend the finding at hand, and what comes of each", run=lambda w: w.fix_this(),
           enabled=lambda w: w.findings.problem_in_mind() is not None),
    Action(id="view.zoom-in", menu="View", text="Zoom in", keys=("Ctrl++", "Ctrl+="), icon="zoom-in",
           tip="Zoom in", run=lambda w: w.view.zoom_in(), tool_bar=True),
    Action(id="view.zoom-out", menu="View", text="Zoom out", keys=("Ctrl+-",), icon="zoom-out",
           tip="Zoom out", run=lambda w: w.view.zoom_out(), tool_bar=True),
    Action(id="view.actual", menu="View", text="Actual size", keys=("Ctrl+0", "Shift+0"), tip="100 %",
           run=lambda w: w.view.zoom_to(1.0)),
    Action(id="view.fit", menu="View", text="Fit everything", keys=("Shift+1", "Ctrl+Shift+H"), icon="fit",
           tip="Show the whole diagram", run=lambda w: w.view.fit_all(), tool_bar=True),
    Action(id="view.fit-selection", menu="View", text="Fit selection", keys=("Shift+2", "F"), canvas_only=True,
           tip="Show what is selected", run=lambda w: w.view.fit_boxes(frozenset(w.session.selection.ids)), enabled=_something_selected),
    Action(id="view.theme", menu="View", text="Dark theme", keys=("Alt+Shift+D",), icon="moon", separator=True,
           tip="Light or dark; pictures stay light unless asked", run=lambda w: w.toggle_theme(),
           checked=lambda w: w.theme.dark, tool_bar=True),
    Action(id="view.palette", menu="View", text="Palette", keys=("Ctrl+1",), tip="Show or hide the palette",
           run=lambda w: w.window.toggle_dock("palette"), separator=True),
    Action(id="view.inspector", menu="View", text="Inspector", keys=("Ctrl+2",), tip="Show or hide the inspector",
           run=lambda w: w.window.toggle_dock("inspector")),
    Action(id="view.findings", menu="View", text="Findings", keys=("Ctrl+3",), tip="Show or hide the findings",
           run=lambda w: w.window.toggle_dock("findings")),
    Action(id="view.trace", menu="View", text="Path", keys=("Ctrl+4",), tip="Show or hide the path panel",
           run=lambda w: w.window.toggle_dock("trace")),
    Action(id="view.capacity", menu="View", text="Capacity", keys=("Ctrl+5",), tip="Show or hide the capacity panel",
           run=lambda w: w.window.toggle_dock("capacity")),
    Action(id="view.reach", menu="View", text="Reach", keys=("Ctrl+6",), tip="Show or hide what one end reaches, and who reaches it",
           run=lambda w: w.window.toggle_dock("reach")),
    Action(id="view.whatif", menu="View", text="What if", keys=("Ctrl+7",), tip="Show or hide what comes of lost zones, gateways and growth",
           run=lambda w: w.window.toggle_dock("whatif")),
    Action(id="view.panels", menu="View", text="Canvas only", keys=("F11",), tip="Hide or show all panels",
           run=lambda w: w.window.toggle_docks()),
    Action(id="view.next-panel", menu="View", text="Next panel", keys=("F6",), separator=True,
           tip="Take the keyboard to the next panel, or back to the canvas", run=lambda w: w.window.step_focus(1)),
    Action(id="view.previous-panel", menu="View", text="Previous panel", keys=("Shift+F6",),
           tip="Take the keyboard to the panel before, or back to the canvas", run=lambda w: w.window.step_focus(-1)),
    Action(id="help.shortcuts", menu="Help", text="Shortcuts", keys=("?", "F1"), tip="Every key",
           run=lambda w: w.show_help("shortcuts")),
    Action(id="help.guide", menu="Help", text="Guide", tip="What the program does and how",
           run=lambda w: w.show_help("guide")),
    Action(id="help.aws", menu="Help", text="AWS facts", tip="The rules and numbers of AWS that the program judges by",
           run=lambda w: w.show_help("aws")),
    Action(id="help.about", menu="Help", text="About", tip="Version and licences", run=lambda w: w.show_help("about")),
)  # fmt: skip

MENUS = ("File", "Edit", "Tools", "View", "Help")
