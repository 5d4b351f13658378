"""What the inspector says about capacity, in sentences."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.room import Room
from lambdaplanner.ui.bridge import Bridge
from lambdaplanner.ui.panels.facts import facts_of, plan_facts
from lambdaplanner.ui.panels.room_words import room_in_short, room_sentence
from tests.ui.panel_world import make_bridge, thing

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def bridge() -> Bridge:
    return make_bridge()


def changed(bridge: Bridge, name: str, **fields: object) -> None:
    bridge.do("Edit", lambda edit: edit.update(name, **fields))
    bridge.settle()


def said(bridge: Bridge, name: str) -> dict[str, str]:
    """What is said of a thing, by state ("" where there is none)."""
    facts = facts_of(bridge.session.plan, bridge.live, thing(bridge, name))
    return {fact.word.text if fact.word else "": fact.text for fact in facts}


def test_a_ramp_is_told_where_there_is_one(bridge: Bridge) -> None:
    assert "" not in said(bridge, "orders")
    changed(bridge, "orders", concurrency=5000)
    assert said(bridge, "orders")[""].startswith("From cold its target runs after 40 seconds.")
    changed(bridge, "loose", concurrency=1100)
    assert said(bridge, "loose")[""].startswith("From cold its target runs after 1 second.")


def test_a_function_short_of_addresses_is_told_where_there_are_some(bridge: Bridge) -> None:
    changed(bridge, "orders", concurrency=400)
    text = said(bridge, "orders")["Concurrency: exhausted"]
    assert text.endswith("A /23 in each of its subnets would do: private-a moved to 10.0.4.0/23.")


def test_the_ports_of_a_gateway(bridge: Bridge) -> None:
    text = said(bridge, "nat")["Ports: enough"]
    assert text.startswith("1,000 of 55,000 connections to one destination. The worst case:")
    changed(bridge, "orders", concurrency=120, connections_per_environment=1000)
    text = said(bridge, "nat")["Ports: short"]
    assert text.startswith(
        "120,000 of 55,000 connections to one destination. 3 addresses would do."
    )
    changed(bridge, "orders", concurrency=900)
    assert "It takes 3 gateways." in said(bridge, "nat")["Ports: beyond one"]
    changed(bridge, "orders", subnets=())
    assert not any(state.startswith("Ports") for state in said(bridge, "nat"))


def test_the_ports_of_a_regional_gateway_are_those_of_its_busiest_zone(bridge: Bridge) -> None:
    changed(bridge, "nat", subnet=None, vpc="main", mode="regional")
    text = said(bridge, "nat")["Ports: enough"]
    assert text.startswith("1,000 of 55,000 connections to one destination in eu-west-1a.")


def test_the_account_is_told_of_where_it_is_exceeded(bridge: Bridge) -> None:
    assert len(plan_facts(bridge.live.capacity())) == 1
    changed(bridge, "loose", concurrency=2000)
    word, text, _ = plan_facts(bridge.live.capacity())[1]
    assert word is not None
    assert (word.tone, word.text) == ("warning", "Account: beyond its quota")
    assert "2,101 times at once; the quota is 1,000" in text


def test_a_workload_tells_what_to_keep_free(bridge: Bridge) -> None:
    assert said(bridge, "db")[""] == (
        "1 address in its subnet. Keep one more free in each subnet of its group: RDS takes "
        "it to recover."
    )
    changed(bridge, "db", ips=3)
    assert said(bridge, "db")[""] == "3 addresses in its subnet."


FOUR = ("10.0.0.0/26", "10.0.0.64/26", "10.0.0.128/26", "10.0.0.192/26")


@pytest.mark.parametrize(
    ("blocks", "subnets", "fits", "short", "sentence"),
    [
        (FOUR[:1], 1, 26, "/26: 10.0.0.0", "would do: s0 widened to 10.0.0.0/26."),
        (FOUR[:2], 2, 26, "/26: 10.0.0.0, 10.0.0.64",
         "s0 widened to 10.0.0.0/26 and s1 moved to 10.0.0.64/26."),
        (FOUR, 4, 26, "/26: 10.0.0.0, 10.0.0.64, 10.0.0.128, 10.0.0.192",
         "s2 moved to 10.0.0.128/26 and 1 more."),
        ((*FOUR, "10.0.1.0/26"), 5, 26,
         "/26: 10.0.0.0, 10.0.0.64, 10.0.0.128, 10.0.0.192, 10.0.1.0",
         "s2 moved to 10.0.0.128/26 and 2 more."),
        (FOUR[:1], 2, 27, "/26, room for 1 of 2",
         "would do, but its VPC has room for 1 of 2. A /27 each still fits."),
        ((), 2, None, "/26, room for 0 of 2", "No smaller size has room for all either."),
    ],
)  # fmt: skip
def test_room_in_words(
    blocks: tuple[str, ...], subnets: int, fits: int | None, short: str, sentence: str
) -> None:
    room = Room(
        prefix=26,
        places=tuple((f"s{place}", found) for place, found in enumerate(blocks)),
        subnets=subnets,
        fits=fits,
        widened=("s0",),
    )
    assert room_in_short(room) == short
    assert room_sentence(room).endswith(sentence)
    assert room_sentence(room).startswith("A /26 in each of its subnets would do")
