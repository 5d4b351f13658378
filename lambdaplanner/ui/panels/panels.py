"""Every panel around the canvas, in the order of the docks that hold them."""

from __future__ import annotations

from typing import NamedTuple

from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.capacity_panel import CapacityPanel
from lambdaplanner.ui.panels.findings_panel import FindingsPanel
from lambdaplanner.ui.panels.inspector import InspectorPanel
from lambdaplanner.ui.panels.palette import PalettePanel
from lambdaplanner.ui.panels.reach_panel import ReachPanel
from lambdaplanner.ui.panels.trace_panel import TracePanel
from lambdaplanner.ui.panels.whatif_panel import WhatIfPanel
from lambdaplanner.ui.theme import Theme


class Panels(NamedTuple):
    """The panels of one window."""

    palette: PalettePanel
    inspector: InspectorPanel
    findings: FindingsPanel
    trace: TracePanel
    reach: ReachPanel
    capacity: CapacityPanel
    whatif: WhatIfPanel


def make_panels(bridge: Bridge, theme: Theme) -> Panels:
    """Makes the panels that show what a bridge tells."""
    return Panels(
        palette=PalettePanel(bridge, theme),
        inspector=InspectorPanel(bridge, theme),
        findings=FindingsPanel(bridge, theme),
        trace=TracePanel(bridge, theme),
        reach=ReachPanel(bridge, theme),
        capacity=CapacityPanel(bridge, theme),
        whatif=WhatIfPanel(bridge, theme),
    )
