"""Diagrams of any size for measurement: containers of 20 leaves with as many lines, some lines
between them.
"""

from __future__ import annotations

from lambdaplanner.diagram.items import Badge, Box, Diagram, Line, Meter, Point, Rect

PER_CONTAINER = 20
_COLUMNS = 4
_CELL = (196.0, 88.0)
_LEAF = (168.0, 56.0)
_KINDS = (
    ("function", "compute"),
    ("eni", "network"),
    ("nat-gateway", "network"),
    ("workload-rds", "data"),
    ("security-group", "security"),
)
_TONES = (
    ("public", "Public subnet"),
    ("private", "Private subnet"),
    ("isolated", "Isolated subnet"),
)


def diagram(boxes: int) -> Diagram:
    """About `boxes` leaves in containers of 20, in rows that make a roughly square picture."""
    found = Diagram()
    containers = max(1, boxes // PER_CONTAINER)
    across = max(1, round((containers / 1.6) ** 0.5))
    for index in range(containers):
        left, top = index % across * 880.0, index // across * 560.0
        _container(found, index, left, top)
        if index % across:
            _bridge(found, index, left, top)
    return found


def moved(given: Diagram, key: str, dx: float, dy: float) -> Diagram:
    """The diagram with one container and the lines in and at it moved, as a drag makes it."""
    box = given.boxes[key]
    rect = box.rect._replace(x=box.rect.x + dx, y=box.rect.y + dy)
    boxes = {**given.boxes, key: _with_rect(box, rect)}
    prefix = key.replace("c", "l") + "-"
    lines = dict(given.lines)
    for name, line in given.lines.items():
        if name.startswith(prefix):
            lines[name] = _shifted(line, dx, dy)
    return Diagram(boxes, lines)


def touched_by_move(given: Diagram, key: str) -> list[str]:
    """What `moved` makes different."""
    prefix = key.replace("c", "l") + "-"
    return [key, *(name for name in given.lines if name.startswith(prefix))]


def _container(found: Diagram, index: int, left: float, top: float) -> None:
    key = f"c{index}"
    tone, tag = _TONES[index % len(_TONES)]
    meter = Meter(40 + index % 90, 60 + index % 100, 251, f"{index % 200} of 251 free", "ok")
    found.boxes[key] = Box(
        id=key,
        kind="subnet",
        parent=None,
        rect=Rect(left, top, 800.0, 520.0),
        shape="container",
        title=f"subnet-{index}",
        subtitle=f"10.{index // 256}.{index % 256}.0/24",
        tone=tone,
        tag=tag,
        meter=meter,
        badges=(Badge("ok", "internet"),) if index % 2 else (),
    )
    for child in range(PER_CONTAINER):
        kind, colour = _KINDS[child % len(_KINDS)]
        x, y = 20 + child % _COLUMNS * _CELL[0], 70 + child // _COLUMNS * _CELL[1]
        found.boxes[f"{key}-{child}"] = Box(
            id=f"{key}-{child}",
            kind=kind,
            parent=key,
            rect=Rect(x, y, *_LEAF),
            shape="leaf",
            title=f"{kind}-{index}-{child}",
            subtitle=f"{child * 100} concurrent",
            tone=colour,
            badges=(Badge("error", "no route"),) if child % 7 == 3 else (),
        )
        _line(found, index, child, left + x, top + y)


def _line(found: Diagram, index: int, child: int, x: float, y: float) -> None:
    column = child % _COLUMNS
    if column + 1 < _COLUMNS:
        start, end, target = (x + _LEAF[0], y + 28), (x + _CELL[0], y + 40), child + 1
        way = (start, (start[0] + 14, start[1]), (start[0] + 14, end[1]), end)
    else:
        target = child + 1 if child + 1 < PER_CONTAINER else 0
        way = ((x + 84, y + 56), (x + 84, y + 74), (x + 40, y + 74), (x + 40, y + 86))
    found.lines[f"l{index}-{child}"] = Line(
        id=f"l{index}-{child}",
        source=f"c{index}-{child}",
        target=f"c{index}-{target}",
        style="route" if child % 3 else "attachment",
        points=tuple(Point(*point) for point in way),
    )


def _bridge(found: Diagram, index: int, left: float, top: float) -> None:
    way = (
        Point(left - 80, top + 200),
        Point(left - 40, top + 200),
        Point(left - 40, top + 260),
        Point(left, top + 260),
    )
    found.lines[f"b{index}"] = Line(
        id=f"b{index}", source=f"c{index - 1}", target=f"c{index}", style="peering", points=way
    )


def _with_rect(box: Box, rect: Rect) -> Box:
    from dataclasses import replace

    return replace(box, rect=rect)


def _shifted(line: Line, dx: float, dy: float) -> Line:
    from dataclasses import replace

    return replace(line, points=tuple(Point(x + dx, y + dy) for x, y in line.points))
