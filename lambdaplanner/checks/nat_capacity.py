"""Checks of the connections that NAT gateways carry."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.analysis.nat_ports import PORTS_OF_AN_ADDRESS, NatPorts
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Draft, check
from lambdaplanner.kinds.nat_gateway import NatGateway

BASICS = "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html"
_NAMED = 3


@check(
    "NAT-008",
    "warning",
    "A NAT gateway may run out of source ports",
    reference=BASICS,
    reads="both",
)
def ports_exhausted(view: PlanAnalysis) -> Iterator[Draft]:
    """Each address of a gateway carries 55,000 connections to one destination (address, port and
    protocol). The worst case is judged: every connection of every function that uses the gateway
    goes to the same one, such as a single API.
    """
    quota = view.plan.info.settings.quotas.elastic_ips_per_nat_gateway
    for nat in view.of(NatGateway):
        found = view.nat_ports[nat.id]
        if found.verdict == "ok":
            continue
        largest = sorted(found.functions, key=lambda load: -load[1])[:_NAMED]
        named = ", ".join(f'{count:,} of "{name}"' for name, count in largest)
        where = f" in zone {found.zone}" if found.regional else ""
        each = (
            "1 address carries" if found.addresses == 1 else (f"{found.addresses} addresses carry")
        )
        yield Draft(
            about=(nat.id, *(name for name, _ in largest)),
            message=f'NAT gateway "{nat.id}" has to carry {found.connections:,} connections{where} '
            f"({named}); if all go to one destination, its {each} {found.ports:,}, and "
            f"{-found.headroom:,} cannot be opened (ErrorPortAllocation in CloudWatch).",
            fix=_fix(nat, found, quota),
        )


def _fix(nat: NatGateway, found: NatPorts, quota: int) -> str:
    if found.verdict == "impossible":
        return (
            f"Divide the load over {found.gateways_needed} NAT gateways, each with subnets of its "
            f"own: one has {found.most} addresses at most, which carry "
            f"{found.most * PORTS_OF_AN_ADDRESS:,}. Or hold fewer connections for each environment."
        )
    what = "private addresses" if nat.connectivity == "private" else "elastic IPs"
    where = f" in zone {found.zone}" if found.regional else ""
    raised = ""
    if nat.connectivity == "public" and not nat.regional and found.addresses_needed > quota:
        raised = f", for which AWS has to raise the quota of {quota} for each gateway"
    own = " In automatic mode AWS adds them by itself." if nat.regional else ""
    return (
        f"Give it {found.addresses_needed} {what}{where}{raised}, or hold fewer connections for "
        f"each environment.{own}"
    )
