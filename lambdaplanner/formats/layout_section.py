"""The section `layout`: where boxes stand, what was said of them, and where lines were bent."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from lambdaplanner.kinds import KINDS
from lambdaplanner.model.changes import Key
from lambdaplanner.model.fields import RESERVED_IDS, Boolean, Integer, Rounded
from lambdaplanner.model.geometry import Placement, Spot
from lambdaplanner.model.interfaces import line_ends
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.specs import UNREADABLE, Raw, Report, kind_of_raw

_COORDINATE = Rounded(-10_000_000, 10_000_000)
_EXTENT = Rounded(1, 10_000_000)
_FLAG = Boolean()
_LEVEL = Integer(-1_000_000, 1_000_000)
_KEYS = ("at", "size", "collapsed", "locked", "above")
_DUE = "[x, y] or [x, y, width, height] is due here"


def read_layout(
    section: Mapping[str, Raw], report: Report, declared: Mapping[str, str]
) -> dict[Key, object]:
    """The places and way-points in the section; reports what cannot be read."""
    found: dict[Key, object] = {}
    for name, raw in section.items():
        entry = report.at(name)
        line = line_ends(name)
        unknown = [end for end in line or (name,) if not _may_stand(end, declared)]
        if unknown:
            end = unknown[0]
            entry.error(f'there is no "{end}"{report.near(end, declared)}', on_key=True)
            continue
        value = _place(raw, entry) if line is None else _bends(raw, entry)
        if value is not None:
            found[Key("placement" if line is None else "bends", name)] = value
    return found


def _may_stand(name: str, declared: Mapping[str, str]) -> bool:
    return name in declared or name in RESERVED_IDS or ":" in name or name in _MADE


_MADE = ("region", "vpc-to-vpc-nat")
"""What is drawn of AWS's own, besides the reserved words."""


def _place(raw: Raw, entry: Report) -> Placement | None:
    if isinstance(raw, dict):
        return _long_form(raw, entry)
    if not isinstance(raw, list) or len(raw) not in (2, 4):
        entry.error(_DUE)
        return None
    specs = (_COORDINATE, _COORDINATE, _EXTENT, _EXTENT)
    values = _numbers(raw, specs, entry)
    if values is None:
        return None
    width, height = values[2:] or (None, None)
    return Placement(values[0], values[1], width, height)


def _long_form(raw: Mapping[str, Raw], entry: Report) -> Placement | None:
    good = True
    for key in raw:
        if key not in _KEYS:
            near = entry.near(key, _KEYS)
            entry.at(key).error(f'unknown key "{key}"{near}', on_key=True)
            good = False
    if "at" in raw:
        at = _pair(raw["at"], _COORDINATE, entry.at("at"), "[x, y]")
    else:
        at = _pair(None, _COORDINATE, entry, "at: [x, y]")
    sized = raw.get("size") is not None
    size = _pair(raw["size"], _EXTENT, entry.at("size"), "[width, height]") if sized else None
    said = {
        key: spec.read(raw[key], entry.at(key))
        for key, spec in (("collapsed", _FLAG), ("locked", _FLAG), ("above", _LEVEL))
        if raw.get(key) is not None
    }
    if not good or at is None or (sized and size is None) or UNREADABLE in said.values():
        return None
    width, height = size or (None, None)
    return Placement(at[0], at[1], width, height, **said)


def _pair(raw: Raw, spec: Rounded, entry: Report, due: str) -> tuple[int, ...] | None:
    if not isinstance(raw, list) or len(raw) != 2:
        entry.error(f"{due} is due here")
        return None
    return _numbers(raw, (spec, spec), entry)


def _numbers(raw: list[Raw], specs: Collection[Rounded], entry: Report) -> tuple[int, ...] | None:
    values = [
        spec.read(part, entry.at(number))
        for number, (spec, part) in enumerate(zip(specs, raw, strict=False))
    ]
    return None if UNREADABLE in values else tuple(values)


def _bends(raw: Raw, entry: Report) -> tuple[Spot, ...] | None:
    if not isinstance(raw, list):
        entry.error(f"a list of points [x, y] is due here, not {kind_of_raw(raw)}")
        return None
    spots = [
        _pair(part, _COORDINATE, entry.at(number), "[x, y]") for number, part in enumerate(raw)
    ]
    found = tuple((spot[0], spot[1]) for spot in spots if spot is not None)
    return found if found and len(found) == len(spots) else None


def plain_layout(plan: Plan) -> dict[str, Any]:
    """The places that were chosen, in the order of the sections; what AWS makes comes last, then
    the lines that were bent.

    Not simply in the order made: a file keeps that within each section alone.
    """
    sections = {kind: number for number, kind in enumerate(KINDS)}

    def rank(name: str) -> tuple[int, int, str]:
        found = plan.find(name)
        if found is None:
            return len(sections), 0, name
        return sections[found.kind], plan.order(name), ""

    places: dict[str, Any] = {
        name: _plain_place(plan.placements[name]) for name in sorted(plan.placements, key=rank)
    }
    for name in sorted(plan.bends):
        places[name] = [list(spot) for spot in plan.bends[name]]
    return places


def _plain_place(place: Placement) -> Any:
    if any(place.said):
        return dict(_long_items(place))
    return [part for part in place[:4] if part is not None]


def _long_items(place: Placement) -> Iterator[tuple[str, Any]]:
    yield "at", [place.x, place.y]
    if place.width is not None and place.height is not None:
        yield "size", [place.width, place.height]
    if place.collapsed:
        yield "collapsed", True
    if place.locked:
        yield "locked", True
    if place.above:
        yield "above", place.above


def layout_schema() -> dict[str, Any]:
    """What the section may hold."""
    pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    short = {
        "type": "array",
        "items": {"type": "number"},
        "anyOf": [{"minItems": 2, "maxItems": 2}, {"minItems": 4, "maxItems": 4}],
    }
    long = {
        "type": "object",
        "properties": {
            "at": pair,
            "size": pair,
            "collapsed": _FLAG.schema(),
            "locked": _FLAG.schema(),
            "above": _LEVEL.schema(),
        },
        "required": ["at"],
        "additionalProperties": False,
    }
    bends = {"type": "array", "items": pair, "minItems": 1}
    return {
        "type": ["object", "null"],
        "description": "[x, y] or [x, y, width, height], relative to the container's top left; "
        "at and size with more that was said of a box; the way-points of a line A>B",
        "patternProperties": {">": bends},
        "additionalProperties": {"anyOf": [short, long]},
    }
