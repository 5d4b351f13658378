"""The JSON Schema says of single values what the reader says; only mentions and duplicates are
beyond it.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from lambdaplanner.formats.schema import plan_schema

SCHEMA = plan_schema()


def entry(section: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["properties"][section]["additionalProperties"]
    return found


def field(section: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = entry(section)["properties"][key]
    return found


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("10.0.0.0/16", True),
        ("255.255.255.255/32", True),
        ("10.0.0.300/24", False),
        ("10.0.0.0/33", False),
        ("010.0.0.0/8", False),
        ("10.0.0.0", False),
        ("fd00::/8", False),
    ],
)
def test_a_subnets_block_is_an_ipv4_block(text: str, fits: bool) -> None:
    assert bool(re.search(field("subnets", "cidr")["pattern"], text)) is fits


def test_what_a_guessing_reader_makes_of_texts_and_ids_still_fits() -> None:
    assert {"string", "number", "boolean"} <= set(field("functions", "label")["type"])
    assert {"string", "number", "boolean"} <= set(field("subnets", "vpc")["type"])


def test_a_route_leads_to_an_id_or_blackhole_but_not_to_another_reserved_word() -> None:
    routes = field("route_tables", "routes")
    assert "local" in routes["additionalProperties"]["not"]["enum"]
    assert "blackhole" not in routes["additionalProperties"]["not"]["enum"]


def test_numbers_of_acl_rules_are_checked_as_keys() -> None:
    pattern = field("network_acls", "inbound")["propertyNames"]["pattern"]
    assert re.search(pattern, "100")
    assert not re.search(pattern, "0")
    assert not re.search(pattern, "first")


def test_what_goes_together_is_said_where_json_schema_can() -> None:
    rule = field("security_groups", "inbound")["items"]
    assert rule["oneOf"] == [
        {"required": ["cidr"]},
        {"required": ["security_group"]},
        {"required": ["prefix_list"]},
    ]
    assert entry("nat_gateways")["else"] == {"required": ["subnet"]}


def test_every_section_may_be_empty() -> None:
    texts = ("lambdaplanner", "name", "description", "region")
    for name, section in SCHEMA["properties"].items():
        if name not in texts:
            assert "null" in section["type"], name
