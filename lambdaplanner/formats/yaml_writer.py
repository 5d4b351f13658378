"""Plain values to the canonical text of a plan file.

One rule for everything below the sections: a mapping that holds only scalars and lists of scalars
stands on one line (``id: {vpc: main, az: eu-west-1a}``) as long as that line has at most 100
columns, so does a list of scalars; everything else is one line a key or item, two columns further
in (list items not, as PyYAML writes them). Sections are always one line an entry. Texts are never
folded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lambdaplanner.formats.yaml_scalars import SIMPLE, WORDS, Scalar, block_scalar, flow_scalar

WIDTH = 100
"""Columns that a line in braces or brackets may have."""

Plain = Any
"""Text, int, bool, and lists and mappings of these."""


class _Cache(dict[str, str]):
    """Written forms of the texts seen so far: ids and zones come again and again."""

    __slots__ = ("form",)

    def __init__(self, form: Callable[[Scalar], str]) -> None:
        super().__init__()
        self.form = form

    def __missing__(self, value: str) -> str:
        text = value if SIMPLE(value) and value not in WORDS else self.form(value)
        self[value] = text
        return text


def write(sections: Mapping[str, Plain]) -> str:
    """The canonical text of a plan; sections and entries in the order of the mappings.

    Raises TypeError for values that are neither text, int, bool, list nor mapping.
    """
    writer = _Writer()
    for name, value in sections.items():
        writer.section(name, value)
    return "".join(writer.lines)


def write_section(name: str, value: Plain) -> str:
    """The canonical lines of one section, or of one key with its text on top level."""
    writer = _Writer()
    writer.section(name, value)
    return "".join(writer.lines)


def write_entry(name: str, value: Plain, indent: int = 2) -> str:
    """The canonical lines of one entry of a section that is a mapping, `indent` columns in."""
    writer = _Writer()
    writer.pair(" " * indent, name, value)
    return "".join(writer.lines)


def write_item(value: Plain, indent: int = 0) -> str:
    """The canonical lines of one item of a section that is a list, `indent` columns in."""
    writer = _Writer()
    writer.items(" " * indent, [value])
    return "".join(writer.lines)


class _Writer:
    __slots__ = ("block", "flow", "lines")

    def __init__(self) -> None:
        self.lines: list[str] = []
        # Keyed by value alone, True and 1 would meet in one slot: only texts come in.
        self.block = _Cache(block_scalar)
        self.flow = _Cache(flow_scalar)

    def section(self, name: str, value: Plain) -> None:
        if isinstance(value, dict) and value:
            self.lines.append(f"{self.block[name]}:\n")
            for key, entry in value.items():
                self.pair("  ", key, entry)
        elif isinstance(value, list) and value:
            self.lines.append(f"{self.block[name]}:\n")
            self.items("", value)
        else:
            self.pair("", name, value)

    def pair(self, indent: str, key: Scalar, value: Plain) -> None:
        """``key: value``, on one line or as the head of a block."""
        kind = value.__class__
        name = self.block[key] if key.__class__ is str else block_scalar(key)
        if kind is str:
            self.lines.append(f"{indent}{name}: {self.block[value]}\n")
            return
        if kind is int or kind is bool:
            text = str(value) if kind is int else block_scalar(value)
            self.lines.append(f"{indent}{name}: {text}\n")
            return
        line = self.one_line(value, WIDTH - len(indent) - len(name) - 2)
        if line is not None:
            self.lines.append(f"{indent}{name}: {line}\n")
            return
        self.lines.append(f"{indent}{name}:\n")
        if isinstance(value, dict):
            indent += "  "
            for inner, part in value.items():
                self.pair(indent, inner, part)
        else:
            self.items(indent, value)

    def items(self, indent: str, values: list[Plain]) -> None:
        """A list, one line an item or a block an item."""
        for value in values:
            kind = value.__class__
            if kind is str:
                self.lines.append(f"{indent}- {self.block[value]}\n")
                continue
            if kind is bool or kind is int:
                self.lines.append(f"{indent}- {block_scalar(value)}\n")
                continue
            line = self.one_line(value, WIDTH - len(indent) - 2)
            if line is not None:
                self.lines.append(f"{indent}- {line}\n")
                continue
            first = len(self.lines)
            inner = indent + "  "
            if isinstance(value, dict):
                for key, part in value.items():
                    self.pair(inner, key, part)
            else:
                self.items(inner, value)
            self.lines[first] = f"{indent}- {self.lines[first][len(inner) :]}"

    def one_line(self, value: Plain, room: int) -> str | None:
        """The value in braces or brackets, or None where it is too deep or too long for that."""
        flow = self.flow
        if isinstance(value, list):
            line = self.brackets(value)
        elif isinstance(value, dict):
            parts = []
            for key, part in value.items():
                name = flow[key] if key.__class__ is str else flow_scalar(key)
                kind = part.__class__
                if kind is str:
                    text: str | None = flow[part]
                elif kind is int:
                    text = str(part)
                elif kind is list:
                    text = self.brackets(part)
                elif kind is dict:
                    text = None if part else "{}"
                else:
                    text = flow_scalar(part)
                if text is None:
                    return None
                parts.append(f"{name}: {text}")
            line = f"{{{', '.join(parts)}}}"
        else:
            raise TypeError(f"{type(value).__name__} cannot be written to a plan file")
        return line if line is not None and (len(line) <= room or not value) else None

    def brackets(self, values: list[Plain]) -> str | None:
        """A list of scalars in brackets, or None where it holds more than scalars."""
        flow = self.flow
        parts = []
        for value in values:
            kind = value.__class__
            if kind is str:
                parts.append(flow[value])
            elif kind is int:
                parts.append(str(value))
            elif kind is dict or kind is list:
                return None
            else:
                parts.append(flow_scalar(value))
        return f"[{', '.join(parts)}]"
