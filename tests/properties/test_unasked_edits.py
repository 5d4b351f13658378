"""What `fix --write` does by itself opens nothing, whatever is wrong with a plan."""

from __future__ import annotations

import pytest

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes.boundaries import is_meant_public
from lambdaplanner.fixes.repair import Selection, repair
from lambdaplanner.kinds.network_acl import NetworkAcl
from lambdaplanner.kinds.subnet import Subnet
from lambdaplanner.model.document import Expectation
from tests.fixes.bad_plans import BAD, Bad


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_nothing_is_opened_unasked(bad: Bad) -> None:
    plan = bad.plan.copy()
    before = PlanAnalysis(plan)
    selection = Selection(question=(bad.source, bad.target, None, "tcp"))

    result = repair(plan, selection, None, None)

    after = PlanAnalysis(result.plan)
    rows: tuple[Expectation, ...] = result.plan.expectations
    assert rows == plan.expectations
    assert result.plan.info == plan.info
    assert set(plan) <= set(result.plan), "nothing is taken out"
    for subnet in before.of(Subnet):
        if after.is_public(subnet.id) and not before.is_public(subnet.id):
            assert is_meant_public(before, subnet.id)
        acl = plan.find(subnet.network_acl)
        if isinstance(acl, NetworkAcl) and acl.vpc == subnet.vpc:
            assert after.subnet(subnet.id).network_acl == acl.id
