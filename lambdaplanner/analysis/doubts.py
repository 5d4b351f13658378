"""What a plan says of itself that it does not know (`unknown`), as questions meet it.

An answer that would lean on such a thing is unknown; one that is decided without it is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from lambdaplanner.kinds import topology
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import Unknown
from lambdaplanner.model.records import fields_of

FOLLOWED = frozenset(
    {
        "routes",
        "route_tables",
        "route_table",
        "subnets",
        "security_groups",
        "rules",
        "inbound",
        "outbound",
        "az",
        "cidr",
        "ipv6_cidr",
        "role_policies",
        "entries",
        "network_acl",
        "attachments",
        "endpoints",
        "forwards",
    }
)
"""Keys of which it is followed what leans on them; of all others whatever meets the thing does."""

RULES = ("rules", "inbound", "outbound")
"""Keys that speak of the rules of a group or an ACL."""


class Doubt(NamedTuple):
    """One thing of which something is not told."""

    about: str
    of: str
    why: str


class Doubts:
    """What is not told, by thing and key."""

    def __init__(self, rows: Iterable[Unknown], things: topology.Things) -> None:
        self._things = things
        self._rows = {(row.about, row.of): row.why for row in rows}
        self._keys: dict[str, frozenset[str]] = {}
        for about, key in self._rows:
            self._keys[about] = self._keys.get(about, frozenset()) | {key}

    def __bool__(self) -> bool:
        return bool(self._rows)

    @cached_property
    def of_things(self) -> dict[str, Doubt]:
        """Things of which something is not told that only whoever meets them leans on: whether
        there will be one, above all.
        """
        found: dict[str, Doubt] = {}
        for (about, key), why in self._rows.items():
            if key not in FOLLOWED and not self._is_amount(about, key):
                found.setdefault(about, Doubt(about, key, why))
        return found

    def _is_amount(self, about: str, key: str) -> bool:
        thing = self._things.find(about)
        fields = fields_of(type(thing)) if thing is not None else ()
        return any(info.key == key and (info.amount or info.remark) for info in fields)

    def keys(self, about: str) -> frozenset[str]:
        """All that is not told of a thing."""
        return self._keys.get(about, frozenset())

    def of(self, about: str | None, *keys: str) -> Doubt | None:
        """The first of these that is not told of a thing."""
        for key in keys:
            if about is not None and (about, key) in self._rows:
                return Doubt(about, key, self._rows[about, key])
        return None

    def of_routes(self, subnet: Subnet) -> Doubt | None:
        """Why nobody knows all routes that serve a subnet, where that is so."""
        if not self._rows:
            return None
        own = subnet.route_table is not None
        table = topology.table_of(self._things, subnet)
        found = self.of(subnet.id, "route_table")
        if found is None and not own:
            found = self.of(subnet.vpc, "route_tables", "route_table")
        if found is None and table is not None:
            lists = (route.destination for route in table.routes if "/" not in route.destination)
            named = (self.of(name, "entries") for name in lists)
            found = self.of(table.id, "routes") or next((one for one in named if one), None)
        return found

    def of_acl(self, subnet: Subnet) -> Doubt | None:
        """Why nobody knows what the ACL of a subnet lets through, where that is so."""
        if not self._rows:
            return None
        if subnet.network_acl is not None:
            return self.of(subnet.network_acl, *RULES) or self.of(subnet.id, "network_acl")
        default = topology.acl_of(self._things, subnet)
        found = self.of(subnet.id, "network_acl") or self.of(subnet.vpc, "network_acl")
        return found or self.of(default.id if default is not None else None, *RULES)

    def of_group(self, group: str, lists: Iterable[str | None] = ()) -> Doubt | None:
        """Why nobody knows all that a security group allows, where that is so."""
        if not self._rows:
            return None
        found = self.of(group, *RULES)
        named = (self.of(name, "entries") for name in lists)
        return found or next((one for one in named if one), None)

    def knows_list(self, name: str) -> bool:
        """Whether all entries of a prefix list are told."""
        listed = self._things.find(name)
        return not isinstance(listed, PrefixList) or self.of(name, "entries") is None
