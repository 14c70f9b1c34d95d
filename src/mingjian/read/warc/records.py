"""The records of a WARC file, told apart by hand: what is cut short or damaged is noticed and stepped over.

Every record is a gzip member of its own as a rule, so behind a damaged one the next that begins a record is looked for.
Why by hand: ``docs/decisions/0006-formats-read-by-hand.md``.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from io import BufferedReader
from typing import IO, Protocol, cast

import msgspec

from mingjian.read.streams import look_ahead
from mingjian.read.zstd import MAGICS, BrokenZstdError, ZstdStream

_STEP = 1 << 16
_LONGEST_HEAD = 1 << 16
_KEPT_RAW = 1 << 20
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")
_TRIED = 1_024
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_BEGIN = re.compile(rb"WARC/[01]\.\d\d?\r?\n")
_LINE = re.compile(r"([!-9;-~]{1,80}):[ \t]{0,9}(.*)")
_LENGTH = re.compile(r"\d{1,15}")


class Record(msgspec.Struct, frozen=True):
    """One record: its place in the file (from 1), its headers by name in lower case, and its block."""

    number: int
    headers: Mapping[str, str]
    content: bytes


class Trouble(msgspec.Struct, frozen=True):
    """Why a record is none: a slug and words, and whether the file ends there."""

    number: int
    problem: str
    mend: str


class _Damaged(Exception):  # noqa: N818 - never leaves this module
    """The packing is broken here."""


class _Cut(Exception):  # noqa: N818 - never leaves this module
    """The packed bytes break off here."""


class _Pieces(Protocol):
    def piece(self) -> bytes:
        """The next unpacked bytes, none at the end."""

    def step_over(self) -> bool:
        """Goes on behind the damage; whether there is anything to go on with."""


class _Plain:
    """The bytes of a stream that is not packed, or unpacks itself."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = cast(BufferedReader, stream)

    def piece(self) -> bytes:
        try:
            return self._stream.read1(_STEP)  # what is there, so that nothing before a cut is lost
        except BrokenZstdError:
            raise _Damaged from None
        except EOFError:
            raise _Cut from None

    def step_over(self) -> bool:
        return False


