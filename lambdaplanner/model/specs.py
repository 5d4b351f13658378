"""What every field specification shares: reading with all problems at once, writing, describing,
following.

Each specification turns raw text (from a file or a form) into a value and back, describes itself as
JSON Schema, and knows which other things its value refers to. File, form, schema, graph links,
renaming and deleting all ask here, so that a new field is one line in one record. Scalars stand
in `fields` and `network_fields`, lists and mappings in `structures`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, NamedTuple

from lambdaplanner.errors import Problem, Problems
from lambdaplanner.model.nearness import suggestion

Raw = Any
"""Raw input: text, a list of raw input or a mapping from text to raw input; what a reader without
types sees.
"""

Plain = Any
"""Output for a writer: text, int, bool, and lists and mappings of these."""

PathPart = str | int


class _Unreadable:
    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE: Final = _Unreadable()
"""What `read` gives where the raw input has no meaning; the problem is in the report."""


class ReferenceTo(NamedTuple):
    """A mention of another thing: where in the value, which id, and of which kinds it may be."""

    path: tuple[PathPart, ...]
    target: str
    kinds: Collection[str]


class Report:
    """Collects problems and mentions of other things, each under the path where it stands."""

    __slots__ = ("mentions", "on_key", "path", "problems")

    def __init__(
        self,
        problems: Problems | None = None,
        path: tuple[PathPart, ...] = (),
        mentions: list[tuple[ReferenceTo, bool]] | None = None,
        *,
        on_key: bool = False,
    ) -> None:
        self.problems = Problems() if problems is None else problems
        self.path = path
        self.mentions = [] if mentions is None else mentions
        """Every id that was read, also in what is unreadable as a whole, and whether it is a
        key.
        """
        self.on_key = on_key
        """Whether everything noted here is about the key at the path, not about its value."""

    def at(self, part: PathPart, *, key: bool = False) -> Report:
        """The same collection, one step deeper; with `key` at the key that stands there."""
        return Report(self.problems, (*self.path, part), self.mentions, on_key=key)

    def near(self, text: str, options: Collection[str]) -> str:
        """`suggestion`, as long as somebody reads it and comparing does not take its time."""
        problems = self.problems
        if not options or problems.full or problems.comparisons < len(options):
            return ""
        problems.comparisons -= len(options)
        return suggestion(text, options)

    def unknown(self, keys: Sequence[str], noun: str, known: Collection[str]) -> None:
        """Notes keys that mean nothing; of very many only how many there are."""
        for key in keys[: Problems.MOST]:
            near = self.near(key, known)
            self.at(key).error(f'unknown {noun} "{key}"{near}', on_key=True)
        self.problems.counts["error"] += len(keys[Problems.MOST :])

    def error(self, message: str, *, on_key: bool = False) -> None:
        """Notes something that has no meaning: the value at the path, or its key."""
        self.problems.append(Problem(message, self.path, on_key=on_key or self.on_key))

    def mention(self, target: str, kinds: Collection[str]) -> None:
        """Notes that the value at the path names another thing, which has to be there."""
        self.mentions.append((ReferenceTo(self.path, target, kinds), self.on_key))

    def warning(self, message: str) -> None:
        """Notes something that is understood, but probably not as it was meant."""
        self.problems.append(Problem(message, self.path, severity="warning", on_key=self.on_key))


class Spec:
    """What one field may hold. Scalars override `parse`; structures override `read` and `plain`."""

    __slots__ = ()
    what = "a value"
    refers = False
    options: tuple[str, ...] = ()
    """The words that it may be, where those are few."""

    def parse(self, text: str) -> Any:  # noqa: ARG002  # for structures, which no text holds
        """The value written as `text`; raises ValueError with one sentence for a person."""
        raise ValueError(f"{self.what} is due here")

    def read(self, raw: Raw, report: Report) -> Any:
        """The value of raw input, or UNREADABLE with the problem in `report`."""
        if not isinstance(raw, str):
            report.error(f"{self.what} is due here, not {kind_of_raw(raw)}")
            return UNREADABLE
        try:
            value = self.parse(raw)
        except ValueError as error:
            message = f"{error}{report.near(raw, self.options)}"
            report.error(message if raw else f"is empty; {self.what} is due here")
            return UNREADABLE
        if self.refers:
            for _, target, kinds in self.references(value):
                report.mention(target, kinds)
        return value

    def plain(self, value: Any) -> Plain:
        """The value as a writer takes it."""
        return value

    def schema(self) -> dict[str, Any]:
        """The JSON Schema of the written form."""
        return {"type": "string"}

    def enough(self, value: Any) -> bool:  # noqa: ARG002  # lists look at it
        """Whether a value that lost mentions still is one."""
        return True

    def references(self, value: Any) -> Iterator[ReferenceTo]:  # noqa: ARG002  # most have none
        """The other things that `value` mentions."""
        return iter(())

    def replaced(self, value: Any, old: str, new: str | None) -> Any:  # noqa: ARG002  # as above
        """`value` with every mention of `old` turned into `new`; None takes it out."""
        return value


def kind_of_raw(raw: Raw) -> str:
    """How a person calls what stands there: a list, a mapping, or the text itself."""
    if isinstance(raw, dict):
        return "a mapping"
    if isinstance(raw, list):
        return "a list"
    return f'"{raw}"' if raw != "" else "nothing"
