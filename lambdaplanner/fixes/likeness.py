"""What two edits have in common that differ in nothing but the order of their rows."""

from __future__ import annotations

from typing import Any

from lambdaplanner.kinds.network_acl import AclEntry
from lambdaplanner.model.changes import ChangeSet, Key
from lambdaplanner.model.records import Record, fields_of

Likeness = frozenset[tuple[Key, Any]]


def likeness(changes: ChangeSet) -> Likeness:
    """A value that is the same for edits that add, change and remove the same, in any order.

    Places and the order of making do not count.
    """
    return frozenset(
        (key, _difference(change.old, change.new))
        for key, change in changes.items()
        if key.facet not in ("order", "placement")
    )


def _difference(old: Any, new: Any) -> Any:
    if not isinstance(new, Record):
        return _rows(old, new) if isinstance(new, tuple) else repr(new)
    if not isinstance(old, type(new)):
        old = None
    return tuple(
        (info.name, _rows(before, after) if isinstance(after, tuple) else repr(after))
        for info in fields_of(type(new))
        if (before := getattr(old, info.name, None)) != (after := getattr(new, info.name))
    )


def _rows(before: Any, after: tuple[Any, ...]) -> Any:
    """The rows that come and go; where none does, the order is all that differs."""
    known = before if isinstance(before, tuple) else ()
    come = sorted(_row(row) for row in after if row not in known)
    gone = sorted(_row(row) for row in known if row not in after)
    return (tuple(come), tuple(gone)) if come or gone else repr(after)


def _row(row: Any) -> str:
    """A row without the number that an entry of an ACL got for coming first or last."""
    if isinstance(row, AclEntry):
        return repr((row.action, row.protocol, row.ports, row.cidr))
    return repr(row)
