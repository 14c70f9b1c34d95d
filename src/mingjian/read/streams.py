"""Streams whose beginning can be looked at, and the packing around them."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, cast

from mingjian.read.zstd import MAGICS, BrokenZstdError, ZstdStream

_GZIP = b"\x1f\x8b"
_LOOKED_AT = 32_768


class _Rejoined(io.RawIOBase):
    """A beginning that was taken off a stream, and the rest of the stream behind it."""

    def __init__(self, beginning: bytes, rest: IO[bytes]) -> None:
        self._beginning = beginning
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._beginning[: len(buffer)] if self._beginning else self._rest.read(len(buffer))
        self._beginning = self._beginning[len(part) :]
        buffer[: len(part)] = part
        return len(part)


def look_ahead(stream: IO[bytes]) -> tuple[bytes, IO[bytes]]:
    """The first bytes (32 KB, or all there are), and a stream that still begins with them."""
    beginning = stream.read(_LOOKED_AT)
    return beginning, cast(IO[bytes], io.BufferedReader(_Rejoined(beginning, stream), _LOOKED_AT))


def unpacked(stream: IO[bytes], name: str) -> IO[bytes]:
    """The stream without its packing (gzip, zstd), which its first bytes tell, whatever its name."""
    beginning, whole = look_ahead(stream)
    if beginning.startswith(_GZIP):
        return cast(IO[bytes], gzip.GzipFile(fileobj=whole))
    if beginning.startswith(MAGICS):
        return cast(IO[bytes], io.BufferedReader(ZstdStream(whole), _LOOKED_AT))
    if beginning and name.lower().endswith(".gz"):
        raise gzip.BadGzipFile
    if beginning and name.lower().endswith(".zst"):
        raise BrokenZstdError("not zstd at all")
    return whole


def unpacked_beginning(beginning: bytes) -> bytes:
    """What a file begins with once it is unpacked, as far as its first bytes tell; nothing where it cannot be."""
    try:
        if beginning.startswith(_GZIP):
            return zlib.decompressobj(31).decompress(beginning, _LOOKED_AT)
        return ZstdStream(io.BytesIO(beginning)).read(_LOOKED_AT) if beginning.startswith(MAGICS) else beginning
    except (zlib.error, EOFError, BrokenZstdError):
        return b""
