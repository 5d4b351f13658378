"""The table of NAT gateways: their source ports against the connections that functions hold."""

from __future__ import annotations

from PySide6.QtCore import QObject

from lambdaplanner.analysis.nat_ports import NatPorts
from lambdaplanner.ui.panels.capacity_models import CapacityTable, Column
from lambdaplanner.ui.panels.port_words import WORST_CASE, growth_words, ports_sentence, would_do
from lambdaplanner.ui.panels.words import PORTS

_LISTED = 12
GATEWAY_COLUMNS = (
    Column("NAT gateway", lambda name, _row: name, lambda name, _row: name, width=144),
    Column(
        "Zone",
        lambda _name, row: row.zone or "",
        lambda _name, row: row.zone or "",
        False,
        "Where it stands; of a regional gateway the busiest zone, whose figures these are",
    ),
    Column(
        "Verdict",
        lambda _name, row: PORTS[row.verdict].text,
        lambda _name, row: tuple(PORTS).index(row.verdict),
        width=118,
    ),
    Column(
        "Addresses",
        lambda _name, row: f"{row.addresses:,}",
        lambda _name, row: row.addresses,
        True,
        "Of a regional gateway in each zone",
        84,
    ),
    Column(
        "Connections",
        lambda _name, row: f"{row.connections:,} of {row.ports:,}" if row.ports else "",
        lambda _name, row: row.connections,
        True,
        f"{WORST_CASE}; each address then carries 55,000",
        150,
    ),
    Column(
        "Would do",
        lambda _name, row: would_do(row),
        lambda _name, row: (row.gateways_needed, row.addresses_needed),
        width=104,
    ),
    Column(
        "Left",
        lambda _name, row: (f"{row.headroom:+,}" if row.headroom else "0") if row.ports else "",
        lambda _name, row: row.headroom,
        True,
        "Ports less connections",
    ),
)


PORTS_COLUMN = len(GATEWAY_COLUMNS) - 1


class GatewayTable(CapacityTable):
    """Every NAT gateway."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(GATEWAY_COLUMNS, parent)

    def tip(self, name: str, row: NatPorts) -> str:
        loads = row.functions or row.stranded
        first = f"{name}: {ports_sentence(row)} {growth_words(row)}".rstrip()
        lines = [first, f"{WORST_CASE}."]
        largest = sorted(loads, key=lambda load: -load[1])
        lines += [f"{connections:,}  {function}" for function, connections in largest[:_LISTED]]
        if len(largest) > _LISTED:
            lines.append(f"and {len(largest) - _LISTED} more")
        return "\n".join(lines)

    def tone(self, title: str, row: NatPorts) -> str:
        if title == "Verdict":
            return PORTS[row.verdict].tone
        return "error" if title == "Left" and row.headroom < 0 else ""
