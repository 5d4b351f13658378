"""SVG as text, piece by piece: elements, groups, numbers and escapes. Equal calls, equal bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

FONTS = 'Inter, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'
"""The typeface that was measured, and what stands in for it where it is not installed."""

Value = str | float
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_TO_ESCAPE = re.compile('[&<>"]')


def number(value: float) -> str:
    """As short as a hundredth of a unit can be said."""
    said = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if said in ("-0", "") else said


def escaped(text: str) -> str:
    """Text for between tags or between quotes; what XML cannot hold becomes U+FFFD."""
    clean = _NOT_XML.sub("\ufffd", text)
    return _TO_ESCAPE.sub(lambda found: _ENTITIES[found[0]], clean)


def attributes(values: Mapping[str, Value]) -> str:
    """`` name="value"`` for each; a name's underscores are hyphens, as SVG has them."""
    return "".join(
        f' {name.replace("_", "-")}="{value if isinstance(value, str) else number(value)}"'
        for name, value in (
            (name, escaped(value) if isinstance(value, str) else value)
            for name, value in values.items()
        )
    )


class SvgElements:
    """What is drawn, in order, with the symbols that it uses."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._symbols: dict[str, str] = {}
        self._depth = 1

    def add(self, tag: str, text: str = "", /, **values: Value) -> None:
        """An element; `text` between its tags."""
        inside = f">{escaped(text)}</{tag}>" if text else "/>"
        self._write(f"<{tag}{attributes(values)}{inside}")

    def open(self, title: str = "", /, **values: Value) -> None:
        """Begins a group; `title` is what a browser shows beside the pointer."""
        self._write(f"<g{attributes(values)}>")
        self._depth += 1
        if title:
            self.add("title", title)

    def close(self) -> None:
        """Ends the group begun last."""
        self._depth -= 1
        self._write("</g>")

    def symbol(self, name: str, source: str) -> str:
        """The id under which `use` finds a drawing; `source`, its SVG, is written once."""
        key = f"icon:{name}"
        if key not in self._symbols:
            self._symbols[key] = _as_group(key, source)
        return key

    def document(self, width: float, height: float, head: Iterable[str]) -> bytes:
        """The whole file; one unit is a CSS pixel. `head` is markup for its beginning."""
        size: dict[str, Value] = {"width": width, "height": height}
        size["viewBox"] = f"0 0 {number(width)} {number(height)}"
        opening = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
            f'{attributes(size)} font-family="{escaped(FONTS)}">'
        )
        symbols = [f"  {self._symbols[key]}" for key in sorted(self._symbols)]
        defs = ["<defs>", *symbols, "</defs>"] if symbols else []
        parts = ('<?xml version="1.0" encoding="UTF-8"?>', opening, *head, *defs, *self._lines)
        return ("\n".join((*parts, "</svg>")) + "\n").encode()

    def _write(self, line: str) -> None:
        self._lines.append("  " * (self._depth - 1) + line)


def _as_group(key: str, source: str) -> str:
    """The drawing of an icon's file as one group: what its root says of strokes stays said."""
    opening = source.index("<svg")
    body = source.index(">", opening) + 1
    said = re.findall(r' ([A-Za-z-]+)="([^"]*)"', source[opening:body])
    kept = "".join(
        f' {name}="{value}"'
        for name, value in said
        if name not in ("xmlns", "width", "height", "viewBox")
    )
    inner = re.sub(r">\s+<", "><", source[body : source.rindex("</svg>")].strip())
    return f'<g id="{key}"{kept}>{inner}</g>'


def side_of(source: str) -> float:
    """How many units an icon's square is across."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ', source)
    return float(found[1]) if found else 24.0
