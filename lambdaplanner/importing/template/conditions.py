"""Whether conditions of a template hold: yes, no, or nobody knows.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdaplanner.importing.template.stack import Evaluating
from lambdaplanner.importing.template.values import Mixed, Reference, Unknown, Value

_NONSENSE = Unknown("a condition is written as AWS does not understand it")


def decided(evaluation: Evaluating, raw: Any) -> bool | Unknown:
    """Whether a condition holds, or why nobody knows."""
    if not isinstance(raw, Mapping) or len(raw) != 1:
        return _NONSENSE
    name, argument = next(iter(raw.items()))
    world = evaluation.world
    if not world.deeper():
        return Unknown("a condition is nested too deep, or refers to itself")
    try:
        if name == "Condition" and isinstance(argument, str):
            return world.holds(evaluation.stack, argument)
        if name == "Fn::Equals":
            return _equal(evaluation.value(argument))
        if name == "Fn::Not" and isinstance(argument, list) and len(argument) == 1:
            held = decided(evaluation, argument[0])
            return held if isinstance(held, Unknown) else not held
        if name in ("Fn::And", "Fn::Or") and isinstance(argument, list) and argument:
            return _together(evaluation, argument, decisive=name == "Fn::Or")
    finally:
        world.level -= 1
    return _NONSENSE


def _equal(both: Value) -> bool | Unknown:
    if not isinstance(both, list) or len(both) != 2:
        return _NONSENSE
    if any(isinstance(one, Mixed) for one in both):
        return next(one.doubt for one in both if isinstance(one, Mixed))
    unknown = next((one for one in both if isinstance(one, Unknown)), None)
    if unknown is not None:
        return unknown
    mention = next((one for one in both if isinstance(one, Reference)), None)
    if mention is not None and both[0] != both[1]:
        other = both[1] if both[0] is mention else both[0]
        if other != "":
            return Unknown(f"it compares the id of {mention.logical} with something")
    return bool(both[0] == both[1])


def _together(evaluation: Evaluating, conditions: list[Any], *, decisive: bool) -> bool | Unknown:
    """Of several: one that is `decisive` decides; else all must be known."""
    unknown: Unknown | None = None
    for one in conditions:
        held = decided(evaluation, one)
        if isinstance(held, Unknown):
            unknown = unknown or held
        elif held is decisive:
            return decisive
    return unknown or (not decisive)
