"""What a capacity question is about: the functions as asked, the subnets that remain, and the
ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from lambdaplanner.analysis.answers import CapacityVerdict, FunctionCapacity
from lambdaplanner.analysis.ledger import Ledger, ledger
from lambdaplanner.analysis.scenario import AS_PLANNED, Scenario, check_scenario
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import MODELS, Settings
from lambdaplanner.model.nearness import suggestion
from lambdaplanner.model.plan import Plan


class Asked(NamedTuple):
    """One function as the question has it."""

    id: str
    concurrency: int
    memory_mb: int
    connections: int
    """Simultaneous connections of one execution environment."""
    security_groups: tuple[str, ...]
    subnets: tuple[str, ...]
    """The attached subnets that remain, in the order listed."""
    attached: bool
    """Whether it is attached at all; with no subnets left it then has nowhere to go."""


@dataclass(frozen=True, slots=True)
class CapacityQuestion:
    """Everything that a model needs to judge."""

    plan: Plan
    settings: Settings
    functions: tuple[Asked, ...]
    ledger: Ledger
    free: Mapping[str, int]
    """Addresses that functions can have, by subnet; one that is overfull has none."""


class Model(Protocol):
    """One model on one question."""

    demand: dict[str, int]
    """Addresses wanted, by subnet."""

    def verdict(self, asked: Asked) -> CapacityVerdict:
        """Whether one function fits."""

    def function(self, asked: Asked) -> FunctionCapacity:
        """Everything about one function."""

    def lacking(self) -> int:
        """Invocations that find no place when as many as can be run at once, each once."""

    def beyond_quota(self) -> str:
        """What exceeds a quota rather than the addresses, in words; empty where nothing does."""


def ask(
    plan: Plan,
    *,
    concurrency: Mapping[str, int] | None = None,
    scenario: Scenario = AS_PLANNED,
    rows: Ledger | None = None,
) -> CapacityQuestion:
    """The question about a plan; `rows` is its ledger where the caller already has it.

    Raises QuestionError where an override names no function or is negative, or the plan lacks what
    the scenario takes away.
    """
    functions = asked_functions(plan, concurrency=concurrency, scenario=scenario)
    if rows is None:
        rows = ledger(plan)
    free = {name: max(0, row.free) for name, row in rows.items()}
    return CapacityQuestion(plan, plan.info.settings, functions, rows, free)


def asked_functions(
    plan: Plan, *, concurrency: Mapping[str, int] | None = None, scenario: Scenario = AS_PLANNED
) -> tuple[Asked, ...]:
    """Every function as a question has it, in the order made; raises as `ask` does."""
    overrides = dict(concurrency or {})
    _check_overrides(plan, overrides)
    check_scenario(plan, scenario)
    settings = plan.info.settings
    return tuple(
        _asked(plan, function, overrides, settings, scenario)
        for function in plan.ordered(Function.kind)
    )


def check_model(model: str) -> None:
    """Raises QuestionError where there is no such model."""
    if model not in MODELS:
        raise QuestionError(
            f'there is no capacity model "{model}"{suggestion(model, MODELS)}',
            hint=f"choose one of {', '.join(MODELS)}",
        )


def _asked(
    plan: Plan,
    function: Function,
    overrides: Mapping[str, int],
    settings: Settings,
    scenario: Scenario,
) -> Asked:
    connections = function.connections_per_environment
    subnets = () if function.managed else function.subnets  # its provider's instances are counted
    if scenario.without_zones:
        gone = scenario.without_zones
        subnets = tuple(name for name in subnets if _zone(plan, name) not in gone)
    return Asked(
        function.id,
        scenario.grown(overrides.get(function.id, function.concurrency)),
        function.memory_mb,
        settings.connections_per_environment if connections is None else connections,
        function.security_groups,
        subnets,
        function.attached and not function.managed,
    )


def _zone(plan: Plan, subnet_id: str) -> str:
    subnet = plan.resource(subnet_id)
    return subnet.az if isinstance(subnet, Subnet) else ""


def _check_overrides(plan: Plan, overrides: Mapping[str, int]) -> None:
    functions = plan.of(Function.kind)
    for name, count in overrides.items():
        if name not in functions:
            found = plan.find(name)
            what = "" if found is None else f"; it is a {found.kind.replace('-', ' ')}"
            raise QuestionError(
                f'there is no function "{name}"{what or suggestion(name, functions)}'
            )
        if count < 0:
            raise QuestionError(
                f"a concurrency of {count} for {name} is not possible; 0 or more is"
            )
