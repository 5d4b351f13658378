"""Small changes of a module's text, each of which some test should notice."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS = {
    "==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">",
    "in": "not in", "not in": "in", "is": "is not", "is not": "is",
}  # fmt: skip
_OPERATORS = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "//")}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of a module and what stands there instead."""

    line: int
    start: int
    end: int
    before: str
    after: str

    def apply(self, text: str) -> str:
        """The module with this change."""
        return text[: self.start] + self.after + text[self.end :]


def changes_of(text: str) -> list[Change]:
    """Every change that is known of a module's text; annotations and docstrings stay."""
    lines = _line_starts(text)
    return [change for node in _code(ast.parse(text)) for change in _of(node, text, lines)]


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """All nodes but what only describes: annotations and the conditions of imports for types."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.AnnAssign):
            if child.value is not None:
                yield child.value
                yield from _code(child.value)
        elif isinstance(child, ast.FunctionDef):
            for part in child.body:
                yield part
                yield from _code(part)
        else:
            yield child
            yield from _code(child)


def _of(node: ast.AST, text: str, lines: list[int]) -> Iterator[Change]:
    match node:
        case ast.Compare(left=left, comparators=[right]):
            yield from _between(left, right, _COMPARISONS, text, lines)
        case ast.BoolOp(op=op, values=[first, second, *_]):
            words = {"and": "or"} if isinstance(op, ast.And) else {"or": "and"}
            yield from _between(first, second, words, text, lines)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _OPERATORS:
            yield from _between(left, right, dict([_OPERATORS[type(op)]]), text, lines)
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            start, end = _span(node, lines)
            yield _change(node, start, end, f"bool({ast.unparse(inner)})", text)
        case ast.Constant(value=bool() as value):
            yield _change(node, *_span(node, lines), str(not value), text)
        case ast.Constant(value=int() as value):
            yield _change(node, *_span(node, lines), str(value + 1), text)
        case ast.Name(id=name) if name in _CALLS:
            yield _change(node, *_span(node, lines), _CALLS[name], text)
        case ast.Continue():
            yield _change(node, *_span(node, lines), "break", text)
        case ast.Return(value=ast.expr() as value) if not _is_none(value):
            yield _change(value, *_span(value, lines), "None", text)


def _between(
    left: ast.expr, right: ast.expr, words: dict[str, str], text: str, lines: list[int]
) -> Iterator[Change]:
    """The operator that stands between two expressions, which brackets may surround."""
    start, end = _span(left, lines)[1], _span(right, lines)[0]
    gap = text[start:end]
    word = gap.strip(" ()\n")
    if word in words:
        at = start + gap.index(word)
        yield _change(left, at, at + len(word), words[word], text)


def _change(node: ast.expr | ast.stmt, start: int, end: int, after: str, text: str) -> Change:
    return Change(node.lineno, start, end, text[start:end], after)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _line_starts(text: str) -> list[int]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _span(node: ast.expr | ast.stmt, lines: list[int]) -> tuple[int, int]:
    """Where a node stands in the text; its columns count bytes, and so modules are ASCII here."""
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (
        lines[node.lineno - 1] + node.col_offset,
        lines[node.end_lineno - 1] + node.end_col_offset,
    )
