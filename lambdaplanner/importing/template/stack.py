"""One stack: a template with the values of its parameters, and what its parts come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from lambdaplanner.formats.stack_template import UNREADABLE
from lambdaplanner.importing.template.values import Unknown, Value

STACKS = frozenset({"AWS::CloudFormation::Stack", "AWS::Serverless::Application"})
"""Resources that stand for a stack of their own."""


@dataclass(eq=False, slots=True)
class Stack:
    """A template, what it is called, and what its parameters were given."""

    name: str
    file: str
    template: Mapping[str, Any]
    given: Mapping[str, Value] = field(default_factory=dict)
    children: dict[str, Stack | Unknown] = field(default_factory=dict)
    """Nested stacks by logical id, or why nobody knows them."""
    parent: Stack | None = None

    def part(self, name: str) -> Mapping[str, Any]:
        """A section of the template; nothing where it is no mapping."""
        found = self.template.get(name)
        return found if isinstance(found, Mapping) else {}

    def resource(self, logical: str) -> Mapping[str, Any] | None:
        """The resource of that logical id."""
        found = self.part("Resources").get(logical)
        return found if isinstance(found, Mapping) and UNREADABLE not in found else None

    def type_of(self, logical: str) -> str:
        """The type of a resource; "" where it has none."""
        found = (self.resource(logical) or {}).get("Type")
        return found if isinstance(found, str) else ""

    def of_type(self, *types: str) -> Iterator[str]:
        """The logical ids of all resources of some types, in the order of the template."""
        return (name for name in self.part("Resources") if self.type_of(name) in types)

    def up(self) -> Iterator[Stack]:
        """This stack and those in which it is nested."""
        one: Stack | None = self
        while one is not None:
            yield one
            one = one.parent


class World(Protocol):
    """What a stack can ask about the others."""

    region: str
    level: int
    """Of values in values, at the moment."""

    derived_ports: dict[tuple[str, str], tuple[str, str]]
    """Engine and port of databases, by stack and logical id, that follow from the engine."""

    def deeper(self) -> bool:
        """One level deeper, where that is allowed; who got True takes the level back."""

    def evaluated(self, stack: Stack, logical: str, name: str) -> Value:
        """What a property of a resource comes to; `ABSENT` where it has none."""

    def exported(self, name: str) -> Value:
        """What some stack exports by this name."""

    def output(self, stack: Stack, name: str) -> Value:
        """What an output of a stack comes to."""

    def holds(self, stack: Stack, condition: str) -> bool | Unknown:
        """Whether a condition of a stack holds."""

    def made(self, stack: Stack, logical: str) -> bool | Unknown:
        """Whether a resource is made at all."""


class Evaluating(Protocol):
    """Evaluates what stands in one stack."""

    @property
    def stack(self) -> Stack:
        """The stack."""

    @property
    def world(self) -> World:
        """The stacks around it."""

    def value(self, raw: Any) -> Value:
        """What something written in the template comes to."""
