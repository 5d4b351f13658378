"""Text of plans, file names and arguments, made fit for a line that people read.

Such a text may hold anything. A control character moves the cursor of a terminal, clears it or
renames it, a line end forges a line, and a bidirectional control shows words in another order than
they stand in.
"""

from __future__ import annotations

import re

_HIDDEN = (
    "\x7f-\x9f\xad"  # DEL, C1, the soft hyphen
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"  # direction, zero width, line ends
    "\ud800-\udfff\ufeff\ufff9-\ufffb"  # half characters: bytes of file names that are no text
    "\U000e0000-\U000e007f"  # tags
)
"""What no terminal shows as itself. Joiners (U+200C, U+200D) stay: Persian and emoji need them."""
_TO_ESCAPE = re.compile(f"[\x00-\x1f{_HIDDEN}]")
_TO_ESCAPE_IN_JSON = re.compile(f"[{_HIDDEN}]")


def visible(text: str) -> str:
    """The text on one line, with what would not be seen as escapes: ``\\n``, ``\\x1b``,
    ``\\u202e``.
    """
    return _TO_ESCAPE.sub(_escape, text)


def visible_json(text: str) -> str:
    """A JSON document with the same characters as JSON's escapes; its line ends stay."""
    return _TO_ESCAPE_IN_JSON.sub(_json_escape, text)


def _escape(found: re.Match[str]) -> str:
    return ascii(found.group())[1:-1]


def _json_escape(found: re.Match[str]) -> str:
    code = ord(found.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
