"""What a field of a record may hold: reading, writing, describing and following it.

Each specification turns raw text (from a file or a form) into a value and back, describes itself as
JSON Schema, and knows which other things its value refers to. File, form, schema, graph links,
renaming and deleting all ask here, so that a new field is one line in one record. Scalars stand
here, lists and mappings in `structures`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from lambdaplanner.errors import Problem
from lambdaplanner.model import cidr

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


class Report:
    """Collects problems, each under the path where it stands."""

    __slots__ = ("path", "problems")

    def __init__(self, problems: list[Problem], path: tuple[PathPart, ...] = ()) -> None:
        self.problems = problems
        self.path = path

    def at(self, part: PathPart) -> Report:
        """The same collection, one step deeper."""
        return Report(self.problems, (*self.path, part))

    def error(self, message: str, *, on_key: bool = False) -> None:
        """Notes something that has no meaning: the value at the path, or its key."""
        self.problems.append(Problem(message, self.path, on_key=on_key))

    def warning(self, message: str) -> None:
        """Notes something that is understood, but probably not as it was meant."""
        self.problems.append(Problem(message, self.path, severity="warning"))


class ReferenceTo(NamedTuple):
    """A mention of another thing: where in the value, which id, and of which kinds it may be."""

    path: tuple[PathPart, ...]
    target: str
    kinds: tuple[str, ...]


class Spec:
    """What one field may hold. Scalars override `parse`; structures override `read` and `plain`."""

    __slots__ = ()
    what = "a value"
    refers = False

    def parse(self, text: str) -> Any:  # noqa: ARG002  # for structures, which no text holds
        """The value written as `text`; raises ValueError with one sentence for a person."""
        raise ValueError(f"{self.what} is due here")

    def read(self, raw: Raw, report: Report) -> Any:
        """The value of raw input, or UNREADABLE with the problem in `report`."""
        if not isinstance(raw, str):
            report.error(f"{self.what} is due here, not {kind_of_raw(raw)}")
            return UNREADABLE
        try:
            return self.parse(raw)
        except ValueError as error:
            report.error(str(error) if raw else f"is empty; {self.what} is due here")
            return UNREADABLE

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


@dataclass(frozen=True, slots=True)
class Text(Spec):
    """Any text."""

    what = "text"
    multiline: bool = False

    def parse(self, text: str) -> str:
        return text

    def read(self, raw: Raw, report: Report) -> Any:
        if isinstance(raw, str):
            return raw
        report.error(f"text is due here, not {kind_of_raw(raw)}")
        return UNREADABLE


_INTEGER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,17})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Integer(Spec):
    """A whole number from `minimum` to `maximum`."""

    minimum: int = 0
    maximum: int = 1_000_000_000
    unit: str = ""
    what = "a whole number"

    def parse(self, text: str) -> int:
        if not _INTEGER.fullmatch(text):
            raise ValueError(f'"{text}" is not a whole number')
        value = int(text)
        if not self.minimum <= value <= self.maximum:
            raise ValueError(
                f"{value} is out of range; from {self.minimum} to {self.maximum} is possible"
            )
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


_TRUE = ("true", "yes", "on")
_FALSE = ("false", "no", "off")


@dataclass(frozen=True, slots=True)
class Boolean(Spec):
    """True or false; the other words YAML 1.1 has for them are read too."""

    what = "true or false"

    def parse(self, text: str) -> bool:
        word = text.lower()
        if word not in _TRUE and word not in _FALSE:
            raise ValueError(f'"{text}" is neither true nor false')
        return word in _TRUE

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Choice(Spec):
    """One of a few words."""

    options: tuple[str, ...]
    what = "one of a few words"

    def parse(self, text: str) -> str:
        if text not in self.options:
            raise ValueError(
                f'"{text}" is none of {", ".join(self.options)}{suggestion(text, self.options)}'
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Cidr(Spec):
    """A CIDR block of one of `versions`, kept canonical as AWS does."""

    versions: tuple[int, ...] = (4, 6)
    what = "a CIDR block"

    def parse(self, text: str) -> str:
        return str(self.parse_with_notice(text)[0])

    def parse_with_notice(self, text: str) -> tuple[str, str]:
        """The canonical block, and a sentence where AWS would change what was written."""
        block, had_host_bits = cidr.read_block(text)
        if block.version not in self.versions:
            raise ValueError(
                f'"{text}" is IPv{block.version}; an IPv{self.versions[0]} block is due here'
            )
        canonical = str(block)
        notice = f"{text} has host bits set; AWS makes it {canonical}" if had_host_bits else ""
        return canonical, notice

    def read(self, raw: Raw, report: Report) -> Any:
        if not isinstance(raw, str) or not raw:
            return Spec.read(self, raw, report)
        try:
            value, notice = self.parse_with_notice(raw)
        except ValueError as error:
            report.error(str(error))
            return UNREADABLE
        if notice:
            report.warning(notice)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9A-Fa-f:.]+/[0-9]{1,3}$"}


@dataclass(frozen=True, slots=True)
class IpAddress(Spec):
    """One IPv4 address, as a string."""

    what = "an IP address"

    def parse(self, text: str) -> str:
        address = cidr.read_address(text)
        if address.version != 4:
            raise ValueError(f'"{text}" is IPv6; an IPv4 address is due here')
        return str(address)


class PortRange(NamedTuple):
    """Ports from `first` to `last`, both included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


