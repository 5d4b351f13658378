"""What became of everything in a source: each thing in exactly one place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from lambdaplanner.counting import count
from lambdaplanner.formats.document import SECTION_KINDS
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.found import Found, LeftOut, Remark
from lambdaplanner.importing.merging import Merged

SAMPLES = 20
LINES = 25
_EFFECTS = ("unknown", "less", "none")
_WORDS = {
    "unknown": "answers that lean on it are unknown",
    "less": "the plan allows less than AWS does",
    "none": "no answer can differ",
}


def document(found: Found, made: Merged, choices: Choices) -> dict[str, Any]:
    """The whole report as one JSON document."""
    ids = made.assembled.ids
    vpcs = [thing for thing in found.things if thing.section == "vpcs"]
    return {
        "source": {
            "kind": found.kind,
            "files": found.files,
            "region": found.region,
            "accounts": [choices.shown_account(name) for name in found.accounts],
            "vpcs": sorted(thing.origin[0] for thing in vpcs),
        },
        "made": {
            section: len(entries) for section, entries in made.assembled.sections.items() if entries
        },
        "merge": {
            "added": made.added,
            "changed": made.changed,
            "removed": made.removed,
            "kept": made.kept,
        },
        "derived": [
            {"about": _id(ids, row), "of": row.of, "from": row.why} | _value(row)
            for row in _sorted(made.assembled.derived)
        ],
        "assumed": [
            {"about": _id(ids, row), "of": row.of, "why": row.why} | _value(row)
            for row in _sorted(made.assembled.assumed)
        ],
        "unknown": list(made.assembled.unknown),
        "left_out": [_left_out(group) for group in _grouped(made.assembled.left_out)],
        "observed": {"subnets": _subnets(found, made), "lambda": _pairs(found, ids)},
        "files_not_read": [{"file": one.file, "why": one.why} for one in found.not_read],
    }


def _id(ids: dict[str, str], row: Remark) -> str:
    return ids.get(row.about, row.about)


def _value(row: Remark) -> dict[str, Any]:
    return {} if row.value is None else {"value": row.value}


def _sorted(rows: Iterable[Remark]) -> list[Remark]:
    return sorted(rows, key=lambda row: (row.about, row.of, row.why))


def _grouped(lines: Iterable[LeftOut]) -> list[list[LeftOut]]:
    groups: dict[tuple[str, str, str], list[LeftOut]] = defaultdict(list)
    for line in lines:
        groups[(line.kind, line.why, line.effect)].append(line)
    return sorted(
        groups.values(),
        key=lambda group: (_EFFECTS.index(group[0].effect), group[0].kind, group[0].why),
    )


def _left_out(group: list[LeftOut]) -> dict[str, Any]:
    first = group[0]
    return {
        "kind": first.kind,
        "count": len(group),
        "samples": sorted(line.name for line in group if line.name)[:SAMPLES],
        "why": first.why,
        "effect": first.effect,
    }


def _subnets(found: Found, made: Merged) -> list[dict[str, Any]]:
    rows = []
    for key, said in found.addresses.items():
        name = made.assembled.ids.get(key)
        if name is not None and said.available is not None:
            reserved = made.assembled.sections["subnets"].get(name, {}).get("reserved_ips", 0)
            rows.append(
                {
                    "subnet": name,
                    "available": said.available,
                    "lambda": said.functions,
                    "free": said.available + said.functions,
                    "reserved": reserved,
                }
            )
    return sorted(rows, key=lambda row: str(row["subnet"]))


def _pairs(found: Found, ids: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "pair": [
                ids.get(row["subnet"], row["subnet"]),
                [ids.get(group, group) for group in row["groups"]],
            ],
            "predicted": row["predicted"],
            "found": row["found"],
        }
        for row in found.pairs
    ]


def troubled(report: dict[str, Any]) -> bool:
    """Whether anything is unknown, assumed, or left out with an effect."""
    left_out = any(line["effect"] != "none" for line in report["left_out"])
    return bool(report["unknown"] or report["assumed"] or left_out)


def lines(report: dict[str, Any], *, most: int = LINES) -> list[str]:
    """The report in words, most important first; what is too much is counted."""
    found = list(_lines(report))
    if len(found) <= most:
        return found
    return [*found[: most - 1], f"+{len(found) - most + 1} more; --report FILE has all of it"]


def _lines(report: dict[str, Any]) -> Iterator[str]:
    made = [
        count(number, SECTION_KINDS[section].noun, SECTION_KINDS[section].nouns)
        for section, number in report["made"].items()
    ]
    yield f"made: {', '.join(made)}"
    merge = report["merge"]
    changes = [
        f"{len(merge[key])} {key}" for key in ("added", "changed", "removed", "kept") if merge[key]
    ]
    if merge["changed"] or merge["removed"] or merge["kept"]:
        yield f"merge: {', '.join(changes)}"
    for name in merge["kept"]:
        yield f"kept: {name} is gone from the source; something made by hand names it"
    for row in report["unknown"]:
        yield f"unknown: {row['of']} of {row['about']}: {row['why']}"
    for line in report["left_out"]:
        if line["effect"] != "none":
            yield _said(line)
    for one in report["files_not_read"]:
        yield f"not read: {one['file']}: {one['why']}"
    for row in report["assumed"]:
        about = f" of {row['about']}" if row["about"] else ""
        value = f" = {_word(row['value'])}" if "value" in row else ""
        yield f"assumed: {row['of']}{about}{value}: {row['why']}"
    for row in report["derived"]:
        yield f"derived: {row['of']} of {row['about']}: {row['from']}"
    for line in report["left_out"]:
        if line["effect"] == "none":
            yield _said(line)


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _said(line: dict[str, Any]) -> str:
    samples = ", ".join(line["samples"][:3])
    names = f" ({samples}{', ...' if line['count'] > 3 else ''})" if samples else ""
    return (
        f"left out: {line['count']} {line['kind']}{names}: {line['why']}; {_WORDS[line['effect']]}"
    )
