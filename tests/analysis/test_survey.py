"""One end against all: every row says what the question itself says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from lambdaplanner.analysis.network import compile_network
from lambdaplanner.analysis.reach import reach
from lambdaplanner.analysis.survey import Reached, reach_from, reach_into
from lambdaplanner.errors import QuestionError
from tests.analysis.reach_plans import network_with, plan_from
from tests.benchmarks.plans import realistic_plan
from tests.effort import examples
from tests.properties.reach_worlds import worlds


def verdicts(rows: tuple[Reached, ...]) -> dict[str, str]:
    return {f"{row.source} > {row.target} {row.port}": row.verdict for row in rows}


def test_what_a_function_reaches() -> None:
    rows = reach_from(
        network_with(endpoints={"s3": {"vpc": "main", "service": "s3", "type": "gateway"}}), "fn"
    )
    assert verdicts(rows) == {
        "fn > internet 443": "reachable",
        "fn > aws:s3 443": "reachable",
        "fn > db 5432": "reachable",
        "fn > web 443": "reachable",
    }


def test_who_reaches_a_database() -> None:
    assert verdicts(reach_into(network_with(), "db")) == {
        "internet > db 5432": "unreachable",
        "fn > db 5432": "reachable",
        "lone > db 5432": "unreachable",
        "web > db 5432": "unreachable",
    }


def test_the_internet_reaches_what_has_a_public_address() -> None:
    assert verdicts(reach_from(network_with(), "internet")) == {
        "internet > db 5432": "unreachable",
        "internet > web 443": "reachable",
    }


def test_an_end_that_is_not_there_is_an_error() -> None:
    with pytest.raises(QuestionError, match="fnn"):
        reach_from(network_with(), "fnn")
    with pytest.raises(QuestionError, match="port 99999"):
        reach_into(network_with(), "db", port=99999)


def test_a_large_plan_gets_the_same_verdicts_as_single_questions() -> None:
    network = compile_network(realistic_plan(200, seed=3))
    sources = [name for name in network.resources if "function" in name][:4]
    rows = [row for source in sources for row in reach_from(network, source)]
    alone = {row: reach(network, row.source, row.target, port=row.port).verdict for row in rows}
    assert len(set(alone.values())) > 1
    assert {row: row.verdict for row in rows} == alone


@examples(60)
@given(worlds())
def test_a_row_says_what_the_question_says(sections: dict[str, Any]) -> None:
    network = compile_network(plan_from(sections))
    for row in (
        *reach_from(network, "fn"),
        *reach_into(network, "db"),
        *reach_into(network, "db", port=25000),
    ):
        alone = reach(network, row.source, row.target, port=row.port, protocol=row.protocol)
        assert row.verdict == alone.verdict, row
