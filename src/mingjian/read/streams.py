"""Streams whose beginning can be looked at, and the gzip around them."""

from __future__ import annotations

import gzip
import io
from typing import IO, cast

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
    """The stream without its gzip packing, which its first bytes tell, whatever its name."""
    beginning, whole = look_ahead(stream)
    if beginning.startswith(_GZIP):
        return cast(IO[bytes], gzip.GzipFile(fileobj=whole))
    if beginning and name.lower().endswith(".gz"):
        raise gzip.BadGzipFile
    return whole
