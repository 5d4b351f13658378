"""Fields that hold addresses, blocks and ports."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from lambdaplanner.model import cidr
from lambdaplanner.model.fields import ID_PATTERN, Family, read_id
from lambdaplanner.model.specs import UNREADABLE, Plain, Raw, ReferenceTo, Report, Spec

_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_DOTTED = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_BLOCK_PATTERNS = {
    4: f"{_DOTTED}/(?:3[0-2]|[12]?[0-9])",
    6: "[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])",
}
"""For editors: all of IPv4, of IPv6 only the alphabet and the prefix length."""


LIST_PREFIX = "aws:"
"""What names of AWS's own prefix lists begin with."""


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
        patterns = [_BLOCK_PATTERNS[version] for version in self.versions]
        return {"type": "string", "pattern": f"^(?:{'|'.join(patterns)})$"}


@dataclass(frozen=True, slots=True)
class CidrAlone(Cidr):
    """A CIDR block where AWS takes no prefix list."""

    def parse_with_notice(self, text: str) -> tuple[str, str]:
        if text.startswith(LIST_PREFIX):
            raise ValueError(
                f'"{text}" is a prefix list, and a network ACL names CIDR blocks alone; lists '
                "stand in security groups and routes"
            )
        return Cidr.parse_with_notice(self, text)


@dataclass(frozen=True, slots=True)
class IpAddress(Spec):
    """One IPv4 address, as a string."""

    what = "an IP address"

    def parse(self, text: str) -> str:
        address = cidr.read_address(text)
        if address.version != 4:
            raise ValueError(f'"{text}" is IPv6; an IPv4 address is due here')
        return str(address)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_DOTTED}$"}


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
class CidrOr(Spec):
    """A CIDR block, the id of a thing of one of `kinds` (a prefix list), or one of `words`."""

    kinds: tuple[str, ...]
    words: tuple[str, ...] = ()
    what = "a CIDR block or the id of a prefix list"
    refers = True

    @property
    def options(self) -> tuple[str, ...]:  # type: ignore[override]
        """The words, which no id is written like."""
        return self.words

    def parse(self, text: str) -> str:
        if text in self.words:
            return text
        if text.startswith(LIST_PREFIX):
            raise ValueError(f'"{text}" is none of AWS\'s own prefix lists')
        return Cidr().parse(text) if _looks_like_address(text) else read_id(text)

    def read(self, raw: Raw, report: Report) -> Any:
        if isinstance(raw, str) and _looks_like_address(raw) and not raw.startswith(LIST_PREFIX):
            return Cidr().read(raw, report)
        return Spec.read(self, raw, report)

    def references(self, value: Any) -> Iterator[ReferenceTo]:
        if "/" not in value and value not in self.words:
            yield ReferenceTo((), value, self.kinds)

    def replaced(self, value: Any, old: str, new: str | None) -> Any:
        return new if value == old else value


ENDS = Family()
"""What a question may start from or lead to; each such class joins it."""


@dataclass(frozen=True, slots=True)
class PathEnd(Spec):
    """One end of a question: an id of `kinds`, ``internet``, an IP address, or ``aws:SERVICE``."""

    kinds: Collection[str] = ENDS
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
