"""What rows of resource types work with: a resource whose values are evaluated, and the things that
are made so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lambdaplanner.importing.found import Effect, Found, Thing, To
from lambdaplanner.importing.naming import natural
from lambdaplanner.importing.template.evaluation import why_no_text
from lambdaplanner.importing.template.stack import Stack
from lambdaplanner.importing.template.stacks import Stacks
from lambdaplanner.importing.template.values import ABSENT, Reference, Unknown, Value

_NOTHING = ("", "null", "~")


class Reading:
    """The stacks, what was found in them so far, and how each resource is called."""

    def __init__(self, world: Stacks, found: Found) -> None:
        self.world = world
        self.found = found
        self.things: dict[str, Thing] = {}
        """By origin, or by another name."""
        self.several = len(world.stacks) > 1
        self.shared_names: Counter[str] = Counter()
        """How many functions would like a name that CDK's own tail keeps apart."""
        self._by_kind: dict[str, list[Resource]] | None = None
        self._mentions: dict[
            tuple[str, tuple[str, ...]], dict[Reference | str, list[Resource]]
        ] = {}

    def origin(self, stack: str, logical: str) -> str:
        """How a plan calls a resource."""
        return f"cfn:{stack}/{logical}" if self.several else f"cfn:{logical}"

    def resources(self, *kinds: str) -> Iterator[Resource]:
        """All resources that are made, of some types or of all, whatever order templates have."""
        if self._by_kind is None:
            self._by_kind = {}
            for resource in self._all():
                self._by_kind.setdefault(resource.kind, []).append(resource)
        for kind in kinds or tuple(self._by_kind):
            yield from self._by_kind.get(kind, ())

    def naming(self, value: Reference | str, name: str, *kinds: str) -> list[Resource]:
        """The resources of some types of which a property mentions a thing, alone or in a list."""
        if (name, kinds) not in self._mentions:
            index: dict[Reference | str, list[Resource]] = {}
            for resource in self.resources(*kinds):
                for one in resource.values(name)[0]:
                    if isinstance(one, Reference | str):
                        index.setdefault(one, []).append(resource)
            self._mentions[name, kinds] = index
        return self._mentions[name, kinds].get(value, [])

    def _all(self) -> Iterator[Resource]:
        for stack in self.world.stacks:
            for logical in sorted(stack.part("Resources"), key=natural):
                kind = stack.type_of(logical)
                resource = Resource(self, stack, logical, kind)
                if kind and resource.made is not False:
                    yield resource

    def resource(self, value: Value) -> Resource | None:
        """The resource that a value mentions."""
        if not isinstance(value, Reference):
            return None
        stack = self.world.stack(value.stack)
        return Resource(self, stack, value.logical, stack.type_of(value.logical))

    def thing(self, to: To | Unknown | None) -> Thing | None:
        """The thing of that name, if it is made already."""
        return self.things.get(to.name) if isinstance(to, To) else None

    def to(self, value: Value) -> To | Unknown | None:
        """A value as a mention: None where there is none."""
        if isinstance(value, Reference):
            name = self.origin(value.stack, value.logical)
            return To(f"{name}.{value.attribute}" if value.attribute else name)
        if isinstance(value, str):
            return None if value in _NOTHING else To(value)
        return None if value is ABSENT else why_no_text(value)

    def add(self, thing: Thing) -> Thing:
        """Keeps a new thing."""
        self.found.things.append(thing)
        for key in (*thing.origin, *thing.keys):
            self.things.setdefault(key, thing)
        return thing


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource, or a mapping inside one: its values evaluated."""

    reading: Reading
    stack: Stack
    logical: str
    kind: str
    inside: Mapping[str, Value] | None = field(default=None, hash=False)

    @property
    def made(self) -> bool | Unknown:
        """Whether there will be one."""
        return self.reading.world.made(self.stack, self.logical)

    @property
    def doubt(self) -> str:
        """Why nobody knows whether there will be one; "" where that is known."""
        made = self.made
        return made.why if isinstance(made, Unknown) else ""

    @property
    def origin(self) -> str:
        """How a plan calls it."""
        return self.reading.origin(self.stack.name, self.logical)

    @property
    def itself(self) -> Reference:
        """A mention of it."""
        return Reference(self.stack.name, self.logical)

    def get(self, *names: str) -> Value:
        """The first of these properties that says something; `ABSENT` where none does."""
        for name in names:
            if self.inside is not None:
                value = self.inside.get(name, ABSENT)
            else:
                value = self.reading.world.evaluated(self.stack, self.logical, name)
            if value is not ABSENT and not (isinstance(value, str) and value in _NOTHING):
                return value
        return ABSENT

    def text(self, *names: str) -> str:
        """A property as text; "" where it is none, or unknown."""
        value = self.get(*names)
        return value if isinstance(value, str) else ""

    def truth(self, name: str, *, default: bool = False) -> bool:
        """A property as yes or no."""
        value = self.text(name).lower()
        return value in ("true", "1", "yes") if value else default

    def why(self, *names: str) -> str:
        """Why a property cannot be read as text; "" where it can, or is absent."""
        value = self.get(*names)
        return "" if value is ABSENT or isinstance(value, str) else why_no_text(value).why

    def part(self, *names: str) -> Resource:
        """A mapping inside; without any value where it is none."""
        value = self.get(*names)
        inside = value if isinstance(value, dict) else {}
        return Resource(self.reading, self.stack, self.logical, self.kind, inside)

    def parts(self, *names: str) -> tuple[list[Resource], str]:
        """The mappings of a list inside, and why some are unknown."""
        values, why = self.values(*names)
        found = [
            Resource(self.reading, self.stack, self.logical, self.kind, one)
            for one in values
            if isinstance(one, dict)
        ]
        odd = "" if len(found) == len(values) else "a part of a list cannot be read"
        return found, why or odd

    def values(self, *names: str) -> tuple[list[Value], str]:
        """The values of a list, or one that stands for a list; and why some are unknown."""
        value = self.get(*names)
        listed = value if isinstance(value, list) else [] if value is ABSENT else [value]
        known: list[Value] = []
        why = ""
        for one in listed:
            if isinstance(one, list):
                known += [inner for inner in one if not isinstance(inner, Unknown)]
                why = why or next((i.why for i in one if isinstance(i, Unknown)), "")
            elif isinstance(one, Unknown):
                why = why or one.why
            else:
                known.append(one)
        return known, why

    def to(self, *names: str) -> To | Unknown | None:
        """What a property mentions."""
        return self.reading.to(self.get(*names))

    def tos(self, *names: str) -> tuple[list[To], str]:
        """What a list mentions, and why some of it is unknown."""
        values, why = self.values(*names)
        found = [self.reading.to(one) for one in values]
        doubt = next((one.why for one in found if isinstance(one, Unknown)), "")
        return list(dict.fromkeys(one for one in found if isinstance(one, To))), why or doubt

    def tag(self, key: str) -> str:
        """The value of a tag, where it is text."""
        value = self.get("Tags", "FileSystemTags", "HostedZoneTags")
        if isinstance(value, dict):
            found = value.get(key, "")
            return found if isinstance(found, str) else ""
        for row in self.parts("Tags", "FileSystemTags")[0]:
            if row.text("Key") == key:
                return row.text("Value")
        return ""

    def metadata(self) -> Mapping[str, Any]:
        """What the template says beside its properties."""
        found = (self.stack.resource(self.logical) or {}).get("Metadata")
        return found if isinstance(found, Mapping) else {}

    def add(self, section: str, names: tuple[str, ...] = (), **fields: Any) -> Thing:
        """Makes a thing of it; fields that are unknown become rows of what is not told."""
        own = self.metadata().get("LambdaPlanner")
        given = own.get("id") if isinstance(own, Mapping) else None
        thing = Thing(
            section=section,
            source_kind=self.kind,
            origin=(self.origin,),
            names=(self.tag("Name"), *names, self.logical),
            given_id=self.tag("lambdaplanner:id") or (given if isinstance(given, str) else ""),
        )
        for key, value in fields.items():
            state(thing, key, value)
        if self.doubt:
            thing.unknown["condition"] = self.doubt
        return self.reading.add(thing)

    def leave_out(self, why: str, effect: Effect = "none") -> None:
        """Notes that the plan will not hold it."""
        self.reading.found.leave_out(self.kind, self.origin.removeprefix("cfn:"), why, effect)


def state(thing: Thing, key: str, value: Any) -> None:
    """A field of a thing: a value, nothing, or a row of what is not told; a pair is a list and why
    it is not all.
    """
    if isinstance(value, tuple):
        known, why = value
        if known:
            thing.fields[key] = known
        if why:
            thing.unknown.setdefault(key, why)
    elif isinstance(value, Unknown):
        thing.unknown.setdefault(key, value.why)
    elif value is not None and value != "":
        thing.fields[key] = value


Row = Callable[[Resource], None]
"""What a resource type becomes."""
