"""An editing session: one plan with its history, selection and tool. The window drives it; it knows
no Qt.

The canvas gives it the steps of the mouse (keys and drops go through `editor.hand`) and shows what
`transient` and `selection` say; after each edit the next diagram comes back through `show`, so that
hit tests speak of what is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from lambdaplanner.commands.layout import place_all
from lambdaplanner.commands.reconnect import new_ends
from lambdaplanner.diagram.folding import alike_to
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.editor import rooms
from lambdaplanner.editor.announcing import Announcer
from lambdaplanner.editor.gesture import HeldTool
from lambdaplanner.editor.hit_test import HitTest, LineEnd
from lambdaplanner.editor.pointer import PointerEvent
from lambdaplanner.editor.selection import Selection
from lambdaplanner.editor.stillness import settle
from lambdaplanner.editor.transient import BOXES, Passing, Transient
from lambdaplanner.editor.trial import scratch
from lambdaplanner.kinds import kind_of
from lambdaplanner.model.changes import ChangeSet
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.history import History
from lambdaplanner.model.plan import Plan

Result = TypeVar("Result")


class Request(NamedTuple):
    """Something only the window can do: edit a title in place, open a menu, offer what could be
    connected here.
    """

    what: Literal["edit", "menu", "quick-add"]
    id: str | None
    x: float = 0.0
    y: float = 0.0
    screen_x: int = 0
    screen_y: int = 0


class Session:
    """What a window edits. `resting` gives the tool that it begins with, and comes back to."""

    def __init__(self, plan: Plan, resting: Callable[[Session], HeldTool]) -> None:
        self.plan = plan
        self.history = History(plan)
        self.selection = Selection()
        self.passing = Passing()
        self.told = Announcer()
        """Announces (tone, sentence): what was done beyond what was asked, or why something cannot
        be.
        """
        self.requests = Announcer()
        """Announces a `Request`."""
        self.tool_changed = Announcer()
        self.spread: frozenset[str] = frozenset()
        """Things drawn by themselves however many there are like them: a state of the window."""
        self.spreading = Announcer()
        """Announces that it is another."""
        self._resting = resting
        self.tool = resting(self)
        self._diagram = Diagram()
        self._hits: HitTest | None = None
        self._ends: tuple[tuple[str, int], frozenset[LineEnd]] | None = None
        self._gestures = 0
        plan.subscribe(self._follow)
        self.selection.subscribe(self._drop_ring)

    def do(
        self, label: str, command: Callable[[Edit], Result], merge: Hashable | None = None
    ) -> Result:
        """Runs a command; one step to undo, joined to the last one where `merge` equals its key.

        Raises EditError where the plan cannot take it; nothing has changed then.
        """
        edit = Edit(self.plan)
        try:
            result = command(edit)
            came = rooms.arrivals(self.plan, edit.changes)
            rooms.unplace(edit, came)
        except BaseException:
            edit.roll_back()
            raise
        telling = edit.changes.topological
        seen = self.hits if telling else None
        step = self.next_gesture() if telling and merge is None else merge
        self._take(label, edit.changes, step)
        if seen is not None and self.tool.gesture is None:
            self.make_room(label, came, seen, step, edit.changes.renamed)
        if step != merge:
            self.history.seal()
        return result

    def _take(self, label: str, changes: ChangeSet, merge: Hashable | None) -> None:
        self.history.commit(label, changes, merge)
        if changes:
            self.plan.announce(changes)

    def make_room(
        self,
        label: str,
        names: Sequence[str],
        before: HitTest,
        merge: Hashable | None,
        renamed: Mapping[str, str] | None = None,
    ) -> None:
        """Lets nothing move or be covered by what came to stand somewhere, or by the containers
        that grew around it since `before`; belongs to the step of that merge key.
        """

        def take(moves: rooms.Moves) -> None:
            edit = Edit(self.plan)
            place_all(moves)(edit)
            self._take(label, edit.changes, merge)

        settle(self.plan, names, before, lambda: self.hits, take, renamed)

    def undo(self) -> ChangeSet:
        """Takes the last step back; while a gesture is under way, that."""
        if self.tool.cancel():
            return ChangeSet()
        return self.history.undo()

    def redo(self) -> ChangeSet:
        """Does the last undone step again."""
        if self.tool.cancel():
            return ChangeSet()
        return self.history.redo()

    def seal(self) -> None:
        """Ends merging: the next edit is a step of its own. A gesture under way stays one step,
        whatever a panel does when the selection or the focus changes meanwhile.
        """
        if self.tool.gesture is None:
            self.history.seal()

    def cancel(self, merge: Hashable) -> ChangeSet:
        """Takes back an unfinished merged step without a trace."""
        return self.history.cancel(merge)

    def mark_saved(self) -> None:
        """Notes that the plan as it is now stands on disk."""
        self.history.mark_saved()

    def next_gesture(self) -> Hashable:
        """A merge key that no other gesture has."""
        self._gestures += 1
        return "gesture", self._gestures

    def show(self, diagram: Diagram) -> None:
        """Takes the diagram that is seen now."""
        if diagram is self._diagram:
            return
        self._diagram = diagram
        self._hits = None
        if self.selection.ids:
            self.selection.keep({*diagram.boxes, *diagram.lines, *self.plan})
        transient = self.transient
        gone = [
            name
            for name in BOXES
            if (box := getattr(transient, name)) is not None
            and box not in diagram.boxes
            and box not in diagram.lines
        ]
        self.passing.show(**dict.fromkeys(gone))

    @property
    def diagram(self) -> Diagram:
        """The diagram that is seen now."""
        return self._diagram

    @property
    def hits(self) -> HitTest:
        """What lies where in the diagram that is seen now."""
        if self._hits is None:
            self._hits = HitTest(self._diagram)
        return self._hits

    def meant(self) -> tuple[str, ...]:
        """What is selected, of a card that stands for several its members."""
        return self._diagram.meant(self.selection.ids)

    def takes_no_line(self, box_id: str) -> bool:
        """Whether a box is the card of several things of which a line could only mean one."""
        box = self._diagram.boxes.get(box_id)
        if box is None or not box.members:
            return False
        return not kind_of(self.plan.resource(box.members[0])).joined_together

    def spread_out(self, card: str) -> None:
        """Draws what a card stands for one by one, or all that it has to say, and selects it."""
        members = self._diagram.boxes[card].members or (card,)
        chosen = self._diagram.meant((card,))
        self.spread |= set(members)
        self.spreading.announce()
        self.selection.set(chosen)

    def gathered(self, thing: str) -> tuple[str, ...]:
        """What was spread out together with a thing, itself too; none where it was not."""
        if thing not in self.spread:
            return ()
        return tuple(n for n in alike_to(self.plan, thing) if n in self.spread) or (thing,)

    def gather(self, thing: str) -> None:
        """Takes back what spread a thing out, with all that it shares a card with."""
        self.spread -= set(self.gathered(thing))
        self.spreading.announce()
        card = self._diagram.box_of(thing)
        self.selection.set(() if card is None else (card,))

    def line_ends(self) -> frozenset[LineEnd]:
        """The ends of the one line selected that may be led elsewhere; empty for none."""
        line = self._diagram.lines.get(self.selection.only or "")
        if line is None:
            return frozenset()
        asked = line.id, self.plan.topology_revision
        if self._ends is None or self._ends[0] != asked:
            trial = scratch(self.plan)
            found = (e for e in get_args(LineEnd) if new_ends(trial, line.source, line.target, e))
            self._ends = asked, frozenset(found)
        return self._ends[1]

    @property
    def transient(self) -> Transient:
        """What passes over the diagram now; `passing` changes it."""
        return self.passing.now

    @staticmethod
    def hit_test(diagram: Diagram) -> HitTest:
        """What lies where in any diagram."""
        return HitTest(diagram)

    def pointer(self, event: PointerEvent) -> None:
        """Takes one step of the mouse."""
        self.tool.pointer(event)

    def use(self, tool: HeldTool) -> None:
        """Lets the tool in hand go, and takes another."""
        self.tool.cancel()
        self.passing.clear()
        self.tool = tool
        self.tool_changed.announce()

    def put_tool_down(self) -> None:
        """Lets the tool in hand go, and takes up the one to rest with."""
        self.use(self._resting(self))

    def say(self, tone: str, sentence: str) -> None:
        """Tells the user something."""
        if sentence:
            self.told.announce(tone, sentence)

    def request(self, what: Literal["edit", "menu", "quick-add"], **about: Any) -> None:
        """Asks the window for something."""
        self.requests.announce(Request(what, **{"id": None, **about}))

    def _drop_ring(self) -> None:
        """One thing looks chosen: the keyboard's ring goes where something else is."""
        focus = self.transient.focus
        if focus is not None and focus not in self.selection:
            self.passing.show(focus=None)

    def _follow(self, changes: ChangeSet) -> None:
        renamed = changes.renamed
        if renamed:
            self.passing.follow(renamed)
            self.spread = frozenset(renamed.get(name, name) for name in self.spread)
        self.selection.follow(changes)
