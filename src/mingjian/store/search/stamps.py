"""How old an index is, and whether it can be trusted."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from mingjian.store.files import written_whole
from mingjian.store.search.engine import open_index
from mingjian.store.search.schemas import PARTS

STAMP = "stamp.json"
FORMAT = 3
"""The version of the indexes' layout: one of another is rebuilt."""

StateKind: TypeAlias = Literal["ready", "missing", "other-version", "damaged"]
_COMPONENTS = ("fast", "fieldnorm", "idx", "pos", "store", "term")  # the files of a segment
_MAGIC = 1337  # closes the footer that tantivy writes at the end of its files
_CHUNK = 1 << 20


class Stamp(msgspec.Struct, frozen=True):
    """What an index says of itself, written behind each commit.

    Layout, the owner's generation (such as a version of its rules), position, from where the last segment holds all
    that came, and for each part the number of its commit: one with a lower number is older than the stamp.
    """

    format: int
    generation: str
    position: int
    tail: int
    commits: Mapping[str, int]


class IndexState(msgspec.Struct, frozen=True):
    """Whether the index can be read, why not, and up to which position of the truth it goes.

    What came behind ``tail`` stands in one small segment, which goes when all of that is added again.
    """

    kind: StateKind
    reason: str = ""
    position: int = 0
    tail: int = 0


def state_of(folder: Path, generation: str) -> IndexState:
    """What the folder holds: anything but ``ready`` is to be rebuilt from the truth.

    ``other-version`` is another layout or another generation. A killed writer may leave parts that are ahead of the
    position: to add a page again changes nothing.
    """
    if not all((folder / part / "meta.json").exists() for part in PARTS):
        return IndexState("missing", f"{folder} holds no search index")
    try:
        stamp = stamp_of(folder)
        commits = {part: _commit_of(folder / part) for part in PARTS}
    except BaseException as error:  # a broken file makes tantivy panic, which is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return IndexState("damaged", f"{folder}: {error}")
    if stamp is None:
        return IndexState("missing", f"{folder} was never finished")
    if (stamp.format, stamp.generation) != (FORMAT, generation):
        told = f"{folder} is of layout {stamp.format} and generation {stamp.generation}, not {FORMAT} and {generation}"
        return IndexState("other-version", told)
    older = next((part for part in PARTS if commits[part] < stamp.commits.get(part, 0)), None)
    if older is not None:
        return IndexState("damaged", f"{folder / older} is older than what {STAMP} says")
    return IndexState("ready", "", stamp.position, stamp.tail)


def stamp_of(folder: Path) -> Stamp | None:
    """The stamp of the index in the folder; nothing where there is none, an error of msgspec where it is broken."""
    try:
        return msgspec.json.decode((folder / STAMP).read_bytes(), type=Stamp)
    except FileNotFoundError:
        return None


def write_stamp(folder: Path, stamp: Stamp) -> None:
    """Put the stamp in place of the one that is there: on the disk when this returns."""
    with written_whole(folder / STAMP) as part:
        part.write_bytes(msgspec.json.encode(stamp))


def _commit_of(folder: Path) -> int:
    """The number of the last commit of an index, once it is seen that its files are there and can be opened."""
    meta = b""
    while True:
        try:
            files = _look_at(folder)
            break
        except FileNotFoundError:
            before, meta = meta, (folder / "meta.json").read_bytes()
            if meta == before:  # else a writer has put others in their place
                raise
    return _opened(folder, files)


def _look_at(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """The files of the last commit as they lie there: name, size, when they were written, and which files they are."""
    every = (*_files_of(folder), folder / "meta.json")
    looks = ((path.name, path.stat()) for path in every)
    return tuple((name, look.st_size, look.st_mtime_ns, look.st_ino) for name, look in looks)


@lru_cache(maxsize=32)
def _opened(folder: Path, _files: tuple[tuple[str, int, int, int], ...]) -> int:
    """The number of the last commit of an index that can be opened: one whose files stand still is opened once.

    To open it reads the ends of all its files, and whoever serves a workspace looks at it twice a second.
    """
    open_index(folder).searcher()
    return int(json.loads((folder / "meta.json").read_bytes())["opstamp"])


def damage_of(folder: Path) -> list[str]:
    """What is wrong with the files of the index, by their checksums; reads them all."""
    found: list[str] = []
    for part in PARTS:
        for path in _files_of(folder / part):
            try:
                problem = _problem_of(path)
            except (OSError, ValueError, KeyError, TypeError) as error:  # its footer says what none does
                problem = str(error)
            if problem:
                found.append(f"{path}: {problem}")
    return found


def _files_of(folder: Path) -> Iterator[Path]:
    """The files of the segments that the last commit names, which must be there, with its list of deletions."""
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        segments = [(segment["segment_id"].replace("-", ""), segment["deletes"]) for segment in meta["segments"]]
        names = [f"{name}.{component}" for name, _ in segments for component in _COMPONENTS]
        names += [f"{name}.{deletes['opstamp']}.del" for name, deletes in segments if deletes]
    except (OSError, ValueError, KeyError, TypeError):
        yield folder / "meta.json"
        return
    yield from (folder / name for name in sorted(names))


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
