"""How old an index is, and whether it can be trusted."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec
import tantivy

from mingjian.store.search.engine import open_index
from mingjian.store.search.schemas import PARTS, STAMPED

FORMAT = 1
"""The version of the indexes' layout: one of another is rebuilt."""

StateKind: TypeAlias = Literal["ready", "missing", "other-version", "damaged"]
_MAGIC = 1337  # closes the footer that tantivy writes at the end of its files
_CHUNK = 1 << 20


class Stamp(msgspec.Struct, frozen=True):
    """What an index says of itself: layout, the owner's generation (such as a version of its rules), and position."""

    format: int
    generation: str
    position: int


class IndexState(msgspec.Struct, frozen=True):
    """Whether the index can be read, why not, and up to which position of the truth it goes."""

    kind: StateKind
    reason: str = ""
    position: int = 0


def state_of(folder: Path, generation: str) -> IndexState:
    """What the folder holds: anything but ``ready`` is to be rebuilt from the truth.

    ``other-version`` is another layout or another generation. Of indexes that a killed writer left at two positions
    the lower counts: to add a page again changes nothing.
    """
    if not all((folder / part / "meta.json").exists() for part in PARTS):
        return IndexState("missing", f"{folder} holds no search index")
    stamps: list[Stamp] = []
    for part in PARTS:
        try:
            stamp = stamp_of(open_index(folder / part))
        except BaseException as error:  # a broken file makes tantivy panic, which is no Exception
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            return IndexState("damaged", f"{folder / part}: {error}")
        if stamp is None:
            return IndexState("missing", f"{folder / part} was never finished")
        stamps.append(stamp)
    odd = next((stamp for stamp in stamps if (stamp.format, stamp.generation) != (FORMAT, generation)), None)
    if odd is not None:
        told = f"{folder} is of layout {odd.format} and generation {odd.generation}, not {FORMAT} and {generation}"
        return IndexState("other-version", told)
    return IndexState("ready", "", min(stamp.position for stamp in stamps))


def damage_of(folder: Path) -> list[str]:
    """What is wrong with the files of the index, by their checksums; reads them all."""
    found: list[str] = []
    for part in PARTS:
        for path in _files_of(folder / part):
            try:
                problem = _problem_of(path)
            except OSError as error:
                problem = str(error)
            if problem:
                found.append(f"{path}: {problem}")
    return found


def stamp_of(index: tantivy.Index) -> Stamp | None:
    """What the last commit of the index stamped it with."""
    searcher = index.searcher()
    hits = searcher.search(tantivy.Query.term_query(index.schema, "stamp", STAMPED, "basic"), 1, count=False).hits
    if not hits:
        return None
    return msgspec.json.decode(str(searcher.doc(hits[0][1]).get_first("stamped")), type=Stamp)


def _files_of(folder: Path) -> Iterator[Path]:
    """The files of the segments that the last commit names; of lists of deletions the one that it names."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        segments = {segment["segment_id"].replace("-", ""): segment["deletes"] for segment in meta["segments"]}
    except (OSError, ValueError, KeyError, TypeError):
        yield folder / "meta.json"
        return
    for path in sorted(folder.iterdir()):
        name, _, rest = path.name.partition(".")
        deletes = segments.get(name)
        if name in segments and (not rest.endswith("del") or (deletes and rest == f"{deletes['opstamp']}.del")):
            yield path


def _problem_of(path: Path) -> str:
    """What is wrong with the file: its checksum stands in the footer that tantivy wrote."""
    size = path.stat().st_size
    if path.name == "meta.json":
        return "this is no description of an index"
    with path.open("rb") as file:
        file.seek(max(0, size - 8))
        tail = file.read(8)
        length = int.from_bytes(tail[:4], "little")
        if len(tail) < 8 or int.from_bytes(tail[4:], "little") != _MAGIC or length + 8 > size:
            return "the end is missing"
        file.seek(size - 8 - length)
        expected = json.loads(file.read(length))["crc"]
        file.seek(0)
        left, checksum = size - 8 - length, 0
        while left:
            chunk = file.read(min(left, _CHUNK))
            checksum, left = zlib.crc32(chunk, checksum), left - len(chunk)
    return "" if checksum == expected else "the checksum is another"
