"""Random edits, undo, redo, and saving, against a mirror that knows only values.

The mirror keeps the whole state after each step in plain lists; it shares no code with change sets,
drafts or history.
"""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lambdaplanner.commands import layout, things, unlink
from lambdaplanner.commands.duplicate import can_duplicate, duplicate
from lambdaplanner.commands.links import can_connect, connect, connection_targets
from lambdaplanner.commands.reparent import can_reparent, reparent
from lambdaplanner.editor.hand import Hand
from lambdaplanner.errors import EditError
from lambdaplanner.formats.plan_file import plan_text, read_text
from lambdaplanner.kinds import KINDS
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import references_of

State = tuple[Any, ...]
MANY = 60
"""Things after which nothing more is copied."""


def state_of(plan: Plan) -> State:
    """All that a plan holds, as values."""
    order = sorted(plan, key=plan.order)
    return (
        tuple(plan.resource(name) for name in order),
        tuple(sorted(plan.placements.items())),
        plan.info,
        plan.expectations,
        plan.acknowledged,
    )


def in_sections(plan: Plan) -> State:
    """The same as a file keeps it: the order within each kind alone."""
    things_by_kind = tuple(tuple(plan.ordered(kind)) for kind in KINDS)
    return things_by_kind, *state_of(plan)[1:]


