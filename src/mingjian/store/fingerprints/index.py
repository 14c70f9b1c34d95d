"""An index of fingerprints in a folder: one writes to it, any number of programs read it meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec
import numpy as np

from mingjian.errors import DamageError, StoreError
from mingjian.store.fingerprints.files import (
    check_segment,
    map_segment,
    read_removed,
    write_removed,
    write_segment,
)
from mingjian.store.fingerprints.folder import Folder, nothing
from mingjian.store.fingerprints.manifest import Entry, Manifest, read_manifest, write_manifest
from mingjian.store.fingerprints.postings import Postings
from mingjian.store.fingerprints.segments import REBUILD, Merging, Numbers, Segment, merging, segment_of
from mingjian.store.fingerprints.tiers import is_hollow, to_merge

_TRIES = 100
_SMALL_IN_MEMORY = 32  # pages


class FingerprintReader:
    """The last kept state of an index; one that was never written is empty, at position 0.

    ``scheme`` says how the fingerprints were made. Raises ``DamageError`` or ``VersionError`` where the index is to be
    made anew (``FingerprintWriter(…, anew=True)``).
    """

    def __init__(self, folder: Path, scheme: str) -> None:
        self._folder = folder
        self._manifest, segments = _read(folder, scheme)
        self.postings = Postings(segments)

    @property
    def position(self) -> int:
        """The step of the truth's journal up to which the index is complete."""
        return self._manifest.position

    def refresh(self) -> bool:
        """Take the state that was kept last; whether it is another one than before."""
        if read_manifest(self._folder, self._manifest.scheme) == self._manifest:
            return False
        self._manifest, segments = _read(self._folder, self._manifest.scheme)
        self.postings = Postings(segments)
        return True

    def check(self) -> Iterator[str]:
        """What is wrong with the files, all of them read in full; a line each."""
        for entry in self._manifest.segments:
            yield from check_segment(self._folder / entry.name, entry.checksum)


