"""The display list of the brief's network as text: whatever changes in it is to be looked at."""

from __future__ import annotations

from pathlib import Path

from lambdaplanner.analysis.capacity import assess
from lambdaplanner.diagram.builder import build
from lambdaplanner.diagram.items import Diagram
from lambdaplanner.diagram.verdicts import Verdicts
from tests.diagram.plans import template

SNAPSHOT = Path(__file__).with_name("brief-network.txt")


def _text(diagram: Diagram) -> str:
    rows = []
    for box in diagram.boxes.values():
        x, y, width, height = (f"{value:g}" for value in box.rect)
        words = [box.title, box.subtitle, box.tag, *(badge.text for badge in box.badges)]
        words += [box.meter.text] if box.meter else []
        rows.append(
            f"{box.id} ({box.kind}, {box.tone}) in {box.parent}: {x},{y} {width}x{height}: "
            + " | ".join(word for word in words if word)
        )
    for line in diagram.lines.values():
        points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
        rows.append(f"{line.id} ({line.style}): {points} {line.label}".rstrip())
    return "\n".join(rows) + "\n"


def test_the_brief(update_golden: bool) -> None:
    plan = template("brief-network")
    found = _text(build(plan, Verdicts(capacity=assess(plan))))
    if update_golden:
        SNAPSHOT.write_text(found, encoding="utf-8")
    assert found == SNAPSHOT.read_text(encoding="utf-8")
