"""From what a source told to the sections of a plan: ids, order, mentions, addresses, rows of what
is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from netaddr import AddrFormatError, IPNetwork

from lambdaplanner.formats.document import SECTION_KINDS
from lambdaplanner.importing.accounting import account
from lambdaplanner.importing.assembled import ENTRIES, KEYS, Assembled, drop_what_cannot_be_read
from lambdaplanner.importing.found import Found, LeftOut, Thing, mentions
from lambdaplanner.importing.naming import Wish, chosen_ids, natural
from lambdaplanner.importing.resolving import Resolved, resolved
from lambdaplanner.model.records import fields_of


def assemble(
    found: Found, known_ids: Mapping[str, str] | None = None, taken: Iterable[str] = ()
) -> Assembled:
    """The plan of what was found. `known_ids` are the ids of things of an older plan by the first
    origin of what was found; others get ids that are none of these, nor of `taken`.
    """
    left_out = list(found.left_out)
    things = _standing(found.things, left_out)
    by_key = {key: thing for thing in reversed(things) for key in _keys(thing)}
    names = _ids(things, by_key, known_ids or {}, taken)
    ids = {key: names[thing.origin[0]] for key, thing in by_key.items()}
    entries = {thing.origin[0]: resolved(thing, ids) for thing in things}
    result = Assembled(
        sections={section: {} for section in SECTION_KINDS},
        ids=ids,
        unknown=[],
        observed={},
        comments={},
        left_out=left_out,
        assumed=list(found.assumed),
        derived=list(found.derived),
        info={"region": found.region, "settings": dict(found.settings)},
    )
    for thing in sorted(things, key=lambda one: _place(one, by_key, ids)):
        _enter(result, thing, entries[thing.origin[0]])
    account(found, result, drop_what_cannot_be_read(result))
    return result


def _keys(thing: Thing) -> tuple[str, ...]:
    return (*thing.origin, *thing.keys)


def _standing(things: list[Thing], left_out: list[LeftOut]) -> list[Thing]:
    """Without the things that cannot be without what was not found."""
    standing = list(things)
    while True:
        known = {key for thing in standing for key in _keys(thing)}
        gone = [(thing, why) for thing in standing if (why := _lacking(thing, known))]
        if not gone:
            return standing
        for thing, why in gone:
            left_out.append(
                LeftOut(kind=thing.source_kind, name=thing.origin[0], why=why, effect="unknown")
            )
        lost = {id(thing) for thing, _ in gone}
        standing = [thing for thing in standing if id(thing) not in lost]


def _lacking(thing: Thing, known: set[str]) -> str:
    for info in fields_of(SECTION_KINDS[thing.section].model):
        due = info.required or (thing.section == "nat_gateways" and info.key == "subnet")
        if not due or not (info.spec.refers or info.required):
            continue
        value = thing.fields.get(info.key)
        empty = value in (None, "") or (value == [] and info.spec.refers)
        if info.required and empty:
            return f"nobody tells its {info.title}"
        named = [to.name for to in mentions(value)]
        missing = [name for name in named if name not in known]
        least = 2 if thing.section == "peerings" else 1
        if missing and len(named) - len(missing) < least:
            return f"{missing[0]} is in no file"
    return ""


def _ids(
    things: list[Thing],
    by_key: Mapping[str, Thing],
    known_ids: Mapping[str, str],
    all_taken: Iterable[str],
) -> dict[str, str]:
    names: dict[str, str] = {}
    taken = {*known_ids.values(), *all_taken}
    for thing in things:
        key = thing.origin[0]
        if key in known_ids:
            names[key] = known_ids[key]
    given = [thing for thing in things if thing.origin[0] not in names and thing.given_id]
    for thing in sorted(given, key=lambda one: one.origin):
        name = Wish(key=thing.given_id, names=()).base
        if name == thing.given_id and name not in taken:
            names[thing.origin[0]] = name
            taken.add(name)
    rest = [thing for thing in things if thing.origin[0] not in names]
    names.update(chosen_ids((_wish(thing, by_key) for thing in rest), taken))
    return names


def _wish(thing: Thing, by_key: Mapping[str, Thing]) -> Wish:
    vpc = _vpc(thing, by_key)
    return Wish(
        key=thing.origin[0],
        names=tuple(name for name in thing.names if name),
        zone=_zone(thing, by_key),
        vpc="" if vpc is None or vpc is thing else Wish(key=vpc.origin[0], names=vpc.names).base,
    )


def _first(thing: Thing, *keys: str, by_key: Mapping[str, Thing]) -> Thing | None:
    for key in keys:
        for to in mentions(thing.fields.get(key)):
            if to.name in by_key:
                return by_key[to.name]
    return None


def _vpc(thing: Thing, by_key: Mapping[str, Thing]) -> Thing | None:
    if thing.section == "vpcs":
        return thing
    direct = _first(thing, "vpc", "vpcs", "attachments", by_key=by_key)
    if direct is not None:
        return direct
    subnet = _first(thing, "subnet", "subnets", by_key=by_key)
    return None if subnet is None else _first(subnet, "vpc", by_key=by_key)


def _zone(thing: Thing, by_key: Mapping[str, Thing]) -> str:
    where = thing
    if thing.section != "subnets":
        found = _first(thing, "subnet", "subnets", by_key=by_key)
        if found is None:
            return ""
        where = found
    return str(where.fields.get("az") or "")


def _place(thing: Thing, by_key: Mapping[str, Thing], ids: Mapping[str, str]) -> tuple[Any, ...]:
    """Where it stands in its section: by VPC, zone, block and id; what has none comes last."""
    vpc = _vpc(thing, by_key)
    key = thing.origin[0]
    zone = _zone(thing, by_key)
    return (
        (1,) if vpc is None else (0, *_block(vpc), natural(ids[vpc.origin[0]])),
        (1, "") if not zone else (0, zone),
        _block(thing),
        natural(ids[key]),
    )


def _block(thing: Thing) -> tuple[int, ...]:
    try:
        block = IPNetwork(str(thing.fields["cidr"])).cidr
    except (KeyError, AddrFormatError, ValueError):
        return (1, 0, 0)
    return (0, int(block.first), int(block.prefixlen))


def _enter(result: Assembled, thing: Thing, entry: Resolved) -> None:
    name = result.ids[thing.origin[0]]
    fields = dict(entry.fields)
    wish = Wish(key=thing.origin[0], names=tuple(n for n in thing.names if n))
    if wish.shown != wish.base and wish.names and name != thing.given_id:
        fields.setdefault("label", wish.shown)
    if thing.section == "prefix_lists":
        fields = {key: fields[key] for key in fields if key == ENTRIES}
    else:
        fields["origin"] = list(thing.origin)
    known = {info.key for info in fields_of(SECTION_KINDS[thing.section].model)}
    result.sections[thing.section][name] = {k: v for k, v in fields.items() if k in known}
    rows = sorted(entry.unknown.items(), key=lambda row: _rank(row[0]))
    result.unknown += [{"about": name, "of": of, "why": why} for of, why in rows]
    result.left_out += entry.left_out
    if entry.comments:
        result.comments[name] = "; ".join(entry.comments)
    if thing.logical_id:
        result.logical[name] = thing.logical_id
    if thing.given_id:
        result.given[name] = thing.given_id


def _rank(of: str) -> tuple[int, str]:
    return (KEYS.index(of), "") if of in KEYS else (len(KEYS), of)