ALL_PORTS = PortRange(0, 65535)
_PORTS = re.compile(r"([0-9]{1,5})(?:\s*-\s*([0-9]{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Ports(Spec):
    """One port or a range: ``443``, ``1024-65535``."""

    what = "a port or a range of ports"

    def parse(self, text: str) -> PortRange:
        match = _PORTS.fullmatch(text)
        if not match:
            raise ValueError(
                f'"{text}" is neither a port such as 443 nor a range such as 1024-65535'
            )
        first = int(match[1])
        last = int(match[2]) if match[2] else first
        if first > 65535 or last > 65535:
            raise ValueError(f'"{text}" is out of range; ports go from 0 to 65535')
        if first > last:
            raise ValueError(f'"{text}" runs backwards; write {last}-{first}')
        return PortRange(first, last)

    def plain(self, value: Any) -> Plain:
        return value.first if value.first == value.last else str(value)

    def schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 65535},
                {"type": "string", "pattern": "^[0-9]{1,5}-[0-9]{1,5}$"},
            ]
        }


@dataclass(frozen=True, slots=True)
class Day(Spec):
    """A day, written 2027-06-30."""

    what = "a day such as 2027-06-30"

    def parse(self, text: str) -> str:
        try:
            return datetime.date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError(f'"{text}" is not a day such as 2027-06-30') from None

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "date"}


ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
RESERVED_IDS = frozenset({"internet", "local", "blackhole", "lambda-service-vpc", "vpc-to-vpc-nat"})


def read_id(text: str) -> str:
    """An id as the format allows it; raises ValueError where it is none, or reserved."""
    if not ID_PATTERN.fullmatch(text):
        raise ValueError(
            f'"{text}" cannot be an id; letters, digits, dot, underscore and hyphen, at most 64, '
            "the first a letter or a digit"
        )
    if text in RESERVED_IDS:
        raise ValueError(f'"{text}" is reserved and cannot be an id')
    return text


@dataclass(frozen=True, slots=True)
class Ref(Spec):
    """The id of a thing of one of `kinds`, or one of `words`; `when_removed` takes its place when
    that thing goes.
    """

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()
    when_removed: str | None = None
    what = "an id"
    refers = True

    def parse(self, text: str) -> str:
        if text in self.words:
            return text
        return read_id(text)

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        if value is not None and value not in self.words:
            yield ReferenceTo((), value, self.kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        if value != old or value in self.words:
            return value
        return self.when_removed if new is None else new

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{ID_PATTERN.pattern}$"}


@dataclass(frozen=True, slots=True)
class CidrOr(Spec):
    """A CIDR block, or the id of a thing of one of `kinds` (a prefix list)."""

    kinds: tuple[str, ...]
    what = "a CIDR block or the id of a prefix list"
    refers = True

    def parse(self, text: str) -> str:
        return Cidr().parse(text) if _looks_like_address(text) else read_id(text)

    def read(self, raw: Raw, report: Report) -> Any:
        if isinstance(raw, str) and _looks_like_address(raw):
            return Cidr().read(raw, report)
        return Spec.read(self, raw, report)

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        if "/" not in value:
            yield ReferenceTo((), value, self.kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        return new if value == old else value


@dataclass(frozen=True, slots=True)
class Party(Spec):
    """One end of a question: an id of `kinds`, ``internet``, an IP address, or ``aws:SERVICE``."""

    kinds: tuple[str, ...] = ("function", "workload")
    what = "an id, internet, an IP address or aws:SERVICE"
    refers = True

    def parse(self, text: str) -> str:
        if text == "internet" or re.fullmatch(r"aws:[a-z0-9.-]+", text):
            return text
        try:
            return str(cidr.read_address(text))
        except ValueError:
            return read_id(text)

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        if ID_PATTERN.fullmatch(value) and value != "internet" and not _is_address(value):
            yield ReferenceTo((), value, self.kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        return new if value == old else value


def _is_address(text: str) -> bool:
    try:
        cidr.read_address(text)
    except ValueError:
        return False
    return True


def _looks_like_address(text: str) -> bool:
    return "/" in text or ":" in text or _is_address(text)


def suggestion(text: str, options: Any) -> str:
    """`; did you mean "x"?` where one of the options is near, else nothing."""
    import difflib

    near = difflib.get_close_matches(text, list(options), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""
