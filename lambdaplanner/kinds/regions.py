"""AWS's Regions and how their zones are called.

https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lambdaplanner.model.nearness import nearest

REGIONS = {
    "us-east-1": "N. Virginia",
    "us-east-2": "Ohio",
    "us-west-1": "N. California",
    "us-west-2": "Oregon",
    "af-south-1": "Cape Town",
    "ap-east-1": "Hong Kong",
    "ap-east-2": "Taipei",
    "ap-northeast-1": "Tokyo",
    "ap-northeast-2": "Seoul",
    "ap-northeast-3": "Osaka",
    "ap-south-1": "Mumbai",
    "ap-south-2": "Hyderabad",
    "ap-southeast-1": "Singapore",
    "ap-southeast-2": "Sydney",
    "ap-southeast-3": "Jakarta",
    "ap-southeast-4": "Melbourne",
    "ap-southeast-5": "Malaysia",
    "ap-southeast-6": "New Zealand",
    "ap-southeast-7": "Thailand",
    "ca-central-1": "Canada Central",
    "ca-west-1": "Calgary",
    "cn-north-1": "Beijing",
    "cn-northwest-1": "Ningxia",
    "eu-central-1": "Frankfurt",
    "eu-central-2": "Zurich",
    "eu-north-1": "Stockholm",
    "eu-south-1": "Milan",
    "eu-south-2": "Spain",
    "eu-west-1": "Ireland",
    "eu-west-2": "London",
    "eu-west-3": "Paris",
    "il-central-1": "Tel Aviv",
    "me-central-1": "UAE",
    "me-south-1": "Bahrain",
    "mx-central-1": "Mexico Central",
    "sa-east-1": "Sao Paulo",
    "us-gov-east-1": "GovCloud East",
    "us-gov-west-1": "GovCloud West",
}
"""Code -> the name by which people know it."""

_REGION = re.compile(r"[a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2}", re.ASCII)
_ZONE = re.compile(r"([a-z]{2,4}(?:-[a-z]+)+-[0-9]{1,2})(?:([a-z])|(?:-[a-z0-9]+)+)", re.ASCII)
_ZONE_ID = re.compile(
    r"([a-z]{3,6}[0-9]{1,2})(?:-[a-z0-9]+)*-(?:az|[a-z]+)[0-9]+(?:-az[0-9]+)?", re.ASCII
)
_LAST_ZONE = "f"
_SHORT = {"northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw"}


def is_region(text: str) -> bool:
    """Whether a text is written as AWS writes Regions, known here or not."""
    return text in REGIONS or _REGION.fullmatch(text) is not None


def zone_prefix(region: str) -> str:
    """How the ids of a Region's zones begin: ``euw1`` of eu-west-1."""
    first, *middle, number = region.split("-")
    return first + "".join(_SHORT.get(part, part[:1]) for part in middle) + number


def zone_complaint(zone: str, region: str) -> str:
    """Why a zone is none of a Region's, to go on with after its name; empty where it is, or is no
    name of AWS's.
    """
    if not is_region(region):
        return ""
    named = _ZONE.fullmatch(zone)
    if named is not None:
        if named[1] != region:
            return f"is a zone of {named[1]}, not of {region}"
        if named[2] and named[2] > _LAST_ZONE:
            return f"is no zone of {region}, which has {region}a and the letters after it"
        return ""
    known = _ZONE_ID.fullmatch(zone)
    if known is not None and known[1] != zone_prefix(region):
        return f"is the id of a zone elsewhere; those of {region} begin with {zone_prefix(region)}"
    return ""


def near_region(text: str) -> str | None:
    """The Region that was meant, by its code or by the name of its place."""
    by_code, place = nearest(text, REGIONS), nearest(text, REGIONS.values())
    by_place = (code for code, name in REGIONS.items() if name == place)
    return by_code or next(by_place, None)


def near_zone(zone: str, region: str, others: Iterable[str] = ()) -> str | None:
    """The zone of a Region that was meant: the one with that letter, else one of those that the
    plan has, or one of the first three.
    """
    named = _ZONE.fullmatch(zone)
    if named is not None and named[1] != region and named[2] and named[2] <= _LAST_ZONE:
        return f"{region}{named[2]}"
    return nearest(zone, [*others, *(f"{region}{letter}" for letter in "abc")])
