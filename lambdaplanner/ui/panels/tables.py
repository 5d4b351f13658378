"""How the rows of each record class are laid out: the cells, what a new row starts with, what is
said of each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lambdaplanner.kinds.aws_services import LIST_WEIGHTS
from lambdaplanner.kinds.network_acl import AclEntry
from lambdaplanner.kinds.route_table import Route, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.fields import Choice, Ref
from lambdaplanner.model.network_fields import CidrOr
from lambdaplanner.model.records import FieldInfo, fields_of
from lambdaplanner.model.structures import Keyed, Many, Rows
from lambdaplanner.ui.panels.choice_editors import ChoiceField
from lambdaplanner.ui.panels.field_editors import LineField
from lambdaplanner.ui.panels.reference_editors import Option, RefField
from lambdaplanner.ui.panels.route_words import route_state
from lambdaplanner.ui.panels.row_editors import RowsEditor
from lambdaplanner.ui.panels.row_frame import same
from lambdaplanner.ui.panels.row_line import Column, Row
from lambdaplanner.ui.panels.surroundings import (
    ANYWHERE,
    AWS_LISTS,
    Surroundings,
    read_block,
    read_block_or_list,
)
from lambdaplanner.ui.panels.words import Word

_ABSENT = {
    "outbound": ("Everything may leave (AWS's default)", "Only what is listed"),
    "route_tables": ("One default table serves all", "Tables of its own"),
}
_NOUNS = {
    "SecurityGroupRule": "rule",
    "AclEntry": "rule",
    "Route": "route",
    "TransitRoute": "route",
    "TransitAttachment": "attachment",
    "TransitRouteTable": "table",
}


def field_named(model: type[Any], name: str) -> FieldInfo:
    """One field of a record class."""
    return next(info for info in fields_of(model) if info.name == name)


def table_editor(info: FieldInfo, around: Surroundings) -> RowsEditor:
    """The editor of a list of records."""
    spec = info.spec
    assert isinstance(spec, Rows | Keyed)
    model = spec.model
    noun = _NOUNS.get(model.__name__, "row")
    columns = _columns(info, model, around)
    nested = any(isinstance(one.spec, Many | Keyed | Rows) for one in fields_of(model))
    return RowsEditor(
        info,
        columns,
        around.theme,
        noun=noun,
        start=lambda rows: _start(model, rows),
        remark=_remark(model, around),
        as_cards=nested,
        absent=_ABSENT.get(info.name) if info.default is None else None,
        empty=info.nothing,
        fixed=(lambda: _local_routes(around)) if model is Route else None,
    )


def _columns(info: FieldInfo, model: type[Any], around: Surroundings) -> tuple[Column, ...]:
    if model is SecurityGroupRule:
        return _rule_columns(info, around)
    if model is AclEntry:
        return _entry_columns()
    if model is Route:
        return _route_columns(info, around)
    return tuple(_plain_column(one, info, around) for one in fields_of(model) if not one.remark)


def _plain_column(one: FieldInfo, info: FieldInfo, around: Surroundings) -> Column:
    return Column(
        title=one.title,
        make=lambda row: around.make(one, info.name, row),
        get=lambda record: getattr(record, one.name),
        put=same(one.name) if one.name != "vpc" else lambda vpc: {"vpc": vpc, "subnets": ()},
    )


def _cell(model: type[Any], name: str, *, width: int = 0, line: int = 0) -> Column:
    one = field_named(model, name)

    def make(_row: Row) -> Any:
        if isinstance(one.spec, Choice):
            return ChoiceField(one)
        made = LineField(one)
        made.setPlaceholderText("All" if name == "ports" else one.title)
        return made

    return Column(
        title=one.title,
        make=make,
        get=lambda record: getattr(record, name),
        put=same(name),
        width=width,
        line=line,
    )


def _rule_columns(info: FieldInfo, around: Surroundings) -> tuple[Column, ...]:
    inbound = info.name == "inbound"
    title = "Source" if inbound else "Destination"

    def options() -> list[Option]:
        groups = around.options(info.name, ("security-group",))()
        lists = around.options(info.name, ("prefix-list",))()
        return [*ANYWHERE, *groups, *lists, *AWS_LISTS]

    def make(_row: Row) -> RefField:
        peer = replace(
            field_named(SecurityGroupRule, "cidr"),
            title=title,
            default=None,
            help="A CIDR block, a security group or a prefix list",
        )
        made = RefField(peer, options, around.theme, free_text=read_block)
        made.line().setPlaceholderText("CIDR, group or prefix list")
        return made

    def put(value: Any) -> dict[str, Any]:
        fields: dict[str, Any] = {"cidr": None, "security_group": None, "prefix_list": None}
        found = around.bridge.session.plan.find(value)
        if value in LIST_WEIGHTS:
            fields["prefix_list"] = value
        elif found is None:
            fields["cidr"] = value
        else:
            fields["security_group" if found.kind == "security-group" else "prefix_list"] = value
        return fields

    peer = Column(
        title=title,
        make=make,
        get=lambda rule: rule.cidr or rule.security_group or rule.prefix_list,
        put=put,
        due=True,
    )
    return (
        _cell(SecurityGroupRule, "protocol", width=68),
        _cell(SecurityGroupRule, "ports", width=74),
        peer,
        _cell(SecurityGroupRule, "description", line=1),
    )


def _entry_columns() -> tuple[Column, ...]:
    return (
        _cell(AclEntry, "number", width=54),
        _cell(AclEntry, "action", width=78),
        _cell(AclEntry, "protocol", width=68),
        _cell(AclEntry, "ports"),
        replace(_cell(AclEntry, "cidr", line=1), make=_entry_cidr),
    )


def _entry_cidr(_row: Row) -> LineField:
    made = LineField(field_named(AclEntry, "cidr"))
    made.setPlaceholderText("Anywhere: 0.0.0.0/0 and ::/0")
    return made


def _route_columns(info: FieldInfo, around: Surroundings) -> tuple[Column, ...]:
    destination = field_named(Route, "destination")
    target = field_named(Route, "target")
    lists = destination.spec
    reach = target.spec
    assert isinstance(lists, CidrOr)
    assert isinstance(reach, Ref)

    def make_destination(_row: Row) -> RefField:
        made = RefField(
            destination,
            around.destinations(lists.kinds),
            around.theme,
            free_text=read_block_or_list(lists.kinds),
        )
        made.line().setPlaceholderText("Destination")
        return made

    def make_target(_row: Row) -> RefField:
        made = RefField(target, around.options(info.name, reach.kinds, reach.words), around.theme)
        made.line().setPlaceholderText("Target")
        return made

    return (
        Column(
            title=destination.title,
            make=make_destination,
            put=same("destination"),
            get=lambda route: route.destination,
        ),
        Column(
            title=target.title, make=make_target, put=same("target"), get=lambda route: route.target
        ),
    )


def _remark(model: type[Any], around: Surroundings) -> Any:
    if model is not Route:
        return None

    def say(route: Route) -> Word | None:
        table = around.owner()
        if not isinstance(table, RouteTable):
            return None
        return route_state(around.bridge.session.plan, table, route)

    return say


def _local_routes(around: Surroundings) -> tuple[tuple[str, ...], ...]:
    """What AWS puts into every table of a VPC: one local route for each of its blocks."""
    table = around.owner()
    vpc = around.bridge.session.plan.find(getattr(table, "vpc", None))
    if not isinstance(vpc, Vpc):
        return ()
    blocks = [*vpc.cidrs, *([vpc.ipv6_cidr] if vpc.ipv6_cidr else [])]
    return tuple((block, "local") for block in blocks)


def _start(model: type[Any], rows: tuple[Any, ...]) -> dict[str, Any]:
    """What a new row begins with; whoever adds one says the rest."""
    if model is SecurityGroupRule:
        return {"protocol": "tcp", "description": ""}
    if model is AclEntry:
        return {"number": next_number(rows), "action": "allow", "protocol": "tcp"}
    if model is Route and not any(row.destination == "0.0.0.0/0" for row in rows):
        return {"destination": "0.0.0.0/0"}
    if model.__name__ == "TransitRouteTable":
        return {"propagate": (), "routes": ()}
    return {"subnets": ()} if model.__name__ == "TransitAttachment" else {}


def next_number(rows: tuple[AclEntry, ...]) -> int:
    """The next free number of an ACL: ten above the highest, as people number them; else the first
    gap."""
    taken = {row.number for row in rows}
    wanted = max(taken, default=90) // 10 * 10 + 10
    if wanted <= 32766:
        return wanted
    return next(number for number in range(1, 32767) if number not in taken)
