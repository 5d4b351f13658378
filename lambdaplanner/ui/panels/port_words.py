"""The source ports of NAT gateways, in words."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaplanner.analysis.nat_ports import NatPorts
from lambdaplanner.ui.panels.words import count

_NAMED = 3
WORST_CASE = (
    "The worst case: all connections of all functions that use the gateway go to one destination"
)


def ports_sentence(found: NatPorts) -> str:
    """How the ports of a gateway fare."""
    if found.verdict == "gone":
        lost = sum(connections for _, connections in found.stranded)
        return f"Gone; {lost:,} connections have no way out." if lost else "Gone; nobody needs it."
    where = f" in {found.zone}" if found.regional and found.zone else ""
    text = f"{found.connections:,} of {found.ports:,} connections to one destination{where}."
    if found.verdict == "short":
        return f"{text} {found.addresses_needed} addresses would do."
    if found.verdict == "impossible":
        return f"{text} It takes {found.gateways_needed} gateways."
    return text


def would_do(found: NatPorts) -> str:
    """What would carry the connections, where the gateway as it is does not."""
    if found.verdict == "short":
        return count(found.addresses_needed, "address", "addresses")
    return count(found.gateways_needed, "gateway") if found.verdict == "impossible" else ""


def overlay_text(zone: str, ports: Mapping[str, NatPorts]) -> str:
    """What the panel says while it shows what remains without a zone."""
    text = f"Shown as if {zone} were gone. The plan itself is unchanged."
    lost = list(dict.fromkeys(name for found in ports.values() for name, _ in found.stranded))
    if not lost:
        return text
    named = ", ".join(lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    return f"{text} In the zones that are left, connections of {named}{more} have no way out."
