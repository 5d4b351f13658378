"""The page that a picture is fitted into: a proportion, a paper, or a size in pixels."""

from __future__ import annotations

import re
from math import ceil
from typing import Literal, NamedTuple

from lambdaplanner.errors import QuestionError

_MM = 96 / 25.4
"""Scene units a millimetre: 96 are an inch."""
_PAPERS = {"a4": (297.0, 210.0), "a3": (420.0, 297.0)}
"""Millimetres across and down, lying."""
_RATIOS = {"16:9": (16.0, 9.0), "4:3": (4.0, 3.0)}
_PIXELS = re.compile(r"([1-9][0-9]{0,5})x([1-9][0-9]{0,5})", re.ASCII)
NAMED_FITS = (*_RATIOS, *_PAPERS)


class Fit(NamedTuple):
    """What to fit into. A ratio grows the page around the drawing, the others scale the drawing."""

    kind: Literal["ratio", "paper", "pixels"]
    width: float
    height: float

    @property
    def aspect(self) -> float:
        """Width by height; of paper, as it lies."""
        return self.width / self.height


class Page(NamedTuple):
    """A page in scene units, and where the drawing stands on it and how much larger."""

    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    zoom: float = 1.0


def fit_named(text: str) -> Fit:
    """What `--fit` says: ``16:9``, ``4:3``, ``a4``, ``a3`` or ``1600x900``.

    Raises QuestionError for anything else.
    """
    name = text.strip().casefold()
    if name in _RATIOS:
        return Fit("ratio", *_RATIOS[name])
    if name in _PAPERS:
        across, down = _PAPERS[name]
        return Fit("paper", across * _MM, down * _MM)
    size = _PIXELS.fullmatch(name)
    if size is None:
        raise QuestionError(
            f'nothing fits into "{text}"',
            hint=f"{', '.join(NAMED_FITS)} or pixels such as 1600x900 can be named",
        )
    return Fit("pixels", float(size[1]), float(size[2]))


def page_for(fit: Fit | None, width: float, height: float) -> Page:
    """The page for a drawing of this size, which stands in its middle; paper lies or stands as the
    drawing is larger on it.
    """
    if fit is None:
        return Page(width, height)
    if fit.kind == "ratio":
        ratio = fit.width / fit.height
        across, down = max(width, height * ratio), max(height, width / ratio)
        return _centred(float(ceil(across)), float(ceil(down)), width, height, 1.0)
    sides = [(fit.width, fit.height)]
    if fit.kind == "paper":
        sides.append((fit.height, fit.width))
    across, down = max(sides, key=lambda side: min(side[0] / width, side[1] / height))
    return _centred(across, down, width, height, min(across / width, down / height))


def _centred(across: float, down: float, width: float, height: float, zoom: float) -> Page:
    left, top = (across - width * zoom) / 2, (down - height * zoom) / 2
    return Page(across, down, max(left, 0.0), max(top, 0.0), zoom)
