"""What is imagined in the window: one scenario for every panel that shows what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario
from lambdaplanner.analysis.whatif import zones_of
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.model.plan import Plan


class Imagining(QObject):
    """The scenario; the plan knows nothing of it.

    Signals:
        changed: another one was chosen, or what it imagines away is no longer there.
    """

    changed = Signal()

    def __init__(self, plan: Callable[[], Plan], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._scenario = AS_PLANNED

    @property
    def scenario(self) -> Scenario:
        """What is imagined now."""
        return self._scenario

    def choose(self, scenario: Scenario) -> None:
        """Imagines something else."""
        if scenario != self._scenario:
            self._scenario = scenario
            self.changed.emit()

    def clear(self) -> None:
        """Imagines nothing."""
        self.choose(AS_PLANNED)

    def follow(self, renamed: Mapping[str, str]) -> None:
        """Goes on meaning the same gateways after some got other ids."""
        nats = tuple(renamed.get(name, name) for name in self._scenario.without_nats)
        self._scenario = replace(self._scenario, without_nats=nats)

    def keep_known(self) -> None:
        """Forgets the zones and gateways that the plan no longer has."""
        if not self._scenario.loses:
            return
        plan = self._plan()
        zones, nats = zones_of(plan), plan.of(NatGateway.kind)
        self.choose(
            replace(
                self._scenario,
                without_zones=tuple(z for z in self._scenario.without_zones if z in zones),
                without_nats=tuple(n for n in self._scenario.without_nats if n in nats),
            )
        )
