"""Files packed with zstd, with the dictionary that archives put before their records, and whether they end whole."""

from __future__ import annotations

import io
from typing import IO, cast

MAGICS = (b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18")
_WIDEST_WINDOW = 1 << 27
_LONGEST_DICTIONARY = 8_000_000
_SKIPPED = range(0x184D2A50, 0x184D2A60)
_FRAME = 0xFD2FB528
_ID_LENGTHS, _SIZE_LENGTHS = (0, 1, 2, 4), (0, 2, 4, 8)


class BrokenZstdError(Exception):
    """The bytes are no zstd, or are damaged."""


class ZstdStream(io.RawIOBase):
    """The unpacked bytes; raises ``EOFError`` where it breaks off, ``BrokenZstdError`` where it is damaged."""

    def __init__(self, packed: IO[bytes]) -> None:
        import zstandard

        self._frames = _Frames(packed)
        dictionary = _dictionary(packed, self._frames)
        tool = zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None, max_window_size=_WIDEST_WINDOW
        )
        self._error = zstandard.ZstdError
        self._inner = tool.stream_reader(cast(IO[bytes], self._frames), read_across_frames=True)

    def readable(self) -> bool:
        """Always: there is nothing else to do with it."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The number of bytes that were written into the buffer; 0 at the end."""
        try:
            part = self._inner.read(len(buffer))
        except (self._error, MemoryError) as error:
            raise BrokenZstdError(str(error)) from None
        if not part and len(buffer) and not self._frames.ended_whole:
            raise EOFError("the packed bytes break off")
        buffer[: len(part)] = part
        return len(part)


def _dictionary(packed: IO[bytes], frames: _Frames) -> bytes:
    """The dictionary in the skippable frame that the file may begin with."""
    import zstandard

    head = packed.read(8)
    if head[:4] != MAGICS[1] or len(head) < 8:
        frames.give_back(head)
        return b""
    length = int.from_bytes(head[4:], "little")
    if length > _LONGEST_DICTIONARY:
        raise BrokenZstdError("the dictionary is longer than any is")
    found = packed.read(length)
    if len(found) < length:
        raise EOFError("the packed bytes break off")
    if found[:4] != MAGICS[0]:
        return found
    try:
        return zstandard.ZstdDecompressor().stream_reader(found).read(_LONGEST_DICTIONARY)
    except zstandard.ZstdError as error:
        raise BrokenZstdError(str(error)) from None


class _Frames:
    """The packed bytes as they are read, walked from frame to frame: the library is silent where the last is cut."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed
        self._returned = b""
        self._open = bytearray()
        self._skip = 0
        self._within = False
        self._checked = False
        self._lost = False

    def give_back(self, content: bytes) -> None:
        self._returned = content

    @property
    def ended_whole(self) -> bool:
        """Whether what was read so far ends where a frame does; so, too, where the walk lost its way."""
        return self._lost or not (self._within or self._skip or self._open)

    def read(self, size: int = -1) -> bytes:
        content, self._returned = self._returned or self._packed.read(size), b""
        if not self._lost:
            self._open += content
            self._walk()
        return content

    def _walk(self) -> None:
        while True:
            cut = min(self._skip, len(self._open))
            del self._open[:cut]
            self._skip -= cut
            if self._skip or self._lost or not (self._block() if self._within else self._header()):
                return

    def _block(self) -> bool:
        if len(self._open) < 3:
            return False
        word = int.from_bytes(self._open[:3], "little")
        last, kind, size = word & 1, word >> 1 & 3, word >> 3
        self._skip = 3 + (1 if kind == 1 else size) + (4 if last and self._checked else 0)
        self._within = not last
        return True

    def _header(self) -> bool:
        if len(self._open) < 8:
            return False
        magic = int.from_bytes(self._open[:4], "little")
        if magic in _SKIPPED:
            self._skip = 8 + int.from_bytes(self._open[4:8], "little")
            return True
        if magic != _FRAME:
            self._lost = True
            return False
        told = self._open[4]
        single, size_kind = told >> 5 & 1, told >> 6
        size = _SIZE_LENGTHS[size_kind] or single
        self._checked = bool(told >> 2 & 1)
        self._skip = 5 + (1 - single) + _ID_LENGTHS[told & 3] + size
        self._within = True
        return True
