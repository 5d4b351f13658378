"""The plan: a graph that follows its records, changed all or not at all."""

from __future__ import annotations

import pytest

from lambdaplanner.errors import EditError
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.kinds.vpc import Vpc
from lambdaplanner.model.changes import Change, ChangeSet, Key
from lambdaplanner.model.edit import Edit
from lambdaplanner.model.geometry import Placement
from lambdaplanner.model.plan import Plan

VPC = Vpc(id="v", cidr="10.0.0.0/16")
SUBNET = Subnet(id="s", vpc="v", az="a", cidr="10.0.0.0/24")


@pytest.fixture
def plan() -> Plan:
    """A VPC with a subnet."""
    plan = Plan()
    edit = Edit(plan)
    edit.add(VPC, Placement(1, 2))
    edit.add(SUBNET)
    return plan


def test_reading(plan: Plan) -> None:
    assert list(plan) == ["v", "s"]
    assert len(plan) == 2
    assert "v" in plan
    assert plan.resource("v") is VPC
    assert plan.find("x") is None
    assert plan.find(None) is None
    assert plan.of("subnet") == {"s": SUBNET}
    assert plan.of("function") == {}
    assert plan.ordered("vpc") == [VPC]
    assert plan.order("v") < plan.order("s") < plan.next_order
    assert plan.placements == {"v": Placement(1, 2)}
    with pytest.raises(KeyError):
        plan.resource("x")


def test_links_follow_the_records(plan: Plan) -> None:
    (link,) = plan.mentions_of("v")
    assert (link.source, link.target, link.field) == ("s", "v", "vpc")
    assert plan.users("v", "vpc", "subnet") == [SUBNET]
    assert plan.users("v", "vpc", "function") == []
    assert plan.mentions_of("nothing") == []
    Edit(plan).add(Vpc(id="w", cidr="10.1.0.0/16"))
    Edit(plan).update("s", vpc="w")
    assert plan.mentions_of("v") == []
    assert list(plan.graph.successors("s")) == ["w"]


def test_a_change_that_starts_elsewhere_is_refused_whole(plan: Plan) -> None:
    before = {name: plan.resource(name) for name in plan.graph}
    stale = ChangeSet(
        {
            Key("placement", "v"): Change(Placement(1, 2), Placement(5, 5)),
            Key("resource", "s"): Change(VPC, None),
        }
    )
    with pytest.raises(EditError, match="resource s has changed meanwhile"):
        plan.apply(stale)
    assert {name: plan.resource(name) for name in plan.graph} == before
    assert plan.placements["v"] == Placement(1, 2)


def test_mentions_never_lead_to_nothing(plan: Plan) -> None:
    with pytest.raises(EditError, match='"v" is still mentioned by s'):
        plan.apply(ChangeSet({Key("resource", "v"): Change(VPC, None)}))
    orphan = Subnet(id="t", vpc="gone", az="a", cidr="10.0.1.0/24")
    with pytest.raises(EditError, match='t mentions "gone", which is not there'):
        plan.apply(ChangeSet({Key("resource", "t"): Change(None, orphan)}))


def test_subscribers_hear_once_in_order_and_can_leave(plan: Plan) -> None:
    heard: list[str] = []
    first = plan.subscribe(lambda _: heard.append("first"))
    plan.subscribe(lambda _: heard.append("second"))
    edit = Edit(plan)
    edit.place("v", None)
    assert heard == []
    plan.announce(edit.changes)
    first()
    plan.apply(edit.changes.inverse())
    assert heard == ["first", "second", "second"]


def test_revisions_tell_layout_from_topology(plan: Plan) -> None:
    topology, layout = plan.topology_revision, plan.layout_revision
    Edit(plan).place("v", Placement(9, 9))
    assert (plan.topology_revision, plan.layout_revision) == (topology, layout + 1)
    Edit(plan).update("v", label="Main")
    assert plan.topology_revision == topology + 1


def test_values_beside_the_things(plan: Plan) -> None:
    edit = Edit(plan)
    edit.set_info(name="Orders")
    edit.set_settings(account_concurrency=5)
    assert (plan.info.name, plan.info.settings.account_concurrency) == ("Orders", 5)
    for facet in ("info", "expectations", "acknowledged"):
        assert plan.value(Key(facet)) == getattr(plan, facet)
    assert plan.value(Key("order", "v")) == plan.order("v")
    edit.roll_back()
    assert plan.info.name == ""


def test_a_copy_and_its_original_do_not_write_to_one_another(plan: Plan) -> None:
    Edit(plan).add(Vpc(id="w", cidr="10.1.0.0/16"))
    first = plan.copy()
    Edit(first).update("v", label="First")
    second = first.copy()
    Edit(first).remove("s")
    Edit(second).update("s", vpc="w")
    assert [link.source for link in plan.mentions_of("v")] == ["s"]
    assert list(first.mentions_of("v")) == []
    assert [link.source for link in second.mentions_of("w")] == ["s"]
    assert list(second.mentions_of("v")) == []
    assert (plan.resource("v").label, second.resource("v").label) == ("", "First")
