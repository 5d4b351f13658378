"""VPCs that a template uses and does not make: a parameter, an export of others, an id."""

from __future__ import annotations

from lambdaplanner.importing.found import Thing, To
from lambdaplanner.importing.template.reading import Reading, Resource
from lambdaplanner.importing.template.values import Unknown
from lambdaplanner.model.cidr import Block, block

_ELSEWHERE = "the VPC is made elsewhere"


def only_named_vpc(resource: Resource, name: str) -> To | Unknown | None:
    """The mention of the VPC in a property; where no template makes it, a thing for it."""
    found = resource.to(name)
    reading = resource.reading
    if isinstance(found, Unknown) and found.name:
        found = To(reading.origin(found.stack, found.name) if found.stack else f"cfn:{found.name}")
    if isinstance(found, To) and found.name not in reading.things:
        if reading.resource(resource.get(name)) is not None:
            return found
        reading.add(
            Thing(
                section="vpcs",
                source_kind="AWS::EC2::VPC",
                origin=(found.name,),
                names=(found.name.removeprefix("cfn:").rpartition("/")[2],),
                unknown=dict.fromkeys(("cidr", "route_tables", "network_acl"), _ELSEWHERE),
            )
        )
    return found


def give_blocks(reading: Reading) -> None:
    """A VPC whose block nobody tells gets the smallest around its subnets, and a row that says so.
    Without subnets there is nothing to show of it; one that is only named goes without a word.
    """
    for thing in list(reading.found.things):
        if thing.section != "vpcs" or "cidr" in thing.fields:
            continue
        subnets = [
            block(str(one.fields["cidr"]))
            for one in reading.found.things
            if one.section == "subnets" and one.fields.get("vpc") == To(thing.origin[0])
        ]
        if subnets:
            thing.fields["cidr"] = str(_around(subnets))
            reading.found.derive(thing.origin[0], "cidr", "smallest block around its subnets")
        elif thing.unknown["cidr"] == _ELSEWHERE:
            reading.found.things.remove(thing)


def _around(blocks: list[Block]) -> Block:
    first = min(one.first for one in blocks)
    last = max(one.last for one in blocks)
    prefix = 32 - (first ^ last).bit_length()
    size = 32 - prefix
    return Block(4, first >> size << size, prefix)
