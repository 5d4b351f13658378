"""What an edit tells of which a plan said that nobody had told it."""

from __future__ import annotations

from lambdaplanner.model.records import Resource, fields_of

_TOLD_AT_ONCE = frozenset(
    {
        "az",
        "cidr",
        "ipv6_cidr",
        "network_acl",
        "route_table",
        "subnet",
        "subnets",
        "security_groups",
        "role_policies",
        "forwards",
    }
)
"""Fields of which nothing is open once somebody fills them in; lists that hold what somebody
happens to know (routes, rules ...) stay open.
"""


def told_by(old: Resource, new: Resource) -> set[str]:
    """The fields that were empty, and say now all that there is to say."""
    found = (info for info in fields_of(type(new)) if info.key in _TOLD_AT_ONCE)
    return {i.key for i in found if not getattr(old, i.name) and getattr(new, i.name)}
