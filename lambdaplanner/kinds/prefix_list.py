"""A named list of blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from lambdaplanner.kinds.registry import ResourceKind, Size
from lambdaplanner.model.network_fields import Cidr
from lambdaplanner.model.records import Resource, attr
from lambdaplanner.model.structures import Many


@dataclass(frozen=True, slots=True, kw_only=True)
class PrefixList(Resource):
    """Blocks under one name, for routes and security group rules.

    https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
    """

    kind: ClassVar[str] = "prefix-list"
    entries: tuple[str, ...] = attr(Many(Cidr()), "Blocks")


def _summary(listed: PrefixList) -> str:
    count = len(listed.entries)
    return listed.entries[0] if count == 1 else f"{count} blocks"


KIND = ResourceKind(
    slug="prefix-list",
    section="prefix_lists",
    title="Prefix list",
    plural="Prefix lists",
    stem="prefixes",
    model=PrefixList,
    description="Blocks under one name, for routes and rules.",
    reference="https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html",
    size=Size(168, 48),
    tone="neutral",
    summary=_summary,
    short="entries",
    group="Network",
    rank=6,
    layer=92,
    where="a prefix list belongs to the region",
    begins=lambda _place, _variant: {"entries": ("10.0.0.0/8",)},
)
