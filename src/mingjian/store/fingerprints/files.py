"""Segments as files: a header with checksums, and the columns, each at a multiple of 64 bytes, as they are in memory.

Files are mapped, not read: an index of a million pages opens as fast as one of a hundred, and the system keeps in
memory what is asked for. A file that is mapped may be deleted on POSIX; who has it keeps it.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from mingjian.errors import DamageError
from mingjian.store.fingerprints.segments import REBUILD, Layout, Merging, Segment, starts_of

_MAGIC = b"MJfinger"
_HEADER = struct.Struct("<8sQQ6I")  # magic, pages, postings, checksums of the columns
_NAMES = ("pages", "sizes", "starts", "tails", "lower", "upper")
_ALIGNED = 64
_CHECKED_AT_ONCE = 1 << 20  # bytes: smaller files are checked whenever they are opened


@dataclass(frozen=True, slots=True)
class _Columns:
    """The types and places of the columns of a file."""

    types: tuple[np.dtype[np.unsignedinteger], ...]
    lengths: tuple[int, ...]
    places: tuple[int, ...]
    size: int


def write_segment(stream: IO[bytes], merging: Merging) -> int:
    """Write what comes out of a merge, holding a chunk of it at a time; the checksum of the header comes back."""
    columns = _columns(merging.layout)
    sums, counts = [0] * len(_NAMES), []
    done = 0
    for chunk in merging.chunks():
        counts.append(chunk.counts)
        for number, column in ((3, chunk.tails), (4, chunk.lower), (5, chunk.upper)):
            stream.seek(columns.places[number] + done * column.itemsize)
            stream.write(column.data)
            sums[number] = zlib.crc32(column.data, sums[number])
        done += len(chunk.tails)
    for number, column in enumerate((merging.pages, merging.sizes, starts_of(counts))):
        stream.seek(columns.places[number])
        stream.write(column.data)
        sums[number] = zlib.crc32(column.data)
    stream.truncate(columns.size)
    header = _HEADER.pack(_MAGIC, merging.layout.pages, merging.layout.postings, *sums)
    stream.seek(0)
    stream.write(header)
    return zlib.crc32(header)


def map_segment(path: Path, checksum: int) -> Segment:
    """The segment of a file whose header has this checksum; raises ``DamageError``, or ``FileNotFoundError``."""
    segment, sums = _mapped(path, checksum)
    if path.stat().st_size <= _CHECKED_AT_ONCE:
        for problem in _wrong(segment, sums):
            raise DamageError(str(path), problem, REBUILD)
    return segment


def check_segment(path: Path, checksum: int) -> Iterator[str]:
    """What is wrong with a file, read in full."""
    try:
        for problem in _wrong(*_mapped(path, checksum)):
            yield f"{path}: {problem}; {REBUILD}"
    except (DamageError, OSError) as error:
        yield str(error)


def _mapped(path: Path, checksum: int) -> tuple[Segment, tuple[int, ...]]:
    """The segment of a file, and the checksums that its columns should have."""
    with path.open("rb") as stream:
        size = path.stat().st_size
        content = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    header = content[: _HEADER.size]
    if zlib.crc32(header) != checksum or not header.startswith(_MAGIC):
        raise DamageError(str(path), "is not the file that the index names", REBUILD)
    _, pages, postings, *sums = _HEADER.unpack(header)
    columns = _columns(Layout(pages, postings))
    if size != columns.size:
        raise DamageError(str(path), f"has {size} bytes instead of {columns.size}", REBUILD)
    shapes = zip(columns.types, columns.lengths, columns.places, strict=True)
    parts = (np.frombuffer(content, kind, length, place) for kind, length, place in shapes)
    return Segment(**dict(zip(_NAMES, parts, strict=True))), tuple(sums)


def write_removed(stream: IO[bytes], removed: NDArray[np.bool_]) -> int:
    """Write which slots were taken out; the checksum comes back."""
    content = np.packbits(removed).tobytes()
    stream.write(content)
    return zlib.crc32(content)


def read_removed(path: Path, checksum: int, segment: Segment) -> Segment:
    """The segment without the pages that the file names; raises ``DamageError``, or ``FileNotFoundError``."""
    content = path.read_bytes()
    if zlib.crc32(content) != checksum:
        raise DamageError(str(path), "its bytes are not those that were written", REBUILD)
    removed = np.unpackbits(np.frombuffer(content, np.uint8), count=len(segment.pages)).astype(np.bool_)
    return segment.without(np.nonzero(removed)[0])


def _columns(layout: Layout) -> _Columns:
    whole: np.dtype[np.unsignedinteger] = np.dtype(np.uint32)
    short: np.dtype[np.unsignedinteger] = np.dtype(np.uint16)
    byte: np.dtype[np.unsignedinteger] = np.dtype(np.uint8)
    types: tuple[np.dtype[np.unsignedinteger], ...] = (whole, whole, whole, layout.tail, short, byte)
    lengths = (layout.pages, layout.pages, (1 << layout.bits) + 1, layout.postings, layout.postings, layout.uppers)
    places, place = [], _aligned(_HEADER.size)
    for kind, length in zip(types, lengths, strict=True):
        places.append(place)
        place = _aligned(place + kind.itemsize * length)
    return _Columns(types, lengths, tuple(places), place)


def _aligned(place: int) -> int:
    return -(-place // _ALIGNED) * _ALIGNED


def _wrong(segment: Segment, sums: tuple[int, ...]) -> Iterator[str]:
    for name, checksum in zip(_NAMES, sums, strict=True):
        if zlib.crc32(getattr(segment, name).data) != checksum:
            yield f"the column {name} is not what was written"
