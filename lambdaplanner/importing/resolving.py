"""Fields with mentions by the source's names become fields with ids of the plan.

What is mentioned and was not found never lets more through than the source does: a route leads
outside, a rule is left out, and of a list the plan says that it is not known in full.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lambdaplanner.importing.found import LeftOut, Thing, To, mentions
from lambdaplanner.kinds.route_table import OUTSIDE

RULES = ("inbound", "outbound")


@dataclass(slots=True)
class Resolved:
    """An entry as the plan has it."""

    fields: dict[str, Any] = field(default_factory=dict)
    """Of what the source states; None: stated to be absent."""
    unknown: dict[str, str] = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def resolved(thing: Thing, ids: Mapping[str, str]) -> Resolved:
    """The entry of a thing; `ids` has the id of every name that a mention may use."""
    result = Resolved(unknown=dict(thing.unknown), comments=list(thing.comments))
    for key, value in thing.fields.items():
        if thing.section == "security_groups" and key in RULES and value is not None:
            result.fields[key] = _rules(thing, value, ids, result)
        elif value is None:
            result.fields[key] = None
        elif thing.section == "route_tables" and key == "routes":
            result.fields[key] = _routes(value, ids, result)
        elif thing.section == "transit_gateways" and key == "attachments":
            result.fields[key] = _attachments(thing, value, ids, result)
        elif thing.section == "transit_gateways" and key == "route_tables":
            result.fields[key] = _transit_tables(value, ids)
        else:
            _plain(key, value, ids, result)
    return result


def _plain(key: str, value: Any, ids: Mapping[str, str], result: Resolved) -> None:
    missing = [to.name for to in mentions(value) if to.name not in ids]
    known = _known(value, ids)
    if missing:
        result.unknown.setdefault(key, f"{_listed(missing)} in no file")
        if known is None or known == []:
            return
    result.fields[key] = known


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(dict.fromkeys(names))
    return f"{shown} {'is' if len(set(names)) == 1 else 'are'}"


def _known(value: Any, ids: Mapping[str, str]) -> Any:
    """The value without what is mentioned and not there."""
    if isinstance(value, To):
        return ids.get(value.name)
    if isinstance(value, Mapping):
        pairs = ((_known(key, ids), _known(part, ids)) for key, part in value.items())
        return {key: part for key, part in pairs if key is not None and part is not None}
    if isinstance(value, list | tuple):
        parts = (_known(part, ids) for part in value)
        found = [part for part in parts if part is not None]
        # Two names of the source may be one thing.
        return list(dict.fromkeys(found)) if any(isinstance(p, To) for p in value) else found
    return value


def _rules(
    thing: Thing, rows: Sequence[Any], ids: Mapping[str, str], result: Resolved
) -> list[Any]:
    kept = []
    for row in rows:
        missing = [to.name for to in mentions(row) if to.name not in ids]
        if missing:
            why = f"it names {', '.join(missing)}, which is not here"
            result.left_out.append(
                LeftOut(kind="rule", name=thing.origin[0], why=why, effect="less")
            )
        else:
            kept.append(_known(row, ids))
    return kept


def _routes(routes: Mapping[Any, Any], ids: Mapping[str, str], result: Resolved) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for destination, target in routes.items():
        key = _known(destination, ids)
        if key is None:
            result.unknown.setdefault("routes", f"the list {destination.name} is in no file")
            continue
        there = _known(target, ids)
        if there is None:
            result.comments.append(f"{key}: {target.name}")
            there = OUTSIDE
        found[key] = there
    return found


def _attachments(
    thing: Thing, rows: Mapping[Any, Any], ids: Mapping[str, str], result: Resolved
) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for owner, row in rows.items():
        key = _known(owner, ids)
        if key is None:
            result.left_out.append(
                LeftOut(
                    kind="transit gateway attachment",
                    name=thing.origin[0],
                    why=f"{owner.name} is not here",
                    effect="less",
                )
            )
        else:
            found[key] = _known(row, ids)
    return found


def _transit_tables(tables: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, table in tables.items():
        row = dict(table)
        if "propagate" in row:
            row["propagate"] = _known(row["propagate"], ids)
        if "routes" in row:
            row["routes"] = {
                destination: _known(target, ids) or OUTSIDE
                for destination, target in row["routes"].items()
            }
        found[name] = {key: value for key, value in row.items() if value}
    return found
