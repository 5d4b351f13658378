"""Checks of how functions are attached: groups, addresses of both kinds, names, replies."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.filters import Acl, judge_acl
from lambdaplanner.analysis.packets import ANY_EPHEMERAL
from lambdaplanner.analysis.ranges import ALL_PORTS, ANY_HOST, INTERNET, is_public, joined, meet
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.refused import refused
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.sharing import listed, named, shared
from lambdaplanner.kinds.aws_services import service_of
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.nat_gateway import NatGateway
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.topology import groups_of
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.cidr import read_address

VPC_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"
NETWORKING = "https://docs.aws.amazon.com/lambda/latest/dg/foundation-networking.html"
TROUBLE = "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-networking.html"
DNS = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"
DEFAULT_GROUP = "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"


_OF_A_VPC = frozenset({Endpoint.kind, Workload.kind, Peering.kind, TransitGateway.kind})
"""What a function without a VPC has no way through. A NAT gateway is only its way out."""


@check(
    "LAM-011",
    "info",
    "Inbound rules of a group that only functions have",
    reference=NETWORKING,
)
def rules_that_nothing_meets(view: PlanAnalysis) -> Iterator[Draft]:
    """Nothing opens a connection to a function through its interface, so that such rules do
    nothing; replies pass without one.
    """
    by_functions = {name for function in view.attached for name in groups_of(view.plan, function)}
    others: list[Workload | Endpoint] = [*view.of(Workload), *view.of(Endpoint)]
    by_others = {name for thing in others for name in groups_of(view.plan, thing)}
    for group in view.of(SecurityGroup):
        if group.inbound and group.id in by_functions - by_others:
            count = len(group.inbound)
            rules = "1 inbound rule" if count == 1 else f"{count} inbound rules"
            yield Draft(
                about=(group.id,),
                message=f'Security group "{group.id}" guards functions only, and has {rules}: '
                "nothing opens connections to a function.",
                fix="Take the inbound rules out.",
            )


@check(
    "LAM-013",
    "error",
    "A function with IPv6 has a subnet without",
    reference=VPC_PAGE,
)
def not_dual_stack(view: PlanAnalysis) -> Iterator[Draft]:
    """With Ipv6AllowedForDualStack every subnet of the function must have both kinds of blocks."""
    return refused(view, "LAM-013")


@check(
    "LAM-014",
    "info",
    "An attached function needs nothing of its VPC",
    reference=VPC_PAGE,
)
def attached_for_nothing(view: PlanAnalysis) -> Iterator[Draft]:
    """All that the plan expects it to reach is on the internet, which Lambda's default networking
    has, nothing stands in its VPC that it could be there for, and its calls go by no endpoint of
    the VPC and by no other VPC. Some rule books want every function in a VPC; then acknowledge it.
    """
    inhabited = {view.subnet(name).vpc for w in view.of(Workload) for name in w.subnets}
    wanted: dict[str, list[str]] = {}
    kept_in: set[str] = set()
    for row in view.plan.expectations:
        if row.expect != "unreachable":
            wanted.setdefault(row.source, []).append(row.target)
        elif _outside(view, row.target):
            kept_in.add(row.source)
    for function in view.attached:
        targets = wanted.get(function.id, [])
        if function.id in kept_in:
            continue  # only a VPC can keep it from the internet
        if not inhabited.isdisjoint(view.places(function).vpcs):
            continue
        if any(_uses_the_vpc(view, function, target) for target in dict.fromkeys(targets)):
            continue
        if targets and all(_outside(view, target) for target in targets):
            yield Draft(
                about=(function.id,),
                message=f'Function "{function.id}" is attached, but all that it is expected to '
                f"reach is outside ({', '.join(dict.fromkeys(targets))}).",
                fix="Detach it, or write down what it reaches inside"
                f"{_fixed_address(view, function)}.",
            )


def _fixed_address(view: PlanAnalysis, function: Function) -> str:
    """The one thing that default networking has not, and a plan does not say who expects it."""
    hops = (hop for path in view.internet(function.id).paths for hop in path.hops)
    nat = next((hop.id for hop in hops if hop.kind == NatGateway.kind), None)
    return f'; keep it where others let in the fixed address of "{nat}"' if nat else ""


def _uses_the_vpc(view: PlanAnalysis, function: Function, target: str) -> bool:
    """Whether a call goes by what only a VPC has: an endpoint of the service (its policy can demand
    that one), an appliance, a way through another VPC; or would, if nothing stood in its way.
    """
    service = service_of(target)
    vpcs = view.places(function).vpcs
    if service is not None and any(view.network.endpoints(vpc, service) for vpc in vpcs):
        return True
    asked = (answer for row, answer in view.expected_of(function.id) if row.target == target)
    paths = (path for answer in asked for path in answer.paths)
    return any(hop.kind in _OF_A_VPC for path in paths for hop in path.hops)


def _outside(view: PlanAnalysis, target: str) -> bool:
    """Whether Lambda's default networking leads there: to services and public IPv4 hosts, which no
    VPC has for its own.
    """
    if target == "internet" or service_of(target) is not None:
        return True
    try:
        address = read_address(target)
    except ValueError:
        return False
    if address.version != 4 or not is_public(address):
        return False
    blocks = (block for vpc in view.of(Vpc) for block in view.network.blocks(vpc.id))
    return not any(block.holds(address) for block in blocks)


@check(
    "LAM-016",
    "warning",
    "A network ACL keeps some replies from a function",
    reference=TROUBLE,
)
def replies_kept_out(view: PlanAnalysis) -> Iterator[Draft]:
    """Replies come to any port from 1024 to 65535; an ACL that lets only some of them in makes some
    connections hang, now and then.
    """
    shut: dict[str, dict[str, None]] = {}
    judged: dict[str, bool] = {}
    for function in view.attached:
        for name in function.subnets:
            acl = view.network.acl_of(name)
            if acl is None:
                continue
            if acl.id not in judged:
                judged[acl.id] = _lets_replies_in(acl)
            if not judged[acl.id]:
                shut.setdefault(acl.id, {}).update(dict.fromkeys((function.id, name)))
    for acl_id, things in shut.items():
        functions = [name for name in things if name in view.plan.of(Function.kind)]
        yield Draft(
            about=(acl_id, *things),
            message=f'Network ACL "{acl_id}" does not let replies to {listed(functions)} in on '
            "all ports from 1024 to 65535, TCP: some connections would hang.",
            fix="Allow inbound tcp 1024-65535 from everywhere that it lets requests out to.",
        )


def _lets_replies_in(acl: Acl) -> bool:
    """Whether what comes back from the internet passes, or, where nothing leaves for it, from
    wherever something does; told by TCP, which all functions speak.
    """
    out = judge_acl(acl.outbound, 4, "tcp", ((0, ANY_HOST),), (ALL_PORTS,)).allowed
    sent = joined([part for addresses, _ in out for part in addresses])
    back = INTERNET if meet(sent, INTERNET[0]) else sent
    return not back or not judge_acl(acl.inbound, 4, "tcp", back, (ANY_EPHEMERAL,)).denied


@check(
    "LAM-017",
    "info",
    "A function has its VPC's default security group",
    reference=DEFAULT_GROUP,
)
def default_group_of_functions(view: PlanAnalysis) -> Iterator[Draft]:
    """It lets everything out, and everything in from whatever else has it: nobody decided that. One
    finding for all functions of a VPC, where they are many.
    """

    def say(vpc: str, names: list[str]) -> Draft:
        alone = len(names) == 1
        have, own, it = ("has", "its", "it") if alone else ("have", "their", "them")
        needs = "it needs" if alone else "they need"
        return Draft(
            about=tuple(names),
            message=f"{named(names)} {have} no security group of {own} own, and so the default one "
            f'of VPC "{vpc}".',
            fix=f"Give {it} a security group that lets out what {needs}.",
        )

    without = (function for function in view.attached if not function.security_groups)
    yield from shared(((view.places(f).vpcs[0], f.id) for f in without), say)


@check(
    "LAM-018",
    "warning",
    "Functions stand in a VPC without a resolver",
    reference=DNS,
)
def no_resolver(view: PlanAnalysis) -> Iterator[Draft]:
    """With DNS support off, no name is resolved: calls fail before a packet is sent. DHCP options
    with other name servers are not part of a plan.
    """
    users: dict[str, list[str]] = {}
    for function in view.attached:
        for vpc in view.places(function).vpcs:
            if not view.vpc(vpc).dns_support:
                users.setdefault(vpc, []).append(function.id)
    for vpc, names in users.items():
        yield Draft(
            about=(vpc, *names),
            message=f'VPC "{vpc}" has DNS support off: its functions resolve no name, unless name '
            "servers of your own are set.",
            fix=f'Switch dns_support of "{vpc}" on.',
        )
