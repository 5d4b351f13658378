"""Between a plan and plain mappings: the sections of the file, driven by the table of kinds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lambdaplanner.errors import NewerPlan, NotAPlan
from lambdaplanner.formats.layout_section import plain_layout, read_layout
from lambdaplanner.formats.migrations import FORMAT_VERSION, VERSION_KEY, migrate
from lambdaplanner.formats.references import check_references
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.registry import ResourceKind
from lambdaplanner.model.changes import (
    ACKNOWLEDGED,
    EXPECTATIONS,
    INFO,
    OBSERVED,
    UNKNOWN,
    Change,
    ChangeSet,
    Key,
)
from lambdaplanner.model.document import (
    OBSERVED_ROWS,
    UNKNOWN_ROWS,
    Acknowledgement,
    Expectation,
    PlanInfo,
)
from lambdaplanner.model.fields import Integer, read_id
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of, plain_record, read_record
from lambdaplanner.model.specs import UNREADABLE, Raw, Report, kind_of_raw
from lambdaplanner.model.structures import Keyed, Rows

SECTION_KINDS: dict[str, ResourceKind] = {kind.section: kind for kind in KINDS.values()}
INFO_KEYS = tuple(info.key for info in fields_of(PlanInfo))
_ORDERED_SECTIONS = [s for s in SECTION_KINDS if s != "notes"]
SECTIONS = (
    VERSION_KEY,
    *INFO_KEYS,
    *_ORDERED_SECTIONS,
    "expectations",
    "acknowledged",
    "unknown",
    "notes",
    "observed",
    "layout",
)
"""Every key of a file, in the order in which it is saved."""
_KNOWN = frozenset(SECTIONS)

EXPECTATION_ROWS = Rows(Expectation)
ACKNOWLEDGED_ROWS = Rows(Acknowledgement)
ROWS: dict[Key, Rows | Keyed] = {
    EXPECTATIONS: EXPECTATION_ROWS,
    ACKNOWLEDGED: ACKNOWLEDGED_ROWS,
    UNKNOWN: UNKNOWN_ROWS,
    OBSERVED: OBSERVED_ROWS,
}
"""What a file holds beside things, by its key in a change; the section is called like its facet."""
_VERSION = Integer(-(10**18), 10**18)
_EMPTY = ("", "~", "null")


def read_plan(root: dict[str, Any], report: Report) -> tuple[Plan | None, list[str]]:
    """The plan of a raw mapping and notes of migrations; None where `report` then holds an error.

    Raises NotAPlan where it has no format version nor any section of a plan, NewerPlan where its
    version is newer than this program's.
    """
    notes = _migrated(root, report)
    unknown = [key for key in root if key not in _KNOWN]
    report.unknown(unknown, "section", SECTIONS)
    declared: dict[str, str] = {}
    resources = _resources(root, report, declared)
    written = {k: root[k] for k in INFO_KEYS if k in root}
    if _is_empty(written.get("settings")):
        written.pop("settings", None)
    info = read_record(PlanInfo, written, report)
    rows = {key: _rows(root, key.facet, spec, report) for key, spec in ROWS.items()}
    places = read_layout(_section(root, "layout", report), report.at("layout"), declared)
    # A section whose name is misspelled is one mistake, not one for each thing that needs it.
    meant = {name for key in unknown if isinstance(root[key], dict) for name in root[key]}
    check_references(declared, report, meant)
    if report.problems.counts["error"]:
        return None, notes
    return _built(resources, info, rows, places), notes


def _migrated(root: dict[str, Any], report: Report) -> list[str]:
    if VERSION_KEY not in root:
        missing = f"the key {VERSION_KEY} with the format version is missing"
        hint = f"a plan begins with the line {VERSION_KEY}: {FORMAT_VERSION}"
        if root.keys().isdisjoint(_ORDERED_SECTIONS):
            raise NotAPlan(f"this is not a plan: {missing}", hint=hint)
        report.error(f"{missing}; {hint}")
        return []
    raw = root[VERSION_KEY]
    version = _VERSION.read(raw, report.at(VERSION_KEY))
    if version is UNREADABLE:
        return []
    if version < 1:
        report.at(VERSION_KEY).error(f"there is no format version {version}; the first is 1")
        return []
    if version > FORMAT_VERSION:
        raise NewerPlan(
            f"the file has format version {version}; this program reads version {FORMAT_VERSION}",
            hint="install a newer lambdaplanner",
        )
    return migrate(root, version)


def _is_empty(raw: Raw) -> bool:
    """Whether nothing stands behind a key, as where everything under it is commented out."""
    return raw is None or (isinstance(raw, str) and raw in _EMPTY)


def _section(root: dict[str, Any], name: str, report: Report) -> dict[str, Raw]:
    raw = root.get(name)
    if _is_empty(raw):
        return {}
    if not isinstance(raw, dict):
        report.at(name).error(f"a mapping from ids to things is due here, not {kind_of_raw(raw)}")
        return {}
    return raw


def _resources(root: dict[str, Any], report: Report, declared: dict[str, str]) -> list[Resource]:
    """Every readable thing, in the order of the file; `declared` takes every id with its
    section.
    """
    resources: list[Resource] = []
    for section in root:
        kind = SECTION_KINDS.get(section)
        if kind is None:
            continue
        inner = report.at(section)
        for name, raw in _section(root, section, report).items():
            entry = inner.at(name)
            try:
                read_id(name)
            except ValueError as error:
                entry.error(str(error), on_key=True)
                continue
            if name in declared:
                entry.error(
                    f'the id "{name}" is taken in {declared[name]}; '
                    "ids are unique in the whole file",
                    on_key=True,
                )
                continue
            declared[name] = section
            resource = _resource(kind, name, raw, entry)
            if resource is not UNREADABLE:
                resources.append(resource)
    return resources


def _resource(kind: ResourceKind, name: str, raw: Raw, report: Report) -> Any:
    if _is_empty(raw):
        raw = [] if kind.short else {}
    if kind.short and not isinstance(raw, dict):
        info = next(i for i in fields_of(kind.model) if i.name == kind.short)
        value = info.spec.read(raw, report)
        return UNREADABLE if value is UNREADABLE else kind.model(id=name, **{kind.short: value})
    return read_record(kind.model, raw, report, id=name)


def _rows(root: dict[str, Any], name: str, spec: Rows | Keyed, report: Report) -> tuple[Any, ...]:
    raw = root.get(name)
    if _is_empty(raw):
        return ()
    rows = spec.read(raw, report.at(name))
    return () if rows is UNREADABLE else rows


def _built(
    resources: list[Resource],
    info: PlanInfo,
    rows: dict[Key, tuple[Any, ...]],
    places: Mapping[Key, object],
) -> Plan:
    plan = Plan()
    changes: dict[Key, Change] = {}
    for order, resource in enumerate(resources):
        changes[Key("resource", resource.id)] = Change(None, resource)
        changes[Key("order", resource.id)] = Change(None, order)
    changes.update((key, Change(None, place)) for key, place in places.items())
    changes[INFO] = Change(plan.info, info)
    changes.update({key: Change((), found) for key, found in rows.items()})
    plan.apply(ChangeSet(changes), notify=False)
    return plan


def plain_plan(plan: Plan) -> dict[str, Any]:
    """The plan as the writer takes it: every section in order, defaults and empty sections left
    out.
    """
    return {key: value for key, value in _plain_sections(plan) if value not in ("", [], {})}


def _plain_sections(plan: Plan) -> Iterator[tuple[str, Any]]:
    yield VERSION_KEY, FORMAT_VERSION
    yield from plain_record(plan.info).items()
    for section in _ORDERED_SECTIONS:
        yield section, plain_things(plan, SECTION_KINDS[section])
    for key in (EXPECTATIONS, ACKNOWLEDGED, UNKNOWN):
        yield key.facet, ROWS[key].plain(plan.value(key))
    yield "notes", plain_things(plan, SECTION_KINDS["notes"])
    yield OBSERVED.facet, OBSERVED_ROWS.plain(plan.observed)
    yield "layout", plain_layout(plan)


def plain_things(plan: Plan, kind: ResourceKind) -> dict[str, Any]:
    """One section of things, in the order in which they were made."""
    return {resource.id: plain_thing(resource, kind) for resource in plan.ordered(kind.slug)}


def plain_thing(resource: Resource, kind: ResourceKind) -> Any:
    """One entry of a section."""
    record = plain_record(resource)
    if kind.short and set(record) <= {kind.short}:
        return record.get(kind.short, [])
    return record


def plan_of(resources: Iterable[Resource]) -> Plan:
    """A plan that holds just these things; for programs that make plans without a file."""
    return _built(list(resources), PlanInfo(), {}, {})
