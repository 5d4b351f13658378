"""How one value is written: plain where every YAML reader gets the same back, else in double
quotes.
"""

from __future__ import annotations

import re

from yaml.resolver import Resolver

Scalar = str | int | bool

_PLAIN_BLOCK = re.compile(
    r"""(?:[^\s\-?:,\[\]{}#&*!|>'"%@`\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]
          | [-?:](?=[^\s\-?:,\[\]{}#]) | ::(?=[^\s:]))
        (?:[^\s:\#\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]
          | (?<=\S)\# | :(?=[^\s]) | [ ](?=[ ]*[^\s\#]))*""",
    re.VERBOSE,
)
"""No indicator at the begin, no ``: ``, no `` #``, no space or colon at the end, only characters
that print.
"""

_FLOW_INDICATOR = re.compile(r"[,\[\]{}?]|^[-:]|:$")
"""What ends or confuses a plain text between brackets."""

_LIKE_NUMBER = re.compile(
    r"[-+]?(?:0[xob][0-9a-fA-F_]+|\.?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?)"
)
"""Numbers of YAML 1.2, which PyYAML reads as text and other tools do not."""

_OTHERS_WORDS = frozenset(("y", "Y", "n", "N"))
"""Truth values of YAML 1.1 that PyYAML reads as text and other tools do not."""

SIMPLE = re.compile(
    r"[A-Za-z_/][A-Za-z0-9_./-]*|[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:/[0-9]{1,2})?"
).fullmatch
"""Ids, words and IPv4 blocks: plain everywhere unless one of the `WORDS`. Most of a file; decided
fast.
"""

WORDS = frozenset(
    form
    for word in ("y", "n", "yes", "no", "on", "off", "true", "false", "null")
    for form in (word, word.capitalize(), word.upper())
)

_GUESSED: dict[str, list[re.Pattern[str]]] = {
    first: [pattern for _, pattern in guesses]
    for first, guesses in Resolver.yaml_implicit_resolvers.items()
    if first is not None
}
"""By first character: the texts that PyYAML reads as something else than text."""

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\x00": "\\0",
    "\x85": "\\N",
    "\xa0": "\\_",
    "\u2028": "\\L",
    "\u2029": "\\P",
}
_TO_ESCAPE = re.compile('[\\\\"\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff]')
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def block_scalar(value: Scalar) -> str:
    """The value as key or value on a line of its own."""
    if value.__class__ is not str:
        return _number(value)
    assert isinstance(value, str)
    if SIMPLE(value) and value not in WORDS:
        return value
    if _PLAIN_BLOCK.fullmatch(value) and not _guessed(value):
        return value
    return quoted(value)


def flow_scalar(value: Scalar) -> str:
    """The value as key or value between brackets or braces."""
    if value.__class__ is not str:
        return _number(value)
    assert isinstance(value, str)
    if SIMPLE(value) and value not in WORDS:
        return value
    if _PLAIN_BLOCK.fullmatch(value) and not _FLOW_INDICATOR.search(value) and not _guessed(value):
        return value
    return quoted(value)


def quoted(text: str) -> str:
    """The text in double quotes, on one line. Half characters, which UTF-8 cannot hold, become
    U+FFFD.
    """
    text = _LONE_SURROGATE.sub("\ufffd", text)
    return f'"{_TO_ESCAPE.sub(_escape, text)}"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    return _ESCAPES.get(character) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")


def _guessed(text: str) -> bool:
    """Whether some reader takes the plain text for something else: a number, a truth value, a date,
    a merge key.
    """
    return (
        any(pattern.match(text) for pattern in _GUESSED.get(text[0], ()))
        or _LIKE_NUMBER.fullmatch(text) is not None
        or text in _OTHERS_WORDS
        or text.startswith(("---", "..."))
    )


def _number(value: Scalar) -> str:
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, str):
        return block_scalar(str(value)) if not _FLOW_INDICATOR.search(value) else quoted(value)
    raise TypeError(f"{type(value).__name__} cannot be written to a plan file")
