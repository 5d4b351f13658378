"""What fields may hold: read as text, written as a writer takes it, read again; refused with a
reason.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.kinds.network_acl import AclEntry
from lambdaplanner.kinds.route_table import Route
from lambdaplanner.kinds.security_group import SecurityGroupRule
from lambdaplanner.model.fields import Boolean, Choice, Day, Integer, Ref, Text, read_id
from lambdaplanner.model.network_fields import Cidr, CidrOr, IpAddress, PathEnd, PortRange, Ports
from lambdaplanner.model.specs import UNREADABLE, Report, Spec
from lambdaplanner.model.structures import Keyed, Many, Rows, changed

REF = Ref(("vpc",), words=("blackhole",), when_removed="blackhole")
ROUTES = Keyed(Route, "destination", short="target")
ENTRIES = Keyed(AclEntry, "number", ordered_by_key=True)
RULES = Rows(SecurityGroupRule)


def read(spec: Spec, raw: Any) -> tuple[Any, list[str]]:
    """The value, and what the report says."""
    report = Report()
    value = spec.read(raw, report)
    return value, [problem.message for problem in report.problems]


def written(plain: object) -> object:
    """What a writer gets, as a reader of text sees it."""
    if isinstance(plain, dict):
        return {str(key): written(value) for key, value in plain.items()}
    if isinstance(plain, list):
        return [written(value) for value in plain]
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


@pytest.mark.parametrize(
    ("spec", "raw", "value"),
    [
        (Text(), "", ""),
        (Integer(0, 10), "7", 7),
        (Integer(-5, 10), "-5", -5),
        (Boolean(), "Yes", True),
        (Boolean(), "off", False),
        (Choice(("tcp", "udp")), "udp", "udp"),
        (Cidr(), "10.0.0.0/8", "10.0.0.0/8"),
        (Cidr(), "FD00::/8", "fd00::/8"),
        (IpAddress(), "10.0.0.5", "10.0.0.5"),
        (Ports(), "443", PortRange(443, 443)),
        (Ports(), "1024 - 65535", PortRange(1024, 65535)),
        (Day(), "2027-06-30", "2027-06-30"),
        (REF, "blackhole", "blackhole"),
        (REF, "on", "on"),
        (CidrOr(("prefix-list",)), "corporate", "corporate"),
        (CidrOr(("prefix-list",)), "10.1.0.0/16", "10.1.0.0/16"),
        (PathEnd(), "internet", "internet"),
        (PathEnd(), "aws:s3", "aws:s3"),
        (PathEnd(), "10.0.0.1", "10.0.0.1"),
        (PathEnd(), "orders", "orders"),
        (Many(REF), ["a", "b"], ("a", "b")),
        (ROUTES, {"0.0.0.0/0": "igw"}, (Route(destination="0.0.0.0/0", target="igw"),)),
        (RULES, [{"cidr": "10.0.0.0/8"}], (SecurityGroupRule(cidr="10.0.0.0/8"),)),
    ],
)
def test_values_are_read_and_come_back(spec: Spec, raw: Any, value: Any) -> None:
    assert read(spec, raw) == (value, [])
    assert read(spec, written(spec.plain(value))) == (value, [])
    assert isinstance(spec.schema(), dict)


@pytest.mark.parametrize(
    ("spec", "raw", "reason"),
    [
        (Text(), [], "text is due here, not a list"),
        (Integer(0, 10), "11", "11 is out of range; from 0 to 10 is possible"),
        (Integer(), "many", '"many" is not a whole number'),
        (Integer(), "007", '"007" is not a whole number'),
        (Integer(), "", "is empty; a whole number is due here"),
        (Integer(), {}, "a whole number is due here, not a mapping"),
        (Boolean(), "maybe", '"maybe" is neither true nor false'),
        (Choice(("tcp", "udp")), "tcpp", 'did you mean "tcp"?'),
        (Cidr((4,)), "fd00::/8", "an IPv4 block is due here"),
        (Cidr(), "10.0.0.300/24", "is not a CIDR block"),
        (IpAddress(), "::1", "is IPv6"),
        (Ports(), "70000", "ports go from 0 to 65535"),
        (Ports(), "20-10", "runs backwards; write 10-20"),
        (Ports(), "http", "neither a port"),
        (Day(), "June", "is not a day"),
        (REF, "a b", "cannot be an id"),
        (REF, "internet", "is reserved"),
        (Many(REF), "a", 'a list is due here, not "a"'),
        (Many(REF), ["a", "a"], '"a" is named twice'),
        (Many(REF, at_least=2), ["a"], "at least 2 are due here, not 1"),
        (Many(REF, at_most=1), ["a", "b"], "at most 1 are possible here, not 2"),
        (ROUTES, [], "a mapping is due here, not a list"),
        (ROUTES, {"10.0.0.0/8": "a", "10.9.0.0/8": "b"}, 'is the same as "10.0.0.0/8"'),
        (RULES, [{}], "exactly one of cidr, security_group and prefix_list is due, not none"),
        (RULES, [{"cidrs": "10.0.0.0/8"}], 'unknown key "cidrs"; did you mean "cidr"?'),
        (RULES, ["x"], 'a mapping is due here, not "x"'),
    ],
)
def test_what_has_no_meaning_is_refused_with_a_reason(spec: Spec, raw: Any, reason: str) -> None:
    value, said = read(spec, raw)
    assert value is UNREADABLE
    assert any(reason in one for one in said), said


def test_doubts_are_said_and_the_value_is_kept() -> None:
    value, said = read(Cidr(), "10.0.0.9/24")
    assert value == "10.0.0.0/24"
    assert said == ["10.0.0.9/24 has host bits set; AWS makes it 10.0.0.0/24"]
    rules, said = read(RULES, [{"cidr": "10.0.0.0/8", "ports": "443"}])
    assert rules[0].ports == PortRange(443, 443)
    assert "matches every port" in said[0]


def test_numbered_rules_are_read_in_their_order() -> None:
    entries, said = read(ENTRIES, {"200": {"action": "deny"}, "100": {"action": "allow"}})
    assert [entry.number for entry in entries] == [100, 200]
    assert said == []


def test_mentions_follow_and_go() -> None:
    routes = (Route(destination="0.0.0.0/0", target="igw"), Route(destination="pl", target="nat"))
    found = [(m.path, m.target) for m in ROUTES.references(routes)]
    assert found == [(("0.0.0.0/0",), "igw"), (("pl",), "pl"), (("pl",), "nat")]
    assert ROUTES.replaced(routes, "igw", "door")[0].target == "door"
    assert ROUTES.replaced(routes, "nat", None)[1].target == "blackhole"
    assert ROUTES.replaced(routes, "pl", None) == routes[:1]
    rules = (SecurityGroupRule(security_group="sg"), SecurityGroupRule(cidr="10.0.0.0/8"))
    assert RULES.replaced(rules, "sg", None) == rules[1:]
    assert RULES.replaced(rules, "sg", "new")[0].security_group == "new"
    assert Many(REF, at_least=1).replaced(("a", "b"), "a", None) == ("blackhole", "b")
    assert not Many(REF, at_least=1).enough(())
    assert REF.replaced("blackhole", "blackhole", "x") == "blackhole"


def test_replacing_nothing_gives_the_same_record() -> None:
    route = Route(destination="0.0.0.0/0", target="igw")
    assert changed(route, target="igw") is route
    assert changed(route, target="nat").target == "nat"


@given(st.text(max_size=70))
def test_ids_are_what_the_format_says(text: str) -> None:
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    fits = 0 < len(text) <= 64 and set(text) <= allowed and text[0] not in "._-"
    try:
        read_id(text)
    except ValueError:
        assert not fits
    else:
        assert fits


@given(st.integers(0, 65535), st.integers(0, 65535))
def test_ports_come_back(one: int, other: int) -> None:
    value = PortRange(min(one, other), max(one, other))
    assert read(Ports(), str(Ports().plain(value))) == (value, [])


@given(st.text(max_size=20))
def test_no_text_breaks_a_field(text: str) -> None:
    specs = (Integer(), Boolean(), Cidr(), IpAddress(), Ports(), Day(), REF, PathEnd())
    for spec in (*specs, CidrOr(("prefix-list",)), Many(REF), ROUTES, RULES):
        value, said = read(spec, text)
        assert (value is UNREADABLE) <= bool(said)
