"""What is found with less work is what all the work finds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.fixes import mending
from lambdaplanner.fixes.aims import Asked
from tests.analysis.reach_plans import plan_from
from tests.effort import examples
from tests.properties.reach_worlds import worlds
from tests.properties.test_fix_properties import QUESTIONS

Way = tuple[str, tuple[int, int]]


def found(sections: dict[str, Any], question: tuple[str, str]) -> list[Way]:
    view = PlanAnalysis(plan_from(sections))
    asked = Asked(*question, "tcp", None)
    return [(way.fix.label, way.weight) for way in mending.ways_to_mend(view, asked)]


@examples(20)
@given(worlds(), st.sampled_from(QUESTIONS))
def test_following_every_first_step_finds_the_same_ways_first(
    sections: dict[str, Any], question: tuple[str, str]
) -> None:
    lazily = found(sections, question)
    with pytest.MonkeyPatch.context() as patch:
        # Nothing is known of what a first step leads to, so that each is followed at once.
        patch.setattr(mending, "_least", lambda *_: (-1, 0))
        patch.setattr(mending, "_left", lambda _search, step: frozenset({(str(id(step)),)}))
        eagerly = found(sections, question)
    assert lazily[:1] == eagerly[:1]
    assert sorted(lazily) == sorted(eagerly)