class _Members:
    """The unpacked bytes of gzip members, with the packed ones of the current member kept to look for the next."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._member = zlib.decompressobj(31)
        self._packed = b""
        self._rest = b""
        self._begun = False
        self._raw = bytearray()

    def piece(self) -> bytes:
        """The next bytes of one member, as many as go, so that its check sum is asked before they are believed."""
        while True:
            if self._member.eof:
                self._start(self._member.unused_data.lstrip(b"\0") + self._rest)
            unpacked = self._unpacked()
            if unpacked or not self._begun:
                return unpacked
            if not self._member.eof:
                raise _Cut

    def _unpacked(self) -> bytes:
        unpacked = b""
        while len(unpacked) < _STEP and not self._member.eof:
            if not self._packed:
                self._next_packed()
            if not self._packed and not self._begun:
                break
            self._begun = True
            try:
                part = self._member.decompress(self._packed, _STEP - len(unpacked))
            except zlib.error:
                raise _Damaged from None
            if not part and not self._packed and not self._member.eof:
                break
            unpacked, self._packed = unpacked + part, self._member.unconsumed_tail
        return unpacked

    def _next_packed(self) -> None:
        self._packed, self._rest = self._rest[:_STEP] or self._stream.read(_STEP), self._rest[_STEP:]
        self._raw += self._packed
        del self._raw[:-_KEPT_RAW]

    def _start(self, packed: bytes) -> None:
        self._member, self._begun = zlib.decompressobj(31), False
        self._packed, self._rest = packed[:_STEP], packed[_STEP:]
        self._raw = bytearray(self._packed)

    def step_over(self) -> bool:
        raw, place = bytes(self._raw) + self._rest, 1
        while True:
            for found in _MEMBER.finditer(raw, place):
                if _begins_record(raw[found.start() : found.start() + _TRIED]):
                    self._start(raw[found.start() :])
                    return True
            more = self._stream.read(_STEP)
            if not more:
                return False
            raw, place = raw[-_TRIED:] + more, 0


def _begins_record(packed: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(packed, 16).startswith(b"WARC/")
    except zlib.error:
        return False


class _Buffer:
    """Bytes asked for by number."""

    def __init__(self, pieces: _Pieces) -> None:
        self.pieces = pieces
        self.held = bytearray()

    def fill(self, size: int) -> bool:
        """Whether so many bytes are at hand."""
        while len(self.held) < size:
            piece = self.pieces.piece()
            if not piece:
                return False
            self.held += piece
        return True

    def take(self, size: int, most: int) -> bytes:
        """So many bytes, of which no more than ``most`` are kept; raises where there are fewer."""
        kept = bytearray()
        while size:
            if not self.fill(1):
                raise _Cut
            part = min(size, len(self.held))
            kept += self.held[: max(0, min(part, most - len(kept)))]
            del self.held[:part]
            size -= part
        return bytes(kept)

    def head(self) -> bytes | None:
        """The bytes up to the first blank line; nothing at the end, or raises ``_Damaged`` where none begins."""
        while True:
            blank = len(self.held) - len(self.held.lstrip(b"\r\n"))
            del self.held[:blank]
            if self.held or not self.fill(1):
                break
        if not self.held:
            return None
        size = 16
        while (found := _HEAD_END.search(self.held)) is None:
            size = len(self.held) + 1
            if size > _LONGEST_HEAD:
                del self.held[:-16]
                raise _Damaged
            if not self.fill(size):
                raise _Cut
        if not _BEGIN.match(self.held):
            raise _Damaged
        head = bytes(self.held[: found.start()])
        del self.held[: found.end()]
        return head

    def step_over(self) -> bool:
        """Goes on at the next thing that looks like the beginning of a record."""
        place = 1
        while True:
            found = _BEGIN.search(self.held, place)
            if found is not None:
                del self.held[: found.start()]
                return True
            del self.held[:-16]
            place = 0
            try:
                if not self.fill(len(self.held) + 1):
                    return False
            except _Cut:
                return False
            except _Damaged:
                self.held.clear()
                return self.pieces.step_over()


def records_of(stream: IO[bytes], most: int) -> Iterator[Record | Trouble]:
    """The records in order, and troubles where some are none; blocks beyond ``most`` bytes come cut just behind it."""
    buffer = _Buffer(_pieces(stream))
    number = 0
    while True:
        number += 1
        try:
            record, ending = _record(buffer, number, most)
        except _Cut:
            yield _cut(number)
            return
        except _Damaged:
            yield Trouble(number, "damaged: a record cannot be unpacked or begins as none does", "fetch it again")
            if not buffer.step_over():
                return
            continue
        if record is None:
            return
        yield record
        if ending:
            yield _cut(number)
            return


def _cut(number: int) -> Trouble:
    return Trouble(number, "cut-short: the file breaks off within this record; all before is kept", "fetch it again")


def _record(buffer: _Buffer, number: int, most: int) -> tuple[Record | None, bool]:
    """The next record, and whether the file breaks off right behind it."""
    head = buffer.head()
    if head is None:
        return None, False
    headers = headers_in(head)
    if not _LENGTH.fullmatch(headers.get("content-length", "")):
        raise _Damaged
    content = buffer.take(int(headers["content-length"]), most + 1)
    try:
        if buffer.fill(4) and not buffer.held.startswith((b"\r\n", b"\n")):
            raise _Damaged
    except _Cut:
        return Record(number, headers, content), True
    return Record(number, headers, content), False


def headers_in(head: bytes) -> dict[str, str]:
    """The headers by name in lower case, the first of each name, lines that go on joined."""
    found: dict[str, str] = {}
    last = ""
    for line in head.decode("utf-8", "replace").splitlines()[1:]:
        if line[:1] in (" ", "\t") and last:
            found[last] += " " + line.strip()
            continue
        parts = _LINE.fullmatch(line)
        last = parts[1].lower() if parts else ""
        if parts and last not in found:
            found[last] = parts[2].strip()
    return found


def _pieces(stream: IO[bytes]) -> _Pieces:
    beginning, whole = look_ahead(stream)
    if beginning.startswith(b"\x1f\x8b"):
        return _Members(whole)
    if beginning.startswith(MAGICS):
        return _Plain(_zstd(whole))
    return _Plain(whole)


def _zstd(packed: IO[bytes]) -> IO[bytes]:
    return cast(IO[bytes], BufferedReader(ZstdStream(packed), _STEP))
