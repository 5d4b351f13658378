"""One zlib stream compressed piece by piece in threads; the bytes do not depend on how many there
are.
"""

from __future__ import annotations

import os
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

_LEVEL = 3
_HEADER = b"\x78\x5e"
_MOST_THREADS = 8


def compressed(pieces: Iterator[bytes | bytearray]) -> Iterator[bytes]:
    """The stream for all `pieces` in order, in parts as they get ready.

    zlib releases the interpreter's lock, so compression runs beside the making of the next pieces.
    Few pieces are held at once.
    """
    workers = min(os.cpu_count() or 1, _MOST_THREADS)
    checksum = zlib.adler32(b"")
    waiting: deque[Future[bytes]] = deque()
    yield _HEADER
    with ThreadPoolExecutor(workers) as pool:
        for piece in pieces:
            checksum = zlib.adler32(piece, checksum)
            waiting.append(pool.submit(_deflate, piece))
            while len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    # An empty last block ends the stream, so no piece need know that it is the last.
    yield b"\x03\x00" + checksum.to_bytes(4, "big")


def _deflate(piece: bytes | bytearray) -> bytes:
    machine = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
    return machine.compress(piece) + machine.flush(zlib.Z_FULL_FLUSH)
