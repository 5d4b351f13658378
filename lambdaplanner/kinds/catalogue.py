"""All kinds, in the order of the plan file. An explicit list: searching for a kind finds
this line.
"""

from __future__ import annotations

from lambdaplanner.kinds import (
    capacity_provider,
    egress_only_internet_gateway,
    endpoint,
    external_network,
    function,
    internet_gateway,
    nat_gateway,
    network_acl,
    note,
    peering,
    prefix_list,
    route_table,
    security_group,
    subnet,
    transit_gateway,
    virtual_private_gateway,
    vpc,
    workload,
)
from lambdaplanner.kinds.registry import ResourceKind
from lambdaplanner.model.records import Resource

KINDS: dict[str, ResourceKind] = {
    module.KIND.slug: module.KIND
    for module in (
        vpc,
        internet_gateway,
        egress_only_internet_gateway,
        subnet,
        nat_gateway,
        route_table,
        virtual_private_gateway,
        external_network,
        prefix_list,
        security_group,
        network_acl,
        endpoint,
        peering,
        transit_gateway,
        function,
        capacity_provider,
        workload,
        note,
    )
}


def kind_named(slug: str) -> ResourceKind:
    """The table row of a kind; KeyError where there is none."""
    return KINDS[slug]


def kind_of(resource: Resource) -> ResourceKind:
    """The table row of a resource's kind."""
    return KINDS[resource.kind]
