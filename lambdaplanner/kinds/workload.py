"""Everything else that has addresses in a subnet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from lambdaplanner.kinds.registry import ROUTE_TARGETS, ResourceKind, Size, first_exchanged
from lambdaplanner.model.fields import Boolean, Choice, Integer, Ref
from lambdaplanner.model.network_fields import ENDS, IpAddress
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many

TYPES = {
    "ec2": "EC2 instance",
    "rds": "RDS database",
    "rds-proxy": "RDS Proxy",
    "elasticache": "ElastiCache",
    "opensearch": "OpenSearch",
    "efs": "EFS file system",
    "alb": "Application Load Balancer",
    "nlb": "Network Load Balancer",
    "fargate": "Fargate task",
    "generic": "Workload",
}

ADDRESSES = {"alb": 8, "nlb": 1, "rds-proxy": 10}
"""Addresses that a type takes in each of its subnets where `ips` says nothing; others take one
(aws.md 2.3).
"""

SPARE = {
    "alb": "AWS asks for 8 free addresses, in a subnet of /27 or larger, so that it can grow.",
    "nlb": "Plan some free ones beside it, as for any load balancer.",
    "rds": "Keep one more free in each subnet of its group: RDS takes it to recover.",
    "rds-proxy": "That is for database instances up to xlarge; larger ones need 15 (2xlarge) to "
    "110 (24xlarge).",
    "elasticache": "Each further node in a subnet takes one more.",
    "fargate": "Each further task in a subnet takes one more.",
}
"""What AWS wants free beside the addresses that a type takes, or what its number stands for (aws.md
2.3). Advice: the ledger counts interfaces, not recommendations.
"""

PORTS = {
    "rds": 5432,
    "rds-proxy": 5432,
    "elasticache": 6379,
    "opensearch": 443,
    "efs": 2049,
    "alb": 443,
    "nlb": 443,
}
"""What a question to a type asks for, until somebody says otherwise."""

LOAD_BALANCERS = frozenset({"alb", "nlb"})

APPLIANCES = frozenset({"ec2", "generic"})
"""Types that can pass packets on: the source/destination check of the others' interfaces stays on
(aws.md 3.2).
"""

WITHOUT_GROUPS = "nlb"
"""The type that may have no security group at all, and then filters nothing: no default group takes
its place, and AWS lets none be added later (aws.md 6.1).
"""

REACHED_BY_IPV6 = frozenset({"ec2", "fargate", "generic"})
"""Types whose IPv6 addresses the internet reaches, public IPv4 address or not."""

ONE_A_ZONE = frozenset({*LOAD_BALANCERS, "efs"})
"""Types that AWS gives one subnet in each zone, and no second one (aws.md 2.3)."""

NEVER_PUBLIC = frozenset({"elasticache", "efs", "rds-proxy", "opensearch"})
"""Types that AWS gives no public address, ever (aws.md 2.5)."""


@ENDS.join
@ROUTE_TARGETS.join
@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Resource):
    """A database, an instance, a load balancer ... with an interface in each of its subnets."""

    kind: ClassVar[str] = "workload"
    type: str = attr(Choice(tuple(TYPES)), "Type", titles=TYPES, drawn=True)
    subnets: tuple[str, ...] = attr(Many(Ref(("subnet",)), at_least=1), "Subnets")
    security_groups: tuple[str, ...] = attr(
        Many(Ref(("security-group",))),
        "Security groups",
        default=(),
        help="Left out: the VPC's default group; a Network Load Balancer then has none",
        nothing="The VPC's default group (Network Load Balancer: none)",
    )
    public_ip: bool = attr(Boolean(), "Public address", default=False)
    private_ip: str | None = attr(
        IpAddress(),
        "Private address",
        default=None,
        help="A fixed address of its subnet",
        nothing="Any free address",
    )
    ipv6: bool = attr(
        Boolean(),
        "IPv6 address",
        default=False,
        help="Needs dual-stack subnets; the address is a public one",
    )
    public_address: str | None = attr(
        IpAddress(),
        "Fixed public address",
        default=None,
        help="The address by which the internet knows it: a question to it is about this thing",
        nothing="Any, where it has one",
    )
    port: int | None = attr(
        Integer(0, 65535),
        "Port",
        default=None,
        help="What a question to it uses when none is named",
        nothing="443",
    )
    forwards: str | None = attr(
        Choice(("nat", "router")),
        "Forwards",
        default=None,
        titles={"nat": "As a NAT instance", "router": "As a router"},
        help="Of an EC2 instance: its source/destination check is off, and it passes packets on",
        nothing="Nothing: what is not for itself it drops",
        relevant=lambda workload: workload.type == "ec2",
    )
    ips: int | None = attr(
        Integer(0, 65536, "addresses"),
        "Addresses per subnet",
        default=None,
        help="Left out: by type (an Application Load Balancer takes 8)",
        nothing="By type",
        amount=True,
    )

    def complaints(self) -> Iterator[tuple[str, str]]:
        if self.forwards is not None and self.type != "ec2":
            yield "forwards", f"a workload of type {self.type} passes nothing on; an ec2 can"

    @property
    def unfiltered(self) -> bool:
        """Whether no security group filters what it gets and sends, not even a default one.

        https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
        """
        return self.type == WITHOUT_GROUPS and not self.security_groups

    @property
    def addresses_per_subnet(self) -> int:
        """IPv4 addresses it takes in each of its subnets."""
        return ADDRESSES.get(self.type, 1) if self.ips is None else self.ips

    @property
    def wants_public_address(self) -> bool:
        """Whether it is to have a public IPv4 address, whichever or this."""
        return self.public_ip or self.public_address is not None

    @property
    def has_public_address(self) -> bool:
        """Whether the internet may know it by an address: it is to have one, and its type can."""
        return self.wants_public_address and self.type not in NEVER_PUBLIC

    @property
    def has_public_ipv6(self) -> bool:
        """Whether the internet may know it by its IPv6 address, which is a public one where the
        block of its VPC is: an instance or a task does, a load balancer that faces the internet.
        """
        faces = self.type in REACHED_BY_IPV6 or (
            self.type in LOAD_BALANCERS and self.wants_public_address
        )
        return self.ipv6 and faces

    @property
    def spare_advice(self) -> str:
        """What to know of that number; empty where somebody wrote it, and knows."""
        return SPARE.get(self.type, "") if self.ips is None else ""


def _summary(workload: Workload) -> str:
    port = f", port {workload.port}" if workload.port is not None else ""
    return f"{TYPES[workload.type]}{port}"


def _begins(_subnet: Any, variant: str) -> dict[str, Any]:
    kind = variant or "generic"
    return {"type": kind, "port": PORTS.get(kind)}


def _refuses(_subnet: Any, variant: str) -> str:
    return "" if not variant or variant in TYPES else f'there is no type "{variant}"'


def _moved(workload: Workload, subnet: Any) -> dict[str, Any]:
    return {"subnets": first_exchanged(workload.subnets, subnet.id), "private_ip": None}


KIND = ResourceKind(
    slug="workload",
    section="workloads",
    title="Workload",
    plural="Workloads",
    stem="workload",
    model=Workload,
    description="Anything else in a subnet: a database, an instance, a load balancer.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/how-it-works.html",
    containers=("subnet",),
    home=lambda workload: workload.subnets,
    size=Size(200, 64),
    tone="data",
    addresses=lambda w, subnet: w.addresses_per_subnet if subnet in w.subnets else 0,
    summary=_summary,
    labels=TYPES,
    group="Workloads",
    layer=30,
    where="it stands in a subnet",
    begins=_begins,
    refuses=_refuses,
    moved=_moved,
)
