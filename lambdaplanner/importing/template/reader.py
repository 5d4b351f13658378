"""Templates of CloudFormation and SAM, and what CDK synthesizes, as the common value of all
sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.found import Found, NotRead
from lambdaplanner.importing.loading import Document
from lambdaplanner.importing.template import sam
from lambdaplanner.importing.template.assemblies import in_assemblies, is_manifest
from lambdaplanner.importing.template.reading import Reading
from lambdaplanner.importing.template.rows import make_things
from lambdaplanner.importing.template.stack import STACKS, Stack
from lambdaplanner.importing.template.stacks import Stacks
from lambdaplanner.importing.template.templates import is_template, stacks_of, templates_of
from lambdaplanner.importing.template.values import Unknown

KIND = "cloudformation"
DEFAULT_REGION = "us-east-1"
_KNOWN_TRANSFORMS = (sam.TRANSFORM, "AWS::LanguageExtensions")


def claims(document: Document) -> bool:
    """Whether a JSON document is one of this source; texts that are not JSON all are looked at."""
    if document.text is not None:
        return True
    return is_template(document.value) or is_manifest(document.value)


def read(documents: Sequence[Document], choices: Choices) -> Found:
    """All that the templates among documents tell; without any, no things and why."""
    found = Found(kind=KIND, region=next(iter(choices.regions), DEFAULT_REGION))
    templates, found.not_read = templates_of(documents)
    templates, names = in_assemblies(documents, templates)
    found.files = len(templates)
    read = {template.file for template in templates} | {one.file for one in found.not_read}
    found.not_read += [
        NotRead(one.file, "it is no template: it has no resources of AWS's types")
        for one in documents
        if one.text is not None and one.file not in read
    ]
    if not templates:
        return found
    if not choices.regions:
        found.assume("", "region", DEFAULT_REGION, "a template names no region; --region does")
    stacks = stacks_of(templates, {**names, **choices.stack_names})
    world = Stacks(stacks, found.region)
    for stack in stacks:
        stack.given = choices.parameters if stack.parent is None else _passed(world, stack)
        _note(world, stack, found)
    reading = Reading(world, found)
    make_things(reading)
    for place, (engine, port) in world.derived_ports.items():
        found.derive(reading.origin(*place), "port", f"the default of {engine[:30]}", port)
    if any(thing.section == "subnets" and "az" in thing.fields for thing in found.things):
        zones = f"{found.region}a, b, c"
        found.assume("", "az", zones, "a template does not tell the zones of the account")
    return found


def _passed(world: Stacks, stack: Stack) -> Mapping[str, Any]:
    """What the parent gives the parameters of a nested stack."""
    assert stack.parent is not None
    logical = next(name for name, one in stack.parent.children.items() if one is stack)
    value = world.evaluated(stack.parent, logical, "Parameters")
    if isinstance(value, Unknown):
        return dict.fromkeys(stack.part("Parameters"), value)
    return value if isinstance(value, Mapping) else {}


def _note(world: Stacks, stack: Stack, found: Found) -> None:
    """Lines for what is not made, and for what nobody here can expand."""
    prefix = f"{stack.name}/" if len(world.stacks) > 1 else ""
    for logical in stack.part("Resources"):
        name = f"{prefix}{logical[:100]}"
        kind = stack.type_of(logical)
        if logical.startswith("Fn::"):
            function = "::".join(logical.split("::")[:2])
            found.leave_out(function[:40], name, "it is expanded by AWS only", "unknown")
        elif not kind:
            found.leave_out("resource", name, "it cannot be read: it has no type", "unknown")
        elif world.made(stack, logical) is False:
            found.leave_out(kind, name, "its condition does not hold")
        elif kind in STACKS and not isinstance(stack.children.get(logical), Stack):
            child = stack.children.get(logical)
            why = child.why if isinstance(child, Unknown) else "its template is in no file"
            found.leave_out(kind, name, why, "unknown")
    for macro in _macros(stack.template.get("Transform")):
        found.leave_out("macro", macro[:60], "it is expanded by AWS only", "unknown")


def _macros(written: Any) -> Iterable[str]:
    listed = written if isinstance(written, list) else [written]
    names = (one.get("Name") if isinstance(one, Mapping) else one for one in listed)
    return [
        name for name in names if isinstance(name, str) and name and name not in _KNOWN_TRANSFORMS
    ]
