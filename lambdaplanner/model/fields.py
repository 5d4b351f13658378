"""Fields that hold one word, number, day or id."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from lambdaplanner.model.specs import (
    UNREADABLE,
    Plain,
    Raw,
    ReferenceTo,
    Report,
    Spec,
    kind_of_raw,
)

M = TypeVar("M", bound=Any)


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

    def schema(self) -> dict[str, Any]:
        """Whatever is no list or mapping: YAML readers that guess make a number of a name 1.10."""
        return {"type": ["string", "number", "boolean", "null"]}


@dataclass(frozen=True, slots=True)
class Texts(Spec):
    """A text, or a list of different ones; kept as a tuple, a single one written alone."""

    what = "a text or a list of texts"

    def read(self, raw: Raw, report: Report) -> Any:
        if isinstance(raw, str):
            return (raw,) if raw else ()
        if not isinstance(raw, list):
            report.error(f"{self.what} is due here, not {kind_of_raw(raw)}")
            return UNREADABLE
        texts = [Text().read(part, report.at(at)) for at, part in enumerate(raw)]
        return UNREADABLE if UNREADABLE in texts else tuple(dict.fromkeys(texts))

    def plain(self, value: Any) -> Plain:
        return value[0] if len(value) == 1 and value[0] else list(value)

    def schema(self) -> dict[str, Any]:
        one = Text().schema()
        return {"anyOf": [one, {"type": "array", "items": one}]}


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


_DECIMAL = re.compile(r"[+-]?[0-9]{1,18}\.[0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rounded(Integer):
    """A number from `minimum` to `maximum`, kept as the nearest whole one: where fractions make
    no difference (places on the canvas).
    """

    what = "a number"

    def parse(self, text: str) -> int:
        return Integer.parse(self, str(round(float(text))) if _DECIMAL.fullmatch(text) else text)

    def schema(self) -> dict[str, Any]:
        return {**Integer.schema(self), "type": "number"}


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

    @property
    def what(self) -> str:  # type: ignore[override]
        return f"one of {', '.join(self.options)}"

    def parse(self, text: str) -> str:
        if text not in self.options:
            raise ValueError(
                f'"{text}" is none of {", ".join(self.options)}, one of which is due here'
            )
        return text

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options)}


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
        """A string, and nothing else that JSON has: YAML readers that guess make a date of it."""
        return {
            "not": {"type": ["number", "boolean", "null", "array", "object"]},
            "format": "date",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        }


ID_PATTERN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
RESERVED_IDS = frozenset(
    {"internet", "local", "blackhole", "outside", "lambda-service-vpc", "vpc-to-vpc-nat"}
)


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


class Family(Collection[str]):
    """Kinds of things that say of themselves that they belong together, so that a field may name
    whichever there are.
    """

    def __init__(self) -> None:
        self._kinds: set[str] = set()

    def join(self, model: M) -> M:
        """Takes the kind of a record class in; stands above the class."""
        self._kinds.add(model.kind)
        return model

    def __contains__(self, kind: object) -> bool:
        return kind in self._kinds

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._kinds))

    def __len__(self) -> int:
        return len(self._kinds)


@dataclass(frozen=True, slots=True)
class Ref(Spec):
    """The id of a thing of one of `kinds`, or one of `words`; `when_removed` takes its place when
    that thing goes.
    """

    kinds: Collection[str]
    words: tuple[str, ...] = ()
    when_removed: str | None = None
    what = "an id"
    refers = True

    @property
    def options(self) -> tuple[str, ...]:  # type: ignore[override]
        """Those of the words that no id is written like."""
        return tuple(word for word in self.words if not ID_PATTERN.fullmatch(word))

    def parse(self, text: str) -> str:
        if text in self.words:
            return text
        if self.options and not ID_PATTERN.fullmatch(text):
            raise ValueError(f'"{text}" is neither an id nor one of {", ".join(self.options)}')
        return read_id(text)

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        if value is not None and value not in self.words:
            yield ReferenceTo((), value, self.kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        if value != old or value in self.words:
            return value
        return self.when_removed if new is None else new

    def schema(self) -> dict[str, Any]:
        """Numbers and truth values too: what YAML readers that guess make of ids 22 and no."""
        beside = [re.escape(word) for word in self.words if not ID_PATTERN.fullmatch(word)]
        pattern = "|".join([ID_PATTERN.pattern, *beside])
        return {
            "type": ["string", "number", "boolean"],
            "pattern": f"^(?:{pattern})$" if beside else f"^{pattern}$",
            "not": {"enum": sorted(RESERVED_IDS.difference(self.words))},
        }