class Editing(RuleBasedStateMachine):
    """A user who does anything."""

    def __init__(self) -> None:
        super().__init__()
        self.plan = Plan()
        self.session = Hand(self.plan).session
        self.heard: list[Any] = []
        self.plan.subscribe(self.heard.append)
        self.done = [state_of(self.plan)]
        self.undone: list[State] = []
        self.saved = state_of(self.plan)
        self.saved_steps: int | None = 0

    def pick(self, data: st.DataObject, *kinds: str) -> str | None:
        """One thing of some kinds (any where none is named)."""
        names = sorted(n for n in self.plan if not kinds or self.plan.resource(n).kind in kinds)
        return data.draw(st.sampled_from(names)) if names else None

    def do(self, command: Any) -> bool:
        """Runs a command as one step and tells the mirror; whether it was taken."""
        before = state_of(self.plan)
        self.heard.clear()
        try:
            self.session.do("Step", command)
        except EditError:
            assert state_of(self.plan) == before
            assert not self.heard
            return False
        after = state_of(self.plan)
        assert len(self.heard) == (after != before)
        if after != before:
            if self.saved_steps is not None and self.saved_steps >= len(self.done):
                self.saved_steps = None
            self.done.append(after)
            self.undone.clear()
        return True

    @rule(data=st.data(), kind=st.sampled_from(sorted(KINDS)))
    def add(self, data: st.DataObject, kind: str) -> None:
        if len(self.plan) > MANY:
            return
        into = [k for k in KINDS[kind].into if k in KINDS]
        container = self.pick(data, *into) if into else next(iter(KINDS[kind].into))
        if container in self.plan or container in (None, "lambda-service-vpc"):
            reason = things.can_add(self.plan, kind, container)
            place = Placement(data.draw(st.integers(-50, 50)), 8)
            taken = self.do(lambda edit: things.add(edit, kind, container, place))
            assert taken == (reason is None)

    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        source, target = self.pick(data), self.pick(data)
        if source and target:
            reason = can_connect(self.plan, source, target)
            assert (target in connection_targets(self.plan, source)) == (reason is None)
            assert self.do(lambda edit: connect(edit, source, target)) == (reason is None)

    @rule(data=st.data())
    def connect_legally(self, data: st.DataObject) -> None:
        source = self.pick(data, "subnet", "function", "workload", "vpc", "route-table")
        targets = sorted(connection_targets(self.plan, source)) if source else []
        if source and targets:
            target = data.draw(st.sampled_from(targets))
            assert self.do(lambda edit: connect(edit, source, target))

    @rule(data=st.data())
    def disconnect(self, data: st.DataObject) -> None:
        source = self.pick(data, "subnet", "route-table", "function", "workload")
        if source:
            mentions = [m.target for m in references_of(self.plan.resource(source))]
            if mentions:
                target = data.draw(st.sampled_from(sorted(mentions)))
                self.do(lambda edit: unlink.disconnect(edit, source, target))

    @rule(data=st.data())
    def reparent(self, data: st.DataObject) -> None:
        name, container = self.pick(data), self.pick(data, "vpc", "subnet")
        if name and container:
            reason = can_reparent(self.plan, name, container)
            taken = self.do(lambda edit: reparent(edit, name, container, Placement(1, 1)))
            assert taken == (reason is None)

    @rule(data=st.data())
    def duplicate(self, data: st.DataObject) -> None:
        name = self.pick(data)
        if name and len(self.plan) < MANY // 3 and can_duplicate(self.plan, [name]) is None:
            self.do(lambda edit: duplicate(edit, [name]))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        name = self.pick(data)
        if name:
            assert isinstance(things.also_removed(self.plan, [name]), str)
            assert self.do(lambda edit: things.remove(edit, [name]))
            assert name not in self.plan

    @rule(data=st.data(), new=st.sampled_from(["a", "b", "Main.1", "vpc-1", "internet", "x y"]))
    def rename(self, data: st.DataObject, new: str) -> None:
        name = self.pick(data)
        if name:
            reason = things.can_rename(self.plan, name, new)
            assert self.do(lambda edit: things.rename(edit, name, new)) == (reason is None)

    @rule(data=st.data(), x=st.integers(-9, 9))
    def move(self, data: st.DataObject, x: int) -> None:
        name = self.pick(data)
        if name:
            start = {name: self.plan.placements.get(name, Placement(0, 0))}
            self.do(layout.move(start, x, 3))

    @rule(data=st.data(), x=st.integers(1, 50))
    def drag_and_change_ones_mind(self, data: st.DataObject, x: int) -> None:
        name = self.pick(data)
        if not name:
            return
        before = state_of(self.plan)
        key = self.session.next_gesture()
        for step in range(3):
            place = Placement(x * step + 1, 5_000)
            self.session.do("Drag", layout.place_all({name: place}), merge=key)
        assert state_of(self.plan) != before
        self.session.cancel(key)
        assert state_of(self.plan) == before

    @rule()
    def fail_half_way(self) -> None:
        def command(edit: Edit) -> None:
            things.add(edit, "vpc")
            edit.remove(*list(edit.plan)[:1])
            edit.set_info(name="half")
            raise EditError("no")

        assert not self.do(command)

    @rule()
    def undo(self) -> None:
        self.session.undo()
        if len(self.done) > 1:
            self.undone.append(self.done.pop())

    @rule()
    def redo(self) -> None:
        self.session.redo()
        if self.undone:
            self.done.append(self.undone.pop())

    @rule()
    def save(self) -> None:
        self.session.mark_saved()
        self.saved_steps = len(self.done) - 1
        text = plan_text(self.plan)
        again = read_text(text, where="saved.yaml").plan
        assert in_sections(again) == in_sections(self.plan)
        assert plan_text(again) == text

    @precondition(lambda self: len(self.done) > 1)
    @rule()
    def all_the_way_back_and_forth(self) -> None:
        for state in reversed(self.done[:-1]):
            self.session.undo()
            assert state_of(self.plan) == state
        for state in self.done[1:]:
            self.session.redo()
            assert state_of(self.plan) == state

    @invariant()
    def the_plan_is_what_the_mirror_says(self) -> None:
        assert state_of(self.plan) == self.done[-1]
        assert bool(self.session.history.undo_label) == (len(self.done) > 1)
        assert bool(self.session.history.redo_label) == bool(self.undone)

    @invariant()
    def clean_means_saved(self) -> None:
        assert self.session.history.clean == (self.saved_steps == len(self.done) - 1)

    @invariant()
    def links_and_kinds_follow_the_records(self) -> None:
        plan = self.plan
        wanted = sorted(
            (n, m.target, m.path) for n in plan for m in references_of(plan.resource(n))
        )
        assert sorted((s, t, k) for s, t, k in plan.graph.edges(keys=True)) == wanted
        assert set(plan.graph) == set(plan)
        assert {name for kind in KINDS for name in plan.of(kind)} == set(plan)
        for name in plan:
            assert list(plan.resource(name).complaints()) == []


TestEditing = Editing.TestCase
TestEditing.settings = settings(stateful_step_count=40)
