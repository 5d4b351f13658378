"""What the inspector says of a thing before its form: verdicts, and what follows from how it stands
in the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lambdaplanner.analysis.answers import Answer, CapacityAnswer, FunctionCapacity
from lambdaplanner.analysis.room import Room
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.route_table import BLACKHOLE, OUTSIDE, RouteTable
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model import cidr
from lambdaplanner.model.document import observed_sentence
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource
from lambdaplanner.ui.panels.port_words import WORST_CASE, ports_sentence
from lambdaplanner.ui.panels.room_words import room_sentence
from lambdaplanner.ui.panels.words import (
    CAPACITY,
    PORTS,
    REACH,
    Word,
    called,
    count,
    nouns,
    sentence,
    stopped,
)

if TYPE_CHECKING:
    from lambdaplanner.editor.live import Live


class Fact(NamedTuple):
    """One line: a state where there is one, a sentence, and the things it is about."""

    word: Word | None
    text: str
    links: tuple[str, ...] = ()


def facts_of(plan: Plan, live: Live, resource: Resource) -> list[Fact]:
    """What to know about a thing."""
    if isinstance(resource, Function):
        return _function(plan, live, resource)
    if isinstance(resource, Subnet):
        seen = _observed(plan, live, resource)
        return [tier(plan, resource), *_subnet_users(plan, resource), *seen]
    if isinstance(resource, Workload):
        return _workload(plan, resource)
    if isinstance(resource, NatGateway):
        return _nat_gateway(plan, live, resource)
    if isinstance(resource, RouteTable):
        return [_table_users(plan, resource)]
    if isinstance(resource, SecurityGroup):
        return [_users(plan, resource, "security_groups", "Guards")]
    if isinstance(resource, Vpc):
        return _vpc(plan, resource)
    if resource.kind == "network-acl":
        return [_users(plan, resource, "network_acl", "Guards")]
    return []


def internet_sentence(plan: Plan, answer: Answer) -> str:
    """Why a function reaches the internet or not, in one sentence."""
    obstacles = [obstacle for path in answer.paths for obstacle in path.obstacles]
    if obstacles:
        return stopped(obstacles[0].message)
    gateways = [hop.id for path in answer.paths for hop in path.hops if hop.kind == "nat-gateway"]
    names = ", ".join(called(plan, name) for name in dict.fromkeys(gateways))
    if names:
        return f"Through {names}."
    if any(hop.kind == "egress-only-internet-gateway" for p in answer.paths for hop in p.hops):
        return "Through an egress-only internet gateway, IPv6 only."
    return "Through the Lambda service VPC; nothing inside a customer VPC can be reached."


def capacity_sentence(found: FunctionCapacity, room: Room | None = None) -> str:
    """How one function's target fares; `room` says where larger subnets could stand."""
    if found.stranded:
        return "No subnet is left, so it does not run at all."
    if found.contended:
        shared = " and ".join(found.bottleneck)
        parts = [f"Others want addresses of {shared} too: who gets them is not decided."]
        if found.error:
            parts.append(f"Lambda answers {found.error}.")
    elif found.shortfall:
        parts = [
            f"{found.shortfall:,} too many: at most {found.max_concurrency:,} of "
            f"{found.concurrency:,}."
        ]
        if found.error:
            parts.append(f"Lambda answers {found.error}.")
    elif found.verdict == "uneven":
        parts = ["It fits, but not in even shares: Lambda spreads evenly and meets a full subnet."]
    elif found.verdict == "exhausted":
        parts = [f"Shared subnets run out although {found.max_concurrency:,} are possible alone."]
    elif found.verdict == "tight":
        parts = ["It fits, with no room for interfaces that are being replaced."]
    elif found.demand:
        by = ", limited by the account" if found.limited_by_account else ""
        parts = [
            f"{count(found.demand, 'address', 'addresses')} wanted; at most "
            f"{found.most:,} invocations{by}."
        ]
    else:
        parts = ["It takes no addresses of a subnet."]
    if room is not None:
        parts.append(room_sentence(room))
    elif found.suggested_prefix is not None and found.verdict != "ok":
        parts.append(f"A /{found.suggested_prefix} in each of its subnets would do.")
    return " ".join(parts)


