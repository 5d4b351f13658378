"""The dashes of long lines: those in view are those of the whole line, and no others are made."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from lambdaplanner.ui.canvas.segments import Part, bars

_SPOTS = st.integers(-300, 300)


@st.composite
def _parts(draw: st.DrawFn) -> Part:
    x, y, far = draw(_SPOTS), draw(_SPOTS), draw(_SPOTS)
    return (x, y, far, y) if draw(st.booleans()) else (x, y, x, far)


@example([(2, 0, 0, 0)], 1, (2,), QRect(2, 0, 1, 1))
@given(
    st.lists(_parts(), max_size=4),
    st.integers(1, 5),
    st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple),
    st.builds(QRect, _SPOTS, _SPOTS, st.integers(1, 200), st.integers(1, 200)),
)
def test_an_area_shows_the_same_dashes(
    parts: list[Part], width: int, dash: tuple[int, ...], area: QRect
) -> None:
    whole = bars(parts, width, dash)
    shown = bars(parts, width, dash, area)
    assert [rect for rect in shown if rect not in whole] == []
    assert [rect for rect in whole if area.intersects(rect) and rect not in shown] == []


@pytest.mark.parametrize("part", [(0, 50, 1_000_000, 50), (50, 1_000_000, 50, 0)])
def test_a_long_line_has_as_many_dashes_as_are_seen(part: Part) -> None:
    """A line across a large plan was cut into a hundred thousand, outside of the view too."""
    area = QRect(0, 0, 1400, 900)
    assert 80 < len(bars([part], 2, (6, 4), area)) < 160
    assert bars([part], 2, (6, 4), QRect(200, 200, 10, 10).translated(5000, -5000)) == []
