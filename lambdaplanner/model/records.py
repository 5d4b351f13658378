"""Records: frozen dataclasses whose fields say what they may hold, read and written by one pair of
functions.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from lambdaplanner.model.fields import Text, Texts
from lambdaplanner.model.specs import (
    UNREADABLE,
    Plain,
    Raw,
    ReferenceTo,
    Report,
    Spec,
    kind_of_raw,
)

_INFO = "info"


def attr(
    spec: Spec,
    title: str,
    *,
    key: str = "",
    help: str = "",  # noqa: A002  # forms call it so
    default: Any = dataclasses.MISSING,
    nothing: str = "",
    titles: Mapping[str, str] | None = None,
    relevant: Callable[[Any], bool] | None = None,
    amount: bool = False,
    drawn: bool | None = None,
    anywhere: bool = False,
    remark: bool = False,
) -> Any:
    """A field of a record: what it may hold, its title in forms, its key in files (its name where
    left out).

    The rest is what forms, the diagram and analysis need to know of it; see `FieldInfo`.
    """
    info = FieldInfo(
        name="",
        key=key,
        title=title,
        help=help,
        spec=spec,
        default=default,
        nothing=nothing,
        titles=titles or {},
        relevant=relevant,
        amount=amount,
        drawn=spec.refers if drawn is None else drawn,
        anywhere=anywhere,
        remark=remark,
    )
    return dataclasses.field(default=default, metadata={_INFO: info})


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of a record class, as forms, files and graph links see it."""

    name: str
    key: str
    title: str
    help: str
    spec: Spec
    default: Any
    nothing: str = ""
    """What it means that it is left out, or holds no rows: a placeholder, or a sentence."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The options of a choice as a person reads them."""
    relevant: Callable[[Any], bool] | None = None
    """Whether it means anything while the other fields of a record are as they are; None: always.
    One that names something is shown all the same.
    """
    amount: bool = False
    """Says how much, not whether: no answer about paths depends on it."""
    drawn: bool = False
    """Decides where a box stands or which lines there are, as mentions do."""
    anywhere: bool = False
    """May name a thing of another VPC: the record moves there with it."""
    remark: bool = False
    """Says how a thing is called or where it is from: no answer depends on it."""

    def matters_in(self, record: Any) -> bool:
        """Whether it is to be shown of a record: it means something, or names something."""
        named = self.spec.refers and bool(getattr(record, self.name))
        return named or self.relevant is None or self.relevant(record)

    @property
    def required(self) -> bool:
        """Whether a record cannot be without it."""
        return self.default is dataclasses.MISSING


_FIELDS: dict[type[Any], tuple[FieldInfo, ...]] = {}
_DRAWN: dict[type[Any], tuple[str, ...]] = {}
_REFERRING: dict[type[Any], tuple[FieldInfo, ...]] = {}
_KEYS: dict[type[Any], dict[str, FieldInfo]] = {}


def fields_of(model: type[Any]) -> tuple[FieldInfo, ...]:
    """The fields of a record class that stand in files, in their order there."""
    known = _FIELDS.get(model)
    if known is None:
        known = _FIELDS[model] = _read_fields(model)
    return known


def _read_fields(model: type[Any]) -> tuple[FieldInfo, ...]:
    found = ((item.name, item.metadata.get(_INFO)) for item in dataclasses.fields(model))
    return tuple(
        dataclasses.replace(info, name=name, key=info.key or name)
        for name, info in found
        if info is not None
    )


def referring_fields(model: type[Any]) -> tuple[FieldInfo, ...]:
    """The fields of a record class that can mention other things."""
    known = _REFERRING.get(model)
    if known is None:
        known = _REFERRING[model] = tuple(info for info in fields_of(model) if info.spec.refers)
    return known


