"""What the security groups of two ends say to one another, whatever the groups are called: ends
whose groups say the same fare the same.
"""

from __future__ import annotations

from collections.abc import Hashable

from lambdaplanner.analysis.network import Network
from lambdaplanner.kinds.security_group import SecurityGroup


def guards_said(network: Network, near: tuple[str, ...], far: tuple[str, ...]) -> Hashable:
    """The outbound rules at one end and the inbound rules at the other; a group that a rule names
    counts by its place among those of the other end.
    """
    return (
        _said(network, near, far, outward=True),
        _said(network, far, near, outward=False),
    )


def _said(
    network: Network, names: tuple[str, ...], others: tuple[str, ...], *, outward: bool
) -> Hashable:
    groups = network.of(SecurityGroup)
    return tuple(_rules(groups[name], others, outward=outward) for name in names)


def _rules(group: SecurityGroup, others: tuple[str, ...], *, outward: bool) -> Hashable:
    rules = group.outbound_rules if outward else group.inbound
    return (
        group.vpc,
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
