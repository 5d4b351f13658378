"""NAT gateways towards other VPCs, regional ones, and what AWS asks of a public one."""

from __future__ import annotations

from typing import Any

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.survey import reach_from
from tests.analysis.reach_plans import ask, blocked, found, hops_of, path_of, plan_from, route_table
from tests.analysis.test_reach_beyond import THERE, asked, peered, private_nat

ROUTED_BACK = {"10.1.2.0/24": "pcx"}


def by_public_nat(**changes: Any) -> dict[str, Any]:
    """`fn` leaves its VPC over the peering by a public NAT gateway in a2, a public subnet."""
    sections = private_nat()
    sections["internet_gateways"]["igw-a"] = {"vpc": "a"}
    sections["nat_gateways"]["nat-a"] = {"subnet": "a2"}
    sections["route_tables"]["a2-rt"] = route_table({**THERE, "0.0.0.0/0": "igw-a"}, "a")
    for name, things in changes.items():
        sections[name] = {**sections[name], **things}
    return sections


def test_a_public_gateway_leads_to_other_vpcs_by_its_private_address() -> None:
    """AWS's guide: a public NAT gateway may send to other networks as well as to the internet."""
    answer = asked("fn", "db", by_public_nat())
    assert answer.verdict == "reachable"
    assert hops_of(path_of(answer))[4:8] == ["a-rt", "nat-a", "a2-rt", "pcx"]


def test_but_aws_makes_none_without_elastic_ip_or_internet_gateway() -> None:
    none = by_public_nat(nat_gateways={"nat-a": {"subnet": "a2", "elastic_ips": 0}})
    assert found(asked("fn", "db", none)) == [("nat-a", "NAT_LACKS_ELASTIC_IP", "forward")]
    alone = by_public_nat(route_tables={"a2-rt": route_table(THERE, "a")})
    del alone["internet_gateways"]["igw-a"]
    assert found(asked("fn", "db", alone)) == [("nat-a", "NAT_SUBNET_NOT_PUBLIC", "forward")]
    sections = by_public_nat(
        nat_gateways={"nat-a": {"subnet": "a2", "connectivity": "private", "elastic_ips": 0}}
    )
    assert asked("fn", "db", sections).verdict == "reachable", "a private one needs neither"


def test_one_way_of_two_that_aws_may_choose_is_not_public() -> None:
    """Two prefix lists name the same block; AWS picks one of their routes."""
    lists = {"one": ["0.0.0.0/0"], "two": ["0.0.0.0/0"]}
    for routes in ({"one": "igw", "two": "nat2"}, {"two": "nat2", "one": "igw"}):
        answer = ask(
            "fn",
            "internet",
            prefix_lists=lists,
            nat_gateways={"nat2": {"subnet": "data"}},
            route_tables={"public-rt": route_table(routes)},
        )
        assert found(answer) == [("nat", "NAT_SUBNET_NOT_PUBLIC", "forward")]


REGIONAL = {"nat": {"vpc": "main", "mode": "regional"}}


def test_a_regional_gateway_leads_to_the_internet_and_nobody_knows_where_else() -> None:
    """Its route table is AWS's own (aws.md 4.2): a plan shows no route to anything inside."""
    assert ask("fn", "internet", nat_gateways=REGIONAL).verdict == "reachable"
    answer = ask(
        "fn",
        "db",
        nat_gateways=REGIONAL,
        route_tables={"private-rt": route_table({"10.0.2.0/24": "nat"})},
        security_groups={"db-sg": {"vpc": "main", "inbound": [{"cidr": "0.0.0.0/0"}]}},
    )
    assert found(answer) == [("nat", "NO_ROUTE_TO_DESTINATION", "forward")]


def test_an_outbound_rule_that_names_a_group_ends_at_a_translation() -> None:
    """References do not hold through NAT (aws.md 6.1), in either direction."""
    only_db = {"outbound": [{"security_group": "any-sg"}]}
    direct = peered(THERE, {"10.1.0.0/16": "pcx"})
    direct["security_groups"]["fn-sg"] |= only_db
    assert asked("fn", "db", direct).verdict == "reachable"

    sections = private_nat()
    sections["security_groups"]["fn-sg"] |= only_db
    answer = asked("fn", "db", sections)
    assert found(answer) == [("fn-sg", "SG_REFERENCES_NOT_PRESERVED", "forward")]
    assert "10.2.1.0/24" in path_of(answer).obstacles[0].fix

    sections["security_groups"]["fn-sg"]["outbound"].append({"cidr": "10.2.0.0/16"})
    assert asked("fn", "db", sections).verdict == "reachable"


def test_the_survey_says_the_same_of_names_behind_a_translation() -> None:
    sections = private_nat()
    sections["security_groups"]["fn-sg"]["outbound"] = [{"security_group": "any-sg"}]
    rows = reach_from(compile_network(plan_from(sections)), "fn")
    assert {row.target: row.verdict for row in rows}["db"] == "unreachable"


def test_a_nat_gateway_behind_another_is_said_to_be_unknown() -> None:
    answer = ask(
        "fn",
        "internet",
        nat_gateways={"inner": {"subnet": "data", "connectivity": "private"}},
        route_tables={
            "private-rt": route_table({"0.0.0.0/0": "inner"}),
            "data-rt": route_table({"0.0.0.0/0": "nat"}),
        },
    )
    assert answer.verdict == "unreachable"
    assert ("nat", "UNSUPPORTED_COMPONENT") in blocked(answer)
