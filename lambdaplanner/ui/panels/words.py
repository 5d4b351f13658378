"""What panels call things: kinds, verdicts and severities in words, each with a tone, which also
names its glyph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from lambdaplanner import counting
from lambdaplanner.analysis.hops import Translation
from lambdaplanner.commands import places
from lambdaplanner.commands.places import noun
from lambdaplanner.kinds import KINDS
from lambdaplanner.model.plan import Plan
from lambdaplanner.model.records import Resource
from lambdaplanner.ui import icons

count = counting.count


class Word(NamedTuple):
    """A state for people: its tone, which is also the name of its glyph, and what to say."""

    tone: str
    text: str


REACH = {
    "reachable": Word("ok", "Reachable"),
    "partial": Word("warning", "Partial"),
    "unknown": Word("unknown", "Not known"),
    "unreachable": Word("error", "Unreachable"),
}
CAPACITY = {
    "ok": Word("ok", "Fits"),
    "tight": Word("warning", "Tight"),
    "uneven": Word("warning", "Uneven"),
    "exhausted": Word("error", "Exhausted"),
}
PORTS = {
    "ok": Word("ok", "Enough"),
    "short": Word("warning", "Short"),
    "impossible": Word("warning", "Beyond one"),
    "gone": Word("error", "Gone"),
}
SEVERITY = {
    "error": Word("error", "Error"),
    "warning": Word("warning", "Warning"),
    "info": Word("info", "Info"),
}
MODEL_TITLES = {
    "per-invocation": "Per invocation",
    "eni-per-3gb": "Per 3 GB (until 2019)",
    "hyperplane": "Hyperplane (today)",
}
MODEL_RULES = {
    "per-invocation": "Each concurrent invocation holds one address.",
    "eni-per-3gb": "One address for every 3 GB of memory in use.",
    "hyperplane": "One address for each subnet and set of security groups.",
}

DERIVED_TITLES = {
    "eni": "Network interface",
    "vpc-to-vpc-nat": "VPC-to-VPC NAT",
    "lambda-service-vpc": "Lambda service VPC",
    "internet": "Internet",
    "region": "Region",
    "address": "Address",
    "aws-service": "AWS service",
}
_FALLBACK_ICONS = {"address": "internet", "aws-service": "internet", "service": "internet"}


def kind_word(kind: str) -> str:
    """A kind's name in a sentence of its own: ``NAT gateway``, ``Network interface``."""
    if kind in KINDS:
        return KINDS[kind].title
    return DERIVED_TITLES.get(kind) or kind.replace("-", " ").capitalize()


@cache
def icon_of(kind: str) -> str:
    """The drawing of a kind, also of what AWS makes."""
    if icons.has(kind):
        return kind
    return _FALLBACK_ICONS.get(kind, "info")


def icon_of_resource(resource: Resource) -> str:
    """The drawing of a thing; a workload has one by its type."""
    return _icon_of_variant(resource.kind, str(getattr(resource, "type", "")))


@cache
def _icon_of_variant(kind: str, variant: str) -> str:
    name = f"{kind}-{variant}"
    return name if variant and icons.has(name) else icon_of(kind)


def title_of_resource(resource: Resource) -> str:
    """What sort of thing it is: a workload says its type."""
    row = KINDS[resource.kind]
    return row.labels.get(row.variant_of(resource), row.title)


def kind_of_id(plan: Plan, name: str) -> str:
    """The kind behind an id, also behind one that AWS makes (``eni:a@b``)."""
    found = plan.find(name)
    if found is not None:
        return found.kind
    prefix, _, rest = name.partition(":")
    if prefix == "group":
        return "eni" if "@" in rest else kind_of_id(plan, rest)
    derived = {
        "main-rt": "route-table",
        "default-acl": "network-acl",
        "default-sg": "security-group",
    }
    if prefix in derived:
        return derived[prefix]
    if prefix == "aws":
        return "aws-service"
    return prefix if prefix in DERIVED_TITLES else "address"


def icon_of_id(plan: Plan, name: str) -> str:
    """The drawing of what stands behind an id."""
    found = plan.find(name)
    return icon_of_resource(found) if found is not None else icon_of(kind_of_id(plan, name))


def called(plan: Plan, name: str) -> str:
    """How a sentence names an id, also one that AWS makes."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix == "group":
        return places.called(plan, name)
    if colon and prefix == "eni":
        owner, _, subnet = rest.partition("@")
        return f"interface of {owner} in {subnet}" if subnet else f"interface of {owner}"
    if colon and prefix == "main-rt":
        return f"main table of {rest}"
    if colon and prefix == "default-acl":
        return f"default ACL of {rest}"
    if colon and prefix == "default-sg":
        return f"default group of {rest}"
    if name in DERIVED_TITLES:
        return DERIVED_TITLES[name]
    found = plan.find(name)
    return found.title if found is not None else name


def translation_words(change: Translation) -> str:
    """Which address of a packet becomes which, as a sentence."""
    return f"{change.end.capitalize()}: {change.before} becomes {stopped(change.after)}"


def shown_subject(plan: Plan, name: str) -> str:
    """The id to show on the canvas for `name`: AWS's own tables and groups show their VPC."""
    prefix, colon, rest = name.partition(":")
    if colon and prefix in ("main-rt", "default-acl", "default-sg") and rest in plan:
        return rest
    return name


def sentence(text: str) -> str:
    """A reason with a capital at the start and a full stop at the end."""
    text = stopped(text)
    return text[:1].upper() + text[1:]


def stopped(text: str) -> str:
    """`text` with a full stop at the end; it may begin with an id, which stays as it is."""
    text = text.strip()
    return text if not text or text[-1] in ".!?" else f"{text}."


def nouns(number: int, kind: str) -> str:
    """`3 subnets`, `1 NAT gateway`: a number of things of a kind, inside a sentence."""
    one = noun(kind) if kind in KINDS else kind_word(kind)
    return count(number, one)


def taken_for_granted(assumes: Sequence[str]) -> str:
    """What an answer takes for granted, to go on with after it; empty where that is nothing."""
    return f". Taken for granted: {'; '.join(assumes)}" if assumes else ""
