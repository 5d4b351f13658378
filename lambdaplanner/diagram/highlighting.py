"""Which boxes and lines show an answer of reachability."""

from __future__ import annotations

from collections.abc import Iterable

from lambdaplanner.analysis.answers import Answer, PathAnswer
from lambdaplanner.diagram.geometry import ancestors
from lambdaplanner.diagram.items import Diagram, Highlight
from lambdaplanner.diagram.structure import REGION, SERVICE, SERVICE_NAT


def highlight_for(answer: Answer, diagram: Diagram, path: int | None = None) -> Highlight:
    """The way of an answer on the canvas: of all its paths, or of the one with this number
    (IndexError where none).
    """
    paths = answer.paths if path is None else (answer.paths[path],)
    boxes = _drawn([answer.source, answer.target], diagram)
    lines: set[str] = set()
    blocked: set[str] = set()
    for one in paths:
        lit = boxes | _drawn(_hops(one), diagram)
        if _by_default_networking(lit, diagram):
            lit.add(SERVICE)
        boxes |= lit
        lines |= _lines_between(lit, diagram)
        blocked |= _drawn((obstacle.at for obstacle in one.obstacles), diagram)
    return Highlight(frozenset(boxes), frozenset(lines), frozenset(blocked))


def _hops(path: PathAnswer) -> list[str]:
    """What packets meet; the way back too where something blocks it."""
    hops = [hop.id for hop in path.hops]
    if any(obstacle.direction == "return" for obstacle in path.obstacles):
        hops += [hop.id for hop in path.return_hops]
    return hops


def _drawn(ids: Iterable[str], diagram: Diagram) -> set[str]:
    return set(diagram.boxes_of(ids))


def _by_default_networking(lit: set[str], diagram: Diagram) -> bool:
    """Whether the path leaves a function by Lambda's own way to the internet."""
    return SERVICE_NAT not in lit and any(diagram.boxes[name].kind == "function" for name in lit)


def _lines_between(lit: set[str], diagram: Diagram) -> set[str]:
    """Lines whose both ends are on the path, or are subnets and VPCs that it goes through."""
    ends = set(lit)
    for name in lit:
        ends.update(box.id for box in ancestors(diagram, name))
    if SERVICE not in lit:
        ends.discard(SERVICE)
    ends.discard(REGION)
    return {
        name for name, line in diagram.lines.items() if line.source in ends and line.target in ends
    }
