"""Every answer about a plan as it stands, each found when first asked and kept.

`after` makes the next view from this one and a change: what the change cannot touch is carried
over. It always says the same as a view made from scratch; a property test holds the two against
each other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from lambdaplanner.analysis.answers import Answer, CapacityAnswer
from lambdaplanner.analysis.capacity import assess
from lambdaplanner.analysis.ledger import shortages
from lambdaplanner.analysis.nat_ports import NatPorts, nat_ports
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.questions import Questions
from lambdaplanner.analysis.room import Room, rooms
from lambdaplanner.analysis.staleness import (
    kinds_touched,
    reorders,
    rows_after,
    touched,
    touches_amounts,
    touches_paths,
)
from lambdaplanner.analysis.worst_zone import WorstZone, worst_zone
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import EXPECTATIONS, INFO, ChangeSet
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource

R = TypeVar("R", bound=Resource)
V = TypeVar("V")

HTTPS = 443


class Places(NamedTuple):
    """Where some subnets are: their zones and VPCs, each once, and those that are public."""

    zones: tuple[str, ...]
    vpcs: tuple[str, ...]
    public: tuple[str, ...]


class PlanAnalysis(Questions):
    """What analysis says about one state of a plan; once the plan changes, take `after`."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan)
        self._listed: dict[str, list[Any]] = {}
        self._like: dict[tuple[object, ...], str] = {}
        self._places: dict[tuple[str, ...], Places] = {}
        self._capacity: dict[tuple[tuple[str, int], ...], CapacityAnswer] = {}
        self._kept: dict[object, Any] = {}
        self.paths_kept = False
        """Whether every answer about paths is the same as before the change that made this view."""

    def after(self, changes: ChangeSet, plan: Plan | None = None) -> PlanAnalysis:
        """The view after changes that the plan, or this copy of it, has taken."""
        view = PlanAnalysis(self.plan if plan is None else plan)
        if EXPECTATIONS not in changes:
            view.expect_as_before(self)
        if reorders(changes):
            return view
        kinds = kinds_touched(changes)
        view._listed = {kind: found for kind, found in self._listed.items() if kind not in kinds}
        rows = self.__dict__.get("ledger")
        if rows is not None:
            view.__dict__["ledger"] = rows_after(view.plan, rows, changes)
        if not touches_amounts(changes):
            view._capacity = self._capacity
            self._hand_over("worst_zone", view)
            self._hand_over("rooms", view)
        network: Network | None = self.__dict__.get("network")
        as_short = rows is None or shortages(rows) == shortages(view.ledger)
        if not touches_paths(changes) and as_short:
            view.paths_kept = True
            if not touches_amounts(changes):
                self._hand_over("nat_ports", view)
            view._like, view._places = self._like, self._places
            if network is not None:
                view.__dict__["network"] = network
        elif network is not None:
            found = touched(changes, view.plan)
            if found is not None:
                view.network.carry(network, found)
        return view

    def _hand_over(self, name: str, view: PlanAnalysis) -> None:
        """Gives the next view an answer that was found already, and still holds."""
        if name in self.__dict__:
            view.__dict__[name] = self.__dict__[name]

    def touched_since(self, before: PlanAnalysis, changes: ChangeSet) -> frozenset[str] | None:
        """What results about the state before may have read that `changes`, which led from there,
        made another; None where that may be all.
        """
        if reorders(changes) or (INFO in changes):
            return None
        found = touched(changes, self.plan)
        if found is None or not self.network.refuses_as(before.network, found.names):
            return None
        return found.names

    def kept(self, key: object, make: Callable[[], V]) -> V:
        """What somebody above found out about this state, made once; it goes with the view."""
        if key not in self._kept:
            self._kept[key] = make()
        return cast("V", self._kept[key])

    def knows(self, key: object) -> bool:
        """Whether that was found out already."""
        return key in self._kept

    # things ---------------------------------------------------------------------------------------

    def of(self, model: type[R]) -> list[R]:
        """All things of a kind, in the order made."""
        found = self._listed.get(model.kind)
        if found is None:
            found = self._listed[model.kind] = self.plan.ordered(model.kind)
        return cast("list[R]", found)

    @cached_property
    def attached(self) -> list[Function]:
        """The functions that are attached to a VPC by interfaces that Lambda makes for them."""
        return [one for one in self.of(Function) if one.attached and not one.managed]

    def looking_at(self, function: str) -> PlanAnalysis:
        """The same state, of whose attached functions checks see this one alone."""
        view = PlanAnalysis(self.plan)
        view.__dict__["attached"] = [one for one in self.attached if one.id == function]
        for name in ("ledger", "network"):
            self._hand_over(name, view)
        view._capacity = self._capacity
        return view

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

    def places(self, function: Function) -> Places:
        """Where the subnets of an attached function are."""
        found = self._places.get(function.subnets)
        if found is None:
            subnets = [self.subnet(name) for name in function.subnets]
            found = self._places[function.subnets] = Places(
                tuple(dict.fromkeys(subnet.az for subnet in subnets)),
                tuple(dict.fromkeys(subnet.vpc for subnet in subnets)),
                tuple(subnet.id for subnet in subnets if self.is_public(subnet.id)),
            )
        return found

    def groups(self, function: Function) -> list[SecurityGroup]:
        """The written groups of a function; none where it has AWS's own default one."""
        names = topology.groups_of(self.plan, function)
        return [cast("SecurityGroup", self.plan.resource(name)) for name in names]

    def home_of(self, nat: NatGateway) -> str:
        """The VPC of a NAT gateway."""
        return topology.vpc_of(self.plan, nat) or ""

    # routes and paths -----------------------------------------------------------------------------

    def table(self, subnet_id: str) -> RouteTable | None:
        """The written route table that serves a subnet; None where AWS's own main table does."""
        return topology.table_of(self.plan, self.subnet(subnet_id))

    def is_public(self, subnet_id: str) -> bool:
        """Whether a subnet has a route to an internet gateway of its VPC (aws.md 3.3)."""
        return topology.is_public(self.plan, self.subnet(subnet_id))

    def internet_like(self, function: Function) -> Answer:
        """The internet answer of this function, or of one whose packets fare the same.

        Verdicts and subnets are the same, ids of the function and its groups may be the other's.
        """
        groups: object = topology.groups_of(self.plan, function)
        if groups and self._open_to_the_internet(function):
            groups = "open"
        doubts = self.network.doubts.keys(function.id)
        key = (function.subnets, groups, function.may_create_interfaces, function.ipv6, doubts)
        return self.internet(self._like.setdefault(key, function.id))

    def _open_to_the_internet(self, function: Function) -> bool:
        """Whether a single rule of one of its groups plainly lets TCP 443 out to everywhere."""
        vpcs = self.places(function).vpcs
        return any(
            rule.cidr == "0.0.0.0/0"
            and rule.protocol in ("all", "tcp")
            and (rule.protocol == "all" or rule.ports is None or _includes(rule.ports, HTTPS))
            for group in self.groups(function)
            if len(vpcs) == 1 and vpcs[0] in group.vpcs
            for rule in group.outbound_rules
        )

    # capacity -------------------------------------------------------------------------------------

    def capacity(self, concurrency: Mapping[str, int] | None = None) -> CapacityAnswer:
        """Ledger and verdicts under the plan's model, some targets overridden on request."""
        key = tuple(sorted((concurrency or {}).items()))
        found = self._capacity.get(key)
        if found is None:
            found = assess(self.plan, concurrency=concurrency, rows=self.ledger)
            self._capacity = {k: v for k, v in self._capacity.items() if not k}
            self._capacity[key] = found
        return found

    @cached_property
    def worst_zone(self) -> WorstZone | None:
        """The zone whose loss is worst; several times the work of `capacity`, for idle moments."""
        return worst_zone(self.plan, rows=self.ledger)

    @cached_property
    def rooms(self) -> dict[str, Room]:
        """Where larger subnets could stand, for each function that wants them."""
        return rooms(self.plan, self.capacity())

    @cached_property
    def nat_ports(self) -> dict[str, NatPorts]:
        """The source ports of every NAT gateway against the concurrency targets."""
        return nat_ports(self.plan, network=self.network)


def _includes(ports: PortRange, port: int) -> bool:
    return ports.first <= port <= ports.last
