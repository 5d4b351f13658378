"""From the common value to a plan: ids, mentions, what is not there, addresses."""

from __future__ import annotations

from lambdaplanner.importing.assembled import Assembled, plan_of
from lambdaplanner.importing.assembly import assemble
from lambdaplanner.importing.found import Addresses, Found, Thing, To


def vpc(key: str = "vpc-1", name: str = "shop") -> Thing:
    return Thing(
        section="vpcs",
        source_kind="VPC",
        origin=(key,),
        names=(name,),
        fields={"cidr": "10.0.0.0/16"},
    )


def subnet(key: str, name: str, *, zone: str = "eu-west-1a", **fields: object) -> Thing:
    return Thing(
        section="subnets",
        source_kind="subnet",
        origin=(key,),
        names=(name,),
        fields={"vpc": To("vpc-1"), "az": zone, "cidr": "10.0.0.0/24", **fields},
    )


def assembled(*things: Thing) -> Assembled:
    return assemble(Found(kind="aws-cli", things=list(things)))


def test_ids_come_from_names_and_mentions_follow() -> None:
    made = assembled(subnet("subnet-1", "shop/app"), vpc())
    assert made.sections["subnets"] == {
        "app": {
            "vpc": "shop",
            "az": "eu-west-1a",
            "cidr": "10.0.0.0/24",
            "label": "shop/app",
            "origin": ["subnet-1"],
        }
    }


def test_the_whole_group_of_one_name_gets_a_tail() -> None:
    made = assembled(vpc(), subnet("subnet-1", "app"), subnet("subnet-2", "app", zone="eu-west-1b"))
    assert list(made.sections["subnets"]) == ["app-a", "app-b"]


def test_names_collide_over_all_sections() -> None:
    made = assembled(vpc(name="app"), subnet("subnet-0ab12345", "app"))
    assert {made.ids["vpc-1"], made.ids["subnet-0ab12345"]}.isdisjoint({"app"})


def test_a_route_to_what_is_not_here_leads_outside() -> None:
    table = Thing(
        section="route_tables",
        source_kind="route table",
        origin=("rtb-1",),
        fields={"vpc": To("vpc-1"), "routes": {"10.0.0.0/8": To("vgw-9")}},
    )
    made = assembled(vpc(), table)
    assert made.sections["route_tables"]["rtb-1"]["routes"] == {"10.0.0.0/8": "outside"}
    assert made.comments["rtb-1"] == "10.0.0.0/8: vgw-9"


def test_a_list_keeps_what_is_known_and_says_that_it_is_not_all() -> None:
    function = Thing(
        section="functions",
        source_kind="function",
        origin=("lambda:f",),
        names=("f",),
        fields={"subnets": [To("subnet-1"), To("subnet-9")]},
    )
    made = assembled(vpc(), subnet("subnet-1", "a"), function)
    assert made.sections["functions"]["f"]["subnets"] == ["a"]
    assert made.unknown == [{"about": "f", "of": "subnets", "why": "subnet-9 is in no file"}]


def test_what_cannot_be_without_something_missing_is_left_out() -> None:
    made = assembled(subnet("subnet-1", "a"))
    assert made.count == 0
    assert [(line.name, line.why) for line in made.left_out] == [
        ("subnet-1", "vpc-1 is in no file")
    ]


def test_a_rule_about_a_group_that_is_not_here_is_left_out() -> None:
    group = Thing(
        section="security_groups",
        source_kind="security group",
        origin=("sg-1",),
        fields={"vpc": To("vpc-1"), "inbound": [{"security_group": To("sg-9")}]},
    )
    made = assembled(vpc(), group)
    assert made.sections["security_groups"]["sg-1"]["inbound"] == []
    assert [line.effect for line in made.left_out] == ["less"]


def test_addresses_that_nothing_explains_are_reserved() -> None:
    found = Found(kind="aws-cli", things=[vpc(), subnet("subnet-1", "a")])
    found.addresses["subnet-1"] = Addresses(available=240, functions=1)
    made = assemble(found)
    assert made.sections["subnets"]["a"]["reserved_ips"] == 251 - 240 - 1
    assert made.observed == {"a": {"available": 240, "lambda": 1}}


def test_a_value_that_cannot_be_costs_only_itself() -> None:
    made = assembled(vpc(), subnet("subnet-1", "a", ipv6_cidr="nonsense"))
    plan = plan_of(made)
    assert plan is not None
    assert list(plan.of("subnet")) == ["a"]
    assert {"about": "a", "of": "ipv6_cidr", "why": "its ipv6_cidr cannot be expressed"} in (
        made.unknown
    )