class FingerprintWriter:
    """Adds and removes pages: seen by its own ``postings`` at once, kept and seen by readers from ``commit`` on.

    After a crash the index is as it was at the last commit, and what the truth has beyond ``position`` is to be added
    again. With ``anew`` all that there was is forgotten. Raises ``BusyError`` where another writes, ``DamageError`` or
    ``VersionError`` where the index is to be made anew, ``StoreError`` where the disk does not take it.
    """

    postings: Postings

    def __init__(self, folder: Path, scheme: str, *, anew: bool = False, step: Callable[[str], None] = nothing) -> None:
        self._folder = Folder(folder, step)
        self._new: list[Segment] = []
        try:
            if anew:
                write_manifest(self._folder, Manifest(scheme=scheme))
            self._manifest, segments = _read(folder, scheme)
            self._folder.sweep(self._manifest.files)
        except BaseException:
            self._folder.close()
            raise
        self._kept = list(zip(self._manifest.segments, segments, strict=True))
        self._renew()

    @property
    def position(self) -> int:
        """The step of the truth's journal that was given at the last commit."""
        return self._manifest.position

    def add(self, pages: Sequence[int] | Numbers, fingerprints: Sequence[Numbers]) -> None:
        """Add pages, each with its fingerprints, in place of what was there of them; no page may come twice."""
        numbers = np.asarray(pages, np.uint32)
        self._take_out(numbers)
        coming = segment_of(numbers, fingerprints)
        count = to_merge(self._new, coming.live, small=_SMALL_IN_MEMORY)
        if count:
            coming = merging([*self._new[-count:], coming]).in_memory()
            del self._new[-count:]
        self._new.append(coming)
        self._renew()

    def remove(self, pages: Sequence[int] | Numbers) -> None:
        """Take pages out; those that are not there are left alone."""
        self._take_out(np.asarray(pages, np.uint32))
        self._renew()

    def commit(self, position: int) -> None:
        """Keep all that was done, as complete up to this step of the truth's journal.

        Where the disk does not take it, nothing has changed, and the commit can be tried again.
        """
        kept, following = self._write()
        entries = tuple(entry for entry, _ in kept)
        manifest = msgspec.structs.replace(self._manifest, position=position, next=following, segments=entries)
        if manifest == self._manifest:
            return
        write_manifest(self._folder, manifest)
        self._manifest, self._kept, self._new = manifest, kept, []
        self._renew()
        self._folder.sweep(manifest.files)

    def close(self) -> None:
        """Let others write; what was not committed is lost."""
        self._folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.close()

    def _renew(self) -> None:
        self.postings = Postings((*(segment for _, segment in self._kept), *self._new))

    def _take_out(self, pages: Numbers) -> None:
        self._kept = [(entry, _taken_out(segment, pages)) for entry, segment in self._kept]
        self._new = [_taken_out(segment, pages) for segment in self._new]

    def _write(self) -> tuple[list[_Kept], int]:
        """What the index consists of once all is written, the largest first, and the number of the next file."""
        coming = [segment for segment in self._new if segment.live]
        count = to_merge([segment for _, segment in self._kept], sum(segment.live for segment in coming))
        staying = self._kept[: len(self._kept) - count] if coming else self._kept
        merged = [[*(segment for _, segment in self._kept[len(staying) :]), *coming]] if coming else []
        merged += [[segment] for _, segment in staying if is_hollow(segment) and segment.live]
        following = self._manifest.next
        kept = []
        for entry, segment in staying:
            if not is_hollow(segment):
                kept.append((self._marked(entry, segment, following), segment))
                following += entry.gone != segment.gone
        for sources in merged:
            kept.append(self._saved(merging(sources), following))
            following += 1
        return sorted(kept, key=lambda each: -each[1].live), following

    def _marked(self, entry: Entry, segment: Segment, number: int) -> Entry:
        """The entry of a segment, with a file of what was removed where that is more than before."""
        if entry.gone == segment.gone or segment.removed is None:
            return entry
        name = f"{number:08d}.removed"
        with self._folder.replacing(name) as stream:
            checksum = write_removed(stream, segment.removed)
        return msgspec.structs.replace(entry, gone=segment.gone, removed=name, removed_checksum=checksum)

    def _saved(self, sources: Merging, number: int) -> _Kept:
        name = f"{number:08d}.segment"
        with self._folder.replacing(name) as stream:
            checksum = write_segment(stream, sources)
        return Entry(name=name, checksum=checksum), map_segment(self._folder.path / name, checksum)


_Kept = tuple[Entry, Segment]


def _taken_out(segment: Segment, pages: Numbers) -> Segment:
    """The segment without these pages; most have none of them, and need no look."""
    if not len(pages) or not len(segment.pages) or pages.min() > segment.pages[-1] or pages.max() < segment.pages[0]:
        return segment
    slots = segment.slots_of(pages)
    return segment.without(slots) if len(slots) else segment


def _read(folder: Path, scheme: str) -> tuple[Manifest, tuple[Segment, ...]]:
    """A state and its segments; tried again where a writer took files away between the two."""
    problem: StoreError = DamageError(str(folder), "changes faster than it can be read", "try again")
    try:
        for _ in range(_TRIES):
            manifest = read_manifest(folder, scheme)
            try:
                return manifest, tuple(_opened(folder, entry) for entry in manifest.segments)
            except FileNotFoundError as error:
                problem = DamageError(str(error.filename), "is missing", REBUILD)
            except DamageError as error:
                problem = error
            if read_manifest(folder, scheme) == manifest:
                break
    except OSError as error:
        raise StoreError(
            str(folder), f"cannot be read ({error.strerror})", "make it readable, or name another"
        ) from error
    raise problem


def _opened(folder: Path, entry: Entry) -> Segment:
    segment = map_segment(folder / entry.name, entry.checksum)
    return read_removed(folder / entry.removed, entry.removed_checksum, segment) if entry.removed else segment