def _ramp(found: FunctionCapacity) -> list[Fact]:
    if not found.ramp_seconds:
        return []
    text = f"From cold its target runs after {count(found.ramp_seconds, 'second')}."
    return [Fact(None, f"{text} Lambda starts 1,000 environments at once, then 100 a second.")]


def _function(plan: Plan, live: Live, function: Function) -> list[Fact]:
    facts: list[Fact] = []
    try:
        answer = live.internet(function.id)
    except QuestionError as error:
        facts.append(Fact(Word("muted", "Internet"), sentence(str(error))))
    else:
        word = REACH[answer.verdict]
        facts.append(
            Fact(Word(word.tone, f"Internet: {word.text.lower()}"), internet_sentence(plan, answer))
        )
    found = live.capacity().functions.get(function.id)
    if found is not None and function.attached:
        word = CAPACITY[found.verdict]
        facts.append(
            Fact(
                Word(word.tone, f"Concurrency: {word.text.lower()}"),
                capacity_sentence(found, live.view.rooms.get(function.id)),
            )
        )
    if found is not None:
        facts += _ramp(found)
    if function.attached and not function.may_create_interfaces:
        facts.append(
            Fact(Word("error", "Role"), "Its role does not let Lambda create network interfaces.")
        )
    if function.has_default_networking:
        facts.append(
            Fact(
                Word("info", "Default networking"),
                "It runs in the Lambda service VPC alone. Connect it to a VPC to reach what is "
                "there.",
            )
        )
    return facts


def tier(plan: Plan, subnet: Subnet) -> Fact:
    """Whether a subnet is public, private or isolated, and the route that makes it so."""
    table = topology.table_of(plan, subnet)
    if table is None:
        return Fact(
            Word("muted", "Isolated"), "It has the VPC's own main table: local routes only."
        )
    public = topology.internet_gateway_route(plan, table)
    if public is not None:
        text = f"{table.id} routes {public.destination} to the internet gateway {public.target}."
        return Fact(Word("ok", "Public"), text, (table.id, public.target))
    default = next(topology.default_routes(plan, subnet), None)
    if default is None:
        return Fact(Word("muted", "Isolated"), f"{table.id} has no default route.", (table.id,))
    if default.target == BLACKHOLE:
        text = f"{table.id} drops {default.destination}: the target is gone."
        return Fact(Word("error", "Private, no way out"), text, (table.id,))
    if default.target == OUTSIDE:
        text = f"{table.id} sends {default.destination} out of what the plan holds."
        return Fact(Word("unknown", "Not known"), text, (table.id,))
    text = f"{table.id} routes {default.destination} to {default.target}."
    return Fact(Word("info", "Private"), text, (table.id, default.target))


def _observed(plan: Plan, live: Live, subnet: Subnet) -> list[Fact]:
    """What AWS reported at the import beside what the plan counts."""
    found = [row for row in plan.observed if row.subnet == subnet.id]
    counted = live.capacity().subnets.get(subnet.id)
    if counted is None:
        return []
    return [Fact(None, observed_sentence(row, counted.free)) for row in found]


def _subnet_users(plan: Plan, subnet: Subnet) -> list[Fact]:
    functions = plan.users(subnet.id, "subnets", "function")
    if not functions:
        return []
    names = ", ".join(function.id for function in functions[:4])
    more = f" and {len(functions) - 4} more" if len(functions) > 4 else ""
    return [Fact(None, f"Interfaces of {names}{more}.", tuple(f.id for f in functions[:4]))]


