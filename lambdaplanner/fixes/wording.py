"""A change set in words: one line a thing, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, NamedTuple

from lambdaplanner.analysis.ends import said_ip
from lambdaplanner.kinds import kind_named
from lambdaplanner.kinds.network_acl import AclEntry
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.kinds.transit_gateway import TransitRoute
from lambdaplanner.model.changes import (
    ACKNOWLEDGED,
    EXPECTATIONS,
    INFO,
    UNKNOWN,
    Change,
    ChangeSet,
)
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.records import FieldInfo, Record, Resource, fields_of
from lambdaplanner.model.structures import Keyed, Many, Rows

Verb = Literal["adds", "changes", "removes"]


class EditLine(NamedTuple):
    """What happens to one thing."""

    verb: Verb
    subject: str
    """The id of the thing; empty where the plan itself changes."""
    noun: str
    """What sort of thing it is, as a sentence says it."""
    parts: tuple[str, ...]
    """Field by field what it gets or loses; nothing where it goes as a whole."""

    @property
    def text(self) -> str:
        """The whole line: ``changes route table private-rt: routes: adds 0.0.0.0/0 to nat-a``."""
        named = f"{self.noun} {self.subject}" if self.subject else self.noun
        rest = f": {'; '.join(self.parts)}" if self.parts else ""
        return f"{self.verb} {named}{rest}"


def edit_lines(changes: ChangeSet) -> list[EditLine]:
    """What a change set does: what is new first, then what changes, then what goes. Where boxes
    stand is left aside.
    """
    lines = [_thing(key.id, change) for key, change in changes.items() if key.facet == "resource"]
    lines += _plan_lines(changes)
    order: list[Verb] = ["adds", "changes", "removes"]
    return sorted(lines, key=lambda line: order.index(line.verb))


def _thing(name: str, change: Change) -> EditLine:
    old: Resource | None = change.old
    new: Resource | None = change.new
    if new is None:
        assert old is not None
        return EditLine("removes", name, kind_named(old.kind).noun, ())
    noun = kind_named(new.kind).noun
    if old is None:
        return EditLine("adds", name, noun, tuple(_given(new)))
    return EditLine("changes", name, noun, tuple(_differences(old, new)))


_ROWS = {
    EXPECTATIONS: "the expectations",
    ACKNOWLEDGED: "the acknowledgements",
    UNKNOWN: "what is not known",
}


def _plan_lines(changes: ChangeSet) -> Iterator[EditLine]:
    if INFO in changes:
        old, new = changes[INFO]
        yield EditLine("changes", "", "the plan's own fields", tuple(_differences(old, new)))
    for key, noun in _ROWS.items():
        if key in changes:
            parts = _rows_changed(*changes[key], _expectation if key == EXPECTATIONS else said)
            yield EditLine("changes", "", noun, tuple(parts))


# fields -------------------------------------------------------------------------------------------


def _given(record: Record) -> Iterator[str]:
    """The fields of a new record that say something."""
    for info in fields_of(type(record)):
        value = getattr(record, info.name)
        if info.required or value != info.default:
            yield f"{_title(info)} {_value(info, value)}"


def _differences(old: Any, new: Any) -> Iterator[str]:
    for info in fields_of(type(new)):
        before, after = getattr(old, info.name), getattr(new, info.name)
        if before == after:
            continue
        if isinstance(info.spec, Many | Rows | Keyed) and None not in (before, after):
            key = info.spec.key if isinstance(info.spec, Keyed) else ""
            parts = list(_rows_changed(before, after, _wording(info), key))
            yield f"{_title(info)}: {', '.join(parts) or 'in another order'}"
        else:
            yield f"{_title(info)} {_value(info, after)} instead of {_value(info, before)}"


def _rows_changed(
    before: Sequence[Any], after: Sequence[Any], wording: Callable[[Any], str], key: str = ""
) -> Iterator[str]:
    """What rows come and go; of rows with the same key, what one is instead of the other."""
    gone = [row for row in before if row not in after]
    come = [row for row in after if row not in before]
    for row in come:
        twin = next((old for old in gone if key and getattr(old, key) == getattr(row, key)), None)
        if twin is None:
            yield f"adds {wording(row)}"
        else:
            gone.remove(twin)
            yield f"{wording(row)} instead of {wording(twin)}"
    for row in gone:
        yield f"removes {wording(row)}"


def _title(info: FieldInfo) -> str:
    title = info.title
    return title if title[1:2].isupper() else title[0].lower() + title[1:]


def _value(info: FieldInfo, value: Any) -> str:
    if value is None:
        return _UNSAID.get(info.key, "left out")
    if isinstance(value, tuple) and isinstance(info.spec, Many | Rows | Keyed):
        wording = _wording(info)
        return ", ".join(wording(row) for row in value) or "none"
    return said(value)


_UNSAID = {"outbound": "left out (everything)", "route_tables": "left out (one default table)"}
"""Fields for which nothing written says something."""


def _wording(info: FieldInfo) -> Callable[[Any], str]:
    word = {"inbound": "from", "outbound": "to"}.get(info.key, "to")
    return lambda row: said(row, word)


# values -------------------------------------------------------------------------------------------


def said(value: Any, word: str = "to") -> str:
    """A value as a person reads it; `word` says in which direction the far end of a rule lies."""
    match value:
        case bool():
            return "on" if value else "off"
        case Route() | TransitRoute():
            return f"{value.destination} to {value.target}"
        case SecurityGroupRule():
            far = value.cidr or value.security_group or value.prefix_list
            return f"{_traffic(value)} {word} {far}"
        case AclEntry():
            far = value.cidr or "anywhere"
            return f"{value.number} {value.action} {_traffic(value)} {word} {far}"
        case Record():
            return _record(value)
        case _:
            return str(value)


def _traffic(rule: Any) -> str:
    return rule.protocol if rule.ports is None else f"{rule.protocol} {rule.ports}"


def _record(record: Record) -> str:
    """Any other record: its first field, and the others that say something in brackets."""
    first, *rest = fields_of(type(record))
    parts = [
        f"{_title(info)} {_value(info, getattr(record, info.name))}"
        for info in rest
        if getattr(record, info.name) != info.default
    ]
    name = said(getattr(record, first.name))
    return f"{name} ({', '.join(parts)})" if parts else name


def _expectation(row: Expectation) -> str:
    port = "" if row.port is None else f" {row.port}"
    return f"{row.source} to {row.target}, {row.protocol}{port}{said_ip(row.ip)}, {row.expect}"
