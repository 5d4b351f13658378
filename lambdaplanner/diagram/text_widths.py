"""How wide the labels of lines are, in scene units: known without Qt, so that the layout places
them.
"""

from __future__ import annotations

HEIGHT = 16.0
"""Of a label's pill."""
PADDING = 7.0
"""Beside the text of a label."""
ROOM = 150.0
"""How wide a label's text may be; what is longer is cut."""

_FIRST = "".join(chr(code) for code in range(0x20, 0x7F))
_WIDTHS = (
    2.76, 3.03, 4.94, 6.38, 6.45, 9.92, 6.53, 3.12, 3.67, 3.67, 5.2, 6.67, 3.03, 4.61, 3.03, 3.69,
    6.45, 4.14, 6.16, 6.27, 6.56, 6.02, 6.3, 5.7, 6.28, 6.3, 3.03, 3.14, 6.67, 6.67, 6.67, 5.27,
    9.81, 7.08, 6.56, 7.33, 7.2, 6.02, 5.89, 7.47, 7.44, 2.72, 5.75, 6.88, 5.64, 9.12, 7.56, 7.66,
    6.41, 7.67, 6.47, 6.45, 6.52, 7.39, 7.08, 10.02, 7.0, 6.95, 6.41, 3.67, 3.69, 3.67, 4.77, 4.62,
    3.36, 5.67, 6.17, 5.77, 6.17, 5.86, 3.78, 6.19, 6.02, 2.52, 2.52, 5.58, 2.52, 8.88, 6.02, 6.03,
    6.17, 6.17, 3.86, 5.38, 3.39, 6.02, 5.73, 8.28, 5.56, 5.75, 5.58, 4.39, 3.45, 4.39, 6.67,
)  # fmt: skip
"""Advances of the interface's font at 10 pixels, medium."""
_KNOWN = dict(zip(_FIRST, _WIDTHS, strict=True))
_OTHER = 7.5
_WIDE = 10.0
_WIDE_FROM = "\u1100"
"""Scripts from here on are as wide as high."""


def label_width(text: str) -> float:
    """About how wide a label's text is; never much less than it is painted."""
    known = _KNOWN
    return sum([known.get(char) or (_WIDE if char >= _WIDE_FROM else _OTHER) for char in text])
