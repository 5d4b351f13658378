"""All stacks of an import: which there are, what they export, and what their parts come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lambdaplanner.importing.template import sam
from lambdaplanner.importing.template.conditions import decided
from lambdaplanner.importing.template.evaluation import Evaluation
from lambdaplanner.importing.template.stack import Stack
from lambdaplanner.importing.template.values import ABSENT, Unknown, Value

MOST_LEVELS = 80
"""Of values in values, also by way of conditions, outputs and attributes."""
MOST_VALUES = 3_000_000
"""Looked at in one import; more is an attack or an accident."""
_ITSELF = Unknown("its value refers to itself")
_HIDDEN = Unknown("some of its properties are made by a function of CloudFormation")
_Place = tuple[str, str, str]


class Stacks:
    """The stacks by name. Every answer is remembered; what refers to itself is unknown."""

    def __init__(self, stacks: Sequence[Stack], region: str) -> None:
        self.region = region
        self.level = 0
        self.derived_ports: dict[tuple[str, str], tuple[str, str]] = {}
        self._looked_at = 0
        self._by_name = {stack.name: stack for stack in stacks}
        self._found: dict[_Place, Value] = {}
        self._exports: dict[str, list[tuple[Stack, str]]] | None = None

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """All of them."""
        return tuple(self._by_name.values())

    def stack(self, name: str) -> Stack:
        """The stack of that name."""
        return self._by_name[name]

    def deeper(self) -> bool:
        """One level deeper, where that is allowed; who got True takes the level back."""
        self._looked_at += 1
        if self.level >= MOST_LEVELS or self._looked_at > MOST_VALUES:
            return False
        self.level += 1
        return True

    def value(self, stack: Stack, raw: Any) -> Value:
        """What something written in a stack comes to."""
        return Evaluation(stack, self).value(raw)

    def evaluated(self, stack: Stack, logical: str, name: str) -> Value:
        """What a property of a resource comes to; `ABSENT` where it has none."""
        if (stack.name, logical, name) in self._found:
            return self._found[stack.name, logical, name]
        raw = sam.properties(stack, logical)
        if name not in raw:
            return _HIDDEN if any(key.startswith("Fn::") or key == "Ref" for key in raw) else ABSENT
        return self._once((stack.name, logical, name), stack, raw[name])

    def written(self, stack: Stack, logical: str, name: str) -> Any:
        """A property of a resource as it is written."""
        return sam.properties(stack, logical).get(name)

    def output(self, stack: Stack, name: str) -> Value:
        """What an output of a stack comes to."""
        found = stack.part("Outputs").get(name)
        if not isinstance(found, Mapping) or "Value" not in found:
            return Unknown(f"{stack.name} has no output {name[:80]}")
        return self._once((stack.name, "Outputs", name), stack, found["Value"])

    def exported(self, name: str) -> Value:
        """What some stack exports by this name; unknown where none does, or where two do."""
        if self._exports is None:
            self._exports = {}
            for stack in self.stacks:
                self._note_exports(stack, self._exports)
        found = self._exports.get(name, [])
        if not found:
            return Unknown(f"no SOURCE exports {name[:200]}", name[:200])
        values = [self.output(stack, output) for stack, output in found]
        if any(one != values[0] for one in values):
            return Unknown(f"several stacks export {name[:200]}")
        return values[0]

    def _note_exports(self, stack: Stack, exports: dict[str, list[tuple[Stack, str]]]) -> None:
        for output, written in stack.part("Outputs").items():
            export = written.get("Export") if isinstance(written, Mapping) else None
            if not isinstance(export, Mapping):
                continue
            condition = written.get("Condition")
            if isinstance(condition, str) and self.holds(stack, condition) is False:
                continue
            name = self.value(stack, export.get("Name", ""))
            if isinstance(name, str) and name:
                exports.setdefault(name, []).append((stack, output))

    def holds(self, stack: Stack, condition: str) -> bool | Unknown:
        """Whether a condition of a stack holds."""
        written = stack.part("Conditions").get(condition)
        if written is None:
            return Unknown(f"the template has no condition {condition[:80]}")
        place = (stack.name, "Conditions", condition)
        if place not in self._found:
            self._found[place] = Unknown(f"the condition {condition[:80]} refers to itself")
            held = decided(Evaluation(stack, self), written)
            if isinstance(held, Unknown):
                held = Unknown(f"the condition {condition[:80]}: {held.why}")
            self._found[place] = held
        found: bool | Unknown = self._found[place]
        return found

    def made(self, stack: Stack, logical: str) -> bool | Unknown:
        """Whether a resource is made: its own condition, and those of the stacks around it."""
        unknown: Unknown | None = None
        held = self._conditioned(stack, logical)
        if held is False:
            return False
        unknown = held if isinstance(held, Unknown) else None
        if stack.parent is not None:
            name = next((one for one, child in stack.parent.children.items() if child is stack), "")
            above = self.made(stack.parent, name)
            if above is False:
                return False
            unknown = unknown or (above if isinstance(above, Unknown) else None)
        return unknown or True

    def _conditioned(self, stack: Stack, logical: str) -> bool | Unknown:
        condition = (stack.resource(logical) or {}).get("Condition")
        return self.holds(stack, condition) if isinstance(condition, str) else True

    def _once(self, place: _Place, stack: Stack, raw: Any) -> Value:
        if place not in self._found:
            self._found[place] = _ITSELF
            self._found[place] = self.value(stack, raw)
        return self._found[place]
