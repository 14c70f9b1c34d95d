"""Paths in, pages out: files, folders, compressed files, standard input."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, cast

from mingjian.core.model.failure import Failure
from mingjian.core.model.page import Page
from mingjian.errors import ReadError
from mingjian.read.folders import files_below
from mingjian.read.json_lines import lines_within, looks_like_page, read_json_lines
from mingjian.read.limits import Limits, too_large
from mingjian.read.origin import without_surrogates
from mingjian.read.pages import Kind, failure_of, kind_of_content, kind_of_name, page_of_bytes

_DEFAULT = Limits()
_GZIP = b"\x1f\x8b"


def read(source: str | Path, limits: Limits = _DEFAULT) -> Iterator[Page]:
    """The pages of one file, folder or container in order; raises ``ReadError`` at the first that cannot be read.

    ``read_paths`` gives failures as values instead and goes on.
    """
    for item in read_paths([source], limits):
        if isinstance(item, Failure):
            raise ReadError(item.doc_id, item.reason, item.mend)
        yield item


def read_paths(paths: Iterable[str | Path], limits: Limits = _DEFAULT) -> Iterator[Page | Failure]:
    """Every page that the paths hold, in the order of the paths, and why each of the others is none.

    A path is a file, a folder (the files below it by name, those whose type a reader knows, hidden ones left out), or
    ``-`` for standard input. A path where nothing stands is a failure of the stage ``find``.
    """
    for given in paths:
        if str(given) == "-":
            yield from _guarded(_from_stream(sys.stdin.buffer, "-", None, limits), "-")
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
            yield from _from_folder(path, limits)
        else:
            yield from _guarded(_from_file(path, str(given), limits), str(given))


def _from_folder(folder: Path, limits: Limits) -> Iterator[Page | Failure]:
    empty = True
    for file in files_below(folder):
        empty = False
        if isinstance(file, Failure):
            yield file
        else:
            yield from _guarded(_from_file(file, file.as_posix(), limits), file.as_posix())
    if empty:
        problem = "no-pages: the folder holds no file of a type that a reader knows"
        yield failure_of(ReadError(folder.as_posix(), problem, "name the files themselves, or another folder"), "find")


def _guarded(items: Iterator[Page | Failure], source: str) -> Iterator[Page | Failure]:
    """The same items; where reading breaks off, a failure is the last."""
    try:
        yield from items
    except ReadError as error:
        yield failure_of(error)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        problem = "cut short" if isinstance(error, EOFError) else "damaged, or not gzip at all"
        yield failure_of(ReadError(source, f"broken-gzip: {problem}", "fetch it again, or take .gz off its name"))
    except OSError as error:
        yield failure_of(_unreadable(source, error))


def _unreadable(source: str, error: OSError) -> ReadError:
    return ReadError(source, f"unreadable: {error.strerror or error}", "check the path and its permissions")


def _from_file(path: Path, source: str, limits: Limits) -> Iterator[Page | Failure]:
    with path.open("rb") as stream:
        yield from _from_stream(stream, source, path, limits)


def _from_stream(stream: IO[bytes], source: str, path: Path | None, limits: Limits) -> Iterator[Page | Failure]:
    """The pages of an open stream; where its name does not tell the kind, its beginning does."""
    name = path.name if path else ""
    doc_id, page_path = without_surrogates(source), without_surrogates(str(path)) if path else None
    unpacked = _unpacked(stream, name)
    kind = kind_of_name(name)
    lines = lines_within(unpacked, limits) if kind in ("lines", None) else iter(())
    beginning = _until_words(lines) if kind is None else []
    if kind == "lines" or (beginning and looks_like_page(beginning[-1])):
        yield from read_json_lines(chain(beginning, lines), doc_id, page_path, limits)
        return
    content = _whole(unpacked, b"".join(beginning), doc_id, limits)
    yield page_of_bytes(content, cast(Kind, kind) if kind else kind_of_content(content), doc_id, page_path)


def _unpacked(stream: IO[bytes], name: str) -> IO[bytes]:
    """The stream without its gzip packing, which its first bytes tell, whatever its name."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    beginning = buffered.peek(2)[:2]
    if beginning == _GZIP:
        return cast(IO[bytes], gzip.GzipFile(fileobj=buffered))
    if beginning and name.lower().endswith(".gz"):
        raise gzip.BadGzipFile
    return buffered


def _until_words(lines: Iterator[bytes]) -> list[bytes]:
    """The lines up to the first that is not blank."""
    taken: list[bytes] = []
    for line in lines:
        taken.append(line)
        if line.strip():
            break
    return taken


def _whole(stream: IO[bytes], beginning: bytes, source: str, limits: Limits) -> bytes:
    """All bytes of the page; never more than the limit are held, however much a packed file would grow."""
    content = beginning + stream.read(max(0, limits.max_bytes + 1 - len(beginning)))
    if len(content) > limits.max_bytes:
        raise too_large(source, limits)
    return content
