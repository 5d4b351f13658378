"""Editing field values: one field, one row of a list of rows, one route."""

from __future__ import annotations

from typing import Any

from lambdaplanner.commands.places import subnets_of
from lambdaplanner.errors import EditError
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.specs import Raw


def set_raw(edit: Edit, resource_id: str, field: str, raw: Raw) -> None:
    """Gives a field what was typed. Raises EditError with the reason where that has no meaning."""
    edit.set_raw(resource_id, field, raw)


def add_row(edit: Edit, resource_id: str, field: str, row: Any, at: int | None = None) -> None:
    """Adds a row to a list of rows, at the end where no place is named."""
    rows = list(_rows(edit, resource_id, field))
    rows.insert(len(rows) if at is None else at, row)
    edit.update(resource_id, **{field: tuple(rows)})


def remove_row(edit: Edit, resource_id: str, field: str, at: int) -> None:
    """Takes a row out. Raises EditError where there is none."""
    rows = list(_rows(edit, resource_id, field))
    _check_index(rows, at, resource_id)
    del rows[at]
    edit.update(resource_id, **{field: tuple(rows)})


def _rows(edit: Edit, resource_id: str, field: str) -> tuple[Any, ...]:
    rows = getattr(edit.plan.resource(resource_id), field)
    return () if rows is None else tuple(rows)


def _check_index(rows: list[Any], at: int, where: str) -> None:
    if not 0 <= at < len(rows):
        raise EditError(f"there is no row {at + 1}", where=where)


def set_route(edit: Edit, table_id: str, destination: str, target: str) -> None:
    """Sends a destination to a target; takes the place of the route that was there."""
    table = _table(edit, table_id)
    new = Route(destination=destination, target=target)
    routes = [new if old.destination == destination else old for old in table.routes]
    if new not in routes:
        routes.append(new)
    edit.update(table_id, routes=tuple(routes))


def remove_route(edit: Edit, table_id: str, destination: str) -> None:
    """Takes the route to a destination out. Raises EditError where there is none."""
    table = _table(edit, table_id)
    routes = tuple(route for route in table.routes if route.destination != destination)
    if len(routes) == len(table.routes):
        raise EditError(f"there is no route to {destination}", where=table_id)
    edit.update(table_id, routes=routes)


def _table(edit: Edit, table_id: str) -> RouteTable:
    table = edit.plan.find(table_id)
    if not isinstance(table, RouteTable):
        raise EditError(f'there is no route table "{table_id}"')
    return table


def make_main(edit: Edit, table_id: str) -> None:
    """Makes a table the main one of its VPC; a VPC has one, so the former is it no longer."""
    table = _table(edit, table_id)
    for other in edit.plan.users(table.vpc, "vpc", RouteTable.kind):
        if other.main and other.id != table_id:
            edit.update(other.id, main=False)
    edit.update(table_id, main=True)


def make_default(edit: Edit, thing_id: str) -> None:
    """Makes a security group or an ACL the default one of its VPC; a VPC has one, so the former is
    it no longer.
    """
    thing = edit.plan.find(thing_id)
    if not isinstance(thing, SecurityGroup | NetworkAcl):
        raise EditError(f'there is no security group or network ACL "{thing_id}"')
    for other in edit.plan.users(thing.vpc, "vpc", thing.kind):
        if other.default and other.id != thing_id:
            edit.update(other.id, default=False)
    edit.update(thing_id, default=True)


def set_nat_mode(edit: Edit, nat_id: str, mode: str) -> None:
    """Makes a NAT gateway regional (it leaves its subnet for the VPC) or zonal (it goes into the
    VPC's first subnet).
    """
    nat = edit.plan.find(nat_id)
    if not isinstance(nat, NatGateway):
        raise EditError(f'there is no NAT gateway "{nat_id}"')
    vpc = vpc_of(edit.plan, nat)
    if mode == nat.mode or vpc is None:
        return
    if mode == "regional":
        edit.update(nat_id, mode=mode, vpc=vpc, subnet=None)
    else:
        subnets = subnets_of(edit.plan, vpc)
        if not subnets:
            raise EditError(
                "a zonal NAT gateway needs a subnet, and its VPC has none", where=nat_id
            )
        edit.update(nat_id, mode=mode, vpc=None, subnet=subnets[0].id)
    edit.place(nat_id, None)
