"""The plan inside a picture: put in and taken out of PNG and SVG files, with a checksum. Needs
neither Qt nor YAML.

In a PNG it is one compressed iTXt chunk (keyword ``lambdaplanner-plan``), in an SVG one element in
``<metadata>``. Both hold ``sha256:<hex>``, a line end, and the text of the plan file, so that a
picture damaged on its way is told apart.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import os
import zlib
from typing import BinaryIO

from lambdaplanner.errors import PlanFileError
from lambdaplanner.formats.fingerprints import open_regular

KEYWORD = b"lambdaplanner-plan"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_LARGEST = 64 * 1024 * 1024
_SVG_BEGIN = b'<plan xmlns="urn:lambdaplanner:plan"'
_SVG_OPEN = _SVG_BEGIN + b' encoding="zlib+base64">'


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk: length, kind, data, checksum."""
    return b"".join(
        (
            len(data).to_bytes(4, "big"),
            kind,
            data,
            zlib.crc32(data, zlib.crc32(kind)).to_bytes(4, "big"),
        )
    )


def text_chunk(keyword: str, text: str) -> bytes:
    """The iTXt chunk of one of PNG's own keywords, such as ``Title``, which viewers show."""
    # PNG allows no NUL in a text, and asks for line feeds alone.
    clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    data = clean.encode("utf-8", "replace")
    return png_chunk(b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + data)


def plan_chunk(text: str) -> bytes:
    """The iTXt chunk that carries a plan file's text."""
    return png_chunk(b"iTXt", KEYWORD + b"\0\1\0\0\0" + zlib.compress(_sealed(text), 9))


def svg_element(text: str) -> bytes:
    """The element for ``<metadata>`` of an SVG that carries a plan file's text."""
    return _SVG_OPEN + base64.b64encode(zlib.compress(_sealed(text), 9)) + b"</plan>"


def is_picture(data: bytes) -> bool:
    """Whether a file that begins so is a PNG or an SVG, rather than a plan in YAML."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((PNG_SIGNATURE, b"<?xml", b"<svg", b"<!DOCTYPE svg"))


def read_plan(source: str | os.PathLike[str] | bytes) -> str | None:
    """The text of the plan file inside a picture; None where the picture carries none.

    Raises PlanFileError where the picture or the plan in it is damaged, or it is no PNG or SVG;
    OSError where the file cannot be read.
    """
    if isinstance(source, bytes):
        return read_from(io.BytesIO(source), "")
    with open_regular(source) as file:
        return read_from(file, os.fspath(source))


def read_from(file: BinaryIO, where: str) -> str | None:
    """As `read_plan`, of a picture that is open already; `where` names it in messages."""
    head = file.read(len(PNG_SIGNATURE))
    if head == PNG_SIGNATURE:
        data = _find_chunk(file, where)
    elif is_picture(head + (rest := file.read(_LARGEST))):
        data = _find_element(head + rest, where)
    else:
        raise PlanFileError("this is neither a PNG nor an SVG picture", where=where)
    return _unsealed(data, where) if data is not None else None


def _find_chunk(file: BinaryIO, where: str) -> bytes | None:
    """The compressed plan; the chunk may stand before or after the pixels."""
    while True:
        head = file.read(8)
        if len(head) < 8:
            if head:
                raise _damaged("it ends in the middle of a chunk", where)
            return None
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if kind == b"IEND":
            return None
        if kind != b"iTXt" or length > _LARGEST:
            file.seek(length + 4, os.SEEK_CUR)
            continue
        data, check = file.read(length), file.read(4)
        if len(data) < length or len(check) < 4:
            raise _damaged("it ends in the middle of a chunk", where)
        keyword, _, rest = data.partition(b"\0")
        if keyword != KEYWORD:
            continue
        if zlib.crc32(data, zlib.crc32(kind)) != int.from_bytes(check, "big"):
            raise _damaged("the checksum of its chunk is wrong", where)
        parts = rest[2:].split(b"\0", 2)
        if len(parts) < 3 or rest[:2] not in (b"\1\0", b"\0\0"):
            raise _damaged("its chunk is malformed", where)
        return parts[2] if rest[:1] == b"\1" else zlib.compress(parts[2])


def _find_element(data: bytes, where: str) -> bytes | None:
    """The compressed plan; each byte is looked at once, however often an element only begins."""
    at = data.find(_SVG_BEGIN)
    while at >= 0:
        begin = data.find(b">", at) + 1
        end = data.find(b"<", begin) if begin else -1
        if end < 0:
            return None
        if data.startswith(b"</plan>", end):
            try:
                return base64.b64decode(data[begin:end].strip(), validate=True)
            except binascii.Error:
                raise _damaged("its text is not base64", where) from None
        at = data.find(_SVG_BEGIN, end)
    return None


def _sealed(text: str) -> bytes:
    data = text.encode("utf-8")
    return b"sha256:" + hashlib.sha256(data).hexdigest().encode() + b"\n" + data


def _unsealed(data: bytes, where: str) -> str:
    reader = zlib.decompressobj()
    try:
        sealed = reader.decompress(data, _LARGEST)
    except zlib.error:
        raise _damaged("it does not unpack", where) from None
    if reader.unconsumed_tail or not reader.eof:
        raise _damaged("it is cut short or larger than 64 MB", where)
    seal, _, plan = sealed.partition(b"\n")
    if seal != b"sha256:" + hashlib.sha256(plan).hexdigest().encode():
        raise _damaged("its checksum is wrong", where)
    try:
        return plan.decode("utf-8")
    except UnicodeDecodeError:
        raise _damaged("it is not UTF-8", where) from None


def _damaged(why: str, where: str) -> PlanFileError:
    return PlanFileError(
        f"the plan in this picture is damaged: {why}",
        hint="open the plan's YAML file, or export the picture again",
        where=where,
    )
