"""Every answer about a plan as it stands, each found when first asked and kept.

`after` makes the next view from this one and a change: what the change cannot touch is carried
over. It always says the same as a view made from scratch; a property test holds the two against
each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, TypeVar, cast

from lambdaplanner.analysis.answers import Answer, CapacityAnswer
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.ledger import Ledger, ledger, ledger_row, subnets_touched
from lambdaplanner.analysis.network import Network, compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import INFO, Change, ChangeSet
from lambdaplanner.model.document import Expectation
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource, fields_of

R = TypeVar("R", bound=Resource)

_ANSWERS_KEPT = 4096

_NO_PATH_DEPENDS_ON: Mapping[str, frozenset[str]] = {
    "function": frozenset({"concurrency", "memory_mb", "timeout_s", "connections_per_environment"}),
    "workload": frozenset({"ips"}),
    "subnet": frozenset({"reserved_ips"}),
    "note": frozenset({"text"}),
}
"""Fields that say how much, not whether; a change of them leaves every path as it was. Labels
never matter.
"""


class PlanAnalysis:
    """What analysis says about one state of a plan; once the plan changes, take `after`."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._listed: dict[str, list[Any]] = {}
        self._answers: dict[tuple[str, str, int | None, str], Answer] = {}
        self._like: dict[tuple[object, ...], str] = {}
        self._public: dict[str, bool] = {}
        self._capacity: dict[tuple[tuple[str, int], ...], CapacityAnswer] = {}

    def after(self, changes: ChangeSet) -> PlanAnalysis:
        """The view of the plan after changes that it has already taken."""
        view = PlanAnalysis(self.plan)
        if _reorders(changes):
            return view
        kinds = kinds_touched(changes)
        view._listed = {kind: found for kind, found in self._listed.items() if kind not in kinds}
        rows = self.__dict__.get("ledger")
        if rows is not None:
            view.__dict__["ledger"] = _rows_after(self.plan, rows, changes)
        if not touches_paths(changes):
            view._answers, view._like, view._public = self._answers, self._like, self._public
            network = self.__dict__.get("network")
            if network is not None:
                view.__dict__["network"] = network
        return view

    # things ---------------------------------------------------------------------------------------
    # ------------------

    def of(self, model: type[R]) -> list[R]:
        """All things of a kind, in the order made."""
        found = self._listed.get(model.kind)
        if found is None:
            found = self._listed[model.kind] = self.plan.ordered(model.kind)
        return cast("list[R]", found)

    @property
    def attached(self) -> list[Function]:
        """The functions that are attached to a VPC."""
        return [function for function in self.of(Function) if function.attached]

    def subnet(self, subnet_id: str) -> Subnet:
        """The subnet with this id."""
        return cast("Subnet", self.plan.resource(subnet_id))

    def subnets_of(self, vpc_id: str) -> list[str]:
        """The subnets of a VPC, in the order made."""
        return self._subnets_by_vpc.get(vpc_id, [])

    @cached_property
    def _subnets_by_vpc(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for subnet in self.of(Subnet):
            found.setdefault(subnet.vpc, []).append(subnet.id)
        return found

    def vpc(self, vpc_id: str) -> Vpc:
        """The VPC with this id."""
        return cast("Vpc", self.plan.resource(vpc_id))

    def groups(self, function: Function) -> list[SecurityGroup]:
        """The groups written at a function; none where it has its VPC's default one."""
        return [cast("SecurityGroup", self.plan.resource(g)) for g in function.security_groups]

    def home_of(self, nat: NatGateway) -> str:
        """The VPC of a NAT gateway."""
        if nat.subnet is not None:
            return self.subnet(nat.subnet).vpc
        return nat.vpc or ""

    # routes and paths -----------------------------------------------------------------------------
    # ------------------

    @cached_property
    def network(self) -> Network:
        """The plan compiled for questions of reachability."""
        return compile_network(self.plan)

    def table(self, subnet_id: str) -> RouteTable | None:
        """The written route table that serves a subnet; None where AWS's own main one does."""
        return self.network.of(RouteTable).get(self.network.table_of(subnet_id).id)

    def is_public(self, subnet_id: str) -> bool:
        """Whether a subnet has a route to an internet gateway of its VPC (AWS.md 3.3)."""
        found = self._public.get(subnet_id)
        if found is None:
            found = self._public[subnet_id] = self._routed_to_gateway(subnet_id)
        return found

    def _routed_to_gateway(self, subnet_id: str) -> bool:
        table = self.table(subnet_id)
        if table is None:
            return False
        gateways = self.network.internet_gateways(table.vpc)
        return any(route.target in gateways for route in table.routes)

    def question(
        self, source: str, target: str, port: int | None = None, protocol: str = "tcp"
    ) -> Answer:
        """What reaches what. Raises QuestionError where the question makes no sense."""
        key = (source, target, port, protocol)
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= _ANSWERS_KEPT:
                self._answers.clear()
            found = reach(self.network, source, target, port=port, protocol=protocol)
            self._answers[key] = found
        return found

    def internet(self, function_id: str) -> Answer:
        """Whether a function reaches the internet (tcp 443)."""
        return self.question(function_id, "internet")

    def internet_like(self, function: Function) -> Answer:
        """The internet answer of this function, or of one with the same subnets, groups and role.

        Verdicts and subnets are the same, ids of the function are the other's: checks of a
        thousand functions with the same attachment ask once.
        """
        key = (
            function.subnets,
            function.security_groups,
            function.may_create_interfaces,
            function.ipv6,
        )
        return self.internet(self._like.setdefault(key, function.id))

    def expected_of(self, function_id: str) -> list[tuple[Expectation, Answer]]:
        """What expectations say a function reaches, each with what is; senseless ones left out."""
        found = []
        for row in self._expected.get(function_id, ()):
            try:
                answer = self.question(row.source, row.target, row.port, row.protocol)
            except QuestionError:
                continue
            found.append((row, answer))
        return found

    @cached_property
    def _expected(self) -> dict[str, list[Expectation]]:
        rows: dict[str, list[Expectation]] = {}
        for row in self.plan.expectations:
            if row.expect != "unreachable":
                rows.setdefault(row.source, []).append(row)
        return rows

    # capacity -------------------------------------------------------------------------------------
    # ------------------

    @cached_property
    def ledger(self) -> Ledger:
        """The address ledger of every subnet."""
        return ledger(self.plan)

    def capacity(self, concurrency: Mapping[str, int] | None = None) -> CapacityAnswer:
        """Ledger and verdicts under the plan's model, some targets overridden on request."""
        key = tuple(sorted((concurrency or {}).items()))
        found = self._capacity.get(key)
        if found is None:
            found = assess(self.plan, concurrency=concurrency, rows=self.ledger)
            self._capacity = {k: v for k, v in self._capacity.items() if not k}
            self._capacity[key] = found
        return found


def _rows_after(plan: Plan, rows: Ledger, changes: ChangeSet) -> Ledger:
    touched = subnets_touched(changes)
    if not touched:
        return rows
    updated = dict(rows)
    for name in touched:
        subnet = plan.find(name)
        if isinstance(subnet, Subnet):
            updated[name] = ledger_row(plan, subnet)
        else:
            updated.pop(name, None)
    return updated


def _reorders(changes: ChangeSet) -> bool:
    """Whether a thing that stays gets another place in the order, as when it is taken out and made
    anew.
    """
    return any(key.facet == "order" and None not in change for key, change in changes.items())


def kinds_touched(changes: ChangeSet) -> set[str]:
    """The kinds of the things that are made, changed or taken out."""
    return {
        resource.kind
        for key, change in changes.items()
        if key.facet == "resource"
        for resource in change
        if resource is not None
    }


def touches_paths(changes: ChangeSet) -> bool:
    """Whether an answer about reachability may be another after these changes."""
    return _reorders(changes) or any(
        _path_changes(change)
        if key.facet == "resource"
        else key == INFO and _region_changes(change)
        for key, change in changes.items()
    )


def _path_changes(change: Change) -> bool:
    old, new = change
    if old is None or new is None or type(old) is not type(new):
        return (new or old).kind != "note"
    ignored = _NO_PATH_DEPENDS_ON.get(new.kind, frozenset())
    return any(
        getattr(old, info.name) != getattr(new, info.name)
        for info in fields_of(type(new))
        if info.name != "label" and info.name not in ignored
    )


def _region_changes(change: Change) -> bool:
    return bool(change.old.region != change.new.region)
