"""What holds of every answer, whatever the plan: order and names are no matter, allowing more takes
nothing away, answers explain themselves.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from netaddr import IPNetwork

from lambdaplanner.analysis.answers import RANK, Answer, PathAnswer
from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach, verdict_of
from tests.analysis.reach_plans import plan_from
from tests.properties.flight_judge import Question
from tests.properties.flight_worlds import a_plan, a_question

SEEDS = (*range(1000, 1030), 5039, 5087, 5137)  # in the last ones AWS takes one of two things
QUESTIONS = 6
Plan = dict[str, Any]


def answers(plan: Plan, questions: list[Question]) -> list[Answer]:
    network = compile_network(plan_from(plan))
    return [
        reach(network, q.source, q.target, port=_port(q), protocol=q.protocol) for q in questions
    ]


def _port(question: Question) -> int | None:
    return None if question.protocol == "icmp" else question.port


def worlds() -> Iterator[tuple[random.Random, Plan, list[Question]]]:
    for seed in SEEDS:
        chance = random.Random(seed)
        plan = a_plan(chance)
        yield chance, plan, [a_question(chance, plan) for _ in range(QUESTIONS)]


def told(answer: Answer) -> object:
    """All of an answer but its words."""
    return answer.verdict, {
        (
            path.via,
            path.into,
            path.verdict,
            tuple(hop.id for hop in path.hops),
            tuple(hop.id for hop in path.return_hops),
            frozenset((o.at, o.code, o.direction) for o in path.obstacles),
        )
        for path in answer.paths
    }


def shuffled(chance: random.Random, value: Any, *, lists: bool) -> Any:
    """The same with mappings in another order; lists of rules and blocks too, where asked."""
    if isinstance(value, dict):
        keys = list(value)
        chance.shuffle(keys)
        return {key: shuffled(chance, value[key], lists=lists) for key in keys}
    if isinstance(value, list):
        items = [shuffled(chance, item, lists=lists) for item in value]
        if lists and all(isinstance(item, dict) or "/" in item for item in items):
            chance.shuffle(items)
        return items
    return value


def rivals(plan: Plan) -> Iterator[list[str]]:
    """Things of which AWS takes one, in the order of the plan: where it takes the one made first
    the order decides, and of two gateways of a VPC, which both carry nothing, one has to be named.
    """
    found: dict[object, list[str]] = {}
    for section in ("internet_gateways", "egress_only_internet_gateways"):
        for name, fields in plan.get(section, {}).items():
            found.setdefault((section, fields["vpc"]), []).append(name)
    for name, fields in plan.get("peerings", {}).items():
        found.setdefault(frozenset(fields["vpcs"]), []).append(name)
    for name, fields in plan.get("endpoints", {}).items():
        for table in fields.get("route_tables", ()):
            found.setdefault((fields["service"], table), []).append(name)
    for name, fields in plan["subnets"].items():
        found[name] = [
            other
            for other, others in plan["subnets"].items()
            if others["vpc"] == fields["vpc"] and meets(fields["cidr"], others["cidr"])
        ]
    return (names for names in found.values() if len(names) > 1)


def meets(one: str, other: str) -> bool:
    return covers(one, other) or covers(other, one)


def in_another_order(chance: random.Random, plan: Plan, *, lists: bool) -> Plan:
    """The plan shuffled, but for what is made first of things of which AWS takes one."""
    other: Plan = shuffled(chance, plan, lists=lists)
    kept = {name for names in rivals(plan) for name in names}
    for section, things in other.items():
        ranked = iter([name for name in plan[section] if name in kept])
        order = [next(ranked) if name in kept else name for name in things]
        other[section] = {name: things[name] for name in order}
    return other


def test_the_order_of_sections_and_entries_is_no_matter() -> None:
    for chance, plan, questions in worlds():
        other = in_another_order(chance, plan, lists=False)
        assert answers(other, questions) == answers(plan, questions)


def test_the_order_of_rules_and_blocks_changes_no_more_than_words() -> None:
    for chance, plan, questions in worlds():
        other = answers(in_another_order(chance, plan, lists=True), questions)
        assert [told(a) for a in other] == [told(a) for a in answers(plan, questions)]


def renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {renamed(k, names): renamed(v, names) for k, v in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def without_ids(answer: Answer, names: dict[str, str]) -> object:
    """All of an answer but its words, under other names."""

    def name(text: str | None) -> str | None:
        if text is None:
            return None
        parts = [text, *text.split(":", 1)[-1].split("@")]
        for part in parts:
            if part in names:
                text = text.replace(part, names[part])
        return text

    return answer.verdict, {
        (
            name(path.via),
            name(path.into),
            path.verdict,
            tuple(name(hop.id) for hop in path.hops),
            tuple(name(hop.id) for hop in path.return_hops),
            frozenset((name(o.at), o.code, o.direction) for o in path.obstacles),
        )
        for path in answer.paths
    }


def other_names(chance: random.Random, plan: Plan) -> dict[str, str]:
    """A new name for every id but those that AWS gave. Of two gateways of a VPC the same one comes
    first as before: which one is named matters to nobody.
    """
    ids = [name for things in plan.values() for name in things]
    mine = [name for name in ids if not name.startswith("com.amazonaws.")]
    chance.shuffle(mine)
    names = {old: f"x{number:03}x" for number, old in enumerate(mine)}
    for alike in rivals(plan):
        fresh = sorted(names[name] for name in alike)
        names |= dict(zip(sorted(alike), fresh, strict=True))
    return names


def test_names_are_no_matter() -> None:
    """Ids in another alphabetical order; only the words of an answer have them inside."""
    for chance, plan, questions in worlds():
        names = other_names(chance, plan)
        asked = [
            q._replace(source=names.get(q.source, q.source), target=names.get(q.target, q.target))
            for q in questions
        ]
        after = answers(renamed(plan, names), asked)
        assert [without_ids(a, {}) for a in after] == [
            without_ids(a, names) for a in answers(plan, questions)
        ]


def compare(plan: Plan, other: Plan, questions: list[Question]) -> Iterator[tuple[Any, int, int]]:
    """For every path of every question: its rank before and after."""
    for question, before, after in zip(
        questions, answers(plan, questions), answers(other, questions), strict=True
    ):
        for old, new in zip(before.paths, after.paths, strict=True):
            yield (question, old.via, old.into), RANK[old.verdict], RANK[new.verdict]


def entry(chance: random.Random, action: str) -> dict[str, Any]:
    made: dict[str, Any] = {"action": action}
    if chance.random() < 0.7:
        made["cidr"] = chance.choice(("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/24", "203.0.113.0/24"))
    if chance.random() < 0.5:
        made |= {"protocol": "tcp", "ports": chance.choice(("443", "1024-65535", "32768-40000"))}
    return made


@pytest.mark.parametrize("number", [1, 32766])
@pytest.mark.parametrize("action", ["allow", "deny"])
def test_an_acl_entry_more(number: int, action: str) -> None:
    """First or last: an allow takes nothing away, a deny gives nothing. In the middle neither is
    sure to do anything else, for the first that matches decides.
    """
    for chance, plan, questions in worlds():
        other = copy.deepcopy(plan)
        for acl in other.get("network_acls", {}).values():
            acl.setdefault(chance.choice(("inbound", "outbound")), {})[number] = entry(
                chance, action
            )
        for path, before, after in compare(plan, other, questions):
            assert after >= before if action == "allow" else after <= before, path


def test_a_rule_more_in_a_group() -> None:
    for chance, plan, questions in worlds():
        other = copy.deepcopy(plan)
        for group in other["security_groups"].values():
            side = chance.choice(("inbound", "outbound"))
            rule = {"cidr": chance.choice(("0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/24"))}
            if side == "inbound" or side in group:
                group.setdefault(side, []).append(rule)
        for path, before, after in compare(plan, other, questions):
            assert after >= before, path


def covers(wide: str, narrow: str) -> bool:
    return IPNetwork(narrow) in IPNetwork(wide)


def hides_nothing(plan: Plan, table: dict[str, Any], destination: str) -> bool:
    """Whether no other route, the local ones included, takes over what a route matches."""
    lists = plan.get("prefix_lists", {})

    def blocks(text: str) -> list[str]:
        return list(lists.get(text, [text]))

    vpc = plan["vpcs"][table["vpc"]]
    others = [b for other in table["routes"] if other != destination for b in blocks(other)]
    others += [vpc["cidr"], *vpc.get("secondary_cidrs", []), vpc.get("ipv6_cidr", "::/128")]
    return not any(
        IPNetwork(mine).version == IPNetwork(other).version and covers(other, mine)
        for mine in blocks(destination)
        for other in others
    )


def test_a_route_less_that_hid_nothing() -> None:
    """Without it packets have no route; one that hid a wider route would let that take over."""
    missed = 0
    for chance, plan, questions in worlds():
        other = copy.deepcopy(plan)
        for table in other.get("route_tables", {}).values():
            lone = [d for d in table["routes"] if hides_nothing(plan, table, d)]
            if lone:
                del table["routes"][chance.choice(lone)]
        for path, before, after in compare(plan, other, questions):
            assert after <= before, path
            missed += after < before
    assert missed, "some of those routes were needed"


def test_a_vpc_more_that_nothing_joins() -> None:
    """Whatever addresses it has."""
    for _chance, plan, questions in worlds():
        other = copy.deepcopy(plan)
        other["vpcs"]["island"] = {"cidr": next(iter(plan["vpcs"].values()))["cidr"]}
        first = next(iter(plan["subnets"].values()))
        place = {"vpc": "island", "az": "a", "cidr": first["cidr"], "route_table": "island-rt"}
        other["subnets"]["island-s"] = place
        other.setdefault("internet_gateways", {})["island-igw"] = {"vpc": "island"}
        other.setdefault("route_tables", {})["island-rt"] = {
            "vpc": "island",
            "routes": {"0.0.0.0/0": "island-igw"},
        }
        other["workloads"]["island-w"] = {"type": "ec2", "subnets": ["island-s"]}
        assert answers(other, questions) == answers(plan, questions)


def test_a_public_host_that_nothing_names_fares_as_the_internet_does() -> None:
    for _chance, plan, questions in worlds():
        asked = [q._replace(target="internet") for q in questions if q.source != "internet"]
        hosts = [q._replace(target="81.2.69.142") for q in asked]
        for one, other in zip(answers(plan, asked), answers(plan, hosts), strict=True):
            assert [path.verdict for path in one.paths] == [path.verdict for path in other.paths]


def ends(path: PathAnswer) -> tuple[str, str]:
    return path.hops[-1].id, path.return_hops[-1].id if path.return_hops else ""


def check_route_hops(path: PathAnswer) -> None:
    """What a route leads to is met next, ACLs of subnets on the way left aside."""
    hops = [hop for hop in path.hops if hop.kind != "network-acl"]
    for hop, following in pairwise(hops):
        if hop.kind != "route-table" or " -> " not in hop.detail:
            continue
        target = hop.detail.rpartition(" -> ")[2]
        assert target in ("local", following.id), path.hops


def test_answers_explain_themselves() -> None:
    for _chance, plan, questions in worlds():
        for question, answer in zip(questions, answers(plan, questions), strict=True):
            assert answer.verdict == verdict_of([path.verdict for path in answer.paths])
            for path in answer.paths:
                if not path.hops:  # nothing on the plan holds the address that asks
                    assert question.source[0].isdigit()
                    assert path.obstacles, question
                    continue
                assert (path.verdict == "reachable") == (not path.obstacles), question
                assert all(o.at and o.message.endswith(".") for o in path.obstacles)
                check_route_hops(path)
                first, (last, back) = path.hops[0].id, ends(path)
                if path.verdict == "unreachable":
                    assert back == "" or back != first, question
                    continue
                if question.target not in ("internet",) and not question.target[0].isdigit():
                    assert last == question.target or ":" in question.target, question
                assert path.return_hops[0].id == last, question
                assert back == first, question
