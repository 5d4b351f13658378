"""Bookmarks added to a PDF of one page, by an update at its end, as the format provides for
(ISO 32000-1, 7.5.6): Qt writes none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_CATALOG = re.compile(rb"(\d+) 0 obj\s*<<([^>]*?/Type /Catalog[^>]*?)>>")
_PAGE = re.compile(rb"(\d+) 0 obj\s*<<\s*/Type /Page\s")
_SIZE = re.compile(rb"/Size (\d+)")
_START = re.compile(rb"startxref\s+(\d+)")
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref", re.DOTALL)


class Bookmark(NamedTuple):
    """A title, and the point that the reader's window begins at: in points from the page's lower
    left.
    """

    title: str
    left: float
    top: float


def with_bookmarks(data: bytes, bookmarks: Sequence[Bookmark]) -> bytes:
    """The file with an outline; as it was where there is nothing to mark, or where the file is not
    as Qt writes it.
    """
    catalog, page = _CATALOG.search(data), _PAGE.search(data)
    trailer = list(_TRAILER.finditer(data))
    start = list(_START.finditer(data))
    if not bookmarks or catalog is None or page is None or not trailer or not start:
        return data
    size = _SIZE.search(trailer[-1][1])
    if size is None:
        return data
    first = int(size[1])
    objects = {int(catalog[1]): _catalog(catalog[2], first)}
    objects |= _outline(bookmarks, first, page[1].decode())
    entries = _SIZE.sub(b"/Size %d" % (first + len(bookmarks) + 1), trailer[-1][1].strip())
    return _updated(data, objects, entries, int(start[-1][1]))


def _catalog(entries: bytes, outline: int) -> bytes:
    return b"<<\n%b\n/Outlines %d 0 R\n/PageMode /UseOutlines\n>>" % (entries.strip(), outline)


def _outline(bookmarks: Sequence[Bookmark], first: int, page: str) -> dict[int, bytes]:
    count = len(bookmarks)
    ends = f"/First {first + 1} 0 R\n/Last {first + count} 0 R\n/Count {count}"
    objects = {first: f"<<\n/Type /Outlines\n{ends}\n>>".encode()}
    for index, mark in enumerate(bookmarks, 1):
        number = first + index
        near = [f"/Prev {number - 1} 0 R"] if index > 1 else []
        near += [f"/Next {number + 1} 0 R"] if index < count else []
        # UTF-16 with its mark, in hexadecimal digits: nothing in a title can end the string.
        title = mark.title.encode("utf-16-be", "replace").hex().upper()
        place = f"/Dest [{page} 0 R /XYZ {mark.left:.2f} {mark.top:.2f} null]"
        lines = (f"/Title <FEFF{title}>", f"/Parent {first} 0 R", *near, place)
        objects[number] = ("<<\n" + "\n".join(lines) + "\n>>").encode()
    return objects


def _updated(data: bytes, objects: dict[int, bytes], entries: bytes, before: int) -> bytes:
    parts, at = [data.rstrip(b"\n") + b"\n"], len(data.rstrip(b"\n")) + 1
    table = [b"xref\n"]
    for number in sorted(objects):
        table.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        parts.append(b"%d 0 obj\n%b\nendobj\n" % (number, objects[number]))
        at += len(parts[-1])
    parts += [*table, b"trailer\n<<\n%b\n/Prev %d\n>>\n" % (entries, before)]
    parts.append(b"startxref\n%d\n%%%%EOF\n" % at)
    return b"".join(parts)
