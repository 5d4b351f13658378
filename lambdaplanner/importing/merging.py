"""What a source tells, laid over a plan: what people added stays, what the source states is
replaced, what it no longer has goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lambdaplanner.formats.document import SECTION_KINDS, plain_plan, read_plan
from lambdaplanner.importing.assembled import ENTRIES, KEYS, Assembled, as_text, root_of
from lambdaplanner.importing.assembly import assemble
from lambdaplanner.importing.found import Found
from lambdaplanner.importing.matching import is_own, matched, owned
from lambdaplanner.kinds import topology
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.specs import Report

_PARTS = re.compile(r"[:@>]")
"""What joins ids in the names of interfaces and lines that a layout places."""


@dataclass(slots=True)
class Merged:
    """The plan to write, and what became of its entries."""

    plan: Plan
    assembled: Assembled
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """Gone from the source, and kept since something made by hand names them."""


def fresh(found: Found) -> Merged:
    """A plan of nothing but what was found."""
    assembled = assemble(found)
    return Merged(_read(root_of(assembled)), assembled, added=_all_ids(assembled))


def merged(found: Found, old: Plan, *, keep_missing: bool = False) -> Merged:
    """`old` with what was found."""
    known = matched(found, old)
    assembled = assemble(found, known, taken=old)
    going, kept = (set(), set()) if keep_missing else _going(found, old, assembled)
    sections = plain_plan(old)
    names = set(_all_ids(assembled))
    for section in SECTION_KINDS:
        before = sections.get(section, {})
        after = {name: entry for name, entry in before.items() if name not in going}
        for name, entry in assembled.sections[section].items():
            after[name] = _laid_over(section, before.get(name), entry)
        sections[section] = after
    sections["unknown"] = _rows(old, assembled, going)
    sections["observed"] = {
        **{name: row for name, row in sections.get("observed", {}).items() if name not in going},
        **assembled.observed,
    }
    placed = sections.get("layout", {})
    sections["layout"] = {
        name: row for name, row in placed.items() if going.isdisjoint(_PARTS.split(name))
    }
    plan = _read(as_text({key: value for key, value in sections.items() if value}))
    return Merged(
        plan,
        assembled,
        added=[name for name in _all_ids(assembled) if name not in old],
        changed=sorted(name for name in names if name in old and old.find(name) != plan.find(name)),
        removed=sorted(going),
        kept=sorted(kept),
    )


def _all_ids(assembled: Assembled) -> list[str]:
    return [name for entries in assembled.sections.values() for name in entries]


def _read(root: Mapping[str, Any]) -> Plan:
    report = Report()
    plan, _ = read_plan(dict(root), report)
    assert plan is not None, [problem.describe("") for problem in report.problems.of("error")]
    return plan


def _laid_over(section: str, old: Any, entry: Mapping[str, Any]) -> Any:
    if section == "prefix_lists":
        return entry.get(ENTRIES, [])
    result = dict(old or {})
    origin = result.get("origin", [])
    before = [origin] if isinstance(origin, str) else list(origin)
    for key, value in entry.items():
        if key == "origin":
            own = list(value)
            others = [text for text in before if text not in own and not _same_kind(text, own)]
            bare = [text for text in (*own, *others) if is_own("", text)]
            result[key] = [*bare, *(text for text in (*own, *others) if text not in bare)]
        elif key == "label" and old is not None:
            continue
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
    return result


def _same_kind(text: str, others: Iterable[str]) -> bool:
    def kind(one: str) -> str:
        return one[:4] if one.startswith(("cfn:", "tf:")) else ""

    return kind(text) in {kind(one) for one in others}


def _going(found: Found, old: Plan, assembled: Assembled) -> tuple[set[str], set[str]]:
    """What the source had and has no more; and of this what something made by hand names."""
    there = {name for entries in assembled.sections.values() for name in entries}
    gone = {
        name
        for name in old
        if name not in there
        and owned(found.kind, old.resource(name))
        and _selected(found, old, assembled, name)
    }
    named = {row.source for row in old.expectations} | {row.target for row in old.expectations}
    named |= {name for row in old.acknowledged for name in row.about}
    kept = gone & named
    while True:
        more = {name for name in gone - kept if _is_named(old, assembled, name, gone - kept)}
        if not more:
            return gone - kept, kept
        kept |= more


def _selected(found: Found, old: Plan, assembled: Assembled, name: str) -> bool:
    if found.within is None:
        return True
    chosen = {assembled.ids.get(key) for key in found.within}
    return bool(topology.vpcs_of(old, old.resource(name)) & chosen)


def _is_named(old: Plan, assembled: Assembled, name: str, going: set[str]) -> bool:
    """Whether something that stays names it in a field that the source does not state."""
    for link in old.mentions_of(name):
        if link.source in going:
            continue
        section = next(
            kind.section
            for kind in SECTION_KINDS.values()
            if kind.slug == old.resource(link.source).kind
        )
        entry = assembled.sections[section].get(link.source)
        if entry is None or link.field not in entry:
            return True
    return False


def _rows(old: Plan, assembled: Assembled, going: Iterable[str]) -> list[dict[str, str]]:
    """What is unknown now: rows of people stay, rows that the source answers go."""
    entries = {name: entry for part in assembled.sections.values() for name, entry in part.items()}
    new = {(row["about"], row["of"]): row for row in assembled.unknown}
    before = plain_plan(old)
    rows: list[dict[str, str]] = []
    for row in old.unknown:
        own = row.about in entries and row.of in KEYS
        if row.about in going or (own and (row.about, row.of) not in new):
            continue
        kept = new.pop((row.about, row.of), None)
        rows.append(kept or {"about": row.about, "of": row.of, "why": row.why})
    for (about, of), told in new.items():
        stated = of in entries.get(about, {})
        if stated or not _has(before, about, of):
            rows.append(told)
    return rows


def _has(sections: Mapping[str, Any], name: str, key: str) -> bool:
    """Whether an entry stated a key before: somebody filled it in."""
    for section in SECTION_KINDS:
        entry = sections.get(section, {}).get(name)
        if isinstance(entry, dict):
            return key in entry
    return False
