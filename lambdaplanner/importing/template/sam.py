"""What SAM adds to CloudFormation: Globals, and the role that it makes.

https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lambdaplanner.importing.template.stack import Stack

FUNCTION = "AWS::Serverless::Function"
TRANSFORM = "AWS::Serverless-2016-10-31"


def properties(stack: Stack, logical: str) -> Mapping[str, Any]:
    """The properties of a resource as they are written, with SAM's Globals where it has some."""
    found = (stack.resource(logical) or {}).get("Properties")
    own = found if isinstance(found, Mapping) else {}
    if stack.type_of(logical) != FUNCTION:
        return own
    shared = stack.part("Globals").get("Function")
    return _over(shared, own) if isinstance(shared, Mapping) else own


def _over(shared: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Mappings are merged, lists added, all else replaced."""
    found = {**shared, **own}
    for key in shared.keys() & own.keys():
        first, second = shared[key], own[key]
        if isinstance(first, list) and isinstance(second, list):
            found[key] = [*first, *second]
        elif _plain(first) and _plain(second):
            found[key] = _over(first, second)
    return found


def _plain(value: Any) -> bool:
    """Whether something is a mapping, not a function of CloudFormation."""
    return isinstance(value, Mapping) and not any(
        str(key) == "Ref" or str(key).startswith("Fn::") for key in value
    )
