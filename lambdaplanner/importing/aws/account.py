"""What the readers of single sources share: the dump, the choices, and what is in scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lambdaplanner.importing.aws.dump import SOURCES, Dump
from lambdaplanner.importing.aws.objects import Object, tag, text
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.found import Effect, Found, Thing


@dataclass(slots=True)
class Account:
    """One import from AWS CLI JSON."""

    dump: Dump
    choices: Choices
    found: Found
    region: str = ""
    regions: tuple[str, ...] = ()
    vpcs: dict[str, str] = field(default_factory=dict)
    """The VPCs in scope, and the region of each."""
    made: dict[str, Thing] = field(default_factory=dict)
    """Every thing so far, by the name that AWS has for it."""
    several_accounts: bool = False

    def objects(self, key: str, vpc: str = "VpcId") -> Iterator[tuple[str, Object]]:
        """The objects of a list that stand in a VPC in scope; those of others are left out for
        good, which one line for the VPC says.
        """
        for name, one in self.dump.of(key).items():
            if text(one, vpc) in self.vpcs:
                yield name, one

    def add(
        self, section: str, key: str, name: str, one: Object, fields: dict[str, Any], **more: Any
    ) -> Thing:
        """Makes a thing of an object of a list; its tag Name comes first, then `names`."""
        origin = more.pop("origin", name)
        names = more.pop("names", (tag(one, "Name"),))
        thing = Thing(
            section=section,
            source_kind=SOURCES[key].noun,
            origin=(origin,),
            keys=(name,) if name != origin else (),
            names=(*names, name),
            given_id=tag(one, "lambdaplanner:id"),
            logical_id=tag(one, "aws:cloudformation:logical-id"),
            fields=fields,
            **more,
        )
        self.found.things.append(thing)
        self.made[name] = thing
        return thing

    def skip(self, key: str, name: str, why: str, effect: Effect = "none") -> None:
        """Leaves an object of a list out."""
        self.found.leave_out(SOURCES[key].noun, name, why, effect)
