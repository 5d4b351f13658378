"""Fields that hold several values: lists, lists of records, mappings from a key to a value or to a
record.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lambdaplanner.model.records import (
    FieldInfo,
    fields_of,
    plain_record,
    read_record,
    record_schema,
    references_of,
    with_mentions,
)
from lambdaplanner.model.specs import UNREADABLE, Plain, Raw, ReferenceTo, Report, Spec, kind_of_raw


def _as_list(raw: Raw) -> str:
    """How a text that stands alone is written in a list."""
    return f"; write [{raw}]" if isinstance(raw, str) and raw.strip() else ""


@dataclass(frozen=True, slots=True)
class Many(Spec):
    """A list of different values of one kind, kept as a tuple."""

    item: Spec
    at_least: int = 0
    at_most: int | None = None

    @property
    def what(self) -> str:  # type: ignore[override]
        return "a list"

    @property
    def refers(self) -> bool:  # type: ignore[override]
        return self.item.refers

    def read(self, raw: Raw, report: Report) -> Any:
        if not isinstance(raw, list):
            report.error(f"a list is due here, not {kind_of_raw(raw)}{_as_list(raw)}")
            return UNREADABLE
        values: dict[Any, None] = {}
        readable = True
        for index, part in enumerate(raw):
            value = self.item.read(part, report.at(index))
            if value is UNREADABLE:
                readable = False
            elif value in values:
                report.at(index).error(f'"{part}" is named twice')
                readable = False
            else:
                values[value] = None
        if readable and len(values) < self.at_least:
            report.error(f"at least {self.at_least} are due here, not {len(values)}")
            readable = False
        if readable and self.at_most is not None and len(values) > self.at_most:
            report.error(f"at most {self.at_most} are possible here, not {len(values)}")
            readable = False
        return tuple(values) if readable else UNREADABLE

    def plain(self, value: Any) -> Plain:
        return [self.item.plain(part) for part in value]

    def schema(self) -> dict[str, Any]:
        schema: dict[str, Any] = {
            "type": "array",
            "items": self.item.schema(),
            "uniqueItems": True,
        }
        if self.at_least:
            schema["minItems"] = self.at_least
        if self.at_most is not None:
            schema["maxItems"] = self.at_most
        return schema

    def enough(self, value: Any) -> bool:
        return len(value) >= self.at_least

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        for index, part in enumerate(value):
            for path, target, kinds in self.item.references(part):
                yield ReferenceTo((index, *path), target, kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        parts = (self.item.replaced(part, old, new) for part in value)
        return tuple(part for part in parts if part is not None)


@dataclass(frozen=True, slots=True)
class Rows(Spec):
    """A list of records, in order."""

    model: type[Any]

    @property
    def what(self) -> str:  # type: ignore[override]
        return "a list"

    @property
    def refers(self) -> bool:  # type: ignore[override]
        return any(info.spec.refers for info in fields_of(self.model))

    def read(self, raw: Raw, report: Report) -> Any:
        if not isinstance(raw, list):
            report.error(f"a list is due here, not {kind_of_raw(raw)}")
            return UNREADABLE
        rows = [read_record(self.model, part, report.at(i)) for i, part in enumerate(raw)]
        return UNREADABLE if UNREADABLE in rows else tuple(rows)

    def plain(self, value: Any) -> Plain:
        return [plain_record(row) for row in value]

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": record_schema(self.model)}

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        for index, row in enumerate(value):
            for path, target, kinds in references_of(row):
                yield ReferenceTo((index, *path), target, kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        """Rows that live by the thing that goes (a rule for its group) go with it."""
        rows = []
        for row in value:
            changed = with_mentions(row, old, new)
            if new is not None or changed == row or not any(changed.complaints()):
                rows.append(changed)
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class Keyed(Spec):
    """A mapping whose key is one field of a record, and whose value is the rest.

    `short`, where given, names the one other field whose value alone stands there (``0.0.0.0/0:
    igw``).
    """

    model: type[Any]
    key: str
    short: str = ""
    ordered_by_key: bool = False

    @property
    def what(self) -> str:  # type: ignore[override]
        return "a mapping"

    @property
    def refers(self) -> bool:  # type: ignore[override]
        return any(info.spec.refers for info in fields_of(self.model))

    def _field(self, name: str) -> FieldInfo:
        return next(info for info in fields_of(self.model) if info.name == name)

    def read(self, raw: Raw, report: Report) -> Any:
        if not isinstance(raw, dict):
            report.error(f"a mapping is due here, not {kind_of_raw(raw)}")
            return UNREADABLE
        rows: list[Any] = []
        keys: dict[Any, str] = {}
        key_spec = self._field(self.key).spec
        for text, part in raw.items():
            inner = report.at(text)
            key = key_spec.read(text, report.at(text, key=True))
            row = UNREADABLE if key is UNREADABLE else self._row(key, part, inner)
            if row is not UNREADABLE and keys.setdefault(key, text) != text:
                inner.error(f'"{text}" is the same as "{keys[key]}"', on_key=True)
                row = UNREADABLE
            rows.append(row)
        if UNREADABLE in rows:
            return UNREADABLE
        if self.ordered_by_key:
            rows.sort(key=lambda row: getattr(row, self.key))
        return tuple(rows)

    def _row(self, key: Any, part: Raw, report: Report) -> Any:
        if not self.short:
            return read_record(self.model, part, report, **{self.key: key})
        value = self._field(self.short).spec.read(part, report)
        return (
            UNREADABLE if value is UNREADABLE else self.model(**{self.key: key, self.short: value})
        )

    def plain(self, value: Any) -> Plain:
        key = self._field(self.key)
        if self.short:
            short = self._field(self.short)
            return {
                key.spec.plain(getattr(row, self.key)): short.spec.plain(getattr(row, self.short))
                for row in value
            }
        return {
            key.spec.plain(getattr(row, self.key)): plain_record(row, without=self.key)
            for row in value
        }

    def schema(self) -> dict[str, Any]:
        if self.short:
            values = self._field(self.short).spec.schema()
        else:
            values = record_schema(self.model, without=self.key)
        schema: dict[str, Any] = {"type": "object", "additionalProperties": values}
        names = self._field(self.key).spec.schema()
        if names["type"] == "integer":
            names = {"pattern": "^[1-9][0-9]*$"}
        limits = {key: names[key] for key in ("pattern", "not") if key in names}
        return {**schema, "propertyNames": limits} if limits else schema

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        for row in value:
            key = str(getattr(row, self.key))
            for path, target, kinds in references_of(row):
                inner = () if path[0] in (self.key, self.short) else path
                yield ReferenceTo((key, *inner), target, kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        rows = []
        for row in value:
            if new is None and getattr(row, self.key) == old:
                continue
            rows.append(with_mentions(row, old, new))
        return tuple(rows)


@dataclass(frozen=True, slots=True)
class One(Spec):
    """One record, written as a mapping."""

    model: type[Any]

    @property
    def what(self) -> str:  # type: ignore[override]
        return "a mapping"

    def read(self, raw: Raw, report: Report) -> Any:
        return read_record(self.model, raw, report)

    def plain(self, value: Any) -> Plain:
        return plain_record(value)

    def schema(self) -> dict[str, Any]:
        return record_schema(self.model)


def changed(record: Any, **values: Any) -> Any:
    """`record` with some fields replaced, or the very same record where nothing differs."""
    if all(getattr(record, name) == value for name, value in values.items()):
        return record
    return dataclasses.replace(record, **values)
