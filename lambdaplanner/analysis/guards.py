"""What ends have in common that fare alike, whatever they and their groups are called."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from lambdaplanner.analysis.ends import End
from lambdaplanner.analysis.network import Network
from lambdaplanner.analysis.refusal import PUBLIC
from lambdaplanner.kinds import topology
from lambdaplanner.kinds.function import Function
from lambdaplanner.kinds.security_group import SecurityGroup
from lambdaplanner.kinds.workload import Workload


def guards_said(network: Network, near: tuple[str, ...], far: tuple[str, ...]) -> Hashable:
    """The outbound rules at one end and the inbound rules at the other; a group that a rule names
    counts by its place among those of the other end.
    """
    return (
        _said(network, near, far, outward=True),
        _said(network, far, near, outward=False),
    )


def outward_said(network: Network, near: tuple[str, ...], far: tuple[str, ...]) -> Hashable:
    """The outbound rules at one end that may let something out to the other, by group, each with
    whether it has any; rules that name groups which the other has not let nothing out to it.
    """
    groups = network.of(SecurityGroup)
    return tuple(
        (
            name,
            groups[name].vpcs,
            bool(groups[name].outbound_rules),
            tuple(
                rule
                for rule in groups[name].outbound_rules
                if rule.security_group is None or rule.security_group in far
            ),
        )
        for name in near
    )


def _said(
    network: Network, names: tuple[str, ...], others: tuple[str, ...], *, outward: bool
) -> Hashable:
    groups = network.of(SecurityGroup)
    return tuple(_rules(network, groups[name], others, outward=outward) for name in names)


def _rules(
    network: Network, group: SecurityGroup, others: tuple[str, ...], *, outward: bool
) -> Hashable:
    rules = group.outbound_rules if outward else group.inbound
    return (
        group.vpcs,
        network.doubts.keys(group.id),
        tuple(
            (
                rule.protocol,
                rule.ports,
                rule.cidr,
                rule.prefix_list,
                others.index(rule.security_group) if rule.security_group in others else None,
                rule.security_group is None,
            )
            for rule in rules
        ),
    )


def has_interfaces(end: End) -> bool:
    """Whether it is one thing with interfaces in subnets, meant by its id."""
    if end.address is not None:
        return False
    return len(end.workloads) == 1 or (end.function is not None and end.function.attached)


def groups_of(network: Network, end: End) -> tuple[str, ...]:
    """The written groups of an end that is one thing with interfaces."""
    thing = end.function or (end.workloads[0] if has_interfaces(end) else None)
    return () if thing is None else topology.groups_of(network.things, thing)


def likeness_of(network: Network, end: End) -> tuple[object, ...]:
    """What ends have in common that fare alike, whoever they are and whatever guards them."""
    function = end.function
    if function is not None:
        refused = _refused(network, function)
        untold = network.doubts.keys(function.id)
        runs = (function.may_create_interfaces, function.ipv6, function.managed)
        return (function.subnets, *runs, refused, untold)
    if not has_interfaces(end):
        return (end.text,)
    (workload,) = end.workloads
    return (
        workload.subnets,
        bool(workload.security_groups),
        workload.type,
        workload.wants_public_address,
        workload.ipv6,
        workload.private_ip,
        _refused(network, workload),
        network.doubts.keys(workload.id),
    )


def likenesses_of(network: Network, source_end: End, target_end: End) -> tuple[object, object]:
    """The same of both ends of a question."""
    return likeness_of(network, source_end), likeness_of(network, target_end)


def _refused(network: Network, thing: Function | Workload) -> str | None:
    """The id of a thing of which AWS refuses any part, since it fares like no other."""
    refusals = network.refusals
    if not refusals:
        return None
    parts = ((thing.id, *rest) for rest in _parts(thing))
    return thing.id if any(refusals.takes(*part) for part in parts) else None


def _parts(thing: Function | Workload) -> Iterator[tuple[str, ...]]:
    yield from ((), (PUBLIC,))
    yield from ((name,) for name in (*thing.subnets, *thing.security_groups))