def _workload(plan: Plan, workload: Workload) -> list[Fact]:
    each = count(workload.addresses_per_subnet, "address", "addresses")
    number = len(workload.subnets)
    where = "its subnet" if number == 1 else f"each of {count(number, 'subnet')}"
    text = f"{each} in {where}. {workload.spare_advice}"
    text = text.rstrip()
    if not workload.wants_public_address:
        return [Fact(None, text)]
    places = [subnet for name in workload.subnets if isinstance(subnet := plan.find(name), Subnet)]
    if places and not any(topology.is_public(plan, subnet) for subnet in places):
        return [
            Fact(None, text),
            Fact(
                Word("warning", "Public address"),
                "It helps nothing here: no subnet of it routes to an internet gateway.",
            ),
        ]
    return [Fact(None, text)]


def _nat_gateway(plan: Plan, live: Live, nat: NatGateway) -> list[Fact]:
    subnet = plan.find(nat.subnet)
    facts: list[Fact] = []
    if isinstance(subnet, Subnet) and nat.connectivity == "public":
        if topology.is_public(plan, subnet):
            place = tier(plan, subnet)
            facts.append(Fact(Word("ok", "In a public subnet"), place.text, place.links))
        else:
            text = (
                f"{subnet.id} has no route to an internet gateway, so this gateway leads nowhere."
            )
            facts.append(Fact(Word("error", "Not in a public subnet"), text, (subnet.id,)))
    ports = live.nat_ports()[nat.id]
    if ports.connections:
        word = PORTS[ports.verdict]
        text = f"{ports_sentence(ports)} {WORST_CASE}."
        facts.append(Fact(Word(word.tone, f"Ports: {word.text.lower()}"), text))
    facts.append(_users(plan, nat, "routes", "Serves"))
    return facts


def _table_users(plan: Plan, table: RouteTable) -> Fact:
    subnets = topology.served_by(plan, table)
    if not subnets:
        return Fact(Word("muted", "Unused"), "No subnet is served by it.")
    return Fact(None, f"Serves {count(len(subnets), 'subnet')}.", tuple(s.id for s in subnets[:6]))


def _users(plan: Plan, resource: Resource, field: str, verb: str) -> Fact:
    names = list(
        dict.fromkeys(link.source for link in plan.mentions_of(resource.id) if link.field == field)
    )
    if not names:
        return Fact(Word("muted", "Unused"), "Nothing uses it.")
    kinds = {plan.resource(name).kind for name in names}
    what = nouns(len(names), kinds.pop()) if len(kinds) == 1 else count(len(names), "thing")
    return Fact(None, f"{verb} {what}.", tuple(names[:6]))


def _vpc(plan: Plan, vpc: Vpc) -> list[Fact]:
    subnets = [s for s in plan.ordered("subnet") if s.vpc == vpc.id]
    whole = sum(cidr.block(block).size for block in vpc.cidrs)
    taken = sum(cidr.block(s.cidr).size for s in subnets)
    share = f"{taken * 100 / whole:.0f} %" if whole else "none"
    zones = len({s.az or s.id for s in subnets})
    text = (
        f"{count(len(subnets), 'subnet')} in {count(zones, 'zone')} take {share} of "
        f"{whole:,} addresses."
    )
    return [Fact(None, text)]


def plan_facts(capacity: CapacityAnswer) -> list[Fact]:
    """What to know about the whole plan."""
    word = CAPACITY[capacity.verdict]
    reason = capacity.reasons.get(capacity.model, "")
    facts = [Fact(Word(word.tone, f"Concurrency: {word.text.lower()}"), sentence(reason))]
    account = capacity.account
    if account.verdict != "ok":
        text = (
            f"All functions together are to run {account.concurrency:,} times at once; the quota "
            f"is {account.quota:,}, and AWS raises it on request."
        )
        facts.append(Fact(Word("warning", "Account: beyond its quota"), text))
    return facts
