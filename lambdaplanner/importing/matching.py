"""Which entries of a plan are the things that a source tells of again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdaplanner.formats.document import SECTION_KINDS
from lambdaplanner.importing.found import Found, Thing, To, mentions
from lambdaplanner.importing.naming import Wish
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of

_PREFIXES = {"cloudformation": "cfn:", "terraform": "tf:"}
_BY_NAME = {"functions", "security_groups", "workloads"}
_BY_CONTENT = {
    "vpcs": ("cidr",),
    "subnets": ("vpc", "cidr"),
    "internet_gateways": ("vpc",),
    "egress_only_internet_gateways": ("vpc",),
    "virtual_private_gateways": ("vpc",),
    "nat_gateways": ("subnet", "vpc"),
    "peerings": ("vpcs",),
    "transit_gateways": ("attachments",),
    "endpoints": ("vpc", "service", "type"),
    "network_acls": ("vpc", "default"),
}
"""What tells an entry from the others of its section, where it has no origin."""


def is_own(kind: str, origin: str) -> bool:
    """Whether a text of `origin` was written by a source of this kind."""
    prefix = _PREFIXES.get(kind)
    if prefix is not None:
        return origin.startswith(prefix)
    return not origin.startswith(tuple(_PREFIXES.values()))


def owned(kind: str, resource: Resource) -> bool:
    """Whether an entry came from a source of this kind."""
    return any(is_own(kind, origin) for origin in resource.origin)


def matched(found: Found, plan: Plan) -> dict[str, str]:
    """The id of the entry that each thing is, by its first origin: by origin, by a tag with the id,
    by the logical id of a stack, then by content.
    """
    ids: dict[str, str] = {}
    by_origin = {
        (kind.section, origin): resource.id
        for kind in SECTION_KINDS.values()
        for resource in plan.of(kind.slug).values()
        for origin in resource.origin
    }
    for thing in found.things:
        own = [by_origin.get((thing.section, origin)) for origin in (*thing.origin, *thing.keys)]
        hit = next((name for name in own if name is not None), None)
        if thing.section == "prefix_lists" and hit is None:
            hit = _named(plan, thing)
        _take(ids, thing, hit)
    for thing in found.things:
        tagged = plan.find(thing.given_id)
        if tagged is not None and tagged.kind == SECTION_KINDS[thing.section].slug:
            _take(ids, thing, tagged.id)
        for (section, origin), name in by_origin.items():
            bare = origin.removeprefix("cfn:").rpartition("/")[2]
            stack = origin.startswith("cfn:") and bare == thing.logical_id
            if stack and section == thing.section:
                _take(ids, thing, name)
    _by_content(found, plan, ids)
    return ids


def _take(ids: dict[str, str], thing: Thing, name: str | None) -> None:
    if name is not None and thing.origin[0] not in ids and name not in ids.values():
        ids[thing.origin[0]] = name


def _named(plan: Plan, thing: Thing) -> str | None:
    base = Wish(key=thing.origin[0], names=tuple(name for name in thing.names if name)).base
    there = plan.find(base)
    return base if there is not None and there.kind == SECTION_KINDS[thing.section].slug else None


def _by_content(found: Found, plan: Plan, ids: dict[str, str]) -> None:
    for section, kind in SECTION_KINDS.items():
        free = [
            one
            for one in plan.ordered(kind.slug)
            if not owned(found.kind, one) and one.id not in ids.values()
        ]
        things = [one for one in found.things if one.section == section]
        keys = {
            key: ids[one.origin[0]]
            for one in found.things
            if one.origin[0] in ids
            for key in (*one.origin, *one.keys)
        }
        for thing in things:
            if thing.origin[0] in ids:
                continue
            fits = [one.id for one in free if _alike(section, thing, one, keys)]
            if len(fits) == 1:
                _take(ids, thing, fits[0])
                free = [one for one in free if one.id != fits[0]]


def _alike(section: str, thing: Thing, one: Resource, keys: Mapping[str, str]) -> bool:
    if section in _BY_NAME:
        base = Wish(key=thing.origin[0], names=tuple(n for n in thing.names if n)).base
        return base == one.id or bool(one.label and one.label in thing.names)
    wanted = _BY_CONTENT.get(section)
    if wanted is None:
        return False
    names = {info.key: info.name for info in fields_of(type(one))}
    for key in wanted:
        mine = _content(thing.fields.get(key), keys)
        theirs = getattr(one, names[key], None)
        if key == "attachments":
            theirs = [attachment.vpc for attachment in theirs or ()]
        theirs = sorted(theirs) if isinstance(theirs, list | tuple) else theirs
        if mine != (theirs or None):
            return False
    return True


def _content(value: Any, keys: Mapping[str, str]) -> Any:
    if isinstance(value, To):
        return keys.get(value.name)
    if isinstance(value, dict):
        return sorted(keys.get(to.name, "") for to in value if isinstance(to, To)) or None
    if isinstance(value, list):
        return sorted(keys.get(to.name, "") for to in mentions(value)) or None
    return value or None
