"""Reading objects of which nothing is sure: a key may be missing, null, or something else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Object = dict[str, Any]


def text(value: Any, *path: str) -> str:
    """The text at a path; "" where there is none."""
    found = at(value, *path)
    return found if isinstance(found, str) else ""


def number(value: Any, *path: str) -> int | None:
    """The whole number at a path, if there is one."""
    found = at(value, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def flag(value: Any, *path: str) -> bool | None:
    """The truth value at a path, if there is one."""
    found = at(value, *path)
    return found if isinstance(found, bool) else None


def at(value: Any, *path: str) -> Any:
    """What stands at a path of keys, None where it ends before."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value


def rows(value: Any, *path: str) -> list[Object]:
    """The objects of a list at a path."""
    found = at(value, *path)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def texts(value: Any, *path: str) -> list[str]:
    """The texts of a list at a path, each once."""
    found = at(value, *path)
    listed = found if isinstance(found, list) else []
    return list(dict.fromkeys(one for one in listed if isinstance(one, str) and one))


def each(found: Iterable[Any], *path: str) -> list[str]:
    """The texts at a path of every object, each once, without empty ones."""
    return list(dict.fromkeys(name for one in found if (name := text(one, *path))))


def tag(value: Object, key: str) -> str:
    """The value of a tag; Lambda and others have tags as a mapping."""
    for row in (*rows(value, "Tags"), *rows(value, "TagSet"), *rows(value, "TagList")):
        if row.get("Key") == key:
            return text(row, "Value")
    return text(value, "Tags", key)


def state(value: Object, *path: str) -> str:
    """A state, however it is written."""
    return text(value, *(path or ("State",))).lower()
