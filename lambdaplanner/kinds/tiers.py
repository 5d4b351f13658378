"""How the tiers of subnets are called and coloured, analysis's `private-broken` too."""

from __future__ import annotations

from collections.abc import Mapping

from lambdaplanner.kinds.topology import TIERS

TIER_TAGS: Mapping[str, str] = {
    "public": "Public subnet",
    "private": "Private subnet",
    "private-broken": "Private subnet",
    "isolated": "Isolated subnet",
}
TIER_TONES: Mapping[str, str] = {**{tier: tier for tier in TIERS}, "private-broken": "private"}
"""The colour of each; one whose way out is broken looks private and says so in a badge."""
