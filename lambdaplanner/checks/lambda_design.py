"""Checks of what functions are attached for, and of what stands around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lambdaplanner.analysis.filters import Acl, judge_acl
from lambdaplanner.analysis.parties import Party, read_party
from lambdaplanner.analysis.ranges import ALL_PORTS, ANY_HOST, INTERNET, Ranges, joined, meet
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.checks.wording import NAMED, listed
from lambdaplanner.errors import QuestionError
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.kinds.workload import Workload
from lambdaplanner.model.document import Expectation

VPC_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html"
TROUBLE_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-networking.html"
GROUPS_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"
DNS_PAGE = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html"
REPLY_PORTS = (1024, 65535)


@check(
    "LAM-011",
    "info",
    "A security group that only functions have lets something in",
    reference=VPC_PAGE,
)
def inbound_to_functions(view: PlanAnalysis) -> Iterator[Draft]:
    """Nothing in a VPC can open a connection to a function, so inbound rules of its groups do
    nothing.
    """
    functions: dict[str, list[str]] = defaultdict(list)
    for function in view.attached:
        for name in function.security_groups:
            functions[name].append(function.id)
    others = {name for thing in view.of(Workload) for name in thing.security_groups}
    others.update(name for thing in view.of(Endpoint) for name in thing.security_groups)
    for group in view.of(SecurityGroup):
        users = functions.get(group.id)
        if users and group.inbound and group.id not in others:
            count = len(group.inbound)
            rules = "an inbound rule" if count == 1 else f"{count} inbound rules"
            yield Draft(
                about=(group.id, *users[:NAMED]),
                message=f'Security group "{group.id}" has {rules}, but '
                f"only functions have it ({listed(users)}), and nothing in a VPC can open a "
                "connection to a function.",
                fix="Take the inbound rules out; replies to what a function sends pass anyway.",
            )


@check(
    "LAM-013",
    "error",
    "A function with IPv6 has a subnet without it",
    reference=VPC_PAGE + "#configuration-vpc-ipv6",
)
def without_dual_stack(view: PlanAnalysis) -> Iterator[Draft]:
    """With Ipv6AllowedForDualStack every subnet of the function has to be dual-stack; AWS refuses
    the attachment otherwise.
    """
    for function in view.attached:
        if not function.ipv6:
            continue
        bad = [name for name in function.subnets if view.subnet(name).ipv6_cidr is None]
        if bad:
            yield Draft(
                about=(function.id, *bad),
                message=f'Function "{function.id}" is to use IPv6, but has subnets without an IPv6 '
                f"block: {listed(bad)}.",
                fix="Give each of its subnets an IPv6 block of the VPC, or turn IPv6 off.",
            )


@check(
    "LAM-014",
    "info",
    "A function is attached, but expected to reach public targets only",
    reference=VPC_PAGE,
)
def needless_attachment(view: PlanAnalysis) -> Iterator[Draft]:
    """Where all that a function is expected to reach is on the internet or an AWS service, it
    reaches them without an attachment too, and needs neither subnets nor a NAT gateway.
    """
    rows: dict[str, list[Expectation]] = defaultdict(list)
    for row in view.plan.expectations:
        rows[row.source].append(row)
    for function in view.attached:
        own = rows.get(function.id)
        if own and all(_public(view, row) for row in own):
            targets = list(dict.fromkeys(row.target for row in own))
            named = ", ".join("the internet" if t == "internet" else t for t in targets[:NAMED])
            more = f" and {len(targets) - NAMED} more" if len(targets) > NAMED else ""
            yield Draft(
                about=(function.id,),
                message=f'Function "{function.id}" is attached to a VPC, but is expected to reach '
                f"only what Lambda's default networking reaches as well: {named}{more}.",
                fix="Take its subnets out, or keep the attachment where its packets are to come "
                "from the address of a NAT gateway, take private ways to services, or pass an "
                "inspection; an expectation of something in the VPC says what it is for.",
            )


def _public(view: PlanAnalysis, row: Expectation) -> bool:
    """Whether a function that is not attached fulfils it: by IPv4 it reaches all that is public."""
    if row.expect != "reachable":
        return False
    try:
        party = read_party(view.network, row.target)
    except QuestionError:
        return False
    if party.service is not None or row.target == "internet":
        return True
    return party.on_the_internet and _outside(view, party)


def _outside(view: PlanAnalysis, party: Party) -> bool:
    address = party.address
    if address is None or address.version != 4:
        return False
    return not any(b.holds(address) for vpc in view.of(Vpc) for b in view.network.blocks(vpc.id))


@check(
    "LAM-016",
    "warning",
    "A network ACL keeps replies from functions",
    reference=TROUBLE_PAGE,
)
def replies_kept_out(view: PlanAnalysis) -> Iterator[Draft]:
    """Lambda takes any port from 1024 to 65535 for a request, by TCP and by UDP: where an ACL lets
    replies in on some of them only, functions time out now and then. Judged is the internet, or
    where nothing leaves for it, what does leave.
    """
    subnets = dict.fromkeys(name for function in view.attached for name in function.subnets)
    behind: dict[str, tuple[Acl, list[str]]] = {}
    for name in subnets:
        acl = view.network.acl_of(name)
        if acl is not None:
            behind.setdefault(acl.id, (acl, []))[1].append(name)
    for acl, names in behind.values():
        lost = [
            f"{protocol.upper()} {_ports(ports)}"
            for protocol in ("tcp", "udp")
            if (ports := _kept_out(acl, protocol))
        ]
        if lost:
            yield Draft(
                about=(acl.id, *names),
                message=f'Network ACL "{acl.id}" keeps replies from the functions in '
                f"{listed(names)}: it lets requests out, but not everything back in on "
                f"{' and '.join(lost)}.",
                fix="Allow TCP and UDP 1024-65535 in from where functions send to.",
            )


def _kept_out(acl: Acl, protocol: str) -> Ranges:
    """The ports on which an ACL drops replies to what it lets out."""
    out = judge_acl(acl.outbound, 4, protocol, ((0, ANY_HOST),), (ALL_PORTS,)).allowed
    sent = joined([part for addresses, _ in out for part in addresses])
    if meet(sent, INTERNET[0]):
        sent = INTERNET
    denied = judge_acl(acl.inbound, 4, protocol, sent, (REPLY_PORTS,)).denied if sent else ()
    return joined([part for _, ports in denied for part in ports])


def _ports(ranges: Ranges) -> str:
    return ", ".join(f"{low}" if low == high else f"{low}-{high}" for low, high in ranges)


@check(
    "LAM-017",
    "info",
    "A function has its VPC's default security group",
    reference=GROUPS_PAGE,
)
def default_group_used(view: PlanAnalysis) -> Iterator[Draft]:
    """Everything that names no group shares that one: what is allowed for one thing is allowed for
    all of them.
    """
    for function in view.attached:
        if not function.security_groups:
            vpc = view.places(function).vpcs[0]
            yield Draft(
                about=(function.id,),
                message=f'Function "{function.id}" names no security group, so it has the default '
                f'group of VPC "{vpc}", with everything else that names none.',
                fix="Give it a security group for what it does.",
            )


@check(
    "LAM-018",
    "warning",
    "DNS is off in a VPC that has functions",
    reference=DNS_PAGE,
)
def no_dns(view: PlanAnalysis) -> Iterator[Draft]:
    """Without DNS support (enableDnsSupport) the VPC's resolver does not answer: a function finds
    no database, no service and no website by its name.
    """
    users: dict[str, list[str]] = defaultdict(list)
    for function in view.attached:
        for vpc in view.places(function).vpcs:
            users[vpc].append(function.id)
    for vpc, names in users.items():
        if not view.vpc(vpc).dns_support:
            yield Draft(
                about=(vpc, *names[:NAMED]),
                message=f'DNS support is off in VPC "{vpc}", so its functions ({listed(names)}) '
                "cannot resolve any name by the VPC's resolver.",
                fix=f'Turn DNS support on in "{vpc}", unless a resolver of your own serves it by '
                "its DHCP options.",
            )
