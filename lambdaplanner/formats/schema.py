"""JSON Schema of the plan file, made from the same tables that read it."""

from __future__ import annotations

from typing import Any

from lambdaplanner.formats.document import (
    ROWS,
    SECTION_KINDS,
    SECTIONS,
)
from lambdaplanner.formats.layout_section import layout_schema
from lambdaplanner.formats.migrations import FORMAT_VERSION, VERSION_KEY
from lambdaplanner.kinds.registry import ResourceKind
from lambdaplanner.model.document import PlanInfo
from lambdaplanner.model.fields import ID_PATTERN, RESERVED_IDS
from lambdaplanner.model.records import fields_of, record_schema


def plan_schema() -> dict[str, Any]:
    """The schema of format version 1, so that editors complete and check plan files."""
    properties: dict[str, Any] = {
        VERSION_KEY: {
            "const": FORMAT_VERSION,
            "description": "Format version, required, first",
        }
    }
    properties |= record_schema(PlanInfo)["properties"]
    for section, kind in SECTION_KINDS.items():
        properties[section] = _section_schema(kind)
    properties |= {key.facet: spec.schema() for key, spec in ROWS.items()}
    for key in ("settings", *(key.facet for key in ROWS)):
        properties[key]["type"] = [properties[key]["type"], "null"]
    properties["layout"] = layout_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lambda Planner plan",
        "type": "object",
        "properties": {key: properties[key] for key in SECTIONS},
        "required": [VERSION_KEY],
        "additionalProperties": False,
    }


def _section_schema(kind: ResourceKind) -> dict[str, Any]:
    entry = record_schema(kind.model)
    if kind.short:
        short = next(info for info in fields_of(kind.model) if info.name == kind.short)
        entry = {"anyOf": [short.spec.schema(), entry, {"type": "null"}]}
    elif "required" not in entry:
        entry["type"] = ["object", "null"]
    return {
        "type": ["object", "null"],
        "title": kind.plural,
        "description": kind.description,
        "propertyNames": {
            "pattern": f"^{ID_PATTERN.pattern}$",
            "not": {"enum": sorted(RESERVED_IDS)},
        },
        "additionalProperties": entry,
    }
