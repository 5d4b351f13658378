"""The source ports of NAT gateways: who uses which, and whether they suffice."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.nat_ports import nat_ports
from lambdaplanner.analysis.scenario import Scenario
from lambdaplanner.errors import QuestionError
from lambdaplanner.model.plan import Plan
from tests.analysis.nat_plans import egress_with, plan_with, routes


def connections(plan: Plan, **question: object) -> dict[str, int]:
    """What each gateway has to carry."""
    found = nat_ports(plan, **question)  # type: ignore[arg-type]
    return {name: ports.connections for name, ports in found.items()}


def test_each_subnet_sends_its_share_through_its_gateway() -> None:
    found = nat_ports(plan_with())
    assert list(found) == ["nat-a", "nat-b"]
    one = found["nat-a"]
    assert (one.connections, one.ports, one.headroom) == (300, 55_000, 54_700)
    assert (one.zone, one.regional, one.verdict) == ("a", False, "ok")
    assert (one.addresses, one.addresses_needed, one.most, one.gateways_needed) == (1, 1, 8, 1)
    assert (one.functions, one.zones, one.stranded) == ((("f", 300),), (), ())


def test_one_gateway_for_both_carries_all() -> None:
    assert connections(plan_with(route_tables=routes("nat-a", "nat-a"))) == {
        "nat-a": 600,
        "nat-b": 0,
    }


def test_connections_multiply_and_functions_add() -> None:
    functions = """
  f: {concurrency: 3, subnets: [a], connections_per_environment: 100}
  g: {concurrency: 7, subnets: [b, a]}
  h: {concurrency: 1000}
  i: {concurrency: 2, subnets: [a]}"""
    settings = "{connections_per_environment: 20}"
    found = nat_ports(plan_with(functions=functions, settings=settings))["nat-a"]
    assert found.connections == 300 + 70 + 40
    assert found.functions == (("f", 300), ("g", 70), ("i", 40))


def test_shares_are_exact_until_the_end() -> None:
    subnets = """
  public-a: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt}
  public-b: {vpc: main, az: b, cidr: 10.0.1.0/24, route_table: public-rt}
  a: {vpc: main, az: a, cidr: 10.0.16.0/20, route_table: a-rt}
  b: {vpc: main, az: b, cidr: 10.0.32.0/20, route_table: b-rt}
  lonely: {vpc: main, az: b, cidr: 10.0.48.0/20}"""
    one = "{concurrency: 1, subnets: [a, b, lonely]}"
    functions = f"{{f: {one}, g: {one}, h: {one}}}"
    found = nat_ports(plan_with(functions=functions, subnets=subnets))["nat-a"]
    assert found.connections == 1
    assert found.functions == (("f", 1), ("g", 1), ("h", 1))
    (alone,) = {
        nat_ports(plan_with(functions=f"{{f: {one}}}", subnets=subnets))["nat-b"].connections
    }
    assert alone == 1


def test_filters_and_the_role_are_left_aside() -> None:
    acl = "{shut: {vpc: main, inbound: {}, outbound: {}}}"
    subnets = """
  public-a: {vpc: main, az: a, cidr: 10.0.0.0/24, route_table: public-rt, network_acl: shut}
  public-b: {vpc: main, az: b, cidr: 10.0.1.0/24, route_table: public-rt}
  a: {vpc: main, az: a, cidr: 10.0.16.0/20, route_table: a-rt, network_acl: shut}
  b: {vpc: main, az: b, cidr: 10.0.32.0/20, route_table: b-rt}"""
    plan = plan_with(
        network_acls=acl,
        subnets=subnets,
        security_groups="{shut-sg: {vpc: main, outbound: []}}",
        functions="{f: {concurrency: 600, subnets: [a, b], security_groups: [shut-sg]}}",
    )
    assert connections(plan) == {"nat-a": 300, "nat-b": 300}


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ({"route_tables": routes("blackhole", "nat-b")}, (0, 300)),
        ({"route_tables": routes("igw", "nat-b")}, (0, 300)),
        ({"nat_gateways": "{nat-a: {subnet: a}, nat-b: {subnet: public-b}}"}, (0, 300)),
        ({"route_tables": routes("nat-a", "nat-b", public="blackhole")}, (300, 300)),
        ({"route_tables": routes("nat-a", "nat-b", public="nat-b")}, (300, 300)),
        ({"nat_gateways": "{nat-a: {subnet: public-a, elastic_ips: 0}, nat-b: {subnet: public-b}}"},
         (300, 300)),
    ],
    ids=["blackhole", "internet", "in the subnet itself", "lost behind it", "loop", "no address"],
)  # fmt: skip
def test_what_is_lost_before_a_gateway_does_not_use_it(
    sections: dict[str, str], expected: tuple[int, int]
) -> None:
    assert tuple(connections(plan_with(**sections)).values()) == expected


def test_a_gateway_of_another_vpc_carries_nothing() -> None:
    plan = plan_with(
        vpcs="{main: {cidr: 10.0.0.0/16}, other: {cidr: 10.1.0.0/16}}",
        nat_gateways="{nat-a: {vpc: other, mode: regional}, nat-b: {subnet: public-b}}",
    )
    assert connections(plan) == {"nat-a": 0, "nat-b": 300}


def test_a_narrower_route_uses_its_gateway_too() -> None:
    plan = plan_with(
        nat_gateways="""
  nat-a: {subnet: public-a}
  nat-b: {subnet: public-b, connectivity: private}""",
        route_tables="""
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  a-rt: {vpc: main, routes: {0.0.0.0/0: nat-a, 192.168.0.0/16: nat-b, 192.168.7.0/24: nat-b}}
  b-rt: {vpc: main, routes: {192.168.0.0/16: nat-b}}""",
    )
    assert connections(plan) == {"nat-a": 300, "nat-b": 600}


def test_of_two_prefix_lists_with_the_same_block_either_may_win() -> None:
    plan = plan_with(
        prefix_lists="{one: [0.0.0.0/0], two: [0.0.0.0/0]}",
        route_tables="""
  public-rt: {vpc: main, routes: {0.0.0.0/0: igw}}
  a-rt: {vpc: main, routes: {one: nat-a, two: nat-b}}
  b-rt: {vpc: main}""",
    )
    assert connections(plan) == {"nat-a": 300, "nat-b": 300}


def test_egress_through_another_vpc_uses_the_gateways_there() -> None:
    assert connections(egress_with()) == {"nat-a": 300, "nat-b": 300}


@pytest.mark.parametrize(
    ("attachments", "table", "expected"),
    [
        ("main: {subnets: [a], route_table: t}, egress: {subnets: [out-a], route_table: t}",
         "routes: {0.0.0.0/0: egress}", (300, 0)),
        ("main: {subnets: [a, b], route_table: t}, egress: {subnets: [out-b], route_table: t}",
         "routes: {0.0.0.0/0: egress}", (0, 600)),
        ("main: {subnets: [a, b], route_table: t}, egress: {subnets: [out-a], route_table: t}",
         "routes: {0.0.0.0/0: blackhole}", (0, 0)),
    ],
    ids=["no attachment in b", "out in another zone", "blackhole"],
)  # fmt: skip
def test_the_transit_gateway_decides(
    attachments: str, table: str, expected: tuple[int, int]
) -> None:
    hub = f"{{hub: {{attachments: {{{attachments}}}, route_tables: {{t: {{{table}}}}}}}}}"
    found = connections(egress_with(transit_gateways=hub))
    assert tuple(found.values()) == expected


def test_behind_a_private_gateway_comes_a_second_one() -> None:
    plan = egress_with(
        subnets="""
  a: {vpc: main, az: a, cidr: 10.0.16.0/20, route_table: a-rt}
  b: {vpc: main, az: b, cidr: 10.0.32.0/20, route_table: main-rt}
  out-a: {vpc: egress, az: a, cidr: 10.9.0.0/28, route_table: out-a-rt}
  out-b: {vpc: egress, az: b, cidr: 10.9.0.16/28, route_table: out-b-rt}
  public-a: {vpc: egress, az: a, cidr: 10.9.1.0/24, route_table: public-rt}
  public-b: {vpc: egress, az: b, cidr: 10.9.2.0/24, route_table: public-rt}""",
        nat_gateways="""
  inner: {subnet: b, connectivity: private}
  nat-a: {subnet: public-a}
  nat-b: {subnet: public-b}""",
        route_tables="""
  a-rt: {vpc: main, routes: {0.0.0.0/0: inner}}
  main-rt: {vpc: main, routes: {0.0.0.0/0: hub}}
  out-a-rt: {vpc: egress, routes: {0.0.0.0/0: nat-a}}
  out-b-rt: {vpc: egress, routes: {0.0.0.0/0: nat-b}}
  public-rt: {vpc: egress, routes: {0.0.0.0/0: igw, 10.0.0.0/16: hub}}""",
        functions="{f: {concurrency: 600, subnets: [a]}}",
    )
    assert connections(plan) == {"inner": 600, "nat-a": 0, "nat-b": 600}


def test_a_regional_gateway_is_judged_by_its_busiest_zone() -> None:
    plan = plan_with(
        nat_gateways="{nat-a: {vpc: main, mode: regional, elastic_ips: 2}}",
        route_tables=routes("nat-a", "nat-a"),
        functions="""
  f: {concurrency: 100000, subnets: [a, b]}
  g: {concurrency: 70000, subnets: [b]}""",
    )
    found = nat_ports(plan)["nat-a"]
    assert (found.regional, found.zone, found.connections) == (True, "b", 120_000)
    assert (found.addresses, found.ports, found.headroom) == (2, 110_000, -10_000)
    assert (found.verdict, found.addresses_needed, found.most) == ("short", 3, 32)
    assert found.zones == (("a", 50_000), ("b", 120_000))
    assert found.functions == (("f", 100_000), ("g", 70_000))


def test_a_regional_gateway_of_an_egress_vpc_is_entered_where_the_transit_gateway_leaves() -> None:
    plan = egress_with(
        nat_gateways="{nat: {vpc: egress, mode: regional}}",
        route_tables="""
  main-rt: {vpc: main, routes: {0.0.0.0/0: hub}}
  out-a-rt: {vpc: egress, routes: {0.0.0.0/0: nat}}
  out-b-rt: {vpc: egress, routes: {0.0.0.0/0: nat}}
  public-rt: {vpc: egress, routes: {0.0.0.0/0: igw, 10.0.0.0/16: hub}}""",
        transit_gateways="""
  hub:
    attachments:
      main: {subnets: [a, b], route_table: t}
      egress: {subnets: [out-b], route_table: t}
    route_tables: {t: {propagate: [main], routes: {0.0.0.0/0: egress}}}""",
    )
    assert nat_ports(plan)["nat"].zones == (("b", 600),)


def test_an_unused_regional_gateway_has_no_busiest_zone() -> None:
    plan = plan_with(nat_gateways="{nat-a: {vpc: main, mode: regional}}", functions="{}",
                     route_tables=routes("nat-a", "nat-a"))  # fmt: skip
    found = nat_ports(plan)["nat-a"]
    assert (found.zone, found.connections, found.verdict, found.zones) == (None, 0, "ok", ())


@pytest.mark.parametrize(
    ("gateway", "addresses", "most"),
    [
        ("{subnet: public-a}", 1, 8),
        ("{subnet: public-a, elastic_ips: 0}", 1, 8),
        ("{subnet: public-a, elastic_ips: 8}", 8, 8),
        ("{subnet: public-a, elastic_ips: 9}", 8, 8),
        ("{subnet: public-a, connectivity: private, elastic_ips: 5}", 5, 8),
        ("{vpc: main, mode: regional, elastic_ips: 40}", 32, 32),
    ],
)
def test_addresses(gateway: str, addresses: int, most: int) -> None:
    nats = f"{{nat-a: {gateway}, nat-b: {{subnet: public-b}}}}"
    found = nat_ports(plan_with(nat_gateways=nats))["nat-a"]
    assert (found.addresses, found.most, found.ports) == (addresses, most, 55_000 * addresses)


@pytest.mark.parametrize(
    ("concurrency", "verdict", "needed", "gateways"),
    [
        (110_000, "ok", 1, 1),
        (110_002, "short", 2, 1),
        (880_000, "short", 8, 1),
        (880_002, "impossible", 9, 2),
        (1_760_002, "impossible", 17, 3),
    ],
)
def test_verdicts(concurrency: int, verdict: str, needed: int, gateways: int) -> None:
    found = nat_ports(plan_with(), concurrency={"f": concurrency})["nat-a"]
    assert (found.verdict, found.addresses_needed, found.gateways_needed) == (
        verdict,
        needed,
        gateways,
    )


def test_without_a_zone_the_others_carry_all_by_their_own_gateway() -> None:
    found = nat_ports(plan_with(), scenario=Scenario(without_zones=("a",)))
    lost, left = found["nat-a"], found["nat-b"]
    assert (lost.verdict, lost.addresses, lost.ports, lost.connections) == ("gone", 0, 0, 0)
    assert (lost.addresses_needed, lost.gateways_needed, lost.stranded) == (0, 0, ())
    assert (left.verdict, left.connections, left.stranded) == ("ok", 600, ())


def test_a_gateway_that_is_gone_leaves_other_zones_with_no_way_out() -> None:
    plan = plan_with(route_tables=routes("nat-a", "nat-a"))
    found = nat_ports(plan, scenario=Scenario(without_zones=("a",)))
    assert (found["nat-a"].verdict, found["nat-a"].stranded) == ("gone", (("f", 600),))
    assert (found["nat-b"].verdict, found["nat-b"].connections) == ("ok", 0)
    assert nat_ports(plan, scenario=Scenario(without_zones=("b",)))["nat-a"].stranded == ()


def test_without_a_zone_a_regional_gateway_stays() -> None:
    plan = plan_with(
        nat_gateways="{nat-a: {vpc: main, mode: regional}}", route_tables=routes("nat-a", "nat-a")
    )
    found = nat_ports(plan, scenario=Scenario(without_zones=("a",)))["nat-a"]
    assert (found.verdict, found.zones) == ("ok", (("b", 600),))


def test_without_a_zone_the_transit_gateway_may_take_another_way() -> None:
    plan = egress_with(functions="{f: {concurrency: 600, subnets: [b]}}")
    assert connections(plan) == {"nat-a": 0, "nat-b": 600}
    hub = """
  hub:
    attachments:
      main: {subnets: [a, b, c], route_table: t}
      egress: {subnets: [out-a, out-b], route_table: t}
    route_tables: {t: {propagate: [main], routes: {0.0.0.0/0: egress}}}"""
    subnets = """
  a: {vpc: main, az: a, cidr: 10.0.16.0/20, route_table: main-rt}
  b: {vpc: main, az: b, cidr: 10.0.32.0/20, route_table: main-rt}
  c: {vpc: main, az: c, cidr: 10.0.48.0/20, route_table: main-rt}
  out-a: {vpc: egress, az: a, cidr: 10.9.0.0/28, route_table: out-a-rt}
  out-b: {vpc: egress, az: b, cidr: 10.9.0.16/28, route_table: out-b-rt}
  public-a: {vpc: egress, az: a, cidr: 10.9.1.0/24, route_table: public-rt}
  public-b: {vpc: egress, az: b, cidr: 10.9.2.0/24, route_table: public-rt}"""
    third = egress_with(
        subnets=subnets, transit_gateways=hub, functions="{f: {concurrency: 600, subnets: [c]}}"
    )
    assert connections(third) == {"nat-a": 600, "nat-b": 600}, "either may carry them all"
    found = nat_ports(third, scenario=Scenario(without_zones=("a",)))
    assert (found["nat-a"].stranded, found["nat-b"].connections) == ((), 600)


def test_functions_left_without_a_subnet_carry_nothing() -> None:
    plan = plan_with(functions="{f: {concurrency: 600, subnets: [a]}}")
    found = nat_ports(plan, scenario=Scenario(without_zones=("a",)))
    assert [(p.connections, p.stranded) for p in found.values()] == [(0, ()), (0, ())]


def test_questions_about_what_is_not_there() -> None:
    with pytest.raises(QuestionError, match="no function"):
        nat_ports(plan_with(), concurrency={"x": 1})
    with pytest.raises(QuestionError, match="no subnet stands in zone"):
        nat_ports(plan_with(), scenario=Scenario(without_zones=("z",)))
