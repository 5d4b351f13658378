"""What the functions of a template come to, one row a function.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from lambdaplanner.formats.stack_template import UNREADABLE
from lambdaplanner.importing.template import references
from lambdaplanner.importing.template.conditions import decided
from lambdaplanner.importing.template.stack import Stack, World
from lambdaplanner.importing.template.values import (
    ABSENT,
    Mixed,
    Reference,
    Unknown,
    Value,
    joined,
    split,
)
from lambdaplanner.model.cidr import Block, read_block

_PLACE = re.compile(r"\$\{([^}]*)\}")
_RESOLVED_LATER = "{{resolve:"
_BLOCKS_OF_CIDR = 256


class Evaluation:
    """Evaluates the values of one stack. Nothing raises: what cannot be told is `Unknown`."""

    __slots__ = ("stack", "world")

    def __init__(self, stack: Stack, world: World) -> None:
        self.stack = stack
        self.world = world

    def value(self, raw: Any) -> Value:
        """What something written in the template comes to."""
        if isinstance(raw, str):
            if _RESOLVED_LATER in raw:
                return Unknown("it is read from Parameter Store or Secrets Manager")
            return raw
        world = self.world
        if not world.deeper():
            return Unknown("its value is nested too deep, or refers to itself")
        try:
            if isinstance(raw, Mapping):
                return self._mapping(raw)
            if isinstance(raw, list | tuple):
                found = (self.value(one) for one in raw)
                return [one for one in found if one is not ABSENT]
        finally:
            world.level -= 1
        return Unknown("it is no value of a template")

    def _mapping(self, raw: Mapping[str, Any]) -> Value:
        if len(raw) == 1:
            name, argument = next(iter(raw.items()))
            function = _FUNCTIONS.get(name)
            if function is Evaluation.condition:
                return self.condition(raw)
            if function is not None:
                return function(self, argument)
            if name == UNREADABLE:
                return Unknown(str(argument))
            if name.startswith("Fn::"):
                return Unknown(f"{name[:40]} is not evaluated")
        pairs = ((str(key), self.value(one)) for key, one in raw.items())
        return {key: one for key, one in pairs if one is not ABSENT}

    def ref(self, argument: Any) -> Value:
        """``Ref``."""
        if not isinstance(argument, str):
            return Unknown("a Ref names nothing")
        return references.named(self, argument)

    def attribute(self, argument: Any) -> Value:
        """``Fn::GetAtt``, as text with a dot or as a list."""
        parts = argument.split(".", 1) if isinstance(argument, str) else argument
        if not isinstance(parts, list) or len(parts) < 2:
            return Unknown("a GetAtt names no attribute")
        found = [self.value(one) for one in parts]
        if not all(isinstance(one, str) for one in found):
            return Unknown("a GetAtt whose attribute nobody knows")
        return references.attribute(self, found[0], ".".join(found[1:]))

    def sub(self, argument: Any) -> Value:
        """``Fn::Sub``, alone or with names of its own."""
        own: Any = {}
        if isinstance(argument, list) and len(argument) == 2:
            argument, own = argument
        if not isinstance(argument, str) or not isinstance(own, Mapping):
            return self.value(argument) if isinstance(argument, Mapping) else _odd("Fn::Sub")
        pieces = _PLACE.split(argument)
        found = [self._placed(one.strip(), own) for one in pieces[1::2]]
        texts = pieces[0::2]
        whole = joined(
            [texts[0], *(part for pair in zip(found, texts[1:], strict=True) for part in pair)]
        )
        return self.value(whole) if isinstance(whole, str) else whole

    def _placed(self, name: str, own: Mapping[str, Any]) -> Value:
        if name.startswith("!"):
            return f"${{{name[1:]}}}"
        if name in own:
            return self.value(own[name])
        return self.attribute(name) if "." in name else self.ref(name)

    def join(self, argument: Any) -> Value:
        """``Fn::Join``."""
        found = self.several(argument, 2)
        if found is None or not isinstance(found[0], str):
            return _odd("Fn::Join")
        separator, parts = found
        if not isinstance(parts, list):
            return parts if isinstance(parts, Unknown) else _odd("Fn::Join")
        between = [part for one in parts for part in (separator, one)]
        return joined(between[1:])

    def select(self, argument: Any) -> Value:
        """``Fn::Select``: from 0."""
        found = self.several(argument, 2)
        if found is None:
            return _odd("Fn::Select")
        number, parts = found
        if isinstance(number, Unknown):
            return number
        if not isinstance(parts, list):
            return why_no_text(parts) if not isinstance(parts, str) else _odd("Fn::Select")
        if not isinstance(number, str) or not number.isascii() or not number.isdigit():
            return _odd("Fn::Select")
        at = int(number[:9])
        return parts[at] if at < len(parts) else Unknown(f"a Fn::Select of {at} of {len(parts)}")

    def split(self, argument: Any) -> Value:
        """``Fn::Split``."""
        found = self.several(argument, 2)
        if found is None or not isinstance(found[0], str) or not found[0]:
            return _odd("Fn::Split")
        separator, text = found
        return split(text, separator) if isinstance(text, str | Mixed) else why_no_text(text)

    def base64(self, argument: Any) -> Value:
        """``Fn::Base64``."""
        found = self.value(argument)
        if not isinstance(found, str):
            return found if isinstance(found, Unknown) else Unknown("it is told when AWS makes it")
        return base64.b64encode(found.encode("utf-8", "replace")).decode("ascii")

    def cidr(self, argument: Any) -> Value:
        """``Fn::Cidr``: so many blocks with so many bits for hosts."""
        found = self.several(argument, 2, 3)
        if found is None:
            return _odd("Fn::Cidr")
        doubt = next((one for one in found if not isinstance(one, str)), None)
        if doubt is not None:
            return why_no_text(doubt)
        try:
            space = read_block(found[0])[0]
            count = int(found[1])
            bits = int(found[2]) if len(found) > 2 else (8 if space.version == 4 else 64)
        except ValueError:
            return _odd("Fn::Cidr")
        prefix = (32 if space.version == 4 else 128) - bits
        if not (0 < count <= _BLOCKS_OF_CIDR and bits > 0 and prefix >= space.prefix):
            return Unknown("a Fn::Cidr that AWS refuses")
        size = 1 << bits
        if count * size > space.size:
            return Unknown(f"a Fn::Cidr of more blocks than {space} has")
        return [str(Block(space.version, space.first + at * size, prefix)) for at in range(count)]

    def in_map(self, argument: Any) -> Value:
        """``Fn::FindInMap``, with or without a default."""
        if not isinstance(argument, list) or not 3 <= len(argument) <= 4:
            return _odd("Fn::FindInMap")
        keys = [self.value(one) for one in argument[:3]]
        doubt = next((one for one in keys if not isinstance(one, str)), None)
        if doubt is not None:
            return why_no_text(doubt)
        at: Any = self.stack.part("Mappings")
        for key in keys:
            at = at.get(key) if isinstance(at, Mapping) else None
        if at is not None:
            return self.value(at)
        if len(argument) == 4 and isinstance(argument[3], Mapping):
            return self.value(argument[3].get("DefaultValue", ""))
        return Unknown(f"the mapping {keys[0]} has no {keys[1]}, {keys[2]}")

    def zones(self, argument: Any) -> Value:
        """``Fn::GetAZs``: the first three letters."""
        region = self.value(argument)
        if not isinstance(region, str):
            return why_no_text(region)
        return [f"{region or self.world.region}{letter}" for letter in "abc"]

    def either(self, argument: Any) -> Value:
        """``Fn::If``."""
        if not isinstance(argument, list) or len(argument) != 3:
            return _odd("Fn::If")
        name = argument[0]
        held = decided(self, {"Condition": name}) if isinstance(name, str) else _odd("Fn::If")
        if not isinstance(held, Unknown):
            return self.value(argument[1 if held else 2])
        both = [self.value(one) for one in argument[1:]]
        return both[0] if both[0] == both[1] else held

    def imported(self, argument: Any) -> Value:
        """``Fn::ImportValue``."""
        name = self.value(argument)
        if not isinstance(name, str):
            written = argument.get("Fn::Sub") if isinstance(argument, Mapping) else None
            shown = f" {written}" if isinstance(written, str) else ""
            return Unknown(f"export{shown}: {why_no_text(name).why}, and no SOURCE exports it")
        return self.world.exported(name)

    def length(self, argument: Any) -> Value:
        """``Fn::Length``."""
        found = self.value(argument)
        if isinstance(found, list):
            return str(len(found))
        return found if isinstance(found, Unknown) else _odd("Fn::Length")

    def as_json(self, argument: Any) -> Value:
        """``Fn::ToJsonString``."""
        found = self.value(argument)
        try:
            return json.dumps(found, separators=(",", ":"))
        except TypeError:
            return Unknown("it is told when AWS makes it")

    def condition(self, argument: Any) -> Value:
        """A condition where a value stands."""
        held = decided(self, argument)
        return held if isinstance(held, Unknown) else str(held).lower()

    def several(self, argument: Any, least: int, most: int = 0) -> list[Value] | None:
        """What the arguments of a function come to; None where there are too few or too many."""
        found = self.value(argument)
        if not isinstance(found, list) or not least <= len(found) <= (most or least):
            return None
        return found


def why_no_text(value: Value) -> Unknown:
    """Why a value cannot be read as text."""
    if isinstance(value, Unknown):
        return value
    if isinstance(value, Mixed):
        return value.doubt
    if isinstance(value, Reference):
        return Unknown(f"AWS tells it only when it makes {value.logical}")
    return Unknown("a list or a mapping stands where a text is due")


def _odd(function: str) -> Unknown:
    return Unknown(f"{function} is written as AWS does not understand it")


_FUNCTIONS: dict[str, Callable[[Evaluation, Any], Value]] = {
    "Ref": Evaluation.ref,
    "Fn::GetAtt": Evaluation.attribute,
    "Fn::Sub": Evaluation.sub,
    "Fn::Join": Evaluation.join,
    "Fn::Select": Evaluation.select,
    "Fn::Split": Evaluation.split,
    "Fn::Base64": Evaluation.base64,
    "Fn::Cidr": Evaluation.cidr,
    "Fn::FindInMap": Evaluation.in_map,
    "Fn::GetAZs": Evaluation.zones,
    "Fn::If": Evaluation.either,
    "Fn::ImportValue": Evaluation.imported,
    "Fn::Length": Evaluation.length,
    "Fn::ToJsonString": Evaluation.as_json,
    **{f"Fn::{word}": Evaluation.condition for word in ("Equals", "And", "Or", "Not")},
}
