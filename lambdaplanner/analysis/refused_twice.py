"""What AWS takes once: gateways of a VPC, peerings of a pair, endpoints of a service, subnets of a
zone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lambdaplanner.analysis.addressing import Addressing
from lambdaplanner.analysis.refusal import Part, Refusal
from lambdaplanner.kinds import KINDS
from lambdaplanner.kinds.endpoint import Endpoint
from lambdaplanner.kinds.peering import Peering
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.topology import vpc_of
from lambdaplanner.kinds.transit_gateway import TransitGateway
from lambdaplanner.kinds.workload import LOAD_BALANCERS, ONE_A_ZONE, Workload

BAD_STATE = "BAD_STATE"
UNSUPPORTED = "UNSUPPORTED_COMPONENT"


def gateways(plan: Addressing) -> Iterator[Refusal]:
    """Of two gateways of a VPC that can have one, nobody knows which is attached: neither carries
    anything.
    """
    for row in (row for row in KINDS.values() if row.one_per_vpc):
        by_vpc: dict[str, list[str]] = {}
        for gateway in plan.of(row.model).values():
            by_vpc.setdefault(vpc_of(plan.things, gateway) or "", []).append(gateway.id)
        for vpc, attached in by_vpc.items():
            names = sorted(attached)
            if len(names) > 1:
                yield Refusal(
                    "NET-023",
                    "",
                    BAD_STATE,
                    (vpc, *names),
                    f'VPC "{vpc}" has {len(names)} {row.nouns} ({", ".join(names)}); AWS attaches '
                    "one.",
                    "Keep one, and let the routes lead to it.",
                    tuple((name,) for name in names),
                )


def peerings(plan: Addressing) -> Iterator[Refusal]:
    """Of several peerings of two VPCs, whichever side asked, the one made first stands."""
    by_pair: dict[frozenset[str], list[str]] = {}
    for peering in plan.of(Peering).values():
        by_pair.setdefault(frozenset(peering.vpcs), []).append(peering.id)
    for pair, (first, *later) in by_pair.items():
        if later:
            one, other = sorted(pair)
            named = ", ".join(f'"{name}"' for name in later)
            yield Refusal(
                "NET-029",
                "",
                BAD_STATE,
                (later[0], first, *later[1:]),
                f'Peering "{first}" joins VPCs "{one}" and "{other}" already; AWS refuses {named} '
                "beside it.",
                f'Keep "{first}", and let the routes lead to it.',
                tuple((name,) for name in later),
            )


def gateway_endpoints(plan: Addressing) -> Iterator[Refusal]:
    """A table holds one route for a service's prefix list; the endpoint made first has it."""
    known: dict[tuple[str, str], str] = {}
    clashes: dict[tuple[str, str], list[str]] = {}
    for endpoint in plan.of(Endpoint).values():
        if not endpoint.is_gateway or endpoint.refusal(plan.region_of(endpoint.vpc)):
            continue
        for table in endpoint.route_tables:
            first = known.setdefault((table, endpoint.service_name), endpoint.id)
            if first != endpoint.id:
                clashes.setdefault((endpoint.id, first), []).append(table)
    for (later, first), tables in clashes.items():
        named = " and ".join(f'"{table}"' for table in tables)
        yield Refusal(
            "END-008",
            later,
            BAD_STATE,
            (later, first, *tables),
            f'Gateway endpoints "{first}" and "{later}" lead to the same service by {named}; a '
            f'route table holds one route for it, and AWS refuses that to "{later}".',
            f'Associate "{later}" with other tables, or use "{first}" for all.',
            tuple((later, table) for table in tables),
        )


def names_taken(plan: Addressing) -> Iterator[Refusal]:
    """One interface endpoint with private DNS for each service in a VPC. Which of two stands
    nobody knows: each is a path of its own.
    """
    known: dict[tuple[str, str, str], str] = {}
    for endpoint in plan.of(Endpoint).values():
        if not (endpoint.is_interface and endpoint.private_dns):
            continue
        service, region = endpoint.named
        key = (endpoint.vpc, service, region or plan.region_of(endpoint.vpc))
        first = known.setdefault(key, endpoint.id)
        if first != endpoint.id:
            yield Refusal(
                "END-006",
                endpoint.id,
                BAD_STATE,
                (endpoint.id, first),
                f'Interface endpoints "{first}" and "{endpoint.id}" of VPC "{endpoint.vpc}" both '
                f"take the name of {endpoint.service}; AWS allows one.",
                "Switch private DNS off at one of them, or use one for all subnets.",
            )


# zones --------------------------------------------------------------------------------------------


def two_of_a_zone(plan: Addressing) -> Iterator[Refusal]:
    """Endpoints, load balancers, file systems and attachments take one subnet of each zone; of a
    file system only the second mount target is refused.
    """
    for endpoint in plan.of(Endpoint).values():
        called = f'Endpoint "{endpoint.id}"'
        found = _pairs(plan, endpoint.vpc, endpoint.subnets)
        yield from _zones("END-009", called, endpoint.id, found, ((endpoint.id,),))
    for workload in plan.of(Workload).values():
        if workload.type in ONE_A_ZONE and len(workload.subnets) > 1:
            home = plan.of(Subnet)[workload.subnets[0]].vpc
            found = _pairs(plan, home, workload.subnets)
            whole: tuple[Part, ...] | None = None
            if workload.type in LOAD_BALANCERS:
                whole = ((workload.id,),)
            yield from _zones("NET-026", f'Workload "{workload.id}"', workload.id, found, whole)
    for gateway in plan.of(TransitGateway).values():
        for attachment in gateway.attachments:
            called = f'The attachment of VPC "{attachment.vpc}" to transit gateway "{gateway.id}"'
            found = _pairs(plan, attachment.vpc, attachment.subnets)
            attached = ((gateway.id, attachment.vpc),)
            yield from _zones("NET-026", called, gateway.id, found, attached)


def _pairs(plan: Addressing, vpc: str, names: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """The zones that have two of the subnets, with the first and a later one."""
    zones: dict[str, str] = {}
    for name in names:
        place = plan.of(Subnet)[name]
        if place.vpc == vpc and place.az:
            first = zones.setdefault(place.az, name)
            if first != name:
                yield place.az, first, name


def _zones(
    check: str,
    called: str,
    name: str,
    pairs: Iterable[tuple[str, str, str]],
    whole: tuple[Part, ...] | None,
) -> Iterator[Refusal]:
    for zone, first, later in pairs:
        yield Refusal(
            check,
            name,
            UNSUPPORTED,
            (name, first, later),
            f'{called} has two subnets of {zone}, "{first}" and "{later}"; AWS takes one of each '
            "zone.",
            "Take one of them out.",
            ((name, later),) if whole is None else whole,
        )
