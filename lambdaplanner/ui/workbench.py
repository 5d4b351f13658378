"""The window at work: its parts wired together, and what every action does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QDialog

from lambdaplanner.editor import verbs
from lambdaplanner.editor.first_view import first_looked_at
from lambdaplanner.editor.live import Live
from lambdaplanner.editor.session import Request, Session
from lambdaplanner.editor.standing import what_is_wrong
from lambdaplanner.kinds import kind_named
from lambdaplanner.model.network_fields import ENDS
from lambdaplanner.model.plan import Plan
from lambdaplanner.ui import theme as themes
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.busy import BUSY, busy
from lambdaplanner.ui.canvas.view import CanvasView
from lambdaplanner.ui.connect_dialog import ConnectDialog
from lambdaplanner.ui.context_menu import answer
from lambdaplanner.ui.dialogs import Dialogs, QtDialogs
from lambdaplanner.ui.documents import Documents
from lambdaplanner.ui.dressing import dress
from lambdaplanner.ui.file_menu import fill_file_menu
from lambdaplanner.ui.fixing import Fixing
from lambdaplanner.ui.help_pages import HelpDialog
from lambdaplanner.ui.outside_notice import OutsideNotice
from lambdaplanner.ui.panels.panels import make_panels
from lambdaplanner.ui.pictures import Pictures
from lambdaplanner.ui.plan_dialog import PlanDialog
from lambdaplanner.ui.presenter import Presenter
from lambdaplanner.ui.problems import Problem
from lambdaplanner.ui.recovery import Recovery
from lambdaplanner.ui.shell import Shell
from lambdaplanner.ui.start_page import StartPage
from lambdaplanner.ui.theme import Theme

_IDLE_MS = 120
"""Between two forms built ahead, so that a click in between waits for one at most."""


class Workbench(QObject):
    """Everything behind the window once the engine is there."""

    window: Shell
    view: CanvasView
    theme: Theme
    documents: Documents
    pictures: Pictures
    fixing: Fixing
    recovery: Recovery

    def __init__(self, window: Shell, settings: QSettings, dialogs: Dialogs | None = None) -> None:
        super().__init__(window)
        self.window = window
        self.settings = settings
        self.theme = window.theme
        view = window.centralWidget()
        assert isinstance(view, CanvasView)
        self.view = view
        self.dialogs: Dialogs = dialogs or QtDialogs(window)
        self.bridge = Bridge(Plan(), self)
        self.documents = Documents(self.bridge, self.dialogs, settings, self)
        self.pictures = Pictures(self.bridge, self.documents, self.dialogs, settings)
        self.presenter = Presenter(self.bridge, view, self)
        self.recovery = Recovery(self.bridge, self.documents, self)
        self.outside = OutsideNotice(view, self.theme, self.documents)
        self.start_page = StartPage(view, self.theme, self.documents, self.bridge)
        window.came_to_front.connect(self.outside.look)
        self._ends: list[Callable[[], None]] = []
        self._idle = QTimer(self, interval=_IDLE_MS)
        self._idle.timeout.connect(self._warm)
        self._panels = make_panels(self.bridge, self.theme)
        self.palette, self.inspector, self.findings, self.trace = self._panels[:4]
        self.reach, self.capacity, self.whatif = self._panels[4:]
        for name, panel in zip(window.docks, self._panels, strict=True):
            window.put(name, panel)
        self.fixing = Fixing(self, self)
        self._connect()
        self._adopt()
        window.attach(self, self._may_close)
        fill_file_menu(window, self.documents)

    @property
    def session(self) -> Session:
        """The session of the plan that is open."""
        return self.bridge.session

    @property
    def live(self) -> Live:
        """The answers about the plan that is open."""
        return self.bridge.live

    @property
    def tool_name(self) -> str:
        """The tool in hand."""
        return self.session.tool.name

    def start(self, path: Path | None, template: str | None = None) -> None:
        """Offers work that was never saved, else opens what the command line names."""
        self.recovery.start(self.dialogs, path, template)
        self.view.setFocus()
        self.start_page.show_unless_open()
        self._idle.start()

    def undo(self) -> None:
        """Takes the last step back, and says which."""
        verbs.undo(self.session)

    def redo(self) -> None:
        """Does the last undone step again, and says which."""
        verbs.redo(self.session)

    def delete_selected(self) -> None:
        """Deletes what is selected, and says what else went."""
        verbs.delete_selected(self.session)

    def duplicate_selected(self) -> None:
        """Duplicates what is selected, with what is in it."""
        verbs.duplicate_selected(self.session)

    def tidy_selected(self) -> None:
        """Leaves the places of what is selected to the automatic layout."""
        verbs.tidy_selected(self.session)

    def connect_selected(self) -> None:
        """Joins the two things selected, from the first to the second."""
        source, target = self.session.selection.ids
        verbs.connect_things(self.session, source, target)

    def rename_selected(self) -> None:
        """Edits the id of the one thing selected, in place."""
        name = self.session.selection.only
        if name is not None and name in self.session.plan:
            self._edit_title(name)

    def select_all(self) -> None:
        """Selects every thing of the plan."""
        verbs.select_all(self.session)

    def toggle_theme(self) -> None:
        """Light or dark, remembered."""
        self.theme = themes.LIGHT if self.theme.dark else themes.DARK
        self.settings.setValue("window/theme", self.theme.name)
        dressed = (self.view.canvas, *self._panels, self.fixing, self.outside, self.start_page)
        with busy(self.tell, "Changing the colours ..."):
            dress(self.window, dressed, self.theme)
        self.tell("info", "")

    def connect_function(self, function: str = "") -> None:
        """Opens the three steps for the selected function, or one that is not attached yet."""
        functions = self.session.plan.of("function")
        chosen = (name for name in self.session.selection.ids if name in functions)
        if functions:
            name = function or next(chosen, "")
            self.show_beside(ConnectDialog(self.bridge, self.theme, name, self.window))
        else:
            self.tell("info", "Place a Lambda function first.")

    def trace_selected(self) -> None:
        """Asks how the selected thing reaches the internet, and shows the path."""
        name = self.session.selection.only
        plan = self.session.plan
        if name is None or not any(name in plan.of(kind) for kind in ENDS):
            self.tell("info", "Select a function or a workload to trace its way to the internet.")
            return
        self.bridge.ask(name, "internet", 443)
        self.window.show_dock("trace")

    def step_finding(self, step: int) -> None:
        """Jumps to the next finding, and shows it in the list as well."""
        self.window.show_dock("findings")
        self.findings.step(step)

    def fix_this(self) -> None:
        """Opens the preview of the finding in mind."""
        self.fixing.fix_this()

    def fix(self, problem: Problem) -> None:
        """Opens the preview of a problem in place of the one before."""
        self.fixing.open(problem)

    def show_plan_settings(self) -> None:
        """Name, region, capacity model, quotas and expectations."""
        self.show_beside(PlanDialog(self.bridge, self.theme, self.window))

    def show_help(self, page: str) -> None:
        """A page of the guide, the shortcuts, or what this is."""
        self.show_beside(HelpDialog(page, self.window))

    def tell(self, tone: str, sentence: str, /) -> None:
        """One line in the status bar, until the next one or the next edit."""
        self.window.tell(sentence, at_once=tone == BUSY)

    def show_beside(self, dialog: QDialog) -> None:
        """Shows a dialog beside the canvas, which stays at work; undo works in it too."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.addActions([self.window.qt_actions[name] for name in ("edit.undo", "edit.redo")])
        dialog.show()

    def _warm(self) -> None:
        """Builds one more form ahead, while nothing else goes on."""
        if not self.inspector.warm():
            self._idle.stop()

    def _may_close(self) -> bool:
        if not self.recovery.asks_nothing:
            if not self.documents.may_leave():
                return False
            self.recovery.close()
        return True

    def _connect(self) -> None:
        bridge, window, view = self.bridge, self.window, self.view
        bridge.told.connect(self.tell)
        bridge.replaced.connect(self._start_clean)
        bridge.changed.connect(self._on_changed)
        bridge.selected.connect(window.refresh_actions)
        bridge.analysed.connect(self._summarise)
        bridge.analysed.connect(window.refresh_actions)
        bridge.reveal_wanted.connect(view.reveal)
        bridge.placing_wanted.connect(self._place)
        self.documents.renamed.connect(self._title)
        self.recovery.trouble_changed.connect(window.warn)
        self.findings.title_changed.connect(window.docks["findings"].setWindowTitle)
        self.reach.path_wanted.connect(lambda: window.show_dock("trace"))
        self.inspector.connect_wanted.connect(self.connect_function)
        self.inspector.settings_wanted.connect(self.show_plan_settings)
        view.pointed.connect(lambda event: self.session.pointer(event))
        view.on_key = lambda event: self.bridge.hand.key(event)
        view.on_drop = lambda event: self.bridge.hand.drop(event)
        view.zoom_changed.connect(lambda zoom: window.status_zoom.setText(f"{zoom:.0%}"))

    def _on_changed(self, _changes: object) -> None:
        """What was said before belongs to an earlier state; whoever edits may say more."""
        label = self.session.history.undo_label
        self.tell("info", f"Done: {label}" if label else "")
        self.window.refresh_actions()

    def _adopt(self) -> None:
        for end in self._ends:
            end()
        session = self.session
        self._ends = [
            session.told.subscribe(self.bridge.told.emit),
            session.requests.subscribe(self._requested),
            session.tool_changed.subscribe(self._tool_changed),
        ]
        self._title()
        self._summarise()
        self.window.give_room(little_to_tell=self.findings.little_to_tell)
        self.view.open_on(first_looked_at(session.plan))

    def _start_clean(self) -> None:
        """Another plan is open: what was in hand and what was said about the old one goes."""
        self._adopt()
        self.bridge.start_placing("")
        self.tell("info", "")
        self.window.refresh_actions()

    def _place(self, kind: str, variant: str) -> None:
        if kind or self.tool_name == "place":
            self.bridge.hand.start_placing(kind, variant)
        if kind:
            self.tell("info", f"Click where the {kind_named(kind).noun} shall stand; Esc ends it.")

    def _tool_changed(self) -> None:
        self.window.refresh_actions()
        if self.tool_name != "place" and self.palette.armed:
            self.bridge.start_placing("")
            self.tell("info", "")

    def _requested(self, request: Request) -> None:
        if request.what == "edit" and request.id is not None:
            self._edit_title(request.id)
        else:
            answer(self, request)

    def _edit_title(self, name: str) -> None:
        if name not in self.session.plan:
            self.window.show_dock("inspector")
            return

        def rename(text: str | None) -> None:
            if text is not None:
                verbs.rename_to(self.session, name, text.strip())

        self.view.edit_title(name, rename)

    def _title(self) -> None:
        self.window.setWindowTitle(f"{self.documents.name}[*] - Lambda Planner")
        self.window.setWindowModified(not self.documents.clean)

    def _summarise(self) -> None:
        found = what_is_wrong(self.live.findings(), self.live.expectations())
        self.window.status_summary.setText(found)
