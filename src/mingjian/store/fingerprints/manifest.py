"""The manifest of an index: which files it consists of, and how far it follows the truth."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec

from mingjian.errors import DamageError, VersionError
from mingjian.store.fingerprints.folder import Folder
from mingjian.store.fingerprints.segments import REBUILD

NAME = "manifest.json"
FORMAT = "mingjian/fingerprints/1"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One segment: its file and the checksum of its header.

    ``gone`` pages of it were removed; the file ``removed`` says which, where there are any.
    """

    name: str
    checksum: int
    gone: int = 0
    removed: str | None = None
    removed_checksum: int = 0


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """One state of the index, complete up to ``position`` of the truth's journal.

    ``scheme`` says how the fingerprints were made: an index of other ones answers nothing. ``next`` is the number of
    the next file; no number is used for two.
    """

    format: str = FORMAT
    scheme: str
    position: int = 0
    next: int = 1
    segments: tuple[Entry, ...] = ()

    @property
    def files(self) -> set[str]:
        """All files of this state, this one too."""
        removed = {entry.removed for entry in self.segments if entry.removed}
        return {NAME, *(entry.name for entry in self.segments), *removed}


def read_manifest(folder: Path, scheme: str) -> Manifest:
    """The last state that was kept; of a folder without one, the empty state at position 0.

    Raises ``DamageError``, or ``VersionError`` for one of another format or scheme.
    """
    path = folder / NAME
    try:
        line, _, checksum = path.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return Manifest(scheme=scheme)
    if checksum != _checksum(line):
        raise DamageError(str(path), "its bytes are not those that were written", REBUILD)
    found = msgspec.json.decode(line)
    for name, wanted in (("format", FORMAT), ("scheme", scheme)):
        if found.get(name) != wanted:
            raise VersionError(str(path), f"its {name} is {found.get(name)!r}, not {wanted!r}", REBUILD)
    return msgspec.convert(found, Manifest)


def write_manifest(folder: Folder, manifest: Manifest) -> None:
    """Keep this state: from now on it is the one that counts."""
    line = msgspec.json.encode(manifest)
    with folder.replacing(NAME) as stream:
        stream.write(line + b"\n" + _checksum(line))


def _checksum(line: bytes) -> bytes:
    return b"%08x\n" % zlib.crc32(line)
