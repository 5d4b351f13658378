"""What a plan holds beside its things: name, settings, expectations, acknowledgements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lambdaplanner.model.fields import Choice, Day, Integer, Ref, Text
from lambdaplanner.model.interfaces import interface_ends, interface_id
from lambdaplanner.model.network_fields import PathEnd
from lambdaplanner.model.quotas import DEFAULT_QUOTAS, Quotas
from lambdaplanner.model.records import Record, attr
from lambdaplanner.model.structures import Keyed, Many, One, Rows

MODELS = ("per-invocation", "eni-per-3gb", "hyperplane")
VERDICTS = ("reachable", "partial", "unreachable")
"""What can be promised; nobody promises that something is unknown."""


@dataclass(frozen=True, slots=True)
class Version(Integer):
    """A version of the internet protocol, 4 or 6."""

    minimum: int = 4
    maximum: int = 6
    what = "4 or 6"

    def parse(self, text: str) -> int:
        if text not in ("4", "6"):
            raise ValueError(f'"{text}" is no version of IP; 4 or 6 is due here')
        return int(text)

    def schema(self) -> dict[str, Any]:
        return {"enum": [4, 6]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Record):
    """Assumptions and quotas; every number that AWS can change is a setting (aws.md 1.5)."""

    capacity_model: str = attr(Choice(MODELS), "Capacity model", default="per-invocation")
    connections_per_environment: int = attr(
        Integer(1, 1000, "connections"), "Connections per environment", default=10
    )
    hyperplane_enis_per_vpc: int = attr(
        Integer(1, 1_000_000),
        "Lambda interfaces per VPC",
        default=500,
        help="AWS quota, adjustable",
    )
    account_concurrency: int = attr(
        Integer(1, 10_000_000),
        "Account concurrency",
        default=1000,
        help="AWS quota, adjustable",
    )
    block_public_access: str = attr(
        Choice(("off", "bidirectional", "ingress")),
        "Block public access",
        default="off",
        help="VPC Block Public Access, for all regions and accounts of the plan",
    )
    quotas: Quotas = attr(One(Quotas), "Network quotas", default=DEFAULT_QUOTAS)


DEFAULT_SETTINGS = Settings()
SETTINGS = One(Settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInfo(Record):
    """The title block of a plan and its settings."""

    name: str = attr(Text(), "Name", default="")
    description: str = attr(Text(multiline=True), "Description", default="")
    region: str = attr(Text(), "Region", default="us-east-1")
    settings: Settings = attr(SETTINGS, "Settings", default=DEFAULT_SETTINGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Record):
    """What the design promises of one question."""

    source: str = attr(PathEnd(), "From", key="from")
    target: str = attr(PathEnd(), "To", key="to")
    port: int | None = attr(Integer(0, 65535), "Port", default=None)
    protocol: str = attr(Choice(("tcp", "udp", "icmp")), "Protocol", default="tcp")
    ip: int | None = attr(
        Version(),
        "IP version",
        default=None,
        help="4 or 6; left out: 4, or that of an end that is an address",
        nothing="4",
    )
    expect: str = attr(Choice(VERDICTS), "Expect")

    @property
    def asked(self) -> tuple[str, str, int | None, str, int | None]:
        """Its question: source, target, port, protocol, and the version of IP."""
        return self.source, self.target, self.port, self.protocol, self.ip


class _FindingSubject(Ref):
    """An id, or what AWS makes and nobody wrote (`eni:FUNCTION@SUBNET`)."""

    __slots__ = ()
    what = "an id"

    def parse(self, text: str) -> str:
        return text if ":" in text or text in self.words else Ref.parse(self, text)

    def references(self, value: str) -> Iterator[object]:  # type: ignore[override]
        return iter(()) if ":" in value else Ref.references(self, value)

    def replaced(self, value: str, old: str, new: str | None) -> str | None:
        ends = interface_ends(value)
        if ends is None or old not in ends:
            return None if value == old and new is None else Ref.replaced(self, value, old, new)
        if new is None:
            return None
        return interface_id(*(new if end == old else end for end in ends))


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(Record):
    """A finding somebody decided to live with, and until when."""

    finding: str = attr(Text(), "Finding")
    about: tuple[str, ...] = attr(
        Many(_FindingSubject((), words=("internet", "lambda-service-vpc", "vpc-to-vpc-nat"))),
        "About",
        default=(),
    )
    reason: str = attr(Text(), "Reason", default="")
    until: str | None = attr(Day(), "Until", default=None, help="After that day it shows again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(Record):
    """Something that nobody told of a thing: an answer that would lean on it is unknown."""

    about: str = attr(Ref(()), "About")
    of: str = attr(Text(), "Of", help="The key that is not told: subnets, routes, rules ...")
    why: str = attr(Text(), "Why", default="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Record):
    """What AWS reported of a subnet when it was imported; shown, and judged by nothing."""

    subnet: str = attr(Ref(("subnet",)), "Subnet")
    available: int | None = attr(
        Integer(-1_000_000, 1_000_000, "addresses"), "Available", default=None
    )
    functions: int | None = attr(
        Integer(0, 1_000_000, "interfaces"), "Lambda's interfaces", key="lambda", default=None
    )


def observed_sentence(seen: Observation, free: int) -> str:
    """What AWS reported of a subnet beside the free addresses that the plan counts there."""
    told = []
    if seen.available is not None:
        told.append(f"{seen.available:,} free addresses")
    if seen.functions is not None:
        told.append(f"{seen.functions:,} of Lambda's interfaces")
    named = " and ".join(told) or "nothing"
    return f"AWS reported {named} at the import; the plan counts {free:,} free."


UNKNOWN_ROWS = Rows(Unknown)
OBSERVED_ROWS = Keyed(Observation, "subnet")
