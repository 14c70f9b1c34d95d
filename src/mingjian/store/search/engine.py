"""What we ask of tantivy itself: to make and open an index, and to count."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import tantivy

from mingjian.errors import SearchIndexError
from mingjian.store.search.schemas import schema_of

REBUILD = "rebuild it with `mingjian reindex`"
_OURS = (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, TypeError, AttributeError, SearchIndexError)


@contextmanager
def engine_plainly(folder: Path, mend: str = REBUILD) -> Iterator[None]:
    """Within the block what the engine says becomes a ``SearchIndexError``: of a broken file it may also panic."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, _OURS):
            raise
        raise SearchIndexError(str(folder), str(error), mend) from error


def open_index(folder: Path) -> tantivy.Index:
    """The index in the folder, which is read anew only when asked to; whatever the engine raises where it cannot."""
    writable = os.access(folder, os.W_OK) or not folder.is_dir()
    place = folder if writable else _links(folder, (folder / "meta.json").read_bytes())
    return _prepared(tantivy.Index.open(str(place)))


@cache
def _links(folder: Path, _state: bytes) -> Path:
    """A folder of links to the files of one that cannot be written, which goes with the process.

    The engine makes a lock file even to read. Another state of the index has other files, and so another folder.
    """
    place = Path(mkdtemp(prefix="mingjian-search-"))
    atexit.register(rmtree, place, ignore_errors=True)
    for file in folder.iterdir():
        if file.suffix != ".lock":
            Path(place, file.name).symlink_to(file.resolve())
    return place


def create_index(folder: Path, part: str) -> tantivy.Index:
    """A new index in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return _prepared(tantivy.Index(schema_of(part), path=str(folder)))


def number_of(query: tantivy.Query, searcher: tantivy.Searcher) -> int:
    """How many documents the query finds."""
    found: int = searcher.search(query, 1).count  # type: ignore[attr-defined]  # the engine's stubs leave it out
    return found


def _prepared(index: tantivy.Index) -> tantivy.Index:
    analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer("units", analyzer)
    index.config_reader("manual")
    index.reload()
    return index
