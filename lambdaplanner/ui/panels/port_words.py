"""The source ports of NAT gateways, in words."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaplanner.analysis.nat_ports import NatPorts
from lambdaplanner.analysis.scenario import Scenario
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


def growth_words(found: NatPorts) -> str:
    """How much more the ports of a gateway carry; empty where they do not do."""
    if found.verdict != "ok" or not found.connections:
        return ""
    return f"Enough up to {found.ports * 10 // found.connections / 10:g} times as many."


def overlay_text(scenario: Scenario, ports: Mapping[str, NatPorts]) -> str:
    """What the panel says while it shows what remains of a scenario."""
    gone = " and ".join((*scenario.without_zones, *scenario.without_nats))
    text = f"Shown as if {gone} were gone" if gone else "Shown"
    if scenario.times != 1:
        text += f" with {float(scenario.times):g} times the concurrency"
    text += ". The plan itself is unchanged."
    lost = list(dict.fromkeys(name for found in ports.values() for name, _ in found.stranded))
    if not lost:
        return text
    named = ", ".join(lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    where = "In the zones that are left, c" if scenario.without_zones else "C"
    return f"{text} {where}onnections of {named}{more} have no way out."
