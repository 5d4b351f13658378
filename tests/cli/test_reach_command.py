"""`reach` with one end: all that it reaches, and all that reach it."""

from __future__ import annotations

import json

import pytest

from lambdaplanner import assets
from lambdaplanner.cli import main


@pytest.fixture
def brief() -> str:
    return next(str(path) for path in assets.template_paths() if path.stem == "brief-network")


def asked(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert main(["reach", *arguments]) == status
    return capsys.readouterr().out


def test_out_of_asks_everything(brief: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(asked(capsys, brief, "--out-of", "attached", "--json"))

    assert (document["from"], document["to"]) == ("attached", None)
    assert {answer["to"]: answer["verdict"] for answer in document["answers"]} == {
        "internet": "reachable",
        "database": "reachable",
    }


def test_into_asks_from_everywhere(brief: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(asked(capsys, brief, "--into", "database", "--json"))

    assert (document["from"], document["to"]) == (None, "database")
    assert {answer["from"]: answer["verdict"] for answer in document["answers"]} == {
        "internet": "unreachable",
        "attached": "reachable",
        "unattached": "unreachable",
    }
    assert {answer["port"] for answer in document["answers"]} == {5432}


def test_a_survey_in_words_is_a_table(brief: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = asked(capsys, brief, "--into", "database", "--protocol", "icmp").splitlines()

    assert lines[0].split() == ["from", "to", "asked", "verdict"]
    assert lines[2].split() == ["attached", "database", "icmp", "unreachable"]


def test_translations_are_in_both_outputs(brief: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(capsys, brief, "attached", "internet")
    assert "source: an address of 10.0.0.0/24 becomes the elastic IP of nat" in said

    document = json.loads(asked(capsys, brief, "attached", "internet", "--json"))
    (path,) = document["paths"]
    assert [hop["translation"] for hop in path["hops"] if "translation" in hop][-1] == {
        "end": "source",
        "before": "an address of 10.0.0.0/24",
        "after": "the elastic IP of nat",
    }


@pytest.mark.parametrize(
    "ends",
    [
        (),
        ("attached",),
        ("attached", "--into", "database"),
        ("--out-of", "attached", "--into", "x"),
    ],
)
def test_no_end_or_one_too_many_is_a_bad_question(
    brief: str, ends: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["reach", brief, *ends]) == 2
    assert "name FROM and TO, or one end with --out-of or --into" in capsys.readouterr().err


def test_an_unknown_end_is_a_bad_question(brief: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reach", brief, "--into", "databse"]) == 2
    assert 'did you mean "database"' in capsys.readouterr().err
