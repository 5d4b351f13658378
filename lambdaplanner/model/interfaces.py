"""The ids of what is drawn and nobody wrote: the interface that AWS makes for a thing in a subnet
(``eni:OWNER@SUBNET``), and the card of things that are drawn as one (``group:FIRST``, in a subnet
``group:FIRST@SUBNET``).
"""

from __future__ import annotations

from collections.abc import Mapping

INTERFACE_PREFIX = "eni:"
GROUP_PREFIX = "group:"
_LINE = ">"


def interface_id(owner: str, subnet: str) -> str:
    """The id of the interface of a function, workload or endpoint in a subnet."""
    return f"{INTERFACE_PREFIX}{owner}@{subnet}"


def group_id(first: str, subnet: str | None = None) -> str:
    """The id of the card of several things by the first of them, and of its interface's card in a
    subnet.
    """
    return f"{GROUP_PREFIX}{first}@{subnet}" if subnet else f"{GROUP_PREFIX}{first}"


def interface_ends(name: str) -> tuple[str, str] | None:
    """Owner and subnet of an interface's id; None for any other id."""
    if not name.startswith(INTERFACE_PREFIX):
        return None
    owner, at, subnet = name.removeprefix(INTERFACE_PREFIX).partition("@")
    return (owner, subnet) if at else None


def group_ends(name: str) -> tuple[str, str] | None:
    """The first of a group and the subnet (empty: none) of its card's id; None for any other id."""
    if not name.startswith(GROUP_PREFIX):
        return None
    first, _, subnet = name.removeprefix(GROUP_PREFIX).partition("@")
    return first, subnet


def line_key(source: str, target: str) -> str:
    """By what a plan keeps the way-points of a line between two boxes."""
    return f"{source}{_LINE}{target}"


def line_ends(name: str) -> tuple[str, str] | None:
    """The two boxes of a line's key; None for any other id."""
    source, line, target = name.partition(_LINE)
    return (source, target) if line else None


def made_ends(name: str) -> tuple[str, ...]:
    """The things of the plan that a made id or a line's key names; none for any other id."""
    line = line_ends(name)
    if line is not None:
        return tuple(thing for end in line for thing in made_ends(end) or (end,))
    return tuple(end for end in interface_ends(name) or group_ends(name) or () if end)


def owner_of(name: str) -> str:
    """The thing that an id is about: of an interface its owner, of a group's card its first, else
    the thing itself.
    """
    ends = made_ends(name)
    return ends[0] if ends else name


def followed(name: str, renamed: Mapping[str, str]) -> str:
    """How a thing, or what is drawn for it, is called after things got other ids."""
    line = line_ends(name)
    if line is not None:
        return line_key(*(followed(end, renamed) for end in line))
    ends = made_ends(name)
    if not ends:
        return renamed.get(name, name)
    make = interface_id if name.startswith(INTERFACE_PREFIX) else group_id
    return make(*(renamed.get(end, end) for end in ends))
