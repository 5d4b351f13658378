"""Plans for tests of commands, drawn with the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from lambdaplanner.commands import things
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan

T = TypeVar("T")


class Desk:
    """A plan and what is done to it; each command is an edit of its own."""

    def __init__(self) -> None:
        self.plan = Plan()

    def do(self, command: Callable[[Edit], T]) -> T:
        """Runs one command; on an error nothing stays of it."""
        edit = Edit(self.plan)
        try:
            return command(edit)
        except BaseException:
            edit.roll_back()
            raise

    def add(self, kind: str, container: str | None = None, variant: str = "", **given: Any) -> str:
        """Adds a thing, placed at the corner of its container."""
        return self.do(
            lambda edit: things.add(
                edit, kind, container, Placement(0, 0), variant=variant, **given
            )
        )

    def __getitem__(self, name: str) -> Any:
        return self.plan.resource(name)


def brief() -> Desk:
    """The brief's network: a VPC, a public and a private subnet, gateways, tables, a function and a
    database.
    """
    from lambdaplanner.commands.links import connect

    desk = Desk()
    desk.add("vpc")
    desk.add("subnet", "vpc-1")
    desk.add("subnet", "vpc-1", az="us-east-1a")
    desk.add("internet-gateway", "vpc-1")
    desk.add("nat-gateway", "subnet-1")
    desk.add("security-group", "vpc-1")
    desk.add("function", "lambda-service-vpc")
    desk.add("workload", "subnet-2", "rds")
    for source, target in (
        ("subnet-1", "igw-1"),
        ("subnet-2", "nat-1"),
        ("function-1", "subnet-2"),
        ("function-1", "sg-1"),
    ):
        desk.do(partial(connect, source=source, target=target))
    return desk
