"""Whether a record could be written to a file and read again: what an edit checks before the plan
takes it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from lambdaplanner.errors import EditError
from lambdaplanner.model.records import FieldInfo, Record, Resource, fields_of
from lambdaplanner.model.structures import Keyed, Many, Rows


def whole(resource: Any) -> Any:
    """The resource, its keyed rows in their order. Raises EditError where its fields do not go
    together.
    """
    return _whole(resource, resource.id)


def complete(resource: Resource) -> bool:
    """Whether every required mention is there, and the fields go together."""
    for info in fields_of(type(resource)):
        value = getattr(resource, info.name)
        if info.required and (value is None or not info.spec.enough(value)):
            return False
    return not any(resource.complaints())


def _whole(record: Record, where: str) -> Any:
    for _, sentence in record.complaints():
        raise EditError(sentence, where=where)
    changed: dict[str, Any] = {}
    for info in fields_of(type(record)):
        value = getattr(record, info.name)
        if value is None:
            continue
        if isinstance(info.spec, Many):
            _check_many(info, info.spec, value, where)
        elif isinstance(info.spec, Rows | Keyed):
            rows = _rows(info, value, where)
            if rows != value:
                changed[info.name] = rows
    return dataclasses.replace(record, **changed) if changed else record


def _check_many(info: FieldInfo, spec: Many, value: Sequence[Any], where: str) -> None:
    if len(set(value)) != len(value):
        raise EditError(f"{info.title}: one is named twice", where=where)
    least, most = spec.at_least, spec.at_most
    if len(value) < least or (most is not None and len(value) > most):
        wanted = f"exactly {least}" if least == most else f"at least {least}"
        raise EditError(f"{info.title}: {wanted} due, not {len(value)}", where=where)


def _rows(info: FieldInfo, value: Sequence[Any], where: str) -> tuple[Any, ...]:
    rows = [_whole(row, where) for row in value]
    spec = info.spec
    if isinstance(spec, Keyed):
        keys = [getattr(row, spec.key) for row in rows]
        twice = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
        if twice is not None:
            raise EditError(f"{info.title}: {twice} is there twice", where=where)
        if spec.ordered_by_key:
            rows.sort(key=lambda row: getattr(row, spec.key))
    return tuple(rows)
