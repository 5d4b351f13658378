"""What rules of security groups and network ACLs share: protocols and ports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lambdaplanner.model.fields import Choice
from lambdaplanner.model.network_fields import Ports

ALL = "all"
PROTOCOL = Choice((ALL, "tcp", "udp", "icmp"))
PORTS = Ports()
PORTS_HELP = "443, or 1024-65535; left out: all"


def ignored_ports(rule: Any) -> Iterator[tuple[str, str]]:
    """AWS applies a rule for all protocols, or for ICMP, to every port, whatever ports it names."""
    if rule.ports is not None and rule.protocol not in ("tcp", "udp"):
        yield (
            "ports",
            f"no meaning with protocol {rule.protocol}: it matches every port; name tcp or udp",
        )
