"""A plan to be, in plain sections, and what of it the format can hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lambdaplanner.formats.document import SECTION_KINDS, read_plan
from lambdaplanner.importing.found import LeftOut, Remark
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import fields_of
from lambdaplanner.model.specs import Raw, Report

KEYS = (
    *("routes", "route_tables", "subnets", "subnet", "security_groups", "rules", "az", "cidr"),
    *("ipv6_cidr", "role_policies", "entries", "network_acl", "condition", "attachments"),
    *("forwards", "endpoints"),
)
"""What a plan may say that it does not know, in the order of its rows."""
ENTRIES = "entries"


@dataclass(slots=True)
class Assembled:
    """A plan to be, in plain sections as files have them, and all that there is to report."""

    sections: dict[str, dict[str, dict[str, Any]]]
    """Section -> id -> the fields that the source states; None: stated to be absent."""
    ids: dict[str, str]
    """The id of each thing, by every name that the source has for it."""
    unknown: list[dict[str, str]]
    observed: dict[str, dict[str, int]]
    comments: dict[str, str]
    left_out: list[LeftOut]
    assumed: list[Remark]
    derived: list[Remark]
    info: dict[str, Any] = field(default_factory=dict)
    logical: dict[str, str] = field(default_factory=dict)
    """The logical id of what a stack made, by id."""
    given: dict[str, str] = field(default_factory=dict)
    """The id that a plan gave a thing before, by the id that it has now."""

    @property
    def count(self) -> int:
        """How many things the plan will have."""
        return sum(len(entries) for entries in self.sections.values())


def as_text(value: Any) -> Raw:
    """Values as a file has them: texts in lists and mappings."""
    if isinstance(value, Mapping):
        return {str(key): as_text(part) for key, part in value.items() if part is not None}
    if isinstance(value, list | tuple):
        return [as_text(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def root_of(result: Assembled) -> dict[str, Raw]:
    """The whole plan as a reader of files takes it."""
    root: dict[str, Any] = {"lambdaplanner": "1"}
    root.update({key: value for key, value in result.info.items() if value})
    for section, entries in result.sections.items():
        if section == "prefix_lists":
            root[section] = {name: entry.get(ENTRIES, []) for name, entry in entries.items()}
        else:
            root[section] = entries
    root["unknown"] = result.unknown
    root["observed"] = result.observed
    return {key: as_text(value) for key, value in root.items() if value}


def plan_of(result: Assembled) -> Plan | None:
    """The plan of it, without a file; None where the format cannot hold it."""
    return read_plan(root_of(result), Report())[0]


def drop_what_cannot_be_read(result: Assembled) -> Plan | None:
    """A value that the format cannot hold costs itself, or its entry, never the rest; gives the
    plan of what is left.
    """
    for _ in range(20):
        report = Report()
        plan, _notes = read_plan(root_of(result), report)
        paths = {problem.path for problem in report.problems.of("error")}
        dropped = [_dropped(result, path) for path in sorted(paths, key=str)]
        if plan is not None or not any(dropped):
            return plan
    return plan_of(result)


def _dropped(result: Assembled, path: tuple[str | int, ...]) -> bool:
    if len(path) < 2 or path[0] not in result.sections:
        return False
    section, name = str(path[0]), str(path[1])
    entry = result.sections[section].get(name)
    if entry is None:
        return False
    key = str(path[2]) if len(path) > 2 else ""
    info = next((i for i in fields_of(SECTION_KINDS[section].model) if i.key == key), None)
    if info is None or info.required or key not in entry:
        del result.sections[section][name]
        result.unknown = [row for row in result.unknown if row["about"] != name]
        why = "what it says cannot be expressed"
    else:
        del entry[key]
        why = f"its {key} cannot be expressed"
        result.unknown.append({"about": name, "of": key, "why": why})
    noun = SECTION_KINDS[section].noun
    result.left_out.append(LeftOut(kind=noun, name=name, why=why, effect="unknown"))
    return True