def drawn_fields(model: type[Any]) -> tuple[str, ...]:
    """The names of the fields of a record class that decide what is drawn, and where."""
    known = _DRAWN.get(model)
    if known is None:
        known = _DRAWN[model] = tuple(info.name for info in fields_of(model) if info.drawn)
    return known


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A value with typed fields."""

    together: ClassVar[Mapping[str, Any]] = {}
    """What `complaints` says, as far as JSON Schema can say it."""

    def complaints(self) -> Iterator[tuple[str | tuple[str, ...], str]]:
        """What is wrong with fields that are each right alone: (key of the field, path from there
        on, or "", sentence).
        """
        return iter(())

    def notices(self) -> Iterator[tuple[str, str]]:
        """What is understood, but probably not as it was meant: (key of the field or "",
        sentence).
        """
        return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Record):
    """A thing with an id. `label`, where given, is what a person reads on the canvas instead of the
    id; `origin` is where an import found it.
    """

    kind: ClassVar[str] = ""
    id: str
    label: str = attr(Text(), "Label", default="", help="Shown instead of the id", remark=True)
    origin: tuple[str, ...] = attr(
        Texts(), "Origin", default=(), help="Where an import found it", remark=True
    )

    @property
    def title(self) -> str:
        """What a person reads: the label, else the id."""
        return self.label or self.id


def read_record(model: type[Any], raw: Raw, report: Report, **given: Any) -> Any:
    """A record of `model` from a raw mapping, or UNREADABLE with every problem in `report`."""
    if not isinstance(raw, dict):
        report.error(f"a mapping is due here, not {kind_of_raw(raw)}")
        return UNREADABLE
    values: dict[str, Any] = dict(given)
    readable = True
    known = _by_key(model)
    unknown: list[str] = []
    for key, part in raw.items():
        info = known.get(key)
        if info is None or info.name in given:
            unknown.append(key)
            continue
        value = info.spec.read(part, report.at(key))
        if value is UNREADABLE:
            readable = False
        else:
            values[info.name] = value
    report.unknown(unknown, "key", known)
    for info in fields_of(model):
        if info.required and info.name not in given and info.key not in raw:
            report.error(f'"{info.key}" is missing; {info.spec.what} is due', on_key=True)
            readable = False
    if unknown or not readable:
        return UNREADABLE
    return _judged(model(**values), report)


def _judged(record: Any, report: Report) -> Any:
    for key, sentence in record.notices():
        (report.at(key) if key else report).warning(sentence)
    complaints = list(record.complaints())
    for key, sentence in complaints:
        place = report
        for part in (key,) if isinstance(key, str) else key:
            place = place.at(part) if part else place
        place.error(sentence)
    return UNREADABLE if complaints else record


def _by_key(model: type[Any]) -> Mapping[str, FieldInfo]:
    known = _KEYS.get(model)
    if known is None:
        known = _KEYS[model] = {info.key: info for info in fields_of(model)}
    return known


def plain_record(record: Any, *, without: str = "") -> dict[str, Plain]:
    """The record as a writer takes it: defaults left out, one field left out on request."""
    result: dict[str, Plain] = {}
    for info in fields_of(type(record)):
        if info.name == without:
            continue
        value = getattr(record, info.name)
        if info.required or value != info.default:
            result[info.key] = info.spec.plain(value)
    return result


def references_of(record: Any) -> Iterator[ReferenceTo]:
    """Every mention of another thing in a record; paths start with the field's key."""
    for info in referring_fields(type(record)):
        value = getattr(record, info.name)
        if value is None:
            continue
        for path, target, kinds in info.spec.references(value):
            yield ReferenceTo((info.key, *path), target, kinds)


def with_mentions(record: Any, old: str, new: str | None) -> Any:
    """The record with every mention of `old` turned into `new`, or taken out where `new`
    is None.
    """
    changed: dict[str, Any] = {}
    for info in referring_fields(type(record)):
        value = getattr(record, info.name)
        if value is None:
            continue
        replaced = info.spec.replaced(value, old, new)
        if replaced != value:
            changed[info.name] = replaced
    return dataclasses.replace(record, **changed) if changed else record


def record_schema(model: type[Any], *, without: str = "") -> dict[str, Any]:
    """The JSON Schema of a record's written form."""
    properties: dict[str, Any] = {}
    for info in fields_of(model):
        if info.name == without:
            continue
        properties[info.key] = {**info.spec.schema(), "title": info.title}
        if info.help:
            properties[info.key]["description"] = info.help
    required = [i.key for i in fields_of(model) if i.required and i.name != without]
    schema: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    return {**schema, **model.together}
