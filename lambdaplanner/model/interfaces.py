"""How the interfaces that AWS makes for a thing in a subnet are called: ``eni:OWNER@SUBNET``."""

from __future__ import annotations

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
