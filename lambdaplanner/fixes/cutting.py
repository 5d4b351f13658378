"""Cutting what should not be reachable: the rules, routes and addresses that let it through."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.filters import compile_group
from lambdaplanner.analysis.hops import Hop, RouteTaken, RuleMet
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.impact import compare
from lambdaplanner.commands.fields import remove_route, remove_row
from lambdaplanner.commands.places import called
from lambdaplanner.errors import EditError
from lambdaplanner.fixes.aims import Asked, aim_at
from lambdaplanner.fixes.likeness import Likeness, likeness
from lambdaplanner.fixes.parts.allowing import Side, forbid
from lambdaplanner.fixes.parts.building import free_id, said_subnets, subnet_of
from lambdaplanner.fixes.registry import Fix
from lambdaplanner.fixes.trials import Offer, Search, harmless, tried
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.network_acl import AclEntry, NetworkAcl
from lambdaplanner.kinds.prefix_list import PrefixList
from lambdaplanner.kinds.route_table import RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.network_fields import PortRange
from lambdaplanner.model.plan import Plan

MOST_CUTS = 12
"""Rules or routes taken out one after another before it is given up."""


def searched_for_cuts(view: PlanAnalysis, question: Asked) -> Search:
    """Edits after which the answer is `unreachable`: of one class, the one first that changes
    fewest verdicts.

    Each is tried on a copy; none breaks a promise or brings an error.
    """
    aim = aim_at(view, question, reachable=False)
    found: list[tuple[tuple[int, int], Offer]] = []
    seen: list[Likeness] = []
    for draft in _drafts(view, question):
        yield None
        offer = tried(view, draft, aim)
        if offer is None or (like := likeness(offer.changes)) in seen:
            continue
        seen.append(like)
        if _asked(offer.after.plan, question).verdict == "unreachable" and harmless(
            view, offer.after, offer.changes
        ):
            impact = compare(view, offer.after, offer.changes)
            found.append(((offer.cost, len(impact.verdicts)), offer))
    for _, offer in sorted(found, key=lambda pair: pair[0]):
        yield offer


def _drafts(view: PlanAnalysis, question: Asked) -> Iterator[Fix]:
    plan = view.plan
    source, target = _end(plan, question.source), _end(plan, question.target)
    cuts: tuple[tuple[str, Side, Cut], ...] = (
        ("in", "inbound", _inbound),
        ("out", "outbound", _outbound),
    )
    for word, side, cut in cuts:
        groups = " and ".join(_groups_met(view, question, side))
        label = f"Remove the {side} rules of {groups} that let {source} {word}"
        if groups:
            yield _cut(question, f"remove-{side}-rule", label, cut)
    workload = plan.find(question.target)
    if isinstance(workload, Workload) and workload.wants_public_address:
        yield Fix(
            slug="take-public-address",
            label=f"Take the public address of {target} away",
            command=lambda edit: edit.update(workload.id, public_ip=False, public_address=None),
        )
    yield from _denied(view, question)
    yield _cut(
        question, "remove-route", f"Remove the routes by which {source} gets to {target}", _route
    )


def _end(plan: Plan, end: str) -> str:
    return "the internet" if end == "internet" else called(plan, end)


def _groups_met(view: PlanAnalysis, question: Asked, side: Side) -> list[str]:
    """The written groups whose rules of one direction let something through."""
    answer = _asked(view.plan, question)
    hops = (hop for path in answer.paths for hop in path.hops if hop.id in view.plan)
    found = dict.fromkeys(h.id for h in hops if isinstance(h.by, RuleMet) and h.by.side == side)
    return [called(view.plan, name) for name in found]


# one after another --------------------------------------------------------------------------------

Cut = Callable[[Edit, tuple[Hop, ...]], bool]
"""Takes out what the hops of a path rest on; says whether there was anything."""


def _cut(question: Asked, slug: str, label: str, cut: Cut) -> Fix:
    """What is found along the paths, until none is left."""

    def command(edit: Edit) -> None:
        for _ in range(MOST_CUTS):
            answer = _asked(edit.plan, question)
            alive = [path for path in answer.paths if path.verdict != "unreachable"]
            if not alive:
                return
            if not cut(edit, alive[0].hops):
                raise EditError("nothing there can be taken out")
        raise EditError(f"{MOST_CUTS} cuts are not enough")

    return Fix(slug=slug, label=label, command=command)


def _asked(plan: Plan, question: Asked) -> Answer:
    source, target, protocol, port, ip = question
    return reach(compile_network(plan), source, target, port=port, protocol=protocol, ip=ip)


def _inbound(edit: Edit, hops: tuple[Hop, ...]) -> bool:
    return _rule_of(edit, hops, "inbound")


def _outbound(edit: Edit, hops: tuple[Hop, ...]) -> bool:
    return _rule_of(edit, hops, "outbound")


def _rule_of(edit: Edit, hops: tuple[Hop, ...], side: Side) -> bool:
    for hop in hops:
        group, met = edit.plan.find(hop.id), hop.by
        if not (isinstance(met, RuleMet) and isinstance(group, SecurityGroup)):
            continue
        texts = _texts(edit.plan, group, side)
        if met.side == side and met.rule in texts and getattr(group, side) is not None:
            remove_row(edit, group.id, side, texts.index(met.rule))
            return True
    return False


def _texts(plan: Plan, group: SecurityGroup, side: Side) -> list[str]:
    """The rules of a group as hops name them."""

    def entries(name: str) -> tuple[str, ...]:
        found = plan.find(name)
        return found.entries if isinstance(found, PrefixList) else ()

    compiled = compile_group(group, entries)
    return [rule.text for rule in compiled.rules(side == "outbound")]


def _route(edit: Edit, hops: tuple[Hop, ...]) -> bool:
    for hop in hops:
        table = edit.plan.find(hop.id)
        if not (isinstance(hop.by, RouteTaken) and isinstance(table, RouteTable)):
            continue
        if any(hop.by == (route.destination, route.target) for route in table.routes):
            remove_route(edit, table.id, hop.by.destination)
            return True
    return False


# denied at the border -----------------------------------------------------------------------------


def _denied(view: PlanAnalysis, question: Asked) -> Iterator[Fix]:
    """Entries in the ACLs of the target's subnets, for what comes from the source's subnets."""
    answer = _asked(view.plan, question)
    alive = [path for path in answer.paths if path.verdict != "unreachable" and path.into]
    borders = list(dict.fromkeys(path.into for path in alive if path.into))
    blocks = list(
        dict.fromkeys(
            subnet_of(view.plan, path.via).cidr if path.via else "0.0.0.0/0" for path in alive
        )
    )
    if not borders or answer.protocol == "icmp":
        return
    ports = None if answer.port is None else PortRange(answer.port, answer.port)

    def command(edit: Edit) -> None:
        for border in borders:
            acl = _acl_of(edit, border)
            for text in blocks:
                forbid(edit, acl, "inbound", answer.protocol, ports, text)

    yield Fix(
        slug="deny-in-acl",
        label=f"Deny inbound {answer.protocol} {ports} from {' and '.join(blocks)} in the network "
        f"ACL of {said_subnets(view.plan, borders)}",
        command=command,
    )


def _acl_of(edit: Edit, subnet_id: str) -> str:
    """The written ACL of a subnet; one that allows everything, as the default one does, where it
    has none.
    """
    subnet = subnet_of(edit.plan, subnet_id)
    if subnet.network_acl is not None:
        return subnet.network_acl
    default = topology.acl_of(edit.plan, subnet)
    everything = (AclEntry(number=100, action="allow"),)
    new_id = free_id(edit, f"{subnet_id}-acl", "acl")
    inbound, outbound = (
        (everything, everything) if default is None else (default.inbound, default.outbound)
    )
    edit.add(NetworkAcl(id=new_id, vpc=subnet.vpc, inbound=inbound, outbound=outbound))
    edit.update(subnet_id, network_acl=new_id)
    return new_id
