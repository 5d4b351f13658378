"""Questions about a plan that a fault was found with, and about its twins."""

from __future__ import annotations

from lambdaplanner.analysis.answers import Answer
from lambdaplanner.analysis.packets import Obstacle
from lambdaplanner.analysis.view import PlanAnalysis
from lambdaplanner.checks.registry import Finding
from lambdaplanner.checks.report import report
from lambdaplanner.formats.plan_file import read_text
from lambdaplanner.model.plan import Plan
from tests.found.plans import found


def text_of(name: str) -> str:
    """The plan of a fault, as it is written."""
    return found(name).read_text()


def twin(name: str, *changes: tuple[str, str]) -> Plan:
    """The plan of a fault with other words in it, each of which must be there."""
    text = text_of(name)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read_text(text, where=name).plan


def ask(plan: Plan, source: str, target: str, port: int | None = None) -> Answer:
    """What reaches what."""
    return PlanAnalysis(plan).question(source, target, port)


def obstacles(answer: Answer) -> list[Obstacle]:
    """Everything that stands in the way, each once."""
    return list(dict.fromkeys(o for path in answer.paths for o in path.obstacles))


def blocked(answer: Answer) -> set[tuple[str, str]]:
    """Where, and by which code."""
    return {(one.at, one.code) for one in obstacles(answer)}


def findings(plan: Plan, check_id: str = "") -> list[Finding]:
    """What the checks say, or one of them."""
    return [one for one in report(plan).findings if check_id in ("", one.id)]


def ids(plan: Plan) -> set[str]:
    """The checks that say something."""
    return {one.id for one in findings(plan)}
