"""The document: a networkx graph of frozen records, and the few things beside it.

Node = resource id with one attribute ``resource``; edge = a mention of one thing by another (a
subnet's VPC, a route's target, a rule's group) with one attribute ``link``. Edges follow from the
records and are never edited by themselves. `Plan.apply` is the only writer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar, cast

from lambdaplanner.errors import EditError
from lambdaplanner.model.changes import Change, ChangeSet, Key
from lambdaplanner.model.document import (
    Acknowledgement,
    Expectation,
    Observation,
    PlanInfo,
    Unknown,
)
from lambdaplanner.model.geometry import Placement, Spot
from lambdaplanner.model.mention_graph import MentionGraph
from lambdaplanner.model.records import Resource, references_of
from lambdaplanner.model.specs import PathPart

Subscriber = Callable[[ChangeSet], None]

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Link:
    """A mention: `source` names `target` in the field at `path`."""

    source: str
    target: str
    path: tuple[PathPart, ...]

    @property
    def field(self) -> str:
        """The key of the field that mentions."""
        return str(self.path[0])


_NO_RESOURCES: Mapping[str, Any] = MappingProxyType({})


_ROWS = ("expectations", "acknowledged", "unknown", "observed")
"""Facets that are lists of rows."""


class Plan:
    """A network design. Reading is free; writing goes through `apply`."""

    def __init__(self) -> None:
        self._graph = MentionGraph()
        self._resources: dict[str, Resource] = {}
        self._by_kind: dict[str, dict[str, Resource]] = {}
        self._orders: dict[str, int] = {}
        self._next_order = 0
        self._placements: dict[str, Placement] = {}
        self._bends: dict[str, tuple[Spot, ...]] = {}
        self._info = PlanInfo()
        self._rows: dict[str, tuple[Any, ...]] = dict.fromkeys(_ROWS, ())
        self._subscribers: list[Subscriber] = []
        self._derived: dict[object, Any] = {}
        self.topology_revision = 0
        """Rises with every change that an answer could depend on."""
        self.layout_revision = 0
        """Rises with every change of a placement."""

    def copy(self) -> Plan:
        """Another plan with the same things, to try something on; nobody follows it yet."""
        twin = Plan()
        twin._graph = self._graph.copy()
        twin._resources = self._resources.copy()
        twin._by_kind = {kind: found.copy() for kind, found in self._by_kind.items()}
        twin._orders = self._orders.copy()
        twin._next_order = self._next_order
        twin._placements = self._placements.copy()
        twin._bends = self._bends.copy()
        twin._info = self._info
        twin._rows = self._rows.copy()
        return twin

    @property
    def graph(self) -> MentionGraph:
        """The backing graph, for reading."""
        return self._graph

    @property
    def info(self) -> PlanInfo:
        """Name, description, region and settings."""
        return self._info

    @property
    def expectations(self) -> tuple[Expectation, ...]:
        """What the design promises."""
        return self._rows["expectations"]

    @property
    def acknowledged(self) -> tuple[Acknowledgement, ...]:
        """Findings somebody decided to live with."""
        return self._rows["acknowledged"]

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """What nobody told of its things."""
        return self._rows["unknown"]

    @property
    def observed(self) -> tuple[Observation, ...]:
        """What AWS reported of subnets when they were imported."""
        return self._rows["observed"]

    @property
    def placements(self) -> Mapping[str, Placement]:
        """Where the user put things, by id."""
        return MappingProxyType(self._placements)

    @property
    def bends(self) -> Mapping[str, tuple[Spot, ...]]:
        """Through what points a hand led lines, in the region's coordinates, by
        `interfaces.line_key`.
        """
        return MappingProxyType(self._bends)

    @property
    def next_order(self) -> int:
        """The order number that the next new thing takes."""
        return self._next_order

    def __contains__(self, resource_id: object) -> bool:
        return resource_id in self._resources

    def __len__(self) -> int:
        return len(self._resources)

    def __iter__(self) -> Iterator[str]:
        return iter(self._resources)

    def resource(self, resource_id: str) -> Resource:
        """The thing with this id; KeyError where there is none."""
        return self._resources[resource_id]

    def find(self, resource_id: str | None) -> Resource | None:
        """The thing with this id, if there is one."""
        return None if resource_id is None else self._resources.get(resource_id)

    def of(self, kind: str) -> Mapping[str, Any]:
        """All things of a kind by id, in no promised order (see `ordered`)."""
        return self._by_kind.get(kind, _NO_RESOURCES)

    def ordered(self, kind: str) -> list[Any]:
        """All things of a kind in the order in which they were made."""
        return sorted(self.of(kind).values(), key=lambda resource: self._orders[resource.id])

    def order(self, resource_id: str) -> int:
        """When this thing was made, as a rising number."""
        return self._orders[resource_id]

    def mentions_of(self, resource_id: str) -> list[Link]:
        """Every mention of this thing by others."""
        if resource_id not in self._graph:
            return []
        return [data["link"] for _, _, data in self._graph.in_edges(resource_id, data=True)]

    def users(self, resource_id: str, field: str, kind: str) -> list[Any]:
        """The things of a kind that name this one in `field`, each once, in the order made."""
        found = {
            link.source
            for link in self.mentions_of(resource_id)
            if link.field == field and self._resources[link.source].kind == kind
        }
        return [self._resources[name] for name in sorted(found, key=self._orders.__getitem__)]

    def value(self, key: Key) -> Any:
        """What stands under a key of a change set now."""
        match key.facet:
            case "resource":
                return self._resources.get(key.id)
            case "order":
                return self._orders.get(key.id)
            case "placement":
                return self._placements.get(key.id)
            case "bends":
                return self._bends.get(key.id)
            case "info":
                return self._info
            case _:
                return self._rows[key.facet]

    def derived(self, make: Callable[[Plan], V]) -> V:
        """What `make` finds in the plan as it stands, found once for each topology revision."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("V", self._derived[make])

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Calls `subscriber` after each change; gives the function that ends it."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    def apply(self, changes: ChangeSet, *, notify: bool = True) -> None:
        """Makes the changes, all or none.

        Raises EditError where an old value is not what stands there, or a mention would lead to
        nothing.
        """
        for key, change in changes.items():
            if self.value(key) != change.old:
                raise EditError(f"{key.facet} {key.id} has changed meanwhile".replace("  ", " "))
        self._check_mentions(changes)
        for key, change in changes.items():
            self._write(key, change)
        self._link(changes)
        if changes.topological:
            self.topology_revision += 1
            self._derived.clear()
        if any(key.facet in ("placement", "bends") for key in changes):
            self.layout_revision += 1
        if notify and changes:
            self.announce(changes)

    def announce(self, changes: ChangeSet) -> None:
        """Tells the subscribers, in the order in which they subscribed."""
        for subscriber in tuple(self._subscribers):
            subscriber(changes)

    def _check_mentions(self, changes: ChangeSet) -> None:
        going = {
            k.id for k, change in changes.items() if k.facet == "resource" and change.new is None
        }
        coming = {k.id for k, change in changes.items() if k.facet == "resource" and change.new}
        for name in coming:
            for mention in references_of(changes[Key("resource", name)].new):
                if mention.target in going or (
                    mention.target not in coming and mention.target not in self._resources
                ):
                    raise EditError(f'{name} mentions "{mention.target}", which is not there')
        for name in going:
            for link in self.mentions_of(name):
                if link.source not in going and link.source not in coming:
                    raise EditError(f'"{name}" is still mentioned by {link.source}')

    def _write(self, key: Key, change: Change) -> None:
        new = change.new
        match key.facet:
            case "resource":
                self._write_resource(key.id, change)
            case "order":
                self._set(self._orders, key.id, new)
                if new is not None:
                    self._next_order = max(self._next_order, new + 1)
            case "placement":
                self._set(self._placements, key.id, new)
            case "bends":
                self._set(self._bends, key.id, new)
            case "info":
                self._info = new
            case _:
                self._rows[key.facet] = new

    @staticmethod
    def _set(values: dict[str, Any], key: str, value: Any) -> None:
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value

    def _write_resource(self, name: str, change: Change) -> None:
        old: Resource | None = change.old
        new: Resource | None = change.new
        if old is not None:
            del self._by_kind[old.kind][name]
        if new is None:
            self._graph.drop(name)
            del self._resources[name]
            return
        self._by_kind.setdefault(new.kind, {})[name] = new
        self._resources[name] = new
        self._graph.put(name, resource=new)

    def _link(self, changes: ChangeSet) -> None:
        for key, change in changes.items():
            if key.facet != "resource" or change.new is None:
                continue
            if change.old is not None:
                self._graph.forget_mentions(key.id)
            for mention in references_of(change.new):
                link = Link(key.id, mention.target, mention.path)
                self._graph.mention(key.id, mention.target, mention.path, link=link)
