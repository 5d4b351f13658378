"""Functions, and what versions and aliases say of their concurrency."""

from __future__ import annotations

import re

from lambdaplanner.importing.found import Thing
from lambdaplanner.importing.template.group_rows import groups
from lambdaplanner.importing.template.reading import Resource, Row, state
from lambdaplanner.importing.template.roles import role_policies
from lambdaplanner.importing.template.sam import FUNCTION as SAM_FUNCTION
from lambdaplanner.importing.template.values import ABSENT, Unknown

FUNCTIONS = ("AWS::Lambda::Function", SAM_FUNCTION)
_VERSIONS = ("AWS::Lambda::Version", "AWS::Lambda::Alias")
_CDK_TAIL = re.compile(r"(.+?)[0-9A-F]{8}")
_NUMBERS = {"memory_mb": "MemorySize", "timeout_s": "Timeout"}


def _function(resource: Resource) -> None:
    thing = resource.add("functions", (resource.text("FunctionName"), _without_tail(resource)))
    for key, name in _NUMBERS.items():
        state(thing, key, _number(resource, name))
    concurrency = _concurrency(resource)
    state(thing, "concurrency", concurrency)
    config = resource.get("VpcConfig")
    if config is not ABSENT and not isinstance(config, dict):
        why = resource.why("VpcConfig") or "its VpcConfig cannot be read"
        thing.unknown |= {"subnets": why, "security_groups": why}
    if resource.get("CapacityProviderConfig") is not ABSENT:
        _on_capacity(resource, thing)
    vpc = resource.part("VpcConfig")
    state(thing, "subnets", vpc.tos("SubnetIds"))
    attached = "subnets" in thing.fields or "subnets" in thing.unknown
    if attached:
        state(thing, "security_groups", groups(vpc, "SecurityGroupIds"))
        state(thing, "role_policies", role_policies(resource))
        if vpc.truth("Ipv6AllowedForDualStack"):
            thing.fields["ipv6"] = True


def _on_capacity(resource: Resource, thing: Thing) -> None:
    config = resource.part("CapacityProviderConfig")
    named = config.part("LambdaManagedInstancesCapacityProviderConfig").to("CapacityProviderArn")
    if resource.reading.thing(named) is not None:
        thing.fields["capacity_provider"] = named
    else:
        thing.unknown["subnets"] = "it runs on a capacity provider that is not described"


def _capacity_provider(resource: Resource) -> None:
    vpc = resource.part("VpcConfig")
    resource.add(
        "capacity_providers",
        (resource.text("CapacityProviderName"),),
        subnets=vpc.tos("SubnetIds"),
        security_groups=groups(vpc, "SecurityGroupIds"),
    )


def _number(resource: Resource, name: str) -> int | Unknown | None:
    text = resource.text(name)
    if text.isascii() and text.isdigit() and len(text) < 8:
        return int(text)
    why = resource.why(name)
    return Unknown(why or f"its {name} is no number") if why or text else None


def _concurrency(resource: Resource) -> int | Unknown | None:
    """What is reserved, else the sum of what is provisioned."""
    if resource.get("ReservedConcurrentExecutions") is not ABSENT:
        return _number(resource, "ReservedConcurrentExecutions")
    provisioned = [resource.part("ProvisionedConcurrencyConfig")]
    versions = resource.reading.naming(resource.itself, "FunctionName", *_VERSIONS)
    provisioned += [one.part("ProvisionedConcurrencyConfig") for one in versions]
    found = [_number(one, "ProvisionedConcurrentExecutions") for one in provisioned]
    unknown = next((one for one in found if isinstance(one, Unknown)), None)
    total = sum(one for one in found if isinstance(one, int))
    return unknown or total or None


def _without_tail(resource: Resource) -> str:
    """The logical id without what CDK adds, where that tells it from all other functions."""
    reading = resource.reading
    if not reading.shared_names:
        reading.shared_names.update(_shorter(one) for one in reading.resources(*FUNCTIONS))
    shorter = _shorter(resource)
    return shorter if reading.shared_names[shorter] == 1 else ""


def _shorter(resource: Resource) -> str:
    match = _CDK_TAIL.fullmatch(resource.logical)
    return match[1] if match and "aws:cdk:path" in resource.metadata() else ""


def note_concurrency(resources: list[Resource]) -> None:
    """One line of the report for all functions whose concurrency nobody states."""
    silent = [
        one
        for one in resources
        if one.kind in FUNCTIONS and "concurrency" not in one.reading.things[one.origin].fields
    ]
    if silent:
        noun = "functions is" if len(silent) > 1 else "function is"
        why = f"concurrency of {len(silent)} {noun} not stated"
        silent[0].reading.found.assume("", "concurrency", 1, why)


THEN: dict[str, Row] = {
    "AWS::Lambda::CapacityProvider": _capacity_provider,
    **dict.fromkeys(FUNCTIONS, _function),
}
