"""How the interfaces that AWS makes for a thing in a subnet are called: ``eni:OWNER@SUBNET``."""

from __future__ import annotations

from collections.abc import Mapping

INTERFACE_PREFIX = "eni:"


def interface_id(owner: str, subnet: str) -> str:
    """The id of the interface of a function, workload or endpoint in a subnet."""
    return f"{INTERFACE_PREFIX}{owner}@{subnet}"


def interface_ends(name: str) -> tuple[str, str] | None:
    """Owner and subnet of an interface's id; None for any other id."""
    if not name.startswith(INTERFACE_PREFIX):
        return None
    owner, at, subnet = name.removeprefix(INTERFACE_PREFIX).partition("@")
    return (owner, subnet) if at else None


def owner_of(name: str) -> str:
    """The thing that an id is about: of an interface its owner, else the thing itself."""
    ends = interface_ends(name)
    return ends[0] if ends else name


def followed(name: str, renamed: Mapping[str, str]) -> str:
    """How a thing, or an interface of it, is called after things got other ids."""
    ends = interface_ends(name)
    if ends is None:
        return renamed.get(name, name)
    owner, subnet = (renamed.get(end, end) for end in ends)
    return interface_id(owner, subnet)
