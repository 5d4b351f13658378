"""An SVG of our own: a group for each thing, real text, each icon once, the plan inside."""

from __future__ import annotations

from collections.abc import Iterator

from lambdaplanner.diagram.items import Box, Line
from lambdaplanner.formats.picture_plan import svg_element
from lambdaplanner.formats.svg_elements import SvgElements, Value, escaped
from lambdaplanner.ui.canvas.look import Look
from lambdaplanner.ui.canvas.vector import Step, paint_step
from lambdaplanner.ui.picture.composition import Composition
from lambdaplanner.ui.picture.svg_painter import SvgLook, SvgPainter


def encode(composition: Composition, plan: str | None) -> bytes:
    """The bytes of the SVG file; one unit is a CSS pixel."""
    elements = SvgElements()
    painter = SvgPainter(elements)
    look = SvgLook(composition.theme)
    composition.paint_ground(painter, look)
    with composition.placed(painter):
        _write_things(painter, look, composition)
        composition.paint_marks(painter, look)
    composition.paint_surroundings(painter, look)
    return elements.document(composition.width, composition.height, _head(composition, plan))


def _head(composition: Composition, plan: str | None) -> Iterator[str]:
    options = composition.options
    yield f"<title>{escaped(options.name or 'Network plan')}</title>"
    if options.description:
        yield f"<desc>{escaped(options.description)}</desc>"
    if plan is not None:
        yield f"<metadata>{svg_element(plan).decode()}</metadata>"


def _write_things(painter: SvgPainter, look: Look, composition: Composition) -> None:
    """A container's frame and title are one group, though lines lie between them in pixels: no line
    runs through a title.
    """
    steps = list(composition.steps())
    titles = {step.thing.id: step for step in steps if step.part == "title"}
    glows = {step.thing.id: step for step in steps if step.part == "glow"}
    for step in steps:
        key = step.thing.id
        if step.part == "frame":
            _write(painter, look, [step, titles[key]], {"id": key})
        elif step.part == "line":
            glow = [glows[key]] if key in glows else []
            _write(painter, look, [*glow, step], {"id": key})
        elif step.part == "label" and isinstance(step.thing, Line) and step.thing.label:
            _write(painter, look, [step], {"data_label_of": key})
        elif step.part == "leaf":
            _write(painter, look, [step], {"id": key})


def _write(painter: SvgPainter, look: Look, steps: list[Step], values: dict[str, Value]) -> None:
    thing, opacity = steps[-1].thing, steps[-1].opacity
    if isinstance(thing, Box):
        values["data_kind"] = thing.kind
    else:
        values |= {"data_kind": thing.style, "data_source": thing.source}
        values["data_target"] = thing.target
    if opacity != 1.0:
        values["opacity"] = opacity
    painter.elements.open(_words(thing), **values)
    for step in steps:
        paint_step(painter, look, step)
    painter.elements.close()


def _words(thing: Box | Line) -> str:
    if isinstance(thing, Box):
        states = (f"{badge.text}: {badge.tooltip}" for badge in thing.badges if badge.tooltip)
        return "\n".join(part for part in (thing.title, thing.tag, thing.subtitle, *states) if part)
    return f"{thing.source} to {thing.target}" + (f": {thing.label}" if thing.label else "")
