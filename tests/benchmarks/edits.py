"""The edits that are measured, each there and back again, so that the plan stays what it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count

from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan

Command = Callable[[Edit], object]


def concurrency(plan: Plan) -> Iterator[Command]:
    """Another target of a function, as the slider sets it."""
    name = plan.ordered("function")[0].id
    for n in count():
        yield partial(Edit.update, resource_id=name, concurrency=100 + n % 50)


def route(plan: Plan) -> Iterator[Command]:
    """A route more or less in a private route table."""
    table: RouteTable = plan.ordered("route-table")[1]
    extra = Route(destination="203.0.113.0/24", target="blackhole")
    both = ((*table.routes, extra), table.routes)
    for n in count():
        yield partial(Edit.update, resource_id=table.id, routes=both[n % 2])


def group_rule(plan: Plan) -> Iterator[Command]:
    """A rule more or less in a security group."""
    group = plan.ordered("security-group")[0]
    both = (group.inbound[:1], group.inbound)
    for n in count():
        yield partial(Edit.update, resource_id=group.id, inbound=both[n % 2])


def move(plan: Plan) -> Iterator[Command]:
    """A subnet to another place."""
    name = plan.ordered("subnet")[3].id
    for n in count():
        yield partial(Edit.place, resource_id=name, placement=Placement(40 + 8 * (n % 40), 100))


EDITS: dict[str, Callable[[Plan], Iterator[Command]]] = {
    "concurrency of a function": concurrency,
    "a route": route,
    "a security group's rule": group_rule,
    "place of a subnet": move,
}
