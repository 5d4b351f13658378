"""What rules of security groups and network ACLs share: protocols and ports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lambdaplanner.model.fields import Choice, Ports
from lambdaplanner.model.records import attr

PROTOCOL = Choice(("all", "tcp", "udp", "icmp"))
ALL = "all"


def protocol_field() -> Any:
    """The protocol of a rule; left out, all of them."""
    return attr(PROTOCOL, "Protocol", default=ALL)


def ports_field() -> Any:
    """The ports of a rule; left out, all of them."""
    return attr(
        Ports(), "Ports", default=None, help="443, or 1024-65535; left out: all"
    )


def ignored_ports(rule: Any) -> Iterator[tuple[str, str]]:
    """AWS applies a rule for all protocols, or for ICMP, to every port, whatever ports it names."""
    if rule.ports is not None and rule.protocol not in ("tcp", "udp"):
        yield (
            "ports",
            f"ports have no meaning with protocol {rule.protocol}: AWS lets the rule match every port; "
            "name tcp or udp",
        )
