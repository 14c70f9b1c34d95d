"""Paths in, pages out: files, folders, compressed files, standard input."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

import msgspec

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.checks import failure_of
from mingjian.read.folders import files_below
from mingjian.read.limits import Limits
from mingjian.read.origin import Origin, without_surrogates
from mingjian.read.pictures import reader as pictures
from mingjian.read.port import Items, Reading
from mingjian.read.readers import all_readers, choose_reader
from mingjian.read.streams import look_ahead, unpacked, unpacked_beginning
from mingjian.read.zstd import BrokenZstdError

_DEFAULT = Limits()
_STANDARD_INPUT = "-"
_MOST_IN_A_ROW = 10_000


class Source(msgspec.Struct, frozen=True):
    """A file that may hold pages, by the name that failures give it; standard input has no path."""

    name: str
    path: str | None = None


def read(source: str | Path, limits: Limits = _DEFAULT) -> Iterator[Page]:
    """The pages of one file, folder or container in order; raises ``ReadError`` at the first that cannot be read.

    ``read_paths`` gives failures as values instead and goes on.
    """
    for item in read_paths([source], limits):
        if isinstance(item, Failure):
            raise ReadError(item.doc_id, item.reason, item.mend)
        yield item


def read_paths(paths: Iterable[str | Path], limits: Limits = _DEFAULT) -> Items:
    """Every page that the paths hold, in the order of the paths, and why each of the others is none.

    A path is a file, a folder (the files below it by name, those whose type a reader knows, hidden ones left out), or
    ``-`` for standard input. A path where nothing stands is a failure of the stage ``find``. Raises ``ReadError`` where
    a reader of another package cannot be loaded: that is no fault of any page.
    """
    for source in list_sources(paths, limits):
        if isinstance(source, Failure):
            yield source
        else:
            yield from read_source(source, limits)


def list_sources(paths: Iterable[str | Path], limits: Limits = _DEFAULT) -> Iterator[Source | Failure]:
    """The files that ``read_paths`` reads, in its order, and what is none; none of them is opened."""
    all_readers()
    for given in paths:
        if str(given) == _STANDARD_INPUT:
            yield Source(_STANDARD_INPUT)
            continue
        path = Path(given)
        try:
            is_folder, exists = path.is_dir(), path.exists()
        except OSError as error:
            yield failure_of(_unreadable(str(given), error), "find")
            continue
        if not exists:
            yield failure_of(ReadError(str(given), "not-found: no such file or folder", "check the path"), "find")
        elif is_folder:
            yield from _listed(path, limits)
        else:
            yield Source(str(given), str(path))


def read_source(source: Source, limits: Limits = _DEFAULT) -> Items:
    """Every page that one file holds, and why the rest of it is none."""
    if source.path is None:
        yield from _guarded(_from_stream(sys.stdin.buffer, Origin(source.name), limits, 0), source.name)
    else:
        yield from _guarded(_from_file(Path(source.path), source.name, limits), source.name)


def _listed(folder: Path, limits: Limits) -> Iterator[Source | Failure]:
    empty = True
    for file in files_below(folder, None if limits.ocr else pictures.READER):
        empty = False
        yield file if isinstance(file, Failure) else Source(file.as_posix(), str(file))
    if empty:
        problem = "no-pages: the folder holds no file of a type that a reader knows"
        yield failure_of(ReadError(folder.as_posix(), problem, "name the files themselves, or another folder"), "find")


def _guarded(items: Items, source: str) -> Items:
    """The same items; where reading breaks off, a failure is the last."""
    try:
        yield from _while_it_holds_pages(items, source)
    except ReadError as error:
        yield failure_of(error)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        problem = "cut short" if isinstance(error, EOFError) else "damaged, or not gzip at all"
        yield failure_of(ReadError(source, f"broken-gzip: {problem}", "fetch it again, or take .gz off its name"))
    except BrokenZstdError:
        problem = "broken-zstd: damaged, or not zstd at all"
        yield failure_of(ReadError(source, problem, "fetch it again, or take .zst off its name"))
    except OSError as error:
        yield failure_of(_unreadable(source, error))
    except Exception as error:  # noqa: BLE001 - whatever a reader or its library raises ends this file, not the run
        problem = f"crashed: the reader raised {type(error).__name__}"
        yield failure_of(ReadError(source, problem, "leave it out, and report the file as a bug"))


def _unreadable(source: str, error: OSError) -> ReadError:
    return ReadError(source, f"unreadable: {error.strerror or error}", "check the path and its permissions")


def _from_file(path: Path, source: str, limits: Limits) -> Items:
    origin = Origin(without_surrogates(source), without_surrogates(str(path)))
    with path.open("rb") as stream:
        yield from _from_stream(stream, origin, limits, 0, path.name)


def _from_stream(stream: IO[bytes], origin: Origin, limits: Limits, depth: int, name: str = "") -> Items:
    """The pages of an open stream, by the reader that knows its kind."""
    first, packed = look_ahead(stream)
    reader = choose_reader(origin, name, unpacked_beginning(first))
    whole = packed if reader.unpacks else unpacked(packed, name)
    reading = Reading(limits, partial(_from_member, limits=limits, depth=depth + 1))
    for item in reader.read(whole, origin, reading):
        yield _too_long(item, limits) if isinstance(item, Page) and len(item.text) > limits.max_characters else item


def _too_long(page: Page, limits: Limits) -> Failure:
    problem = (
        f"too-large: {len(page.text)} characters of text, more than the limit of {limits.max_characters} for one page"
    )
    mend = "split it, or raise the limit with --max-megabytes (a character for every 10 bytes of Limits.max_bytes)"
    return failure_of(ReadError(page.doc_id, problem, mend))


def _from_member(content: bytes, origin: Origin, *, limits: Limits, depth: int) -> Items:
    """The pages of something that a container holds."""
    if depth > limits.max_depth:
        problem = f"too-deep: containers lie in one another more than {limits.max_depth} times"
        yield failure_of(ReadError(origin.doc_id, problem, "unpack it, and name what it holds"))
        return
    yield from _guarded(_from_stream(io.BytesIO(content), origin, limits, depth), origin.doc_id)


def _while_it_holds_pages(items: Items, source: str) -> Items:
    """The same items, until so many in a row are failures that the file is something else than its name says.

    A packed file of some kilobytes may hold millions of broken lines or records, and each is told of.
    """
    broken = 0
    for item in items:
        broken = broken + 1 if isinstance(item, Failure) else 0
        yield item
        if broken == _MOST_IN_A_ROW:
            problem = f"hopeless: {broken} in a row gave no page, and the rest is not looked at"
            raise ReadError(source, problem, "look whether it is what its name says")
