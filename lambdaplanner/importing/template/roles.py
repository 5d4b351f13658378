"""What the role of a function lets Lambda do, as far as a template tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lambdaplanner.importing.template.reading import Resource
from lambdaplanner.importing.template.sam import FUNCTION
from lambdaplanner.importing.template.values import ABSENT, Reference
from lambdaplanner.kinds.role_policies import ACTIONS, VPC_ACCESS_POLICY, managed_name

_ROLE = "AWS::IAM::Role"
_APART = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")
_DENIED = "its policies deny something of what Lambda needs"


def role_policies(function: Resource) -> tuple[list[str], str]:
    """The names of managed policies and the single actions, and why that is not all."""
    value = function.get("Role")
    if value is ABSENT and function.kind == FUNCTION:
        found, why = _listed(function, "Policies")
        own = [VPC_ACCESS_POLICY] if function.get("VpcConfig") is not ABSENT else []
        return list(dict.fromkeys([*own, *found])), why
    role = function.reading.resource(value)
    if role is None or role.kind != _ROLE:
        return [], function.why("Role") or "the role is in no file"
    found, why = _listed(role, "ManagedPolicyArns")
    for statements, doubt in _documents(role):
        found += _actions(statements)
        why = why or doubt or (_DENIED if _denies(statements) else "")
    return list(dict.fromkeys(found)), why


def _listed(resource: Resource, name: str) -> tuple[list[str], str]:
    values, why = resource.values(name)
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(managed_name(value))
        elif isinstance(value, dict):
            part = Resource(resource.reading, resource.stack, resource.logical, "", value)
            found += _actions(part.parts("Statement")[0])
        elif isinstance(value, Reference):
            policy = resource.reading.resource(value)
            if policy is None or policy.kind not in _APART:
                why = why or "a policy is in no file"
            else:
                found += _actions(policy.part("PolicyDocument").parts("Statement")[0])
        else:
            why = why or "a policy has no name that can be read"
    return found, why


def _documents(role: Resource) -> Iterator[tuple[list[Resource], str]]:
    """The statements of the policies in a role, and of those that are attached to it."""
    policies, why = role.parts("Policies")
    yield [], why
    for policy in policies:
        yield policy.part("PolicyDocument").parts("Statement")
    for policy in _attached(role):
        statements, why = policy.part("PolicyDocument").parts("Statement")
        yield statements, why or policy.doubt


def _attached(role: Resource) -> Iterator[Resource]:
    called = role.text("RoleName")
    for name in ("Roles", "RoleName"):
        yield from role.reading.naming(role.itself, name, *_APART)
        if called:
            yield from role.reading.naming(called, name, *_APART)


def _actions(statements: list[Resource]) -> list[str]:
    """Those allowed actions that cover something of what Lambda needs; no others are copied."""
    return [
        action
        for statement in statements
        if statement.text("Effect").lower() == "allow" and not statement.why("Resource")
        for action in _needed(statement)
    ]


def _denies(statements: list[Resource]) -> bool:
    return any(
        statement.text("Effect").lower() == "deny"
        and (_needed(statement) or statement.get("NotAction") is not ABSENT)
        for statement in statements
    )


def _needed(statement: Resource) -> list[str]:
    values, _ = statement.values("Action")
    return [one for one in values if isinstance(one, str) and _covers(one)]


def _covers(action: str) -> bool:
    if len(action) > 100:
        return False
    parts = [re.escape(part) for part in re.split(r"\*+", action)]
    pattern = re.compile(".*".join(parts).replace(r"\?", "."), re.IGNORECASE)
    return any(pattern.fullmatch(needed) for needed in ACTIONS)
