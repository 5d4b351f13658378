"""Change sets: what returns to its start is no change; inverse and joining are exact."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.model.changes import ACKNOWLEDGED, INFO, Change, ChangeSet, Key

KEYS = st.builds(Key, st.sampled_from(["resource", "placement", "order"]), st.sampled_from("abc"))
STATES = st.dictionaries(KEYS, st.integers(0, 3), max_size=5)


def between(before: dict[Key, int], after: dict[Key, int]) -> ChangeSet:
    """The changes from one state to another."""
    return ChangeSet({k: Change(before.get(k), after.get(k)) for k in {**before, **after}})


def applied(state: dict[Key, int], changes: ChangeSet) -> dict[Key, int]:
    """The state after changes, which must have started there."""
    after = dict(state)
    for key, (old, new) in changes.items():
        assert after.get(key) == old
        after.pop(key, None)
        if new is not None:
            after[key] = new
    return after


@given(STATES, STATES)
def test_inverse_takes_back(before: dict[Key, int], after: dict[Key, int]) -> None:
    changes = between(before, after)
    assert applied(before, changes) == after
    assert applied(after, changes.inverse()) == before
    assert changes.inverse().inverse() == changes


@given(STATES, STATES, STATES)
def test_then_joins(first: dict[Key, int], second: dict[Key, int], third: dict[Key, int]) -> None:
    joined = between(first, second).then(between(second, third))
    assert joined == between(first, third)
    assert bool(joined) == (first != third)


@given(STATES, STATES)
def test_there_and_back_is_nothing(before: dict[Key, int], after: dict[Key, int]) -> None:
    changes = between(before, after)
    assert not changes.then(changes.inverse())
    assert len(changes.then(changes.inverse())) == 0


def test_what_changes_nothing_is_not_kept() -> None:
    changes = ChangeSet({Key("resource", "a"): Change(1, 1), Key("resource", "b"): Change(1, 2)})
    assert list(changes) == [Key("resource", "b")]
    assert Key("resource", "a") not in changes
    assert changes[Key("resource", "b")] == Change(1, 2)


def test_places_and_acknowledgements_are_not_topology() -> None:
    placed = ChangeSet({Key("placement", "a"): Change(None, 1), ACKNOWLEDGED: Change((), (1,))})
    assert not placed.topological
    assert placed.ids("placement") == ["a"]
    assert placed.then(ChangeSet({INFO: Change(1, 2)})).topological
    assert "placement" in repr(placed)
