"""What libyaml and PyYAML complain of, said in the words of somebody who writes plans."""

from __future__ import annotations

import re
from typing import NamedTuple

from yaml.error import MarkedYAMLError, YAMLError

_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_TAB = "a tab stands where YAML wants spaces; indent with spaces"
_QUOTE = "put the text in quotes"

MAX_DEPTH = 32
"""Plans are five levels deep."""


def too_deep(depth: int = MAX_DEPTH, noun: str = "plan") -> str:
    """What is said of a text with more levels."""
    return f"nested more than {depth} levels deep; that is no {noun}"


class Complaint(NamedTuple):
    """What is wrong, and at which character of the text."""

    message: str
    at: int


def unprintable(text: str) -> Complaint | None:
    """The first character that YAML forbids, if there is one."""
    found = _UNPRINTABLE.search(text)
    if found is None:
        return None
    code = ord(found.group())
    if code == 0:
        return Complaint("this is not a text file: it holds a NUL character", found.start())
    return Complaint(
        f"the character U+{code:04X} is not allowed in a plan file; take it out", found.start()
    )


def explained(error: YAMLError | ValueError | OverflowError, text: str) -> Complaint:
    """One sentence for a failure of the YAML parser, and the character to look at."""
    if not isinstance(error, MarkedYAMLError):
        hidden = unprintable(text)
        return hidden or Complaint("this is not valid YAML", 0)
    index = _index(error.problem_mark, len(text))
    begin = _index(error.context_mark, index) if error.context_mark is not None else index
    problem, context = error.problem or "", error.context or ""
    return _explained(problem, context, text, index, begin)


def _index(mark: object, fallback: int) -> int:
    index = getattr(mark, "index", None)
    return index if isinstance(index, int) else fallback


def _explained(problem: str, context: str, text: str, index: int, begin: int) -> Complaint:
    character = text[index : index + 1]
    begun = f"begins in line {text.count(chr(10), 0, begin) + 1}"
    if "quoted scalar" in context or "double-quoted" in context:
        if "end of stream" in problem or "document" in problem:
            return Complaint("the quote that opens here is never closed", begin)
        return Complaint(
            "a backslash in a double-quoted text begins an escape that YAML does not know;"
            " write \\\\ for a backslash, or use single quotes",
            index,
        )
    if "tab" in problem or ("start any token" in problem and character == "\t"):
        return Complaint(_TAB, index)
    if "nesting depth" in problem:
        return Complaint(too_deep(), index)
    if "start any token" in problem:
        return Complaint(f'"{character}" cannot begin a value; {_QUOTE}', index)
    if "mapping values" in problem:
        return Complaint(
            f'no key can stand before this ":"; check the indentation, or {_QUOTE} that holds it',
            index,
        )
    if "sequence entries" in problem:
        return Complaint('a list item ("- ") cannot begin here; give it a line of its own', index)
    if "expected ':'" in problem:
        return Complaint('a ":" is missing after this key', begin)
    if "',' or ']'" in problem:
        return Complaint(f'"," or "]" is missing in the list that {begun}', index)
    if "',' or '}'" in problem:
        return Complaint(f'"," or "}}" is missing in the mapping that {begun}', index)
    if "'-' indicator" in problem or "block collection" in context:
        return Complaint(
            f"this does not belong to the list that {begun}; check the indentation", index
        )
    if "expected key" in problem or "block mapping" in context:
        return Complaint(
            f"this does not continue the mapping that {begun}; check indentation and quotes",
            index,
        )
    return _rarely(problem, context, character, index)


def _rarely(problem: str, context: str, character: str, index: int) -> Complaint:
    if "node content" in problem:
        found = f'before "{character}"' if character.strip() else "here"
        return Complaint(f"a value is missing {found}", index)
    if "block scalar" in context:
        return Complaint(
            "after | or > the text begins on the next line, indented with spaces", index
        )
    if "document start" in problem:
        return Complaint("nothing may follow the end of the document", index)
    if "tag" in context or "tag" in problem:
        return Complaint(
            f'a value that begins with "!" is a YAML tag, which plans do not use; {_QUOTE}', index
        )
    if "anchor" in context or "alias" in context:
        return Complaint(f'"&" and "*" begin a YAML anchor or alias; {_QUOTE}', index)
    if "directive" in context or "directive" in problem or "incompatible" in problem:
        return Complaint('a line that begins with "%" is a YAML directive; take it out', index)
    return Complaint(f"this is not valid YAML: {problem}", index)
