"""Files and folders become documents: encodings, several documents in one file, limits.

Nothing that a file holds is quoted in a complaint about it: it may be a secret.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lambdaplanner.errors import QuestionError
from lambdaplanner.formats.collecting import collector_paused
from lambdaplanner.importing.found import NotRead

MAX_BYTES = 512 * 1024 * 1024
MAX_DEPTH = 200
_SUFFIXES = {".json", ".jsonl", ".tfstate", ".template", ".yaml", ".yml"}
"""What is looked at in folders; a file that is named is always read."""
_SPACE = " \t\r\n\x1e"
STDIN = "-"
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
"""Byte order marks, and the encoding that each tells."""


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON value of a file, or the text of a file that is not JSON."""

    file: str
    """As messages name it: relative to what was named."""
    value: Any = None
    text: str | None = None
    path: Path | None = None


@dataclass(slots=True)
class Loaded:
    """What the sources hold, by file name, so that their order does not matter."""

    documents: list[Document] = field(default_factory=list)
    not_read: list[NotRead] = field(default_factory=list)
    files: int = 0


class _Unreadable(Exception):
    """Why a file gives nothing."""


def load(sources: Sequence[str]) -> Loaded:
    """Every document of files, folders and `-`.

    Raises QuestionError where a source is not there, OSError where a folder cannot be read.
    """
    result = Loaded()
    with collector_paused():
        for name, path in sorted(set(_files(sources)), key=lambda found: found[0]):
            result.files += 1
            try:
                data = sys.stdin.buffer.read(MAX_BYTES + 1) if path is None else _bytes(path)
                result.documents += documents(name, data, path)
            except _Unreadable as error:
                result.not_read.append(NotRead(name, str(error)))
            except OSError as error:
                result.not_read.append(NotRead(name, error.strerror or "it cannot be read"))
    return result


def documents(name: str, data: bytes, path: Path | None = None) -> list[Document]:
    """The documents of one file's bytes; raises an exception with why there are none."""
    if len(data) > MAX_BYTES:
        raise _Unreadable("it is larger than 512 MiB")
    text = _decoded(data)
    if not text.strip(_SPACE):
        raise _Unreadable("it is empty")
    if text.lstrip(_SPACE)[0] not in "[{":
        return [Document(name, text=text, path=path)]
    return [Document(name, value=value, path=path) for value in _values(text)]


def _files(sources: Iterable[str]) -> Iterator[tuple[str, Path | None]]:
    for source in sources:
        path = Path(source)
        if source == STDIN:
            yield STDIN, None
        elif path.is_dir():
            yield from _inside(path)
        elif path.exists():
            yield path.name, path
        else:
            raise QuestionError("there is no such file or folder", where=source)


def _inside(folder: Path) -> Iterator[tuple[str, Path]]:
    for top, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(top) / name
            if path.suffix.lower() in _SUFFIXES:
                # The folder's own name may tell the region or the account.
                inner = path.relative_to(folder)
                yield str(Path(folder.resolve().name) / inner), path


def _bytes(path: Path) -> bytes:
    if not stat.S_ISREG(path.stat().st_mode):
        raise _Unreadable("it is not a file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _decoded(data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise _Unreadable("it is an archive; unpack it, or give the text that it was made from")
    encoding = next((name for bom, name in _MARKS if data.startswith(bom)), "")
    if not encoding:
        wide = "utf-16-le" if data[1:2] == b"\0" else "utf-16-be" if data[:1] == b"\0" else ""
        encoding = wide or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _Unreadable("it is neither UTF-8 nor UTF-16 text") from None


def _values(text: str) -> list[Any]:
    decoder = json.JSONDecoder(object_pairs_hook=_mapping, parse_constant=_no_number)
    values: list[Any] = []
    at = 0
    try:
        while (at := _skipped(text, at)) < len(text):
            value, at = decoder.raw_decode(text, at)
            values += value if isinstance(value, list) else [value]
    except json.JSONDecodeError as error:
        raise _Unreadable(f"line {error.lineno}, column {error.colno}: this is not JSON") from None
    except RecursionError:
        raise _Unreadable(f"it is nested more than {MAX_DEPTH} deep") from None
    except ValueError as error:
        raise _Unreadable(
            str(error) if isinstance(error, _Twice) else "a number in it is none"
        ) from None
    if _too_deep(values):
        raise _Unreadable(f"it is nested more than {MAX_DEPTH} deep")
    return values


def _skipped(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


class _Twice(ValueError):
    """A key that stands twice."""


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Twice("a key stands twice in one object, so that nobody knows which is meant")
    return found


def _no_number(_word: str) -> Any:
    raise ValueError


def _too_deep(values: list[Any]) -> bool:
    level: list[Any] = list(values)
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                inner += [part for part in value.values() if isinstance(part, dict | list)]
            elif isinstance(value, list):
                inner += [part for part in value if isinstance(part, dict | list)]
        if not inner:
            return False
        level = inner
    return True
