"""A draft of changes: commands write to it, and it becomes one change set."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from lambdaplanner.errors import EditError
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
from lambdaplanner.model.fields import read_id
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.interfaces import followed, interface_ends, made_ends
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import (
    Resource,
    fields_of,
    references_of,
    with_mentions,
)
from lambdaplanner.model.specs import UNREADABLE, Raw, Report
from lambdaplanner.model.telling import told_by
from lambdaplanner.model.wholeness import complete, whole

_NOTHING: Mapping[str, Resource] = MappingProxyType({})


class Edit:
    """Changes a plan step by step without telling anybody; `changes` is the sum.

    What it wrote can be read back from the plan at once. `roll_back` leaves the plan as it was.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.changes = ChangeSet()

    def write(self, changes: ChangeSet) -> None:
        """Takes part in the draft; raises EditError where the plan cannot take it."""
        self.plan.apply(changes, notify=False)
        self.changes = self.changes.then(changes)

    def roll_back(self) -> None:
        """Takes back all that was written."""
        self.plan.apply(self.changes.inverse(), notify=False)
        self.changes = ChangeSet()

    def add(self, resource: Resource, placement: Placement | None = None) -> None:
        """Adds a new thing. Raises EditError where its id is taken, reserved or no id, or its
        fields do not go together.
        """
        self.add_all([(resource, placement)])

    def add_all(self, things: Sequence[tuple[Resource, Placement | None]]) -> None:
        """Adds new things at once, which may mention each other in rings. Raises EditError as `add`
        does.
        """
        coming: dict[str, Resource] = {}
        parts: dict[Key, Change] = {}
        for number, (resource, placement) in enumerate(things, self.plan.next_order):
            self._check_new_id(resource.id)
            if resource.id in coming:
                raise EditError(f'"{resource.id}" is taken twice')
            coming[resource.id] = whole(resource)
            parts[Key("resource", resource.id)] = Change(None, coming[resource.id])
            parts[Key("order", resource.id)] = Change(None, number)
            if placement is not None:
                key = Key("placement", resource.id)
                parts[key] = Change(self.plan.value(key), placement)
        for resource in coming.values():
            self._check_kinds(resource, coming)
        self.write(ChangeSet(parts))

    def update(self, resource_id: str, **values: Any) -> None:
        """Gives fields of a thing new values. Raises EditError where they do not go together."""
        old = self._existing(resource_id)
        new = dataclasses.replace(old, **values)
        new = whole(new)
        self._check_kinds(new)
        parts = {Key("resource", resource_id): Change(old, new)}
        told = told_by(old, new)
        if told and self.plan.unknown:
            left = (r for r in self.plan.unknown if r.about != resource_id or r.of not in told)
            parts[UNKNOWN] = Change(self.plan.unknown, tuple(left))
        self.write(ChangeSet(parts))

    def set_raw(self, resource_id: str, field: str, raw: Raw) -> None:
        """Gives one field the value written as raw input; raises EditError with the reason where it
        has none.
        """
        info = next(i for i in fields_of(type(self._existing(resource_id))) if i.name == field)
        report = Report()
        value = info.spec.read(raw, report)
        if value is UNREADABLE:
            raise EditError(report.problems[0].message, where=resource_id)
        self.update(resource_id, **{field: value})

    def place(self, resource_id: str, placement: Placement | None) -> None:
        """Puts a thing somewhere in its container; None leaves its place to the
        automatic layout.
        """
        key = Key("placement", resource_id)
        old = self.plan.value(key)
        new = None if placement is None else placement.saying(old)
        self.write(ChangeSet({key: Change(old, new)}))

    def set_info(self, **values: Any) -> None:
        """Changes name, description, region or settings."""
        self.write(
            ChangeSet({INFO: Change(self.plan.info, dataclasses.replace(self.plan.info, **values))})
        )

    def set_expectations(self, rows: tuple[Any, ...]) -> None:
        """Replaces what the design promises."""
        self.write(ChangeSet({EXPECTATIONS: Change(self.plan.expectations, rows)}))

    def set_unknown(self, rows: tuple[Any, ...]) -> None:
        """Replaces what nobody told."""
        self.write(ChangeSet({UNKNOWN: Change(self.plan.unknown, rows)}))

    def set_acknowledged(self, rows: tuple[Any, ...]) -> None:
        """Replaces the findings somebody decided to live with."""
        self.write(ChangeSet({ACKNOWLEDGED: Change(self.plan.acknowledged, rows)}))

    def remove(self, *resource_ids: str) -> None:
        """Takes things out, with what lives in them; mentions elsewhere go too, a route to one
        becomes a blackhole.
        """
        going = dict.fromkeys(self.dependants(*resource_ids))
        changed: dict[str, Resource] = {}
        for name in going:
            for link in self.plan.mentions_of(name):
                if link.source not in going:
                    source = changed.get(link.source) or self.plan.resource(link.source)
                    changed[link.source] = with_mentions(source, name, None)
        parts: dict[Key, Change] = {}
        for name, resource in changed.items():
            parts[Key("resource", name)] = Change(self.plan.resource(name), resource)
        for name in going:
            for facet in ("resource", "order", "placement"):
                key = Key(facet, name)
                parts[key] = Change(self.plan.value(key), None)
        for key, ends in self._made_places():
            if any(end in going for end in ends):
                parts[key] = Change(self.plan.value(key), None)
        parts.update(self._without(going))
        self.write(ChangeSet(parts))

    def dependants(self, *resource_ids: str) -> list[str]:
        """These and all that cannot be without them, in the order found: what `remove` would take
        out.
        """
        going: dict[str, None] = {}
        waiting = list(reversed(resource_ids))
        while waiting:
            name = waiting.pop()
            if name in going:
                continue
            self._existing(name)
            going[name] = None
            sources = dict.fromkeys(link.source for link in self.plan.mentions_of(name))
            waiting += [source for source in sources if self._needs(source, going)]
        return list(going)

    def rename(self, old_id: str, new_id: str) -> None:
        """Gives a thing another id, wherever it is mentioned. Raises EditError where that id cannot
        be.
        """
        if old_id == new_id:
            return
        old = self._existing(old_id)
        self._check_new_id(new_id)
        new = dataclasses.replace(with_mentions(old, old_id, new_id), id=new_id)
        parts: dict[Key, Change] = {
            Key("resource", old_id): Change(old, None),
            Key("resource", new_id): Change(None, new),
        }
        for facet in ("order", "placement"):
            value = self.plan.value(Key(facet, old_id))
            parts[Key(facet, old_id)] = Change(value, None)
            parts[Key(facet, new_id)] = Change(None, value)
        for key, ends in self._made_places():
            if old_id in ends:
                value = self.plan.value(key)
                parts[key] = Change(value, None)
                renamed = followed(key.id, {old_id: new_id})
                parts[key._replace(id=renamed)] = Change(None, value)
        for link in self.plan.mentions_of(old_id):
            if link.source != old_id:
                source = self.plan.resource(link.source)
                parts[Key("resource", link.source)] = Change(
                    source, with_mentions(source, old_id, new_id)
                )
        for key in (EXPECTATIONS, ACKNOWLEDGED, UNKNOWN, OBSERVED):
            rows = self.plan.value(key)
            parts[key] = Change(rows, tuple(with_mentions(row, old_id, new_id) for row in rows))
        self.write(ChangeSet(parts))

    def set_settings(self, **values: Any) -> None:
        """Changes settings of the plan."""
        self.set_info(settings=dataclasses.replace(self.plan.info.settings, **values))

    def new_id(self, stem: str) -> str:
        """An id that is free: `stem`-1, `stem`-2 ..."""
        number = 1
        while f"{stem}-{number}" in self.plan:
            number += 1
        return f"{stem}-{number}"

    def _made_places(self) -> list[tuple[Key, tuple[str, ...]]]:
        """Places of what nobody wrote but somebody may have put somewhere (interfaces, cards of
        groups, way-points of lines), with the things that their ids name.
        """
        keys = [Key("placement", name) for name in self.plan.placements]
        keys += [Key("bends", name) for name in self.plan.bends]
        found = ((key, made_ends(key.id)) for key in keys)
        return [(key, ends) for key, ends in found if ends]

    def _existing(self, resource_id: str) -> Resource:
        found = self.plan.find(resource_id)
        if found is None:
            raise EditError(f'there is no "{resource_id}"')
        return found

    def _check_new_id(self, resource_id: str) -> None:
        try:
            read_id(resource_id)
        except ValueError as error:
            raise EditError(str(error)) from error
        if resource_id in self.plan:
            taken_by = _a_noun(self.plan.resource(resource_id).kind)
            raise EditError(f'"{resource_id}" is taken by {taken_by}', hint="choose another id")

    def _check_kinds(self, resource: Resource, coming: Mapping[str, Resource] = _NOTHING) -> None:
        for mention in references_of(resource):
            target = coming.get(mention.target) or self.plan.find(mention.target)
            if target is None:
                raise EditError(f'there is no "{mention.target}"', where=resource.id)
            if target.kind not in mention.kinds:
                wanted = " or ".join(_a_noun(kind) for kind in mention.kinds)
                raise EditError(
                    f'"{mention.target}" is {_a_noun(target.kind)}, not {wanted}',
                    where=resource.id,
                )

    def _needs(self, resource_id: str, going: dict[str, None]) -> bool:
        """Whether a thing is left without something required when `going` goes."""
        resource = self.plan.resource(resource_id)
        for name in {mention.target for mention in references_of(resource)} & going.keys():
            resource = with_mentions(resource, name, None)
        return not complete(resource)

    def _without(self, going: dict[str, None]) -> Iterator[tuple[Key, Change]]:
        expectations = tuple(
            row for row in self.plan.expectations if not {row.source, row.target} & going.keys()
        )
        yield EXPECTATIONS, Change(self.plan.expectations, expectations)
        acknowledged = tuple(
            row
            for row in self.plan.acknowledged
            if not any({name, *(interface_ends(name) or ())} & going.keys() for name in row.about)
        )
        yield ACKNOWLEDGED, Change(self.plan.acknowledged, acknowledged)
        unknown = tuple(row for row in self.plan.unknown if row.about not in going)
        yield UNKNOWN, Change(self.plan.unknown, unknown)
        observed = tuple(row for row in self.plan.observed if row.subnet not in going)
        yield OBSERVED, Change(self.plan.observed, observed)


_ABBREVIATIONS = ("vpc", "nat", "acl")


def _a_noun(kind: str) -> str:
    """How a kind is called with its article: a VPC, an internet gateway."""
    words = [w.upper() if w in _ABBREVIATIONS else w for w in kind.split("-")]
    return f"{'an' if words[0][0] in 'aeio' else 'a'} {' '.join(words)}"
