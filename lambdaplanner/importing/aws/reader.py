"""AWS CLI JSON as the common value: one function a part, in the order in which they need each
other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lambdaplanner.importing.aws import (
    endpoints,
    filters,
    functions,
    hubs,
    interfaces,
    routes,
    scope,
    vpcs,
    workloads,
)
from lambdaplanner.importing.aws.account import Account
from lambdaplanner.importing.aws.dump import collected, is_dump
from lambdaplanner.importing.aws.objects import text
from lambdaplanner.importing.choices import Choices
from lambdaplanner.importing.found import Found
from lambdaplanner.importing.loading import Document

KIND = "aws-cli"

PARTS: tuple[Callable[[Account], None], ...] = (
    vpcs.read_vpcs,
    vpcs.read_subnets,
    vpcs.read_gateways,
    vpcs.read_nat_gateways,
    endpoints.read_endpoints,
    hubs.read_peerings,
    hubs.read_transit_gateways,
    functions.read_functions,
)


def read(documents: Sequence[Document], choices: Choices) -> Found:
    """What the documents tell. Raises QuestionError where something has to be chosen first."""
    found = Found(kind=KIND)
    dump = collected(documents, found)
    account = Account(dump=dump, choices=choices, found=found)
    scope.choose(account)
    for part in PARTS:
        part(account)
    census = interfaces.census(account)
    workloads.read_workloads(account, census)
    routes.read_route_tables(account)
    workloads.note_forwarding(account)
    filters.read_groups(account)
    filters.read_acls(account)
    filters.read_prefix_lists(account)
    endpoints.read_public_access(account)
    interfaces.settle(account, census)
    _count_what_only_tells(account)
    _count_what_stands_nowhere(account)
    return found


_ONLY_TELL = ("Addresses", "Listeners", "MountTargets")


def _count_what_only_tells(account: Account) -> None:
    """Objects that are part of others: what they tell is in those."""
    for key in _ONLY_TELL:
        for name in account.dump.of(key):
            account.skip(key, name, "it only tells of other things")


_STAND_IN_VPCS = (*("Subnets", "RouteTables", "NetworkAcls", "SecurityGroups", "VpcEndpoints"),)


def _count_what_stands_nowhere(account: Account) -> None:
    """Objects that name no VPC; those of VPCs that were not chosen go with these."""
    for key in _STAND_IN_VPCS:
        for name, one in account.dump.of(key).items():
            if not text(one, "VpcId"):
                account.skip(key, name, "it names no VPC", "unknown")


def claims(document: Document) -> bool:
    """Whether a document is one of this source."""
    return document.text is None and is_dump(document.value)
